import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ArchivePlan, planArchive } from '../../src/entry/plan-archive.js'
import type { Entry } from '../../src/types.js'
import { sampleArticle } from '../feed/sample-feed.js'
import { rounds } from '../rounds.js'

/** Entries of these ids, newest first. */
const entriesOf = (ids: readonly string[]): Entry[] => ids.map((id, index) => ({ ...sampleArticle(index), id }))
/** 9, 8, … 0 */
const ids = (count: number) => Array.from({ length: count }, (_, index) => String(count - 1 - index))

describe('planArchive', () => {
  it('plans nothing while a feed shows all', () => {
    expect(planArchive([], entriesOf(ids(3)), new Set(['0', '1', '2']), 2)).toEqual([])
  })

  it('begins with the oldest entries and fills documents with what the feed still shows', () => {
    expect(planArchive([], entriesOf(ids(10)), new Set(['9', '8', '7', '6', '5']), 3)).toEqual([
      ['0', '1', '2'],
      ['3', '4', '5'],
    ])
  })

  it('adds to no document, and begins one only when an entry that stands in none has left', () => {
    const first = planArchive([], entriesOf(ids(5)), new Set(['4', '3']), 4)
    expect(first).toEqual([['0', '1', '2', '3']])
    expect(planArchive(first, entriesOf(ids(6)), new Set(['5', '4']), 4)).toEqual(first)
    expect(planArchive(first, entriesOf(ids(7)), new Set(['6', '5']), 4)).toEqual([...first, ['4', '5', '6']])
  })

  it('loses no entry and changes no document, whatever comes, goes and is shown', () => {
    const step = fc.record({ added: fc.integer({ min: 0, max: 12 }), limit: fc.integer({ min: 0, max: 8 }), late: fc.boolean() })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), fc.integer({ min: 1, max: 5 }), (steps, size) => {
        let plan: ArchivePlan = []
        let entries: string[] = []
        for (const [round, { added, limit, late }] of steps.entries()) {
          const fresh = Array.from({ length: added }, (_, index) => `${round}-${index}`)
          // A late one is dated before all others.
          entries = late ? [...entries, ...fresh] : [...fresh, ...entries]
          const shown = new Set(entries.slice(0, limit))
          const next = planArchive(plan, entriesOf(entries), shown, size)
          expect(next.slice(0, plan.length)).toEqual(plan)
          expect(next.every(ids => ids.length > 0 && ids.length <= size)).toBe(true)
          const archived = next.flat()
          expect(new Set(archived).size).toBe(archived.length)
          expect(entries.filter(id => !shown.has(id) && !archived.includes(id))).toEqual([])
          plan = next
        }
      }),
      { numRuns: rounds(300) },
    )
  })
})
