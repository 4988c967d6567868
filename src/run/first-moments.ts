import { metAt } from '../store/ledger-record.js'
import type { Instant, SourceItem } from '../types.js'
import type { RecalledEntry } from './recall-entries.js'
import type { RunContext } from './run-context.js'

/** An item without a date in its feed: which of the entries it became, and how many such items stand before it. */
interface Placed {
  index: number
  place: number
}

/**
 * The moment of each entry, for those that no run has met yet: that of this run, and a second less for each item without a date that stands before it, as feeds show the newest first. One that stands
 * below an item which the ledger knows is older than that: it came in from behind, or an earlier run was killed while it noted the feed.
 */
export async function firstMoments(
  entries: readonly RecalledEntry[],
  items: readonly SourceItem[],
  { ledger, settings: { now } }: Pick<RunContext, 'ledger' | 'settings'>,
): Promise<Instant[]> {
  const start = Date.parse(now)
  const moments = entries.map(() => start)
  const met = new Map<number, number>()
  const feeds = undatedItems(entries, items)
  for (const { index } of feeds.flat()) {
    const record = await ledger.find(entries[index]?.keys ?? [])
    const moment = record && metAt(record, now)
    if (moment !== undefined) met.set(index, Date.parse(moment))
  }
  for (const feed of feeds) {
    for (const [index, moment] of momentsOf(feed, met, start))
      if (entries[index]?.entry.published === undefined) moments[index] = Math.min(moments[index] ?? start, moment)
  }
  return moments.map(moment => new Date(moment).toISOString())
}

/** The moments of the items of a feed that the ledger does not know. */
function momentsOf(feed: readonly Placed[], met: ReadonlyMap<number, number>, start: number): Map<number, number> {
  // One that is older than an item below it is pinned to the top, and says nothing of what follows.
  const bounds = new Set<number>()
  let newest = Number.NEGATIVE_INFINITY
  for (const { index } of feed.toReversed()) {
    const moment = met.get(index) ?? newest
    if (moment >= newest && met.has(index)) bounds.add(index)
    newest = Math.max(newest, moment)
  }
  const moments = new Map<number, number>()
  let [latest, from] = [start, 0]
  for (const { index, place } of feed) {
    if (bounds.has(index)) [latest, from] = [Math.min(start, met.get(index) ?? start), place]
    if (!met.has(index)) moments.set(index, latest - (place - from) * 1000)
  }
  return moments
}

/** By feed, its items without dates in their order. */
function undatedItems(entries: readonly RecalledEntry[], items: readonly SourceItem[]): Placed[][] {
  const indexes = new Map(entries.flatMap(({ entry: { origins } }, index) => origins.map(({ id = '' }) => [id, index] as const)))
  const feeds = new Map<string, string[]>()
  const seen = new Set<string>()
  for (const { entry } of items) {
    const [{ id = entry.id, feed }] = entry.origins
    if (entry.published !== undefined || feed === undefined || seen.has(id)) continue
    seen.add(id)
    const ids = feeds.get(feed)
    if (ids) ids.push(id)
    else feeds.set(feed, [id])
  }
  return [...feeds.values()].map(ids =>
    ids.flatMap((id, place) => {
      const index = indexes.get(id)
      return index === undefined ? [] : [{ index, place }]
    }),
  )
}
