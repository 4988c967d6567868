import { makeProblem, type Problem, type Where } from '../problems.js'
import { type ParsedDate, parseDate } from '../text/date.js'
import { cutText } from '../text/plain.js'
import type { Dating, Instant } from '../types.js'
import type { Block } from './blocks.js'
import { frontTexts } from './front-fields.js'
import type { FrontTable } from './front-values.js'
import { statedDates } from './stated-dates.js'
import { visibleText } from './visible-text.js'

/** When a post is of, and where it says so. */
export interface PostDate {
  published?: Instant
  dated?: Dating
  problems: Problem[]
}

/** Where a post may state its date, besides its front matter. */
export interface DatePlaces {
  data: FrontTable
  path?: string | undefined
  /** The title, and the heading that stands for it. */
  titles: readonly string[]
  blocks: readonly Block[]
}

/** A file is named when the issue is begun: a title that states a day this near to the name's is the later word, in days. */
const nearDays = 10

/** A date further than this from the one in the name of the file is worth a look, in days. */
const suspiciousDays = 30

const day = 86_400_000

/**
 * Front matter, then name of file or folder (which a title may put right by some days), then title, then a date alone on one of the first
 * lines. A post that states no date has none.
 * Problems: `POST_DATE_UNREADABLE` for a date in no known form, `POST_DATE_SUSPICIOUS` when name and front matter disagree, `POST_DATE_MISSING`.
 */
export function dateOfPost(places: DatePlaces, timeZone: string, where: Where): PostDate {
  const problems: Problem[] = []
  const [written] = writtenDates(places.data)
  const stated = statedIn(places, timeZone).next().value
  if (written !== undefined && stated?.place !== 'front-matter') {
    problems.push(makeProblem('POST_DATE_UNREADABLE', where, `The date "${cutText(written, 60)}" of the front matter cannot be read.`))
  }
  if (!stated) {
    if (written === undefined) problems.push(makeProblem('POST_DATE_MISSING', where, 'The post states no date.'))
    return { problems }
  }
  const { place: from, date } = stated
  const named = from === 'front-matter' && !agrees(date, places.path) ? dateOfPath(places.path, timeZone) : undefined
  if (named && daysBetween(date, named.date) > suspiciousDays) {
    const message = `The date of the front matter is ${cutText(written ?? '', 40)}, but the name is "${cutText(named.name, 80)}".`
    problems.push(makeProblem('POST_DATE_SUSPICIOUS', where, message, { data: { date: date.instant, name: named.date.instant } }))
  }
  return { published: date.instant, dated: { from, precision: date.precision }, problems }
}

/** All dates that a post states, with their places, those of more trust first: the first is the post's. */
export function statedDatesOfPost(places: DatePlaces, timeZone: string): { place: Dating['from']; value: Instant }[] {
  return [...statedIn(places, timeZone)].map(({ place, date }) => ({ place, value: date.instant }))
}

interface StatedDate {
  place: Dating['from']
  date: ParsedDate
}

/** The same, each looked for when its turn comes. */
function* statedIn({ data, path, titles, blocks }: DatePlaces, timeZone: string): Generator<StatedDate, undefined> {
  const front = firstOf(writtenDates(data), text => parseDate(text, { timeZone }))
  if (front) yield { place: 'front-matter', date: front }
  const titled = firstOf(titles, title => statedDates(title, timeZone).at(-1))
  const named = dateOfPath(path, timeZone)
  const isCorrected = titled && named && !named.isFirm && daysBetween(titled, named.date) <= nearDays
  if (titled && isCorrected) yield { place: 'heading', date: titled }
  if (named) yield { place: 'file-name', date: named.date }
  if (titled && !isCorrected) yield { place: 'heading', date: titled }
  const text = dateInFirstLines(blocks, timeZone)
  if (text) yield { place: 'text', date: text }
}

function writtenDates(data: FrontTable): string[] {
  return frontTexts(data, 'date').filter(text => !/^(?:true|false|yes|no)$/i.test(text))
}

/** Whether front matter and name state days that are near; what a clock in the zone shows, which is dear to find out, cannot make them far. */
function agrees(front: ParsedDate, path: string | undefined): boolean {
  const named = dateOfPath(path, 'UTC')
  return named !== undefined && daysBetween(front, named.date) < suspiciousDays - 2
}

/** A date in a name of the path. */
interface NamedDate {
  date: ParsedDate
  name: string
  isFirm: boolean
}

function firstOf<From, To>(items: readonly From[], find: (item: From) => To | undefined): To | undefined {
  for (const item of items) {
    const found = find(item)
    if (found !== undefined) return found
  }
  return undefined
}

function daysBetween(one: ParsedDate, other: ParsedDate): number {
  return Math.abs(Date.parse(one.instant) - Date.parse(other.instant)) / day
}

/** A name that begins with the date, as generators have it, is how its author dates the post. */
const firmName = /^\d{4}-\d{2}-\d{2}-/

/** The last date in a name: a name with two says from when till when. Names nearer to the file count first, then folders for year, month and day. */
function dateOfPath(path: string | undefined, timeZone: string): NamedDate | undefined {
  const names = (path ?? '').replace(/\\/g, '/').split('/').slice(-6)
  return firstOf([...names.reverse(), [...names].reverse().join('/')], name => {
    const date = statedDates(name, timeZone).at(-1)
    return date && { date, name, isFirm: firmName.test(name) }
  })
}

/** How many lines from the top a date of the whole post may stand on. */
const firstLines = 8

const dateLabel = /^(?:日期|时间|发布(?:时间|日期|于)?|发表于|更新(?:时间|于)?|date|published(?: on)?|posted(?: on)?)\s?[:：]?\s?/i

function dateInFirstLines(blocks: readonly Block[], timeZone: string): ParsedDate | undefined {
  let lines = 0
  for (const block of blocks.slice(0, firstLines)) {
    if (block.heading > 1 && lines > 0) return undefined
    const texts = block.rows.length > 1 ? block.rows.map(row => row.text) : [visibleText(block)]
    for (const text of texts.slice(0, firstLines)) {
      if (++lines > firstLines) return undefined
      if (text.length > 80) continue
      for (const part of [text, ...text.split(/[|｜·•—]/)]) {
        const date = parseDate(part.trim().replace(dateLabel, ''), { timeZone })
        if (date && date.precision !== 'second') return date
      }
    }
  }
  return undefined
}
