import type { Instant, Person, Source, Store } from '../types.js'

/** The site whose feeds are made. */
export interface SiteOptions {
  /** Name of the weekly or the site; the title of the feeds. */
  title: string
  /** Absolute address of the home page. Permalinks and ids are built on it, so it should never change. */
  url: string
  description?: string
  /**
   * BCP 47 tag of the language that the feeds are in.
   * @default 'zh-CN'
   */
  language?: string
  /**
   * IANA name of the zone in which dates without a zone are read.
   * @default 'Asia/Shanghai'
   */
  timeZone?: string
  /** Who makes the site. */
  authors?: readonly Person[]
  /** Absolute address of the site's picture. */
  image?: string
  /** Copyright line of the feeds. */
  rights?: string
}

/** What an entry shows: its text where that is allowed, a short summary, or its title and origins alone. */
export type ContentLevel = 'full' | 'summary' | 'title'

/** One feed, written as RSS, Atom and JSON Feed. */
export interface FeedOptions {
  /**
   * Which entries it holds: `issues` are the weeklies themselves, `articles` what they recommend (each once), `all` both.
   * `questions`, `releases` and `events` are parts of issues that `weekly({ entries })` gives; no other feed has them.
   * @default 'all'
   */
  of?: 'all' | 'issues' | 'articles' | 'questions' | 'releases' | 'events'
  /**
   * At most so many of the newest entries, counted for each kind; `false` for no limit.
   * @default 20 issues, 50 articles, 50 of any other kind
   */
  limit?: number | false
  /** Leaves out entries older than so many days before the newest entry. */
  maxAge?: number
  /**
   * How much of an article is shown. Issues are always whole.
   * @default 'full' for accounts that `fullText` names, else 'summary'
   */
  content?: ContentLevel
  /**
   * Title of the feed.
   * @default the site's title, with the feed's name for all but the first feed
   */
  title?: string
  description?: string
  /**
   * At most so many bytes a file: full text gives way to summaries, oldest first; `false` for no limit.
   * @default 500_000
   */
  maxBytes?: number | false
}

/** The feeds of a run that names none. */
export const defaultFeeds: Readonly<Record<string, FeedOptions>> = { feed: {}, issues: { of: 'issues' }, articles: { of: 'articles' } }

/** How pages are asked for. */
export interface FetchOptions {
  /**
   * Pause between two requests to a host, in milliseconds, by host.
   * @default { 'mp.weixin.qq.com': 3000 }
   */
  pause?: Readonly<Record<string, number>>
  /**
   * Requests at a time to one host.
   * @default 1
   */
  perHost?: number
  /**
   * Requests at a time in all.
   * @default 8
   */
  total?: number
  /**
   * Time for one page, redirects and body included, in milliseconds.
   * @default 20_000
   */
  timeout?: number
  /**
   * Decoded bytes of one page at most.
   * @default 8_388_608
   */
  maxBytes?: number
  /**
   * Name under which this program asks; give an address where its owner can be reached.
   * @default `weekloom/<version> (+<project's address>)`
   */
  userAgent?: string
  /**
   * Days after which an article that was had is read again.
   * @default never
   */
  maxAge?: number
  /** What robots.txt decides for pages that no post or list names one by one, by host. */
  robots?: Readonly<Record<string, 'obey' | 'ignore'>>
  /**
   * Lets private and loopback addresses be asked: for mirrors in a network of your own.
   * @default false
   */
  allowPrivate?: boolean
}

/**
 * When a run has failed although it came to its end. `invalid`: a feed that it wrote breaks its specification; `churn`: many ids that were published are gone, then nothing is
 * written; `new-failures`: a page failed that did not fail for that cause before; a feed has fewer entries than it should.
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

/** Everything that a run can be told. */
export interface Options {
  site: SiteOptions
  /** Where entries come from: `weekly()`, `articles()`, `feeds()`, or any object with `name` and `read`. */
  sources: readonly Source[]
  /**
   * Feeds by name. The first stands at the top of the output folder, each other in a folder of its name.
   * @default { feed: {}, issues: { of: 'issues' }, articles: { of: 'articles' } }
   */
  feeds?: Readonly<Record<string, FeedOptions>>
  /**
   * Folder that the feeds are written into.
   * @default 'public/feeds'
   */
  output?: string
  /**
   * Absolute address under which the output folder is published.
   * @default `site.url` and what follows `public` or `static` in the path of the output folder
   */
  baseUrl?: string
  /**
   * Where fetched articles and the ledger of ids are kept: a folder, or a store.
   * @default '.weekloom'
   */
  store?: string | Store
  /**
   * Where a host is really asked, for a mirror or a recording. Such a host has no pause and may be a private address.
   * @example { 'mp.weixin.qq.com': 'http://127.0.0.1:8080' }
   */
  hosts?: Readonly<Record<string, string>>
  fetch?: FetchOptions
  /**
   * What is done about picture hosts that refuse foreign referrers, as WeChat's do: `keep` nothing; `no-referrer` an
   * attribute on the picture, which some readers drop; `copy` copies of the pictures that the feeds show, in `images/`
   * beside them, which every reader shows (PNG, JPEG, GIF, WebP, AVIF of at most 2,000,000 bytes; others keep their
   * address); or the template of a proxy's address with `{url}` in it.
   * @default 'no-referrer'
   */
  images?: 'no-referrer' | 'keep' | 'copy' | (string & {})
  /**
   * Accounts whose articles may be shown whole, by name or 微信号; `true` for all. Yours to decide: articles of others
   * are theirs.
   * @default []
   */
  fullText?: boolean | readonly string[]
  /**
   * `auto` fetches what is missing, `frozen` opens no connection, `refresh` asks for everything again.
   * @default 'auto'
   */
  network?: 'auto' | 'frozen' | 'refresh'
  /** Bounds of a whole run; what is left is fetched by the next one. */
  budget?: { requests?: number; minutes?: number }
  /**
   * What makes the run fail.
   * @default ['invalid', 'churn']
   */
  failOn?: readonly FailPolicy[]
  /**
   * Keeps issues that are dated after `now`.
   * @default false
   */
  future?: boolean
  /** Folder that relative paths start from. @default the working directory */
  cwd?: string
  /** The moment of the run: decides what is in the future and what is stale; never stands in a feed. @default the clock */
  now?: Instant
  /** Stops the run; what was fetched is kept. */
  signal?: AbortSignal
  /** Is told what happens, as it happens. */
  onProgress?: (event: ProgressEvent) => void
}

/** Gives the options back: for a config file with completion and checks in the editor. */
export function defineConfig(options: Options): Options {
  return options
}
