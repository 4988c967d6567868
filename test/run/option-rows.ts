import { join } from 'node:path'
import RssParser from 'rss-parser'
import { loadConfig } from '../../src/build/load-config.js'
import { articles } from '../../src/sources/articles.js'
import { feeds } from '../../src/sources/feeds.js'
import type { EntryFilters } from '../../src/sources/filter-items.js'
import { opml } from '../../src/sources/opml.js'
import { type WeeklyOptions, weekly } from '../../src/sources/weekly.js'
import { memoryStore } from '../../src/store/memory-store.js'
import type { Entry, Extractor, Output, Source, SourceItem } from '../../src/types.js'
import { albumUrl, blog, type Given, type GivenIn, type Made, type World, wechat } from './option-world.js'

/** An option, two configs of which one lacks it (or has another value), and what each shows in what it made. */
export interface OptionRow {
  option: string
  /** What both configs have. */
  base?: GivenIn
  /** A build before, of both, with the same store. */
  earlier?: GivenIn
  without?: GivenIn
  with: GivenIn
  shows: (made: Made) => unknown
  before: unknown
  after: unknown
}

interface Item {
  id: string
  url: string
  title: string
  content_html?: string
  image?: string
  date_published?: string
  tags?: string[]
  authors?: { name: string }[]
}

const out = 'public/feeds'
const json = (made: Made, path = `${out}/feed.json`): { items: Item[]; [name: string]: unknown } =>
  JSON.parse(made.text(path) || '{"items":[]}')
const titles =
  (path = `${out}/feed.json`) =>
  (made: Made) =>
    json(made, path).items.map(({ title }) => title)
const head = (name: string) => (made: Made) => json(made)[name]
const item = (title: string, made: Made) => json(made).items.find(each => each.title.includes(title))
const of =
  <Name extends keyof Item>(title: string, name: Name) =>
  (made: Made) =>
    item(title, made)?.[name]
const has = (path: string, text: string) => (made: Made) => made.text(`${out}/${path}`).includes(text)
const written =
  (...paths: string[]) =>
  (made: Made) =>
    paths.map(path => made.paths.includes(path))
const found =
  (path: string, pattern: RegExp) =>
  (made: Made): string[] =>
    [...made.text(`${out}/${path}`).matchAll(pattern)].map(match => match[1] ?? match[0])
const asked = (made: Made) => made.requests.map(({ path }) => path)

const first = '织机周报 第 1 期'
const second = '织机周报 第 2 期'
const [shuttle, old, warp] = ['怎样换梭子', '老织机还在仓库里转', '经线的故事']
/** One feed alone, so that nothing else is looked at. */
const feed = (options: NonNullable<Given['feeds']>[string]): Given => ({ feeds: { feed: options } })
const pages = (...paths: string[]): Given => ({ sources: [articles(paths.map(blog))] })
const reading = (options: WeeklyOptions): Given => ({ sources: [weekly('posts/*.md', options)] })
const earlierRun: Given = {}

const list: Output = {
  format: 'txt',
  mediaType: 'text/plain',
  *write({ info, entries }) {
    yield `${info.title}\n`
    for (const { title } of entries) yield `${title}\n`
  },
}
const wiki: Extractor = {
  name: 'wiki',
  matches: ({ pathname }) => pathname === '/page-1',
  extract: ({ url }) => {
    const title = `Read by its path: ${new URL(url).pathname}`
    return { ok: true, value: { key: url, url, title, authors: [], kind: 'article', extractor: 'wiki', from: { title: 'address' } } }
  },
}

const siteRows: readonly OptionRow[] = [
  { option: 'site.title', with: { site: { title: '织机' } }, shows: head('title'), before: 'Loom', after: '织机' },
  {
    option: 'site.url',
    with: { site: { url: 'https://other.example/' } },
    shows: made => [json(made)['home_page_url'], item(first, made)?.id],
    before: ['https://loom.example/', 'https://loom.example/weekly-1'],
    after: ['https://other.example/', 'https://other.example/weekly-1'],
  },
  {
    option: 'site.description',
    with: { site: { description: 'Of looms' } },
    shows: head('description'),
    before: undefined,
    after: 'Of looms',
  },
  { option: 'site.language', with: { site: { language: 'en' } }, shows: head('language'), before: 'zh-CN', after: 'en' },
  {
    option: 'site.timeZone',
    with: { site: { timeZone: 'Europe/Berlin' } },
    shows: of(first, 'date_published'),
    before: '2024-05-02T17:00:00Z',
    after: '2024-05-02T23:00:00Z',
  },
  {
    option: 'site.authors',
    with: { site: { authors: [{ name: 'Ada', url: 'https://ada.example/', email: 'ada@loom.example' }] } },
    shows: made => found('atom.xml', /<author>(.*?)<\/author>/gs)(made)[0]?.match(/[^<>]+(?=<\/)/g),
    before: ['Loom', 'https://loom.example/'],
    after: ['Ada', 'https://ada.example/', 'ada@loom.example'],
  },
  {
    option: 'site.image',
    with: { site: { image: 'https://loom.example/logo.png' } },
    shows: found('rss.xml', /<image><url>(.*?)<\/url>/g),
    before: [],
    after: ['https://loom.example/logo.png'],
  },
  {
    option: 'site.rights',
    with: { site: { rights: 'CC BY' } },
    shows: found('atom.xml', /<rights.*?>(.*?)<\/rights>/g),
    before: [],
    after: ['CC BY'],
  },
]

const outputRows: readonly OptionRow[] = [
  { option: 'sources', with: { sources: [feeds(blog('/friends.xml'))] }, shows: titles(), before: all(), after: ['reed'] },
  {
    option: 'feeds',
    with: { feeds: { all: {}, links: { of: 'articles' } } },
    shows: written(`${out}/articles/rss.xml`, `${out}/links/rss.xml`),
    before: [true, false],
    after: [false, true],
  },
  {
    option: 'opml',
    with: { opml: 'list.opml' },
    shows: written(`${out}/feeds.opml`, `${out}/list.opml`),
    before: [true, false],
    after: [false, true],
  },
  { option: 'opml', with: { opml: false }, shows: written(`${out}/feeds.opml`), before: [true], after: [false] },
  { option: 'calendar', with: { calendar: 'events.ics' }, shows: has('events.ics', 'SUMMARY:织机社区会议'), before: false, after: true },
  {
    option: 'page',
    with: { page: 'index.html' },
    shows: written(`${out}/feeds.html`, `${out}/index.html`),
    before: [true, false],
    after: [false, true],
  },
  { option: 'page', with: { page: false }, shows: written(`${out}/feeds.html`), before: [true], after: [false] },
  {
    option: 'output',
    with: { output: 'static/news' },
    shows: made => [
      ...written(`${out}/rss.xml`, 'static/news/rss.xml')(made),
      made.text('static/news/feed.json').includes('https://loom.example/news/feed.json'),
    ],
    before: [true, false, false],
    after: [false, true, true],
  },
  {
    option: 'baseUrl',
    with: { baseUrl: 'https://cdn.example/f' },
    shows: head('feed_url'),
    before: 'https://loom.example/feeds/feed.json',
    after: 'https://cdn.example/f/feed.json',
  },
  {
    option: 'hub',
    with: { hub: ['https://hub.example/', 'https://hub.example/2'] },
    shows: found('atom.xml', /<link rel="hub" href="(.*?)"/g),
    before: [],
    after: ['https://hub.example/', 'https://hub.example/2'],
  },
  {
    option: 'store',
    without: { store: memoryStore() },
    with: { store: 'kept' },
    shows: made => made.paths.some(path => path.startsWith('kept/articles/')),
    before: false,
    after: true,
  },
  {
    option: 'cwd',
    with: ({ folder }: World) => ({ cwd: join(folder, 'posts'), sources: [weekly('*.md')] }),
    shows: written(`${out}/rss.xml`, `posts/${out}/rss.xml`),
    before: [true, false],
    after: [false, true],
  },
  {
    option: 'extends',
    with: async ({ put, folder }: World) => {
      put(
        'base.json',
        JSON.stringify({ site: { title: 'Base', url: 'https://base.example/' }, sources: [{ weekly: 'posts/*.md' }], images: 'keep' }),
      )
      put('own.json', JSON.stringify({ extends: './base.json', site: { title: 'Own' } }))
      const { site, images } = await loadConfig(join(folder, 'own.json'), {})
      return { site, ...(images === undefined ? {} : { images }) }
    },
    shows: made => [json(made)['title'], json(made)['home_page_url']],
    before: ['Loom', 'https://loom.example/'],
    after: ['Own', 'https://base.example/'],
  },
  {
    option: 'images=no-referrer',
    base: { fullText: true },
    without: { images: 'keep' },
    with: { images: 'no-referrer' },
    shows: has('rss.xml', 'referrerpolicy="no-referrer"'),
    before: false,
    after: true,
  },
  { option: 'images=keep', with: { images: 'keep' }, shows: has('rss.xml', 'referrerpolicy="no-referrer"'), before: true, after: false },
  {
    option: 'images=copy',
    with: { images: 'copy' },
    shows: made => [made.paths.filter(path => path.endsWith('.png')).length, item(shuttle, made)?.image?.replace(/\/[^/]*$/, '/')],
    before: [0, 'https://mmbiz.qpic.cn/shuttle/'],
    after: [1, 'https://loom.example/feeds/images/'],
  },
  {
    option: 'images',
    with: { images: 'https://proxy.example/?url={url}' },
    shows: of(shuttle, 'image'),
    before: 'https://mmbiz.qpic.cn/shuttle/0?wx_fmt=png',
    after: 'https://proxy.example/?url=https%3A%2F%2Fmmbiz.qpic.cn%2Fshuttle%2F0%3Fwx_fmt%3Dpng',
  },
  {
    option: 'fullText',
    with: { fullText: ['织机技术'] },
    shows: texts,
    before: { [shuttle]: false, [warp]: false },
    after: { [shuttle]: true, [warp]: false },
  },
  {
    option: 'fullText',
    with: { fullText: ['next-door'] },
    shows: texts,
    before: { [shuttle]: false, [warp]: false },
    after: { [shuttle]: false, [warp]: true },
  },
  {
    option: 'fullText',
    with: { fullText: true },
    shows: texts,
    before: { [shuttle]: false, [warp]: false },
    after: { [shuttle]: true, [warp]: true },
  },
]

/** Whether the articles are shown whole. */
function texts(made: Made): Record<string, boolean> {
  return Object.fromEntries(
    [shuttle, warp].map(title => [title, item(title, made)?.content_html?.includes('一段正文，说得很长。'.repeat(60)) ?? false]),
  )
}

const runRows: readonly OptionRow[] = [
  {
    option: 'hosts',
    base: pages('/page-1'),
    without: { hosts: {}, sources: [articles('https://nowhere.invalid/page-1')] },
    with: ({ origin }: World) => ({ hosts: { 'nowhere.invalid': origin }, sources: [articles('https://nowhere.invalid/page-1')] }),
    shows: titles(),
    before: ['nowhere.invalid/page-1'],
    after: ['First page'],
  },
  { option: 'network=frozen', with: { network: 'frozen' }, shows: made => made.requests.length, before: 3, after: 0 },
  {
    option: 'network=refresh',
    earlier: earlierRun,
    with: { network: 'refresh' },
    shows: made => made.requests.length,
    before: 0,
    after: 3,
  },
  {
    option: 'network=auto',
    earlier: earlierRun,
    without: { network: 'refresh' },
    with: { network: 'auto' },
    shows: made => made.requests.length,
    before: 3,
    after: 0,
  },
  {
    option: 'budget.requests',
    with: { budget: { requests: 1 } },
    shows: made => [made.requests.length, made.codes.includes('FETCH_BUDGET')],
    before: [3, false],
    after: [1, true],
  },
  {
    option: 'budget.minutes',
    with: { budget: { minutes: 0.000_000_1 } },
    shows: made => [made.requests.length === 3, made.codes.includes('FETCH_BUDGET')],
    before: [true, false],
    after: [false, true],
  },
  {
    option: 'failOn.entriesBelow',
    with: { failOn: [{ entriesBelow: 3 }] },
    shows: failures,
    before: [],
    after: ['feed issues has 2 entries, fewer than 3'],
  },
  {
    option: 'failOn=new-failures',
    with: { failOn: ['new-failures'] },
    shows: failures,
    before: [],
    after: [`${wechat('old')} failed for the first time with WECHAT_PARAMETER_ERROR`],
  },
  {
    option: 'failOn=churn',
    earlier: { sources: [opml('lists/friends.opml')] },
    without: { failOn: [] },
    with: { failOn: ['churn'] },
    shows: made => [made.result?.isHeld, titles()(made).sort()],
    before: [false, [...all()].sort()],
    after: [true, ['heddle', 'reed', 'warp', 'weft']],
  },
  {
    option: 'failOn=invalid',
    base: { sources: [{ name: 'own', read: readInvalid }] },
    without: { failOn: [] },
    with: { failOn: ['invalid'] },
    shows: made => failures(made).map(reason => reason.replace(/^.*\/(?=\w+\.)/, '').slice(0, 36)),
    before: [],
    after: ['atom.xml:11 is invalid: <id> is "sev', 'atom.xml:11 is invalid: <id> is "sev'],
  },
  { option: 'future', with: { future: true }, shows: made => titles()(made).includes('织机周报 第 9 期'), before: false, after: true },
  {
    option: 'now',
    with: { now: '2024-05-05T00:00:00.000Z' },
    shows: titles(`${out}/issues/feed.json`),
    before: [second, first],
    after: [first],
  },
  {
    option: 'signal',
    with: { signal: AbortSignal.abort() },
    shows: made => [made.error, made.paths.length > 0],
    before: [undefined, true],
    after: ['AbortError', false],
  },
  {
    option: 'extractors',
    base: pages('/page-1', '/page-2'),
    with: { extractors: [wiki] },
    shows: titles(`${out}/articles/feed.json`),
    before: ['First page', 'Second page'],
    after: ['Read by its path: /page-1', 'Second page'],
  },
  {
    option: 'outputs',
    with: { outputs: [list] },
    shows: made => [made.text(`${out}/feed.txt`), made.text(`${out}/issues/feed.txt`)].map(text => text.split('\n').slice(0, 2)),
    before: [[''], ['']],
    after: [
      ['Loom', second],
      ['Loom · 周刊', second],
    ],
  },
  {
    option: 'onPost',
    with: { onPost: post => (post.title === first ? null : { ...post, title: '周报' }) },
    shows: titles(`${out}/issues/feed.json`),
    before: [second, first],
    after: ['周报'],
  },
  {
    option: 'onLink',
    with: { onLink: link => (link.url === wechat('warp') ? link : null) },
    shows: titles(`${out}/articles/feed.json`),
    before: [old, shuttle, warp],
    after: [warp],
  },
  {
    option: 'onArticle',
    with: { onArticle: article => ({ ...article, title: `【${article.title}】` }) },
    shows: titles(`${out}/articles/feed.json`),
    before: [old, shuttle, warp],
    after: [old, `【${shuttle}】`, `【${warp}】`],
  },
  {
    option: 'onEntry',
    with: { onEntry: entry => (entry.kind === 'issue' ? null : { ...entry, tags: ['t'] }) },
    shows: made => json(made).items.map(({ title, tags }) => [title, tags]),
    before: allTagged(),
    after: [
      [old, ['t']],
      [shuttle, ['t']],
      [warp, ['t']],
    ],
  },
  progressRow(),
]

/** An entry whose id is no address, which Atom does not allow. */
async function* readInvalid(): AsyncGenerator<SourceItem> {
  const entry: Entry = {
    id: 'seven',
    keys: ['seven'],
    url: blog('/seven'),
    title: 'Seven',
    authors: [],
    tags: [],
    kind: 'article',
    state: 'full',
    origins: [{ source: 'own', kind: 'article' }],
  }
  yield { entry }
}

function failures(made: Made): readonly string[] {
  return made.result?.failures ?? []
}

function allTagged(): readonly unknown[] {
  return [
    [second, ['社区']],
    [first, ['织机']],
    [old, undefined],
    [shuttle, undefined],
    [warp, undefined],
  ]
}

function progressRow(): OptionRow {
  const seen = new Set<string>()
  return {
    option: 'onProgress',
    with: { onProgress: ({ step, subject }) => seen.add(`${step} ${subject}`) },
    shows: () => [...seen].sort(),
    before: [],
    after: ['fetch mp.weixin.qq.com', 'read weekly', 'write articles', 'write feed', 'write issues'],
  }
}

const feedRows: readonly OptionRow[] = [
  { option: 'feed.of=issues', with: feed({ of: 'issues' }), shows: titles(), before: all(), after: [second, first] },
  { option: 'feed.of=articles', with: feed({ of: 'articles' }), shows: titles(), before: all(), after: [old, shuttle, warp] },
  { option: 'feed.of=questions', with: feed({ of: 'questions' }), shows: titles(), before: all(), after: ['织机为什么不响？'] },
  { option: 'feed.of=releases', with: feed({ of: 'releases' }), shows: titles(), before: all(), after: ['loom/loom v1.2.0'] },
  { option: 'feed.of=events', with: feed({ of: 'events' }), shows: titles(), before: all(), after: ['织机社区会议'] },
  {
    option: 'feed.of=all',
    without: feed({ of: 'issues' }),
    with: feed({ of: 'all' }),
    shows: titles(),
    before: [second, first],
    after: all(),
  },
  {
    option: 'feed.per=account',
    with: { feeds: { feed: {}, by: { per: 'account' } } },
    shows: groups,
    before: [],
    after: ['织机技术', '隔壁织坊'],
  },
  { option: 'feed.per=tag', with: { feeds: { feed: {}, by: { per: 'tag' } } }, shows: groups, before: [], after: ['社区', '织机'] },
  {
    option: 'feed.per=section',
    with: { feeds: { feed: {}, by: { per: 'section' } } },
    shows: groups,
    before: [],
    after: ['推荐阅读', '经线专栏'],
  },
  { option: 'feed.limit', with: feed({ limit: 1 }), shows: titles(), before: all(), after: [second, old] },
  { option: 'feed.maxAge', with: feed({ maxAge: 5 }), shows: titles(), before: all(), after: [second] },
  {
    option: 'feed.content=title',
    with: feed({ content: 'title' }),
    shows: made => item(shuttle, made)?.content_html?.includes('三步换梭子。'),
    before: true,
    after: false,
  },
  {
    option: 'feed.content=summary',
    base: { fullText: true },
    with: feed({ content: 'summary' }),
    shows: texts,
    before: { [shuttle]: true, [warp]: true },
    after: { [shuttle]: false, [warp]: false },
  },
  {
    option: 'feed.content=full',
    base: { fullText: true },
    without: feed({ content: 'summary' }),
    with: feed({ content: 'full' }),
    shows: texts,
    before: { [shuttle]: false, [warp]: false },
    after: { [shuttle]: true, [warp]: true },
  },
  { option: 'feed.title', with: feed({ title: 'All of it' }), shows: head('title'), before: 'Loom', after: 'All of it' },
  {
    option: 'feed.title',
    base: {},
    without: { feeds: { by: { per: 'tag' } } },
    with: { feeds: { by: { per: 'tag', title: '{name}!' } } },
    shows: made =>
      made.paths
        .filter(path => path.endsWith('feed.json'))
        .map(path => json(made, path)['title'])
        .sort(),
    before: ['Loom · 社区', 'Loom · 织机'],
    after: ['社区!', '织机!'],
  },
  {
    option: 'feed.description',
    with: feed({ description: 'What it is' }),
    shows: head('description'),
    before: undefined,
    after: 'What it is',
  },
  {
    option: 'feed.maxBytes',
    base: { fullText: true },
    with: feed({ maxBytes: 5000 }),
    shows: texts,
    before: { [shuttle]: true, [warp]: true },
    after: { [shuttle]: false, [warp]: false },
  },
  {
    option: 'feed.archive',
    base: {},
    without: feed({ limit: 1 }),
    with: feed({ limit: 1, archive: 2 }),
    shows: written(`${out}/archive/1/rss.xml`, `${out}/archive/2/rss.xml`),
    before: [true, false],
    after: [true, true],
  },
  {
    option: 'feed.archive',
    base: {},
    without: feed({ limit: 1 }),
    with: feed({ limit: 1, archive: false }),
    shows: written(`${out}/archive/1/rss.xml`),
    before: [true],
    after: [false],
  },
]

function all(): readonly string[] {
  return [second, first, old, shuttle, warp]
}

/** Names of the folders of feeds that are per something. */
function groups(made: Made): string[] {
  return made.paths.filter(path => path.startsWith(`${out}/by/`) && path.endsWith('/rss.xml')).map(path => path.split('/')[3] ?? '')
}

const fetchRows: readonly OptionRow[] = [
  {
    // A pause that is longer than the run may be: the second page is not waited for.
    option: 'fetch.pause',
    base: ({ origin }) => ({ sources: [articles([`${origin}/page-1`, `${origin}/page-2`])], budget: { minutes: 1 } }),
    without: { fetch: { allowPrivate: true, pause: { '*': 0 } } },
    with: { fetch: { allowPrivate: true, pause: { '127.0.0.1': 600_000 } } },
    shows: made => [asked(made), made.codes],
    before: [['/page-1', '/page-2'], []],
    after: [['/page-1'], ['FETCH_BUDGET']],
  },
  {
    option: 'fetch.perHost',
    base: pages('/slow-1', '/slow-2'),
    with: { fetch: { perHost: 2 } },
    shows: made => made.atOnce,
    before: 1,
    after: 2,
  },
  {
    option: 'fetch.total',
    base: { sources: [articles([blog('/slow-1'), 'https://other.example/slow-2'])] },
    with: { fetch: { total: 1 } },
    shows: made => made.atOnce,
    before: 2,
    after: 1,
  },
  {
    option: 'fetch.timeout',
    base: pages('/page-1'),
    with: { fetch: { timeout: 20 } },
    shows: made => [titles()(made), made.codes],
    before: [['First page'], []],
    after: [['blog.example/page-1'], ['FETCH_TIMEOUT']],
  },
  {
    option: 'fetch.maxBytes',
    base: pages('/large'),
    with: { fetch: { maxBytes: 50_000 } },
    shows: made => [titles()(made), made.codes],
    before: [['Large page'], []],
    after: [['blog.example/large'], ['FETCH_TOO_LARGE']],
  },
  {
    option: 'fetch.userAgent',
    with: { fetch: { userAgent: 'loom/1.0' } },
    shows: made => made.requests[0]?.headers['user-agent'],
    before: expect_(/^weekloom\/\d/),
    after: 'loom/1.0',
  },
  {
    option: 'fetch.maxAge',
    base: pages('/page-1'),
    earlier: { now: '2024-04-01T00:00:00.000Z' },
    with: { fetch: { maxAge: 30 } },
    shows: asked,
    before: [],
    after: ['/page-1'],
  },
  {
    option: 'fetch.robots=obey',
    base: pages('/hidden'),
    with: { fetch: { robots: { 'blog.example': 'obey' } } },
    shows: made => [titles()(made), made.codes],
    before: [['Hidden page'], []],
    after: [['blog.example/hidden'], ['FETCH_ROBOTS']],
  },
  {
    option: 'fetch.robots=ignore',
    base: { sources: [opml(blog('/hidden/list.opml'))] },
    with: { fetch: { robots: { 'blog.example': 'ignore' } } },
    shows: made => [titles()(made), made.codes],
    before: [[], ['FETCH_ROBOTS']],
    after: [['shed'], []],
  },
  {
    option: 'fetch.allowPrivate',
    base: ({ origin }) => ({ sources: [articles(`${origin}/page-1`)] }),
    with: { fetch: { allowPrivate: true } },
    shows: made => [made.requests.length, made.codes],
    before: [0, ['FETCH_REFUSED']],
    after: [1, []],
  },
]

function expect_(pattern: RegExp): unknown {
  return { asymmetricMatch: (value: unknown) => typeof value === 'string' && pattern.test(value), toString: () => String(pattern) }
}

const sourceNames = (made: Made) => made.result?.report.sources.map(({ name }) => name)

const withMore = ({ put }: World): Given => {
  put('more/pic.gif', 'GIF89a and so on')
  put('more/more.md', '---\ntitle: More\ndate: 2024-05-31\n---\n\n[about](/about) ![](pic.gif)\n')
  return { sources: [weekly('more/*.md')] }
}

const weeklyRows: readonly OptionRow[] = [
  { option: 'weekly().name', with: reading({ name: 'news' }), shows: sourceNames, before: ['weekly'], after: ['news'] },
  {
    option: 'weekly().url',
    with: reading({ url: '/:year/:slug/' }),
    shows: of(first, 'id'),
    before: 'https://loom.example/weekly-1',
    after: 'https://loom.example/2024/weekly-1/',
  },
  {
    option: 'weekly().url',
    with: reading({ url: post => `/n/${post.issue}` }),
    shows: of(first, 'url'),
    before: 'https://loom.example/weekly-1',
    after: 'https://loom.example/n/1',
  },
  {
    option: 'weekly().url',
    with: reading({ url: [':ownurl', '/n/:year/:issue/'] }),
    shows: of(first, 'url'),
    before: 'https://loom.example/weekly-1',
    after: 'https://loom.example/n/2024/1/',
  },
  {
    option: 'weekly().timeZone',
    with: reading({ timeZone: 'America/New_York' }),
    shows: of(first, 'date_published'),
    before: '2024-05-02T17:00:00Z',
    after: '2024-05-03T05:00:00Z',
  },
  {
    option: 'weekly().site',
    with: reading({ site: 'site/*.md' }),
    shows: made => [item(old, made)?.date_published?.slice(0, 10), item(old, made)?.content_html?.includes('本站自己的文章')],
    before: ['2024-05-02', false],
    after: ['2020-02-02', true],
  },
  {
    option: 'weekly().base',
    base: withMore,
    with: { sources: [weekly('more/*.md', { base: '/repo/' })] },
    shows: made => /href="([^"]*)"/.exec(item('More', made)?.content_html ?? '')?.[1],
    before: 'https://loom.example/about',
    after: 'https://loom.example/repo/about',
  },
  {
    option: 'weekly().pictures=copy',
    base: withMore,
    with: { sources: [weekly('more/*.md', { pictures: 'copy' })] },
    shows: made => /src="([^"]*?)\w{0,32}\.gif"/.exec(item('More', made)?.content_html ?? '')?.[1],
    before: 'https://loom.example/',
    after: expect_(/\/images\/$/),
  },
  {
    option: 'weekly().links',
    with: reading({ links: link => link.url === blog('/page-1') }),
    shows: titles(`${out}/articles/feed.json`),
    before: [old, shuttle, warp],
    after: ['First page'],
  },
  ...(['questions', 'releases', 'events'] as const).map(
    (part, at): OptionRow => ({
      option: `weekly().entries=${part}`,
      with: reading({ entries: [part] }),
      shows: made => made.result?.report.sources.map(({ entries }) => entries),
      before: [5],
      after: [[6, 6, 6][at]],
    }),
  ),
]

/** Each source that takes filters, with three entries at least, and what the filters do to them. */
const filtered: Readonly<Record<string, { source: (filters: EntryFilters) => Source; titles: readonly string[]; newest: string }>> = {
  'articles()': {
    source: filters => articles(albumUrl, filters),
    titles: ['合集 1700000000', '合集 1690000000', '合集 1600000000'],
    newest: '合集 1700000000',
  },
  'feeds()': { source: filters => feeds(blog('/feed.xml'), filters), titles: ['weft', 'heddle', 'warp'], newest: 'weft' },
  'opml()': {
    source: filters => opml('lists/friends.opml', { folders: ['近邻'], ...filters }),
    titles: ['weft', 'heddle', 'warp'],
    newest: 'weft',
  },
}
const filterRows: readonly OptionRow[] = Object.entries(filtered).flatMap(([name, { source, titles: three, newest }]) => {
  const [one = '', , last = ''] = three
  const row = (
    filter: keyof EntryFilters,
    filters: EntryFilters,
    shows: OptionRow['shows'],
    before: unknown,
    after: unknown,
  ): OptionRow => ({
    option: `${name}.${filter}`,
    without: { sources: [source({})] },
    with: { sources: [source(filters)] },
    shows,
    before,
    after,
  })
  const sorted = (made: Made) => titles()(made).sort()
  const before = [...three].sort()
  return [
    row('include', { include: { title: last } }, sorted, before, [last]),
    row(
      'exclude',
      { exclude: { title: last } },
      sorted,
      before,
      before.filter(title => title !== last),
    ),
    row(
      'map',
      { map: entry => (entry.title === last ? undefined : { ...entry, title: `!${entry.title}` }) },
      sorted,
      before,
      before.filter(title => title !== last).map(title => `!${title}`),
    ),
    row('limit', { limit: 1 }, titles(), expectSame(three), [newest]),
    row('tags', { tags: ['extra'] }, made => item(one, made)?.tags?.includes('extra') ?? false, false, true),
  ]
})

/** The same titles in any order. */
function expectSame(titles: readonly string[]): unknown {
  const sorted = (list: readonly unknown[]) => JSON.stringify([...list].sort())
  return { asymmetricMatch: (value: unknown) => Array.isArray(value) && sorted(value) === sorted(titles), toString: () => titles.join() }
}

const parser = new RssParser({ customFields: { item: [['rating', 'summary']] } })
const sourceRows: readonly OptionRow[] = [
  {
    option: 'articles().name',
    without: { sources: [articles(wechat('warp'))] },
    with: { sources: [articles(wechat('warp'), { name: 'picks' })] },
    shows: sourceNames,
    before: ['articles'],
    after: ['picks'],
  },
  {
    option: 'articles().pages',
    without: { sources: [articles(albumUrl)] },
    with: { sources: [articles(albumUrl, { pages: 1 })] },
    shows: made => titles()(made).length,
    before: 3,
    after: 2,
  },
  {
    option: 'feeds().name',
    without: { sources: [feeds(blog('/feed.xml'))] },
    with: { sources: [feeds(blog('/feed.xml'), { name: 'friends' })] },
    shows: sourceNames,
    before: ['feeds'],
    after: ['friends'],
  },
  {
    option: 'feeds().pages',
    without: { sources: [feeds(blog('/feed.xml'))] },
    with: { sources: [feeds(blog('/feed.xml'), { pages: 1 })] },
    shows: made => titles()(made).sort(),
    before: ['heddle', 'warp', 'weft'],
    after: ['warp', 'weft'],
  },
  {
    option: 'feeds().parser',
    without: { sources: [feeds(blog('/feed.xml'))] },
    with: { sources: [feeds(blog('/feed.xml'), { parser })] },
    shows: has('feed.json', 'weft is fine'),
    before: false,
    after: true,
  },
  {
    option: 'feeds().timeZone',
    without: { sources: [feeds(blog('/zoneless.xml'))] },
    with: { sources: [feeds(blog('/zoneless.xml'), { timeZone: 'Asia/Shanghai' })] },
    shows: made => item('reed', made)?.date_published,
    before: '2024-05-05T08:00:00Z',
    after: '2024-05-05T00:00:00Z',
  },
  {
    option: 'opml().name',
    without: { sources: [opml('lists/*.opml')] },
    with: { sources: [opml('lists/*.opml', { name: 'roll' })] },
    shows: sourceNames,
    before: ['opml'],
    after: ['roll'],
  },
  {
    option: 'opml().folders',
    without: { sources: [opml('lists/*.opml')] },
    with: { sources: [opml('lists/*.opml', { folders: ['远亲'] })] },
    shows: made => titles()(made).sort(),
    before: ['heddle', 'reed', 'warp', 'weft'],
    after: ['reed'],
  },
  {
    option: 'opml().pages',
    without: { sources: [opml('lists/*.opml')] },
    with: { sources: [opml('lists/*.opml', { pages: 1 })] },
    shows: made => titles()(made).includes('heddle'),
    before: true,
    after: false,
  },
  {
    option: 'opml().parser',
    without: { sources: [opml('lists/*.opml')] },
    with: { sources: [opml('lists/*.opml', { parser })] },
    shows: has('feed.json', 'weft is fine'),
    before: false,
    after: true,
  },
  {
    option: 'opml().timeZone',
    without: { sources: [opml(blog('/zoneless.opml'))] },
    with: { sources: [opml(blog('/zoneless.opml'), { timeZone: 'Asia/Shanghai' })] },
    shows: made => item('reed', made)?.date_published,
    before: '2024-05-05T08:00:00Z',
    after: '2024-05-05T00:00:00Z',
  },
]

export const optionRows: readonly OptionRow[] = [
  ...siteRows,
  ...outputRows,
  ...runRows,
  ...feedRows,
  ...fetchRows,
  ...weeklyRows,
  ...filterRows,
  ...sourceRows,
]
