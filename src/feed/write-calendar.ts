import { assertForm, aText, optionsOf } from '../text/form.js'
import { toPlain } from '../text/plain.js'
import { clockTime } from '../text/zone.js'
import type { Entry, Feed, Meeting } from '../types.js'
import { calendarTime, escapeCalendarText, foldLines } from './calendar-lines.js'
import { assertFeed } from './feed-form.js'
import { toWebUrl } from './web-url.js'
import { toId } from './writable-entry.js'

/** What a calendar cannot know from the feed. */
export interface CalendarOptions {
  /** The address under which the calendar is published. */
  selfUrl?: string
  /**
   * IANA name of the zone in which calendars that ask for one show the times. The times themselves are exact whatever it is.
   * @default that of the first meeting
   */
  timeZone?: string
}

const anyOptions = /* @__PURE__ */ optionsOf<CalendarOptions>(() => ({ selfUrl: aText, timeZone: aText }))

/**
 * Writes the meetings of a feed's entries as an iCalendar file (RFC 5545) to subscribe to: media type `text/calendar`. Each is named by the id of its
 * entry, so it stays the same event from build to build. Times are written in UTC: exact in every calendar, without a definition of the zone;
 * the description has the time as the clock of the meeting's own zone shows it, the agenda, how to join, the recording, and the issues that tell of it.
 * `DTSTAMP` and `LAST-MODIFIED` are the date of the newest of these, never the clock. Entries without a meeting, and meetings without a time, are left out; a meeting that states no end has none.
 */
export function writeCalendar(feed: Feed, options: CalendarOptions = {}): string {
  assertFeed(feed)
  assertForm(options, anyOptions, 'The options of the calendar')
  const { selfUrl, timeZone } = options
  const events = feed.entries.flatMap(toEvent).sort((a, b) => a.start.getTime() - b.start.getTime() || (a.id < b.id ? -1 : 1))
  const { title, description, homeUrl } = feed.info
  const zone = timeZone ?? events[0]?.zone
  const source = toWebUrl(selfUrl)
  const home = toWebUrl(homeUrl)
  const name = toText(title ?? 'Meetings')
  return foldLines([
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//weekloom//weekloom//EN',
    ...property('URL', home),
    ...property('SOURCE;VALUE=URI', source),
    ...property('NAME', name),
    ...property('X-WR-CALNAME', name),
    ...property('X-WR-CALDESC', toText(description ?? '')),
    'REFRESH-INTERVAL;VALUE=DURATION:P1D',
    'X-PUBLISHED-TTL:P1D',
    ...property('X-WR-TIMEZONE', zone !== undefined && isZone(zone) ? zone : undefined),
    ...events.flatMap(event => event.lines),
    'END:VCALENDAR',
  ])
}

/** The text of {@link writeCalendar} in pieces. */
export function* calendarChunks(feed: Feed, options: CalendarOptions = {}): Generator<string, void, undefined> {
  yield writeCalendar(feed, options)
}

function toEvent({ id: entryId, url, title, published, updated, origins, meeting }: Entry) {
  const start = toDate(meeting?.start)
  if (meeting === undefined || start === undefined) return []
  const end = toDate(meeting.end)
  const join = toWebUrl(meeting.url)
  const page = join ?? toWebUrl(url)
  const location = join ?? meeting.code
  const [latest] = [updated, published, ...origins.map(origin => origin.published)].flatMap(at => toDate(at) ?? []).sort((a, b) => +b - +a)
  const told = calendarTime(latest ?? start)
  const id = toText(toId(entryId) || `${meeting.topic} ${start.toISOString()}`)
  const lines = [
    'BEGIN:VEVENT',
    `UID:${id}`,
    'SEQUENCE:0',
    // When it was last told of: a calendar that is made anew has not changed.
    `DTSTAMP:${told}`,
    `DTSTART:${calendarTime(start)}`,
    ...(end === undefined || end <= start ? [] : [`DTEND:${calendarTime(end)}`]),
    `SUMMARY:${toText(title)}`,
    ...property('LOCATION', toText(location ?? '')),
    `DESCRIPTION:${escapeCalendarText(describe(meeting, origins))}`,
    // An address is no text, but readers take it for one, which has these two signs escaped.
    ...property('URL;VALUE=URI', escapeCalendarText((page ?? '').replaceAll(',', '%2C').replaceAll(';', '%3B'))),
    `LAST-MODIFIED:${told}`,
    'END:VEVENT',
  ]
  return [{ id, start, zone: meeting.timeZone, lines }]
}

/** The line of a property that has a value; none of one that has not. */
function property(name: string, value: string | undefined): string[] {
  return value === undefined || value === '' ? [] : [`${name}:${value}`]
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

function toText(text: string): string {
  return escapeCalendarText(toPlain(text))
}
