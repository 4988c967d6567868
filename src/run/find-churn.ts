import { forgetPublished, type PublishedRecord, readPublished, writePublished } from '../store/last-output.js'
import type { Entry, Feed } from '../types.js'
import type { RunContext } from './run-context.js'

/** Ids of a feed that its subscribers have seen and that are gone. */
export interface ChurnReport {
  /** Ids published last time. */
  published: number
  /** Those of them that no entry of this run has. */
  gone: readonly string[]
  /** For a feed that stands for one by tag, section or account each: which of these are no more. `published` counts the ids of all of them, and `gone` those of the ended, wherever else they are. */
  ended?: readonly string[]
  /** What was published last time cannot be read (`STORE_RECORD_DAMAGED`), so nobody knows what is gone. */
  damaged?: true
}

/** So few may go, whatever their share: somebody took a post back. */
const fewest = 3
/** Share of the published ids beyond which something is wrong: a moved folder, another site address. */
const highestShare = 0.2

/**
 * Compares the ids of each feed with those last published. An id that only falls behind the limit of a feed is not gone: an
 * entry still has it. Nor is an item that is older than all that its own feed has now: feeds show their newest items, so the others are where they belong, in the past.
 * Feeds without any id that is gone are left out. Where a tag is no more, its subscribers are left with nothing, though its entries are in other feeds; one among many may go, as a few
 * entries may, so all feeds by tag are judged as one.
 *
 * @param grouped names of the feeds that stand for one feed by tag, section or account each
 */
export async function findChurn(
  entries: readonly Entry[],
  { settings: { feeds, store }, report }: RunContext,
  grouped: readonly string[],
): Promise<Record<string, ChurnReport>> {
  const ids = new Set(entries.map(entry => entry.id))
  const oldest = findOldest(entries)
  const churn: Record<string, ChurnReport> = {}
  const read = (name: string) =>
    readPublished(store, name, problem => {
      report(problem)
      churn[name] = { published: 0, gone: [], damaged: true }
    })
  const lookUp = async (name: string) => {
    const { ids: published, items = {} } = (await read(name)) ?? { ids: [] }
    const past = new Set(Object.entries(items).flatMap(([feed, dates]) => findPast(dates, oldest.get(feed))))
    return { published: published.length, due: published.filter(id => !past.has(id)) }
  }
  const sizes = new Map<string, number>()
  for (const { name } of feeds) {
    const { published, due } = await lookUp(name)
    const gone = due.filter(id => !ids.has(id))
    sizes.set(name, published)
    if (gone.length > 0) churn[name] = { published, gone }
  }
  for (const feed of grouped) {
    const groups = (await read(feed))?.groups ?? []
    const lost = await Promise.all(groups.filter(name => !sizes.has(name)).map(async name => ({ name, ...(await lookUp(name)) })))
    const ended = lost.filter(({ due }) => due.length > 0)
    const published = [...groups.map(name => sizes.get(name) ?? 0), ...lost.map(each => each.published)].reduce(
      (sum, size) => sum + size,
      0,
    )
    if (ended.length > 0) churn[feed] = { published, gone: ended.flatMap(({ due }) => due), ended: ended.map(({ name }) => name) }
  }
  return churn
}

/** By feed, the date of the oldest item that it has now; empty where none has a date. */
function findOldest(entries: readonly Entry[]): Map<string, string> {
  const oldest = new Map<string, string>()
  for (const { origins, ...entry } of entries) {
    const published = statedDate(entry)
    for (const { feed } of origins) {
      if (feed === undefined) continue
      const known = oldest.get(feed) ?? ''
      oldest.set(feed, known === '' || (published !== '' && published < known) ? published : known)
    }
  }
  return oldest
}

/** The date that a feed gave to its item; empty where the item is only dated by the run that met it first. */
function statedDate({ published = '', dated }: Pick<Entry, 'published' | 'dated'>): string {
  return dated?.from === 'first-seen' ? '' : published
}

/** The items that their feed, as it has newer ones, cannot be expected to have. Of one without dates nothing can be expected, as long as it has any items. */
function findPast(dates: Readonly<Record<string, readonly string[]>>, oldest: string | undefined): string[] {
  if (oldest === undefined) return []
  return Object.entries(dates).flatMap(([id, [date = '']]) => (date === '' || oldest === '' || date < oldest ? [id] : []))
}

/** Whether so many ids are gone that subscribers would see much of a feed anew: of a feed with few entries, most of them. */
export function isTooMuch({ published, gone, ended }: ChurnReport): boolean {
  if (gone.length > fewest) return gone.length > published * highestShare
  return ended === undefined && gone.length > 1 && gone.length > published / 2
}

/** Keeps what was published, for the next run to compare with, and forgets groups that are no more. Call it when the files are written. */
export async function keepPublished(
  feeds: Readonly<Record<string, Feed>>,
  store: RunContext['settings']['store'],
  grouped: readonly string[] = [],
): Promise<void> {
  for (const [name, { entries }] of Object.entries(feeds)) {
    const items = itemsByFeed(entries)
    await writePublished(store, name, { ids: entries.map(entry => entry.id), ...(Object.keys(items).length > 0 ? { items } : {}) })
  }
  for (const feed of grouped) {
    const groups = Object.keys(feeds).filter(name => name.startsWith(`${feed}/`))
    const before = (await readPublished(store, feed, () => {}))?.groups ?? []
    for (const name of before) if (!groups.includes(name)) await forgetPublished(store, name)
    await writePublished(store, feed, { ids: [], groups })
  }
}

/** Those of the feeds that stand for one feed by tag, section or account each. */
export function namesOfGrouped(feeds: RunContext['settings']['feeds']): string[] {
  return feeds.filter(({ per }) => per !== undefined).map(({ name }) => name)
}

/** What no post and no list names, so that it goes when its feed lets it go. */
function itemsByFeed(entries: readonly Entry[]): NonNullable<PublishedRecord['items']> {
  const items: Record<string, Record<string, string[]>> = {}
  for (const { id, keys, origins, ...entry } of entries) {
    if (!origins.every(({ kind }) => kind === 'feed')) continue
    const { feed } = origins[0]
    if (feed === undefined) continue
    items[feed] ??= {}
    items[feed][id] = [statedDate(entry), ...keys.filter(key => key !== id)]
  }
  return items
}
