import { describe, expect, it } from 'vitest'
import { type EntryPattern, matchEntry } from '../../src/entry/match-entry.js'
import { WeekloomError } from '../../src/problems.js'
import type { Entry } from '../../src/types.js'

const entry: Entry = {
  id: 'https://loomstack.example/warp',
  keys: ['https://loomstack.example/warp'],
  url: 'https://loomstack.example/warp',
  title: '织机 1.2 发布',
  published: '2023-11-15T02:13:20.000Z',
  authors: [{ name: '经线' }, { name: 'Ann' }],
  account: { name: '试验织坊' },
  tags: ['社区', 'Release'],
  summary: '快了一倍',
  html: '<p>梭子<b>轻</b>了</p>',
  kind: 'article',
  state: 'full',
  origins: [{ source: 'articles', kind: 'article' }],
}
const matches = (patterns: EntryPattern | EntryPattern[]) => matchEntry(patterns, 'include')(entry)

describe('matchEntry', () => {
  it.each<[string, EntryPattern]>([
    ['a text in the title', '发布'],
    ['a text in the body, across its tags', '梭子轻'],
    ['an expression in all words', /社区|广告/],
    ['a field', { title: '织机*发布' }],
    ['one part of a list', { tags: 'release' }],
    ['one of several patterns of a field', { authors: ['Ben', 'Ann'] }],
    ['all of several fields', { kind: 'article', published: /^2023-/ }],
    ['what a function says', ({ authors }) => authors.length === 2],
  ])('matches %s', (_title, pattern) => {
    expect(matches(pattern)).toBe(true)
  })

  it.each<[string, EntryPattern]>([
    ['a text that stands in an address alone', 'loomstack'],
    ['one of two fields', { title: '发布', tags: 'news' }],
    ['a field that the entry does not have', { language: '' }],
    ['two parts of a list taken together', { authors: '经线Ann' }],
    ['no pattern of a field', { title: [] }],
  ])('does not match %s', (_title, pattern) => {
    expect(matches(pattern)).toBe(false)
  })

  it('takes one pattern of a list for enough, and none for nothing', () => {
    expect(matches(['广告', { tags: '社区' }])).toBe(true)
    expect(matches([])).toBe(false)
  })

  it.each([
    ['a field that entries do not have', { titel: 'x' }, /titel.*did you mean title/],
    ['an expression that looks around', { title: /(?<!a)b/ }, /include\.title.*looks around/],
    ['what is no pattern', { title: 3 }, /include\.title: 3 is no pattern/],
    ['nothing', null, /include: null is no pattern/],
    ['a number', 3, /include: 3 is no pattern/],
  ])('refuses %s', (_title, pattern, message) => {
    // @ts-expect-error: what plain JavaScript can hand in
    const attempt = () => matchEntry(pattern, 'include')
    expect(attempt).toThrow(WeekloomError)
    expect(attempt).toThrow(message)
  })
})
