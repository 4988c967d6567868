import * as fc from 'fast-check'
import ical from 'ical-generator'
import { describe, expect, it } from 'vitest'
import { calendarTime, escapeCalendarText, foldLines } from '../../src/feed/calendar-lines.js'

/** Signs that the specification escapes, ends of lines, and characters of one to four bytes. */
const unit = fc.constantFrom('a', ',', ';', '\\', '\n', '\r\n', '\r', '"', 'é', '织', '😀', '\u2028')
const text = fc.oneof(fc.string({ unit, maxLength: 200 }), fc.string({ unit: 'grapheme', maxLength: 100 }))
const moment = fc.date({ noInvalidDate: true, min: new Date('0001-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59Z') })

describe('lines of a calendar', () => {
  it('are those that ical-generator writes, byte for byte', () => {
    fc.assert(
      fc.property(text, moment, (summary, start) => {
        const calendar = ical()
        calendar.createEvent({ id: 'a', start, stamp: start, summary })
        const time = calendarTime(start)
        const lines = ['UID:a', 'SEQUENCE:0', `DTSTAMP:${time}`, `DTSTART:${time}`, `SUMMARY:${escapeCalendarText(summary)}`]
        expect(calendar.toString()).toContain(foldLines(['BEGIN:VEVENT', ...lines, 'END:VEVENT']))
      }),
    )
  })

  it('have 75 bytes at most, and are whole again when what folds them is taken out', () => {
    fc.assert(
      fc.property(fc.array(text.map(escapeCalendarText), { maxLength: 4 }), lines => {
        const folded = foldLines(lines)
        expect(folded.replaceAll('\r\n ', '')).toBe(lines.map(line => `${line}\r\n`).join(''))
        for (const line of folded.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
      }),
    )
  })
})
