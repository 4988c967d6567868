import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareNatural } from '../../src/text/natural-order.js'

describe('compareNatural', () => {
  it.each([
    ['issue-9', 'issue-10'],
    ['issue-009', 'issue-10'],
    ['2023/1228', '2024/0101'],
    ['issue', 'issue-1'],
    ['a01', 'a1'],
    ['9', 'a'],
  ])('%s comes before %s', (first, second) => {
    expect(compareNatural(first, second)).toBeLessThan(0)
    expect(compareNatural(second, first)).toBeGreaterThan(0)
  })
  it('is an order of all texts, in which only equal ones are equal', () => {
    const text = fc.string({ unit: fc.constantFrom('0', '1', '9', '-', 'a'), maxLength: 8 })
    fc.assert(
      fc.property(text, text, text, (a, b, c) => {
        expect(Math.sign(compareNatural(a, b)) + Math.sign(compareNatural(b, a))).toBe(0)
        expect(compareNatural(a, b) === 0).toBe(a === b)
        if (compareNatural(a, b) <= 0 && compareNatural(b, c) <= 0) expect(compareNatural(a, c)).toBeLessThanOrEqual(0)
      }),
    )
  })
})
