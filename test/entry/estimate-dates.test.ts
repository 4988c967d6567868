import { describe, expect, it } from 'vitest'
import { estimateDates } from '../../src/entry/estimate-dates.js'
import type { Entry } from '../../src/types.js'

const biz = 'MzA5OTk5OTk5OQ=='
const article = (mid: number, published?: string, issue = '2022-12-30T07:00:00.000Z', account = biz): Entry => ({
  id: String(mid),
  keys: [`wechat:${account}/${mid}/1/aa`],
  url: `https://mp.weixin.qq.com/${mid}`,
  title: String(mid),
  authors: [],
  tags: [],
  kind: 'article',
  state: published ? 'full' : 'partial',
  origins: [{ source: 'weekly', kind: 'post', published: issue }],
  ...(published ? { published, dated: { from: 'page', precision: 'second' } } : {}),
})
const dateOf = (entries: Entry[], mid: number) => estimateDates(entries).find(entry => entry.id === String(mid))

describe('estimateDates', () => {
  it('puts an article between the dated neighbours of its account by mid, and says that it is an estimate', () => {
    expect(dateOf([article(100, '2022-01-01T00:00:00.000Z'), article(150), article(200, '2022-01-11T00:00:00.000Z')], 150)).toMatchObject({
      published: '2022-01-06T00:00:00.000Z',
      dated: { from: 'neighbours', precision: 'day', estimated: true },
    })
  })
  it('leaves the date of the first issue that links it where the estimate would be later', () => {
    const entries = [
      article(100, '2022-01-01T00:00:00.000Z'),
      article(150, undefined, '2022-01-02T00:00:00.000Z'),
      article(200, '2022-01-11T00:00:00.000Z'),
    ]
    expect(dateOf(entries, 150)?.published).toBeUndefined()
  })
  it('puts it shortly before the next later article where there is no earlier one, each at a moment of its own', () => {
    const entries = [article(100), article(150), article(200, '2022-01-11T00:00:00.000Z')]
    expect([100, 150].map(mid => dateOf(entries, mid)?.published)).toEqual(['2022-01-10T23:58:20.000Z', '2022-01-10T23:59:10.000Z'])
  })
  it('leaves the issue’s date where only earlier articles are dated', () =>
    expect(dateOf([article(100, '2022-01-01T00:00:00.000Z'), article(150)], 150)?.published).toBeUndefined())
  it('asks no other account', () =>
    expect(dateOf([article(200, '2022-01-11T00:00:00.000Z', undefined, 'MzA1MTExMTExMQ=='), article(150)], 150)?.published).toBeUndefined())
  it('changes no date that is there', () =>
    expect(estimateDates([article(100, '2022-01-01T00:00:00.000Z')])[0]?.published).toBe('2022-01-01T00:00:00.000Z'))
})
