import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mergeLedgerRecords } from '../../src/store/ledger-merge.js'
import type { LedgerRecord } from '../../src/store/ledger-record.js'
import { rounds } from '../rounds.js'

const instant = fc.integer({ min: 0, max: 4 }).map(day => new Date(Date.UTC(2024, 0, 1 + day)).toISOString())
const key = fc.constantFrom('wechat:s/a', 'wechat:s/b', 'wechat:MzA5MDA1MDAxMA==/1/1', 'https://example.org/a', 'https://example.org/b')
const dated = fc.record(
  {
    from: fc.constantFrom('page' as const, 'issue' as const, 'neighbours' as const),
    precision: fc.constantFrom('second' as const, 'day' as const),
    estimated: fc.constant(true as const),
  },
  { requiredKeys: ['from', 'precision'] },
)
const record: fc.Arbitrary<LedgerRecord> = fc
  .record(
    {
      key,
      id: fc.constantFrom('1', '2', '3'),
      url: fc.constantFrom('https://example.org/1', 'https://example.org/2'),
      aliases: fc.array(key, { maxLength: 3 }),
      firstSeen: instant,
      published: instant,
      dated,
    },
    {
      requiredKeys: ['key', 'id', 'url', 'aliases'],
    },
  )
  // Records as the ledger makes them: merged with themselves.
  .map(made => mergeLedgerRecords(made, made))

describe('merging records of one thing', () => {
  it('gives the same in any order', () => {
    fc.assert(
      fc.property(record, record, record, (a, b, c) => {
        expect(mergeLedgerRecords(a, b)).toEqual(mergeLedgerRecords(b, a))
        expect(mergeLedgerRecords(mergeLedgerRecords(a, b), c)).toEqual(mergeLedgerRecords(a, mergeLedgerRecords(b, c)))
      }),
      { numRuns: rounds(1000) },
    )
  })

  it('gives the same however often', () => {
    fc.assert(
      fc.property(record, record, (a, b) => {
        expect(mergeLedgerRecords(a, a)).toEqual(a)
        expect(mergeLedgerRecords(mergeLedgerRecords(a, b), b)).toEqual(mergeLedgerRecords(a, b))
      }),
    )
  })

  it('keeps every key, the id first seen, and the date of the best origin', () => {
    const base = { url: 'https://example.org/', aliases: [] }
    const a: LedgerRecord = {
      ...base,
      key: 'b',
      id: 'of b',
      firstSeen: '2024-01-02T00:00:00.000Z',
      published: '2024-01-02T00:00:00.000Z',
      dated: { from: 'page', precision: 'second' },
    }
    const b: LedgerRecord = {
      ...base,
      key: 'a',
      id: 'of a',
      aliases: ['c'],
      firstSeen: '2024-01-01T00:00:00.000Z',
      published: '2024-01-01T00:00:00.000Z',
      dated: { from: 'issue', precision: 'day', estimated: true },
    }
    expect(mergeLedgerRecords(a, b)).toEqual({ ...a, key: 'a', id: 'of a', aliases: ['b', 'c'], firstSeen: '2024-01-01T00:00:00.000Z' })
  })
})
