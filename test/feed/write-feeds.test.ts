import fc from 'fast-check'
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith'
import RssParser from 'rss-parser'
import { describe, expect, it } from 'vitest'
import { atomChunks, writeAtom } from '../../src/feed/write-atom.js'
import { jsonChunks, writeJson } from '../../src/feed/write-json.js'
import { writeOpml } from '../../src/feed/write-opml.js'
import { rssChunks, writeRss } from '../../src/feed/write-rss.js'
import { rounds } from '../rounds.js'
import { anyFeed, anyText, soundFeed } from './any-feed.js'
import { assertWellFormed } from './read-xml.js'
import { sampleFeed } from './sample-feed.js'

const seconds = (date: string | undefined) => Math.floor(Date.parse(date ?? '') / 1000)

interface JsonItem {
  id: string
  url?: string
  title: string
  date_published?: string
}
const readJson = (text: string): { items: JsonItem[] } => JSON.parse(text)

it('the enclosure of RSS is the recording, whatever stands before it', () => {
  const sample = sampleFeed(1)
  const [entry] = sample.entries
  if (entry === undefined) throw new Error('The sample has no entry.')
  const attachments = [
    { url: 'https://a.example/c.jpg', type: 'image/jpeg' },
    { url: 'https://a.example/e.mp3', type: 'audio/mpeg', length: 1234, duration: 60 },
  ]
  const text = writeRss({ ...sample, entries: [{ ...entry, attachments }] })
  expect(text).toContain('<enclosure url="https://a.example/e.mp3" type="audio/mpeg" length="1234"/>')
  expect(text).toContain('>60</itunes:duration>')
})

describe('any feed whatever', () => {
  it('gives well-formed XML', () => {
    fc.assert(
      fc.property(anyFeed, feed => {
        assertWellFormed(writeRss(feed))
        assertWellFormed(writeAtom(feed))
        assertWellFormed(writeOpml([feed, { info: feed.info, group: feed.info.rights ?? '' }], { title: feed.info.title ?? '' }))
      }),
      { numRuns: rounds(300) },
    )
  })

  it('gives JSON without lone surrogates, in which every item has id, title and content', () => {
    fc.assert(
      fc.property(anyFeed, feed => {
        const text = writeJson(feed)
        expect(text).not.toMatch(/\p{Surrogate}|\\ud[89a-f]/u)
        for (const item of readJson(text).items) {
          expect(item.id.trim()).not.toBe('')
          expect(item.title.trim()).not.toBe('')
          expect('content_html' in item || 'content_text' in item).toBe(true)
        }
      }),
      { numRuns: rounds(300) },
    )
  })

  it('has the same ids, titles and links in the three formats', async () => {
    await fc.assert(
      fc.asyncProperty(anyFeed, async feed => {
        const json = readJson(writeJson(feed)).items
        const rss = await new RssParser().parseString(writeRss(feed))
        const atom = await new RssParser({ customFields: { item: ['id'] } }).parseString(writeAtom(feed))
        expect(rss.items.map(({ guid, title, link }) => [guid, title, link])).toEqual(json.map(({ id, title, url }) => [id, title, url]))
        expect(atom.items.map(({ id, title }) => [id, title])).toEqual(json.map(({ id, title }) => [id, title]))
      }),
      { numRuns: rounds(200) },
    )
  })

  it('gives the same bytes for the same feed, and the chunks are the text', () => {
    fc.assert(
      fc.property(anyFeed, feed => {
        const again = structuredClone(feed)
        expect([...rssChunks(again)].join('')).toBe(writeRss(feed))
        expect([...atomChunks(again)].join('')).toBe(writeAtom(feed))
        expect([...jsonChunks(again)].join('')).toBe(writeJson(feed))
      }),
      { numRuns: rounds(50) },
    )
  })

  it('shows every link as an absolute address', () => {
    fc.assert(
      fc.property(anyFeed, feed => {
        for (const [, url] of writeAtom(feed).matchAll(/ href="([^"]*)"/g)) expect(url).toMatch(/^https?:\/\/[^\s<>"{}|\\^`]+$/i)
        for (const { url } of readJson(writeJson(feed)).items) if (url !== undefined) expect(url).toMatch(/^https?:\/\/[^\s<>"{}|\\^`]+$/i)
      }),
    )
  })

  it('keeps any title, as far as XML can hold it', async () => {
    await fc.assert(
      fc.asyncProperty(anyText, async title => {
        const { info, entries } = sampleFeed(1)
        const feed = { info, entries: entries.map(entry => ({ ...entry, title })) }
        const [item] = readJson(writeJson(feed)).items
        const [read] = (await new RssParser().parseString(writeAtom(feed))).items
        expect(read?.title).toBe(item?.title)
      }),
    )
  })
})

describe('a sound feed', () => {
  it('is read back by rss-parser as it was', async () => {
    await fc.assert(
      fc.asyncProperty(soundFeed, async feed => {
        const expected = feed.entries.map(({ id, url, title, published }) => [id, url, title, seconds(published)])
        const rss = await new RssParser().parseString(writeRss(feed))
        const atom = await new RssParser({ customFields: { item: ['id'] } }).parseString(writeAtom(feed))
        expect(rss.items.map(({ guid, link, title, isoDate }) => [guid, link, title, seconds(isoDate)])).toEqual(expected)
        expect(atom.items.map(({ id, link, title, isoDate }) => [id, link, title, seconds(isoDate)])).toEqual(expected)
      }),
    )
  })

  it('is read back by feedsmith as it was', () => {
    fc.assert(
      fc.property(soundFeed, feed => {
        const expected = feed.entries.map(({ id, url, title, published, html, tags }) => [
          id,
          url,
          title,
          seconds(published),
          html,
          tags.length,
        ])
        const rss = parseRssFeed(writeRss(feed)).items ?? []
        const atom = parseAtomFeed(writeAtom(feed)).entries ?? []
        const json = parseJsonFeed(writeJson(feed)).items ?? []
        expect(
          rss.map(item => [
            item.guid?.value,
            item.link,
            item.title,
            seconds(item.pubDate),
            item.content?.encoded,
            item.categories?.length ?? 0,
          ]),
        ).toEqual(expected)
        expect(
          atom.map(item => [
            item.id,
            item.links?.[0]?.href,
            item.title?.value,
            seconds(item.published),
            item.content?.value,
            item.categories?.length ?? 0,
          ]),
        ).toEqual(expected)
        expect(
          json.map(item => [item.id, item.url, item.title, seconds(item.date_published), item.content_html, item.tags?.length ?? 0]),
        ).toEqual(expected)
      }),
    )
  })
})

describe('a feed without entries', () => {
  it('is still a feed in every format', async () => {
    const feed = { info: {}, entries: [] }
    expect((await new RssParser().parseString(writeRss(feed))).items).toEqual([])
    expect((await new RssParser().parseString(writeAtom(feed))).items).toEqual([])
    expect(readJson(writeJson(feed)).items).toEqual([])
  })
})
