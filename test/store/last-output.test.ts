import { describe, expect, it } from 'vitest'
import { readPublished, writePublished } from '../../src/store/last-output.js'
import { memoryStore } from '../../src/store/memory-store.js'
import { collectReports } from './made-up.js'

describe('the ids last published', () => {
  it('are kept for each output, in their order, one a line', async () => {
    const store = memoryStore()
    const { problems, report } = collectReports()
    await writePublished(store, 'feed', { ids: ['https://example.org/b', 'https://example.org/a'] })
    await writePublished(store, 'teams/茶', { ids: [] })
    expect(await readPublished(store, 'feed', report)).toEqual({ ids: ['https://example.org/b', 'https://example.org/a'] })
    expect(await readPublished(store, 'teams/茶', report)).toEqual({ ids: [] })
    expect(await readPublished(store, 'other', report)).toBeUndefined()
    expect(await store.get('published/feed.json')).toBe(
      '{\n  "format": 1,\n  "ids": [\n    "https://example.org/b",\n    "https://example.org/a"\n  ]\n}\n',
    )
    expect(problems).toEqual([])
  })

  it('are kept with the items of other feeds among them', async () => {
    const store = memoryStore()
    const published = { ids: ['a'], items: { 'https://b.example/feed.xml': { a: ['2024-01-01T00:00:00.000Z', 'https://b.example/a'] } } }
    await writePublished(store, 'feed', published)
    expect(await readPublished(store, 'feed', () => {})).toEqual(published)
  })

  it('count as never published when their record is damaged, which is reported', async () => {
    const store = memoryStore()
    const { problems, report } = collectReports()
    for (const record of ['{"format": 1, "ids": [1]}', '{"format": 1, "ids": [], "items": {"a": {"b": ["", 1]}}}']) {
      await store.set('published/feed.json', record)
      expect(await readPublished(store, 'feed', report)).toBeUndefined()
    }
    expect(problems.map(({ code }) => code)).toEqual(['STORE_RECORD_DAMAGED', 'STORE_RECORD_DAMAGED'])
  })
})
