import type { Article, Entry, Extractor, Instant, LinkRef, Output, Post, Source, Store } from '../types.js'
import type { FetchOptions } from './request-options.js'
import type { SiteOptions } from './site-options.js'

/** What an entry shows: its text where that is allowed, a short summary, or its title and origins alone. */
export type ContentLevel = 'full' | 'summary' | 'title'

/** One feed, written as RSS, Atom and JSON Feed. */
export interface FeedOptions {
  /**
   * Which entries it holds: `issues` are the weeklies themselves, `articles` what they recommend (each once), `all` both.
   * `questions`, `releases` and `events` are parts of issues; no other feed has them.
   * @default 'all'
   * @example 'issues'
   */
  of?: 'all' | 'issues' | 'articles' | 'questions' | 'releases' | 'events'
  /**
   * Makes a feed for each account, tag, or section of an issue in place of one: in folders of their names below that of this feed, e.g.
   * `by-account/蚂蚁技术/rss.xml`. Limits hold for each. Such a feed is never the one at the top of the output folder. A folder's name depends on the
   * name alone; names that differ only in case, width, or between space, `-` and `_` are one. An account that changes its name
   * begins another feed; a build that would end many of these feeds is held (`failOn: 'churn'`).
   * @default none: one feed
   * @example 'account'
   */
  per?: 'account' | 'tag' | 'section'
  /**
   * At most so many of the newest entries, counted for each kind; `false` for no limit.
   * @default 20 issues, 50 articles, 50 of any other kind
   * @example 100
   */
  limit?: number | false
  /**
   * Leaves out entries older than so many days before the newest entry.
   * @default none
   * @example 365
   */
  maxAge?: number
  /**
   * How much of an article is shown. Issues are always whole.
   * @default 'full' for accounts that `fullText` names, else 'summary'
   * @example 'title'
   */
  content?: ContentLevel
  /**
   * Title of the feed. Of feeds that are `per` something, `{name}` stands for the name of each.
   * @default the site's title, with the feed's name for all but the first feed, or with the name of the account, tag or section; on Chinese sites
   * `issues` and `articles` are called 周刊 and 文章 (週刊 where the language says traditional characters)
   * @example 'Example Weekly: all articles'
   */
  title?: string
  /**
   * What the feed is about, in a sentence.
   * @default that of the site
   * @example 'Every article that our weekly recommended'
   */
  description?: string
  /**
   * At most so many bytes a file: full text gives way to summaries, oldest first; `false` for no limit.
   * @default 500_000
   * @example false
   */
  maxBytes?: number | false
  /**
   * What the limits keep out of the feed goes into archived documents (RFC 5005) of so many entries, which readers that know of them follow to
   * the very first entry: `archive/1/rss.xml` below the feed's folder is the oldest. A document, once written, gets no others:
   * which they are is kept in the store, and what no source gives any more goes from it. `false` for no archive.
   * @default 50
   * @example false
   */
  archive?: number | false
}

/** The feeds of a run that names none. */
export const defaultFeeds: Readonly<Record<string, FeedOptions>> = { feed: {}, issues: { of: 'issues' }, articles: { of: 'articles' } }

/**
 * When a run has failed although it came to its end. `invalid`: a feed that it wrote breaks its specification; `churn`: many ids that were published are gone, or all of them, or many feeds of a `per` are, then
 * nothing is written; `new-failures`: a page failed that did not fail for that cause before; a feed has fewer entries than it should.
 */
export type FailPolicy = 'invalid' | 'churn' | 'new-failures' | { entriesBelow: number }

/** What happens in a run, as it happens. */
export interface ProgressEvent {
  step: 'read' | 'fetch' | 'write'
  /** Source, host or feed that the step is about. */
  subject: string
  /** What is done of the step. */
  done: number
  /** What there is to do, as far as known. */
  total: number
  /** The page just asked for, or the document just read. */
  item?: string
  /** Code of the problem that it ended with. */
  problem?: string
}

/**
 * Is called with each thing of its kind, a copy of its own: gives it back changed, `null` to leave it out, nothing to leave it as it is, or as it was changed in place. One that throws is
 * `HOOK_FAILED`, and the thing stays as it was.
 */
export type Hook<T> = (value: T) => T | null | undefined | void | Promise<T | null | undefined> | Promise<void>

/** Everything that a run can be told. */
export interface Options {
  /**
   * The site whose feeds are made.
   * @example { title: 'Example Weekly', url: 'https://example.org/' }
   */
  site: SiteOptions
  /**
   * Where entries come from: `weekly()`, `articles()`, `feeds()`, `opml()`, or any object with `name` and `read`.
   * @example [weekly('content/blog/*weekly*.md', { url: '/blog/:slug/' })]
   */
  sources: readonly Source[]
  /**
   * Feeds by name. The first that is not `per` something stands at the top of the output folder, each other in a folder of its name.
   * @default { feed: {}, issues: { of: 'issues' }, articles: { of: 'articles' } }
   * @example { feed: {}, latest: { of: 'articles', limit: 10, content: 'title' } }
   */
  feeds?: Readonly<Record<string, FeedOptions>>
  /**
   * Name of the list of all feeds (OPML), below the output folder: readers subscribe to all at once with it. `false` for none.
   * @default 'feeds.opml'
   * @example false
   */
  opml?: string | false
  /**
   * Name of a calendar (iCalendar) of the meetings that the issues announce, below the output folder, to subscribe to. `false` for none.
   * @default false
   * @example 'events.ics'
   */
  calendar?: string | false
  /**
   * Name of the page for people, below the output folder: the newest issue, all articles by week and by account, and how to subscribe. `false`
   * for none.
   * @default 'feeds.html'
   * @example 'index.html'
   */
  page?: string | false
  /**
   * Folder that the feeds are written into.
   * @default 'public/feeds'
   * @example 'static/feeds'
   */
  output?: string
  /**
   * Absolute address under which the output folder is published.
   * @default `site.url` and what follows `public` or `static` in the path of the output folder
   * @example 'https://example.org/feeds/'
   */
  baseUrl?: string
  /**
   * Address of a WebSub hub, or of several: feeds name it, so that readers who subscribe there learn of new entries at once. The command
   * `ping` tells it when the feeds are published.
   * @default none
   * @example 'https://pubsubhubbub.appspot.com/'
   */
  hub?: string | readonly string[]
  /**
   * Where fetched articles and the ledger of ids are kept: a folder, or a store.
   * @default '.weekloom'
   * @example 'data/weekloom'
   */
  store?: string | Store
  /**
   * Where a host is really asked, for a mirror or a recording. Such a host has no pause and may be a private address.
   * @default none
   * @example { 'mp.weixin.qq.com': 'http://127.0.0.1:8080' }
   */
  hosts?: Readonly<Record<string, string>>
  /**
   * How pages are asked for.
   * @default politely: one at a time for each host, with a pause
   * @example { timeout: 60_000 }
   */
  fetch?: FetchOptions
  /**
   * What is done about picture hosts that refuse foreign referrers, as WeChat's do: `keep` nothing; `no-referrer` an
   * attribute on the picture, which some readers drop; `copy` copies of the pictures that the feeds show, in `images/`
   * beside them, which every reader shows, and which stay for 30 days after their entry has left (PNG, JPEG, GIF, WebP, AVIF of at most 2,000,000 bytes; others keep their
   * address); or the template of a proxy's address with `{url}` in it.
   * The variable WEEKLOOM_IMAGES of the environment overrides it, since a proxy's address may hold a key.
   * @default 'no-referrer'
   * @example 'copy'
   */
  images?: 'no-referrer' | 'keep' | 'copy' | (string & {})
  /**
   * Accounts whose articles may be shown whole, by name or 微信号; `true` for all. Yours to decide: articles of others
   * are theirs. Where it is not given, a feed with `content: 'full'` shows all whole, and the others none; with a list, also such a feed shows those accounts alone.
   * @default none
   * @example ['Example Account']
   */
  fullText?: boolean | readonly string[]
  /**
   * `auto` fetches what is missing, `frozen` opens no connection, `refresh` asks for everything again.
   * @default 'auto'
   * @example 'frozen'
   */
  network?: 'auto' | 'frozen' | 'refresh'
  /**
   * Bounds of a whole run; what is left is fetched by the next one.
   * @default none
   * @example { requests: 200, minutes: 10 }
   */
  budget?: { requests?: number; minutes?: number }
  /**
   * Your own readers of pages: of those whose `matches` says true of a page's address the first reads its article, before the built-in ones (WeChat, known
   * sites, any page). It gives `{ ok: true, value: article }`, or `{ ok: false, problem }` for a page that is no article. One that stops, or gives anything
   * else, is `EXTRACTOR_FAILED`, and the next that matches reads the page. Its HTML is made clean as all HTML is. An article in the store that was read by
   * another than the one that is asked now is fetched again, once; after a change of its code give it another name, or run with `--refresh`.
   * @default none
   * @example [{ name: 'wiki', matches: url => url.hostname === 'wiki.example', extract: page => readWiki(page) }]
   */
  extractors?: readonly Extractor[]
  /**
   * Your own ways of writing a feed: each writes every feed, as it is shown, into a file (`file`, else `feed.` with the format behind it) in the feed's folder, but no
   * archives. What one writes is not checked; one that stops, or gives something else than texts, stops the build, and nothing is written.
   * @default none
   * @example [{ format: 'txt', mediaType: 'text/plain', write: feed => feed.entries.map(entry => `${entry.title}\n`) }]
   */
  outputs?: readonly Output[]
  /**
   * What makes the run fail.
   * @default ['invalid', 'churn']
   * @example ['invalid', 'churn', { entriesBelow: 10 }]
   */
  failOn?: readonly FailPolicy[]
  /**
   * Keeps issues that are dated after `now`.
   * @default false
   * @example true
   */
  future?: boolean
  /**
   * Called with each issue of a weekly before anything is made of it. Its address, which is its id, stays.
   * @default none
   * @example post => (post.title.includes('招聘') ? null : post)
   */
  onPost?: Hook<Post>
  /**
   * Called with each link of an issue, before it is known whether it becomes an entry.
   * @default none
   * @example link => ({ ...link, title: link.title?.replace(/^【.*?】/, '') ?? link.text })
   */
  onLink?: (link: LinkRef, post: Post) => ReturnType<Hook<LinkRef>>
  /**
   * Called with each article that a page gave, body included, in every run. The store keeps it as the page has it. `null` leaves out
   * all entries that it would complete. A date that it gives counts until one is published, and stays then; `onEntry` can change it later.
   * @default none
   * @example article => (article.paid ? null : article)
   */
  onArticle?: Hook<Article>
  /**
   * Called with each entry before feeds are made, with its text. Id and keys cannot be changed.
   * @default none
   * @example entry => ({ ...entry, tags: [...entry.tags, entry.kind] })
   */
  onEntry?: Hook<Entry>
  /**
   * Folder that relative paths start from.
   * @default that of the config file; the working directory without one
   * @example '/home/me/site'
   */
  cwd?: string
  /**
   * The moment of the run: decides what is in the future and what is stale; never stands in a feed.
   * @default the clock
   * @example '2024-05-31T00:00:00.000Z'
   */
  now?: Instant
  /**
   * Stops the run; what was fetched is kept.
   * @default none
   * @example AbortSignal.timeout(60_000)
   */
  signal?: AbortSignal
  /**
   * Is told what happens, as it happens.
   * @default none
   * @example event => console.error(event.subject, event.done)
   */
  onProgress?: (event: ProgressEvent) => void
}

/** A config that starts from others: what it leaves out stands in them. */
export interface ExtendingConfig extends Partial<Options> {
  /**
   * Files, relative to this one, or packages whose config this one starts from. Tables (`site`, `feeds`, `fetch` …) are merged key by key,
   * everything else is replaced; of several the later one wins.
   * @example './weekloom.base.json'
   */
  extends: string | readonly string[]
}

/** Gives the options back: for a config file with completion and checks in the editor. */
export function defineConfig(options: Options): Options
export function defineConfig(options: ExtendingConfig): ExtendingConfig
export function defineConfig(options: Options | ExtendingConfig): Options | ExtendingConfig {
  return options
}
