import fc from 'fast-check'
import RssParser from 'rss-parser'
import { describe, expect, it } from 'vitest'
import { fromRssParser } from '../src/bridge-rss-parser.js'
import { parseFeed } from '../src/feed/parse-feed.js'
import { writeAtom } from '../src/feed/write-atom.js'
import { writeRss } from '../src/feed/write-rss.js'
import { soundFeed } from './feed/any-feed.js'
import { sampleFeed } from './feed/sample-feed.js'
import { rounds } from './rounds.js'

const read = async (xml: string) => fromRssParser(await new RssParser().parseString(xml))

describe('fromRssParser', () => {
  it('gives back what was written as RSS', async () => {
    const { entries, format, info } = await read(writeRss(sampleFeed(2), { selfUrl: 'https://weekly.example.org/rss.xml' }))
    expect(format).toBe('rss')
    expect(info).toMatchObject({
      title: '河畔周报 & 文章',
      homeUrl: 'https://weekly.example.org/',
      feedUrl: 'https://weekly.example.org/rss.xml',
      language: 'zh-CN',
    })
    const [written] = sampleFeed(1).entries
    expect(entries[0]).toEqual({
      id: written?.id,
      url: written?.url,
      title: written?.title,
      published: written?.published,
      authors: written?.authors,
      tags: written?.tags,
      summary: '第 1 篇：1 &lt; 2，AT&amp;T 的故事。',
      html: written?.html,
    })
  })

  it('keeps ids, links, titles and seconds of a sound feed in both formats', async () => {
    await fc.assert(
      fc.asyncProperty(soundFeed, async feed => {
        const expected = feed.entries.map(({ id, url, title, published }) => [id, url, title, published?.slice(0, 19)])
        const pick = (parsed: Awaited<ReturnType<typeof read>>) =>
          parsed.entries.map(({ id, url, title, published }) => [id, url, title, published?.slice(0, 19)])
        expect(pick(await read(writeRss(feed)))).toEqual(expected)
        expect(pick(await read(writeAtom(feed)))).toEqual(expected)
      }),
      { numRuns: rounds(50) },
    )
  })

  it('makes addresses absolute, and leaves out dates that are none', () => {
    const parsed = fromRssParser({
      link: 'https://other.example.org/blog/',
      items: [
        {
          title: ' 一 ',
          link: '../a',
          pubDate: 'soon',
          guid: 'x',
          creator: 'a@example.org (甲)',
          enclosure: { url: '/a.png', type: 'image/png', length: '0' },
        },
      ],
    } as object)
    expect(parsed.entries).toEqual([
      {
        id: 'x',
        url: 'https://other.example.org/a',
        title: '一',
        authors: [{ name: '甲', email: 'a@example.org' }],
        image: 'https://other.example.org/a.png',
        attachments: [{ url: 'https://other.example.org/a.png', type: 'image/png' }],
      },
    ])
  })

  it('reads a date without a zone as UTC, whatever the zone of the machine', () => {
    expect(
      fromRssParser({ items: [{ guid: '1', pubDate: '2024-05-30 12:00:00', isoDate: '2024-05-30T04:00:00.000Z' }] }).entries[0]?.published,
    ).toBe('2024-05-30T12:00:00.000Z')
  })

  it.each([
    ['RSS', '<rss version="2.0"><channel><title>x</title>|</channel></rss>'],
    ['Atom', '<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title>|</feed>'],
  ])('reads titles, names and tags of %s as parseFeed does', async (kind, around) => {
    const item =
      kind === 'RSS'
        ? '<item><guid>1</guid><title><![CDATA[Tom&#8217;s R&amp;D]]></title><category><![CDATA[R&amp;D]]></category><author><![CDATA[a@example.org (J&amp;A), b@example.org (&lt;B&gt;)]]></author></item>'
        : '<entry><id>tag:example.org,2024:1</id><title type="html">AT&amp;amp;T &lt;b&gt;now&lt;/b&gt; Map&amp;lt;T&amp;gt;</title><author><name>织 &amp; 布</name></author></entry>'
    const xml = around.replace('|', item)
    const parsed = parseFeed(xml)
    const [expected] = parsed.ok ? parsed.value.entries : []
    expect(expected?.title).toMatch(/^(?:Tom’s R&D|AT&T now Map<T>)$/)
    expect((await read(xml)).entries).toEqual([expected])
  })

  it('keeps to the dates that are stated: a day that does not exist is none, though the package rolls it over', async () => {
    const dated = (date: string) =>
      read(`<rss version="2.0"><channel><item><guid>1</guid><pubDate>${date}</pubDate></item></channel></rss>`)
    expect((await dated('30 Feb 2024 00:00:00 GMT')).entries).toEqual([{ id: '1' }])
    expect(fromRssParser({ items: [{ guid: '1', isoDate: '2024-05-30T04:00:00.000Z' }] as object[] }).entries[0]?.published).toBe(
      '2024-05-30T04:00:00.000Z',
    )
  })

  it('reads dates without a zone in the one that is given', () => {
    const given = { items: [{ guid: '1', pubDate: 'Mon, 05 Aug 2024 08:00:00 ' }] }
    expect(fromRssParser(given, { timeZone: 'Asia/Shanghai' }).entries[0]?.published).toBe('2024-08-05T00:00:00.000Z')
    expect(fromRssParser(given).entries[0]?.published).toBe('2024-08-05T08:00:00.000Z')
  })

  it('takes no id of Atom or RDF for the address of a page', () => {
    for (const name of ['id', 'rdf:about'])
      expect(fromRssParser({ items: [{ [name]: 'https://example.org/1' }] }).entries).toEqual([{ id: 'https://example.org/1' }])
    expect(fromRssParser({ items: [{ guid: 'https://example.org/1' }] }).entries[0]?.url).toBe('https://example.org/1')
  })

  it('takes anything for what it is, and never throws', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.object({
            key: fc.constantFrom('guid', 'id', 'link', 'title', 'creator', 'enclosure', 'categories', 'pubDate', '_', 'content'),
          }),
        ),
        items => {
          expect(fromRssParser({ items }).entries).toHaveLength(items.length)
        },
      ),
    )
  })
})
