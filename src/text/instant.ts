import type { Instant } from '../types.js'

/** The instant of a Unix time in seconds (fractions count to the millisecond); absent outside the years 0 to 9999. */
export function instantFromUnix(seconds: number): Instant | undefined {
  const at = Math.round(seconds * 1000)
  if (!(at >= -62_167_219_200_000 && at <= 253_402_300_799_999)) return undefined
  const date = new Date(at)
  const year = date.getUTCFullYear()
  const day = `${twoDigits(Math.floor(year / 100))}${twoDigits(year % 100)}-${twoDigits(date.getUTCMonth() + 1)}-${twoDigits(date.getUTCDate())}`
  const clock = `${twoDigits(date.getUTCHours())}:${twoDigits(date.getUTCMinutes())}:${twoDigits(date.getUTCSeconds())}`
  // `toISOString` takes twice as long (`bench/parse-feeds`).
  return `${day}T${clock}.${String(date.getUTCMilliseconds()).padStart(3, '0')}Z`
}

const numbers: readonly string[] = Array.from({ length: 100 }, (_, number) => String(number).padStart(2, '0'))

/** A whole number below 100 in two digits. */
export function twoDigits(number: number): string {
  return numbers[number] ?? ''
}

/** Whether a text is an {@link Instant}: `YYYY-MM-DDTHH:mm:ss.sssZ`, of a day that exists. */
export function isInstant(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/.test(text)) return false
  const date = new Date(text)
  return !Number.isNaN(date.getTime()) && date.toISOString() === text
}
