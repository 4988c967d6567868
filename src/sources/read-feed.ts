import { feedEntry, sharedLinks } from '../entry/feed-entry.js'
import { failed, makeProblem, type Outcome, type Problem } from '../problems.js'
import { readFeedPlace, writeFeedPlace } from '../store/feed-places.js'
import type { Page, ParsedFeed, SourceItem, SourceTools } from '../types.js'

/** How the feeds of a source are read. */
export interface FeedReading {
  /** Name of the source. */
  source: string
  /** Pages of a feed that are read at most. */
  pages: number
  parse: (page: Page) => Outcome<ParsedFeed> | Promise<Outcome<ParsedFeed>>
}

interface HadFeed {
  page: Page
  feed: ParsedFeed
}

/**
 * The entries of one feed, page after page (`rel="next"` and `prev-archive` of RFC 5005, `next_url` of JSON Feed, on the feed's own host), each once. The address may be that of a
 * site: its first feed is taken then. Where a feed was moved to for good, or found, is remembered and asked the next time; a feed that cannot be had or read is
 * a problem. What nobody named is asked for as robots.txt allows.
 */
export async function* readFeed(address: string, reading: FeedReading, tools: SourceTools): AsyncGenerator<SourceItem> {
  const { source, pages } = reading
  const tell = (problem: Problem) => tools.report({ ...problem, where: { source, url: address, ...problem.where } })
  const first = await findFeed(address, { reading, tools, tell })
  if (first === undefined) return
  const { info } = first.feed
  const asked = new Set([address, first.page.url, first.page.finalUrl])
  const seen = new Set<string>()
  let had = first
  for (let count = 1; ; count++) {
    const shared = sharedLinks(had.feed.entries, info)
    for (const item of had.feed.entries) {
      const entry = feedEntry(item, { source, feed: info, feedUrl: address, tags: [], shared })
      if (entry === undefined || seen.has(entry.id)) continue
      seen.add(entry.id)
      yield { entry }
    }
    const { next } = had.feed.info
    if (next === undefined || count >= pages || asked.has(next) || hostOf(next) !== hostOf(first.page.finalUrl)) return
    asked.add(next)
    tools.signal.throwIfAborted()
    const following = await fetchFeed(next, true, { reading, tools, tell })
    if (!following.ok) {
      tell(following.problem)
      return
    }
    had = following.value
  }
}

interface Finding {
  reading: FeedReading
  tools: SourceTools
  tell: (problem: Problem) => void
}

/** The feed of an address, wherever it stands now; nothing, told as a problem, where there is none. */
async function findFeed(address: string, finding: Finding): Promise<HadFeed | undefined> {
  const { tools, tell } = finding
  const place = await readFeedPlace(tools.store, address, tools.report)
  if (place !== undefined) {
    const there = await fetchFeed(place.target, place.by === 'page', finding)
    if (there.ok) {
      if (place.by === 'redirect') tell(movedTo(place.target))
      await rememberMove(address, there.value.page, finding)
      return there.value
    }
  }
  const had = await fetchFeed(address, false, finding)
  if (had.ok) {
    await rememberMove(address, had.value.page, finding)
    return had.value
  }
  const link = had.problem.code === 'FEED_IS_PAGE' ? had.problem.data?.['feed'] : undefined
  if (link === undefined || link === address) {
    tell(
      isEnded(had.problem)
        ? makeProblem('FEED_GONE', {}, 'The server says that this feed is gone for good.', { data: { status: '410' } })
        : had.problem,
    )
    return undefined
  }
  const found = await fetchFeed(link, true, finding)
  if (!found.ok) {
    tell(found.problem)
    return undefined
  }
  tell(makeProblem('FEED_DISCOVERED', {}, `The address is that of a page; its feed is ${link}.`, { data: { feed: link } }))
  await writeFeedPlace(tools.store, { url: address, target: link, by: 'page' })
  return found.value
}

function isEnded({ code, data }: Problem): boolean {
  return code === 'FETCH_GONE' && data?.['status'] === '410'
}

function movedTo(target: string): Problem {
  return makeProblem('FEED_MOVED', {}, `The feed has moved for good, to ${target}.`, { data: { target } })
}

async function rememberMove(address: string, { movedTo: target }: Page, { tools, tell }: Finding): Promise<void> {
  if (target === undefined || target === address) return
  tell(movedTo(target))
  await writeFeedPlace(tools.store, { url: address, target, by: 'redirect' })
}

async function fetchFeed(url: string, discovered: boolean, { reading, tools, tell }: Finding): Promise<Outcome<HadFeed>> {
  const read = new Map<Page, Outcome<ParsedFeed>>()
  const readOnce = async (page: Page) => {
    const outcome = read.get(page) ?? (await reading.parse(page))
    read.set(page, outcome)
    return outcome
  }
  // A page that says “busy” with status 200 must not take the place of the feed that was read before.
  const had = await tools.fetchText(url, { discovered, isGood: async page => (await readOnce(page)).ok })
  if (!had.ok) return had
  const outcome = await readOnce(had.value)
  if (!outcome.ok) return failed(outcome.problem)
  for (const refused of read.values()) if (!refused.ok) tell(refused.problem)
  return { ok: true, value: { page: had.value, feed: outcome.value } }
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : ''
}
