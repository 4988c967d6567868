import { describe, expect, it } from 'vitest'
import { type Problem, WeekloomError } from '../../src/problems.js'
import { type EntryFilters, makeFilter } from '../../src/sources/filter-items.js'
import type { Entry, SourceItem } from '../../src/types.js'

function entryOf(name: string, more: Partial<Entry> = {}): Entry {
  const url = `https://loomstack.example/${name}`
  return {
    id: url,
    keys: [url],
    url,
    title: name,
    authors: [],
    tags: [],
    kind: 'item',
    state: 'full',
    origins: [{ source: 'feeds', kind: 'feed' }],
    ...more,
  }
}

async function filter(items: readonly SourceItem[], filters: EntryFilters) {
  const problems: Problem[] = []
  async function* all() {
    yield* items
  }
  const left: SourceItem[] = []
  for await (const item of makeFilter(filters, 'feeds')(all(), { report: problem => problems.push(problem) })) left.push(item)
  return { left, titles: left.map(({ entry }) => entry.title), problems }
}
const items = (...names: string[]): SourceItem[] => names.map(name => ({ entry: entryOf(name) }))
const day = (number: number) => ({ published: `2023-01-0${number}T00:00:00.000Z` })

describe('filters of a source', () => {
  it('take what include matches, but not what exclude matches', async () => {
    expect((await filter(items('loom', 'loom ad', 'weft'), { include: 'loom', exclude: { title: '* ad' } })).titles).toEqual(['loom'])
  })

  it('give everything, unchanged, when there are none', async () => {
    const given = items('a', 'b')
    expect((await filter(given, {})).left).toEqual(given)
  })

  it('count the newest, leave them in their order, and put undated ones last', async () => {
    const dated = [
      { entry: entryOf('old', day(1)) },
      ...items('undated'),
      { entry: entryOf('new', day(3)) },
      { entry: entryOf('middle', day(2)) },
    ]
    expect((await filter(dated, { limit: 2 })).titles).toEqual(['new', 'middle'])
    expect((await filter(dated, { limit: 9 })).titles).toEqual(['old', 'undated', 'new', 'middle'])
    expect((await filter(items('a', 'b', 'c'), { limit: 2 })).titles).toEqual(['a', 'b'])
    expect((await filter(dated, { limit: 0 })).titles).toEqual([])
    expect((await filter([{ entry: entryOf('ad', day(4)) }, ...dated], { limit: 1, exclude: 'ad' })).titles).toEqual(['new'])
  })

  it('give tags to every entry before patterns look at it, each once', async () => {
    const { left } = await filter([{ entry: entryOf('a', { tags: ['x'] }) }], { tags: ['社区', 'x'], include: { tags: '社区' } })
    expect(left[0]?.entry.tags).toEqual(['x', '社区'])
  })

  it('give entries another form, or leave them out', async () => {
    const map = (entry: Entry) => (entry.title === 'b' ? undefined : { ...entry, title: `[${entry.title}]` })
    expect((await filter(items('a', 'b'), { map })).titles).toEqual(['[a]'])
  })

  it.each([
    ['throws', 'throw new Error("no such thing")', 'no such thing'],
    ['gives a text', 'return "x"', 'is no entry'],
    ['gives a promise', 'return Promise.resolve(entry)', 'is no entry'],
    ['gives half an entry', 'return { title: entry.title, url: entry.url }', '`authors`'],
    ['gives a date that is none', 'return { ...entry, published: "yesterday" }', '`published`'],
    ['gives people without names', 'return { ...entry, authors: [{}] }', '`authors[0].name` must be a text'],
  ])('leave an entry as it was for which map %s', async (_, body, cause) => {
    const { left, problems } = await filter(items('a'), { map: new Function('entry', body) as (entry: Entry) => Entry })
    expect(left).toEqual(items('a'))
    expect(problems).toMatchObject([{ code: 'ENTRY_MAP_FAILED', cause: expect.stringContaining(cause) }])
  })

  it('leave out an entry for which map gives null, and keep what names an entry', async () => {
    const map = (entry: Entry) => (entry.title === 'b' ? null : { ...entry, id: 'x', keys: [], title: 'A' })
    const { left } = await filter(items('a', 'b'), { map })
    expect(left).toEqual([{ entry: { ...entryOf('a'), title: 'A' } }])
  })

  it('pass an entry on which a function of include or exclude stops, and say so', async () => {
    const stop = (entry: Entry) => entry.title === 'b' && entry.summary?.length === entry.attachments?.at(0)?.url.length && JSON.parse('{')
    const { titles, problems } = await filter(items('a', 'b'), { include: entry => !stop(entry), exclude: stop })
    expect(titles).toEqual(['a', 'b'])
    expect(problems.map(({ code, where }) => [code, where.url])).toEqual(Array(2).fill(['ENTRY_MAP_FAILED', 'https://loomstack.example/b']))
  })

  it('leave an entry as it was for which map throws, and say so', async () => {
    const map = (entry: Entry) => {
      if (entry.title === 'a') throw new Error('no such thing')
      return entry
    }
    const { titles, problems } = await filter(items('a', 'b'), { map })
    expect(titles).toEqual(['a', 'b'])
    expect(problems).toEqual([
      expect.objectContaining({
        code: 'ENTRY_MAP_FAILED',
        cause: 'no such thing',
        where: { source: 'feeds', url: 'https://loomstack.example/a' },
      }),
    ])
  })

  it('look again at an entry once its page has been had', async () => {
    const wants = { url: 'https://loomstack.example/a', key: 'https://loomstack.example/a' }
    const { left } = await filter([{ entry: entryOf('loomstack.example/a', { state: 'partial' }), wants }], {
      include: { title: '发布' },
      exclude: { summary: '广告' },
      map: entry => ({ ...entry, language: 'zh' }),
    })
    const refine = left[0]?.refine
    expect(refine?.(entryOf('1.2 发布'))).toMatchObject({ title: '1.2 发布', language: 'zh' })
    expect(refine?.(entryOf('1.2 发布', { summary: '广告' }))).toBeUndefined()
    expect(refine?.(entryOf('周报'))).toBeUndefined()
  })

  it('never ask for a page of which exclude matches what is known already', async () => {
    const wants = { url: 'https://loomstack.example/ads/1', key: 'https://loomstack.example/ads/1' }
    expect((await filter([{ entry: entryOf('ads/1'), wants }], { exclude: { url: '/ads/' } })).left).toEqual([])
  })

  it('let twins pass, which are never entries of their own', async () => {
    expect((await filter([{ entry: entryOf('a'), twin: true }], { include: 'b', limit: 0 })).titles).toEqual(['a'])
  })

  it('that mean nothing are refused at once', () => {
    expect(() => makeFilter({ limit: -1 }, 'feeds')).toThrow(WeekloomError)
    expect(() => makeFilter({ include: /(?=a)/ }, 'feeds')).toThrow(WeekloomError)
  })
})
