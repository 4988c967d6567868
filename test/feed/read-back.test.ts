import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkFeed } from '../../src/feed/check-feed.js'
import { parseFeed } from '../../src/feed/parse-feed.js'
import { toWritableEntry } from '../../src/feed/writable-entry.js'
import { toWritableInfo } from '../../src/feed/writable-info.js'
import { writeAtom } from '../../src/feed/write-atom.js'
import { writeJson } from '../../src/feed/write-json.js'
import { writeRss } from '../../src/feed/write-rss.js'
import { htmlToText } from '../../src/text/html.js'
import { cleanText, toPlain } from '../../src/text/plain.js'
import type { Entry, Feed, ParsedEntry, ParsedFeed } from '../../src/types.js'
import { rounds } from '../rounds.js'
import { anyFeed, soundFeed } from './any-feed.js'
import { sampleFeed } from './sample-feed.js'

function read(text: string): ParsedFeed {
  const outcome = parseFeed(text)
  if (!outcome.ok) throw new Error(outcome.problem.message)
  return outcome.value
}

const toSeconds = (instant: string | undefined) => instant && `${instant.slice(0, 19)}.000Z`
/** JSON holds characters that XML cannot. */
const trim = (html: string | undefined) => cleanText(html ?? '').trim() || undefined
const textOf = (summary: string | undefined) => (summary === undefined ? undefined : toPlain(htmlToText(summary)) || undefined)
/** RSS has one text for a person, in which an address is recognised. */
const isNameAlone = ({ name }: { name: string }) => !name.includes('@')

/** What every format holds of an entry. */
function shared(entry: ParsedEntry) {
  return {
    id: trim(entry.id),
    title: entry.title,
    url: entry.url,
    tags: entry.tags,
    summary: textOf(entry.summary),
    html: trim(entry.html),
    image: entry.image,
    names: entry.authors?.map(({ name }) => name),
  }
}

function sharedOf(entry: Entry, feed: Feed) {
  const { id, title, link, tags, summary, html, image, authors } = toWritableEntry(entry)
  const people = authors.length > 0 ? authors : toWritableInfo(feed, {}).authors
  return {
    id: trim(id),
    // An entry without a title is called by its id, which may be no plain text.
    title: toPlain(title) || undefined,
    url: link,
    tags: tags.length === 0 ? undefined : tags,
    summary: textOf(summary?.replaceAll('&', '&amp;').replaceAll('<', '&lt;')),
    html: trim(html),
    image: image?.url,
    names: people.length === 0 ? undefined : [...new Set(people.map(({ name }) => name))],
  }
}

const named: fc.Arbitrary<Feed> = anyFeed.filter(feed =>
  [toWritableInfo(feed, {}), ...feed.entries.map(entry => toWritableEntry(entry))].every(({ authors }) => authors.every(isNameAlone)),
)

describe('what was written', () => {
  it.each([
    ['RSS', writeRss],
    ['Atom', writeAtom],
    ['JSON Feed', writeJson],
  ])('is read back from %s, whatever it is', (format, write) => {
    fc.assert(
      fc.property(named, feed => {
        const parsed = read(write(feed))
        expect(parsed.entries).toHaveLength(feed.entries.length)
        for (const [index, entry] of feed.entries.entries()) {
          const expected = sharedOf(entry, feed)
          const actual = shared(parsed.entries[index] ?? {})
          // RSS does not inherit people; Atom and JSON repeat or replace what is missing.
          if (format === 'RSS')
            expected.names = (n => (n.length === 0 ? undefined : [...new Set(n)]))(toWritableEntry(entry).authors.map(({ name }) => name))
          if (format === 'Atom' && expected.names === undefined) expected.names = [toWritableInfo(feed, {}).title]
          if (format === 'Atom' && expected.url === undefined && expected.html === undefined) actual.html = undefined
          if (format === 'JSON Feed' && expected.html === undefined) actual.html = undefined
          expect(actual).toEqual(expected)
        }
      }),
      { numRuns: rounds(400) },
    )
  })

  it('keeps its dates: to the second in RSS, whole elsewhere', () => {
    fc.assert(
      fc.property(anyFeed, feed => {
        const [rss, atom, json] = [writeRss, writeAtom, writeJson].map(write => read(write(feed)).entries)
        for (const [index, entry] of feed.entries.entries()) {
          const { published, updated } = toWritableEntry(entry)
          const dated = updated ?? published
          expect(rss?.[index]?.published).toBe(toSeconds(published ?? updated))
          expect(atom?.[index]?.published).toBe(published)
          if (dated !== undefined) expect(atom?.[index]?.updated).toBe(dated)
          expect(json?.[index]?.published).toBe(published)
          expect(json?.[index]?.updated).toBe(updated)
        }
      }),
      { numRuns: rounds(200) },
    )
  })

  it('keeps a file of unknown size, and how long it plays', () => {
    const attachments = [
      { url: 'https://a.example/1.mp3', type: 'audio/mpeg', duration: 61 },
      { url: 'https://a.example/2.mp4', type: 'video/mp4', length: 9, duration: 7 },
      { url: 'https://a.example/3' },
    ]
    const sample = sampleFeed(1)
    const feed: Feed = { ...sample, entries: sample.entries.map(entry => ({ ...entry, attachments })) }
    expect(read(writeRss(feed)).entries[0]?.attachments).toEqual(attachments)
    expect(writeRss(feed)).toContain('<enclosure url="https://a.example/1.mp3" type="audio/mpeg" length="0"/>')
    expect(checkFeed(writeRss(feed))).toEqual(checkFeed(writeRss(sample)))
  })

  it('says the same of the feed itself', () => {
    fc.assert(
      fc.property(named, feed => {
        const info = toWritableInfo(feed, {})
        for (const write of [writeRss, writeAtom, writeJson]) {
          const read1 = read(write(feed)).info
          expect(read1.title).toBe(info.title)
          if (info.home !== undefined) expect(read1.homeUrl).toBe(info.home)
          expect(read1.feedUrl).toBe(info.self)
          expect(read1.language).toBe(info.language)
          expect(read1.image).toBe(info.image)
          expect(read1.hubs ?? []).toEqual(info.hubs)
          expect(read1.next).toBe(info.next)
          if (info.description !== undefined) expect(read1.description).toBe(info.description)
          if (write !== writeJson)
            expect([read1.rights, read1.generator, read1.tags ?? []]).toEqual([info.rights, info.generator, info.tags])
        }
      }),
      { numRuns: rounds(200) },
    )
  })

  it('is the same feed in all three formats when it is a sound one', () => {
    fc.assert(
      fc.property(soundFeed, feed => {
        const [rss, atom, json] = [writeRss, writeAtom, writeJson].map(write => read(write(feed)).entries.map(shared))
        expect(rss).toEqual(atom)
        expect(json).toEqual(atom)
      }),
    )
  })
})
