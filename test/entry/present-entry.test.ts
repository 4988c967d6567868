import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type PresentOptions, presentEntry } from '../../src/entry/present-entry.js'
import { WeekloomError } from '../../src/problems.js'
import { htmlToText } from '../../src/text/html.js'
import type { Entry } from '../../src/types.js'
import { anyEntry } from '../feed/any-feed.js'

const COVER = 'https://mmbiz.qpic.cn/mmbiz_jpg/CoverOfTheArticle/0?wx_fmt=jpeg'

const article: Entry = {
  id: 'https://mp.weixin.qq.com/s/AbCdEfGhIjKlMnOpQrStUv',
  keys: [],
  url: 'https://mp.weixin.qq.com/s/AbCdEfGhIjKlMnOpQrStUv',
  title: '一篇',
  published: '2024-05-30T17:00:00.000Z',
  authors: [],
  account: { name: '河畔 & 观察' },
  tags: [],
  summary: '1 < 2 的摘要。',
  html: '<p>正文</p>',
  image: COVER,
  kind: 'article',
  state: 'full',
  origins: [
    {
      source: 'weekly',
      kind: 'post',
      id: 'https://weekly.example.org/9/',
      url: 'https://weekly.example.org/9/?a=1&b=2',
      title: '周报 <9>',
      section: '推荐',
      note: '值得读。',
    },
    {
      source: 'weekly',
      kind: 'post',
      id: 'https://weekly.example.org/10/',
      url: 'https://weekly.example.org/10/',
      title: '周报 10',
      note: '值得读。',
    },
  ],
}
const issue: Entry = { ...article, id: 'https://weekly.example.org/9/', kind: 'issue', html: `<p><img src="${COVER}" alt=""></p>` }

const show = (change: Partial<Entry>, options: PresentOptions = {}) =>
  presentEntry({ ...article, ...change }, { images: 'keep', language: 'zh-CN', timeZone: 'Asia/Shanghai', ...options }).html ?? ''

describe('the head of a presented article', () => {
  it('has cover, account and day, each issue with its section, and a note once', () => {
    expect(show({})).toBe(
      [
        `<div class="weekloom"><p><img src="${COVER}" alt=""></p>`,
        '<p>河畔 &amp; 观察 · 2024-05-31</p>',
        '<p>推荐于 <a href="https://weekly.example.org/9/?a=1&amp;b=2">周报 &lt;9&gt;</a> · 推荐</p>',
        '<p>推荐于 <a href="https://weekly.example.org/10/">周报 10</a></p>',
        '<blockquote><p>值得读。</p></blockquote>',
        '</div><p>正文</p>',
      ].join('\n'),
    )
  })

  it('names a section only where its heading says more than the titles of issue and article', () => {
    const sectionOf = (section: string, title = '河畔周报 #12') => {
      const shown = show({ title: '怎样选一把剪刀', origins: [{ source: 'weekly', kind: 'post', title, section }] })
      return /推荐于 (.*?)<\/p>/.exec(shown)?.[1]
    }
    expect(sectionOf('文章')).toBe('河畔周报 #12 · 文章')
    expect(sectionOf('河畔周报 #12')).toBe('河畔周报 #12')
    expect(sectionOf('🐎 1、怎样选一把剪刀')).toBe('河畔周报 #12')
    expect(sectionOf('')).toBe('河畔周报 #12')
  })

  it('speaks English unless the language is Chinese', () => {
    expect(show({}, { language: 'en' })).toContain('<p>Recommended in <a')
    expect(show({}, { language: 'zh' })).toContain('<p>推荐于 <a')
  })

  it('shows the day in the zone of the site', () => {
    expect(show({}, { timeZone: 'UTC' })).toContain('· 2024-05-30<')
    expect(show({}, { timeZone: 'Asia/Shanghai' })).toContain('· 2024-05-31<')
  })

  it('says of a date that it is worked out', () => {
    expect(show({ dated: { from: 'neighbours', precision: 'day', estimated: true } })).toContain('· 约 2024-05-31<')
    expect(show({ dated: { from: 'issue', precision: 'day' } }, { language: 'en' })).toContain('· about 2024-05-31<')
  })

  it('leaves the cover out when the text shows the same picture in another size', () => {
    const html = '<p>一</p><img data-x="1" src="https://mmbiz.qpic.cn/mmbiz_jpg/CoverOfTheArticle/640?wx_fmt=jpeg&amp;tp=webp">'
    expect(show({ html }).match(/<img/g)).toHaveLength(1)
    expect(show({ html: html.replace('CoverOfTheArticle', 'Another') }).match(/<img/g)).toHaveLength(2)
  })

  it('keeps the cover when the same address stands in a link or a comment only', () => {
    expect(show({ html: `<a href="${COVER}">图</a><!-- <img src="${COVER}"> -->` })).toMatch(/^<div class="weekloom"><p><img /)
  })

  it('calls the issue of a question where it stands, and a feed where it is listed', () => {
    expect(show({ kind: 'question' })).toContain('<p>见于 <a')
    expect(
      show({
        kind: 'item',
        origins: [{ source: 'feeds', kind: 'feed', id: article.id, url: 'https://other.example.org/', title: '别家' }],
      }),
    ).toContain('<p>来自 <a href="https://other.example.org/">别家</a></p>')
  })

  it('links only to absolute addresses', () => {
    expect(show({ origins: [{ source: 'weekly', kind: 'post', url: 'javascript:alert(1)', title: '周报' }] })).toContain(
      '<p>推荐于 周报</p>',
    )
  })

  it('is absent when there is nothing to say', () => {
    const { account, published, image, ...bare } = article
    expect(presentEntry({ ...bare, origins: [{ source: 'list', kind: 'article' }] }).html).toBe('<p>正文</p>')
  })
})

describe('content', () => {
  it('gives the summary for want of the text, and when asked for', () => {
    expect(show({}, { content: 'summary' })).toMatch(/<\/div><p>1 &lt; 2 的摘要。<\/p>$/)
    const { html, ...rest } = article
    expect(presentEntry(rest).html).toMatch(/<\/div><p>1 &lt; 2 的摘要。<\/p>$/)
  })

  it('says a note that is the summary once', () => {
    const { html, ...rest } = article
    expect(presentEntry({ ...rest, summary: '值得读。' }).html?.match(/值得读/g)).toHaveLength(1)
  })

  it('gives by title alone only where the entry comes from', () => {
    const shown = presentEntry(article, { content: 'title' })
    expect(shown).not.toHaveProperty('summary')
    expect(htmlToText(shown.html ?? '')).toBe('河畔 & 观察 · 2024-05-30\nRecommended in 周报 <9> · 推荐\nRecommended in 周报 10')
  })
})

describe('pictures', () => {
  const guarded = 'https://mmbiz.qpic.cn/a/640?x=1&y=2'
  const html = `<p><IMG alt='1 > 0' src="${guarded.replace('&', '&amp;')}"><img src="https://example.org/b.png"/></p><!-- <img> --><video poster="${COVER}"></video>`

  it('are asked for without a referrer by default, and all else stays letter for letter', () => {
    expect(presentEntry({ ...issue, html }).html).toBe(
      html.replace('<IMG', '<img referrerpolicy="no-referrer"').replace('<img src', '<img referrerpolicy="no-referrer" src'),
    )
  })

  it('stay as they are when they are to be kept', () => {
    expect(presentEntry({ ...issue, html }, { images: 'keep' })).toEqual({ ...issue, html })
  })

  it('of guarded hosts go through the proxy, others do not', () => {
    const shown = presentEntry({ ...issue, html }, { images: 'https://proxy.example/?url={url}&w=800' })
    const through = (url: string) => `https://proxy.example/?url=${encodeURIComponent(url)}&w=800`
    expect(shown.html).toContain(`src="${through(guarded).replaceAll('&', '&amp;')}"`)
    expect(shown.html).toContain(`poster="${through(COVER).replaceAll('&', '&amp;')}"`)
    expect(shown.html).toContain('<img src="https://example.org/b.png"/>')
    expect(shown.image).toBe(through(COVER))
  })

  it('that were copied are shown from their copy, and the rest without a referrer', () => {
    const shown = presentEntry(
      { ...issue, html },
      { images: 'copy', rewriteImage: url => (url === guarded ? 'https://weekly.example.org/p/a.png' : undefined) },
    )
    expect(shown.html).toContain('src="https://weekly.example.org/p/a.png"')
    expect(shown.html).toContain('<img referrerpolicy="no-referrer" src="https://example.org/b.png"/>')
  })

  it('that are no picture of a policy are refused by name', () => {
    expect(() => presentEntry(issue, { images: 'noreferrer' })).toThrow(WeekloomError)
    expect(() => presentEntry(article, { timeZone: 'Shanghai' })).toThrow(/"Shanghai"/)
  })
})

describe('any entry', () => {
  it('is presented the same way each time, and not a second time', () => {
    fc.assert(
      fc.property(
        anyEntry,
        fc.constantFrom('no-referrer', 'keep', 'https://proxy.example/{url}'),
        fc.constantFrom('full', 'summary', 'title'),
        (entry, images, content) => {
          const shown = presentEntry(entry, { images, content })
          expect(presentEntry(structuredClone(entry), { images, content })).toEqual(shown)
          if (shown.html?.startsWith('<div class="weekloom">')) expect(presentEntry(shown, { images, content })).toEqual(shown)
        },
      ),
    )
  })

  it('keeps its id, keys, address, title and dates', () => {
    fc.assert(
      fc.property(anyEntry, entry => {
        const { html: _html, image: _image, summary: _summary, ...shown } = presentEntry(entry)
        const { html, image, summary, ...given } = entry
        if (summary !== undefined) expect(_summary).toBe(summary)
        expect(shown).toEqual(given)
      }),
    )
  })

  it('without a summary gets the beginning of its text, else where it comes from', () => {
    const { summary: _, ...bare } = article
    expect(presentEntry({ ...bare, html: `<p>${'First sentence of the text. '.repeat(20)}</p>` }).summary).toMatch(
      /^First sentence of the text\. .{100,180}…$/,
    )
    const { html: _html, ...partial } = bare
    expect(presentEntry(partial).summary).toContain('Recommended in')
  })

  it('of a hostile shape is presented in linear time', { timeout: 10_000 }, () => {
    const html = '<img '.repeat(100_000) + '<div>'.repeat(200_000) + '<img src="x" '.repeat(50_000)
    expect(presentEntry({ ...article, html }).html?.length).toBeGreaterThan(html.length)
  })
})
