import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { startPageServer } from '../../fixtures/page-server.js'
import {
  aggregate,
  createHandler,
  memoryStore,
  type Options,
  type OutputFile,
  type Store,
  toNodeListener,
  weekly,
} from '../../src/index.js'
import { htmlToText } from '../../src/text/html.js'
import { bodyPage, longAddress, shortAddress, stated } from '../wechat/small-page.js'
import { feedparser, newsboat, type ReadEntry, type Reader, sfeed } from './reader-programs.js'
import { itWith } from './real-part.js'

let home: string
let origin: string
let server: Server
/** What is published at the moment. */
let published: OutputFile[]
/** Every request. */
let requests: { path: string; status: number }[] = []

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'weekloom-subscribe-'))
  const listener = toNodeListener(createHandler(() => published))
  server = createServer((request, response) => {
    response.on('finish', () => requests.push({ path: request.url ?? '', status: response.statusCode }))
    listener(request, response)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  origin = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/`
})
afterAll(async () => {
  await new Promise(resolve => server.close(resolve))
  rmSync(home, { recursive: true, force: true })
})

async function publish(options: Pick<Options, 'sources' | 'hosts' | 'store'> & Partial<Options>): Promise<void> {
  const run = await aggregate({
    site: { title: 'Loom Weekly', url: 'https://loomstack.example/' },
    now: '2024-01-01T00:00:00.000Z',
    ...options,
    baseUrl: origin,
  })
  const files: OutputFile[] = []
  for await (const file of run.files) files.push(file.body instanceof Uint8Array ? file : { ...file, body: [...file.body] })
  published = files
}

type Item = Record<string, string> & { authors?: { name: string }[]; tags?: string[]; attachments?: { url: string }[] }

/** What went in, as our JSON Feed has it: the one of the three that none of these readers reads. */
function expected(folder: string, file = 'rss.xml'): ReadEntry[] {
  const body = published.find(file => file.path === `${folder}feed.json`)?.body ?? []
  const { items } = JSON.parse(body instanceof Uint8Array ? '' : [...body].join(''))
  return items.map((item: Item) => ({
    id: item['id'],
    title: item['title'],
    url: item['url'],
    date: Math.floor(Date.parse(item['date_published'] ?? '') / 1000),
    // Atom wants an author of every entry: that of the feed stands in.
    author: item['authors']?.[0]?.name ?? (file === 'atom.xml' ? 'Loom Weekly' : ''),
    html: item['content_html'] ?? '',
    tags: item.tags ?? [],
    attachments: (item.attachments ?? []).map(attachment => attachment.url),
  }))
}

/** Entries to compare: text as people see it, without regard for white space. */
function comparable(entries: readonly ReadEntry[]) {
  const squeeze = (text: string) => text.replace(/\s+/g, '')
  return entries
    .map(({ id, title, url, date, author, html }) => ({
      id,
      title: squeeze(title),
      url,
      date,
      author,
      text: squeeze(htmlToText(html)),
    }))
    .sort((a, b) => (a.id < b.id ? -1 : 1))
}

const statusesOf = (path: string) => requests.filter(request => request.path === `/${path}`)

const readers: [string, (home: string, name: string, url: string) => Reader][] = [
  ['newsboat', newsboat],
  ['sfeed', sfeed],
  ['python3-feedparser', feedparser],
]

describe('readers that subscribe to the feeds of the fixtures', () => {
  beforeAll(async () => {
    const pages = await startPageServer()
    await publish({
      sources: [weekly('fixtures/weekly/content/zh/blog/*weekly*/index.md')],
      store: memoryStore(),
      hosts: { 'mp.weixin.qq.com': pages.origin },
      fullText: true,
    })
    await pages.close()
  })

  for (const [name, subscribe] of readers) {
    for (const folder of ['', 'issues/', 'articles/']) {
      for (const file of ['rss.xml', 'atom.xml']) {
        itWith(name, `${name} gives back every title, date, author, link and text of ${folder}${file}`, async () => {
          const reader = subscribe(home, `${folder}${file}`.replaceAll('/', '-'), `${origin}${folder}${file}`)
          await reader.poll()
          const wanted = expected(folder, file)
          expect(wanted.length).toBeGreaterThan(5)
          const read = await reader.entries()
          expect(comparable(read)).toEqual(comparable(wanted))
          if (name !== 'python3-feedparser') return
          const rest = (entries: readonly ReadEntry[]) => entries.map(({ id, tags, attachments }) => [id, tags?.toSorted(), attachments])
          expect(rest(read)).toEqual(rest(wanted))
        })
      }
    }
  }

  for (const folder of ['', 'issues/', 'articles/']) {
    for (const file of ['rss.xml', 'atom.xml', 'feeds.opml']) {
      if (file === 'feeds.opml' && folder !== '') continue
      itWith('xmllint', `xmllint finds ${folder}${file} well-formed`, () => {
        const body = published.find(({ path }) => path === folder + file)?.body ?? []
        const input = body instanceof Uint8Array ? '' : [...body].join('')
        expect(() => execFileSync('xmllint', ['--noout', '-'], { input })).not.toThrow()
      })
    }
  }

  // newsboat keeps the marks of an answer only for a feed that it has in its database: from the second on.
  for (const [name, subscribe, statuses] of [
    ['newsboat', newsboat, [200, 200, 304]],
    ['python3-feedparser', feedparser, [200, 304, 304]],
  ] as const) {
    itWith(name, `${name} is answered 304 at its third poll at the latest, and keeps what it has`, async () => {
      const reader = subscribe(home, 'thrice', `${origin}rss.xml`)
      requests = []
      for (let poll = 0; poll < 3; poll++) await reader.poll()
      expect(statusesOf('rss.xml').map(({ status }) => status)).toEqual(statuses)
      expect(await reader.entries()).toHaveLength(expected('').length)
    })
  }
})

const otherAddress = 'https://mp.weixin.qq.com/s?__biz=MzA5OTk5OTk4OQ==&mid=2650000002&idx=1&sn=fedcba9876543210fedcba9876543210'
const issue = (number: number, day: string, links: string) =>
  `---\ntitle: 织机周报 第 ${number} 期\nauthor: 织机社区\ndate: ${day}T15:00:00+08:00\n---\n\n### 本周推荐阅读\n\n${links}\n`

describe('readers whose feed changes: recommended again, retitled, its short address resolved', () => {
  let posts: string
  let store: Store
  const write = (name: string, text: string) => writeFileSync(join(posts, name), text)
  const first = () => {
    posts = mkdtempSync(join(home, 'posts-'))
    store = memoryStore()
    write('weekly-1.md', issue(1, '2023-05-05', `- [怎样织布](${shortAddress})\n- [剪刀的选择](${otherAddress})`))
  }
  /** @param isLater the short address answers, the other article has another title */
  const build = async (isLater: boolean) => {
    const pages = await startPageServer({
      respond(path) {
        if (path.startsWith('/s?') && path.includes('mid=2650000002'))
          return {
            body: bodyPage('<p>剪刀的正文</p>', {
              mid: 2650000002,
              sn: 'fedcba9876543210fedcba9876543210',
              title: isLater ? '剪刀的选择（修订）' : '剪刀的选择',
            }),
          }
        return isLater
          ? { body: bodyPage('<p>织布的正文</p>', { title: stated.title, ori_create_time: Date.parse('2023-05-01T00:00:00Z') / 1000 }) }
          : 'drop'
      },
    })
    await publish({
      sources: [weekly('*.md')],
      cwd: posts,
      store,
      hosts: { 'mp.weixin.qq.com': pages.origin },
      fullText: true,
      now: isLater ? '2024-01-09T00:00:00.000Z' : '2024-01-01T00:00:00.000Z',
      network: 'refresh',
    })
    await pages.close()
  }

  for (const file of ['rss.xml', 'atom.xml']) {
    // sfeed takes a title for a part of what an entry is, so it has an entry that is retitled twice, whatever the feed does.
    for (const [name, subscribe] of readers.filter(([name]) => name !== 'sfeed')) {
      itWith(name, `${name} shows nothing twice of ${file}`, async () => {
        first()
        await build(false)
        const reader = subscribe(home, `changing-${file}`, `${origin}${file}`)
        await reader.poll()
        const before = await reader.entries()
        expect(before.map(entry => entry.title).sort()).toEqual(['剪刀的选择', '怎样织布', '织机周报 第 1 期'].sort())
        await reader.markRead?.()

        write('weekly-2.md', issue(2, '2023-05-12', `- 再读一遍 [怎样织一匹布](${longAddress})`))
        await build(true)
        const made = expected('', file)
        expect(made.map(entry => entry.title).sort()).toEqual(
          ['剪刀的选择（修订）', stated.title, '织机周报 第 1 期', '织机周报 第 2 期'].sort(),
        )
        requests = []
        await reader.poll()
        expect(statusesOf(file).map(({ status }) => status)).toEqual([200])
        const after = await reader.entries()
        const isNew = (id: string) => !before.some(entry => entry.id === id)
        expect(after.map(entry => entry.id).filter(isNew)).toEqual(
          made.filter(entry => entry.title === '织机周报 第 2 期').map(entry => entry.id),
        )
        expect(new Set(after.map(entry => entry.id)).size).toBe(after.length)
        expect(new Set(after.map(entry => entry.url)).size).toBe(after.length)
        expect((await reader.unread?.())?.filter(id => !isNew(id)) ?? []).toEqual([])
        // newsboat keeps the date under which it first met an entry.
        const dateless = (entries: readonly ReadEntry[]) =>
          comparable(entries.map(entry => (name === 'newsboat' ? { ...entry, date: 0 } : entry)))
        expect(dateless(after)).toEqual(dateless(made))
      })
    }
  }
})
