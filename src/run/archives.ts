import { pickDefined } from '../entry/pick-defined.js'
import { type ArchivePlan, planArchive } from '../entry/plan-archive.js'
import { newestInstant, selectEntries } from '../entry/select-entries.js'
import { readArchive, writeArchive } from '../store/archive-record.js'
import { dropAbsent } from '../text/drop-absent.js'
import type { Entry, Feed, Store } from '../types.js'
import { withTexts } from './make-feeds.js'
import { fitPresented, presentArchived } from './presented-feed.js'
import type { RunContext } from './run-context.js'
import type { FeedSettings } from './settings.js'

/**
 * Which entries have left which feed: by the limits on entries and age, and by the limit on bytes. Feeds that have no archive are left out.
 * What was planned once stays, also where a feed shows more than before.
 */
export async function planArchives(
  entries: readonly Entry[],
  feeds: Readonly<Record<string, Feed>>,
  { settings, report }: RunContext,
): Promise<Record<string, ArchivePlan>> {
  const plans: Record<string, ArchivePlan> = {}
  for (const feedSettings of settings.feeds) {
    const { name, of, archive, group } = feedSettings
    const feed = feeds[name]
    if (feed === undefined || archive === false) continue
    const before = await readArchive(settings.store, name, report)
    const shown = new Set(fitPresented(feed, feedSettings, settings).entries.map(entry => entry.id))
    const plan = planArchive(before, selectEntries(group?.entries ?? entries, { of, limit: false }), shown, archive)
    if (plan.length > 0) plans[name] = plan
  }
  return plans
}

/** A document that is presented when it is first asked for, and then kept. */
export interface LazyFeed extends Pick<Feed, 'updated'> {
  present(): Feed
}

/** The archived documents of a feed as their readers see them, oldest first, with all their entries that are still known. */
export async function* archivedFeeds(
  plan: ArchivePlan,
  { info, ...feed }: Feed,
  entries: ReadonlyMap<string, Entry>,
  feedSettings: FeedSettings,
  run: RunContext,
): AsyncGenerator<LazyFeed> {
  // Nothing of an archive changes, so there is nothing that a hub could tell.
  const { hubs, ...own } = info
  for (const ids of plan) {
    const kept = ids.toReversed().flatMap(id => entries.get(id) ?? [])
    const texts = await withTexts(kept, feedSettings, run)
    const archived = { ...feed, info: own, ...dropAbsent({ updated: newestInstant(kept) }), entries: texts }
    let made: Feed | undefined
    yield { ...pickDefined(archived, 'updated'), present: () => (made ??= presentArchived(archived, feedSettings, run.settings)) }
  }
}

/** Keeps which documents were published. Call it when the files are written. */
export async function keepArchives(archives: Readonly<Record<string, ArchivePlan>>, store: Store): Promise<void> {
  for (const [name, plan] of Object.entries(archives)) await writeArchive(store, name, plan)
}
