import { describe, expect, it } from 'vitest'
import type { ProblemCode } from '../../src/problem-catalogue.js'
import { makeProblem } from '../../src/problems.js'
import { type ArticleRecord, noteFailure } from '../../src/store/article-record.js'
import { isToFetch } from '../../src/store/freshness.js'
import { retryTime } from '../../src/store/retry-time.js'
import { makeArticle } from './made-up.js'

const key = 'https://example.org/a'
const now = '2024-05-10T12:00:00.000Z'
const had: ArticleRecord = { key, article: makeArticle(key), fetchedAt: '2024-05-01T12:00:00.000Z' }
const failedUntil = (retryAt?: string): ArticleRecord => ({
  key,
  outcome: { code: 'WECHAT_DELETED', at: '2024-05-01T00:00:00.000Z', times: 1, ...(retryAt === undefined ? {} : { retryAt }) },
})
const past = failedUntil('2024-05-10T12:00:00.000Z')
const future = failedUntil('2024-05-10T12:00:00.001Z')
const never = failedUntil()
const aheadFailed: ArticleRecord = { key, outcome: { code: 'FETCH_TLS', at: '2025-05-01T00:00:00.000Z', times: 1 } }
const read = { ...had, article: makeArticle(key, { extractor: 'wiki' }) }
const refusedBy = (reader?: string): ArticleRecord => noteFailure({ key }, makeProblem('ARTICLE_TITLE_MISSING', {}, 'None.'), now, reader)

describe('whether a page is asked for', () => {
  it.each([
    ['a page never asked for is fetched', {}, {}, true],
    ['a good article is had once', had, {}, false],
    ['a good article is used though a later try failed', { ...had, ...past }, {}, false],
    ['an article of that age is read again', had, { maxAge: 9 }, true],
    ['a younger one is not', had, { maxAge: 9.01 }, false],
    ['an old article is used while its page fails', { ...had, ...future }, { maxAge: 1 }, false],
    ['a failure is tried again when its time has come', past, {}, true],
    ['a failure is not tried before', future, {}, false],
    ['a failure is tried that a clock noted ahead of its time', aheadFailed, {}, true],
    ['one that waits for longer than any may is tried', failedUntil('2025-05-10T12:00:00.000Z'), {}, true],
    ['an article of a later day than today is of no age', { ...had, fetchedAt: '2025-05-01T00:00:00.000Z' }, { maxAge: 9 }, true],
    ['what never changes is not tried', never, {}, false],
    ['an article that an extractor of one’s own did not read is fetched for it', had, { reader: 'wiki' }, true],
    ['one that it read is not', read, { reader: 'wiki' }, false],
    ['nor one for which none is asked any more', read, {}, false],
    ['a page in which others saw no article is fetched for it', refusedBy(), { reader: 'wiki' }, true],
    ['one in which it saw none itself is not', refusedBy('wiki'), { reader: 'wiki' }, false],
    ['an article is used whose page it refused', { ...refusedBy('wiki'), ...had }, { reader: 'wiki' }, false],
    ['a page that fails is not tried sooner for it', { ...had, ...future }, { reader: 'wiki' }, false],
    ['a frozen run uses what others read', had, { reader: 'wiki', network: 'frozen' as const }, false],
    ['a frozen run fetches nothing', past, { network: 'frozen' as const }, false],
    ['a frozen run uses what it has, however old', had, { network: 'frozen' as const, maxAge: 0 }, false],
    ['a refresh fetches everything', never, { network: 'refresh' as const }, true],
    ['a refresh fetches what is there', had, { network: 'refresh' as const }, true],
  ])('%s', (_, record, options, expected) => {
    expect(isToFetch(record, { now, network: 'auto', ...options })).toBe(expected)
  })
})

describe('the time of the next try', () => {
  const timeAfter = (code: ProblemCode, times: number, data: Record<string, string> = {}) =>
    retryTime(makeProblem(code, {}, 'No.', { data }), now, times)

  it.each([
    [
      'at once, then after an hour, for what passes soon',
      'FETCH_TIMEOUT',
      'soon',
      [
        '2024-05-10T12:00:00.000Z',
        '2024-05-10T13:00:00.000Z',
        '2024-05-10T18:00:00.000Z',
        '2024-05-11T12:00:00.000Z',
        '2024-05-11T12:00:00.000Z',
      ],
    ],
    ['a day later for what passes later', 'WECHAT_VERIFICATION', 'later', ['2024-05-11T12:00:00.000Z', '2024-05-11T12:00:00.000Z']],
    ['30 days later for what rarely changes', 'FETCH_GONE', 'rarely', ['2024-06-09T12:00:00.000Z']],
  ] as const)('is %s', (_, code, again, times) => {
    expect(times.map((_time, index) => timeAfter(code, index + 1, { again }))).toEqual(times)
  })

  it('does not come for what only options or the address can change', () => {
    expect(timeAfter('FETCH_TLS', 1, { again: 'never' })).toBeUndefined()
  })

  it.each([
    ['WECHAT_DELETED', '2024-06-09T12:00:00.000Z'],
    ['WECHAT_VIOLATION', '2024-06-09T12:00:00.000Z'],
    ['WECHAT_VERIFICATION', '2024-05-11T12:00:00.000Z'],
    ['WECHAT_UNAVAILABLE', '2024-05-11T12:00:00.000Z'],
  ] as const)('follows the kind of page where the problem does not state it: %s', (code, expected) => {
    expect(timeAfter(code, 1)).toBe(expected)
    expect(timeAfter(code, 1, { again: 'constructor' })).toBe(expected)
  })

  it('is the one that the server states, within 30 days', () => {
    expect(timeAfter('FETCH_LATER', 1, { again: 'later', retryAt: '2024-05-10T12:30:00.000Z' })).toBe('2024-05-10T12:30:00.000Z')
    expect(timeAfter('FETCH_LATER', 1, { again: 'later', retryAt: '9999-01-01T00:00:00.000Z' })).toBe('2024-06-09T12:00:00.000Z')
    expect(timeAfter('FETCH_LATER', 1, { again: 'later', retryAt: '2020-01-01T00:00:00.000Z' })).toBe(now)
    expect(timeAfter('FETCH_LATER', 1, { again: 'later', retryAt: 'soon' })).toBe('2024-05-11T12:00:00.000Z')
  })

  it('is due when it was noted', () => {
    const record = noteFailure({ key }, makeProblem('WECHAT_DELETED', {}, 'Gone.'), now)
    const isDueAt = (later: string) => isToFetch(record, { now: later, network: 'auto' })
    expect([isDueAt(now), isDueAt('2024-06-09T11:59:59.999Z'), isDueAt('2024-06-09T12:00:00.000Z')]).toEqual([false, false, true])
  })
})
