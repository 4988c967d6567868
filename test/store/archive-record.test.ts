import { describe, expect, it } from 'vitest'
import { readArchive, writeArchive } from '../../src/store/archive-record.js'
import { memoryStore } from '../../src/store/memory-store.js'
import { collectReports } from './made-up.js'

describe('the archived documents of a feed', () => {
  it('are kept by feed, in their order', async () => {
    const store = memoryStore()
    const { problems, report } = collectReports()
    await writeArchive(store, 'feed', [['https://example.org/b', 'https://example.org/a'], ['https://example.org/c']])
    expect(await readArchive(store, 'feed', report)).toEqual([
      ['https://example.org/b', 'https://example.org/a'],
      ['https://example.org/c'],
    ])
    expect(await readArchive(store, 'other', report)).toEqual([])
    expect(problems).toEqual([])
  })

  it('count as none when their record is damaged, which is reported', async () => {
    const store = memoryStore()
    const { problems, report } = collectReports()
    await store.set('archives/feed.json', '{"format": 1, "documents": ["a"]}')
    expect(await readArchive(store, 'feed', report)).toEqual([])
    expect(problems.map(({ code }) => code)).toEqual(['STORE_RECORD_DAMAGED'])
  })
})
