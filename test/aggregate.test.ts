import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type PageServer, startPageServer } from '../fixtures/page-server.js'
import { aggregate } from '../src/aggregate.js'
import type { Options } from '../src/run/options.js'
import { totalsOf } from '../src/run/report.js'
import { weekly } from '../src/sources/weekly.js'
import { fileStore } from '../src/store/file-store.js'
import { memoryStore } from '../src/store/memory-store.js'
import type { Source } from '../src/types.js'

const root = join(import.meta.dirname, '..')
const posts = 'fixtures/weekly/content/zh/blog/*weekly*/index.md'
const site = { title: 'Loom Weekly', url: 'https://loomstack.example/' }
const now = '2024-01-01T00:00:00.000Z'

let server: PageServer
beforeAll(async () => {
  server = await startPageServer()
})
afterAll(() => server.close())
beforeEach(() => {
  server.requests.length = 0
})

function options(more: Partial<Options> = {}): Options {
  return { site, sources: [weekly(posts)], store: memoryStore(), hosts: { 'mp.weixin.qq.com': server.origin }, cwd: root, now, ...more }
}

async function textsOf({ files }: { files: Awaited<ReturnType<typeof aggregate>>['files'] }): Promise<Record<string, string>> {
  const texts: Record<string, string> = {}
  for await (const { path, body } of files) texts[path] = body instanceof Uint8Array ? Buffer.from(body).toString() : [...body].join('')
  return texts
}

describe('aggregate', () => {
  it('makes three feeds in three formats of posts and the articles they link to', async () => {
    const run = await aggregate(options())
    const totals = totalsOf(run.report)
    expect(totals.posts).toBeGreaterThanOrEqual(12)
    expect(totals.fetched).toBeGreaterThanOrEqual(15)
    expect(Object.keys(await textsOf(run)).sort()).toEqual(
      [
        'feeds.opml',
        'feeds.html',
        ...['', 'articles/', 'issues/'].flatMap(folder => ['atom.xml', 'feed.json', 'rss.xml'].map(file => `${folder}${file}`)),
      ].sort(),
    )
    expect(run.feeds['articles']?.entries.some(entry => entry.state === 'full' && entry.origins.length > 1)).toBe(true)
  })

  it('makes a page of all that it read, under the name that is wanted or not at all', async () => {
    const quiet = { network: 'frozen', opml: false, feeds: { feed: { limit: 1, archive: false } } } as const
    const texts = await textsOf(await aggregate(options({ ...quiet, page: 'index.html' })))
    expect(Object.keys(texts)).toContain('index.html')
    expect(texts['index.html']).toContain('<link rel="canonical" href="https://loomstack.example/feeds/">')
    expect(texts['index.html']?.match(/<div class="week">/g)?.length).toBeGreaterThan(10)
    expect(Object.keys(await textsOf(await aggregate(options({ ...quiet, page: false }))))).toEqual(['rss.xml', 'atom.xml', 'feed.json'])
  })

  it('asks for each page once, and for none again in the next run', async () => {
    const store = memoryStore()
    const first = await textsOf(await aggregate(options({ store })))
    const asked = [...server.requests]
    expect(new Set(asked).size).toBe(asked.length)
    server.requests.length = 0
    const second = await aggregate(options({ store }))
    expect(server.requests).toEqual([])
    expect(await textsOf(second)).toEqual(first)
  })

  it('gives the same bytes frozen, from the store of another machine', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'weekloom-run-'))
    const first = await textsOf(await aggregate(options({ store: fileStore(folder) })))
    server.requests.length = 0
    expect(await textsOf(await aggregate(options({ store: folder, network: 'frozen' })))).toEqual(first)
    expect(server.requests).toEqual([])
    rmSync(folder, { recursive: true })
  })

  it('makes every article from the weekly’s own words when nothing can be had', async () => {
    const run = await aggregate(options({ network: 'frozen', feeds: { feed: { limit: false } } }))
    expect(totalsOf(run.report)).toMatchObject({ fetched: 0, stored: 0, failed: 0 })
    const articles = run.feeds['feed']?.entries.filter(entry => entry.kind === 'article') ?? []
    expect(articles.length).toBeGreaterThan(15)
    for (const entry of articles) expect(entry).toMatchObject({ state: 'partial', dated: { estimated: true } })
  })

  it('keeps the id of an article when its page proves that a short and a long address are one', async () => {
    const store = memoryStore()
    const before = await aggregate(options({ store, network: 'frozen', feeds: { feed: { limit: false } } }))
    const after = await aggregate(options({ store, feeds: { feed: { limit: false } } }))
    const ids = new Set(before.feeds['feed']?.entries.map(entry => entry.id))
    const moved = after.feeds['feed']?.entries.filter(entry => !ids.has(entry.id)).map(entry => entry.id)
    expect(moved).toEqual([])
    expect(after.feeds['feed']?.entries.length).toBeLessThan(before.feeds['feed']?.entries.length ?? 0)
  })

  it('gives the same feed whatever order the sources come in', async () => {
    const halves = [
      weekly('fixtures/weekly/content/zh/blog/*weekly-20[12]*/index.md', { name: 'a' }),
      weekly('fixtures/weekly/content/zh/blog/*weekly-2023*/index.md', { name: 'b' }),
    ]
    const one = await textsOf(await aggregate(options({ sources: halves, network: 'frozen' })))
    const other = await textsOf(await aggregate(options({ sources: [...halves].reverse(), network: 'frozen' })))
    expect(other).toEqual(one)
  })

  it('stops asking WeChat at the first verification page, keeps nothing of it, and says when to come back', async () => {
    const { pages } = await import('../fixtures/wechat/pages.js')
    const verification = pages.find(page => page.kind === 'verification')
    const blocked = await startPageServer({ respond: () => ({ body: verification?.html() ?? '' }) })
    const store = memoryStore()
    const run = await aggregate(options({ store, hosts: { 'mp.weixin.qq.com': blocked.origin } }))
    await blocked.close()
    expect(blocked.requests).toHaveLength(1)
    expect(run.report.problems.filter(problem => problem.code === 'WECHAT_VERIFICATION')).toHaveLength(1)
    expect(totalsOf(run.report)).toMatchObject({ fetched: 0, failed: 0 })
    for await (const key of store.keys('articles/')) expect(await store.get(key)).not.toContain('"article"')
  })

  it('goes on without a source that fails, and says so', async () => {
    const broken: Source = {
      name: 'broken',
      read: () => ({
        [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(new Error('out of yarn')) }),
      }),
    }
    const run = await aggregate(options({ sources: [broken, weekly(posts)], network: 'frozen' }))
    expect(run.report.problems).toContainEqual(expect.objectContaining({ code: 'SOURCE_FAILED', cause: 'out of yarn' }))
    expect(totalsOf(run.report).posts).toBeGreaterThan(10)
  })

  it('refuses wrong options with the name that was meant', async () => {
    await expect(aggregate({ ...options(), ...{ feedz: {} } })).rejects.toThrow('did you mean feeds?')
  })

  it('stops when told to', async () => {
    const stop = new AbortController()
    stop.abort()
    await expect(aggregate(options({ signal: stop.signal }))).rejects.toMatchObject({ name: 'AbortError' })
  })
})

describe('a run over bad input', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'weekloom-bad-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  const url = (id: string) => `https://mp.weixin.qq.com/s/${id.padEnd(22, 'x')}`
  function write(name: string, text: string): void {
    mkdirSync(join(folder, name), { recursive: true })
    writeFileSync(join(folder, name, 'index.md'), text)
  }
  const post = (...lines: string[]) =>
    ['---', 'title: "Weekly"', 'date: 2022-01-07T15:00:00+08:00', '---', '', '### 本周推荐阅读', '', ...lines, ''].join('\n')

  async function runOver(respond: (path: string) => { body?: string; status?: number } | undefined) {
    const own = await startPageServer({ respond })
    const run = await aggregate(options({ sources: [weekly('*/index.md')], cwd: folder, hosts: { 'mp.weixin.qq.com': own.origin } }))
    await own.close()
    return {
      codes: run.report.problems.map(problem => problem.code),
      problems: run.report.problems,
      entries: run.feeds['feed']?.entries ?? [],
    }
  }

  it('never loses a post with a broken front matter', async () => {
    write(
      'broken',
      '---\ntitle: "Weekly\ndate: 2022-01-07T15:00:00+08:00\n tags: [a\n---\n\n- [Looms](https://mp.weixin.qq.com/s/aaaaaaaaaaaaaaaaaaaaaa)\n',
    )
    const { problems, entries } = await runOver(() => ({ status: 500 }))
    expect(problems).toContainEqual(
      expect.objectContaining({
        code: 'POST_FRONT_MATTER_BROKEN',
        where: expect.objectContaining({ file: 'broken/index.md', line: expect.any(Number) }),
      }),
    )
    expect(entries.map(entry => entry.title)).toContain('Looms')
  })

  it('refuses a page of 20 MB, names it, and makes the entry from the weekly', async () => {
    write('huge', post(`- [Looms](${url('huge')})`, `- [Shuttles](${url('fine')})`))
    const { codes, entries } = await runOver(path => (path.includes('huge') ? { body: 'x'.repeat(20_000_000) } : { status: 404 }))
    expect(codes).toContain('FETCH_TOO_LARGE')
    expect(entries.map(entry => entry.title)).toEqual(expect.arrayContaining(['Looms', 'Shuttles']))
  })

  it('survives a page nested 100,000 deep', async () => {
    write('deep', post(`- [Looms](${url('deep')})`))
    const { codes, entries } = await runOver(() => ({ body: `<html><body><div id="js_content">${'<div>'.repeat(100_000)}` }))
    expect(codes.length).toBeGreaterThan(0)
    expect(entries.map(entry => entry.title)).toContain('Looms')
  })

  it('names a page that was cut short, and goes on', async () => {
    write('cut', post(`- [Looms](${url('cut')})`))
    const { codes, entries } = await runOver(() => ({ body: '<!DOCTYPE html><html><head><meta property="og:ti' }))
    expect(codes.filter(code => /^(WECHAT|ARTICLE)_/.test(code))).toHaveLength(1)
    expect(entries).toHaveLength(2)
  })

  it('names a link to a private address with its line, and never asks for it', async () => {
    write('private', post('- [Secret](http://127.0.0.1:9/secret)', '- [Looms](http://localhost/s)', '- [Fine](https://example.org/)'))
    const { problems } = await runOver(() => ({ status: 500 }))
    expect(problems.map(problem => [problem.code, problem.where.file, problem.where.line])).toEqual([
      ['LINK_PRIVATE', 'private/index.md', 8],
      ['LINK_PRIVATE', 'private/index.md', 9],
    ])
  })

  it('asks no private address, whoever names it', async () => {
    const run = await aggregate(
      options({
        sources: [
          {
            name: 'hostile',
            async *read() {
              const address = 'http://127.0.0.1:9/secret'
              yield {
                entry: {
                  id: address,
                  keys: [address],
                  url: address,
                  title: 'Secret',
                  authors: [],
                  tags: [],
                  kind: 'article',
                  state: 'partial',
                  origins: [{ source: 'hostile', kind: 'article' }],
                },
                wants: { url: address, key: address },
              }
            },
          },
        ],
      }),
    )
    expect(run.report.problems).toMatchObject([{ code: 'FETCH_REFUSED', where: { url: 'http://127.0.0.1:9/secret' } }])
    expect(run.feeds['feed']?.entries).toHaveLength(1)
  })
})
