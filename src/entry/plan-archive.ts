import type { Entry } from '../types.js'

/** The documents of an archive, the oldest first: each is the ids of its entries, again the oldest first. */
export type ArchivePlan = readonly (readonly string[])[]

/**
 * Puts the entries that a feed does not show into archived documents (RFC 5005, section 4).
 *
 * A document once planned is never added to: readers that have it do not ask for it again. A new one is begun only for entries that have left
 * the feed and takes the oldest that stand in no document, those that the feed still shows included, so that it is full from the start
 * and none is missed when more of them leave.
 *
 * @param documents those of the last time
 * @param entries all that the feed could show, newest first
 * @param shown ids of those that it shows
 * @param size entries in a document
 */
export function planArchive(documents: ArchivePlan, entries: readonly Entry[], shown: ReadonlySet<string>, size: number): ArchivePlan {
  const archived = new Set(documents.flat())
  const waiting = entries
    .map(entry => entry.id)
    .filter(id => !archived.has(id))
    .reverse()
  const gone = waiting.filter(id => !shown.has(id))
  const queue = [...gone, ...waiting.filter(id => shown.has(id))]
  const planned = [...documents]
  for (let at = 0; at < gone.length; at += size) planned.push(queue.slice(at, at + size))
  return planned
}
