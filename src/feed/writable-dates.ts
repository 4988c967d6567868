import { parseDate } from '../text/date.js'
import type { Entry, Feed, Instant } from '../types.js'

/** Stands in Atom's required `updated` where an entry, or an empty feed, is dated by nothing at all. The clock never does. */
export const EPOCH: Instant = '1970-01-01T00:00:00.000Z'

/** Of the one form, and of a day that every month has: most dates, without the cost of reading them. */
const PLAINLY_RIGHT = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/

/** The instant in its one form, or `undefined` when the text is no date. */
export function toInstant(text: string | undefined): Instant | undefined {
  if (text === undefined || PLAINLY_RIGHT.test(text)) return text
  const time = Date.parse(text)
  if (text.length === 24 && !Number.isNaN(time) && new Date(time).toISOString() === text) return text
  return parseDate(text)?.instant
}

/** RFC 3339, with a fraction only where there is one. */
export function toRfc3339(instant: Instant): string {
  return instant.endsWith('.000Z') ? `${instant.slice(0, -5)}Z` : instant
}

const DAY = 86_400_000
/** From the day on which time begins to be counted, a Thursday. */
const DAYS: readonly string[] = ['Thu', 'Fri', 'Sat', 'Sun', 'Mon', 'Tue', 'Wed']
export const MONTHS: readonly string[] = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** RFC 822 with four digits of year and `GMT`, as RSS asks. */
export function toRfc822(instant: Instant): string {
  const day = Math.floor(Date.parse(instant) / DAY) % 7
  const month = MONTHS[Number(instant.slice(5, 7)) - 1]
  return `${DAYS[day < 0 ? day + 7 : day]}, ${instant.slice(8, 10)} ${month} ${instant.slice(0, 4)} ${instant.slice(11, 19)} GMT`
}

/** When the feed last changed: as it says, else by its newest entry. */
export function updatedOf(feed: Feed): Instant | undefined {
  return toInstant(feed.updated) ?? newestDate(feed.entries) ?? toInstant(feed.info.updated)
}

/** The date of the newest entry, whether new or changed. */
export function newestDate(entries: readonly Entry[]): Instant | undefined {
  let newest: Instant | undefined
  for (const { published, updated, firstSeen } of entries) {
    const date = toInstant(updated) ?? toInstant(published) ?? toInstant(firstSeen)
    if (date !== undefined && (newest === undefined || date > newest)) newest = date
  }
  return newest
}

/** The best date that can be had for a format that demands one: the entry's own, else that of the first issue or list that names it, else when it was first met. */
export function datedOf(
  { updated, published }: { updated: Instant | undefined; published: Instant | undefined },
  { origins, firstSeen }: Pick<Entry, 'origins' | 'firstSeen'>,
): Instant {
  let best = updated ?? published
  if (best !== undefined) return best
  for (const origin of origins) {
    const date = toInstant(origin.published)
    if (date !== undefined && (best === undefined || date < best)) best = date
  }
  return best ?? toInstant(firstSeen) ?? EPOCH
}
