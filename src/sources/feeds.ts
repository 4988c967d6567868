import { withoutFeedScheme } from '../feed/discover-feeds.js'
import { fromRssParser, type RssParserFeed } from '../feed/from-rss-parser.js'
import { guardSnippets } from '../feed/guard-snippets.js'
import { parseFeed } from '../feed/parse-feed.js'
import { identifyLink } from '../links/identify-link.js'
import { causeOf, failed, makeProblem, type Outcome } from '../problems.js'
import { decodeBody } from '../text/decode-body.js'
import type { Page, ParsedFeed, Source, SourceTools } from '../types.js'
import { type EntryFilters, makeFilter } from './filter-items.js'
import { readAhead } from './read-ahead.js'
import { type FeedReading, readFeed } from './read-feed.js'
import { assertSourceOptions, readPlaces } from './source-schemas.js'

/** A parser of the package rss-parser, or what works like one. */
export interface FeedParser {
  parseString(text: string): Promise<RssParserFeed>
}

/** What `feeds()` can be told, with the filters. */
export interface FeedsOptions extends EntryFilters {
  /**
   * Name of the source, in reports.
   * @default 'feeds'
   * @example 'friends'
   */
  name?: string
  /**
   * Pages of each feed that are read at most, the newest first: feeds may go on in further documents (RFC 5005, `next_url` of JSON Feed).
   * @default 5
   * @example 1
   */
  pages?: number
  /**
   * Reads the feeds instead of `parseFeed`: an instance of the package rss-parser with the `customFields` that you have for it. A custom field that is called
   * as one of `ParsedEntry` (`updated`, `image`, `summary`, `html`, `language`, `rights`) becomes that field. Texts on which the package would take too long are cut to size first.
   * It only reads: feeds are fetched as without it, so its own `headers`, `timeout`, `maxRedirects` and `requestOptions` do nothing.
   * @default none
   * @example new RssParser({ customFields: { item: [['dc:modified', 'updated']] } })
   */
  parser?: FeedParser
  /**
   * Zone in which dates without a zone are read, for feeds of a program that writes its own clock's time (we-mp-rss does). Feeds come from everywhere, so `site.timeZone` says nothing of them.
   * @default 'UTC'
   * @example 'Asia/Shanghai'
   */
  timeZone?: string
}

/**
 * Other sites' feeds as a source: RSS, Atom, RDF, JSON Feed. They are fetched as everything else is (guarded, bounded, conditional) and read by `parseFeed`; a feed that
 * cannot be read is a problem and costs no other. The address of a site does as well: the feed that its page names is taken (`FEED_DISCOVERED`), the first that can be read and is
 * not one of comments. Redirects are followed, also to other hosts; permanent ones are remembered (`FEED_MOVED`). When nothing is left where a feed has moved to, its address is
 * asked again. A feed that has ended is told (`FEED_GONE`), and what was had of it stays.
 *
 * @param urls addresses of feeds, or of the sites that have them
 */
export function feeds(urls: string | readonly string[], options: FeedsOptions = {}): Source {
  assertSourceOptions('feeds', options)
  const addresses = distinctBy(readPlaces('feeds', urls).map(withoutFeedScheme), url => identifyLink(url).key || url)
  const { name = 'feeds', pages = 5, parser, timeZone = 'UTC', ...filters } = options
  const filterItems = makeFilter(filters, name, 'feeds')
  const parse: FeedReading['parse'] = page => (parser === undefined ? readPage(page, timeZone) : readPageBy(parser, page, timeZone))
  async function* readOne(url: string, tools: SourceTools) {
    let kept = 0
    // Further pages bring older items: where there are enough, they are not asked for.
    const goesOn = () => filters.limit === undefined || kept < filters.limit
    tools.signal.throwIfAborted()
    yield* filterItems(readFeed(url, { source: name, pages, parse, goesOn }, tools), tools, () => kept++)
  }
  return { name, files: [], read: tools => readAhead(addresses, readOne, tools) }
}

/** Of the things with one key the first. */
export function distinctBy<T>(things: readonly T[], keyOf: (thing: T) => string): T[] {
  const byKey = new Map<string, T>()
  for (const thing of things) {
    const key = keyOf(thing)
    if (!byKey.has(key)) byKey.set(key, thing)
  }
  return [...byKey.values()]
}

function readPage({ body, finalUrl, mediaType }: Page, timeZone: string): Outcome<ParsedFeed> {
  return parseFeed(body, { url: finalUrl, contentType: mediaType, timeZone })
}

type ParseXml = (xml: string, done: (error: Error | null, tree: unknown) => void) => void

async function readPageBy(parser: FeedParser, { body, finalUrl, mediaType }: Page, timeZone: string): Promise<Outcome<ParsedFeed>> {
  try {
    const text = typeof body === 'string' ? body : decodeBody(body, mediaType).text
    return { ok: true, value: fromRssParser(await parseGuarded(parser, text), { timeZone }) }
  } catch (error) {
    return failed(makeProblem('FEED_UNREADABLE', { url: finalUrl }, `${finalUrl} cannot be read as a feed.`, { cause: causeOf(error) }))
  }
}

/** Parsers that are at work, and what builds their trees when they are not. */
const atWork = new WeakMap<FeedParser, { builder: unknown; calls: number }>()

/**
 * What the user's parser reads. The tree that it builds is guarded before the package strips tags from it: for the time of its work it is lent a guarded builder. It is called
 * itself, since it may have private fields and count its calls.
 */
async function parseGuarded(parser: FeedParser, text: string): Promise<RssParserFeed> {
  const work = atWork.get(parser) ?? { builder: Reflect.get(parser, 'xmlParser'), calls: 0 }
  const { builder } = work
  if (!hasParseXml(builder)) return parser.parseString(text)
  if (work.calls++ === 0) {
    atWork.set(parser, work)
    Reflect.set(parser, 'xmlParser', guarded(builder))
  }
  try {
    return await parser.parseString(text)
  } finally {
    if (--work.calls === 0) {
      atWork.delete(parser)
      Reflect.set(parser, 'xmlParser', builder)
    }
  }
}

interface TreeBuilder {
  parseString: ParseXml
}

function guarded(builder: TreeBuilder): object {
  const parseString: ParseXml = (xml, done) =>
    builder.parseString(xml, (error, tree) => {
      guardSnippets(tree)
      done(error, tree)
    })
  return Object.create(builder, { parseString: { value: parseString } })
}

function hasParseXml(value: unknown): value is TreeBuilder {
  return typeof value === 'object' && value !== null && typeof Reflect.get(value, 'parseString') === 'function'
}
