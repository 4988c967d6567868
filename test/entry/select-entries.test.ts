import { describe, expect, it } from 'vitest'
import { newestInstant, selectEntries } from '../../src/entry/select-entries.js'
import type { Entry } from '../../src/types.js'

const entries = (kind: Entry['kind'], count: number): Entry[] =>
  Array.from({ length: count }, (_, index) => {
    const id = `https://loomstack.example/${kind}/${index}`
    return {
      id,
      keys: [id],
      url: id,
      title: id,
      published: new Date(Date.UTC(2022, 0, 1 + index)).toISOString(),
      authors: [],
      tags: [],
      kind,
      state: 'full',
      origins: [{ source: 'weekly', kind: 'post', id }],
    }
  })

describe('selectEntries', () => {
  it('limits each kind by itself: 20 issues, 50 articles', () => {
    const selected = selectEntries([...entries('issue', 60), ...entries('article', 60)])
    expect(selected.filter(entry => entry.kind === 'issue')).toHaveLength(20)
    expect(selected.filter(entry => entry.kind === 'article')).toHaveLength(50)
  })
  it('keeps the newest, newest first', () => {
    expect(selectEntries(entries('issue', 30), { limit: 2 }).map(entry => entry.published?.slice(0, 10))).toEqual([
      '2022-01-30',
      '2022-01-29',
    ])
  })
  it('keeps all without a limit', () => expect(selectEntries(entries('article', 70), { limit: false })).toHaveLength(70))
  it('tells issues from articles', () =>
    expect(selectEntries([...entries('issue', 2), ...entries('article', 3)], { of: 'articles' })).toHaveLength(3))
  it('counts age from the newest entry, not from the clock', () =>
    expect(selectEntries(entries('issue', 15), { maxAge: 3 })).toHaveLength(4))
  it('puts undated entries last', () => {
    const [dated, undated] = entries('article', 2)
    const { published: _, ...rest } = undated as Entry
    expect(selectEntries([rest, dated as Entry]).map(entry => entry.published !== undefined)).toEqual([true, false])
  })
  it('puts undated issues by their numbers, the newest first, each before its links', () => {
    const issue = (number: number, kind: Entry['kind'] = 'issue'): Entry => {
      const id = `https://loomstack.example/issue-${number}/`
      const url = kind === 'issue' ? id : `https://mp.weixin.qq.com/s/of-issue-${number}`
      const origin = { source: 'weekly', kind: 'post', id, ...(kind === 'issue' ? {} : { line: 7 }) } as const
      return { id: url, keys: [url], url, title: url, authors: [], tags: [], kind, state: 'full', origins: [origin] }
    }
    const all = [issue(1), issue(10), issue(100), issue(9, 'article'), issue(9), issue(99)]
    expect(selectEntries(all).map(entry => entry.url.replace(/\D*(\d+)\D*$/, `${entry.kind} $1`))).toEqual([
      'issue 100',
      'issue 99',
      'issue 10',
      'issue 9',
      'article 9',
      'issue 1',
    ])
  })
})

describe('newestInstant', () => {
  it('is that of the newest entry, new or changed', () => {
    const [a, b] = entries('article', 2) as [Entry, Entry]
    expect(newestInstant([{ ...a, updated: '2023-01-01T00:00:00.000Z' }, b])).toBe('2023-01-01T00:00:00.000Z')
  })
  it('is absent when there is none', () => expect(newestInstant([])).toBeUndefined())
})
