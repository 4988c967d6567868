import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as fc from 'fast-check'
import ICAL from 'ical.js'
import { describe, expect, it } from 'vitest'
import { mergeEntries } from '../../src/entry/merge-entries.js'
import { partEntries } from '../../src/entry/part-entries.js'
import { writeCalendar } from '../../src/feed/write-calendar.js'
import { parsePosts } from '../../src/post/parse-post.js'
import type { Entry, Meeting } from '../../src/types.js'

const meeting: Meeting = {
  topic: '社区会议；第 3 期，\\ "织机"',
  start: '2022-12-12T11:00:00.000Z',
  end: '2022-12-12T12:30:00.000Z',
  timeZone: 'Asia/Shanghai',
  url: 'https://meeting.example/j?a=1,2;b',
  code: '688 880 81',
  phones: ['+862759771614'],
  agenda: ['讲解新架构；为何要拆，怎么拆', '答疑'.repeat(60)],
  line: 8,
}
const info = { title: 'Loom, Weekly; 织机', homeUrl: 'https://loomstack.example/' }

function entryOf(given: Meeting, id = 'https://loomstack.example/blog/12/#event-1'): Entry {
  return {
    id,
    keys: [id],
    url: given.url ?? 'https://loomstack.example/blog/12/',
    title: given.topic,
    published: '2022-12-09T07:00:00.000Z',
    authors: [],
    tags: [],
    kind: 'event',
    meeting: given,
    state: 'full',
    origins: [{ source: 'weekly', kind: 'post', title: 'Weekly 12', url: 'https://loomstack.example/blog/12/' }],
  }
}

/** By another reader than ours, strictly. */
function readBack(text: string) {
  const calendar = new ICAL.Component(ICAL.parse(text))
  const events = calendar.getAllSubcomponents('vevent').map(component => new ICAL.Event(component))
  return { calendar, events }
}

describe('a calendar', () => {
  it('is read back by another reader with every field as it was', () => {
    const text = writeCalendar({ info, entries: [entryOf(meeting)] }, { selfUrl: 'https://loomstack.example/feeds/events.ics' })
    const { calendar, events } = readBack(text)
    const [event] = events
    if (!event) throw new Error('no event')
    // The reader knows neither of the two as a text, so it leaves the signs escaped.
    for (const name of ['name', 'x-wr-calname']) expect(calendar.getFirstPropertyValue(name)).toBe('Loom\\, Weekly\\; 织机')
    expect(calendar.getFirstPropertyValue('x-wr-timezone')).toBe('Asia/Shanghai')
    expect(calendar.getFirstPropertyValue('source')).toBe('https://loomstack.example/feeds/events.ics')
    expect(event.uid).toBe('https://loomstack.example/blog/12/#event-1')
    expect(event.summary).toBe(meeting.topic)
    expect([event.startDate.toJSDate().toISOString(), event.endDate.toJSDate().toISOString()]).toEqual([meeting.start, meeting.end])
    expect(event.component.getFirstPropertyValue('dtstamp')?.toString()).toBe('2022-12-09T07:00:00Z')
    expect(event.location).toBe(meeting.url)
    expect(new URL(String(event.component.getFirstPropertyValue('url'))).searchParams.get('a')).toBe('1,2;b')
    expect(event.description.split('\n')).toEqual([
      '2022-12-12 19:00 – 20:30 (Asia/Shanghai)',
      ...(meeting.agenda ?? []).map(item => `- ${item}`),
      meeting.url,
      meeting.code,
      ...(meeting.phones ?? []),
      'Weekly 12 https://loomstack.example/blog/12/',
    ])
  })

  it('says all about itself before its events, as the specification has it', () => {
    const text = writeCalendar({ info, entries: [entryOf(meeting)] })
    expect(text.indexOf('X-WR-TIMEZONE:Asia/Shanghai\r\n')).toBeGreaterThan(0)
    expect(text.indexOf('X-WR-TIMEZONE')).toBeLessThan(text.indexOf('BEGIN:VEVENT'))
    expect(text).toMatch(/END:VEVENT\r\nEND:VCALENDAR\r\n$/)
  })

  it('dates an event by the newest issue that tells of it, and names them all', () => {
    const entry = entryOf(meeting)
    const later = { source: 'weekly', kind: 'post', title: 'Weekly 13', published: '2022-12-16T07:00:00.000Z' } as const
    const [event] = readBack(writeCalendar({ info, entries: [{ ...entry, origins: [entry.origins[0], later] }] })).events
    for (const name of ['dtstamp', 'last-modified'])
      expect(event?.component.getFirstPropertyValue(name)?.toString()).toBe('2022-12-16T07:00:00Z')
    expect(event?.description.split('\n').slice(-2)).toEqual(['Weekly 12 https://loomstack.example/blog/12/', 'Weekly 13'])
  })

  it('has lines of at most 75 bytes that end as the specification wants', () => {
    const text = writeCalendar({ info, entries: [entryOf(meeting)] })
    expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true)
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
    for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
  })

  it('leaves out what has no time, and invents no end', () => {
    const { start, end, ...timeless } = meeting
    const { end: _, ...endless } = meeting
    const { events } = readBack(
      writeCalendar({ info, entries: [entryOf(timeless, 'a'), entryOf(endless, 'b'), { ...entryOf(meeting, 'c'), title: 'x' }] }),
    )
    expect(events.map(event => [event.uid, event.component.hasProperty('dtend')])).toEqual([
      ['b', false],
      ['c', true],
    ])
  })

  it('is the same in any zone of the machine, at any time, in any order', () => {
    const entries = [entryOf(meeting, 'a'), entryOf({ ...meeting, start: '2022-01-01T00:00:00.000Z' }, 'b'), entryOf(meeting, 'c')]
    const before = process.env['TZ']
    const texts = ['UTC', 'America/New_York', 'Asia/Kolkata'].map((zone, index) => {
      process.env['TZ'] = zone
      return writeCalendar({ info, entries: index === 1 ? entries.toReversed() : entries })
    })
    if (before === undefined) delete process.env['TZ']
    else process.env['TZ'] = before
    expect(new Set(texts).size).toBe(1)
  })

  it('is valid whatever the texts hold', () => {
    const text = fc.string({ unit: 'binary' })
    fc.assert(
      fc.property(text, text, fc.array(text, { maxLength: 3 }), text, (topic, id, agenda, title) => {
        const { calendar, events } = readBack(
          writeCalendar({
            info: { title, description: topic },
            entries: [entryOf({ ...meeting, topic, agenda, code: id, timeZone: title, url: id }, id)],
          }),
        )
        expect(events).toHaveLength(1)
        expect(calendar.getAllProperties('x-wr-timezone').length).toBeLessThanOrEqual(1)
        expect(events[0]?.startDate.toJSDate().toISOString()).toBe(meeting.start)
      }),
    )
  })
})

const folder = join(process.env['WEEKLOOM_CORPUS'] ?? '', 'weekly/sofa-weekly')

describe.skipIf(process.env['WEEKLOOM_CORPUS'] === undefined || !existsSync(folder))('meetings of real weeklies (WEEKLOOM_CORPUS)', () => {
  it('stand in the calendar at the times that the posts of 2022 and 2023 state, in Asia/Shanghai, with links and agenda', () => {
    const stated: string[] = []
    const entries: Entry[] = []
    const agendas = new Set<string>()
    const links = new Set<string>()
    for (const name of readdirSync(folder).filter(file => file.endsWith('.md'))) {
      const text = readFileSync(join(folder, name), 'utf8')
      const year = /^date: "?(202[23])/m.exec(text)?.[1]
      if (year === undefined) continue
      // Read again by the letter: month, day, hour and minute as the line has them.
      for (const [, month = '', day = '', hour, minute = '00'] of text.matchAll(
        /时间\**：[*\s]*(\d+) 月 (\d+) [日号][^\d\n]*(\d+)(?::(\d+)| 点)/g,
      )) {
        stated.push(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')} ${hour}:${minute}`)
      }
      const outcome = parsePosts(text, { path: name, timeZone: 'Asia/Shanghai' })
      for (const post of outcome.ok ? outcome.value : []) {
        entries.push(...partEntries(post, { source: 'weekly', permalink: `https://weekly.example/${post.slug}/` }, ['events']))
        for (const { agenda, url, start } of post.meetings ?? []) {
          if (start === undefined) continue
          if (agenda) agendas.add(start)
          if (url) links.add(start)
        }
      }
    }
    // A meeting that is announced, then looked back on, is one event.
    const { events } = readBack(writeCalendar({ info, entries: mergeEntries(entries) }))
    const clock = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'short' })
    expect(events.map(event => clock.format(event.startDate.toJSDate())).sort()).toEqual([...new Set(stated)].sort())
    expect(stated.length).toBeGreaterThanOrEqual(21)
    expect(events.filter(event => /^- /m.test(event.description))).toHaveLength(agendas.size)
    expect(events.filter(event => event.component.hasProperty('url')).length).toBe(events.length)
    console.log(`${events.length} meetings, ${agendas.size} with an agenda, ${links.size} with a link to join`)
  })
})
