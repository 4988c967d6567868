import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type PageServer, startPageServer } from '../../fixtures/page-server.js'
import { aggregate } from '../../src/aggregate.js'
import type { Options } from '../../src/run/options.js'
import { weekly } from '../../src/sources/weekly.js'
import { memoryStore } from '../../src/store/memory-store.js'
import type { Store } from '../../src/types.js'
import { cgiPage, longAddress, longKey, shortAddress } from '../wechat/small-page.js'

const otherLong = longAddress.replace('mid=2650000001', 'mid=2650000002')

/** Pages by path; others are not there. */
let pages: Record<string, string>
let server: PageServer
beforeAll(async () => {
  server = await startPageServer({
    respond: path => {
      const body = pages[new URL(path, 'https://mp.weixin.qq.com').pathname + new URL(path, 'https://mp.weixin.qq.com').search]
      return body === undefined ? { status: 503 } : { body }
    },
  })
})
afterAll(() => server.close())

let folder: string
let store: Store
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'weekloom-soft-'))
  mkdirSync(join(folder, 'posts'))
  store = memoryStore()
  pages = {}
  server.requests.length = 0
})
afterEach(() => rmSync(folder, { recursive: true }))

function writePost(day: string, line: string): void {
  writeFileSync(join(folder, `posts/${day}.md`), `---\ntitle: Weekly ${day}\ndate: ${day}\n---\n\n## Reading\n\n${line}\n`)
}

async function run(more: Partial<Options> = {}) {
  const { feeds } = await aggregate({
    site: { title: 'Loom Weekly', url: 'https://loomstack.example/' },
    sources: [weekly('posts/*.md')],
    feeds: { articles: { of: 'articles' } },
    store,
    cwd: folder,
    hosts: { 'mp.weixin.qq.com': server.origin },
    now: '2024-01-01T00:00:00.000Z',
    ...more,
  })
  return feeds['articles']?.entries ?? []
}

const shows = () => writePost('2023-05-05', `- [${shortAddress}](${longAddress})`)
const linksShort = () => writePost('2023-05-12', `- [织布](${shortAddress})`)

describe('a post that shows one address and links another', () => {
  it('brings both together, in one run', async () => {
    shows()
    linksShort()
    const entries = await run({ network: 'frozen' })
    expect(entries).toHaveLength(1)
    expect(entries[0]?.origins).toHaveLength(2)
  })

  it('keeps the id of the one that was published first', async () => {
    linksShort()
    const [before] = await run({ network: 'frozen' })
    rmSync(join(folder, 'posts/2023-05-12.md'))
    shows()
    expect((await run({ network: 'frozen' })).map(({ id }) => id)).toEqual([before?.id])
  })

  it('is still known when another post links the address that was shown', async () => {
    shows()
    const [before] = await run({ network: 'frozen' })
    rmSync(join(folder, 'posts/2023-05-05.md'))
    linksShort()
    expect((await run({ network: 'frozen' })).map(({ id }) => id)).toEqual([before?.id])
  })

  it('counts for nothing once the page of the shown address is another article', async () => {
    shows()
    linksShort()
    expect(await run({ network: 'frozen' })).toHaveLength(1)
    pages['/s/AbCdEfGhIjKlMnOpQrStUv'] = cgiPage({ mid: 2650000002, title: '另一篇' })
    const entries = await run()
    expect(entries.map(({ title }) => title).sort()).toContain('另一篇')
    expect(entries).toHaveLength(2)
    expect(new Set(entries.map(({ id }) => id)).size).toBe(2)
    expect(await run()).toEqual(entries)
  })

  it('never joins two long addresses', async () => {
    writePost('2023-05-05', `- [${otherLong}](${longAddress})`)
    writePost('2023-05-12', `- [织布](${otherLong})`)
    expect(await run({ network: 'frozen' })).toHaveLength(2)
  })
})

describe('an article with a long and a short address', () => {
  it('is asked for by the short one when a page has proved it', async () => {
    linksShort()
    pages['/s/AbCdEfGhIjKlMnOpQrStUv'] = cgiPage()
    const [first] = await run()
    expect(first?.keys).toEqual(expect.arrayContaining([longKey, 'wechat:s/AbCdEfGhIjKlMnOpQrStUv']))
    rmSync(join(folder, 'posts/2023-05-12.md'))
    writePost('2023-05-19', `- [织布](${longAddress})`)
    for await (const key of store.keys('articles/')) await store.remove(key)
    server.requests.length = 0
    expect(await run()).toMatchObject([{ id: first?.id, state: 'full' }])
    expect(server.requests).toEqual(['/s/AbCdEfGhIjKlMnOpQrStUv'])
  })
})
