import { describe, expect, it } from 'vitest'
import { checkFeed } from '../../src/feed/check-feed.js'
import { writeOpml } from '../../src/feed/write-opml.js'
import { sampleFeed } from './sample-feed.js'

const info = (name: string) => ({ title: name, feedUrl: `https://weekly.example.org/${name}.xml` })

describe('writeOpml', () => {
  it('takes a feed as it is', () => {
    const text = writeOpml(sampleFeed(0))
    expect(text).toContain(
      '<outline type="rss" text="河畔周报 &amp; 文章" title="河畔周报 &amp; 文章" xmlUrl="https://weekly.example.org/feeds/feed.xml" htmlUrl="https://weekly.example.org/"',
    )
    expect(checkFeed(text)).toEqual([])
  })

  it('names a feed whose address is a folder by the document in it', () => {
    expect(writeOpml({ info: { title: 'a', feedUrl: 'https://weekly.example.org/feeds/' } })).toContain(
      'xmlUrl="https://weekly.example.org/feeds/atom.xml"',
    )
  })

  it('puts feeds of one group together, where the first of them stands', () => {
    const text = writeOpml([{ info: info('a'), group: '甲' }, { info: info('b') }, { info: info('c'), group: '甲' }, { info: info('d') }])
    expect([...text.matchAll(/ text="(.)"|(<\/outline>)/g)].map(([, name, end]) => name ?? end)).toEqual([
      '甲',
      'a',
      'c',
      '</outline>',
      'b',
      'd',
    ])
  })

  it('leaves out a feed without an address', () => {
    expect(writeOpml([{ info: { title: 'x' } }, { info: { title: 'y', feedUrl: '/y.xml' } }])).not.toContain('<outline')
  })

  it('escapes a title that a reader would take for a tag', () => {
    expect(writeOpml({ info: { ...info('a'), title: 'Map<String> & 1 < 2' } })).toContain('text="Map&amp;lt;String&gt; &amp; 1 &lt; 2"')
  })

  it('says title, owner and date when they are given', () => {
    const text = writeOpml([], {
      title: '全部',
      owner: { name: '河畔', email: 'a@example.org', url: 'https://weekly.example.org/' },
      updated: '2024-05-30T04:00:00.000Z',
    })
    for (const part of [
      '<title>全部<',
      '<ownerName>河畔<',
      '<ownerEmail>a@example.org<',
      '<ownerId>https://weekly.example.org/<',
      '<dateModified>Thu, 30 May 2024 04:00:00 GMT<',
    ]) {
      expect(text).toContain(part)
    }
  })
})
