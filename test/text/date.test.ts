import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import cases from '../../fixtures/text/dates.json' with { type: 'json' }
import { parseDate } from '../../src/text/date.js'
import { instantFromUnix, isInstant } from '../../src/text/instant.js'
import { localDay } from '../../src/text/zone.js'
import { rounds } from '../rounds.js'

const machineZone = process.env['TZ']
afterEach(() => {
  if (machineZone === undefined) delete process.env['TZ']
  else process.env['TZ'] = machineZone
})

describe('parseDate', () => {
  it.each(cases)('reads "$text" in $timeZone', ({ text, timeZone, expected }) => {
    expect(parseDate(text, timeZone === undefined ? {} : { timeZone })).toEqual(expected ?? undefined)
  })

  it('reads any moment that a feed writes, in its two usual forms and in any zone', () => {
    const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')
    const moment = fc.record({
      at: fc.integer({ min: Date.UTC(1001, 0, 1), max: Date.UTC(9998, 11, 31) }).map(at => Math.floor(at / 1000) * 1000),
      offset: fc.integer({ min: -23 * 60 - 59, max: 23 * 60 + 59 }),
    })
    fc.assert(
      fc.property(moment, ({ at, offset }) => {
        const local = new Date(at + offset * 60_000).toISOString()
        const [year = '', month = '', date = ''] = local.slice(0, 10).split('-')
        const minutes = Math.abs(offset)
        const zone = [Math.floor(minutes / 60), minutes % 60].map(part => String(part).padStart(2, '0'))
        const sign = offset < 0 ? '-' : '+'
        const expected = new Date(at).toISOString()
        expect(parseDate(`${local.slice(0, 19)}${sign}${zone.join(':')}`)?.instant).toBe(expected)
        expect(parseDate(`${date} ${months[Number(month) - 1]} ${year} ${local.slice(11, 19)} ${sign}${zone.join('')}`)?.instant).toBe(
          expected,
        )
      }),
      { numRuns: rounds(2000) },
    )
  })

  it.each(['America/Los_Angeles', 'Asia/Kolkata', 'Pacific/Kiritimati'])('pays no attention to a machine in %s', zone => {
    process.env['TZ'] = zone
    expect(new Date(0).getTimezoneOffset()).not.toBe(0)
    for (const { text, timeZone, expected } of cases) {
      expect(parseDate(text, timeZone === undefined ? {} : { timeZone })).toEqual(expected ?? undefined)
    }
  })

  const moments = fc.date({ min: new Date('1000-01-01T00:00:00Z'), max: new Date('9998-12-31T23:59:59Z'), noInvalidDate: true })

  it('reads what toISOString and toUTCString write', () => {
    fc.assert(
      fc.property(moments, moment => {
        const instant = moment.toISOString()
        expect(parseDate(instant)?.instant).toBe(instant)
        expect(parseDate(moment.toUTCString())?.instant).toBe(`${instant.slice(0, 19)}.000Z`)
      }),
    )
  })

  it('gives a moment at which clocks in the zone show what was written, wherever they ever show it', () => {
    const zones = fc.constantFrom(
      'Asia/Shanghai',
      'America/New_York',
      'Europe/Lisbon',
      'Australia/Lord_Howe',
      'Africa/Casablanca',
      'America/St_Johns',
    )
    const years = fc.date({ min: new Date('1975-01-01T00:00:00Z'), max: new Date('2035-01-01T00:00:00Z'), noInvalidDate: true })
    fc.assert(
      fc.property(years, zones, (moment, timeZone) => {
        const show = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
        const written = show.format(moment)
        const read = parseDate(written, { timeZone })
        expect(read?.zone).toBe('assumed')
        expect(show.format(new Date(read?.instant ?? ''))).toBe(written)
        expect(Date.parse(read?.instant ?? '')).toBeLessThanOrEqual(moment.getTime())
      }),
      { numRuns: rounds(500) },
    )
  })

  it('never throws, and gives instants only', () => {
    const digits = fc.string({ unit: fc.constantFrom(...'0123456789-/:.T Z+年月日JanFri,'), maxLength: 40 })
    fc.assert(
      fc.property(fc.oneof(digits, fc.string({ unit: 'binary' })), fc.string(), (text, timeZone) => {
        const date = parseDate(text, { timeZone })
        if (date !== undefined) expect(isInstant(date.instant)).toBe(true)
      }),
      { numRuns: rounds(2000) },
    )
  })
})

describe('instantFromUnix', () => {
  it('reads seconds', () => {
    expect(instantFromUnix(0)).toBe('1970-01-01T00:00:00.000Z')
    expect(instantFromUnix(1_672_383_600.25)).toBe('2022-12-30T07:00:00.250Z')
    expect(instantFromUnix(-1)).toBe('1969-12-31T23:59:59.000Z')
  })

  it('writes every day of the calendar, and any moment, as the language itself does', () => {
    const day = 86_400
    for (let at = -719_528 * day; at <= 2_932_896 * day; at += 97 * day) expect(instantFromUnix(at)).toBe(new Date(at * 1000).toISOString())
    for (const year of [4, 100, 400, 1600, 1900, 1999, 2000, 2024, 2100, 9996]) {
      const end = Date.UTC(2000, 1, 28) + (year - 2000) * 365.2425 * day * 1000
      for (let step = -3; step < 370; step++) {
        const at = Math.floor(end / 1000 / day + step) * day
        expect(instantFromUnix(at)).toBe(new Date(at * 1000).toISOString())
      }
    }
    fc.assert(
      fc.property(fc.integer({ min: -62_167_219_200_000, max: 253_402_300_799_999 }), at => {
        expect(instantFromUnix(at / 1000)).toBe(new Date(at).toISOString())
      }),
      { numRuns: rounds(2000) },
    )
  })

  it.each([Number.NaN, Number.POSITIVE_INFINITY, 1e15, -1e15])('has no instant for %s', seconds => {
    expect(instantFromUnix(seconds)).toBeUndefined()
  })
})

describe('localDay', () => {
  it('is the day that the calendar of the zone shows at any moment', () => {
    const zones =
      'UTC Asia/Shanghai America/New_York Europe/London Africa/Casablanca Pacific/Apia Asia/Kathmandu Australia/Lord_Howe'.split(' ')
    const shown = new Map(
      zones.map(timeZone => [
        timeZone,
        new Intl.DateTimeFormat('en-CA', { timeZone, calendar: 'gregory', year: 'numeric', month: '2-digit', day: '2-digit' }),
      ]),
    )
    fc.assert(
      fc.property(fc.constantFrom(...zones), fc.integer({ min: Date.UTC(1900, 0), max: Date.UTC(2100, 0) }), (zone, at) => {
        expect(localDay(new Date(at).toISOString(), zone)).toBe(shown.get(zone)?.format(at))
      }),
      { numRuns: rounds(2000) },
    )
    expect(localDay('2024-01-01T00:00:00.000Z', 'Mars/Olympus')).toBeUndefined()
    expect(localDay('no moment', 'UTC')).toBeUndefined()
  })
})

describe('isInstant', () => {
  it('knows its own form only', () => {
    expect(isInstant('2023-08-18T07:00:00.000Z')).toBe(true)
    for (const text of ['', '2023-08-18', '2023-08-18T07:00:00Z', '2023-02-30T07:00:00.000Z', '2023-08-18T07:00:00.000+00:00']) {
      expect(isInstant(text)).toBe(false)
    }
  })
})
