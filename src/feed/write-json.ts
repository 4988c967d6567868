import { cleanText, toPlain } from '../text/plain.js'
import type { Entry, Feed, Person } from '../types.js'
import { homepage } from '../version.js'
import { toRfc3339 } from './writable-dates.js'
import { toWritableEntry } from './writable-entry.js'
import { toWritableInfo, type WritableInfo } from './writable-info.js'
import type { WriteOptions } from './write-options.js'
import { joinChunks } from './xml-text.js'

/**
 * How JSON.stringify writes control characters and lone surrogates. A text that shows no such escape, as nearly none does, was made of clean
 * ones; one that does is made again of texts that were cleaned first.
 */
const UNCLEAN = /\\[ubf]/

type Json = string | number | boolean | readonly Json[] | { readonly [key: string]: Json | undefined }

/**
 * Writes a feed as JSON Feed 1.1: media type `application/feed+json`.
 *
 * What feeds have no word for stands in the extension `_weekloom`. The feed's says where it is documented (`about`). An item's has
 * `kind` (`issue`, `article`, `item`, `question`, `release`, `event`), `state` (`partial` where only the recommenders' words are known),
 * `account` (`name`, and WeChat's `id`, `userName`, `alias`), `dated` (`from`, `precision`, `estimated`), and `origins`: each issue, list
 * or feed that has the entry, with `source`, `kind`, `id`, `url`, `title`, `published`, `section` and the weekly's `note`.
 */
export function writeJson(feed: Feed, options: WriteOptions = {}): string {
  const info = toWritableInfo(feed, options)
  const whole = `${JSON.stringify({ ...head(info), items: feed.entries.map(entry => item(entry, info, asGiven)) })}\n`
  return UNCLEAN.test(whole) ? joinChunks(jsonChunks(feed, options)) : whole
}

/** The text of {@link writeJson} in pieces: the head, one piece for each entry, the end. */
export function* jsonChunks(feed: Feed, options: WriteOptions = {}): Generator<string, void, undefined> {
  const info = toWritableInfo(feed, options)
  yield `${JSON.stringify(head(info)).slice(0, -1)},"items":[`
  let separator = ''
  for (const entry of feed.entries) {
    const text = JSON.stringify(item(entry, info, asGiven))
    yield separator + (UNCLEAN.test(text) ? JSON.stringify(item(entry, info, cleanText)) : text)
    separator = ','
  }
  yield ']}\n'
}

function asGiven(text: string): string {
  return text
}

function head(info: WritableInfo): Readonly<Record<string, Json | undefined>> {
  return {
    version: 'https://jsonfeed.org/version/1.1',
    title: info.title,
    home_page_url: info.home,
    feed_url: info.self,
    description: info.description,
    next_url: info.archive.previous ?? info.next,
    icon: info.image,
    authors: people(info.authors),
    language: info.language,
    hubs: listed(info.hubs.map(url => ({ type: 'WebSub', url }))),
    _weekloom: { about: homepage },
  }
}

function item(entry: Entry, info: WritableInfo, clean: (text: string) => string): Json {
  const ready = toWritableEntry(entry, clean)
  return {
    id: ready.id,
    url: ready.link,
    title: ready.title,
    content_html: ready.html,
    content_text: ready.html === undefined ? (ready.summary ?? ready.title) : undefined,
    summary: ready.summary,
    image: ready.image?.url,
    date_published: ready.published === undefined ? undefined : toRfc3339(ready.published),
    date_modified: ready.updated === undefined ? undefined : toRfc3339(ready.updated),
    authors: people(ready.authors),
    tags: listed(ready.tags),
    language: ready.language === info.language ? undefined : ready.language,
    // The media type is required; one that is not known is called what it is.
    attachments: listed(
      ready.attachments.map(file => ({
        url: file.url,
        mime_type: file.type ?? 'application/octet-stream',
        title: file.title,
        size_in_bytes: file.length,
        duration_in_seconds: file.duration,
      })),
    ),
    _weekloom: extension(entry, clean),
  }
}

function people(persons: readonly Person[]): Json | undefined {
  return listed(persons.map(({ name, url }) => ({ name, url })))
}

function listed(values: readonly Json[]): Json | undefined {
  return values.length === 0 ? undefined : values
}

function extension({ kind, state, account, dated, origins }: Entry, clean: (text: string) => string): Json {
  const kept = (text: string | undefined) => (text === undefined ? undefined : clean(text) || undefined)
  return {
    kind,
    state,
    account: account && { name: toPlain(account.name), id: kept(account.id), userName: kept(account.userName), alias: kept(account.alias) },
    dated: dated && { from: dated.from, precision: dated.precision, estimated: dated.estimated },
    origins: origins.map(origin => ({
      source: clean(origin.source),
      kind: origin.kind,
      id: kept(origin.id),
      url: kept(origin.url),
      title: kept(origin.title),
      published: kept(origin.published),
      section: kept(origin.section),
      note: kept(origin.note),
    })),
  }
}
