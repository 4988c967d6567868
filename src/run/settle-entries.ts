import { completeEntry } from '../entry/article-entry.js'
import { attachTwins } from '../entry/attach-twins.js'
import { sortNewest } from '../entry/canonical-order.js'
import { distinctKeys } from '../entry/distinct-keys.js'
import { estimateDates } from '../entry/estimate-dates.js'
import { groupByKeys } from '../entry/group-by-keys.js'
import { mergeEntries } from '../entry/merge-entries.js'
import { pickDefined } from '../entry/pick-defined.js'
import { identityOf } from '../links/identify-link.js'
import type { LedgerClaim, LedgerRecord } from '../store/ledger-record.js'
import { dropAbsent } from '../text/drop-absent.js'
import type { Article, Dating, Entry, Instant, Origin, SourceItem } from '../types.js'
import { firstMoments } from './first-moments.js'
import { articleHook } from './hooks.js'
import { type JoinedEntries, joinShown, type ShownPair } from './join-shown.js'
import { type RecalledEntry, recallEntries } from './recall-entries.js'
import { refineEntry } from './refine-entry.js'
import type { RunContext } from './run-context.js'

/**
 * Turns what the sources gave into the entries of a run: completed by the articles that were had, each thing once, with
 * the id and the date that the ledger keeps, so that neither ever moves. Newest first.
 */
export async function settleEntries(
  items: readonly SourceItem[],
  articles: ReadonlyMap<string, Article>,
  run: RunContext,
): Promise<Entry[]> {
  const completed: Entry[] = []
  const twins: Entry[] = []
  const shown: ShownPair[] = []
  const hookArticle = articleHook(run.settings.hooks, run)
  for (const { entry, wants, softKeys = [], twin, refine } of items) {
    if (twin) {
      twins.push(entry)
      continue
    }
    const had = wants && articles.get(identityOf(wants.key))
    const article = had && (await hookArticle(had))
    if (had && !article) continue
    const full = await refineEntry(article ? completeEntry(entry, article) : entry, refine, run)
    if (full === undefined) continue
    // Two addresses that a page once proved to be one article stay one, also when the page is no longer kept.
    const known = wants && (await run.ledger.find(full.keys))
    const proved = known ? [known.key, ...known.aliases] : []
    const isProved = full.keys.some(key => proved.includes(identityOf(key)))
    completed.push(isProved ? { ...full, keys: distinctKeys([...full.keys, ...proved]) } : full)
    const [own = entry.url] = full.keys
    shown.push(...softKeys.map(other => ({ key: own, other })))
    if (known && !isProved) shown.push({ key: known.key, other: own })
  }
  const joined = joinShown(mergeEntries(completed), shown)
  // What came of a page is full; what a feed says of an article is an item, until the two are one.
  const pages = new Set(completed.flatMap(({ kind, state, keys }) => (kind === 'article' && state === 'full' ? keys.map(identityOf) : [])))
  const hasPage = ({ keys }: Entry) => keys.some(key => pages.has(identityOf(key)))
  const attach = (entries: readonly Entry[]) => attachTwins(entries, twins, hasPage)
  // Once more behind the second merging: an item of the site's own feed joins by the address of the post, and knows less of it.
  const merged = estimateDates(attach(mergeEntries(attach(mergeEntries(joined.entries)))))
  const recalled = await recallEntries(merged, run)
  const called = recalled.filter(({ entry }) => isRemembered(entry))
  const moments = await firstMoments(called, items, run)
  const claims = called.map((each, index) => claimOf(each, joined.softKeys, moments[index] ?? run.settings.now))
  const records = await run.ledger.claimAll(claims)
  const settled = called.map(({ entry }, index) => settleEntry(entry, records[index]))
  for (const { entry } of recalled.filter(each => !isRemembered(each.entry))) {
    // An issue's id is its permalink, unless the ledger has taken over another from a feed that was there before.
    const adopted = await run.ledger.find(entry.keys)
    settled.push(adopted ? { ...entry, id: adopted.id } : entry)
  }
  const met = await meetIssues(merged, run)
  return sortNewest(mergeSameIds(settled.map(entry => seenFirst(entry, met))))
}

/** Whether the ledger knows the id: that of all that is no part of an issue. */
function isRemembered({ kind }: Entry): boolean {
  return kind === 'article' || kind === 'item'
}

/** By address of an issue that only the ledger can date, when a run met it first. It goes by a name of its own there, so that its address is free for an id that is taken over. */
async function meetIssues(entries: readonly Entry[], { ledger, settings: { now } }: RunContext): Promise<Map<string, Instant | undefined>> {
  const issues = entries.filter(({ kind, published }) => kind === 'issue' && published === undefined)
  const nameOf = (key: string) => `${identityOf(key)} issue`
  const records = await ledger.claimAll(issues.map(({ id, keys, url }) => ({ id, keys: keys.map(nameOf), url, firstSeen: now })))
  return new Map(issues.map(({ id }, index) => [id, records[index]?.firstSeen]))
}

/**
 * What nothing dates was first seen with its issue.
 *
 * @param met by address of an undated issue, when a run met it first
 */
function seenFirst(entry: Entry, met: ReadonlyMap<string, Instant | undefined>): Entry {
  const { published, updated, origins } = entry
  if ((published ?? updated ?? origins.find(origin => origin.published !== undefined)) !== undefined) return entry
  const [firstSeen] = origins.flatMap(({ id = '' }) => met.get(id) ?? []).sort()
  return firstSeen === undefined ? entry : { ...entry, firstSeen }
}

/**
 * What the ledger knows to be one thing is one entry, though nothing of this run says so: items of feeds that were brought together by an item which its feed has let go since.
 */
function mergeSameIds(entries: readonly Entry[]): Entry[] {
  return groupByKeys(entries, ({ id }) => [id]).flatMap(group => {
    const [{ keys: shared }] = group
    return group.length === 1 ? group : mergeEntries(group.map(entry => ({ ...entry, keys: distinctKeys([...entry.keys, ...shared]) })))
  })
}

function claimOf({ entry, keys, softKeys }: RecalledEntry, soft: JoinedEntries['softKeys'], now: Instant): LedgerClaim {
  const issued = entry.origins.find(origin => origin.kind === 'post')
  const firstSeen = issued ? issued.published : now
  const shown = [...keys.filter(key => soft.has(identityOf(key))), ...softKeys]
  return {
    id: entry.id,
    keys: keys.filter(key => !shown.includes(key)),
    ...(shown.length > 0 ? { softKeys: shown } : {}),
    url: entry.url,
    ...dropAbsent({ firstSeen }),
    ...(entry.published === undefined && keepsDate(entry) ? firstSeenDate(firstSeen, issued) : pickDefined(entry, 'published', 'dated')),
  }
}

/** Whether an entry gets a date of its first run, and keeps the one that it was published with: what a source of the user's own says of dates holds each time. */
function keepsDate({ kind, origins }: Entry): boolean {
  return kind === 'article' || (kind === 'item' && origins.some(({ feed }) => feed !== undefined))
}

/**
 * Never the build's clock where an issue has a date: all that is known then is when it was first recommended. The links of
 * an issue differ by milliseconds, so that readers that sort by date have an order to keep.
 */
function firstSeenDate(firstSeen: Instant | undefined, issued: Origin | undefined): { published?: Instant; dated?: Dating } {
  if (firstSeen === undefined) return {}
  const order = 999 - ((issued?.line ?? 999) % 1000)
  const published = firstSeen.endsWith('.000Z') ? `${firstSeen.slice(0, -4)}${String(order).padStart(3, '0')}Z` : firstSeen
  return { published, dated: { from: issued ? 'issue' : 'first-seen', precision: 'day', estimated: true } }
}

function settleEntry(entry: Entry, kept: LedgerRecord | undefined): Entry {
  return kept ? { ...entry, id: kept.id, ...(keepsDate(entry) ? pickDefined(kept, 'published', 'dated') : {}) } : entry
}
