import { assertEntries } from '../feed/entry-form.js'
import { newestDate, toInstant } from '../feed/writable-dates.js'
import { anAmount, assertForm, either, oneOf, optionsOf } from '../text/form.js'
import { instantFromUnix } from '../text/instant.js'
import type { Entry, EntryKind, Instant } from '../types.js'
import { sortNewest } from './canonical-order.js'
import { type IssuePart, isPart, issueParts, partKinds } from './part-entries.js'

/** Which entries a feed takes. */
export interface Selection {
  /** `all` are issues and articles: parts of issues are only taken by their name. @default 'all' */
  of?: 'all' | 'issues' | 'articles' | IssuePart
  /** At most so many of each kind; `false` for no limit. @default 20 issues, 50 of any other kind */
  limit?: number | false
  /** Days before the newest entry. Undated entries stay. */
  maxAge?: number
}

/** Issues of a feed, where nobody says how many. */
export const usualIssues = 20
const usualLimit = 50
const day = 86_400

const anySelection = /* @__PURE__ */ optionsOf<Selection>(() => ({
  of: oneOf('all', 'issues', 'articles', ...issueParts),
  limit: either(false, anAmount),
  maxAge: anAmount,
}))

/**
 * The entries of a feed, newest first, limited for each kind. Age counts from the newest entry, so the clock has no say. Throws a `WeekloomError` for what is no list of
 * entries, and for a selection that means nothing.
 */
export function selectEntries(entries: readonly Entry[], selection: Selection = {}): Entry[] {
  assertEntries(entries, 'The entries to select from')
  assertForm(selection, anySelection, 'The selection')
  const { of = 'all', limit, maxAge } = selection
  const sorted = sortNewest(entries).filter(entry => isOf(entry, of))
  const oldest = oldestOf(sorted, maxAge)
  const taken = new Map<EntryKind, number>()
  return sorted.filter(entry => {
    if (oldest !== '' && (toInstant(entry.published) ?? oldest) < oldest) return false
    const count = (taken.get(entry.kind) ?? 0) + 1
    taken.set(entry.kind, count)
    return limit === false || count <= (limit ?? (entry.kind === 'issue' ? usualIssues : usualLimit))
  })
}

/** The moment from which on entries are young enough; nothing when age has no say. What is no instant dates nothing. */
function oldestOf(entries: readonly Entry[], maxAge: number | undefined): Instant {
  const newest = maxAge === undefined ? undefined : entries.map(({ published }) => toInstant(published)).find(date => date !== undefined)
  return newest === undefined || maxAge === undefined ? '' : (instantFromUnix(Date.parse(newest) / 1000 - maxAge * day) ?? '')
}

function isOf(entry: Entry, of: NonNullable<Selection['of']>): boolean {
  if (of === 'questions' || of === 'releases' || of === 'events') return entry.kind === partKinds[of]
  return !isPart(entry) && (of === 'all' || (of === 'issues') === (entry.kind === 'issue'))
}

/**
 * The moment of a feed: that of its newest entry, whether new or changed; absent when none is dated. Throws a `WeekloomError` for what is no list of entries.
 */
export function newestInstant(entries: readonly Entry[]): Instant | undefined {
  assertEntries(entries, 'The entries to date')
  return newestDate(entries)
}
