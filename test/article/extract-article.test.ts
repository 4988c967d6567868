import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { extractArticle } from '../../src/article/extract-article.js'
import { genericExtractor } from '../../src/article/generic-extractor.js'
import { sites } from '../../src/article/sites.js'
import type { Extractor } from '../../src/types.js'

interface Expected {
  url: string
  article?: Readonly<Record<string, unknown>>
  problem?: string
}

const folder = new URL('../../fixtures/article/', import.meta.url)
const names = readdirSync(folder)
  .filter(file => file.endsWith('.html'))
  .map(file => file.replace('.html', ''))

describe('extractArticle', () => {
  it.each(names)('reads %s as its neighbour says', name => {
    const expected = JSON.parse(readFileSync(new URL(`${name}.expected.json`, folder), 'utf8')) as Expected
    for (const body of [
      readFileSync(new URL(`${name}.html`, folder), 'utf8'),
      new Uint8Array(readFileSync(new URL(`${name}.html`, folder))),
    ]) {
      const outcome = extractArticle({ url: expected.url, body })
      if (expected.problem !== undefined) expect(outcome).toMatchObject({ ok: false, problem: { code: expected.problem } })
      else if (!outcome.ok) expect.unreachable(outcome.problem.message)
      else {
        const { from, ...article } = outcome.value
        expect(article).toEqual(expected.article)
        expect(Object.values(from).every(place => place !== '')).toBe(true)
      }
    }
  })

  it.each(sites)('has a fixture for $name, sorted by name', ({ name }) => {
    expect(names.some(fixture => fixture.startsWith(`${name}--`))).toBe(true)
    expect(sites.map(site => site.name)).toEqual(sites.map(site => site.name).sort())
  })

  it.each([
    ['csdn', 'csdn--dates-of-beijing', 'https://weft-loom.blog.csdn.net/article/details/134000001'],
    ['dev.to', 'dev.to--republished', 'https://dev.to/weft/a-loom-1a2b/'],
    ['medium', 'medium--server-rendered', 'https://weft.medium.com/a-loom-0123456789ab/'],
  ])('knows an article of %s by each form of its address', (name, fixture, url) => {
    const body = readFileSync(new URL(`${fixture}.html`, folder), 'utf8')
    expect(extractArticle({ url, body })).toMatchObject({ ok: true, value: { extractor: name } })
  })

  it.each([
    ['with a text of its own', '<title>Login</title>', 20, true],
    [
      'that JSON-LD describes',
      '<title>Login</title><script type="application/ld+json">{"@type":"Article","headline":"Login"}</script>',
      1,
      true,
    ],
    ['with a date of publishing', '<title>Login</title><meta property="article:published_time" content="2024-01-01">', 1, true],
    ['with a few words alone', '<title>Login</title>', 1, false],
    ['with a few words and another title for machines', '<title>Login</title><meta property="og:title" content="Loom">', 1, false],
  ])('takes a page called “Login” for an article or refuses it, body wanted or not: one %s', (_, head, paragraphs, ok) => {
    const text = '<p>Who weaves is asked for a name, and whoever has none is sent away to look for one.</p>'.repeat(paragraphs)
    for (const body of [true, false]) {
      const outcome = extractArticle({ url: 'https://example.org/login', body: `<head>${head}</head><article>${text}</article>` }, { body })
      expect(outcome).toMatchObject(ok ? { ok } : { ok, problem: { code: 'ARTICLE_REFUSED' } })
    }
  })

  it('gives no body when none is wanted', () => {
    const body = readFileSync(new URL('juejin--server-rendered.html', folder), 'utf8')
    const outcome = extractArticle({ url: 'https://juejin.cn/post/7300000000000000001', body }, { body: false })
    expect(outcome).toMatchObject({ ok: true, value: { extractor: 'juejin' } })
    expect(outcome.ok && outcome.value).not.toHaveProperty('html')
  })

  it("asks the caller's extractors before the built-in ones, the first that matches", () => {
    const mine = (name: string, host: string): Extractor => ({
      name,
      matches: url => url.hostname === host,
      extract: page => ({
        ok: true,
        value: { key: page.url, url: page.url, title: name, authors: [], kind: 'article', extractor: name, from: {} },
      }),
    })
    const extractors = [mine('other', 'other.example'), mine('first', 'mp.weixin.qq.com'), mine('second', 'mp.weixin.qq.com')]
    expect(extractArticle({ url: 'https://mp.weixin.qq.com/s/AbCdEfGhIjKlMnOpQrStUv', body: '' }, { extractors })).toMatchObject({
      ok: true,
      value: { title: 'first' },
    })
  })

  it('asks for the address that answered, not the one asked for', () => {
    const outcome = extractArticle({ url: 'https://short.example/x', finalUrl: 'https://example.org/a', body: '<title>t</title>' })
    expect(outcome).toMatchObject({ ok: true, value: { url: 'https://example.org/a', aliases: ['https://short.example/x'] } })
  })

  it('refuses a page beyond 20 MiB unread', () => {
    expect(extractArticle({ url: 'https://example.org/', body: new Uint8Array(20 * 1024 * 1024 + 1) })).toMatchObject({
      ok: false,
      problem: { code: 'ARTICLE_TOO_LARGE' },
    })
  })

  it.each([
    ['its meta element', 'gb2312', [...new TextEncoder().encode('<meta charset="gb2312"><title>')], [0xd6, 0xaf, 0xb2, 0xbc]],
    [
      'its byte order mark',
      'utf-16le',
      [0xff, 0xfe, ...[...'<title>'].flatMap(character => [character.charCodeAt(0), 0])],
      [0xc7, 0x7e, 0x03, 0x5e],
    ],
    ['the zeros of UTF-16', 'utf-16le', [...'<title>'].flatMap(character => [character.charCodeAt(0), 0]), [0xc7, 0x7e, 0x03, 0x5e]],
    ['nothing, which means UTF-8', 'utf-8', [...new TextEncoder().encode('<title>')], [...new TextEncoder().encode('织布')]],
  ])('decodes a page by %s', (_title, _charset, start, title) => {
    expect(extractArticle({ url: 'https://example.org/', body: new Uint8Array([...start, ...title]) })).toMatchObject({
      ok: true,
      value: { title: '织布' },
    })
  })

  it.each([
    ['nested elements', `<title>t</title>${'<div>'.repeat(300_000)}`],
    ['100,000 dates in a line', `<title>t</title><p>${'<time>x</time>'.repeat(100_000)}`],
    ['100,000 dates', `<title>t</title>${'<time pubdate>x</time>'.repeat(100_000)}`],
    ['JSON-LD that nests', `<title>t</title><script type="application/ld+json">${'['.repeat(100_000)}${']'.repeat(100_000)}</script>`],
    ['saved pages without an address', `<title>t</title>${'<!-- saved from url=('.repeat(100_000)}`],
    ['saved pages with half an address', `<title>t</title>${'<meta content="https:'.repeat(30_000)}`],
    ['saved pages with an address in parts', `<title>t</title><meta${' property="og:url" content="http'.repeat(30_000)}`],
  ])('does not stop for %s', (_title, body) => {
    for (const url of ['https://example.org/', 'https://juejin.cn/post/1', 'a.html'])
      expect(extractArticle({ url, body })).toMatchObject({ ok: true, value: { title: 't' } })
  })

  it.each([
    ['properties', '<div itemprop="name">', '<p>word and words</p>'],
    ['headings of other pages', '<h2>Related posts</h2><div>', '<a href="/x">another page of this site</a>'],
    ['headings', '<h1>', 'words and more words '],
    ['parts of one name', '<div class="post-content"><time>1</time><b class="author">a</b>', '<p>word and words</p>'],
  ])('does not hang on %s that stand in one another 240 times', (_title, opening, content) => {
    const body = `<title>t</title><article itemscope itemtype="https://schema.org/Article"><div itemprop="articleBody"><p>${'words of an article. '.repeat(50_000)}</p>${opening.repeat(240)}${content.repeat(100_000)}`
    expect(extractArticle({ url: 'https://example.org/a', body }).ok).toBe(true)
  })

  it('does not stop for a body of 100,000 parts that are left out', () => {
    const body = `<title>t</title><div id="cnblogs_post_body">${'<p class="cnblogs_code_toolbar">x</p>'.repeat(100_000)}y</div>`
    expect(extractArticle({ url: 'https://www.cnblogs.com/a/p/1', body })).toMatchObject({ ok: true, value: { html: 'y' } })
  })

  it('has a generic extractor for any address', () => {
    expect(genericExtractor.matches(new URL('https://example.org/'))).toBe(true)
  })
})
