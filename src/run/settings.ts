import { relative, resolve, sep } from 'node:path'
import { pickDefined } from '../entry/pick-defined.js'
import { fileStore } from '../store/file-store.js'
import { nameFailures } from '../store/named-failures.js'
import { dropAbsent } from '../text/drop-absent.js'
import { withSlash } from '../text/url.js'
import type { Entry, Site, Store } from '../types.js'
import { callFeed } from './feed-names.js'
import { namesOfFiles } from './file-names.js'
import { defaultFeeds, type FeedOptions, type Options } from './options.js'
import { assertOptions } from './options-schema.js'

/** What feeds can be made for each of. */
export type Grouping = NonNullable<FeedOptions['per']>

/** What is filled in of a feed's options; the others are only there where they are given. */
type FilledIn = 'of' | 'title' | 'maxBytes' | 'archive'

/** Options of a run that stay as they are given, but for their defaults. */
type AsGiven =
  | ('sources' | 'opml' | 'calendar' | 'page' | 'hosts' | 'fetch' | 'images' | 'fullText' | 'network' | 'budget')
  | ('extractors' | 'outputs' | 'failOn' | 'future' | 'cwd' | 'now' | 'signal' | 'onProgress')

/** A feed's options with every default filled in. */
export interface FeedSettings extends Omit<FeedOptions, FilledIn>, Required<Pick<FeedOptions, FilledIn>> {
  /** Name as in the options. */
  name: string
  /** Folder below the output folder; empty for the first feed. */
  folder: string
  /** What a feed that came of `per` is one of: the heading that it stands under in lists, and its entries, newest first. */
  group?: { heading: string; entries: readonly Entry[] }
}

/** The options of a run with every default filled in. */
export interface Settings extends Required<Pick<Options, AsGiven>> {
  site: Site
  feeds: readonly FeedSettings[]
  /** Absolute path. */
  output: string
  /** Absolute address of the output folder, with a closing slash. */
  baseUrl: string
  /** Addresses of WebSub hubs. */
  hubs: readonly string[]
  store: Store
  hooks: Pick<Options, 'onPost' | 'onLink' | 'onArticle' | 'onEntry'>
}

const defaultLanguage = 'zh-CN'
const defaultOutput = 'public/feeds'
const defaultMaxBytes = 500_000
const defaultArchive = 50

/** Folders that site generators publish as the root of a site. */
const publishedFolders = new Set(['public', 'static', 'dist', '_site', 'site', 'build', 'out'])

/** Checks the options and fills in the defaults. Throws a `WeekloomError` that names every mistake. */
export function settleOptions(options: Options): Settings {
  assertOptions(options)
  const { site, cwd = process.cwd(), output = defaultOutput } = options
  const home = new URL(site.url).href
  return {
    site: {
      ...site,
      url: home,
      language: site.language ?? defaultLanguage,
      timeZone: site.timeZone ?? 'Asia/Shanghai',
      authors: site.authors ?? [],
    },
    sources: options.sources,
    feeds: settleFeeds(options),
    ...namesOfFiles(options),
    output: resolve(cwd, output),
    baseUrl: withSlash(options.baseUrl ?? new URL(publishedPath(cwd, output), withSlash(home)).href),
    hubs: typeof options.hub === 'string' ? [options.hub] : (options.hub ?? []),
    store: typeof options.store === 'object' ? nameFailures(options.store) : fileStore(resolve(cwd, options.store ?? '.weekloom')),
    hosts: options.hosts ?? {},
    fetch: options.fetch ?? {},
    images: options.images ?? 'no-referrer',
    fullText: options.fullText ?? false,
    network: options.network ?? 'auto',
    budget: options.budget ?? {},
    extractors: options.extractors ?? [],
    outputs: options.outputs ?? [],
    failOn: options.failOn ?? ['invalid', 'churn'],
    future: options.future ?? false,
    hooks: pickDefined(options, 'onPost', 'onLink', 'onArticle', 'onEntry'),
    cwd,
    now: new Date(options.now ?? Date.now()).toISOString(),
    signal: options.signal ?? new AbortController().signal,
    onProgress: options.onProgress ?? (() => {}),
  }
}

function settleFeeds({ feeds = defaultFeeds, site }: Options): FeedSettings[] {
  const named = Object.entries(feeds)
  const first = named.find(([, feed]) => feed.per === undefined)?.[0]
  return named.map(([name, feed]) => settleFeed(name, feed, name === first, site))
}

function settleFeed(name: string, feed: FeedOptions, isFirst: boolean, site: Options['site']): FeedSettings {
  return {
    ...feed,
    ...dropAbsent({ description: feed.description ?? site.description }),
    name,
    folder: isFirst ? '' : `${name}/`,
    of: feed.of ?? 'all',
    title:
      feed.title ??
      (isFirst || feed.per !== undefined ? site.title : `${site.title} · ${callFeed(name, site.language ?? defaultLanguage)}`),
    maxBytes: feed.maxBytes ?? defaultMaxBytes,
    archive: feed.archive ?? defaultArchive,
  }
}

/** The part of the output path that shows in addresses: what follows the folder that the site generator publishes. */
export function publishedPath(cwd: string, output: string): string {
  const path = resolve(cwd, output)
  const below = relative(cwd, path)
  const parts = (below.startsWith('..') ? path : below).split(sep)
  const root = parts.findLastIndex(part => publishedFolders.has(part))
  return root < 0 ? '' : addressOfFolder(parts.slice(root + 1))
}

/** The parts of a path as the relative address of a folder. */
export function addressOfFolder(parts: readonly string[]): string {
  return parts.map(part => `${encodeURIComponent(part)}/`).join('')
}
