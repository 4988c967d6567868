import type { Instant } from '../types.js'

/** The instant of a Unix time in seconds (fractions count to the millisecond); absent outside the years 0 to 9999. */
export function instantFromUnix(seconds: number): Instant | undefined {
  const at = Math.round(seconds * 1000)
  if (!(at >= -62_167_219_200_000 && at <= 253_402_300_799_999)) return undefined
  const day = Math.floor(at / DAY)
  const ofDay = at - day * DAY
  const second = Math.floor(ofDay / 1000)
  const fraction = String(ofDay % 1000).padStart(3, '0')
  return `${dateOf(day)}T${twoDigits(Math.floor(second / 3600))}:${twoDigits(Math.floor(second / 60) % 60)}:${twoDigits(second % 60)}.${fraction}Z`
}

const DAY = 86_400_000
const numbers: readonly string[] = Array.from({ length: 100 }, (_, number) => String(number).padStart(2, '0'))

/** A whole number below 100 in two digits. */
export function twoDigits(number: number): string {
  return numbers[number] ?? ''
}

/**
 * The date of a day, counted from 1970, by the calendar's rule of 400 years, those counted from 1 March of the year 0: the day that may be missing comes last there. (`toISOString`
 * takes four times as long: `bench/parse-feeds`.)
 */
function dateOf(day: number): string {
  const sinceMarch = day + 719_468
  const era = Math.floor(sinceMarch / 146_097)
  const ofEra = sinceMarch - era * 146_097
  const yearOfEra = Math.floor((ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365)
  const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const fromMarch = Math.floor((5 * ofYear + 2) / 153)
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return `${twoDigits(Math.floor(year / 100))}${twoDigits(year % 100)}-${twoDigits(month)}-${twoDigits(ofYear - Math.floor((153 * fromMarch + 2) / 5) + 1)}`
}

/** Whether a text is an {@link Instant}: `YYYY-MM-DDTHH:mm:ss.sssZ`, of a day that exists. */
export function isInstant(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/.test(text)) return false
  const date = new Date(text)
  return !Number.isNaN(date.getTime()) && date.toISOString() === text
}

/** An instant as RFC 822 and RSS write it: `Fri, 18 Aug 2023 07:00:00 GMT`. */
export function formatRfc822(instant: Instant): string {
  return new Date(instant).toUTCString()
}
