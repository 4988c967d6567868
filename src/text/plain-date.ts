import type { Instant } from '../types.js'
import { instantFromUnix } from './instant.js'

const SPACE = 0x20
const PLUS = 0x2b
const COMMA = 0x2c
const DASH = 0x2d
const DOT = 0x2e
const ZERO = 0x30
const COLON = 0x3a
const UPPER_T = 0x54
const UPPER_Z = 0x5a
/** Days of each month; 29 February is left to the general reader. */
const usualDays: readonly number[] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
const mailMonths = 'JanFebMarAprMayJunJulAugSepOctNovDec'

/**
 * The moment of a date in one of the two forms that nearly all dates of feeds have: RFC 3339 in seconds or milliseconds, and RFC 822 with a year of four digits. Absent for
 * every other form, and where anything is unusual: that is left to the general reader, which takes many times as long.
 */
export function readPlainDate(text: string): Instant | undefined {
  return text.charCodeAt(4) === DASH ? readRfc3339(text) : readRfc822(text)
}

function readRfc3339(text: string): Instant | undefined {
  if (text.charCodeAt(7) !== DASH || text.charCodeAt(10) !== UPPER_T) return undefined
  const hasFraction = text.charCodeAt(19) === DOT
  const offset = readZone(text, hasFraction ? 23 : 19)
  const moment = momentOf(digits(text, 0, 4), digits(text, 5, 2) - 1, digits(text, 8, 2), text, 11, offset)
  const fraction = hasFraction ? digits(text, 20, 3) : 0
  if (Number.isNaN(moment + fraction)) return undefined
  // It is written as an instant is: in UTC.
  if (offset === 0) return hasFraction ? `${text.slice(0, 23)}Z` : `${text.slice(0, 19)}.000Z`
  return instantFromUnix((moment + fraction) / 1000)
}

function readRfc822(text: string): Instant | undefined {
  const start = text.charCodeAt(3) === COMMA && text.charCodeAt(4) === SPACE && NAME_OF_DAY.test(text) ? 5 : 0
  const dayLength = text.charCodeAt(start + 1) === SPACE ? 1 : 2
  const at = start + dayLength
  if (text.charCodeAt(at) !== SPACE || text.charCodeAt(at + 4) !== SPACE || text.charCodeAt(at + 9) !== SPACE) return undefined
  if (text.charCodeAt(at + 18) !== SPACE) return undefined
  const month = mailMonths.indexOf(text.slice(at + 1, at + 4)) / 3
  const moment = momentOf(digits(text, at + 5, 4), month, digits(text, start, dayLength), text, at + 10, readMailZone(text, at + 19))
  return Number.isNaN(moment) ? undefined : instantFromUnix(moment / 1000)
}

const NAME_OF_DAY = /^[A-Z][a-z]{2}/

/** Milliseconds since 1970; NaN for a day or a time that does not exist or is unusual. `month` counts from 0, `offset` is in minutes, the clock stands at `clockAt`. */
function momentOf(year: number, month: number, day: number, text: string, clockAt: number, offset: number): number {
  const hour = digits(text, clockAt, 2)
  const minute = digits(text, clockAt + 3, 2)
  const second = digits(text, clockAt + 6, 2)
  const isUsual = year >= 1000 && day > 0 && day <= (usualDays[month] ?? 0) && hour < 24 && minute < 60 && second < 60
  if (!isUsual || text.charCodeAt(clockAt + 2) !== COLON || text.charCodeAt(clockAt + 5) !== COLON) return Number.NaN
  return Date.UTC(year, month, day, hour, minute, second) - offset * 60_000
}

/** The number that so many digits there write; NaN where they are none. */
function digits(text: string, at: number, count: number): number {
  let number = 0
  for (let place = at; place < at + count; place++) {
    const digit = text.charCodeAt(place) - ZERO
    if (!(digit >= 0 && digit <= 9)) return Number.NaN
    number = number * 10 + digit
  }
  return number
}

function readMailZone(text: string, at: number): number {
  const zone = text.slice(at)
  if (zone === 'GMT' || zone === 'UTC') return 0
  return zone.length === 5 ? readZone(text, at) : Number.NaN
}

/** Minutes east of Greenwich by what stands there and ends the text: `Z`, `+08:00` or `+0800`; NaN for all else. */
function readZone(text: string, at: number): number {
  const sign = text.charCodeAt(at)
  if (sign === UPPER_Z) return text.length === at + 1 ? 0 : Number.NaN
  const minutesAt = text.charCodeAt(at + 3) === COLON ? at + 4 : at + 3
  if ((sign !== PLUS && sign !== DASH) || text.length !== minutesAt + 2) return Number.NaN
  const hours = digits(text, at + 1, 2)
  const minutes = digits(text, minutesAt, 2)
  if (hours > 23 || minutes > 59) return Number.NaN
  return sign === DASH ? -(hours * 60 + minutes) : hours * 60 + minutes
}
