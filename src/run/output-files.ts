import { feedFormats } from '../feed/feed-addresses.js'
import { atomChunks } from '../feed/write-atom.js'
import { jsonChunks } from '../feed/write-json.js'
import { rssChunks } from '../feed/write-rss.js'
import type { Feed } from '../types.js'
import type { PictureCopies } from './copy-pictures.js'
import { presentFeed } from './presented-feed.js'
import type { Settings } from './settings.js'

/** A file of the output folder, not yet written. */
export interface OutputFile {
  /** Path below the output folder, with `/` on every system. */
  path: string
  mediaType: string
  /** The text in pieces, made as they are taken. */
  body: Iterable<string> | Uint8Array
}

const formats = [
  { ...feedFormats.rss, chunks: rssChunks },
  { ...feedFormats.atom, chunks: atomChunks },
  { ...feedFormats.json, chunks: jsonChunks },
] as const

/** Every feed in every format: the first at the top of the output folder, the others in folders of their names; before them the pictures that they show. */
export async function* outputFiles(
  feeds: Readonly<Record<string, Feed>>,
  settings: Settings,
  pictures: PictureCopies,
): AsyncGenerator<OutputFile> {
  yield* pictures.files()
  for (const feedSettings of settings.feeds) {
    const feed = feeds[feedSettings.name]
    if (!feed) continue
    settings.onProgress({ step: 'write', subject: feedSettings.name, done: 0, total: 0 })
    const shown = presentFeed(feed, feedSettings, settings, pictures.rewrite)
    for (const { file, mediaType, chunks } of formats) {
      const path = `${feedSettings.folder}${file}`
      yield { path, mediaType, body: chunks(shown, { selfUrl: new URL(path, settings.baseUrl).href }) }
    }
  }
}
