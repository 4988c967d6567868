import { WeekloomError } from '../problems.js'
import { isTimeZone, localDay } from '../text/zone.js'
import type { Instant } from '../types.js'

/** Refuses a time zone that is none with a `WeekloomError`. */
export function assertTimeZone(timeZone: string): void {
  if (!isTimeZone(timeZone)) throw new WeekloomError(`timeZone: "${timeZone}" is no time zone`, 'Use an IANA name such as "Asia/Shanghai".')
}

/** The day of an instant as a calendar in the zone shows it: `2024-05-30`. `undefined` when the text is no date; an unknown zone is misuse. */
export function showDay(instant: Instant, timeZone: string): string | undefined {
  assertTimeZone(timeZone)
  return localDay(instant, timeZone)
}
