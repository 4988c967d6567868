import { createServer } from 'node:net'
import { blog, type OpenWorld, wechat } from '../run/option-world.js'

/** A flag of a command, two command lines of which one lacks it, and what each shows in what it printed, wrote and asked. */
export interface FlagRow {
  flag: string
  /** What both command lines have. */
  args?: readonly string[]
  /** The config, over the usual one; `null` for none. */
  config?: object | null
  /** What is there before. */
  prepare?: (world: OpenWorld) => void
  /** A command before, of both. */
  earlier?: readonly string[]
  without?: readonly string[]
  with: readonly string[] | (() => Promise<readonly string[]>)
  /** In a process of its own, with nothing to read from: where that makes a difference. */
  alone?: true
  shows: (ran: Ran) => unknown
  before: unknown
  after: unknown
}

/** How a command ended. */
export interface Ran {
  args: readonly string[]
  status: number
  stdout: string
  stderr: string
  paths: string[]
  text(path: string): string
  asked: string[]
  /** The feed that `serve` served, and where. */
  served: { url: string; feed: Feed } | undefined
}

export interface Feed {
  title?: string
  home_page_url?: string
  feed_url?: string
  language?: string
  items: { title: string; date_published?: string }[]
}

const out = 'public/feeds'
const feed = (ran: Ran, path = `${out}/feed.json`): Feed => ran.served?.feed ?? JSON.parse(ran.text(path) || '{"items":[]}')
const dateOf = (ran: Ran) => feed(ran).items.find(({ title }) => title.includes('第 1 期'))?.date_published
const has =
  (...paths: string[]) =>
  (ran: Ran) =>
    paths.map(path => ran.paths.some(written => written.startsWith(path)))
const keys = (ran: Ran) => (ran.stdout.startsWith('{') || ran.stdout.startsWith('[') ? Object.keys(JSON.parse(ran.stdout)) : [])
const reportKeys = ['format', 'now', 'network', 'sources', 'hosts', 'pages', 'feeds', 'churn', 'problems', 'files', 'failures']
const asks = (ran: Ran) => ran.asked.filter(path => path.startsWith('/s/')).length
const other = { site: { title: 'Other', url: 'https://loom.example/' }, sources: [{ weekly: 'posts/*.md' }], network: 'frozen' }
const putOther = ({ put }: OpenWorld) => put('other.json', JSON.stringify(other))

/** Flags of every command that reads the sources: `build`, `update` and `serve`. */
const readingRows = (command: string): FlagRow[] => {
  const quick = command === 'update' ? [] : ['--frozen']
  const rows: FlagRow[] = [
    { flag: '--config', prepare: putOther, with: ['--config', 'other.json'], shows: ran => asks(ran), before: 3, after: 0 },
    { flag: '--frozen', with: ['--frozen'], shows: asks, before: 3, after: 0 },
    { flag: '--refresh', earlier: ['update'], with: ['--refresh'], shows: asks, before: 0, after: 3 },
    {
      flag: '--store',
      with: ['--store', 'kept'],
      shows: has('.weekloom/articles/', 'kept/articles/'),
      before: [true, false],
      after: [false, true],
    },
    {
      flag: '--site',
      config: null,
      args: ['posts/*.md', '--frozen'],
      with: ['--site', 'https://other.example/'],
      shows: ({ status, stderr }) => [status, stderr.includes('The address of the site is not known')],
      before: [2, true],
      after: [0, false],
    },
    ...(command === 'update'
      ? []
      : ([
          { flag: '--title', args: quick, with: ['--title', 'Weekly'], shows: ran => feed(ran).title, before: 'Loom', after: 'Weekly' },
          { flag: '--language', args: quick, with: ['--language', 'en'], shows: ran => feed(ran).language, before: 'zh-CN', after: 'en' },
          {
            flag: '--time-zone',
            args: quick,
            with: ['--time-zone', 'Europe/Berlin'],
            shows: dateOf,
            before: '2024-05-02T17:00:00Z',
            after: '2024-05-02T23:00:00Z',
          },
        ] satisfies FlagRow[])),
  ]
  return rows.map(row => ({ ...row, flag: `${command} ${row.flag}` }))
}

const buildRows: readonly FlagRow[] = [
  ...readingRows('build'),
  {
    flag: 'build --quiet',
    with: ['--quiet'],
    shows: ({ stderr }) => [stderr.includes('fetched'), stderr === ''],
    before: [true, false],
    after: [false, true],
  },
  {
    flag: 'build --out',
    args: ['--frozen'],
    with: ['--out', 'static/news'],
    shows: ran => [...has(`${out}/rss.xml`, 'static/news/rss.xml')(ran), feed(ran, 'static/news/feed.json').feed_url],
    before: [true, false, undefined],
    after: [false, true, 'https://loom.example/news/feed.json'],
  },
  {
    flag: 'build --base-url',
    args: ['--frozen'],
    with: ['--base-url', 'https://cdn.example/f'],
    shows: ran => feed(ran).feed_url,
    before: 'https://loom.example/feeds/feed.json',
    after: 'https://cdn.example/f/feed.json',
  },
  {
    flag: 'build --all',
    config: { feeds: { feed: { limit: 1 } } },
    args: ['--frozen'],
    with: ['--all'],
    shows: ran => feed(ran).items.length,
    before: 2,
    after: 5,
  },
  {
    flag: 'build --dry-run',
    args: ['--frozen'],
    with: ['--dry-run'],
    shows: ran => [...has(out)(ran), ran.stderr.includes('would write')],
    before: [true, false],
    after: [false, true],
  },
  {
    flag: 'build --accept-churn',
    config: { sources: [{ feeds: blog('/friends.xml') }] },
    prepare: ({ put, hosts }) =>
      put(
        'first.json',
        JSON.stringify({ ...other, sources: [{ feeds: [blog('/feed.xml'), blog('/changes.xml')] }], network: 'auto', hosts }),
      ),
    earlier: ['build', '--config', 'first.json'],
    with: ['--accept-churn'],
    shows: ran => [ran.status, feed(ran).items.map(({ title }) => title)],
    before: [1, ['weft', 'changes', 'heddle', 'warp']],
    after: [0, ['reed']],
  },
  { flag: 'build --json', args: ['--frozen'], with: ['--json'], shows: keys, before: [], after: reportKeys },
  {
    flag: 'build --report',
    args: ['--frozen'],
    with: ['--report', 'report.json'],
    shows: ran => Object.keys(JSON.parse(ran.text('report.json') || '{}')),
    before: [],
    after: reportKeys,
  },
]

const updateRows: readonly FlagRow[] = [
  ...readingRows('update'),
  {
    flag: 'update --quiet',
    with: ['--quiet'],
    shows: ({ stderr }) => [stderr.includes('fetched'), stderr === ''],
    before: [true, false],
    after: [false, true],
  },
  {
    flag: 'update --time-zone',
    with: ['--time-zone', 'Europe/Berlin'],
    shows: ran => ran.paths.some(path => path.startsWith('.weekloom/ledger/') && ran.text(path).includes('2024-05-02T23:00:00')),
    before: false,
    after: true,
  },
  { flag: 'update --json', args: ['--frozen'], with: ['--json'], shows: keys, before: [], after: reportKeys },
  {
    flag: 'update --report',
    args: ['--frozen'],
    with: ['--report', 'report.json'],
    shows: has('report.json'),
    before: [false],
    after: [true],
  },
]

const serving: readonly FlagRow[] = [
  ...readingRows('serve'),
  {
    flag: 'serve --quiet',
    args: ['--frozen', '--json'],
    with: ['--quiet'],
    shows: ({ stderr }) => [stderr.includes('Serving'), stderr === ''],
    before: [true, false],
    after: [false, true],
  },
  { flag: 'serve --json', args: ['--frozen'], with: ['--json'], shows: keys, before: [], after: ['url', 'problems'] },
  {
    flag: 'serve --port',
    args: ['--frozen'],
    with: async () => ['--port', String(await freePort())],
    shows: ({ args, served }) => new URL(served?.url ?? '').port === args[args.indexOf('--port') + 1],
    without: ['--port', '0'],
    before: false,
    after: true,
  },
  {
    flag: 'serve --host',
    args: ['--frozen'],
    with: ['--host', 'localhost'],
    shows: ({ served }) => new URL(served?.url ?? '').hostname,
    before: '127.0.0.1',
    after: 'localhost',
  },
  {
    flag: 'serve --public',
    args: ['--frozen', '--host', '0.0.0.0'],
    with: ['--public'],
    shows: ({ status, stderr }) => [status, stderr.includes('other machines can reach'), stderr.includes('Serving http://0.0.0.0:')],
    before: [2, true, false],
    after: [0, false, true],
  },
]
const serveRows = serving.map(row => (row.flag === 'serve --port' ? row : { ...row, args: [...(row.args ?? []), '--port', '0'] }))

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise(resolve => server.close(resolve))
  return typeof address === 'object' && address !== null ? address.port : 0
}

const badFeed = ({ put }: OpenWorld) => put('bad.xml', '<rss version="2.0"><channel><title>A & B</title></channel></rss>')
const looking: readonly FlagRow[] = [
  {
    flag: 'check --json',
    prepare: badFeed,
    args: ['bad.xml'],
    with: ['--json'],
    shows: ran => (ran.stdout.startsWith('[') ? Object.keys(JSON.parse(ran.stdout)[0]) : []),
    before: [],
    after: ['feed', 'problems'],
  },
  {
    flag: 'show --json',
    args: ['posts/weekly-1.md'],
    with: ['--json'],
    shows: keys,
    before: [],
    after: ['document', 'fields', 'problems'],
  },
  {
    flag: 'show --time-zone',
    args: ['posts/weekly-1.md'],
    with: ['--time-zone', 'Europe/Berlin'],
    shows: ({ stdout }) => /date +(\S+)/.exec(stdout)?.[1],
    before: '2024-05-02T17:00:00.000Z',
    after: '2024-05-02T23:00:00.000Z',
  },
  {
    flag: 'show --config',
    prepare({ put }) {
      put('page.html', '<title>A page</title>')
      put(
        'own.mjs',
        `const value = { key: 'a', url: 'https://a.example/', title: 'Mine', authors: [], kind: 'article', extractor: 'wiki', from: {} }
export default {
  site: { title: 'A', url: 'https://a.example/' },
  sources: [{ name: 'none', async *read() {} }],
  extractors: [{ name: 'wiki', matches: () => true, extract: () => ({ ok: true, value }) }],
}`,
      )
    },
    args: ['page.html'],
    with: ['--config', 'own.mjs'],
    shows: ({ stdout }) => ['title', 'extractor'].map(name => new RegExp(`^${name} +(.*)$`, 'm').exec(stdout)?.[1]),
    before: ['A page  (from title)', 'generic'],
    after: ['Mine', 'wiki  (yours, of own.mjs)'],
  },
  {
    flag: 'show --save',
    args: ['posts/weekly-1.md'],
    with: ['--save', 'kept.md'],
    shows: ran => ran.text('kept.md').includes('织机周报 第 1 期'),
    before: false,
    after: true,
  },
]

const written = ({ put }: OpenWorld) => put(`${out}/rss.xml`, '<rss/>')
const hub = { hub: 'https://hub.example/ok' }
const pingRows: readonly FlagRow[] = [
  {
    flag: 'ping --dry-run',
    config: hub,
    prepare: written,
    with: ['--dry-run'],
    shows: ran => [ran.asked, ran.stdout.split(' ')[0]],
    before: [['/ok'], 'told'],
    after: [[], 'due'],
  },
  {
    flag: 'ping --json',
    config: hub,
    prepare: written,
    args: ['--dry-run'],
    with: ['--json'],
    shows: keys,
    before: [],
    after: ['pings', 'problems'],
  },
  {
    flag: 'ping --config',
    config: hub,
    prepare(world) {
      written(world)
      world.put('other.json', JSON.stringify({ ...other, hub: 'https://second.example/' }))
    },
    args: ['--dry-run'],
    with: ['--config', 'other.json'],
    shows: ({ stdout }) => stdout.trim().split('  ').at(-1),
    before: 'https://hub.example/ok',
    after: 'https://second.example/',
  },
]

const hugo = ({ put }: OpenWorld) => put('hugo.toml', 'baseURL = "https://hugo.example/"\ntitle = "Hugo"\n')
const inConfig = (text: string) => (ran: Ran) => ran.text('weekloom.config.ts').includes(text)
const setUp = { config: null, prepare: hugo, args: ['posts/*.md', '--yes', '--no-build'] } as const
const initRows: readonly FlagRow[] = [
  {
    flag: 'init --site',
    ...setUp,
    with: ['--site', 'https://own.example/'],
    shows: inConfig("url: 'https://own.example/'"),
    before: false,
    after: true,
  },
  { flag: 'init --url', ...setUp, with: ['--url', '/own/:slug/'], shows: inConfig("url: '/own/:slug/'"), before: false, after: true },
  { flag: 'init --title', ...setUp, with: ['--title', 'Own'], shows: inConfig("title: 'Own'"), before: false, after: true },
  { flag: 'init --language', ...setUp, with: ['--language', 'en'], shows: inConfig("language: 'en'"), before: false, after: true },
  {
    flag: 'init --time-zone',
    ...setUp,
    with: ['--time-zone', 'Europe/Berlin'],
    shows: inConfig("timeZone: 'Europe/Berlin'"),
    before: false,
    after: true,
  },
  { flag: 'init --out', ...setUp, with: ['--out', 'static/news'], shows: inConfig("output: 'static/news'"), before: false, after: true },
  { flag: 'init --no-workflow', ...setUp, with: ['--no-workflow'], shows: has('.github/workflows/'), before: [true], after: [false] },
  {
    flag: 'init --force',
    ...setUp,
    config: {},
    with: ['--force'],
    shows: ran => [ran.status, ran.paths.includes('weekloom.config.ts')],
    before: [2, false],
    after: [0, true],
  },
  { flag: 'init --json', ...setUp, with: ['--json'], shows: keys, before: [], after: ['notes', 'files', 'tags', 'adopted', 'build'] },
  {
    flag: 'init --yes',
    ...setUp,
    args: ['posts/*.md', '--no-build'],
    alone: true,
    with: ['--yes'],
    shows: ({ stderr }) => stderr.includes('Return takes what stands in brackets'),
    before: true,
    after: false,
  },
  {
    flag: 'init --no-build',
    ...setUp,
    args: ['posts/*.md', '--yes', '--frozen'],
    alone: true,
    with: ['--no-build'],
    shows: has('static/feeds/rss.xml'),
    before: [true],
    after: [false],
  },
  {
    flag: 'init --frozen',
    ...setUp,
    prepare(world) {
      hugo(world)
      world.put('one/weekly-1.md', '---\ntitle: A\ndate: 2024-05-01\n---\n\ntext\n')
    },
    args: ['one/*.md', '--yes', '--json'],
    alone: true,
    with: ['--frozen'],
    shows: ({ stdout }) => JSON.parse(stdout).build.network,
    before: 'auto',
    after: 'frozen',
  },
  {
    flag: 'init --adopt',
    ...setUp,
    prepare(world) {
      hugo(world)
      world.put(
        'old.xml',
        `<rss version="2.0"><channel><title>Old</title><link>https://hugo.example/</link><description>d</description><item><title>A</title><link>${wechat('shuttle')}</link><guid isPermaLink="false">old-7</guid></item></channel></rss>`,
      )
    },
    alone: true,
    with: ['--adopt', 'old.xml'],
    shows: ran => ran.paths.some(path => path.startsWith('.weekloom/') && ran.text(path).includes('old-7')),
    before: false,
    after: true,
  },
]

export const flagRows: readonly FlagRow[] = [...buildRows, ...updateRows, ...serveRows, ...looking, ...pingRows, ...initRows]

/** Flags that change nothing of what the command does, and why they are there. */
export const unchanging: Readonly<Record<string, string>> = {
  'update --title': 'the words of a build are taken, so that one command line serves both; the store holds nothing of it',
  'update --language': 'the same',
}
