import { describe, expect, it } from 'vitest'
import { feedEntry, findShared } from '../../src/entry/feed-entry.js'
import { mergeEntries } from '../../src/entry/merge-entries.js'
import type { ParsedEntry } from '../../src/types.js'

const feedUrl = 'https://b.example/feed.xml'
const feed = { homeUrl: 'https://b.example/' }

/** The entries that the items of one feed become, merged. */
function entriesOf(items: readonly ParsedEntry[]) {
  const place = { source: 'feeds', feed, feedUrl, tags: [], shared: findShared(items, feed) }
  return mergeEntries(items.flatMap(item => feedEntry(item, place) ?? []))
}
const keysOf = (item: ParsedEntry) => entriesOf([item])[0]?.keys

describe('feedEntry', () => {
  it('is called by what names the item everywhere: an address, another URI, its link', () => {
    expect(keysOf({ id: 'https://b.example/?p=1', url: 'http://b.example/one?utm_source=feed' })).toEqual([
      'https://b.example/?p=1',
      'https://b.example/one',
    ])
    expect(keysOf({ id: 'urn:uuid:1', url: 'https://b.example/one' })).toEqual(['https://b.example/one', 'urn:uuid:1'])
  })

  it('is called by the feed and the id, where that is an id in its feed only', () => {
    expect(keysOf({ id: '12' })).toEqual([`${feedUrl}#12`])
  })

  it('is called by its date and words without an id or an address of its own, and is nothing without those either', () => {
    const home = feed.homeUrl
    const published = '2024-01-02T00:00:00.000Z'
    expect(keysOf({ title: 'Release' })).toEqual([`${feedUrl}#Release`])
    expect(
      entriesOf([
        { title: 'Release', url: home, published },
        { title: 'Other', url: home, published },
      ]),
    ).toHaveLength(2)
    expect(keysOf({ summary: '<p>Only words</p>' })).toEqual([`${feedUrl}#Only%20words`])
    expect(entriesOf([{ summary: '<img src="x.png">' }, {}])).toEqual([])
  })

  it('does not believe an id that several items with different addresses have, nor one that is the feed’s own page', () => {
    const urls = ['https://b.example/1', 'https://b.example/2']
    for (const id of ['x', 'urn:uuid:1', 'https://b.example/'])
      expect(entriesOf(urls.map(url => ({ id, url }))).map(entry => entry.id)).toEqual(urls)
    expect(keysOf({ id: 'https://b.example', url: 'https://b.example/1' })).toEqual(['https://b.example/1'])
    expect(
      entriesOf([
        { id: 'x', url: urls[0] ?? '', title: 'new' },
        { id: 'x', url: `${urls[0]}?utm_source=a`, title: 'old' },
      ]),
    ).toHaveLength(1)
  })

  it('tells items without ids that have one address in common by their words', () => {
    const url = 'https://b.example/changes'
    expect(
      entriesOf([
        { url, title: 'One' },
        { url, title: 'Two' },
        { url: `${url}/`, summary: 'Three' },
      ]).map(({ title }) => title),
    ).toEqual(['One', 'Three', 'Two'])
  })

  it('is called by the beginning of its text where it has no title', () => {
    expect(entriesOf([{ id: 'urn:1', html: `<p>Threads are <b>cut</b>. ${'And so on, '.repeat(20)}</p>` }])[0]?.title).toMatch(
      /^Threads are cut\. And so on.{1,80}…$/,
    )
    expect(entriesOf([{ url: 'https://b.example/1' }])[0]?.title).toBe('https://b.example/1')
  })

  it('is dated by its last change where it has no other date, as an estimate', () => {
    const [published, updated] = ['2024-01-02T00:00:00.000Z', '2024-01-03T00:00:00.000Z']
    expect(entriesOf([{ id: 'urn:1', updated }])).toMatchObject([{ published: updated, updated, dated: { from: 'feed', estimated: true } }])
    expect(entriesOf([{ id: 'urn:1', published, updated }])).toMatchObject([
      { published, updated, dated: { from: 'feed', precision: 'second' } },
    ])
  })

  it('is kept from words without end', () => {
    const endless = 'x'.repeat(100_000)
    const item = { id: `urn:x:${endless}`, title: endless, tags: [endless], authors: [{ name: endless, url: 'https://b.example/' }] }
    const entry = feedEntry(item, { source: 'feeds', feed: { title: endless }, feedUrl, tags: [] })
    expect(JSON.stringify(entry).length).toBeLessThan(4000)
    expect(entry).toMatchObject({ title: `${endless.slice(0, 499)}…`, authors: [{ url: 'https://b.example/' }] })
  })

  it('has the language of its feed where it states none', () => {
    const item = { id: 'urn:1', url: 'https://b.example/1' }
    const languageOf = (more: ParsedEntry) =>
      feedEntry({ ...item, ...more }, { source: 'feeds', feed: { language: 'zh-CN' }, feedUrl, tags: [] })?.language
    expect([languageOf({}), languageOf({ language: 'en' })]).toEqual(['zh-CN', 'en'])
  })

  it('shows nothing of a password or a token that its feed is asked for with', () => {
    const place = {
      source: 'feeds',
      feed: {},
      feedUrl: 'https://user:secret@b.example/feed.xml?access_token=secret&n=5&key=secret&feedToken=secret',
      tags: [],
    }
    const entry = feedEntry({ id: '12', title: 'A' }, place)
    expect(entry).toMatchObject({ id: 'https://b.example/feed.xml?n=5#12', url: 'https://b.example/feed.xml?n=5' })
    expect(JSON.stringify(entry)).not.toContain('secret')
  })

  it('never makes one of two items of a feed: not by a link they share, nor by a link that is the id of another', () => {
    const link = 'https://x.example/a'
    expect(
      entriesOf([
        { id: '1', url: link },
        { id: '2', url: link },
        { id: link, url: 'https://y.example/b' },
        { id: '3', url: 'https://y.example/b' },
      ]),
    ).toHaveLength(4)
  })

  it('does not prove that two articles of WeChat are one', () => {
    const [one, other] = ['https://mp.weixin.qq.com/s/AbCdEfGhIjKlMnOpQrStUv', 'https://mp.weixin.qq.com/s/ZyXwVuTsRqPoNmLkJiHgFe']
    expect(entriesOf([{ id: one, url: other }])).toMatchObject([{ id: other, url: other, keys: ['wechat:s/ZyXwVuTsRqPoNmLkJiHgFe'] }])
    expect(entriesOf([{ id: one, url: `${one}?scene=1` }])).toMatchObject([{ id: one, keys: ['wechat:s/AbCdEfGhIjKlMnOpQrStUv'] }])
  })
})
