import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startPageServer } from '../../fixtures/page-server.js'
import type { FixturePage } from '../../fixtures/wechat/page-spec.js'
import { pages } from '../../fixtures/wechat/pages.js'
import { aggregate } from '../../src/aggregate.js'
import { runBuild } from '../../src/build/run-build.js'
import type { Options } from '../../src/run/options.js'
import { totalsOf } from '../../src/run/report.js'
import { articles } from '../../src/sources/articles.js'
import { weekly } from '../../src/sources/weekly.js'
import { fileStore } from '../../src/store/file-store.js'
import { memoryStore } from '../../src/store/memory-store.js'
import type { Store } from '../../src/types.js'

const site = { title: 'Loom Weekly', url: 'https://loomstack.example/' }
const day = 86_400_000
const daysOn = (days: number) => new Date(Date.UTC(2024, 0, 1) + days * day).toISOString()
const pageOf = (kind: string): FixturePage => {
  const page = pages.find(each => each.kind === kind)
  if (!page) throw new Error(`There is no page of kind ${kind}.`)
  return page
}
const [good, deleted, verification] = [pageOf('article-2018'), pageOf('deleted'), pageOf('verification')]

let cwd: string
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'weekloom-outcomes-'))
  const links = [good.urls[0], ...Array.from({ length: 4 }, (_, index) => `https://mp.weixin.qq.com/s/${String(index).repeat(22)}`)]
  mkdirSync(join(cwd, 'posts'))
  writeFileSync(
    join(cwd, 'posts/a.md'),
    `---\ntitle: Weekly\ndate: 2022-07-01\n---\n\n### 本周推荐阅读\n\n${links.map((url, index) => `- [Article ${index}](${url})`).join('\n')}\n`,
  )
})
afterEach(() => rmSync(cwd, { recursive: true, force: true }))

/** Runs with a server that answers every page with this one. */
async function runWith(answer: { body?: string; status?: number; headers?: Record<string, string> }, options: Partial<Options>) {
  const server = await startPageServer({ respond: () => answer })
  const run = await aggregate({
    site,
    sources: [weekly('posts/*.md')],
    cwd,
    hosts: { 'mp.weixin.qq.com': server.origin },
    now: daysOn(0),
    ...options,
  })
  await server.close()
  return { ...run, requests: server.requests.length, codes: run.report.problems.map(problem => problem.code), totals: totalsOf(run.report) }
}

describe('what is known of a page', () => {
  it('outlives its deletion: a page that is gone never takes away an article that was had', async () => {
    const store = memoryStore()
    const first = await runWith({ body: good.html() }, { store })
    const title = first.feeds['articles']?.entries.find(entry => entry.state === 'full')?.title
    const again = await runWith({ body: deleted.html() }, { store, network: 'refresh', now: daysOn(1) })
    expect(again.codes).toContain('WECHAT_DELETED')
    expect(again.feeds['articles']?.entries.find(entry => entry.state === 'full')?.title).toBe(title)
  })

  it('says deleted for a month, then asks once more', async () => {
    const store = memoryStore()
    expect((await runWith({ body: deleted.html() }, { store })).totals.failed).toBe(5)
    expect((await runWith({ body: deleted.html() }, { store, now: daysOn(29) })).requests).toBe(0)
    expect((await runWith({ body: deleted.html() }, { store, now: daysOn(31) })).requests).toBe(5)
  })

  it('is asked for soon again after a failure of the server', async () => {
    const store = memoryStore()
    const first = await runWith({ status: 500 }, { store })
    expect(first.codes).toContain('FETCH_STATUS')
    expect((await runWith({ body: good.html() }, { store, now: daysOn(1) })).totals.fetched).toBe(1)
  })

  it('waits for the next run when WeChat asks for a captcha, which says nothing of the page that met it', async () => {
    const store = memoryStore()
    const { report, requests, totals } = await runWith({ body: verification.html() }, { store })
    expect(requests).toBe(1)
    expect(totals).toMatchObject({ failed: 0, waiting: 5 })
    expect(report.problems).toMatchObject([{ code: 'WECHAT_VERIFICATION' }])
    for (const page of report.pages) expect(page).toMatchObject({ state: 'waiting', code: 'WECHAT_VERIFICATION' })
    const later = await runWith({ body: good.html() }, { store, network: 'frozen', now: daysOn(0.1) })
    expect(later.totals).toMatchObject({ failed: 0, waiting: 5 })
    expect((await runWith({ body: good.html() }, { store, now: daysOn(0.1) })).totals.waiting).toBe(0)
  })

  it('holds the host at a captcha, so that no other source asks it either', async () => {
    const soon = new Date(Math.floor(Date.now() / 1000) * 1000).toISOString()
    const { report } = await runWith({ body: verification.html() }, { store: memoryStore(), now: soon })
    expect(report.hosts).toMatchObject([{ host: 'mp.weixin.qq.com', requests: 1 }])
    // The next run asks it again, so no account says until when.
    expect(report.hosts[0]).not.toHaveProperty('heldUntil')
  })

  it('waits, without a word against the page, while the host wants to be left alone', async () => {
    const store = memoryStore()
    const { report, requests, totals } = await runWith({ status: 429, headers: { 'retry-after': '3600' } }, { store })
    expect(requests).toBe(1)
    expect(totals).toMatchObject({ failed: 0, waiting: 5 })
    for (const page of report.pages) expect(page).toMatchObject({ state: 'waiting', code: 'FETCH_LATER', retryAt: expect.any(String) })
    expect(report.problems.map(problem => problem.code)).toEqual(['FETCH_LATER'])
    for await (const key of store.keys('articles/')) expect.fail(`${key} was kept.`)
  })

  it('lets a host be asked again that asked for a rest and has answered a refresh since', async () => {
    const store = memoryStore()
    const held = async () => {
      let count = 0
      for await (const _ of store.keys('cache/hosts/')) count++
      return count
    }
    // The clock of the network is the real one.
    const now = new Date().toISOString()
    await runWith({ status: 429, headers: { 'retry-after': '86400' } }, { store, now })
    expect(await held()).toBe(1)
    await runWith({ status: 429, headers: { 'retry-after': '86400' } }, { store, now, network: 'refresh' })
    expect(await held()).toBe(1)
    await runWith({ body: good.html() }, { store, now, network: 'refresh' })
    expect(await held()).toBe(0)
  })

  it('waits after the first that finds no connection, and no more has failed than was asked for', async () => {
    const { origin, close } = await startPageServer()
    await close()
    const { report } = await aggregate({
      site,
      sources: [weekly('posts/*.md')],
      cwd,
      store: memoryStore(),
      hosts: { 'mp.weixin.qq.com': origin },
      now: daysOn(0),
    })
    expect(report.problems.map(problem => problem.code)).toEqual(['FETCH_CONNECT', 'FETCH_LATER'])
    expect(totalsOf(report)).toMatchObject({ failed: 1, waiting: 4 })
    // Two tries of the first page.
    expect(report.hosts).toMatchObject([{ host: 'mp.weixin.qq.com', requests: 2, failures: 1, heldUntil: expect.any(String) }])
  })

  it('is asked for with the marks of the copy, and stays when nothing has changed', async () => {
    const store = memoryStore()
    const seen: (string | undefined)[] = []
    const server = await startPageServer({
      respond(_, request) {
        const condition = request.headers['if-none-match']
        seen.push(condition)
        return condition === undefined ? { body: good.html(), headers: { etag: 'W/"a b"' } } : { status: 304 }
      },
    })
    const run = (now: string) =>
      aggregate({
        site,
        sources: [articles(good.urls[0] ?? '')],
        cwd,
        store,
        hosts: { 'mp.weixin.qq.com': server.origin },
        now,
        fetch: { maxAge: 10 },
      })
    const first = await run(daysOn(0))
    const second = await run(daysOn(20))
    await run(daysOn(21))
    await server.close()
    expect(seen).toEqual([undefined, 'W/"a b"'])
    expect(second.report.problems).toEqual([])
    expect(second.report.pages).toMatchObject([{ state: 'fetched', at: daysOn(20) }])
    expect(second.feeds).toEqual(first.feeds)
  })

  it('is read again by age only when that is asked for', async () => {
    const store = memoryStore()
    await runWith({ body: good.html() }, { store })
    expect((await runWith({ body: good.html() }, { store, now: daysOn(400), fetch: { maxAge: 500 } })).totals.stored).toBe(1)
    expect((await runWith({ body: good.html() }, { store, now: daysOn(400), fetch: { maxAge: 300 } })).totals.fetched).toBe(1)
  })
})

describe('a budget', () => {
  it('ends the asking, and the next run goes on', async () => {
    const store = memoryStore()
    const first = await runWith({ body: deleted.html() }, { store, budget: { requests: 2 } })
    expect(first.requests).toBe(2)
    expect(first.totals).toMatchObject({ failed: 2, waiting: 3 })
    expect(first.codes.filter(code => code === 'FETCH_BUDGET')).toHaveLength(1)
    expect((await runWith({ body: deleted.html() }, { store })).requests).toBe(3)
  })

  it('of minutes leaves to the next run what it has no time for', async () => {
    const { requests, totals, report } = await runWith({ body: good.html() }, { store: memoryStore(), budget: { minutes: 1e-9 } })
    expect(requests).toBe(0)
    expect(totals).toMatchObject({ failed: 0, waiting: 5 })
    expect(report.pages.map(page => page.code)).toEqual(Array.from({ length: 5 }, () => 'FETCH_BUDGET'))
  })
})

describe('a disk that is full', () => {
  it('stops the run with a clear problem, and the last good feeds stay', async () => {
    const server = await startPageServer({ respond: () => ({ body: good.html() }) })
    const options = {
      site,
      sources: [weekly('posts/*.md')],
      cwd,
      hosts: { 'mp.weixin.qq.com': server.origin },
      now: daysOn(0),
      output: 'out',
    }
    const request = { purpose: 'build', dryRun: false, acceptChurn: false } as const
    await runBuild({ ...options, network: 'frozen' }, request)
    const before = readFileSync(join(cwd, 'out/rss.xml'), 'utf8')
    const inner = memoryStore()
    let writes = 0
    const full: Store = {
      ...inner,
      async set(key, value) {
        if (++writes > 2) throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })
        await inner.set(key, value)
      },
    }
    await expect(runBuild({ ...options, store: full }, request)).rejects.toMatchObject({
      name: 'WeekloomError',
      problem: { code: 'STORE_UNUSABLE', message: expect.stringContaining('the disk is full'), cause: expect.stringContaining('ENOSPC') },
    })
    await server.close()
    expect(readFileSync(join(cwd, 'out/rss.xml'), 'utf8')).toBe(before)
    expect(readdirSync(join(cwd, 'out')).filter(name => name.includes('tmp'))).toEqual([])
  })

  it('is named with a code when the feeds themselves do not fit', async () => {
    const { writeFiles } = await import('../../src/build/write-files.js')
    const failing = (function* () {
      yield 'half'
      throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })
    })()
    await expect(writeFiles([{ path: 'rss.xml', mediaType: 'text/xml', body: failing }], join(cwd, 'out'))).rejects.toMatchObject({
      problem: { code: 'OUTPUT_UNWRITABLE', cause: expect.stringContaining('ENOSPC') },
    })
  })
})

describe('a run that changes nothing', () => {
  it('touches no file of the store', async () => {
    const folder = join(cwd, 'store')
    const server = await startPageServer({ respond: () => ({ body: good.html() }) })
    const run = () =>
      aggregate({
        site,
        sources: [weekly('posts/*.md')],
        cwd,
        store: fileStore(folder),
        hosts: { 'mp.weixin.qq.com': server.origin },
        now: daysOn(0),
      })
    await run()
    const files = () =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter(entry => entry.isFile())
        .map(entry => join(entry.parentPath, entry.name))
    const long = new Date('2020-01-01')
    for (const file of files()) utimesSync(file, long, long)
    const before = files().sort()
    await run()
    await server.close()
    expect(files().sort()).toEqual(before)
    for (const file of files()) expect(statSync(file).mtime, file).toEqual(long)
  })
})
