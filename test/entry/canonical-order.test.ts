import { describe, expect, it } from 'vitest'
import { sortNewest } from '../../src/entry/canonical-order.js'
import type { Entry, EntryKind } from '../../src/types.js'

const entry = (address: string, published?: string, kind: EntryKind = 'issue', line = 1): Entry => ({
  id: kind === 'issue' ? address : `${address}#${line}`,
  keys: [`${address}${line}`],
  url: address,
  title: address,
  authors: [],
  tags: [],
  kind,
  state: 'full',
  origins: [{ source: 'weekly', kind: 'post', id: address, url: address, line }],
  ...(published === undefined ? {} : { published: `${published}T08:00:00.000Z` }),
})
const ids = (entries: readonly Entry[]) => sortNewest(entries).map(({ id }) => id)

describe('sortNewest', () => {
  it('puts numbered issues without a date above the dated one of the highest number below theirs', () => {
    const numbered = [42, 43, 44, 45, 407].map(number =>
      entry(`/issue-${number}`, number === 42 ? '2019-02-01' : number === 44 ? '2019-02-22' : undefined),
    )
    expect(ids(numbered)).toEqual(['/issue-407', '/issue-45', '/issue-44', '/issue-43', '/issue-42'])
    expect(ids([entry('/blog/a', '2020-01-01'), ...numbered, entry('/blog/b', '2019-02-10')])).toEqual([
      '/blog/a',
      '/issue-407',
      '/issue-45',
      '/issue-44',
      '/blog/b',
      '/issue-43',
      '/issue-42',
    ])
  })

  it('keeps what is of such an issue behind it', () => {
    const undated = [
      entry('/issue-2'),
      entry('/issue-2', undefined, 'question', 2),
      entry('/issue-3'),
      entry('/issue-3', undefined, 'question', 2),
    ]
    expect(ids([entry('/issue-1', '2019-02-01'), ...undated])).toEqual(['/issue-3', '/issue-3#2', '/issue-2', '/issue-2#2', '/issue-1'])
  })

  it('knows the date of an issue by what is of it, where a feed has articles alone', () => {
    const article = (number: number, issued?: string, published?: string): Entry => {
      const made = entry(`/issue-${number}`, published, 'article', 3)
      const origin = { source: 'weekly', kind: 'post', id: made.url, url: made.url } as const
      return { ...made, origins: [issued === undefined ? origin : { ...origin, published: `${issued}T08:00:00.000Z` }] }
    }
    const articles = [article(1, '2019-02-01', '2019-01-20'), article(2, '2019-02-08', '2019-02-02'), article(3), article(4)]
    expect(ids(articles)).toEqual(['/issue-4#3', '/issue-3#3', '/issue-2#3', '/issue-1#3'])
  })

  it('puts pages without a number or a date last, behind numbers with no dated one before them', () =>
    expect(ids([entry('/weekly/about'), entry('/weekly/7', '2019-02-01'), entry('/notes/9'), entry('/weekly/6')])).toEqual([
      '/weekly/7',
      '/weekly/6',
      '/notes/9',
      '/weekly/about',
    ]))

  it('gives the same in any order', () => {
    const entries = [
      entry('/i-1', '2019-01-01'),
      entry('/i-2'),
      entry('/i-3', '2019-03-01'),
      entry('/i-4'),
      entry('/x'),
      entry('/j-5'),
      entry('/j-5', undefined, 'question', 3),
    ]
    const wanted = ids(entries)
    for (let turn = 0; turn < entries.length; turn++)
      expect(ids([...entries.slice(turn), ...entries.slice(0, turn)].reverse())).toEqual(wanted)
  })
})
