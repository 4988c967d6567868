import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type PageServer, type PageServerOptions, startPageServer } from '../../fixtures/page-server.js'
import { pages } from '../../fixtures/wechat/pages.js'
import { aggregate } from '../../src/aggregate.js'
import { identifyLink } from '../../src/links/identify-link.js'
import type { Options } from '../../src/run/options.js'
import { totalsOf } from '../../src/run/report.js'
import { feeds } from '../../src/sources/feeds.js'
import { weekly } from '../../src/sources/weekly.js'
import { readArticle } from '../../src/store/article-records.js'
import { fileStore } from '../../src/store/file-store.js'
import { memoryStore } from '../../src/store/memory-store.js'
import { writePage } from '../../src/store/page-cache.js'
import type { Store } from '../../src/types.js'
import { bodyPage, longAddress, shortAddress } from '../wechat/small-page.js'

const site = { title: 'Loom Weekly', url: 'https://loomstack.example/' }
const daysOn = (days: number) => new Date(Date.UTC(2024, 0, 1) + days * 86_400_000).toISOString()
const good = pages.find(({ kind }) => kind === 'article-2018')
const rss =
  '<rss version="2.0"><channel><title>News</title><item><title>Hello</title><link>https://news.example/1</link><guid>1</guid></item></channel></rss>'

let cwd: string
let server: PageServer
let answerFeed: () => { status?: number; body?: string }
beforeEach(async () => {
  cwd = mkdtempSync(join(tmpdir(), 'weekloom-keeping-'))
  mkdirSync(join(cwd, 'posts'))
  writeFileSync(join(cwd, 'posts/a.md'), `---\ntitle: Weekly\ndate: 2022-07-01\n---\n\n### 本周推荐阅读\n\n- [Looms](${good?.urls[0]})\n`)
  answerFeed = () => ({ body: rss })
  server = await startPageServer({ respond: path => (path.startsWith('/rss.xml') ? answerFeed() : { body: good?.html() ?? '' }) })
})
afterEach(async () => {
  await server.close()
  rmSync(cwd, { recursive: true, force: true })
})

async function run(options: Partial<Options>) {
  const hosts = { 'mp.weixin.qq.com': server.origin, 'news.example': server.origin }
  const done = await aggregate({ site, sources: [weekly('posts/*.md')], cwd, hosts, now: daysOn(0), ...options })
  return { ...done, codes: done.report.problems.map(problem => problem.code), totals: totalsOf(done.report) }
}

async function keysOf(store: Store): Promise<string[]> {
  const keys: string[] = []
  for await (const key of store.keys('sources/')) keys.push(key)
  return keys
}

function recordsBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.json'))
}

describe('a record of the store', () => {
  it('that is damaged is named, put aside and fetched again', async () => {
    const store = join(cwd, 'store')
    const first = await run({ store })
    const [record = ''] = recordsBelow(join(store, 'articles'))
    const whole = readFileSync(join(store, 'articles', record), 'utf8')
    writeFileSync(join(store, 'articles', record), whole.slice(0, 100))
    const second = await run({ store })
    expect(second.codes).toEqual(['STORE_RECORD_DAMAGED'])
    expect(second.report.problems[0]?.where.file).toBe(join(store, 'articles', record))
    expect(second.totals.fetched).toBe(1)
    expect(second.feeds).toEqual(first.feeds)
    expect(readFileSync(join(store, 'articles', record), 'utf8')).toBe(whole)
    expect(readFileSync(join(store, 'damaged/articles', record), 'utf8')).toBe(whole.slice(0, 100))
    expect((await run({ store })).codes).toEqual([])
  })

  it('of a newer version ends the run before anything is changed', async () => {
    const store = join(cwd, 'store')
    await run({ store })
    const [record = ''] = recordsBelow(join(store, 'articles'))
    const path = join(store, 'articles', record)
    const newer = readFileSync(path, 'utf8').replace('"format": 1', '"format": 2')
    writeFileSync(path, newer)
    await expect(run({ store })).rejects.toMatchObject({ problem: { code: 'STORE_FORMAT_NEWER' } })
    expect(readFileSync(path, 'utf8')).toBe(newer)
  })
})

describe('what another run had meanwhile', () => {
  it('is not asked for again', async () => {
    const store = memoryStore()
    writeFileSync(
      join(cwd, 'posts/b.md'),
      '---\ntitle: B\ndate: 2022-07-02\n---\n\n### 本周推荐阅读\n\n- [Shuttles](https://mp.weixin.qq.com/s/aaaaaaaaaaaaaaaaaaaaaa)\n',
    )
    // Between the two pages of this run, another one gets both.
    let other: Promise<unknown> | undefined
    const first = await run({
      store,
      onProgress: ({ step }) => {
        if (step === 'fetch') other ??= run({ store })
      },
    })
    await other
    expect(first.totals.waiting + first.totals.failed).toBe(0)
    expect(server.requests.filter(path => path.includes('mid=')).length).toBeLessThanOrEqual(1)
  })
})

describe('an article that is asked for again', () => {
  it('is told as its page says now; short addresses are asked for first', async () => {
    const store = memoryStore()
    writeFileSync(
      join(cwd, 'posts/a.md'),
      `---\ntitle: Weekly\ndate: 2022-07-01\n---\n\n### 本周推荐阅读\n\n- [Looms](${longAddress})\n- [Shuttles](${shortAddress})\n`,
    )
    let answerPage: NonNullable<PageServerOptions['respond']> = path =>
      path.startsWith('/s/') ? 'drop' : { body: bodyPage('<p>Text</p>', { title: 'Looms' }) }
    const own = await startPageServer({ respond: (path, request) => answerPage(path, request) })
    const hosts = { 'mp.weixin.qq.com': own.origin }
    const titles = ({ feeds }: Awaited<ReturnType<typeof run>>) => feeds['articles']?.entries.map(entry => entry.title).sort()
    expect(titles(await run({ store, hosts }))).toEqual(['Looms', 'Shuttles'])
    answerPage = path => ({
      body: bodyPage('<p>Text</p>', path.startsWith('/s/') ? { title: 'Shuttles II', mid: 7 } : { title: 'Looms II' }),
    })
    own.requests.length = 0
    expect(titles(await run({ store, hosts, network: 'refresh', now: daysOn(9) }))).toEqual(['Looms II', 'Shuttles II'])
    await own.close()
    expect(own.requests.map(path => path.slice(0, 3))).toEqual(['/s/', '/s?'])
  })
})

describe('a page of WeChat that was cut off on its way', () => {
  const whole = good?.html() ?? ''
  const half = whole.slice(0, whole.indexOf('js_content') + 1000)
  const small = '<html><body><h2 id="activity-name">Looms</h2><div id="js_content"><p>One.</p><p>Two.</p></div></body></html>'
  const wantedKey = identifyLink(good?.urls[0] ?? '').key
  let body: string
  beforeEach(async () => {
    await server.close()
    server = await startPageServer({ respond: () => ({ body }) })
  })
  const kept = async (store: Store) => (await readArticle(store, wantedKey, () => {}))?.article

  it.each([
    ['a small one', small, small.slice(0, small.indexOf('</div>'))],
    ['a large one', whole, half],
  ])('is asked for again at once, and never takes the place of a good copy: %s', async (_, good, cut) => {
    const store = memoryStore()
    body = cut
    const first = await run({ store })
    expect([first.codes, first.totals.failed, await kept(store)]).toEqual([['WECHAT_PAGE_CUT'], 1, undefined])
    body = good
    const second = await run({ store })
    expect([second.codes, second.totals.fetched]).toEqual([[], 1])
    const had = await kept(store)
    expect(had?.html).not.toBe(undefined)
    body = cut
    expect((await run({ store, network: 'refresh', now: daysOn(1) })).codes).toEqual(['WECHAT_PAGE_CUT'])
    expect(await kept(store)).toEqual(had)
  })
})

describe('a store that can only be read', () => {
  it('serves a frozen run that has nothing to change', async () => {
    const inner = memoryStore()
    const first = await run({ store: inner })
    const store: Store = {
      ...inner,
      set: () => Promise.reject(Object.assign(new Error('EROFS: read-only file system'), { code: 'EROFS' })),
    }
    for await (const key of inner.keys('cache/')) await inner.remove(key)
    expect((await run({ store, network: 'frozen' })).feeds).toEqual(first.feeds)
  })
})

describe('the last good copy of a feed', () => {
  const sources = [feeds('https://news.example/rss.xml')]
  const titles = ({ feeds }: Awaited<ReturnType<typeof run>>) => feeds['feed']?.entries.map(entry => entry.title)

  it('is not replaced by a page that says “busy” with status 200', async () => {
    const store = memoryStore()
    await run({ store, sources })
    answerFeed = () => ({ body: '<!doctype html><title>Busy</title><p>Come back later' })
    const busy = await run({ store, sources })
    expect(busy.codes).toEqual(['FEED_UNREADABLE'])
    expect(titles(busy)).toEqual(['Hello'])
    expect(titles(await run({ store, sources, network: 'frozen' }))).toEqual(['Hello'])
  })

  describe('is kept with what belongs into git', () => {
    const store = () => join(cwd, 'store')
    const leaveOutCache = () => rmSync(join(store(), 'cache'), { recursive: true, force: true })
    const texts = () => readdirSync(store(), { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.body.txt'))

    it('so that a frozen build elsewhere has it, and nothing is written while it stays the same', async () => {
      answerFeed = () => ({ body: rss.replaceAll('><', '>\r\n<') })
      const first = await run({ store: store(), sources })
      leaveOutCache()
      const [text = ''] = texts()
      const note = join(store(), text.replace('.body.txt', '.json'))
      const before = readFileSync(note, 'utf8')
      await run({ store: store(), sources })
      expect(readFileSync(note, 'utf8')).toBe(before)
      leaveOutCache()
      // Whatever git makes of line ends.
      expect(readFileSync(join(store(), text), 'utf8')).not.toContain('\r')
      const frozen = await run({ store: store(), sources, network: 'frozen' })
      expect(frozen.codes).toEqual([])
      expect(frozen.feeds).toEqual(first.feeds)
    })

    it('also where an earlier version kept it in the cache', async () => {
      const own = fileStore(store())
      const url = 'https://news.example/rss.xml'
      await writePage(own, {
        page: { url, finalUrl: url, status: 200, mediaType: 'application/rss+xml', body: rss, fetchedAt: daysOn(0), from: 'network' },
        etag: '"1"',
      })
      expect(titles(await run({ store: own, sources, network: 'frozen' }))).toEqual(['Hello'])
      answerFeed = () => ({ status: 304 })
      await run({ store: own, sources })
      leaveOutCache()
      expect(titles(await run({ store: own, sources, network: 'frozen' }))).toEqual(['Hello'])
    })

    it('with line ends that git leaves as they are, also where an earlier version kept others', async () => {
      const kept = async (store: Store) => Promise.all((await keysOf(store)).map(key => store.get(key)))
      const crlf = rss.replaceAll('><', '>\r\n<').replace('News', 'News\r\r\n')
      answerFeed = () => ({ body: crlf })
      const store = memoryStore()
      await run({ store, sources: [feeds('https://news.example/rss.xml')] })
      expect(String(await kept(store))).not.toContain('\r')
      const url = 'https://news.example/rss.xml'
      const old = memoryStore()
      await writePage(old, {
        page: { url, finalUrl: url, status: 200, mediaType: 'text/xml', fetchedAt: daysOn(0), body: crlf, from: 'network' },
        etag: '"1"',
      })
      answerFeed = () => ({ status: 304 })
      await run({ store: old, sources: [feeds(url)] })
      expect(String(await kept(old))).toContain('<title>Hello</title>')
      expect(String(await kept(old))).not.toContain('\r')
    })

    it('but not where its address holds a token', async () => {
      await run({ store: store(), sources: [feeds('https://news.example/rss.xml?token=s3cret')], hosts: { 'news.example': server.origin } })
      expect(texts()).toEqual([expect.stringMatching(/^cache/)])
    })
  })

  it('outlives the pruning of pages while a source still reads it, and not for longer', async () => {
    const store = memoryStore()
    const cached = async () => (await keysOf(store)).length
    await run({ store, sources, now: new Date().toISOString() })
    answerFeed = () => ({ status: 500 })
    const later = new Date(Date.now() + 40 * 86_400_000).toISOString()
    expect(titles(await run({ store, sources, now: later }))).toEqual(['Hello'])
    expect(await cached()).toBe(2)
    await run({ store, network: 'frozen', now: later })
    expect(await cached()).toBe(2)
    // A run of posts alone cannot tell which feeds are read otherwise.
    await run({ store, now: later })
    expect(await cached()).toBe(2)
    answerFeed = () => ({ body: rss })
    const [before] = await keysOf(store)
    await run({ store, sources: [feeds('https://news.example/rss.xml?other')], now: later })
    expect(await keysOf(store)).not.toContain(before)
    expect(await cached()).toBe(2)
  })
})

describe('a run that is stopped', () => {
  it('keeps what it had, and says that it was stopped', async () => {
    const store = memoryStore()
    const stop = new AbortController()
    const stopped = run({ store, signal: stop.signal, onProgress: ({ step, done }) => step === 'fetch' && done > 0 && stop.abort() })
    await expect(stopped).rejects.toMatchObject({ name: 'AbortError' })
    const before = server.requests.length
    expect((await run({ store })).totals.stored).toBe(1)
    expect(server.requests).toHaveLength(before)
  })
})
