import ical from 'ical-generator'
import { toPlain } from '../text/plain.js'
import { clockTime } from '../text/zone.js'
import type { Entry, Feed, Meeting } from '../types.js'
import { toWebUrl } from './web-url.js'
import { toId } from './writable-entry.js'

export interface CalendarOptions {
  /** The address under which the calendar is published. */
  selfUrl?: string
  /**
   * IANA name of the zone in which calendars that ask for one show the times. The times themselves are exact whatever it is.
   * @default that of the first meeting
   */
  timeZone?: string
}

/**
 * Writes the meetings of a feed's entries as an iCalendar file (RFC 5545) to subscribe to: media type `text/calendar`. Each is named by the id of its
 * entry, so it stays the same event from build to build. Times are written in UTC: exact in every calendar, without a definition of the zone;
 * the description has the time as the clock of the meeting's own zone shows it, the agenda, how to join, the recording, and the issues that tell of it.
 * `DTSTAMP` and `LAST-MODIFIED` are the date of the newest of these, never the clock. Entries without a meeting, and meetings without a time, are left out; a meeting that states no end has none.
 */
export function writeCalendar(feed: Feed, { selfUrl, timeZone }: CalendarOptions = {}): string {
  const events = feed.entries.flatMap(toEvent).sort((a, b) => a.start.getTime() - b.start.getTime() || (a.id < b.id ? -1 : 1))
  const { title, description, homeUrl } = feed.info
  const zone = timeZone ?? events[0]?.zone
  const source = toWebUrl(selfUrl)
  const home = toWebUrl(homeUrl)
  const calendar = ical({
    prodId: { company: 'weekloom', product: 'weekloom', language: 'EN' },
    name: asText(title ?? 'Meetings'),
    ttl: 86_400,
    ...(description === undefined ? {} : { description: asText(description) }),
    ...(home === undefined ? {} : { url: home }),
    ...(source === undefined ? {} : { source }),
  })
  for (const { zone: _, ...event } of events) calendar.createEvent(event)
  const text = `${calendar.toString()}\r\n`
  // The library puts it behind the events, where RFC 5545 (section 3.4) has no properties of the calendar.
  return zone === undefined || !isZone(zone) ? text : text.replace(/^(?:BEGIN:VEVENT|END:VCALENDAR)/m, `X-WR-TIMEZONE:${zone}\r\n$&`)
}

/** The text of {@link writeCalendar} in pieces. */
export function* calendarChunks(feed: Feed, options: CalendarOptions = {}): Generator<string, void, undefined> {
  yield writeCalendar(feed, options)
}

function toEvent({ id, url, title, published, updated, origins, meeting }: Entry) {
  const start = toDate(meeting?.start)
  if (meeting === undefined || start === undefined) return []
  const end = toDate(meeting.end)
  const join = toWebUrl(meeting.url)
  const page = join ?? toWebUrl(url)
  const location = join ?? meeting.code
  const [latest] = [updated, published, ...origins.map(origin => origin.published)].flatMap(at => toDate(at) ?? []).sort((a, b) => +b - +a)
  const told = latest ?? start
  return [
    {
      id: asText(toId(id) || `${meeting.topic} ${start.toISOString()}`),
      // When it was last told of: a calendar that is made anew has not changed.
      stamp: told,
      lastModified: told,
      start,
      ...(end === undefined || end <= start ? {} : { end }),
      summary: toPlain(title),
      description: describe(meeting, origins),
      ...(location === undefined ? {} : { location: toPlain(location) }),
      // The library writes addresses as texts, which have these two signs escaped.
      ...(page === undefined ? {} : { url: page.replaceAll(',', '%2C').replaceAll(';', '%3B') }),
      zone: meeting.timeZone,
    },
  ]
}

function describe(meeting: Meeting, issues: Entry['origins']): string {
  const { agenda = [], url, code, phones = [], replay } = meeting
  const sources = issues.map(issue => [issue.title, toWebUrl(issue.url)].filter(part => part !== undefined).join(' '))
  const lines = [showTimes(meeting), ...agenda.map(item => `- ${item}`), url, code, ...phones, replay, ...sources]
  return lines
    .map(line => toPlain(line ?? ''))
    .filter(line => line !== '')
    .join('\n')
}

/** `2022-12-12 19:00 – 20:00 (Asia/Shanghai)`. */
function showTimes({ start, end, timeZone = 'UTC' }: Meeting): string {
  const [from, to] = [clockTime(start, timeZone), clockTime(end, timeZone)]
  if (from === undefined) return ''
  const until = to === undefined ? '' : ` – ${to.slice(0, 10) === from.slice(0, 10) ? to.slice(11) : to}`
  return `${from}${until} (${timeZone})`
}

/** A name of a zone as one can write it into a line. */
function isZone(name: string): boolean {
  return /^[\w/+-]{1,60}$/.test(name)
}

function toDate(instant: string | undefined): Date | undefined {
  const time = Date.parse(instant ?? '')
  return Number.isNaN(time) ? undefined : new Date(time)
}

/** A value of type TEXT in a place where the library takes it as it is. */
function asText(text: string): string {
  return toPlain(text).replace(/[\\;,]/g, '\\$&')
}
