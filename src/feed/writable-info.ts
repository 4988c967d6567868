import { assertForm } from '../text/form.js'
import { toPlain } from '../text/plain.js'
import type { Feed, Instant, Person } from '../types.js'
import { assertFeed } from './feed-form.js'
import { toWebUrl } from './web-url.js'
import { updatedOf } from './writable-dates.js'
import { toId, toLanguage, toPersons, toTags } from './writable-entry.js'
import { type WriteOptions, writeOptions } from './write-options.js'

/** What a feed says of itself, as all formats write it. */
export interface WritableInfo {
  /** `info.id`, else the feed's address, else that of its home page, else a name made of its title. */
  id: string
  title: string
  home: string | undefined
  self: string | undefined
  description: string | undefined
  language: string | undefined
  authors: readonly Person[]
  tags: readonly string[]
  image: string | undefined
  rights: string | undefined
  generator: string
  hubs: readonly string[]
  updated: Instant | undefined
  next: string | undefined
  /** See {@link WriteOptions.archive}. */
  archive: { previous: string | undefined; next: string | undefined; current: string | undefined }
}

/** Prepares what a feed says of itself, once what is no feed has been refused. A feed without a title is called by its address. */
export function toWritableInfo(feed: Feed, options: WriteOptions): WritableInfo {
  assertFeed(feed)
  assertForm(options, writeOptions, 'The options of the writer')
  const { info } = feed
  const home = toWebUrl(info.homeUrl)
  const feedUrl = toWebUrl(info.feedUrl)
  const self = toWebUrl(options.selfUrl) ?? feedUrl
  const next = toWebUrl(info.next)
  const title = plain(info.title) ?? home ?? self ?? 'Untitled'
  return {
    id: toId(info.id ?? '') || (feedUrl ?? home ?? self ?? `urn:weekloom:${encodeURIComponent(title)}`),
    title,
    home,
    self,
    description: plain(info.description),
    language: toLanguage(info.language),
    authors: toPersons(info.authors ?? []),
    tags: toTags(info.tags ?? []),
    image: toWebUrl(info.image),
    rights: plain(info.rights),
    generator: plain(info.generator) ?? 'weekloom',
    hubs: [...new Set((info.hubs ?? []).map(toWebUrl))].filter(hub => hub !== undefined),
    updated: updatedOf(feed),
    next: next === self ? undefined : next,
    archive: {
      previous: toWebUrl(options.archive?.previous),
      next: toWebUrl(options.archive?.next),
      current: toWebUrl(options.archive?.current),
    },
  }
}

function plain(text: string | undefined): string | undefined {
  return text === undefined ? undefined : toPlain(text) || undefined
}
