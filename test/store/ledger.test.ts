import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { WeekloomError } from '../../src/problems.js'
import { type Ledger, ledgerPlace, openLedger } from '../../src/store/ledger.js'
import type { LedgerClaim, LedgerRecord } from '../../src/store/ledger-record.js'
import { memoryStore } from '../../src/store/memory-store.js'
import type { Store } from '../../src/types.js'
import { rounds } from '../rounds.js'
import { collect } from './conformance.js'
import { collectReports } from './made-up.js'

const long = 'wechat:MzA5MDA1MDAxMA==/2650000001/1'
const otherLong = 'wechat:MzA5MDA1MDAxMA==/2650000002/1'
const short = 'wechat:s/AbCdEfGhIjKlMnOpQrStUv'
const otherShort = 'wechat:s/aBcDeFgHiJkLmNoPqRsTuV'
const monday = '2024-01-01T00:00:00.000Z'
const tuesday = '2024-01-02T00:00:00.000Z'

describe('the ledger', () => {
  it('knows nothing at first', async () => {
    expect(await open(memoryStore()).find([long, short])).toBeUndefined()
  })

  it('gives the id of the first claim to every later one, in this run and the next', async () => {
    const store = memoryStore()
    const ledger = open(store)
    expect((await ledger.claim(claimOf('first', [short]))).id).toBe('first')
    expect((await ledger.claim(claimOf('second', [short]))).id).toBe('first')
    expect((await open(store).claim(claimOf('third', [short]))).id).toBe('first')
  })

  it('keeps the id when the short form turns out to be a long one', async () => {
    const store = memoryStore()
    await open(store).claim(claimOf('short', [short]))
    const record = await open(store).claim(claimOf('long', [long, short]))
    expect(record).toMatchObject({ id: 'short', key: short, aliases: [long] })
    expect((await open(store).find([`${long}/0123456789abcdef`]))?.id).toBe('short')
  })

  it('keeps the id first seen when two things turn out to be one', async () => {
    const store = memoryStore()
    await open(store).claim({ ...claimOf('short', [short, otherShort]), firstSeen: tuesday })
    await open(store).claim({ ...claimOf('long', [long]), firstSeen: monday })
    const record = await open(store).claim({ ...claimOf('any', [short, long]), firstSeen: tuesday })
    expect(record).toEqual({
      key: long,
      id: 'long',
      url: 'https://example.org/long',
      aliases: [short, otherShort].sort(),
      firstSeen: monday,
    })
    for (const key of [long, short, otherShort]) expect(await open(store).find([key]), key).toEqual(record)
  })

  it('takes the earliest date of first sight, and the date of the best origin, once', async () => {
    const store = memoryStore()
    const claim = claimOf('a', [long])
    await open(store).claim({
      ...claim,
      firstSeen: tuesday,
      published: tuesday,
      dated: { from: 'issue', precision: 'day', estimated: true },
    })
    await open(store).claim({ ...claim, firstSeen: monday, published: monday, dated: { from: 'issue', precision: 'day', estimated: true } })
    expect(await open(store).find([long])).toMatchObject({ firstSeen: monday, published: tuesday })
    await open(store).claim({ ...claim, published: monday, dated: { from: 'page', precision: 'second' } })
    await open(store).claim({ ...claim, published: tuesday, dated: { from: 'text', precision: 'day' } })
    await open(store).claim(claim)
    expect(await open(store).find([long])).toMatchObject({
      firstSeen: monday,
      published: monday,
      dated: { from: 'page', precision: 'second' },
    })
  })

  it('believes no moment of a clock that was more than a day ahead', async () => {
    const store = memoryStore()
    const seen = (moment: string): LedgerClaim => ({
      ...claimOf('a', [long]),
      firstSeen: moment,
      published: moment,
      dated: { from: 'first-seen', precision: 'day', estimated: true },
    })
    for (const [moment, kept] of [
      ['2025-01-01T00:00:00.000Z', '2025-01-01T00:00:00.000Z'],
      [tuesday, tuesday],
      ['2025-01-01T00:00:00.000Z', tuesday],
      ['2024-01-01T00:00:00.001Z', tuesday],
    ] as const)
      expect(await open(store).claim(seen(moment))).toMatchObject({ published: kept })
  })

  it('writes nothing when nothing changes', async () => {
    const store = memoryStore()
    const claim = { ...claimOf('a', [long, short]), softKeys: [otherShort], firstSeen: monday }
    await open(store).claim(claim)
    const sealed: Store = { ...store, set: () => Promise.reject(new Error('written')) }
    expect((await open(sealed).claim({ ...claim, keys: [short, long] })).id).toBe('a')
  })

  it('settles many claims in their order, also where one joins two others', async () => {
    const ledger = open(memoryStore())
    const records = await ledger.claimAll([
      { ...claimOf('short', [short]), firstSeen: tuesday },
      { ...claimOf('long', [long]), firstSeen: monday },
      { ...claimOf('both', [long, short]), firstSeen: tuesday },
      { ...claimOf('other', [otherLong]), firstSeen: tuesday },
    ])
    expect(records.map(({ id }) => id)).toEqual(['long', 'long', 'long', 'other'])
  })

  it('keeps a record for the thing and one for each alias, which git can merge', async () => {
    const store = memoryStore()
    await open(store).claim({ ...claimOf('a', [long, short]), firstSeen: monday })
    expect(await collect(store.keys(''))).toEqual([ledgerPlace(long), ledgerPlace(short)])
    expect(await store.get('ledger/wechat/MzA5MDA1MDAxMA==/2650000001-1.json')).toBe(
      `{\n  "format": 1,\n  "aliases": [\n    "${short}"\n  ],\n  "firstSeen": "${monday}",\n  "id": "a",\n  "key": "${long}",\n  "url": "https://example.org/a"\n}\n`,
    )
    expect(await store.get(ledgerPlace(short))).toBe(`{\n  "format": 1,\n  "aliasOf": "${long}",\n  "key": "${short}"\n}\n`)
  })

  it('agrees on one id when claims come at the same moment', async () => {
    const store = memoryStore()
    const ledgers = [open(store), open(store), open(store)]
    const records = await Promise.all(ledgers.map((ledger, index) => ledger.claim(claimOf(`by ${index}`, [long, `wechat:s/${index}`]))))
    expect(new Set(records.map(({ id }) => id)).size).toBe(1)
    expect((await open(store).find([long]))?.aliases).toEqual(['wechat:s/0', 'wechat:s/1', 'wechat:s/2'])
  })

  it('follows no ring of aliases', async () => {
    const store = memoryStore()
    await store.set(ledgerPlace(short), `{"format": 1, "key": "${short}", "aliasOf": "${otherShort}"}`)
    await store.set(ledgerPlace(otherShort), `{"format": 1, "key": "${otherShort}", "aliasOf": "${short}"}`)
    expect(await open(store).find([short])).toBeUndefined()
    expect((await open(store).claim(claimOf('a', [short]))).id).toBe('a')
    expect((await open(store).find([otherShort]))?.id).toBe('a')
  })

  it('names a damaged record once, goes on without it, and puts it aside when it is made again', async () => {
    const store = memoryStore()
    await store.set(ledgerPlace(long), '{"format": 1, "id": "a"')
    const { problems, report } = collectReports()
    const ledger = withClaim(openLedger(store, report))
    expect(await ledger.find([long])).toBeUndefined()
    expect((await ledger.claim(claimOf('b', [long]))).id).toBe('b')
    expect(problems.map(({ code }) => code)).toEqual(['STORE_RECORD_DAMAGED'])
    expect(await store.get(`damaged/${ledgerPlace(long)}`)).toBe('{"format": 1, "id": "a"')
  })

  it('is not written by a version that does not know its format', async () => {
    const store = memoryStore()
    await store.set(ledgerPlace(long), '{"format": 7}')
    await expect(open(store).claim(claimOf('a', [long]))).rejects.toThrow(WeekloomError)
  })
})

describe('a soft alias', () => {
  it('leads to the record, without becoming a proof', async () => {
    const store = memoryStore()
    await open(store).claim({ ...claimOf('a', [long]), softKeys: [short] })
    const found = await open(store).find([short])
    expect(found).toMatchObject({ id: 'a', aliases: [] })
    expect((await open(store).claim(claimOf('b', [short]))).id).toBe('a')
  })

  it('gives the id of the thing first seen, whichever address that had', async () => {
    const store = memoryStore()
    await open(store).claim(claimOf('short', [short]))
    expect((await open(store).claim({ ...claimOf('long', [long]), softKeys: [short] })).id).toBe('short')
    expect((await open(store).find([long]))?.id).toBe('short')
  })

  it('becomes a proof when a page agrees', async () => {
    const store = memoryStore()
    await open(store).claim({ ...claimOf('a', [long]), softKeys: [short] })
    expect(await open(store).claim(claimOf('b', [short, long]))).toMatchObject({ id: 'a', aliases: [short] })
  })

  it('is dropped when a page disagrees', async () => {
    const store = memoryStore()
    await open(store).claim({ ...claimOf('a', [long]), softKeys: [short] })
    expect((await open(store).claim(claimOf('b', [short, otherLong]))).id).toBe('b')
    expect((await open(store).find([short]))?.id).toBe('b')
    expect((await open(store).find([long]))?.id).toBe('a')
    expect((await open(store).claim({ ...claimOf('a', [long]), softKeys: [short] })).id).toBe('a')
    expect((await open(store).find([short]))?.id).toBe('b')
  })

  it('is dropped too when the page of the thing first seen disagrees', async () => {
    const store = memoryStore()
    await open(store).claim(claimOf('short', [short]))
    await open(store).claim({ ...claimOf('long', [long]), softKeys: [short] })
    await open(store).claim(claimOf('any', [short, otherLong]))
    expect((await open(store).find([long]))?.id).toBeUndefined()
    expect((await open(store).claim(claimOf('long', [long]))).id).toBe('long')
    expect((await open(store).find([short]))?.id).toBe('short')
  })
})

describe('two articles of WeChat', () => {
  it('stay two, whatever address a page claims for both', async () => {
    const store = memoryStore()
    await open(store).claim(claimOf('a', [long, short]))
    const other = await open(store).claim(claimOf('b', [otherLong, short]))
    expect(other).toMatchObject({ id: 'b', key: otherLong, aliases: [] })
    await open(store).claim(claimOf('b', [otherLong, otherShort]))
    expect((await open(store).claim(claimOf('c', [short, otherShort]))).id).toBe('a')
    expect((await open(store).find([otherShort]))?.id).toBe('b')
  })
})

describe('ids', () => {
  /** What is what in truth. Pages tell it, in parts; posts show any address beside any other. */
  const things = [
    [long, short, 'https://example.org/a'],
    [otherLong, otherShort, 'https://example.org/b'],
  ]
  const keys = things.flat()
  const claim = fc.record({
    keys: fc.constantFrom(...things).chain(of => fc.uniqueArray(fc.constantFrom(...of), { minLength: 1, maxLength: 3 })),
    softKeys: fc.uniqueArray(fc.constantFrom(...keys), { maxLength: 2 }),
    firstSeen: fc.constantFrom(monday, tuesday),
  })
  const claims = fc
    .array(claim, { maxLength: 8 })
    .map(drawn => drawn.map((one, index) => ({ ...claimOf(String(index), one.keys), ...one })))

  it('are settled by one run: a second gives the same and writes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(claims, async made => {
        const store = memoryStore()
        const before = await open(store).claimAll(made)
        const sealed: Store = { ...store, set: () => Promise.reject(new Error('written')) }
        expect(await open(sealed).claimAll(made)).toEqual(before)
        for (const [index, { keys: claimed }] of made.entries()) expect((await open(store).find(claimed))?.id).toBe(before[index]?.id)
      }),
      { numRuns: rounds(1500) },
    )
  })

  it('are one for one thing as soon as pages prove it, whatever posts show', async () => {
    await fc.assert(
      fc.asyncProperty(claims, async made => {
        const store = memoryStore()
        await open(store).claimAll(made)
        const [first, second] = await open(store).claimAll(things.map((of, index) => claimOf(`thing ${index}`, of)))
        expect(first?.id).not.toBe(second?.id)
        for (const [index, of] of things.entries())
          for (const key of of) expect((await open(store).find([key]))?.id).toBe([first, second][index]?.id)
      }),
      { numRuns: rounds(500) },
    )
  })

  it('never change once given, as long as no page proves two things to be one', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...keys), { maxLength: 12 }), async order => {
        const store = memoryStore()
        const given = new Map<string, string>()
        for (const [index, key] of order.entries()) {
          const { id } = await open(store).claim(claimOf(String(index), [key]))
          expect(id).toBe(given.get(key) ?? String(index))
          given.set(key, id)
        }
      }),
    )
  })
})

function open(store: Store) {
  return withClaim(
    openLedger(store, problem => {
      throw new Error(problem.message)
    }),
  )
}

/** A ledger with a way to claim one thing. */
function withClaim(ledger: Ledger) {
  const claim = async (one: LedgerClaim): Promise<LedgerRecord> => {
    const [record] = await ledger.claimAll([one])
    if (!record) throw new Error('It gave no record.')
    return record
  }
  return { ...ledger, claim }
}

function claimOf(id: string, keys: readonly string[]): LedgerClaim {
  return { id, keys, url: `https://example.org/${id}` }
}
