import type { Entry, EntryKind } from '../types.js'
import { compareNewest } from './canonical-order.js'
import { type IssuePart, isPart, partKinds } from './part-entries.js'

/** Which entries a feed takes. */
export interface Selection {
  /** `all` are issues and articles: parts of issues are only taken by their name. @default 'all' */
  of?: 'all' | 'issues' | 'articles' | IssuePart
  /** At most so many of each kind; `false` for no limit. @default 20 issues, 50 of any other kind */
  limit?: number | false
  /** Days before the newest entry. Undated entries stay. */
  maxAge?: number
}

const defaultLimits: Partial<Record<EntryKind, number>> = { issue: 20 }
const usualLimit = 50
const day = 86_400_000

/** The entries of a feed, newest first, limited for each kind. Age counts from the newest entry, so the clock has no say. */
export function selectEntries(entries: readonly Entry[], { of = 'all', limit, maxAge }: Selection = {}): Entry[] {
  const sorted = entries.filter(entry => isOf(entry, of)).sort(compareNewest)
  const newest = sorted[0]?.published
  const oldest = maxAge !== undefined && newest !== undefined ? new Date(Date.parse(newest) - maxAge * day).toISOString() : ''
  const taken = new Map<EntryKind, number>()
  return sorted.filter(entry => {
    if (entry.published !== undefined && entry.published < oldest) return false
    const count = (taken.get(entry.kind) ?? 0) + 1
    taken.set(entry.kind, count)
    return limit === false || count <= (limit ?? defaultLimits[entry.kind] ?? usualLimit)
  })
}

function isOf(entry: Entry, of: NonNullable<Selection['of']>): boolean {
  if (of === 'questions' || of === 'releases' || of === 'events') return entry.kind === partKinds[of]
  return !isPart(entry) && (of === 'all' || (of === 'issues') === (entry.kind === 'issue'))
}

/** The moment of a feed: that of its newest entry, whether new or changed. */
export function newestInstant(entries: readonly Entry[]): string | undefined {
  let newest: string | undefined
  for (const { published, updated } of entries) {
    const own = updated ?? published
    if (own !== undefined && (newest === undefined || own > newest)) newest = own
  }
  return newest
}
