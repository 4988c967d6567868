import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FaultyAnswer, startPageServer } from '../../fixtures/page-server.js'
import { pages } from '../../fixtures/wechat/pages.js'
import type { ProblemCode } from '../../src/index.js'
import { problemCatalogue } from '../../src/problem-catalogue.js'

const cli = join(import.meta.dirname, '../../dist/cli.js')
let cwd: string
const put = (path: string, text: string) => {
  mkdirSync(dirname(join(cwd, path)), { recursive: true })
  writeFileSync(join(cwd, path), text)
}

interface Ended {
  status: number | null
  stdout: string
  /** Codes of its report, and of what ended it. */
  codes: string[]
}

/** Runs the command, and interrupts it when `until` comes true. */
function run(args: string[], until?: Promise<void>): Promise<Ended> {
  return new Promise(resolve => {
    const child = spawn(process.execPath, [cli, ...args, '--json'], { cwd, env: { ...process.env, NO_COLOR: '1' } })
    const texts = { stdout: '', stderr: '' }
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8')
      child[name].on('data', text => {
        texts[name] += text
      })
    }
    void until?.then(() => child.kill('SIGINT'))
    child.on('close', status => {
      const report: { problems?: { code: string }[] } = texts.stdout === '' ? {} : JSON.parse(texts.stdout)
      const reported = (report.problems ?? []).map(({ code }) => code)
      const fatal = [...texts.stderr.matchAll(/\[([A-Z_]+)\]$/gm)]
      resolve({ status, stdout: texts.stdout, codes: [...reported, ...fatal.map(match => match[1] ?? '')] })
    })
  })
}

const rss = (
  items: string,
  head = '<description>d</description><atom:link rel="self" href="https://a.example/rss.xml"/>',
  version = '2.0',
) =>
  `<rss version="${version}" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>T</title><link>https://a.example/</link>${head}${items}</channel></rss>`
const item = (more: string, guid = '<guid>https://a.example/1</guid>') =>
  `<item><title>A</title><link>https://a.example/1</link>${guid}<pubDate>Thu, 30 May 2024 04:00:00 GMT</pubDate>${more}</item>`
const atom = (more: string, author = '<author><name>A</name></author>') =>
  `<feed xmlns="http://www.w3.org/2005/Atom"><id>https://a.example/</id><title>T</title><updated>2024-05-30T04:00:00Z</updated>${author}<entry><id>https://a.example/1</id><title>A</title><updated>2024-05-30T04:00:00Z</updated>${more}</entry></feed>`

/** A feed for each code that `check` reports. */
const feeds: Partial<Record<ProblemCode, string>> = {
  FEED_UNKNOWN: '<html><body>no</body></html>',
  FEED_NOT_WELL_FORMED: rss('<item><title>A & B</title></item>'),
  FEED_VERSION_OLD: rss(item(''), undefined, '0.91'),
  FEED_PART_MISSING: rss(item(''), ''),
  FEED_PART_REPEATED: rss(item('<title>B</title>')),
  FEED_PART_UNKNOWN: rss(item('<sumary>x</sumary>')),
  FEED_PART_MISPLACED: rss(item('<content:encoded>x</content:encoded><description>y</description>')),
  FEED_VALUE_INVALID: rss(item('<enclosure url="https://a.example/a.mp3" length="many" type="audio/mpeg"/>')),
  FEED_ID_MISSING: rss(item('', '')),
  FEED_ID_REPEATED: rss(item('') + item('')),
  FEED_ID_INVALID: rss(item('', '<guid>seven</guid>')),
  FEED_DATE_INVALID: rss('<item><title>A</title><guid>https://a.example/1</guid><pubDate>yesterday</pubDate></item>'),
  FEED_DATE_MISSING: rss('<item><title>A</title><guid>https://a.example/1</guid></item>'),
  FEED_LINK_INVALID: rss('<item><title>A</title><link>/a</link></item>'),
  FEED_LINK_RELATIVE: atom('<link href="/a"/>'),
  FEED_CONTENT_RELATIVE: rss(item('<description>&lt;img src="/a.png"&gt;</description>')),
  FEED_CONTENT_UNSAFE: rss(item('<description>&lt;script&gt;1&lt;/script&gt;</description>')),
  FEED_ENCLOSURE_REPEATED: rss(item('<enclosure url="https://a.example/a.mp3" length="1" type="audio/mpeg"/>'.repeat(2))),
  FEED_AUTHOR_INVALID: rss(item('<author>Somebody</author>')),
  FEED_AUTHOR_MISSING: atom('', ''),
  FEED_SELF_MISSING: rss(item(''), '<description>d</description>'),
  FEED_TOO_LARGE: rss(item(`<description>${'x'.repeat(600_000)}</description>`)),
}

/** A post for each code that a frozen build reports. */
const posts: Partial<Record<ProblemCode, string>> = {
  POST_DRAFT: '---\ntitle: A\ndate: 2024-01-01\ndraft: true\n---\n',
  POST_FUTURE: '---\ntitle: A\ndate: 2999-01-01\n---\n',
  POST_FRONT_MATTER_BROKEN: '---\ntitle: "A\ndate: 2024-01-01\ntags: [a\n---\n',
  POST_TOO_LARGE: `# A\n\n${'x'.repeat(9_000_000)}`,
  POST_DATE_MISSING: '---\ntitle: A\n---\n',
  POST_DATE_UNREADABLE: '---\ntitle: A\ndate: some day\n---\n',
  POST_TITLE_MISSING: '---\ndate: 2024-01-01\n---\n\ntext\n',
  LINK_PRIVATE: '---\ntitle: A\ndate: 2024-01-01\n---\n\n[a](http://127.0.0.1/a)\n',
}

const page = (body: string) => `<!doctype html><html><head><title>A page</title></head><body><p>${body}</p></body></html>`
const gone = (code: string) => `https://${hostOf(code)}/${code}`
const hostOf = (code: string) => `${code.toLowerCase().replace(/_/g, '-')}.example`

/** What a host answers, for each code that a page can end with: at its own host, so that none disturbs another. */
const answers: Partial<Record<ProblemCode, FaultyAnswer | 'hang' | 'drop'>> = {
  FETCH_HOST_UNKNOWN: { status: 302, headers: { location: 'https://elsewhere.example/' } },
  FETCH_SCHEME: { status: 302, headers: { location: 'ftp://elsewhere.example/' } },
  FETCH_TIMEOUT: 'hang',
  FETCH_RESET: 'drop',
  FETCH_REDIRECT: { status: 302, headers: { location: '/FETCH_REDIRECT' } },
  FETCH_LATER: { status: 429, headers: { 'retry-after': '3600' } },
  FETCH_GONE: { status: 404 },
  FETCH_STATUS: { status: 403 },
  FETCH_NOT_MODIFIED_UNASKED: { status: 304 },
  FETCH_TOO_LARGE: { body: page('x'.repeat(6_500_000)) },
  FETCH_BODY: { headers: { 'content-encoding': 'gzip' }, body: 'not packed' },
  FETCH_EMPTY: {},
  FETCH_ROBOTS: { body: page('a') },
  ARTICLE_TITLE_MISSING: { body: '<p>a</p>' },
  ARTICLE_REFUSED: { body: '<title>Just a moment...</title><p>a</p>' },
}

/** Hosts that no page server can play. */
const elsewhere = (server: string, port: number): Partial<Record<ProblemCode, string>> => ({
  FETCH_DNS: 'http://nowhere.invalid',
  FETCH_CONNECT: 'http://127.0.0.1:1',
  FETCH_TLS: server.replace('http:', 'https:'),
  FETCH_PROTOCOL: `http://127.0.0.1:${port}`,
})

/** What the address of a feed answers. */
const feedAnswers: Partial<Record<ProblemCode, FaultyAnswer>> = {
  FEED_UNREADABLE: { body: 'no feed' },
  FEED_IS_PAGE: { body: '<link rel="alternate" type="application/rss+xml" href="/FEED_IS_PAGE?again">' },
  FEED_DISCOVERED: { body: '<link rel="alternate" type="application/rss+xml" href="/rss">' },
  FEED_MOVED: { status: 301, headers: { location: '/rss' } },
  FEED_GONE: { status: 410 },
  FEED_CUT: { body: rss(item('')).slice(0, -30) },
  ENTRY_FUTURE: { body: rss('<item><title>A</title><pubDate>Thu, 01 Jan 2999 00:00:00 GMT</pubDate></item>') },
  FETCH_CHARSET: {
    headers: { 'content-type': 'application/rss+xml; charset=utf-8' },
    body: Buffer.concat([
      Buffer.from(rss(item(`<description>${'一二三'.repeat(20)}</description>`))),
      Buffer.from('<!-- \u00ff -->', 'latin1'),
    ]),
  },
}

const wechat = 'https://mp.weixin.qq.com'
const short = (name: string) => `${wechat}/s/${name.padEnd(22, '0')}`
const cgi = (more: object) =>
  `<html><body><script>window.cgiDataNew = ${JSON.stringify({ title: 'A', nick_name: 'N', user_name: 'gh_0123456789ab', ...more })};</script></body></html>`
const article = pages.find(({ kind }) => kind === 'article')
const bySelf = Object.fromEntries(pages.flatMap(({ expected, urls }) => (expected.ok ? [] : [[expected.code, urls[0] ?? '']]))) as Partial<
  Record<ProblemCode, string>
>
/** The address of a page of WeChat for each code, and what answers there if it is none of the recorded pages. */
const wechatPages: Partial<Record<ProblemCode, { url: string; body?: string }>> = {
  WECHAT_OTHER_ARTICLE: {
    url: `${wechat}/s?__biz=MzA5MDAwMDAwMA==&mid=1&idx=1&sn=00000000000000000000000000000000`,
    body: article?.html() ?? '',
  },
  WECHAT_PAGE_CUT: { url: short('cut'), body: article?.html().slice(0, 2_500_000) ?? '' },
  WECHAT_KIND_PARTIAL: { url: short('video'), body: cgi({ item_show_type: 5 }) },
  WECHAT_LIST_EMPTY: { url: `${wechat}/mp/appmsgalbum?__biz=MzA5MDAwMDAwMA==&action=getalbum&album_id=1`, body: page('js_album_list') },
}
const ofNotices = [
  'WECHAT_DELETED',
  'WECHAT_VIOLATION',
  'WECHAT_LINK_EXPIRED',
  'WECHAT_PARAMETER_ERROR',
  'WECHAT_MIGRATED',
  'WECHAT_UNAVAILABLE',
  'WECHAT_NOT_ARTICLE',
] as const

/** Codes that the command never shows, and why. */
const unshown: Partial<Record<ProblemCode, string>> = { FETCH_ABORTED: 'a command that is stopped ends at once, without a report' }

let server: Awaited<ReturnType<typeof startPageServer>>
let noHttp: Server
/** Settles when the page that never comes has been asked for. */
let asked: () => void = () => {}
const waiting = new Promise<void>(resolve => {
  asked = resolve
})
const hanging = gone('never')

function respond(path: string): FaultyAnswer | 'hang' | 'drop' | undefined {
  const url = new URL(path, wechat)
  if (path === '/robots.txt') return { body: 'User-agent: *\nDisallow: /FETCH_ROBOTS' }
  if (path === '/rss') return { body: rss(item('')), headers: { 'content-type': 'application/rss+xml' } }
  if (path === '/FEED_EMPTIED') return { body: rss(isEmptied ? '' : item('')) }
  if (path === '/picture.png') return { body: 'no picture' }
  if (path === '/never') {
    asked()
    return 'hang'
  }
  const own = Object.values(wechatPages).find(each => each.url === url.href)
  if (own !== undefined) return { body: own.body ?? '' }
  const code = url.pathname.slice(1)
  return Object.entries({ ...answers, ...feedAnswers }).find(([name]) => name === code)?.[1]
}

const site = { title: 'A', url: 'https://a.example/' }
const origin = (code: string) => [hostOf(code), server.origin] as const

/** What stands in the folder of each run, and its config; the codes that it must report. */
const runs: Record<
  string,
  { codes: readonly ProblemCode[]; args?: readonly string[]; before?: () => void; until?: Promise<void>; config: () => string | object }
> = {
  frozen: {
    args: ['--frozen'],
    codes: [
      ...(Object.keys(posts) as ProblemCode[]),
      'LINK_MENDED',
      'POST_ADDRESS_SHARED',
      'POST_ADDRESS_UNKNOWN',
      'POST_UNREADABLE',
      'POST_DATE_SUSPICIOUS',
      'SOURCE_EMPTY',
      'SOURCE_FAILED',
      'ENTRY_MAP_FAILED',
      'HOOK_FAILED',
      'LINK_INVALID',
      'FETCH_FROZEN',
      'OPML_UNREADABLE',
      'ARTICLE_TOO_LARGE',
      'EXTRACTOR_FAILED',
    ],
    before() {
      for (const [code, text] of Object.entries(posts)) put(`posts/${code.toLowerCase().replace(/_/g, '-')}.md`, text)
      put('posts/weekly-20200101.md', '---\ntitle: A\ndate: 2024-01-01\n---\n\n[a](hhttps://b.example/a)\n')
      for (const name of ['a', 'b']) put(`same/${name}.md`, '---\ntitle: A\ndate: 2024-01-01\n---\n')
      put('list.opml', 'no list')
      put('page.html', page('x'))
      put('huge.html', page('x'.repeat(21_000_000)))
    },
    config: () => `import { articles, feeds, opml, weekly } from 'weekloom'
const fail = () => { throw new Error('no such luck') }
export default {
  site: ${JSON.stringify(site)},
  sources: [weekly('posts/*.md'), weekly('nowhere/*.md', { name: 'none' }), weekly('same/*.md', { name: 'same', url: '/one/' }), weekly('same/a.md', { name: 'lacking', url: '/:issue/' }), weekly('gone.md', { name: 'gone' }), { name: 'broken', async *read() { fail() } },
    articles('https://b.example/a', { map: fail }), articles(['nonsense', 'huge.html', 'page.html'], { name: 'bad' }), feeds('https://c.example/feed.xml'), opml('list.opml')],
  onEntry: fail,
  extractors: [{ name: 'wiki', matches: () => true, extract: fail }],
}\n`,
  },
  network: {
    codes: [
      ...(Object.keys(answers) as ProblemCode[]),
      ...(Object.keys(elsewhere('', 0)) as ProblemCode[]),
      ...(Object.keys(feedAnswers) as ProblemCode[]),
      ...(Object.keys(wechatPages) as ProblemCode[]),
      ...ofNotices,
      'FETCH_REFUSED',
      'IMAGE_NOT_COPIED',
    ],
    before: () => put('pictures/a.md', `---\ntitle: A\ndate: 2024-01-01\n---\n\n![a](https://mmbiz.qpic.cn/picture.png)\n`),
    config() {
      const address = noHttp.address()
      const others = elsewhere(server.origin, typeof address === 'object' && address !== null ? address.port : 0)
      const notices = ofNotices.map(code => bySelf[code])
      const listed = Object.values(wechatPages).map(({ url }) => url)
      return {
        site,
        sources: [
          { weekly: 'pictures/*.md' },
          { articles: [...Object.keys(answers), ...Object.keys(others)].map(gone), name: 'pages' },
          { articles: [...notices, ...listed, 'http://10.0.0.1/a'], name: 'wechat' },
          { feeds: Object.keys(feedAnswers).map(gone) },
        ],
        hosts: {
          ...Object.fromEntries([...Object.keys(answers), ...Object.keys(feedAnswers)].map(origin)),
          ...Object.fromEntries(Object.entries(others).map(([code, text]) => [hostOf(code), text])),
          'mp.weixin.qq.com': server.origin,
          'mmbiz.qpic.cn': server.origin,
        },
        fetch: { timeout: 1000, maxBytes: 6_000_000, total: 40, robots: { [hostOf('FETCH_ROBOTS')]: 'obey' } },
        images: 'copy',
      }
    },
  },
  refused: {
    codes: ['WECHAT_VERIFICATION'],
    config: () => ({ site, sources: [{ articles: [bySelf.WECHAT_VERIFICATION] }], hosts: { 'mp.weixin.qq.com': server.origin } }),
  },
  spent: {
    codes: ['FETCH_BUDGET'],
    config: () => ({
      site,
      sources: [{ articles: ['https://a.example/1', 'https://a.example/2'] }],
      hosts: { 'a.example': server.origin },
      budget: { requests: 1 },
    }),
  },
  adopted: {
    codes: ['FEED_ID_ADOPTED'],
    before: () => put('adopted-store/adopted.json', '{ "format": 1, "ids": ["7"] }'),
    config: () => `export default {
  site: ${JSON.stringify(site)},
  output: 'adopted',
  store: 'adopted-store',
  sources: [{ name: 'own', async *read() { yield { entry: { id: '7', keys: ['7'], url: 'https://a.example/7', title: 'A', kind: 'issue', state: 'full', authors: [], tags: [], origins: [{ source: 'own', kind: 'post' }] } } } }],
}\n`,
  },
  unusable: {
    codes: ['STORE_UNUSABLE'],
    before: () => put('unusable-store', 'a file'),
    config: () => ({ site, sources: [{ weekly: 'pictures/*.md' }], store: 'unusable-store' }),
  },
  foreign: {
    codes: ['OUTPUT_FOREIGN'],
    before: () => put('foreign/rss.xml', 'mine'),
    config: () => ({ site, sources: [{ weekly: 'pictures/*.md' }] }),
  },
  unwritable: {
    codes: ['OUTPUT_UNWRITABLE'],
    before: () => put('unwritable', 'a file'),
    config: () => ({ site, sources: [{ weekly: 'pictures/*.md' }] }),
  },
}

const kept = () => ({
  site,
  sources: [{ weekly: 'pictures/*.md' }, { articles: 'https://a.example/FETCH_ROBOTS' }],
  hosts: { 'a.example': server.origin },
  hub: 'http://127.0.0.1:1/',
})
/** The feed that has nothing any more when it is asked for again. */
const emptied = () => ({ site, sources: [{ feeds: gone('FEED_EMPTIED') }], hosts: { [hostOf('FEED_EMPTIED')]: server.origin } })
let isEmptied = false

/** What the command reports over the store of a build, after its one article has become another text. */
const ofStore: readonly { code: ProblemCode; record?: string; command: readonly string[] }[] = [
  { code: 'PING_FAILED', command: ['ping'] },
  { code: 'STORE_RECORD_DAMAGED', record: '{', command: ['build', '--frozen'] },
  { code: 'STORE_FORMAT_NEWER', record: '{ "format": 999 }', command: ['build', '--frozen'] },
]

const build = (name: string, config: string | object, args: readonly string[] = [], until?: Promise<void>) => {
  const file = `${name}.config.${typeof config === 'string' ? 'mjs' : 'json'}`
  put(file, typeof config === 'string' ? config : JSON.stringify({ output: name, store: `${name}-store`, ...config }))
  return run(['build', '--config', file, ...args], until)
}

beforeAll(async () => {
  cwd = mkdtempSync(join(tmpdir(), 'weekloom-problems-'))
  server = await startPageServer({ respond })
  noHttp = createServer(socket => socket.on('error', () => {}).end('SSH-2.0-none\r\n\r\n'))
  await new Promise<void>(resolve => noHttp.listen(0, '127.0.0.1', resolve))
})
afterAll(async () => {
  await server.close()
  noHttp.close()
  rmSync(cwd, { recursive: true, force: true })
})

describe('through the command', () => {
  it('check reports its codes', async () => {
    for (const [code, text] of Object.entries(feeds)) put(`feeds/${code}.xml`, text)
    const results: { feed: string; problems: { code: string }[] }[] = JSON.parse((await run(['check', 'feeds'])).stdout)
    for (const code of Object.keys(feeds)) {
      const problems = results.find(({ feed }) => feed === join('feeds', `${code}.xml`))?.problems ?? []
      expect(problems.map(problem => problem.code)).toContain(code)
    }
  }, 120_000)

  it.each(Object.entries(runs))(
    'the build “%s” reports its codes',
    async (name, { codes, args, before, config }) => {
      before?.()
      const reported = new Set((await build(name, config(), args)).codes)
      expect(codes.filter(code => !reported.has(code))).toEqual([])
    },
    120_000,
  )

  it('a store whose records are damaged or newer is told, and a hub that does not take the news', async () => {
    for (const { code, record, command } of ofStore) {
      await build('kept', kept())
      const paths = readdirSync(join(cwd, 'kept-store/articles'), { recursive: true, encoding: 'utf8' }).filter(path =>
        path.endsWith('.json'),
      )
      expect(paths).toHaveLength(1)
      if (record !== undefined) for (const path of paths) put(`kept-store/articles/${path}`, record)
      expect((await run([...command, '--config', 'kept.config.json'])).codes).toContain(code)
    }
  }, 120_000)

  it('a feed that has nothing any more is told', async () => {
    expect((await build('emptied', emptied())).codes).toEqual([])
    isEmptied = true
    expect((await build('emptied', emptied())).codes).toEqual(['FEED_EMPTIED'])
  }, 120_000)

  it('a build that is stopped ends with 130 and without a report', async () => {
    const config = { site, sources: [{ articles: hanging }], hosts: { [hostOf('never')]: server.origin } }
    expect(await build('stopped', config, [], waiting)).toMatchObject({ status: 130, stdout: '', codes: [] })
  }, 120_000)

  it('every code of the catalogue is provoked, or named with the reason why none can be', () => {
    const provoked = new Set<string>([
      'FEED_EMPTIED',
      ...ofStore.map(({ code }) => code),
      ...Object.keys(feeds),
      ...Object.values(runs).flatMap(({ codes }) => codes),
    ])
    expect(Object.keys(problemCatalogue).filter(code => !provoked.has(code))).toEqual(Object.keys(unshown))
  })
})
