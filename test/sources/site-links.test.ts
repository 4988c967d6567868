import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { aggregate } from '../../src/aggregate.js'
import { linkedFiles } from '../../src/sources/site-links.js'
import { type WeeklyOptions, weekly } from '../../src/sources/weekly.js'
import { memoryStore } from '../../src/store/memory-store.js'

let cwd: string
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'weekloom-links-'))
})
afterEach(() => rmSync(cwd, { recursive: true, force: true }))

const png = Buffer.from('\x89PNG\r\n\x1a\na picture', 'latin1')

function put(files: Record<string, string | Buffer>) {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, path)), { recursive: true })
    writeFileSync(join(cwd, path), text)
  }
}

async function read(files: Record<string, string | Buffer>, patterns: string | string[], options: WeeklyOptions, store = memoryStore()) {
  put(files)
  const source = weekly(patterns, options)
  const run = await aggregate({
    site: { title: 'Loom Weekly', url: 'https://loom.example/repo/' },
    sources: [source],
    store,
    network: 'frozen',
    baseUrl: 'https://loom.example/repo/feeds/',
    cwd,
  })
  const written: Record<string, string> = {}
  for await (const { path, body } of run.files) {
    let text = ''
    if (typeof body === 'string') text = body
    else if (body instanceof Uint8Array) text = Buffer.from(body).toString('latin1')
    else for await (const piece of body) text += String(piece)
    written[path] = text
  }
  return { source, run, written }
}

const post = (body: string, front = '') => `---\ntitle: Weekly\ndate: 2024-05-31\n${front}---\n\n${body}\n`

/** What the last post shows: addresses of its links and pictures. */
async function addressesIn(body: string, options: WeeklyOptions, more: Record<string, string> = {}) {
  const files = { 'docs/weekly/1.md': post('One'), 'docs/weekly/3 b.md': post('Three'), 'docs/weekly/4.md': post(body), ...more }
  const { run } = await read(files, ['docs/**/*.{md,mdx,markdown}'], options)
  const html = run.feeds['feed']?.entries.find(({ id }) => /\/4(?:\.html|\/)?$/.test(id))?.html ?? ''
  return [...html.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, url]) => url)
}

const site = { url: '/repo/:path.html' }

describe('links to files of other posts', () => {
  it.each([
    ['beside it', './1.md', '/repo/weekly/1.html'],
    ['without a dot before it', '1.md', '/repo/weekly/1.html'],
    ['with a part of it', './1.md#articles', '/repo/weekly/1.html#articles'],
    ['from the root of the site', '/weekly/1.md', '/repo/weekly/1.html'],
    ['from the root of the project', '/docs/weekly/1.md', '/repo/weekly/1.html'],
    ['with a name in percent signs', './3%20b.md', '/repo/weekly/3%20b.html'],
    ['in another folder', '../news/周 2.mdx', '/repo/news/%E5%91%A8%202.html'],
    ['that is the index of a folder', '../news/index.markdown', '/repo/news.html'],
    ['itself', './4.md', '/repo/weekly/4.html'],
    ['in capitals', './1.MD', '/repo/weekly/1.MD'],
    ['that is no post', './none.md', '/repo/weekly/none.md'],
  ])('lead to its page: one %s', async (_, written, expected) => {
    const more = { 'docs/news/周 2.mdx': post('Two'), 'docs/news/index.markdown': post('Index') }
    expect(await addressesIn(`[it](<${written}>)\n\n[it]\n\n[it]: <${written}>`, site, more)).toEqual([
      `https://loom.example${expected}`,
      `https://loom.example${expected}`,
    ])
  })

  it('lead to its page where nothing parts two of them, and as links of sections', async () => {
    expect(await addressesIn('[a](./1.md)、[b](3%20b.md)', site)).toEqual([
      'https://loom.example/repo/weekly/1.html',
      'https://loom.example/repo/weekly/3%20b.html',
    ])
    const urls: string[] = []
    await read({}, 'docs/**/*.md', { ...site, links: ({ url }) => urls.push(url) < 0 })
    expect(urls).toEqual(['https://loom.example/repo/weekly/1.html', 'https://loom.example/repo/weekly/3%20b.html'])
  })

  it('lead to posts of the same site that are no issues', async () => {
    const more = { 'docs/weekly/4.md': post('[about](../about.md)'), 'docs/about.md': post('About', 'title: About\n') }
    const { run } = await read(more, 'docs/weekly/*.md', { url: '/:slug/', site: 'docs/*.md' })
    expect(run.feeds['feed']?.entries[0]?.html).toContain('href="https://loom.example/about/"')
  })

  it('follow the other post when its address changes', async () => {
    const store = memoryStore()
    const files = { 'a.md': post('[b](b.md)'), 'b.md': post('B', 'slug: one\n') }
    const linkOf = async (files: Record<string, string>) =>
      JSON.stringify((await read(files, '*.md', { url: ['/:ownslug/', '/:slug/'] }, store)).run.feeds['feed'])
    expect(await linkOf(files)).toContain('https://loom.example/one/\\">b<')
    expect(await linkOf({ 'b.md': post('B', 'slug: two\n') })).toContain('https://loom.example/two/\\">b<')
  })

  it('stay in files as GitHub shows them', async () => {
    const url = 'https://github.com/loom/weekly/blob/main/docs/:path.md'
    expect(await addressesIn('[a](./1.md) [b](../../README.md)', { url: post => url.replace(':path', `weekly/${post.slug}`) })).toEqual([])
    const { run } = await read({ 'docs/weekly/9.md': post('[a](./1.md) [b](../../README.md)') }, 'docs/weekly/*.md', {
      url: url.replace('docs', 'docs/weekly'),
    })
    const { html } = run.feeds['feed']?.entries.find(({ id }) => id.endsWith('/9.md')) ?? {}
    expect(html).toContain('href="https://github.com/loom/weekly/blob/main/docs/weekly/1.md"')
    expect(html).toContain('href="https://github.com/loom/weekly/blob/main/README.md"')
  })

  it.each(['](<', '](a', ']: ', '](./a.md', '](/', '.md'])('do not hang on a text of nothing but %s', piece => {
    expect(linkedFiles(piece.repeat(300_000), 'a/b/c.md', '/repo/')).toBeDefined()
  })
})

describe('addresses from the root of the site', () => {
  it.each([
    ['a picture', '![](/q.png)', '/repo/q.png'],
    ['a link', '[a](/about?a#b)', '/repo/about?a#b'],
    ['a definition', '[a]\n\n[a]: /about/', '/repo/about/'],
    ['a post without its ending', '[a](/weekly/1#b)', '/repo/weekly/1.html#b'],
    ['a post beside it without its ending', '[a](./1)', '/repo/weekly/1.html'],
    ['one that has the base', '[a](/repo/about)', '/repo/about'],
    ['the base itself', '[a](/repo)', '/repo'],
    ['raw HTML, which no tool looks into', '<a href="/about">a</a>', '/about'],
  ])('begin at the base: %s', async (_, body, expected) => {
    for (const base of ['/repo/', '/repo']) expect(await addressesIn(body, { ...site, base })).toEqual([`https://loom.example${expected}`])
  })

  it('are of other hosts where they begin with two slashes', async () => {
    expect(await addressesIn('[a](//a.example/b)', { ...site, base: '/repo/' })).toEqual(['https://a.example/b'])
  })

  it('stay where no base is stated, or none is needed', async () => {
    for (const options of [site, { ...site, base: '/' }])
      expect(await addressesIn('![](/q.png) [y](/about)', options)).toEqual(['https://loom.example/q.png', 'https://loom.example/about'])
  })

  it('begin at the base in a cover, too', async () => {
    const { run } = await read({ 'a.md': post('A', 'image: /cover.png\n') }, '*.md', { base: '/repo/' })
    expect(run.feeds['feed']?.entries[0]?.image).toBe('https://loom.example/repo/cover.png')
  })
})

describe('pictures in files beside a post', () => {
  const copy = { url: '/repo/blog/:slug', pictures: 'copy' } as const
  const copied = /https:\/\/loom\.example\/repo\/feeds\/images\/[0-9a-f]{32}\.png/

  it.each([
    ['in Markdown', '![a](./pic.png "title")', 'pic.png'],
    ['beside text', '看![a](pic.png)、![b](https://a.example/b.png)', 'pic.png'],
    ['in HTML', '<p><img width="3" src="./pic.png"></p>', 'pic.png'],
    ['with spaces and brackets', '![a](<./my pic (1).png>)', 'my pic (1).png'],
    ['with spaces in percent signs', '![a](my%20pic(1).png)', 'my pic(1).png'],
    ['by a definition', '![a]\n\n[a]: ./pic.png', 'pic.png'],
    ['in a folder above', '![a](../../assets/pic.png)', '../../assets/pic.png'],
  ])('are copied beside the feeds and shown there: %s', async (_, body, place) => {
    const files = { 'src/content/blog/1.md': post(body), [join('src/content/blog', place)]: png }
    const { run, written } = await read(files, 'src/content/blog/*.md', copy)
    const json = JSON.parse(written['feed.json'] ?? '{}')
    expect(json.items[0].content_html).toMatch(copied)
    expect(
      Object.entries(written)
        .filter(([path]) => path.startsWith('images/'))
        .map(([, bytes]) => bytes),
    ).toEqual([png.toString('latin1')])
    expect(run.report.problems).toEqual([])
  })

  it('are copied as covers', async () => {
    const { written } = await read({ 'blog/1.md': post('A', 'image: ./pic.png\n'), 'blog/pic.png': png }, 'blog/*.md', copy)
    expect(JSON.parse(written['feed.json'] ?? '{}').items[0].image).toMatch(copied)
  })

  it('stay where that is not wanted', async () => {
    const { written } = await read({ 'blog/1.md': post('![](pic.png)'), 'blog/pic.png': png }, 'blog/*.md', { url: copy.url })
    expect(Object.keys(written).filter(path => path.startsWith('images/'))).toEqual([])
    expect(written['rss.xml']).toContain('https://loom.example/repo/blog/pic.png')
  })

  it.each([
    ['is missing', './none.png', 'blog/none.png is not there.'],
    ['lies outside of the folder of the config', '../../outside.png', '../outside.png lies outside of the folder of the config.'],
    ['is a link that leads outside', './link.png', 'blog/link.png lies outside of the folder of the config.'],
    ['is a folder', './folder.png', 'blog/folder.png is no file.'],
    ['is no picture', './text.png', 'Its bytes are those of no PNG, JPEG, GIF, WebP or AVIF.'],
    ['is a document', './a.svg', 'Its bytes are those of no PNG, JPEG, GIF, WebP or AVIF.'],
    ['is too large', './large.png', 'It has 2000001 bytes; 2000000 are the limit.'],
  ])('keep their address, and it is told, when one %s', async (_, name, cause) => {
    const outside = `${cwd}-outside.png`
    writeFileSync(outside, png)
    try {
      put({
        'blog/text.png': 'text',
        'blog/a.svg': '<svg/>',
        'blog/large.png': Buffer.concat([png, Buffer.alloc(2_000_001 - png.length)]),
        'blog/folder.png/a': '',
      })
      symlinkSync(outside, join(cwd, 'blog/link.png'))
      const { run, written } = await read({ 'blog/1.md': post(`![](${name})`) }, 'blog/*.md', copy)
      expect(run.report.problems).toMatchObject([{ code: 'IMAGE_NOT_COPIED', cause }])
      expect(written['rss.xml']).toContain(new URL(name, 'https://loom.example/repo/blog/1').href)
    } finally {
      rmSync(outside)
    }
  })

  it('are files that the source reads, once it has read the posts', async () => {
    const { source } = await read({ 'blog/1.md': post('![](pic.png) ![](../../up.png) ![](/root.png)') }, 'blog/*.md', copy)
    expect(source.files?.filter(path => path.endsWith('png'))).toEqual(['blog/pic.png'])
  })
})
