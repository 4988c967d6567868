import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { completeEntry } from '../../src/entry/article-entry.js'
import { mergeEntries } from '../../src/entry/merge-entries.js'
import type { Article, Entry } from '../../src/types.js'
import { stating } from '../../src/wechat/stated.js'
import { rounds } from '../rounds.js'

const long = 'wechat:MzA5OTk5OTk5OQ==/2650000001/1'
const short = 'wechat:s/AbCdEfGhIjKlMnOpQrStUv'

function recommended(issue: number, key: string, title: string, more: Partial<Entry> = {}): Entry {
  const url = `https://mp.weixin.qq.com/${key.slice(7)}`
  const published = `2022-0${issue}-01T07:00:00.000Z`
  const permalink = `https://loomstack.example/weekly-${issue}/`
  return {
    id: url,
    keys: [key],
    url,
    title,
    authors: [],
    tags: [],
    kind: 'article',
    state: 'partial',
    origins: [{ source: 'weekly', kind: 'post', id: permalink, url: permalink, title: `Weekly ${issue}`, published, line: 10 }],
    ...more,
  }
}

describe('mergeEntries', () => {
  it('makes one entry with all its origins of an article that three issues recommend', () => {
    const merged = mergeEntries([
      recommended(3, long, 'Looms'),
      recommended(1, long, 'Looms'),
      recommended(2, `${long}/0123456789abcdef`, 'Looms'),
    ])
    expect(merged).toHaveLength(1)
    expect(merged[0]?.origins.map(origin => origin.title)).toEqual(['Weekly 1', 'Weekly 2', 'Weekly 3'])
  })

  it('takes the id of the address under which the article was first seen', () => {
    const proof = recommended(4, long, 'Looms', { keys: [long, short] })
    const merged = mergeEntries([recommended(2, long, 'Looms'), proof, recommended(1, short, 'Looms')])
    expect(merged).toHaveLength(1)
    expect(merged[0]?.id).toBe('https://mp.weixin.qq.com/s/AbCdEfGhIjKlMnOpQrStUv')
  })

  it('never makes one of two articles that merely share a title', () => {
    expect(mergeEntries([recommended(1, long, 'Looms'), recommended(1, short, 'Looms')])).toHaveLength(2)
  })

  it('takes the commonest title where no page states one, and the first of two that are as common', () => {
    expect(mergeEntries([recommended(1, long, 'A'), recommended(2, long, 'B'), recommended(3, long, 'B')])[0]?.title).toBe('B')
    expect(mergeEntries([recommended(2, long, 'B'), recommended(1, long, 'A')])[0]?.title).toBe('A')
  })

  describe('of items of several feeds', () => {
    const url = 'https://blog.example/looms'
    const item = (feed: string, title: string, html?: string): Entry => ({
      id: url,
      keys: [url],
      url,
      title,
      authors: [],
      tags: [],
      ...(html === undefined ? {} : { html }),
      kind: 'item',
      state: 'full',
      origins: [{ source: 'feeds', kind: 'feed', id: url, url: `https://${feed}/`, feed: `https://${feed}/feed.xml`, title: feed }],
    })
    const [own, planet, digest] = [
      item('feeds.blog.example', 'Looms', '<p>All.</p>'),
      item('a-planet.example', 'Blog: Looms', '<p>All, and an advertisement.</p>'),
      item('digest.example', 'Looms …'),
    ]

    it('believes the author’s own feed first, then the one with the longer text, whatever their order', () => {
      const orders = [
        [own, planet, digest],
        [digest, planet, own],
        [planet, own, digest],
      ]
      const merged = orders.map(order => mergeEntries(order))
      expect(merged[0]).toMatchObject([{ title: 'Looms', html: '<p>All.</p>' }])
      expect(merged[1]).toEqual(merged[0])
      expect(merged[2]).toEqual(merged[0])
      expect(mergeEntries([digest, planet])[0]?.title).toBe('Blog: Looms')
    })

    it('remembers each feed that has it', () => {
      expect(mergeEntries([own, planet, digest, own])[0]?.origins.map(({ title }) => title)).toEqual([
        'a-planet.example',
        'digest.example',
        'feeds.blog.example',
      ])
    })
  })

  it('takes the language that the page states before that of the weekly', () => {
    const page = {
      key: 'https://b.example/a',
      url: 'https://b.example/a',
      title: 'A',
      authors: [],
      kind: 'article' as const,
      extractor: 'generic',
      from: {},
    }
    const entry = recommended(1, long, 'A', { language: 'zh-CN' })
    expect(completeEntry(entry, { ...page, language: 'en' }).language).toBe('en')
    expect(completeEntry(entry, page).language).toBe('zh-CN')
  })

  it('puts the title of the page before those of the links', () => {
    const article: Article = {
      key: long,
      url: 'https://mp.weixin.qq.com/s?x',
      title: 'The page’s own',
      authors: [],
      kind: 'article',
      extractor: 'wechat',
      from: {},
    }
    const merged = mergeEntries([recommended(1, long, 'A'), recommended(2, long, 'A'), completeEntry(recommended(3, long, 'B'), article)])
    expect(merged[0]).toMatchObject({ title: 'The page’s own', state: 'full' })
    expect(merged[0]?.origins).toHaveLength(3)
  })

  it('names an issue once that links an article twice, with the note that it gives', () => {
    const again = recommended(1, long, 'A')
    const noted = { ...again, origins: [{ ...again.origins[0], line: 20, note: 'Read this' }] as const }
    expect(mergeEntries([recommended(1, long, 'A'), noted])[0]?.origins).toMatchObject([{ line: 10, note: 'Read this' }])
  })

  it('gives the same entries in any order of the sources, and the same again when merged twice', () => {
    const entry = fc
      .record({
        issue: fc.integer({ min: 1, max: 9 }),
        key: fc.constantFrom(long, short, `${long}/ab`, 'wechat:s/xxxxxxxxxxxxxxxxxxxxxx'),
        title: fc.constantFrom('A', 'B', 'C'),
        note: fc.constantFrom(undefined, 'n'),
      })
      .map(({ issue, key, title, note }) => {
        const made = recommended(issue, key, title)
        return note === undefined ? made : { ...made, origins: [{ ...made.origins[0], note }] as const }
      })
    const shuffled = fc
      .array(entry, { maxLength: 12 })
      .chain(entries => fc.tuple(fc.constant(entries), fc.shuffledSubarray(entries, { minLength: entries.length })))
    fc.assert(
      fc.property(shuffled, ([entries, other]) => {
        const merged = mergeEntries(entries)
        expect(mergeEntries(other)).toEqual(merged)
        expect(mergeEntries(merged)).toEqual(merged)
      }),
    )
  })

  it('gives the same of entries that have all in common that orders them, in any order', () => {
    const url = 'https://blog.example/looms'
    const texts = fc.constantFrom('a', 'b', 'c')
    const some = fc.option(texts, { nil: undefined })
    const entry = fc
      .record({
        kind: fc.constantFrom('item', 'article', 'issue', 'question'),
        state: fc.constantFrom('full', 'partial'),
        title: texts,
        feed: fc.constantFrom(undefined, 'https://blog.example/feed.xml', 'https://planet.example/feed.xml'),
        name: some,
        tag: some,
        published: fc.constantFrom(undefined, '2023-11-15T00:00:00.000Z', '2023-11-16T00:00:00.000Z'),
        estimated: fc.boolean(),
        optional: fc.record({ summary: some, html: some, language: some, image: some }),
        note: some,
        key: fc.constantFrom(url, `${url}?a`, `${url}?b`),
      })
      .map(({ kind, state, title, feed, name, tag, published, estimated, optional, note, key }): Entry => {
        const origin = { source: 'feeds', kind: 'feed' as const, ...(feed && { feed }), ...(note && { note }) }
        const dating = { dated: { from: 'page' as const, precision: 'day' as const, ...(estimated ? { estimated } : {}) } }
        return {
          id: url,
          keys: [url, key],
          url,
          title,
          kind,
          state,
          authors: name === undefined ? [] : [{ name }],
          tags: tag === undefined ? [] : [tag],
          origins: [origin],
          ...(published === undefined ? {} : { published, ...dating }),
          ...stating(optional),
        }
      })
    const shuffled = fc
      .array(entry, { minLength: 2, maxLength: 8 })
      .chain(entries => fc.tuple(fc.constant(entries), fc.shuffledSubarray(entries, { minLength: entries.length })))
    fc.assert(
      fc.property(shuffled, ([entries, other]) => {
        expect(mergeEntries(other)).toEqual(mergeEntries(entries))
      }),
      { numRuns: rounds(2000) },
    )
  })
})
