import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import cases from '../../fixtures/text/dates.json' with { type: 'json' }
import { parseDate } from '../../src/text/date.js'
import { formatRfc822, instantFromUnix, isInstant } from '../../src/text/instant.js'
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

  it.each(['America/Los_Angeles', 'Asia/Kolkata', 'Pacific/Kiritimati'])('pays no attention to a machine in %s', zone => {
    process.env['TZ'] = zone
    expect(new Date(0).getTimezoneOffset()).not.toBe(0)
    for (const { text, timeZone, expected } of cases) {
      expect(parseDate(text, timeZone === undefined ? {} : { timeZone })).toEqual(expected ?? undefined)
    }
  })

  const moments = fc.date({ min: new Date('1000-01-01T00:00:00Z'), max: new Date('9998-12-31T23:59:59Z'), noInvalidDate: true })

  it('reads what toISOString and formatRfc822 write', () => {
    fc.assert(
      fc.property(moments, moment => {
        const instant = moment.toISOString()
        expect(parseDate(instant)?.instant).toBe(instant)
        expect(parseDate(formatRfc822(instant))?.instant).toBe(`${instant.slice(0, 19)}.000Z`)
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

  it.each([Number.NaN, Number.POSITIVE_INFINITY, 1e15, -1e15])('has no instant for %s', seconds => {
    expect(instantFromUnix(seconds)).toBeUndefined()
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
