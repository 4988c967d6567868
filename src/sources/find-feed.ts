import { likeliestFeeds } from '../feed/discover-feeds.js'
import { makeProblem, type Outcome, type Problem } from '../problems.js'
import { type FeedPlace, forgetFeedPlace, readFeedPlace, writeFeedPlace } from '../store/feed-places.js'
import { decodeBody } from '../text/decode-body.js'
import { dropAbsent } from '../text/drop-absent.js'
import type { Page, ParsedFeed, SourceTools } from '../types.js'
import { copyStandsIn, cutProblem, type Extent, endingOf, isDoubtful } from './good-copy.js'

/** What looking for a feed takes. */
export interface Finding {
  parse: (page: Page) => Outcome<ParsedFeed> | Promise<Outcome<ParsedFeed>>
  tools: Pick<SourceTools, 'fetchText' | 'store' | 'report'>
  tell: (problem: Problem) => void
}

/** A feed that was had, perhaps only as the last good copy. */
export interface HadFeed {
  page: Page
  feed: ParsedFeed
}

/** What asking for a feed came to: the feed, and the problem for which there is none or only the last good copy, with the answer that was no feed. */
interface Asked {
  had?: HadFeed
  problem?: Problem
  answer?: Page
}

/** Of the feeds that a page names, so many are asked for until one can be read. */
const mostNamed = 3
/** So many hosts are gone to that no source names, one redirecting to the next. */
const mostHosts = 3

/**
 * The feed of an address, wherever it stands now; nothing, told as a problem, where there is none. Where it was moved to for good, or found on a page, is remembered and asked
 * the next time; when there is no feed any more, the address itself is asked again.
 */
export async function findFeed(address: string, finding: Finding): Promise<HadFeed | undefined> {
  const { tools, tell } = finding
  const place = await readFeedPlace(tools.store, address, tools.report)
  const there = place && (await askHosts(place.target, place.by === 'page', finding))
  if (there?.had && !isLost(there)) {
    if (there.problem) tell(there.problem)
    await rememberMove(address, there.had.page.movedTo ?? (place?.by === 'redirect' ? place.target : undefined), place, finding)
    return there.had
  }
  const own = await askHosts(address, false, finding)
  if (own.had && own.problem === undefined) {
    const target = own.had.page.movedTo
    await rememberMove(address, target ?? (there && isLost(there) ? address : undefined), place, finding)
    return own.had
  }
  const named = own.answer && !own.had ? await askNamed(address, own.answer, place?.target, finding) : undefined
  if (named?.had) return named.had
  // Neither leads to a feed: what is kept of it stays.
  tell(endOf(there?.problem ?? named?.problem ?? own.problem))
  return there?.had ?? own.had
}

/** Whether there will be no feed for long, so that it is worth looking elsewhere. */
function isLost({ problem, answer }: Asked): boolean {
  const again = problem?.data?.['again']
  return answer !== undefined || (again !== undefined && again !== 'soon' && problem?.code !== 'FETCH_LATER')
}

/** The feed that the page at an address names. */
async function askNamed(address: string, page: Page, dead: string | undefined, finding: Finding): Promise<Asked | undefined> {
  const { tools, tell } = finding
  const text = typeof page.body === 'string' ? page.body : decodeBody(page.body, page.mediaType).text
  const here = [address, page.url, page.finalUrl, dead]
  const links = likeliestFeeds(text, page.finalUrl).filter(({ url }) => !here.includes(url))
  let first: Asked | undefined
  for (const { url } of links.slice(0, mostNamed)) {
    const asked = await askHosts(url, true, finding)
    first ??= asked
    if (!asked.had) continue
    tell(makeProblem('FEED_DISCOVERED', {}, `The address is that of a page; its feed is ${url}.`, { data: { feed: url } }))
    if (asked.problem) tell(asked.problem)
    await writeFeedPlace(tools.store, { url: address, target: url, by: 'page' })
    return asked
  }
  return first
}

function endOf(problem: Problem | undefined): Problem {
  if (problem?.code === 'FETCH_GONE')
    return problem.data?.['status'] === '410'
      ? makeProblem('FEED_GONE', {}, 'The server says that this feed is gone for good.', { data: { status: '410' } })
      : { ...problem, hint: 'Correct the address in the source, or take it out; what was had of the feed stays meanwhile.' }
  return problem ?? makeProblem('FEED_UNREADABLE', {}, 'There is no feed.')
}

/** Remembers where a feed has moved to for good, and tells of it; forgets a place when the feed is at its own address again. */
async function rememberMove(
  address: string,
  target: string | undefined,
  place: FeedPlace | undefined,
  { tools, tell }: Finding,
): Promise<void> {
  if (target === address) {
    if (place) await forgetFeedPlace(tools.store, address)
  } else if (target !== undefined) {
    tell(makeProblem('FEED_MOVED', {}, `The feed has moved for good, to ${target}.`, { data: { target } }))
    await writeFeedPlace(tools.store, { url: address, target, by: 'redirect' })
  }
}

/** Asks for a feed, also where the answer is a redirect to a host that no source names: the user named the one that names it. */
async function askHosts(url: string, discovered: boolean, finding: Finding): Promise<Asked> {
  let asked = await askFeed(url, discovered, finding)
  let isPermanent = true
  for (let count = 0; count < mostHosts; count++) {
    const { code, data } = asked.problem ?? {}
    const target = code === 'FETCH_HOST_UNKNOWN' ? data?.['target'] : undefined
    if (target === undefined) break
    isPermanent &&= data?.['permanent'] === 'true'
    const { had, ...rest } = await askFeed(target, discovered, finding)
    const page = had && movedPage(had.page, isPermanent ? target : undefined)
    const { problem: _, answer: __, ...kept } = asked
    asked = { ...kept, ...rest, ...(had && page ? { had: { ...had, page } } : {}) }
  }
  return asked
}

/** A page to which redirects led: only where all were permanent has it moved. */
function movedPage({ movedTo, ...page }: Page, target: string | undefined): Page {
  return target === undefined ? page : { ...page, movedTo: movedTo ?? target }
}

/** Asks for a feed at one address. */
export async function askFeed(url: string, discovered: boolean, { parse, tools, tell }: Finding): Promise<Asked> {
  const read = new Map<Page, Promise<Outcome<ReadFeed>>>()
  const readOnce = (page: Page) => {
    const outcome = read.get(page) ?? readWhole(page, parse)
    read.set(page, outcome)
    return outcome
  }
  let answer: Page | undefined
  let problem: Problem | undefined
  // A page that says “busy” with status 200, and a feed that is cut off or empty for a moment, must not take the place of the feed that was read before.
  const isGood = async (page: Page, kept?: Page) => {
    const own = await readOnce(page)
    if (!own.ok) {
      answer = page
      problem = own.problem
    } else if (isDoubtful(own.value.extent)) {
      const copy = kept && (await readOnce(kept))
      problem = copy?.ok ? copyStandsIn(own.value.extent, copy.value.extent) : undefined
      return problem === undefined && 'for now'
    }
    return problem === undefined
  }
  const fetched = await tools.fetchText(url, { discovered, quiet: true, isGood })
  if (!fetched.ok) return { problem: fetched.problem }
  const { value: page, problems = [] } = fetched
  const outcome = await readOnce(page)
  const isCopy = page.from === 'store'
  if (!isCopy) problems.forEach(tell)
  problem ??= outcome.ok ? (isCopy ? problems[0] : undefined) : outcome.problem
  if (!outcome.ok) return { answer: answer ?? page, ...dropAbsent({ problem }) }
  if (problem === undefined && outcome.value.extent.ending !== 'whole') tell(cutProblem())
  return { had: { page, feed: outcome.value.feed }, ...dropAbsent({ problem, answer }) }
}

interface ReadFeed {
  feed: ParsedFeed
  extent: Extent
}

/** Reads a feed, without the item in which it is cut off. */
async function readWhole(page: Page, parse: Finding['parse']): Promise<Outcome<ReadFeed>> {
  const outcome = await parse(page)
  if (!outcome.ok) return outcome
  const { format, entries } = outcome.value
  const ending = format === 'json' ? 'whole' : endingOf(page)
  const whole = ending === 'half' ? entries.slice(0, -1) : entries
  return { ok: true, value: { feed: { ...outcome.value, entries: whole }, extent: { ending, count: whole.length } } }
}
