import type { Feed } from '../types.js'
import { type FeedFormat, feedFormats } from './feed-addresses.js'
import { atomChunks } from './write-atom.js'
import { jsonChunks } from './write-json.js'
import type { WriteOptions } from './write-options.js'
import { rssChunks } from './write-rss.js'

/** One way of writing a feed. */
export interface FeedWriter {
  format: FeedFormat
  file: string
  mediaType: string
  chunks(feed: Feed, options: WriteOptions): Iterable<string>
}

/** Every form in which a feed is published, in the order in which they are named. */
export const feedWriters: readonly FeedWriter[] = [
  { format: 'rss', ...feedFormats.rss, chunks: rssChunks },
  { format: 'atom', ...feedFormats.atom, chunks: atomChunks },
  { format: 'json', ...feedFormats.json, chunks: jsonChunks },
]
