import { compareNatural } from '../text/natural-order.js'
import type { Entry, Origin } from '../types.js'

/**
 * Orders origins as the ids need it: the earliest issue first, then by its id (its path), then by line.
 * Undated origins come last, so that a dated one decides.
 */
export function compareOrigins(a: Origin, b: Origin): number {
  return (
    compareText(a.published ?? '~', b.published ?? '~') ||
    compareText(a.id ?? a.url ?? '', b.id ?? b.url ?? '') ||
    (a.line ?? 0) - (b.line ?? 0) ||
    compareText(a.source, b.source) ||
    compareText(a.feed ?? '', b.feed ?? '')
  )
}

/** Orders entries by where they were first seen, and those alike by all that they state; the same whatever order the sources and files came in. */
export function compareFirstSeen(a: Entry, b: Entry): number {
  return (
    compareOrigins(a.origins[0], b.origins[0]) ||
    compareText(a.url, b.url) ||
    compareText(a.id, b.id) ||
    compareText(a.title, b.title) ||
    compareText(JSON.stringify(a), JSON.stringify(b))
  )
}

/**
 * Orders entries as a feed shows them: newest first; of one second, the issue and then its links in order. Undated ones come last, those of
 * issues by the numbers in the addresses of these, the highest first: many weeklies number their issues and date none.
 */
export function compareNewest(a: Entry, b: Entry): number {
  const order = compareText(secondOf(b), secondOf(a)) || (a.published === undefined ? compareNumbers(a, b) : 0)
  return order || compareFirstSeen(a, b)
}

function compareNumbers(a: Entry, b: Entry): number {
  return compareNatural(issueOf(b), issueOf(a))
}

/** Address of the issue that an entry is, or is of. */
function issueOf({ origins: [{ kind, id, url }] }: Entry): string {
  return kind === 'post' ? (id ?? url ?? '') : ''
}

function secondOf({ published }: Entry): string {
  return published?.slice(0, 19) ?? ''
}

/** Compares by code unit: the same in every locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
