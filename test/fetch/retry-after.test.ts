import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { backoffBefore, parseRetryAfter } from '../../src/fetch/retry-after.js'

const now = Date.parse('2026-11-25T08:00:00.000Z')

describe('parseRetryAfter', () => {
  it.each([
    ['120', 120_000],
    [' 0 ', 0],
    ['Wed, 25 Nov 2026 08:01:00 GMT', 60_000],
    ['Wednesday, 25-Nov-26 08:01:00 GMT', 60_000],
    ['Wed Nov 25 08:01:00 2026', 60_000],
    ['Wed, 25 Nov 2020 08:00:00 GMT', 0],
    ['99999999999999999999', 7 * 24 * 3_600_000],
    ['Wed, 25 Nov 9999 08:00:00 GMT', 7 * 24 * 3_600_000],
  ])('reads %j', (header, expected) => {
    expect(parseRetryAfter(header, now)).toBe(now + expected)
  })

  it.each([undefined, '', '-1', '1.5', 'soon', '2026-11-25', 'Wed', 'Wed, 99 Nov 2026 08:00:00 GMT'])('takes %j for none', header => {
    expect(parseRetryAfter(header, now)).toBeUndefined()
  })

  it('is within a week or absent, whatever is sent', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.date({ noInvalidDate: true }).map(date => date.toUTCString()),
          fc.bigInt().map(String),
        ),
        header => {
          const moment = parseRetryAfter(header, now)
          if (moment === undefined) return
          expect(new Date(moment).toISOString() >= '2026-11-25T08:00:00.000Z' && moment <= now + 7 * 24 * 3_600_000).toBe(true)
        },
      ),
    )
  })
})

it('doubles the wait before each try and adds up to 30 % by chance', () => {
  expect([backoffBefore(1, 0), backoffBefore(2, 0), backoffBefore(3, 0), backoffBefore(1, 0.5), backoffBefore(1, 1)]).toEqual([
    1000, 2000, 4000, 1150, 1300,
  ])
})
