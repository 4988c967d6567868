import type { Instant } from '../types.js'
import { assertInput } from './assert-input.js'
import { assertForm, aText, optionsOf } from './form.js'
import { instantFromUnix } from './instant.js'
import { readPlainDate } from './plain-date.js'
import { fromLocal, readOffset, utcMilliseconds } from './zone.js'

/** A date that a text states. */
export interface ParsedDate {
  instant: Instant
  /** The smallest unit that is stated. A `day` is its first moment. */
  precision: 'second' | 'minute' | 'day'
  /** `assumed`: the text names no zone, or none that is known. */
  zone: 'explicit' | 'assumed'
}

const anyOptions = /* @__PURE__ */ optionsOf<{ timeZone: string }>(() => ({ timeZone: aText }))

/** Longest text that is taken for a date, in UTF-16 units. */
const maxLength = 100

const months: readonly string[] = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const month =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?'
/** The name of the day is never believed. */
const weekday = '(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\\.?,? ?)?'

/** The ways to write a day, each with the groups that hold year, month and day. What follows is the time. */
const dayForms: readonly { form: RegExp; year: number; month: number; day: number }[] = [
  { form: /^(\d{4})([-/.]) ?(\d{1,2})\2 ?(\d{1,2})(?!\d)/, year: 1, month: 3, day: 4 },
  { form: /^(\d{4})年(\d{1,2})月(\d{1,2})[日号]?/, year: 1, month: 2, day: 3 },
  { form: /^(\d{4})(\d{2})(\d{2})(?!\d)/, year: 1, month: 2, day: 3 },
  // of two numbers the one that can be no month is the day
  { form: /^(1[3-9]|2\d|3[01])([-/])(\d{1,2})\2(\d{4})(?!\d)/, year: 4, month: 3, day: 1 },
  { form: /^(\d{1,2})([-/])(1[3-9]|2\d|3[01]|\1)\2(\d{4})(?!\d)/, year: 4, month: 1, day: 3 },
  { form: new RegExp(`^${weekday}(\\d{1,2})(?:st|nd|rd|th)?[ -]${month}[ ,-]{1,2}(\\d{2,4})(?!\\d)`), year: 3, month: 2, day: 1 },
  { form: new RegExp(`^${weekday}${month} (\\d{1,2})(?:st|nd|rd|th)?,? (\\d{4})(?!\\d)`), year: 3, month: 1, day: 2 },
]

/** `Mon Jan 2 15:04:05 2006`, as C and git write it, perhaps with a zone before or behind the year. */
const asctime = new RegExp(`^${weekday}${month} (\\d{1,2}) (\\d{1,2}:\\d{2}(?::\\d{2})?)(?: ([a-z]{2,5}))? (\\d{4})(?: ([+-]\\d{4}))?$`)
/** `20230818150000`, and the same with a T. */
const compactTime = /^(\d{8})t?(\d{2})(\d{2})(\d{2})?(?!\d)/
const dayOfWeek = /^(?:[ ,]*\(?(?:星期|周|礼拜)[一二三四五六日天]\)?)/
const clock =
  /^(?:t|,? ?(?:at )?)(上午|早上|凌晨|中午|下午|晚上)? ?(\d{1,2})(?:[:时点](\d{1,2}))?(?:[:分](\d{1,2})(?:[.,](\d{1,9}))?)?[时点分秒]? ?([ap]\.?m\.?)?/
const clockUnits = /[:时点]|[ap]\.?m/

/**
 * Reads a date as feeds, front matter and headings write it: RFC 3339 and its looser kin (`2023-08-18 15:00`, `2023/2/27`, `2023.02.27`, `20230818`, `08-18-2023`), RFC 822
 * with its zone names and two-digit years, `January 2, 2006`, `2023年8月18日 15点30分`, Unix seconds (10 digits) and milliseconds (13).
 * Day names are ignored, even wrong ones. A day that does not exist is no date: nothing rolls over. What states no year, or leaves open which
 * number is the month (`02/03/2023`), is no date either, nor is one before the year 10: programs write `0001-01-01` where they have none. The machine's own zone and clock play no part.
 *
 * `timeZone` (IANA name) is where dates without a zone are read; when the clock there is put back, the first of the two moments is taken,
 * when it is put forward, the offset before the change is. @default 'UTC'; an unknown zone is read as UTC
 *
 * Never throws for a text; a `WeekloomError` for anything else.
 */
export function parseDate(text: string, options: { timeZone?: string } = {}): ParsedDate | undefined {
  assertInput(typeof text === 'string', 'The date', text, 'a text')
  const plain = readPlainDate(text)
  if (plain !== undefined) return explicit(plain)
  assertForm(options, anyOptions, 'The options of the date')
  return readOtherDate(text, options.timeZone ?? 'UTC')
}

/** The same for a date in any form but the two usual ones, see {@link readPlainDate}. */
export function readOtherDate(text: string, timeZone: string): ParsedDate | undefined {
  if (text.length > maxLength || !/\p{Nd}/u.test(text)) return undefined
  const date = simplify(text)
  if (/^\d+$/.test(date)) {
    if (date.length === 10) return explicit(instantFromUnix(Number(date)))
    if (date.length === 13) return explicit(instantFromUnix(Number(date) / 1000))
  }
  const written = splitDate(date)
  return written === undefined ? undefined : makeDate(written, timeZone)
}

/** The text in lower case, with digits and signs of ASCII and single spaces where they are needed. */
function simplify(text: string): string {
  if (PLAIN.test(text)) return text.toLowerCase()
  return text
    .normalize('NFKC')
    .replace(/[\s\u200b\ufeff]+/g, ' ')
    .replace(/ ?([年月日号时点分秒]) ?/g, '$1')
    .trim()
    .toLowerCase()
}

/** ASCII with single spaces between its words. */
const PLAIN = /^[!-~]+(?: [!-~]+)*$/

function explicit(instant: Instant | undefined): ParsedDate | undefined {
  return instant === undefined ? undefined : { instant, precision: 'second', zone: 'explicit' }
}

/** A date as it stands in the text: numbers not yet checked. */
interface Written {
  year: string
  month: string
  day: string
  /** Everything behind the day. */
  rest: string
}

function splitDate(date: string): Written | undefined {
  const old = asctime.exec(date)
  if (old !== null) {
    const [, name = '', day = '', time = '', zone = '', year = '', offset = ''] = old
    return { year, month: name, day, rest: ` ${time} ${offset || zone}`.trimEnd() }
  }
  const compact = compactTime.exec(date)
  const readable =
    compact === null
      ? date
      : `${compact[1]} ${compact[2]}:${compact[3]}${compact[4] === undefined ? '' : `:${compact[4]}`}${date.slice(compact[0].length)}`
  for (const { form, ...groups } of dayForms) {
    const match = form.exec(readable)
    if (match === null) continue
    return {
      year: match[groups.year] ?? '',
      month: match[groups.month] ?? '',
      day: match[groups.day] ?? '',
      rest: readable.slice(match[0].length),
    }
  }
  return undefined
}

function makeDate(written: Written, timeZone: string): ParsedDate | undefined {
  const year = readYear(written.year)
  const monthNumber = readMonth(written.month)
  const day = Number(written.day)
  if (monthNumber < 1 || monthNumber > 12 || day < 1 || day > daysIn(year, monthNumber)) return undefined
  const rest = written.rest.replace(dayOfWeek, '')
  const time = readTime(rest)
  if (time === undefined) return undefined
  const local = utcMilliseconds(year, monthNumber, day, time.hour, time.minute, time.second) + time.millisecond
  const offset = time.zone === '' ? undefined : readOffset(time.zone)
  if (offset === undefined && /\d/.test(time.zone)) return undefined
  // A name that is not known says that some zone was meant, and RFC 5322 has it read as UTC.
  const at = offset !== undefined ? local - offset * 60_000 : time.zone === '' ? fromLocal(local, timeZone) : local
  const instant = instantFromUnix(at / 1000)
  // The first day of all is what Go and .NET write where they have no date.
  return instant === undefined || instant.startsWith('000')
    ? undefined
    : { instant, precision: time.precision, zone: offset === undefined ? 'assumed' : 'explicit' }
}

/** The number of a month that is written in digits or as an English word; 0 for any other word. */
export function readMonth(text: string): number {
  return /^\d/.test(text) ? Number(text) : months.indexOf(text.slice(0, 3).toLowerCase()) + 1
}

/** RFC 5322 section 4.3: two digits from 50 are of the last century, three digits count from 1900. */
function readYear(digits: string): number {
  const year = Number(digits)
  if (digits.length === 4) return year
  return digits.length === 2 && year < 50 ? year + 2000 : year + 1900
}

function daysIn(year: number, monthNumber: number): number {
  return new Date(utcMilliseconds(year, monthNumber + 1, 0, 0, 0, 0)).getUTCDate()
}

interface Time {
  hour: number
  minute: number
  second: number
  millisecond: number
  precision: ParsedDate['precision']
  zone: string
}

const midnight: Time = { hour: 0, minute: 0, second: 0, millisecond: 0, precision: 'day', zone: '' }

/** Reads what stands behind the day; undefined when it is neither a time nor a zone, since then the whole may be no date. */
function readTime(rest: string): Time | undefined {
  if (rest.trim() === '') return midnight
  const match = clock.exec(rest)
  const written = match?.[0] ?? ''
  // `2023-08-18+08:00` and `20230818 8` have a number there that is no time.
  if (match === null || !clockUnits.test(written)) return readZoneAlone(rest)
  const [, part = '', hours = '', minutes = '0', seconds, fraction = '', half = ''] = match
  const hour = toTwentyFour(Number(hours), half === '' ? (halves[part] ?? '') : half.charAt(0))
  const minute = Number(minutes)
  // RFC 3339 writes a leap second as :60; no clock here has one.
  const second = seconds === '60' ? 59 : Number(seconds ?? 0)
  if (hour > 23 || minute > 59 || second > 59) return undefined
  const zone = readZone(rest.slice(written.length))
  if (zone === undefined) return undefined
  const millisecond = Number(`${fraction}000`.slice(0, 3))
  return { hour, minute, second, millisecond, precision: seconds === undefined ? 'minute' : 'second', zone }
}

function readZoneAlone(rest: string): Time | undefined {
  const zone = readZone(rest)
  return zone === undefined || readOffset(zone) === undefined ? undefined : { ...midnight, zone }
}

/** What is left must be a zone, perhaps with a remark in brackets behind it; `''` for none. */
function readZone(rest: string): string | undefined {
  const match = /^ ?((?:utc|gmt|ut)? ?[+-]\d{1,2}(?::?\d{2})?|[a-z]{1,5})?(?: ?\([^()]*\))?$/.exec(rest)
  return match === null ? undefined : (match[1] ?? '')
}

const halves: Readonly<Record<string, string>> = { 上午: 'a', 早上: 'a', 凌晨: 'a', 中午: 'p', 下午: 'p', 晚上: 'p' }

function toTwentyFour(hour: number, half: string): number {
  if (half === 'p') return hour < 12 ? hour + 12 : hour
  return half === 'a' && hour === 12 ? 0 : hour
}
