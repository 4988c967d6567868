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
 * The entries as a feed shows them: newest first; of one second, the issue and then its links in order. Many weeklies number their issues and date few or none: an issue
 * without a date, and what is of it, stands above the issue of the highest number below its own that is dated, the highest number first; without one it comes last.
 */
export function sortNewest(entries: Iterable<Entry>): Entry[] {
  const placed = [...entries].map(entry => ({ entry, issue: issueOf(entry), second: secondOf(entry) }))
  const seconds = placed.some(({ second, issue }) => second === '' && issue !== '') ? secondsOfIssues(placed) : undefined
  return placed
    .map(place => ({ ...place, isDated: place.second !== '', second: place.second || seconds?.get(place.issue) || '' }))
    .sort(
      (a, b) =>
        compareText(b.second, a.second) ||
        Number(a.isDated) - Number(b.isDated) ||
        (a.isDated ? 0 : compareNatural(b.issue, a.issue)) ||
        compareFirstSeen(a.entry, b.entry),
    )
    .map(({ entry }) => entry)
}

interface Placed {
  entry: Entry
  issue: string
  second: string
}

/** By the address of an issue: its date, which its links tell too where it is in none of the feed's entries, else that of the issue before it. Numbers count among addresses that differ in nothing else. */
function secondsOfIssues(placed: readonly Placed[]): Map<string, string> {
  const series = new Map<string, Map<string, string>>()
  for (const { entry, issue, second } of placed) {
    const shape = issue.replace(/\d+/g, '0')
    const dates = series.get(shape) ?? new Map<string, string>()
    const stated = entry.kind === 'issue' ? second : (entry.origins[0].published?.slice(0, 19) ?? '')
    const known = dates.get(issue) ?? ''
    series.set(shape, dates.set(issue, known > stated ? known : stated))
  }
  const seconds = new Map<string, string>()
  for (const dates of series.values()) {
    let before = ''
    for (const [issue, second] of [...dates].sort(([a], [b]) => compareNatural(a, b))) {
      before = second || before
      seconds.set(issue, before)
    }
  }
  return seconds
}

/** Address of the issue that an entry is, or is of, where there is a number in it. */
function issueOf({ origins: [{ kind, id, url }] }: Entry): string {
  const address = kind === 'post' ? (id ?? url ?? '') : ''
  return /\d/.test(address) ? address : ''
}

function secondOf({ published }: Entry): string {
  return published?.slice(0, 19) ?? ''
}

/** Compares by code unit: the same in every locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
