import type { Instant } from '../types.js'
import { instantFromUnix, twoDigits } from './instant.js'
import { readOffset } from './zone.js'

const DAY = String.raw`0[1-9]|[12]\d|3[01]`
const CLOCK = String.raw`(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d`
const OFFSET = String.raw`[+-](?:[01]\d|2[0-3]):?[0-5]\d`
const RFC3339 = new RegExp(String.raw`^([1-9]\d{3})-(0[1-9]|1[0-2])-(${DAY})T(${CLOCK})(\.\d{3})?(Z|${OFFSET})$`)
const RFC822 = new RegExp(String.raw`^(?:[A-Z][a-z]{2}, )?(${DAY}|[1-9]) ([A-Z][a-z]{2}) ([1-9]\d{3}) (${CLOCK}) ([A-Z]{2,5}|${OFFSET})$`)
const months: ReadonlyMap<string, string> = new Map(
  'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ').map((name, index): [string, string] => [name, twoDigits(index + 1)]),
)
/** Days that are not in every month; 29 February is left to the general reader. */
const missing: ReadonlySet<string> = new Set(['02-29', '02-30', '02-31', '04-31', '06-31', '09-31', '11-31'])

/**
 * The moment of a date in one of the two forms that nearly all dates of feeds have: RFC 3339 in seconds or milliseconds, and RFC 822 with a year of four digits. Absent for
 * every other form, and where anything is unusual: that is left to the general reader, which takes many times as long.
 */
export function readPlainDate(text: string): Instant | undefined {
  return (text.charCodeAt(4) === HYPHEN ? readRfc3339 : readRfc822)(text)
}

const HYPHEN = 0x2d

// By index: taking a match apart makes engines compile three times as much.
function readRfc3339(text: string): Instant | undefined {
  const match = RFC3339.exec(text)
  return match === null ? undefined : momentOf(`${match[1]}-${match[2]}-${match[3]}`, match[4], match[5] ?? '.000', match[6])
}

function readRfc822(text: string): Instant | undefined {
  const match = RFC822.exec(text)
  const month = match === null ? undefined : months.get(match[2] ?? '')
  if (match === null || month === undefined) return undefined
  return momentOf(`${match[3]}-${month}-${match[1]?.padStart(2, '0')}`, match[4], '.000', match[5])
}

/** The zone asked for last: a feed keeps to one. */
let last: { zone: string; offset: number | undefined } = { zone: 'Z', offset: 0 }
const DAY_OF_MINUTES = 24 * 60

function momentOf(day: string, clock = '', fraction: string, zone = ''): Instant | undefined {
  if (zone !== last.zone) last = { zone, offset: readOffset(zone) }
  const { offset } = last
  if (offset === undefined || missing.has(day.slice(5))) return undefined
  if (offset === 0) return `${day}T${clock}${fraction}Z`
  const minutes = Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5)) - offset
  const rest = `${clock.slice(5)}${fraction}Z`
  // Mostly it is the same day in both zones.
  if (minutes >= 0 && minutes < DAY_OF_MINUTES) return `${day}T${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}${rest}`
  return instantFromUnix(Date.parse(`${day}T00:00${rest}`) / 1000 + minutes * 60)
}
