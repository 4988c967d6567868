import { Feed as FeedBuilder, type Item } from 'feed'
import { mediaTypeOf } from './feed/media-type.js'
import { datedOf, EPOCH } from './feed/writable-dates.js'
import { toWritableEntry, type WritableEntry } from './feed/writable-entry.js'
import { toWritableInfo } from './feed/writable-info.js'
import { escapeText } from './text/html.js'
import type { Entry, Feed, Person } from './types.js'

/**
 * Hands a feed over to the package `feed`, for those who build on it: the instance can be added to and written as any other.
 *
 * Ids, addresses, dates and media types are made safe first, so that its `rss2()`, `atom1()` and `json1()` never throw for what the feed
 * holds. Throws a `WeekloomError` for what is no feed. An entry without an absolute address links to the feed's home page, since that package demands one. Where it writes less than
 * {@link writeRss} and its like do, that is its doing: it has no origins, no account, and JSON Feed 1.0.
 */
export function toFeed(feed: Feed): FeedBuilder {
  const info = toWritableInfo(feed, {})
  const home = info.home ?? info.self ?? 'https://example.invalid/'
  const [author] = info.authors
  const builder = new FeedBuilder({
    id: info.id,
    title: info.title,
    link: home,
    updated: new Date(info.updated ?? EPOCH),
    generator: info.generator,
    ...(info.description === undefined ? {} : { description: info.description }),
    ...(info.language === undefined ? {} : { language: info.language }),
    ...(info.image === undefined ? {} : { image: info.image }),
    ...(info.rights === undefined ? {} : { copyright: info.rights }),
    ...(info.self === undefined ? {} : { feed: info.self, feedLinks: { json: info.self } }),
    ...(info.hubs[0] === undefined ? {} : { hub: info.hubs[0] }),
    ...(author === undefined ? {} : { author: toAuthor(author) }),
  })
  for (const tag of info.tags) builder.addCategory(withoutTags(tag))
  for (const entry of feed.entries) builder.addItem(toItem(toWritableEntry(entry), entry, home))
  return builder
}

function toItem(entry: WritableEntry, given: Entry, home: string): Item {
  const picture = entry.image === undefined ? undefined : safePicture(entry.image.url)
  const file = entry.attachments.find(({ type, length }) => type !== undefined && length !== undefined)
  return {
    // It divides only the first `]]>` of a text, so that a second one would end its CDATA section.
    title: entry.title.replaceAll(']]>', ']]＞'),
    // Its Atom writer takes ids for addresses and throws for others; its RSS writer prefers the guid, which may be any text.
    id: URL.canParse(entry.id) ? entry.id : `urn:weekloom:${encodeURIComponent(entry.id)}`,
    guid: entry.id,
    link: entry.link ?? home,
    date: new Date(datedOf(entry, given)),
    // Its JSON writer throws for a list without anybody.
    ...(entry.authors.length === 0 ? {} : { author: entry.authors.map(toAuthor) }),
    category: entry.tags.map(tag => ({ name: withoutTags(tag), term: withoutTags(tag) })),
    ...(entry.published === undefined ? {} : { published: new Date(entry.published) }),
    ...(entry.summary === undefined ? {} : { description: escapeText(entry.summary) }),
    ...(entry.html === undefined ? {} : { content: entry.html.replaceAll(']]>', ']]&gt;') }),
    ...(picture === undefined ? {} : { image: picture }),
    ...(file?.type === undefined || file.length === undefined
      ? {}
      : { enclosure: { url: file.url, type: file.type, length: file.length } }),
  }
}

function toAuthor({ name, url, email }: Person): { name: string; link?: string; email?: string } {
  return { name, ...(url === undefined ? {} : { link: url }), ...(email === undefined ? {} : { email }) }
}

/** It makes the media type of a picture out of what stands after the last dot of the path; only where that is right is it given one. */
function safePicture(url: string): string | undefined {
  const word = new URL(url).pathname.split('.').at(-1)
  return mediaTypeOf(url) === `image/${word}` ? url : undefined
}

/** It writes names of categories into attributes without escaping `<`. */
function withoutTags(tag: string): string {
  return tag.replaceAll('<', '＜')
}
