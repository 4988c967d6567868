/** Zone names of feeds, in minutes east of Greenwich: those of RFC 822 as it means them (CST is North America's), and others that mean one thing only. */
const namedZones: Readonly<Record<string, number>> = {
  Z: 0,
  UT: 0,
  UTC: 0,
  GMT: 0,
  WET: 0,
  WEST: 60,
  BST: 60,
  CET: 60,
  CEST: 120,
  MET: 60,
  MEST: 120,
  EET: 120,
  EEST: 180,
  MSK: 180,
  HKT: 480,
  SGT: 480,
  JST: 540,
  KST: 540,
  AEST: 600,
  AEDT: 660,
  NZST: 720,
  NZDT: 780,
  // The United States say so of the hour in force; feeds mean the standard one.
  AT: -240,
  ET: -300,
  CT: -360,
  MT: -420,
  PT: -480,
  AST: -240,
  ADT: -180,
  EST: -300,
  EDT: -240,
  CST: -360,
  CDT: -300,
  MST: -420,
  MDT: -360,
  PST: -480,
  PDT: -420,
  AKST: -540,
  AKDT: -480,
  HST: -600,
}

/**
 * Minutes east of Greenwich that a written zone means: `Z`, a name, `+08:00`, `+0800`, `+08`, `GMT+8`. An unknown name means nothing (RFC 5322
 * section 4.3 reads it as UTC of unknown origin).
 */
export function readOffset(zone: string): number | undefined {
  const name = zone.toUpperCase()
  if (Object.hasOwn(namedZones, name)) return namedZones[name]
  const match = OFFSET.exec(name)
  if (match === null) return undefined
  const hours = Number(match[2])
  const minutes = Number(match[3] ?? 0)
  if (hours > 23 || minutes > 59) return undefined
  return (match[1] === '-' ? -1 : 1) * (hours * 60 + minutes)
}

const OFFSET = /^(?:UTC|GMT|UT)? ?([+-])(\d{1,2})(?::?(\d{2}))?$/

/** Making one takes longer than using it a thousand times. */
const formatters = new Map<string, Intl.DateTimeFormat | undefined>()
const maxFormatters = 64

/** What clocks were asked last: a post states its day in several places. By zone, then by moment. */
const offsets = new Map<string, Map<number, number>>()
const maxOffsets = 100

function getFormatter(timeZone: string): Intl.DateTimeFormat | undefined {
  if (formatters.has(timeZone)) return formatters.get(timeZone)
  if (formatters.size >= maxFormatters) formatters.clear()
  const formatter = makeFormatter(timeZone)
  formatters.set(timeZone, formatter)
  return formatter
}

function makeFormatter(timeZone: string): Intl.DateTimeFormat | undefined {
  const numeric = 'numeric'
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      era: 'short',
      year: numeric,
      month: numeric,
      day: numeric,
      hour: numeric,
      minute: numeric,
      second: numeric,
    })
  } catch {
    return undefined
  }
}

function rememberedOffset(formatter: Intl.DateTimeFormat, timeZone: string, at: number): number {
  let known = offsets.get(timeZone)
  if (!known || known.size >= maxOffsets) {
    if (offsets.size >= maxFormatters) offsets.clear()
    known = new Map()
    offsets.set(timeZone, known)
  }
  const offset = known.get(at) ?? showLocal(formatter, at) - at
  known.set(at, offset)
  return offset
}

/** What a clock in the zone shows at a moment, as if it were UTC; both in milliseconds since 1970. */
function showLocal(formatter: Intl.DateTimeFormat, at: number): number {
  const parts: Record<string, string> = {}
  for (const { type, value } of formatter.formatToParts(at)) parts[type] = value
  const read = (name: string) => Number(parts[name] ?? 0)
  const year = parts['era'] === 'BC' ? 1 - read('year') : read('year')
  return utcMilliseconds(year, read('month'), read('day'), read('hour'), read('minute'), read('second'))
}

/** `Date.UTC` that takes the years 0 to 99 for what they are. */
export function utcMilliseconds(year: number, month: number, day: number, hour: number, minute: number, second: number): number {
  if (year >= 100) return Date.UTC(year, month - 1, day, hour, minute, second)
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  date.setUTCHours(hour, minute, second, 0)
  return date.getTime()
}

const day = 86_400_000

/**
 * The moment at which a clock in the zone shows `local` (both in milliseconds, see {@link utcMilliseconds}). When it shows it twice (the clock is put back), the first
 * of the two; when it never does (the clock is put forward), the moment by the offset before the change, so as much later as the gap is long.
 * An unknown zone is read as UTC.
 */
export function fromLocal(local: number, timeZone: string): number {
  if (timeZone === 'UTC') return local
  const formatter = getFormatter(timeZone)
  if (formatter === undefined) return local
  // Fractions of a second take no part: zones have whole seconds.
  const whole = Math.floor(local / 1000) * 1000
  const offsetAt = (at: number) => rememberedOffset(formatter, timeZone, at)
  const before = offsetAt(whole - day)
  const after = offsetAt(whole + day)
  if (before === after) return local - before
  const isAfter = offsetAt(whole - before) !== before && offsetAt(whole - after) === after
  return local - (isAfter ? after : before)
}

/** Whether a text is the IANA name of a time zone that this machine knows. */
export function isTimeZone(name: string): boolean {
  return name === 'UTC' || getFormatter(name) !== undefined
}

/** `2021-08-23T14:00:00.000Z`: a moment as the clock of a zone shows it, as if that were UTC. Absent for what is no moment, or no zone. */
function localTime(instant: string | undefined, timeZone: string): string | undefined {
  const at = Date.parse(instant ?? '')
  const local = Number.isNaN(at) ? undefined : toLocal(at, timeZone)
  const time = local === undefined ? '' : new Date(local).toISOString()
  // Years of more than four digits are written otherwise.
  return /^\d{4}-/.test(time) ? time : undefined
}

/** What a clock in the zone shows at a moment, see {@link showLocal}. Clocks are asked twice a day: one that is the same before and after was not changed between. */
function toLocal(at: number, timeZone: string): number | undefined {
  if (timeZone === 'UTC') return at
  const formatter = getFormatter(timeZone)
  if (formatter === undefined) return undefined
  const midnight = Math.floor(at / day) * day
  const offset = rememberedOffset(formatter, timeZone, midnight)
  return offset === rememberedOffset(formatter, timeZone, midnight + day) ? at + offset : showLocal(formatter, at)
}

/** `2021-08-23 14:00`: a moment as the clock of a zone shows it. Absent for what is no moment, or no zone. */
export function clockTime(instant: string | undefined, timeZone: string): string | undefined {
  return localTime(instant, timeZone)?.slice(0, 16).replace('T', ' ')
}

/** `2021-08-23`: the day of a moment by the calendar of a zone. Absent for what is no moment, or no zone. */
export function localDay(instant: string | undefined, timeZone: string): string | undefined {
  return localTime(instant, timeZone)?.slice(0, 10)
}
