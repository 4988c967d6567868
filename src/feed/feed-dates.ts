import { parseDate, readOtherDate } from '../text/date.js'
import { readPlainDate } from '../text/plain-date.js'
import type { Instant } from '../types.js'

/** How months begin in the languages that feeds have been seen to name them in, without accents. French June and July, and the Greek ones, need four letters. */
const monthBeginnings: readonly string[] = [
  'jan ene gen ιαν янв',
  'feb fev φεβ фев',
  'mar mrt maa μαρ мар',
  'apr avr abr απρ апр',
  'may mai maj mag mei μαι май мая',
  'jun juin giu ιουν июн',
  'jul juil lug ιουλ июл',
  'aug aou ago αυγ авг',
  'sep set sze σεπ сен',
  'oct okt ott out οκτ окт',
  'nov νοε ноя',
  'dec dez des dic δεκ дек',
]
const months: ReadonlyMap<string, number> = new Map(
  monthBeginnings.flatMap((words, index) =>
    words.split(' ').map((word): [string, number] => [word.normalize('NFD').replace(/\p{M}/gu, ''), index + 1]),
  ),
)

function monthOf(word: string): number | undefined {
  const plain = word.normalize('NFD').replace(/\p{M}/gu, '')
  return months.get(plain.slice(0, 4)) ?? months.get(plain.slice(0, 3))
}

const day = (year: string | number, month: string | number, date: string | number) =>
  `${year}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`

/** A year of two digits, as mail has them. */
const century = (year: string) => (year.length > 2 ? year : Number(year) < 50 ? `20${year}` : `19${year}`)

/**
 * Of two numbers the one that can be no month is the day. Where both can, the day comes first between dots (countries that write dates with dots have it so, unless the year
 * comes first), else the day of the week may tell; else nobody knows.
 */
function dayOfNumbers(first: string, sign: string, second: string, year: string, weekday: string): string | undefined {
  const dayFirst = day(century(year), second, first)
  const monthFirst = day(century(year), first, second)
  if (Number(first) > 12 || first === second) return dayFirst
  if (Number(second) > 12) return monthFirst
  if (sign === '.' && year.length === 4) return dayFirst
  const isDayFirst = isOn(weekday, dayFirst)
  return isDayFirst === isOn(weekday, monthFirst) ? undefined : isDayFirst ? dayFirst : monthFirst
}

function isOn(weekday: string, date: string): boolean {
  return new Date(date).toUTCString().slice(0, 3).toLowerCase() === weekday.slice(0, 3)
}

/** A date whose month has a name. */
function dayNamed(year = '', name = '', date = '1', rest = ''): string | undefined {
  const month = monthOf(name)
  return month === undefined ? undefined : `${day(year, month, date)}${rest}`
}

type Rewrite = readonly [RegExp, (match: RegExpExecArray) => string | undefined]

const WEEKDAY = String.raw`(?:\p{L}{2,12}\.?,? )?`
/** Forms that feeds alone have, and how the date reader wants them; the first that fits is taken. */
const rewrites: readonly Rewrite[] = [
  // W3CDTF allows a year, or a year and a month; it is their first day.
  [/^(\d{4})(?:-(\d\d))?$/, ([, year = '', month = '01']) => day(year, month, 1)],
  [/^(\d\d)-(\d\d)-(\d\d)$/, ([, year = '', month = '', date = '']) => day(century(year), month, date)],
  [/^(\d{4})-0(\d\d)-(\d\d)(.*)$/, ([, year = '', month = '', date = '', rest]) => `${day(year, month, date)}${rest}`],
  [/^(\d{4}-\d\d-\d\d) ?t ?(\d.*)$/, ([, date, time]) => `${date}t${time}`],
  [/^(\d{4}-\d\d-\d\d)t(\d\d)(\d\d)(\d\d)(.*)$/, ([, date, hour, minute, second, rest]) => `${date}t${hour}:${minute}:${second}${rest}`],
  [/^(\d{4}-.*[+-]\d\d:?\d\d) ?z$/, ([, date]) => date],
  [/^(\p{L}{3} \p{L}{3} \d{1,2} [\d:]{5,8}) ([+-]\d{4}) (\d{4})$/u, ([, date, zone, year]) => `${date} ${year} ${zone}`],
  [/^(\p{L}{3} \p{L}{3} \d{1,2}) ([\d:]{5,8}) (\d{4}) ([a-z]{2,5})$/u, ([, date, time, year, zone]) => `${date} ${year} ${time} ${zone}`],
  [
    /^(?:(\p{L}{2,12})\.?,? )?(\d{1,2})([-/. ])(\d{1,2})\3(\d{4}|(?<=[/.])\d\d)(?!\d)(.*)$/u,
    ([, weekday = '', first = '', sign = '', second = '', year = '', rest]) => {
      const date = dayOfNumbers(first, sign, second, year, weekday)
      return date === undefined ? undefined : `${date}${rest}`
    },
  ],
  [/^(\p{L}{3,12})\.?,? (\d{4})$/u, ([, name, year]) => dayNamed(year, name)],
  [new RegExp(`^${WEEKDAY}(\\d{4}[-/.]\\d{1,2}[-/.]\\d{1,2}.*)$`, 'u'), ([, date]) => date],
  [
    new RegExp(`^${WEEKDAY}(\\d{1,2})\\.? (?:de )?(\\p{L}{3,12})\\.?,? (?:de )?(\\d{4})(.*)$`, 'u'),
    ([, date, name, year, rest]) => dayNamed(year, name, date, rest),
  ],
  [/^(\d{4})[- ](\p{L}{3,12})[- ](\d{1,2})(.*)$/u, ([, year, name, date, rest]) => dayNamed(year, name, date, rest)],
]

/** Slips of the programs that write dates, put right one after another before any form is tried. */
const slips: readonly (readonly [RegExp, string])[] = [
  [/ - /, ' '],
  [/ ,/, ','],
  [/,(?=\d)/, ', '],
  [/--(?=\d\d:?\d\d$)/, '-'],
  // Java has the name of the zone behind the offset.
  [/(z|[+-]\d\d:?\d\d)\[[\w/+-]{1,50}\]$/, '$1'],
  // A zone by its name and by its offset: the offset says more.
  [/(\d) ?(?!am|pm)[a-z]{2,5} ?(?=[+-]\d\d:?\d\d$)/, '$1 '],
  [/([+-]\d\d:?\d\d) [a-z]{2,5}$/, '$1'],
  [/:?([+-]\d\d:?\d\d)(?::00)?$/, '$1'],
  [/(:\d\d) 00$/, '$1'],
  [/:(?=\d(?!\d))/g, ':0'],
  [/( \d{4} \d\d)(?= [+-]\d{4}$)/, '$1:00'],
  [/^(\d{1,2}),? (?:mon|tues|wednes|thurs|fri|satur|sun)day,/, '$1'],
  [/^(\d{1,2}:\d\d(?::\d\d)?),? ([\d./-]{8,10})/, '$2 $1'],
]

/** Korean feeds name no zone: they mean that of Korea. */
const korean: readonly (readonly [string, string])[] = [
  ['년', '年'],
  ['월', '月'],
  ['일', '日'],
  ['오전', '上午'],
  ['오후', '下午'],
]
const HANGUL = /[\uac00-\ud7a3]/
const ZONE_NAME =
  /^(.{6,80}?) ((?:Europe|America|Asia|Africa|Australia|Pacific|Atlantic|Indian|Antarctica|Etc)\/[A-Za-z_/+-]{2,40}\d{0,2})$/

/** IANA name of the zone in which dates without one are read. Set when reading begins, so nothing depends on what was read before. */
let zoneOfFeed = 'UTC'

/** Begins a feed whose dates without a zone are of this one. */
export function beginDates(timeZone = 'UTC'): void {
  zoneOfFeed = timeZone
}

/**
 * The moment that a text of a feed states, in whatever form feeds have for it; a zone by its name is that zone, none at all is that of the feed. Absent when it states none that exists:
 * nothing rolls over, and where nobody knows which number is the month, there is no date.
 */
export function instantOf(text: string): Instant | undefined {
  if (text === '') return undefined
  const plain = readPlainDate(text)
  if (plain !== undefined) return plain
  return (readOtherDate(text, zoneOfFeed) ?? readUnusual(text))?.instant
}

function readUnusual(text: string): ReturnType<typeof parseDate> {
  if (text.length > 100) return undefined
  const [, before, zone] = ZONE_NAME.exec(text) ?? []
  if (before !== undefined && zone !== undefined) return parseDate(before, { timeZone: zone })
  let date = text.replace(/\s+/g, ' ').trim().toLowerCase()
  for (const [slip, right] of slips) date = date.replace(slip, right)
  if (HANGUL.test(date)) {
    for (const [word, sign] of korean) date = date.replace(word, sign)
    return parseDate(date, { timeZone: 'Asia/Seoul' })
  }
  const inFeed = { timeZone: zoneOfFeed }
  const plain = parseDate(date, inFeed)
  if (plain !== undefined) return plain
  for (const [form, rewrite] of rewrites) {
    const match = form.exec(date)
    const rewritten = match === null ? undefined : rewrite(match)
    const read = rewritten === undefined ? undefined : parseDate(rewritten, inFeed)
    if (read !== undefined) return read
  }
  return undefined
}
