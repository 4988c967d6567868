import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { IncomingHttpHeaders } from 'node:http'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type FaultyAnswer, startPageServer } from '../../fixtures/page-server.js'
import { type BuildResult, runBuild } from '../../src/build/run-build.js'
import type { Options } from '../../src/run/options.js'
import { weekly } from '../../src/sources/weekly.js'
import { memoryStore } from '../../src/store/memory-store.js'
import { bodyPage } from '../wechat/small-page.js'

/** A small site in a folder of its own, and a server on loopback that plays all hosts; what an option changes is seen in what a build of it writes. */
export interface World {
  folder: string
  origin: string
  put(path: string, text: string): void
}

export interface OpenWorld extends World {
  /** The option `hosts` with all that the server plays. */
  hosts: Record<string, string>
  requests: { path: string; headers: IncomingHttpHeaders }[]
  /** Most requests that were open at a time. */
  atOnce: number
  /** What was written, by path. */
  read(): Record<string, string>
  close(): Promise<void>
}

/** Options of a build, over those of the world; of `site`, what is not given stays. */
export type Given = Omit<Partial<Options>, 'site'> & { site?: Partial<Options['site']> }
export type GivenIn = Given | ((world: World) => Given | Promise<Given>)

/** What a build made. */
export interface Made {
  /** Absent when the run ended by an error. */
  result?: BuildResult
  /** Name of the error that the run ended by. */
  error?: string
  /** Paths below the folder of the site of all that was written there, the store apart. */
  paths: string[]
  /** The text of a file below the folder of the site. */
  text(path: string): string
  codes: string[]
  requests: { path: string; headers: IncomingHttpHeaders }[]
  /** Most requests that were open at a time. */
  atOnce: number
}

export const wechat = (name: string) => `https://mp.weixin.qq.com/s/${name.padEnd(22, '0')}`
export const blog = (path: string) => `https://blog.example${path}`

const long = '一段正文，说得很长。'.repeat(60)
const day = (text: string) => Date.parse(text) / 1000
const picture = 'https://mmbiz.qpic.cn/shuttle/0?wx_fmt=png'
const png = Buffer.from('\x89PNG\r\n\x1a\na picture', 'latin1')

const rss = (names: readonly string[], more = '', of = (_name: string) => '') =>
  `<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Blog</title><link>${blog('/')}</link><description>d</description>${more}${names
    .map(
      (name, at) =>
        `<item><title>${name}</title><link>${blog(`/${name}`)}</link><guid>${blog(`/${name}`)}</guid><pubDate>0${at + 1} May 2024 00:00:00 GMT</pubDate>${of(name)}</item>`,
    )
    .join('')}</channel></rss>`

const listed = (mid: number) => ({
  title: `合集 ${mid}`,
  url: `https://mp.weixin.qq.com/s?__biz=MzA5OTk5OTk4OQ==&mid=${mid}&idx=1&sn=0123456789abcdef0123456789abcdef`,
  create_time: `${mid}`,
  msgid: `${mid}`,
  itemidx: '1',
})
const album = (mids: readonly number[], goesOn: boolean) =>
  JSON.stringify({
    getalbum_resp: {
      article_list: mids.map(listed),
      base_info: { title: '织造合集', nickname: '织机技术' },
      continue_flag: goesOn ? '1' : '0',
    },
  })
export const albumUrl = 'https://mp.weixin.qq.com/mp/appmsgalbum?__biz=MzA5OTk5OTk4OQ==&action=getalbum&album_id=1234567890123456789'

const page = (title: string, more = '') =>
  `<html><head><title>${title}</title></head><body><article><p>${long}</p></article>${more}</body></html>`

/** What the server answers to each path; all other pages of WeChat are gone. */
const answers: Readonly<Record<string, FaultyAnswer>> = {
  [new URL(wechat('shuttle')).pathname]: {
    body: bodyPage(`<p>${long}</p>`, {
      title: '怎样换梭子',
      nick_name: '织机技术',
      mid: 2650000001,
      ori_create_time: day('2024-05-01T02:00:00Z'),
      cdn_url: picture,
      desc: '三步换梭子。',
    }),
  },
  [new URL(wechat('warp')).pathname]: {
    body: bodyPage(`<p>${long}</p>`, {
      title: '经线的故事',
      nick_name: '隔壁织坊',
      user_name: 'gh_9876543210ab',
      alias: 'next-door',
      bizuin: 'MzA1MTExMTExMQ==',
      mid: 2650000009,
      ori_create_time: day('2024-03-09T02:00:00Z'),
    }),
  },
  '/robots.txt': { body: 'User-agent: *\nDisallow: /hidden' },
  '/shuttle/0?wx_fmt=png': { body: png, headers: { 'content-type': 'image/png' } },
  '/page-1': { body: page('First page') },
  '/page-2': { body: page('Second page') },
  '/slow-1': { body: page('First slow page') },
  '/slow-2': { body: page('Second slow page') },
  '/hidden': { body: page('Hidden page') },
  '/large': { body: page('Large page', `<!-- ${'x'.repeat(100_000)} -->`) },
  '/feed.xml': {
    body: rss(['warp', 'weft'], `<atom:link rel="next" href="${blog('/older.xml')}"/>`, name => `<rating>${name} is fine</rating>`),
  },
  '/older.xml': { body: rss(['heddle']) },
  '/friends.xml': { body: rss(['reed']) },
  '/changes.xml': { body: rss(['changes']) },
  '/ok': { status: 204 },
  '/hidden/feed.xml': { body: rss(['shed']) },
  '/zoneless.xml': {
    body: `<rss version="2.0"><channel><title>Z</title><item><title>reed</title><link>${blog('/reed')}</link><pubDate>05 May 2024 08:00:00</pubDate></item></channel></rss>`,
  },
  '/zoneless.opml': { body: `<opml version="2.0"><body><outline text="Z" xmlUrl="${blog('/zoneless.xml')}"/></body></opml>` },
  '/hidden/list.opml': { body: `<opml version="2.0"><body><outline text="A" xmlUrl="${blog('/hidden/feed.xml')}"/></body></opml>` },
}

const posts: Readonly<Record<string, string>> = {
  'posts/weekly-1.md': `---
title: 织机周报 第 1 期
date: 2024-05-03 01:00:00
tags: [织机]
---

第一期。

### 推荐阅读

- [换梭子](${wechat('shuttle')})
- [老织机还在仓库里转](${wechat('old')})
- [一页](${blog('/page-1')})
`,
  'posts/weekly-2.md': `---
title: 织机周报 第 2 期
date: 2024-05-10 01:00:00
tags: [社区]
---

### 每周读者问答提炼

**1、@小河** 提问：

> 织机为什么不响？

A：先看梭子。

### 本周发布

**发布织机 1.2.0 版本，主要变更如下：**

- 修复了断线的问题。

详细发布报告：
[https://github.com/loom/loom/releases/tag/v1.2.0](https://github.com/loom/loom/releases/tag/v1.2.0)

### 社区会议预告

**主题**：织机社区会议

**时间**：5 月 15 日 14:00 - 15:00

### 经线专栏

- [经线](${wechat('warp')})
`,
  'posts/weekly-9.md': '---\ntitle: 织机周报 第 9 期\ndate: 2999-01-01\n---\n\n还早。\n',
  'site/old.md': '---\ntitle: 老织机还在仓库里转\ndate: 2020-02-02 12:00:00\n---\n\n本站自己的文章。\n',
  'lists/friends.opml': `<opml version="2.0"><body><outline text="近邻"><outline text="A" xmlUrl="${blog('/feed.xml')}"/></outline><outline text="远亲"><outline text="B" xmlUrl="${blog('/friends.xml')}"/></outline></body></opml>`,
}

/** Opens a world. All of it goes when it is closed. */
export async function openWorld(): Promise<OpenWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'weekloom-option-'))
  const requests: OpenWorld['requests'] = []
  let open = 0
  const world = { atOnce: 0 }
  const server = await startPageServer({
    pages: [],
    async respond(path, request) {
      requests.push({ path, headers: request.headers })
      world.atOnce = Math.max(world.atOnce, ++open)
      // Pages take a while; slow ones until another is asked for beside them, or so long that it would have been.
      const waits = path.startsWith('/slow-') ? 40 : path.startsWith('/page-') ? 4 : 0
      for (let round = 0; round < waits && (waits < 40 || world.atOnce < 2); round++) await new Promise(resolve => setTimeout(resolve, 25))
      open--
      const from = /begin_msgid=(\d+)/.exec(path)?.[1]
      if (path.startsWith('/mp/appmsgalbum'))
        return { body: album(from ? [1_600_000_000] : [1_700_000_000, 1_690_000_000], from === undefined) }
      return answers[path]
    },
  })
  const put = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  for (const [path, text] of Object.entries(posts)) put(path, text)
  return Object.assign(world, {
    folder,
    origin: server.origin,
    put,
    requests,
    hosts: Object.fromEntries(
      ['mp.weixin.qq.com', 'mmbiz.qpic.cn', 'blog.example', 'other.example', 'hub.example'].map(host => [host, server.origin]),
    ),
    read: () => Object.fromEntries(listFiles(folder).map(path => [path, readFileSync(join(folder, path), 'utf8')])),
    async close() {
      await server.close()
      rmSync(folder, { recursive: true, force: true })
    },
  })
}

/** Builds the site with these options. What `earlier` builds leave in the store is there; they are no part of what was made. */
export async function buildWith(
  given: GivenIn,
  { base = {}, earlier }: { base?: GivenIn | undefined; earlier?: GivenIn | undefined } = {},
): Promise<Made> {
  const world = await openWorld()
  const { folder, hosts, requests } = world
  const store = memoryStore()
  const site = { title: 'Loom', url: 'https://loom.example/' }
  const run = async (...all: GivenIn[]) => {
    const settled = await Promise.all(all.map(async given => (typeof given === 'function' ? await given(world) : given)))
    const options: Options = {
      sources: [weekly('posts/*.md')],
      store,
      cwd: folder,
      hosts,
      now: '2024-06-01T00:00:00.000Z',
      ...Object.assign({}, ...settled),
      site: Object.assign({}, site, ...settled.map(each => each.site)),
    }
    return runBuild(options, { purpose: 'build', dryRun: false, acceptChurn: false })
  }
  try {
    if (earlier !== undefined) await run(base, earlier)
    requests.length = 0
    const ended = await run(base, given).catch((error: unknown) => (error instanceof Error ? error.name : String(error)))
    const texts = world.read()
    return {
      ...(typeof ended === 'string' ? { error: ended } : { result: ended }),
      paths: Object.keys(texts),
      text: path => texts[path] ?? '',
      codes: typeof ended === 'string' ? [] : ended.report.problems.map(({ code }) => code),
      requests,
      atOnce: world.atOnce,
    }
  } finally {
    await world.close()
  }
}

function listFiles(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .split('\\')
        .join('/'),
    )
    .filter(path => !(path in posts) && !/(^|\/)\.(?!weekloom|github)/.test(path))
    .sort()
}
