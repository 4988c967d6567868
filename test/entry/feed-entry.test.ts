import { describe, expect, it } from 'vitest'
import { feedEntry, sharedLinks } from '../../src/entry/feed-entry.js'
import { mergeEntries } from '../../src/entry/merge-entries.js'
import type { ParsedEntry } from '../../src/types.js'

const feedUrl = 'https://b.example/feed.xml'
const feed = { homeUrl: 'https://b.example/' }

/** The entries that the items of one feed become, merged. */
function entriesOf(items: readonly ParsedEntry[]) {
  const place = { source: 'feeds', feed, feedUrl, tags: [], shared: sharedLinks(items, feed) }
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

  it('is called by its date and title without an id or an address of its own, and is nothing without those either', () => {
    const home = feed.homeUrl
    const published = '2024-01-02T00:00:00.000Z'
    expect(keysOf({ title: 'Release' })).toEqual([`${feedUrl}#Release`])
    expect(
      entriesOf([
        { title: 'Release', url: home, published },
        { title: 'Other', url: home, published },
      ]),
    ).toHaveLength(2)
    expect(entriesOf([{ summary: 'x' }])).toEqual([])
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
