import { feedEntry, findShared } from '../entry/feed-entry.js'
import { makeProblem, type Problem } from '../problems.js'
import { addTime, day } from '../store/retry-time.js'
import type { Entry, ParsedEntry, SourceItem, SourceTools } from '../types.js'
import { askFeed, type Finding, findFeed, type HadFeed } from './find-feed.js'

/** How the feeds of a source are read. */
export interface FeedReading {
  /** Name of the source. */
  source: string
  /** Pages of a feed that are read at most. */
  pages: number
  parse: Finding['parse']
  /** Whether another page is wanted; asked after each. @default all are */
  goesOn?: () => boolean
}

/** Zones are mistaken often: so far ahead of the clock, in milliseconds, a date may be. */
const clockSlack = day

/**
 * The entries of one feed, page after page (`rel="next"` and `prev-archive` of RFC 5005, `next_url` of JSON Feed, on the feed's own host), each once, until a page brings nothing
 * new. A feed that cannot be had or read is a problem. What nobody named is asked for as robots.txt allows. Items dated more than a day after the run are left out, and told.
 */
export async function* readFeed(address: string, reading: FeedReading, tools: SourceTools): AsyncGenerator<SourceItem> {
  const { source, pages, goesOn = () => true } = reading
  const tell = (problem: Problem) => tools.report({ ...problem, where: { source, url: address, ...problem.where } })
  const finding: Finding = { parse: reading.parse, tools, tell }
  const first = await findFeed(address, finding)
  tools.countFeed?.(first !== undefined)
  if (first === undefined) return
  const asked = new Set([address, first.page.url, first.page.finalUrl].map(withoutHash))
  const seen = new Set<string>()
  const latest = tools.future ? '9999' : addTime(tools.now, clockSlack)
  const early: Entry[] = []
  let had: HadFeed = first
  for (let count = 1; ; count++) {
    const before = seen.size
    const place = { source, feed: first.feed.info, feedUrl: address, tags: [], shared: findShared(had.feed.entries, first.feed.info) }
    for (const item of newestRevisions(had.feed.entries)) {
      const entry = feedEntry(item, place)
      if (entry === undefined || seen.has(entry.id)) continue
      seen.add(entry.id)
      if (entry.published !== undefined && entry.published > latest) early.push(entry)
      else yield { entry }
    }
    const next = nextPage(had, first, asked)
    if (next === undefined || count >= pages || seen.size === before || !goesOn()) break
    asked.add(next)
    tools.signal.throwIfAborted()
    const following = await askFeed(next, true, finding)
    if (following.problem) tell(following.problem)
    if (following.had === undefined) break
    had = following.had
  }
  const [one] = early
  if (one) tell(makeProblem('ENTRY_FUTURE', {}, earlyMessage(one, early.length), { data: { entries: String(early.length) } }))
}

/** A feed may have several revisions of an entry, under one id: the one that was updated last counts, where the first stands (RFC 4287, 4.1.1). */
function newestRevisions(entries: readonly ParsedEntry[]): Iterable<ParsedEntry> {
  const newest = new Map<string | ParsedEntry, ParsedEntry>()
  for (const entry of entries) {
    const thing = entry.id === undefined ? entry : `${entry.id}\n${entry.url}`
    const known = newest.get(thing)
    if (known === undefined || (entry.updated ?? '') > (known.updated ?? '')) newest.set(thing, entry)
  }
  return newest.values()
}

function earlyMessage({ title, published }: Entry, count: number): string {
  return `“${title}” is dated ${published}${count === 1 ? '' : `, and ${count - 1} more are dated ahead`}.`
}

/** The page that goes on with a feed: not one that was read already, nor one of another host. */
function nextPage({ feed }: HadFeed, first: HadFeed, asked: ReadonlySet<string>): string | undefined {
  const { next } = feed.info
  const url = next === undefined ? undefined : withoutHash(next)
  return url === undefined || asked.has(url) || hostOf(url) !== hostOf(first.page.finalUrl) ? undefined : url
}

/** The address as it is asked for. */
function withoutHash(address: string): string {
  return URL.canParse(address) ? (new URL(address).href.split('#', 1)[0] ?? '') : address
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : ''
}
