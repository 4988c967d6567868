/**
 * Compares the writers with the package `feed` in one process, on the same made feed: entries of 5 KB of Chinese HTML.
 * Each contender's run ends with the text as bytes. Prints milliseconds of CPU (the best of several interleaved rounds) and how many
 * times as fast ours is.
 *
 *     npm run bench -- write-feeds [entries…]
 */
import { Feed as FeedBuilder } from 'feed'
import { atomChunks, writeAtom } from '../src/feed/write-atom.js'
import { jsonChunks, writeJson } from '../src/feed/write-json.js'
import { rssChunks, writeRss } from '../src/feed/write-rss.js'
import type { Feed } from '../src/types.js'
import { sampleFeed } from '../test/feed/sample-feed.js'

const ROUNDS = 7
const BODY = 5000

const encoder = new TextEncoder()
const room = new Uint8Array(1 << 17)

/** Encodes piece by piece into the same room, as a file or a response would take them. */
function drain(chunks: Iterable<string>): number {
  let bytes = 0
  for (const chunk of chunks) bytes += encoder.encodeInto(chunk, room).written
  return bytes
}

function bigFeed(count: number): Feed {
  const feed = sampleFeed(count)
  const paragraph = '<p>河畔的风把一周的消息带到 README，<a href="https://example.org/?a=1&amp;b=2">看这里</a>。</p>\n'
  const entries = feed.entries.map((entry, index) => {
    let html = entry.html ?? ''
    while (encoder.encode(html).length < BODY) html += paragraph.repeat(8) + index
    return { ...entry, html }
  })
  return { ...feed, entries }
}

/** The obvious use of the package, with nothing made safe. */
function toBuilder({ info, entries, updated = '1970-01-01T00:00:00.000Z' }: Feed): FeedBuilder {
  const builder = new FeedBuilder({ id: info.homeUrl ?? '', link: info.homeUrl ?? '', title: info.title ?? '', updated: new Date(updated) })
  for (const { id, url, title, summary, html, authors, tags, published = updated } of entries) {
    const texts = { ...(summary === undefined ? {} : { description: summary }), ...(html === undefined ? {} : { content: html }) }
    builder.addItem({
      id,
      link: url,
      title,
      date: new Date(published),
      ...texts,
      ...(authors.length === 0 ? {} : { author: [...authors] }),
      category: tags.map(name => ({ name, term: name })),
    })
  }
  return builder
}

function measure(count: number): void {
  const feed = bigFeed(count)
  const contenders: Record<string, readonly [string, () => number][]> = {
    RSS: [
      ['feed', () => encoder.encode(toBuilder(feed).rss2()).length],
      ['string', () => encoder.encode(writeRss(feed)).length],
      ['chunks', () => drain(rssChunks(feed))],
    ],
    Atom: [
      ['feed', () => encoder.encode(toBuilder(feed).atom1()).length],
      ['string', () => encoder.encode(writeAtom(feed)).length],
      ['chunks', () => drain(atomChunks(feed))],
    ],
    JSON: [
      ['feed', () => encoder.encode(toBuilder(feed).json1()).length],
      ['string', () => encoder.encode(writeJson(feed)).length],
      ['chunks', () => drain(jsonChunks(feed))],
    ],
  }
  for (const [format, runs] of Object.entries(contenders)) {
    const best = new Map<string, number>()
    for (let round = 0; round < ROUNDS; round++) {
      for (const [name, run] of round % 2 === 0 ? runs : runs.toReversed()) {
        const start = process.cpuUsage()
        run()
        const { user, system } = process.cpuUsage(start)
        best.set(name, Math.min(best.get(name) ?? Number.POSITIVE_INFINITY, (user + system) / 1000))
      }
    }
    const base = best.get('feed') ?? Number.NaN
    const figures = [...best].map(([name, ms]) => `${name} ${ms.toFixed(1)} ms${name === 'feed' ? '' : ` (${(base / ms).toFixed(2)} x)`}`)
    console.log(`${format.padEnd(5)}${String(count).padStart(7)}  ${figures.join('   ')}`)
  }
}

const counts = process.argv.slice(2).map(Number)
for (const count of counts.length > 0 ? counts : [1000, 10_000]) measure(count)
