import { WeekloomError } from '../problems.js'
import type { Instant } from '../types.js'

/** Making one takes longer than using it a thousand times. A run knows one zone, so a few are enough. */
const formatters = new Map<string, Intl.DateTimeFormat>()
const MOST_FORMATTERS = 16

/** The day of an instant as a calendar in the zone shows it: `2024-05-30`. `undefined` when the text is no date; an unknown zone is misuse. */
export function showDay(instant: Instant, timeZone: string): string | undefined {
  const time = Date.parse(instant)
  if (Number.isNaN(time)) return undefined
  const parts: Record<string, string> = {}
  for (const { type, value } of formatterOf(timeZone).formatToParts(time)) parts[type] = value
  return [parts['year']?.padStart(4, '0'), parts['month'], parts['day']].join('-')
}

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone)
  if (known !== undefined) return known
  if (formatters.size >= MOST_FORMATTERS) formatters.clear()
  const made = makeFormatter(timeZone)
  formatters.set(timeZone, made)
  return made
}

function makeFormatter(timeZone: string): Intl.DateTimeFormat {
  try {
    // Locale, calendar and digits are named, so that the machine's own never show.
    return new Intl.DateTimeFormat('en-US', {
      timeZone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    })
  } catch (cause) {
    throw new WeekloomError(`timeZone: "${timeZone}" is no time zone`, 'Use an IANA name such as "Asia/Shanghai".', { cause })
  }
}
