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
  // By index: taking a match apart makes engines compile three times as much.
  const iso = RFC3339.exec(text)
  if (iso !== null) return momentOf(iso[1], `${iso[2]}-${iso[3]}`, iso[4], iso[5] ?? '.000', iso[6])
  const mail = RFC822.exec(text)
  const month = mail === null ? undefined : months.get(mail[2] ?? '')
  if (mail === null || month === undefined) return undefined
  return momentOf(mail[3], `${month}-${mail[1]?.padStart(2, '0')}`, mail[4], '.000', mail[5])
}

function momentOf(year = '', monthAndDay: string, clock = '', fraction: string, zone = ''): Instant | undefined {
  if (missing.has(monthAndDay)) return undefined
  const utc = `${year}-${monthAndDay}T${clock}${fraction}Z`
  return zone === 'Z' || zone === 'GMT' ? utc : shifted(utc, zone)
}

/** The zone asked for last: a feed keeps to one. */
let last: { zone: string; offset: number | undefined } = { zone: 'Z', offset: 0 }

function shifted(utc: Instant, zone: string): Instant | undefined {
  if (zone !== last.zone) last = { zone, offset: readOffset(zone) }
  return last.offset === undefined ? undefined : instantFromUnix(Date.parse(utc) / 1000 - last.offset * 60)
}
