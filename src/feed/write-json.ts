import { cleanText, toPlain } from '../text/plain.js'
import type { Account, Entry, Feed, Person } from '../types.js'
import { toRfc3339 } from './writable-dates.js'
import { toWritableEntry } from './writable-entry.js'
import { toWritableInfo, type WritableInfo } from './writable-info.js'
import type { WriteOptions } from './write-options.js'

/** Where the `_weekloom` extension is documented. */
const ABOUT = 'https://github.com/weekloom/weekloom'

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
  let text = ''
  for (const chunk of jsonChunks(feed, options)) text += chunk
  return text
}

/** The text of {@link writeJson} in pieces: the head, one piece and one line for each entry, the end. */
export function* jsonChunks(feed: Feed, options: WriteOptions = {}): Generator<string, void, undefined> {
  const info = toWritableInfo(feed, options)
  yield `${JSON.stringify(head(info), null, 2).slice(0, -2)},\n  "items": [`
  let separator = ''
  for (const entry of feed.entries) {
    yield `${separator}\n    ${JSON.stringify(item(entry, info))}`
    separator = ','
  }
  yield separator === '' ? ']\n}\n' : '\n  ]\n}\n'
}

function head(info: WritableInfo): Json {
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
    _weekloom: { about: ABOUT },
  }
}

function item(entry: Entry, info: WritableInfo): Json {
  const ready = toWritableEntry(entry)
  return {
    id: ready.id,
    url: ready.link,
    title: ready.title,
    ...(ready.html === undefined ? { content_text: ready.summary ?? ready.title } : { content_html: ready.html }),
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
    _weekloom: extension(entry),
  }
}

function people(persons: readonly Person[]): Json | undefined {
  return listed(persons.map(({ name, url }) => ({ name, url })))
}

function listed(values: readonly Json[]): Json | undefined {
  return values.length === 0 ? undefined : values
}

function extension(entry: Entry): Json {
  return {
    kind: entry.kind,
    state: entry.state,
    account: entry.account === undefined ? undefined : account(entry.account),
    dated:
      entry.dated === undefined
        ? undefined
        : { from: entry.dated.from, precision: entry.dated.precision, estimated: entry.dated.estimated },
    origins: entry.origins.map(origin => ({
      source: cleanText(origin.source),
      kind: origin.kind,
      id: clean(origin.id),
      url: clean(origin.url),
      title: clean(origin.title),
      published: clean(origin.published),
      section: clean(origin.section),
      note: clean(origin.note),
    })),
  }
}

function account({ name, id, userName, alias }: Account): Json {
  return { name: toPlain(name), id: clean(id), userName: clean(userName), alias: clean(alias) }
}

function clean(text: string | undefined): string | undefined {
  return text === undefined ? undefined : cleanText(text) || undefined
}
