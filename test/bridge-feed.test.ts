import fc from 'fast-check'
import RssParser from 'rss-parser'
import { describe, expect, it } from 'vitest'
import { toFeed } from '../src/bridge-feed.js'
import { writeAtom } from '../src/feed/write-atom.js'
import { writeRss } from '../src/feed/write-rss.js'
import { anyFeed, soundFeed } from './feed/any-feed.js'
import { assertWellFormed } from './feed/read-xml.js'
import { rounds } from './rounds.js'

const readFeed = (xml: string) => new RssParser({ customFields: { item: ['id'] } }).parseString(xml)

describe('toFeed', () => {
  it('never throws, nor does what it gives, and its XML is well-formed', () => {
    fc.assert(
      fc.property(anyFeed, feed => {
        const builder = toFeed(feed)
        assertWellFormed(builder.rss2())
        assertWellFormed(builder.atom1())
        JSON.parse(builder.json1())
      }),
      { numRuns: rounds(200) },
    )
  })

  it('agrees with our writers on ids, links, titles and dates of a sound feed', async () => {
    await fc.assert(
      fc.asyncProperty(soundFeed, async feed => {
        const builder = toFeed(feed)
        const [rss, atom] = [await readFeed(writeRss(feed)), await readFeed(writeAtom(feed))]
        const inRss = (item: (typeof rss.items)[number]) => [item.guid, item.link, item.title, item.isoDate]
        expect((await readFeed(builder.rss2())).items.map(inRss)).toEqual(rss.items.map(inRss))
        // It writes titles as HTML without escaping them, so only their plain parts can agree.
        const inAtom = (item: (typeof atom.items)[number]) => [item.id, item.link, item.isoDate]
        expect((await readFeed(builder.atom1())).items.map(inAtom)).toEqual(atom.items.map(inAtom))
      }),
    )
  })

  it('gives an instance that can be added to', () => {
    const builder = toFeed({ info: { title: '河畔', homeUrl: 'https://weekly.example.org/' }, entries: [] })
    builder.addItem({ title: '新篇', link: 'https://weekly.example.org/new', date: new Date(0) })
    expect(builder.rss2()).toContain('新篇')
  })

  it('keeps an id that is no address in RSS, and makes one of it for Atom', () => {
    const [entry] = toFeed({
      info: {},
      entries: [
        {
          id: '第 1 篇',
          keys: [],
          url: 'relative',
          title: 't',
          authors: [],
          tags: ['a<b'],
          kind: 'item',
          state: 'full',
          origins: [{ source: 's', kind: 'feed' }],
        },
      ],
    }).items
    expect(entry).toMatchObject({
      guid: '第 1 篇',
      id: 'urn:weekloom:%E7%AC%AC%201%20%E7%AF%87',
      category: [{ name: 'a＜b', term: 'a＜b' }],
    })
  })
})
