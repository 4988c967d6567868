import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { type PageServer, startPageServer } from '../../fixtures/page-server.js'
import { aggregate } from '../../src/aggregate.js'
import { weekly } from '../../src/sources/weekly.js'
import { memoryStore } from '../../src/store/memory-store.js'
import type { Store } from '../../src/types.js'
import { cgiPage, longAddress, longKey, shortAddress } from '../wechat/small-page.js'

const temporary = 'https://mp.weixin.qq.com/s?src=11&timestamp=1700000000&ver=1&signature=abc'
/** What WeChat gives who copies an address inside of it. */
const inApp = `http://mp.weixin.qq.com/s?__biz=MzA5OTk5OTk4OQ==&amp;mid=2650000001&amp;idx=1&amp;sn=0123456789abcdef0123456789abcdef&amp;chksm=ab&amp;scene=21&amp;key=secret&amp;uin=me&amp;pass_ticket=x#wechat_redirect`
const otherLong = longAddress.replace('mid=2650000001', 'mid=2650000002')

let answer: (path: string) => string | undefined
let server: PageServer
beforeAll(async () => {
  server = await startPageServer({
    respond: path => {
      const body = answer(path)
      return body === undefined ? { status: 503 } : { body }
    },
  })
})
afterAll(() => server.close())

let folder: string
let store: Store
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'weekloom-forms-'))
  mkdirSync(join(folder, 'posts'))
  store = memoryStore()
  answer = () => cgiPage()
  server.requests.length = 0
})
afterEach(() => rmSync(folder, { recursive: true }))

function writePost(day: string, address: string, title = '织布'): void {
  writeFileSync(join(folder, `posts/${day}.md`), `---\ntitle: Weekly ${day}\ndate: ${day}\n---\n\n## Reading\n\n- [${title}](${address})\n`)
}

async function run() {
  const { feeds, report } = await aggregate({
    site: { title: 'Loom Weekly', url: 'https://loomstack.example/' },
    // Temporary addresses run out, so that a weekly's are only read where its owner says so.
    sources: [weekly('posts/*.md', { links: link => link.url.startsWith('https://mp.weixin.qq.com/s') })],
    feeds: { articles: { of: 'articles' } },
    store,
    cwd: folder,
    hosts: { 'mp.weixin.qq.com': server.origin },
    now: '2024-01-01T00:00:00.000Z',
  })
  return { entries: feeds['articles']?.entries ?? [], problems: report.problems }
}

it('the short, long, temporary and in-app forms of an article are one entry, whose id is the first that was seen', async () => {
  writePost('2023-05-05', shortAddress)
  writePost('2023-05-12', longAddress)
  writePost('2023-05-19', temporary)
  writePost('2023-05-26', inApp)
  const { entries } = await run()
  expect(entries).toHaveLength(1)
  expect(entries[0]).toMatchObject({ id: shortAddress, title: '怎样织一匹布', state: 'full' })
  expect(entries[0]?.origins).toHaveLength(4)
  expect(entries[0]?.keys).toEqual(expect.arrayContaining([longKey, 'wechat:s/AbCdEfGhIjKlMnOpQrStUv']))
  expect(JSON.stringify(entries)).not.toMatch(/secret|pass_ticket|uin=/)
})

it('a form that is met later changes neither the id nor the dates of what is published', async () => {
  writePost('2023-05-12', longAddress)
  const [before] = (await run()).entries
  writePost('2023-05-05', shortAddress)
  writePost('2023-05-19', temporary)
  const { entries } = await run()
  expect(entries).toHaveLength(1)
  expect(entries[0]).toMatchObject({ id: before?.id, published: before?.published })
})

it('a page that is another article than the address names gives a warning, and its own title wins', async () => {
  writePost('2023-05-05', otherLong, '所指的那一篇')
  const { entries, problems } = await run()
  expect(problems).toContainEqual(expect.objectContaining({ code: 'WECHAT_OTHER_ARTICLE', level: 'warning' }))
  expect(entries).toMatchObject([{ title: '怎样织一匹布' }])
  expect(entries[0]?.keys).toContain(longKey)
})

it('that other article is the same entry as where it is linked rightly', async () => {
  writePost('2023-05-05', otherLong, '所指的那一篇')
  writePost('2023-05-12', longAddress)
  const { entries } = await run()
  expect(entries).toHaveLength(1)
  expect(entries[0]?.origins).toHaveLength(2)
})
