import type { Entry, Instant } from '../types.js'

/** Where an article stands among those of its account: WeChat's `mid` grows with time within one account. */
interface Place {
  biz: string
  mid: number
}

interface DatedPlace {
  mid: number
  time: number
}

const longKey = /^wechat:([^/]+)\/(\d+)\/\d+/

/** Before the next article at most, where no earlier one is dated: seconds. */
const longestLead = 3600

/**
 * Estimates dates of articles that have none: between the dated articles of the same account next to them by `mid`. Entries without such
 * neighbours come back as they are, and so do those whose estimate would be after the first issue that links them: its date is all that is
 * known then. No two entries are given the same moment for want of a better one, since readers sort by it.
 */
export function estimateDates(entries: readonly Entry[]): Entry[] {
  const known = new Map<string, DatedPlace[]>()
  for (const entry of entries) {
    const place = placeOf(entry)
    if (!place || entry.published === undefined || entry.dated?.estimated) continue
    const list = known.get(place.biz) ?? []
    list.push({ mid: place.mid, time: Date.parse(entry.published) })
    known.set(place.biz, list)
  }
  for (const list of known.values()) list.sort((a, b) => a.mid - b.mid || a.time - b.time)
  return entries.map(entry => {
    const place = entry.published === undefined ? placeOf(entry) : undefined
    const published = place && estimate(place.mid, known.get(place.biz) ?? [], firstIssue(entry))
    return published === undefined ? entry : { ...entry, published, dated: { from: 'neighbours', precision: 'day', estimated: true } }
  })
}

function estimate(mid: number, dated: readonly DatedPlace[], cap: Instant | undefined): Instant | undefined {
  const after = firstAtLeast(dated, mid)
  const [low, high] = [dated[after - 1], dated[after]]
  // What only stands after dated articles may be as young as the issue that links it: the issue's date is no worse.
  if (!high) return undefined
  const share = low && high.mid > low.mid ? (mid - low.mid) / (high.mid - low.mid) : 1
  const time = low ? low.time + share * (high.time - low.time) : high.time - Math.min(high.mid - mid, longestLead) * 1000
  const published = new Date(Math.round(time / 1000) * 1000).toISOString()
  return cap !== undefined && cap <= published ? undefined : published
}

/** Index of the first place whose mid is at least this one (binary search). */
function firstAtLeast(dated: readonly DatedPlace[], mid: number): number {
  let low = 0
  let high = dated.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((dated[middle]?.mid ?? 0) < mid) low = middle + 1
    else high = middle
  }
  return low
}

function placeOf({ keys }: Entry): Place | undefined {
  for (const key of keys) {
    const [, biz, mid] = longKey.exec(key) ?? []
    if (biz !== undefined) return { biz, mid: Number(mid) }
  }
  return undefined
}

function firstIssue({ origins }: Entry): Instant | undefined {
  return origins.find(origin => origin.published !== undefined)?.published
}
