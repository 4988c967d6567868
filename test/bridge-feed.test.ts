import fc from 'fast-check'
import RssParser from 'rss-parser'
import { describe, expect, it } from 'vitest'
import { toFeed } from '../src/bridge-feed.js'
import { writeAtom } from '../src/feed/write-atom.js'
import { writeRss } from '../src/feed/write-rss.js'
import { htmlToText } from '../src/text/html.js'
import type { Entry } from '../src/types.js'
import { anyFeed, soundFeed } from './feed/any-feed.js'
import { assertWellFormed } from './feed/read-xml.js'
import { rounds } from './rounds.js'

const readFeed = (xml: string) => new RssParser({ customFields: { item: ['id'] } }).parseString(xml)

const entry: Entry = {
  id: 'https://weekly.example.org/1',
  keys: [],
  url: 'https://weekly.example.org/1',
  title: 't',
  authors: [],
  tags: [],
  kind: 'item',
  state: 'full',
  origins: [{ source: 's', kind: 'feed' }],
}
const write = (given: Partial<Entry>) => {
  const builder = toFeed({ info: {}, entries: [{ ...entry, ...given }] })
  return { rss: builder.rss2(), atom: builder.atom1(), json: JSON.parse(builder.json1()).items[0] }
}
const file = (url: string, type: string, length?: number) => ({ url, type, ...(length === undefined ? {} : { length }) })

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
    const [item] = toFeed({
      info: {},
      entries: [{ ...entry, id: '第 1 篇', url: 'relative', tags: ['a<b'] }],
    }).items
    expect(item).toMatchObject({
      guid: '第 1 篇',
      id: 'urn:weekloom:%E7%AC%AC%201%20%E7%AF%87',
      category: [{ name: 'a＜b', term: 'a＜b' }],
    })
  })

  const recording = file('https://weekly.example.org/1.mp3', 'audio/mpeg', 1234)
  it.each([
    ['a recording', recording, 'audio/mp3'],
    ['a film', file('https://weekly.example.org/1.mp4', 'video/mp4', 1234), 'video/mp4'],
    ['a recording of unknown length', file('https://weekly.example.org/1.mp3', 'audio/mpeg'), 'audio/mp3'],
    ['a document', file('https://weekly.example.org/1.pdf', 'application/pdf', 1234), 'image/pdf'],
  ])('keeps %s beside a picture', (_, attachment, typeInAtom) => {
    const { rss, atom } = write({
      image: 'https://weekly.example.org/cover.png',
      attachments: [{ ...attachment, title: 'x', duration: 60 }],
    })
    expect(rss.match(/<enclosure [^>]*>/g)).toEqual([
      expect.stringMatching(
        new RegExp(`^<enclosure (?=.*url="${attachment.url}")(?=.*type="${attachment.type}")(?=.*length="${attachment.length ?? 0}")`),
      ),
    ])
    expect(rss).not.toMatch(/duration|title="/)
    expect(atom).toContain(`href="${attachment.url}" type="${typeInAtom}"`)
  })

  it('prefers a file of which RSS can say all', () => {
    expect(write({ attachments: [file('https://weekly.example.org/2.mp3', 'audio/mpeg'), recording] }).rss).toContain(recording.url)
  })

  it('keeps a picture of any usual ending, and none of which Atom would make no media type', () => {
    const { rss, atom, json } = write({ image: 'https://weekly.example.org/cover.jpg?w=9' })
    expect(rss).toContain('<enclosure length="0" type="image/jpeg" url="https://weekly.example.org/cover.jpg?w=9"/>')
    expect(atom).toContain('type="image/jpg"')
    expect(json.image).toBe('https://weekly.example.org/cover.jpg?w=9')
    expect(write({ image: 'https://mmbiz.qpic.cn/mmbiz_png/a/640?wx_fmt=png' }).atom).not.toContain('enclosure')
  })

  it('writes titles and summaries that are no markup where they are taken for HTML, and read alike where they are taken for text', async () => {
    const text = 'Map<String, List> 与 <img src=x onerror=alert(1)></b> a < b, R&D &lt;script&gt; ]]> ]]>'
    const safe = 'Map＜String, List> 与 ＜img src=x onerror=alert(1)>＜/b> a < b, R&D ＆lt;script＆gt; ]]＞ ]]＞'
    const { rss, atom, json } = write({ title: text, summary: text, html: '<p>x</p>' })
    expect([json.title, json.summary]).toEqual([safe, safe])
    for (const xml of [rss, atom]) {
      const [item] = (await readFeed(xml)).items
      expect([item?.title, item?.summary ?? item?.content]).toEqual([safe, safe])
    }
    expect(htmlToText(safe)).toBe(safe)
  })
})
