import { readPublished, writePublished } from '../store/last-output.js'
import type { Entry, Feed } from '../types.js'
import type { RunContext } from './run-context.js'

/** Ids of a feed that its subscribers have seen and that are gone. */
export interface ChurnReport {
  /** Ids published last time. */
  published: number
  /** Those of them that no entry of this run has. */
  gone: readonly string[]
}

/** So few may go, whatever their share: somebody took a post back. */
const fewest = 3
/** Share of the published ids beyond which something is wrong: a moved folder, another site address. */
const highestShare = 0.2

/**
 * Compares the ids of each feed with those last published. An id that only falls behind the limit of a feed is not gone: an
 * entry still has it. Feeds without any such id are left out.
 */
export async function findChurn(entries: readonly Entry[], { settings, report }: RunContext): Promise<Record<string, ChurnReport>> {
  const ids = new Set(entries.map(entry => entry.id))
  const churn: Record<string, ChurnReport> = {}
  for (const { name } of settings.feeds) {
    const published = (await readPublished(settings.store, name, report)) ?? []
    const gone = published.filter(id => !ids.has(id))
    if (gone.length > 0) churn[name] = { published: published.length, gone }
  }
  return churn
}

/** Whether so many ids are gone that subscribers would see much of a feed anew. */
export function isTooMuch({ published, gone }: ChurnReport): boolean {
  return gone.length > fewest && gone.length > published * highestShare
}

/** Keeps what was published, for the next run to compare with. Call it when the files are written. */
export async function keepPublished(feeds: Readonly<Record<string, Feed>>, store: RunContext['settings']['store']): Promise<void> {
  for (const [name, { entries }] of Object.entries(feeds))
    await writePublished(
      store,
      name,
      entries.map(entry => entry.id),
    )
}
