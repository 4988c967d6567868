import { Feed as FeedBuilder, type Item } from 'feed'
import { mediaTypeOf } from './feed/media-type.js'
import { datedOf, EPOCH } from './feed/writable-dates.js'
import { toWritableEntry, type WritableEntry } from './feed/writable-entry.js'
import { toWritableInfo } from './feed/writable-info.js'
import { dropAbsent } from './text/drop-absent.js'
import type { Attachment, Entry, Feed, Person } from './types.js'

/**
 * Hands a feed over to the package `feed`, for those who build on it: the instance can be added to and written as any other.
 *
 * Ids, addresses and dates are made safe first, so that its `rss2()`, `atom1()` and `json1()` never throw for what the feed
 * holds. Throws a `WeekloomError` for what is no feed. An entry without an absolute address links to the feed's home page, since that package demands one.
 *
 * One text serves its three formats: its Atom writer takes a title for HTML, its JSON writer a summary for plain text. So what would be markup in these has wide signs
 * (`Map＜String>`, `＆amp;`). One file of an entry goes out, as `audio`, `video` or `enclosure`; where there is none, the picture, for its RSS writer keeps only the last of both. Its
 * Atom writer makes media types of endings of addresses (`audio/mp3`, `image/jpg`; `image/pdf` of what is neither audio nor video); a picture whose address has no ending of pictures is
 * left out. Where it writes less than {@link writeRss} and its like do, that is its doing: it has no origins, no account, and JSON Feed 1.0.
 */
export function toFeed(feed: Feed): FeedBuilder {
  const info = toWritableInfo(feed, {})
  const home = info.home ?? info.self ?? 'https://example.invalid/'
  const [author] = info.authors
  const builder = new FeedBuilder(
    dropAbsent({
      id: info.id,
      title: info.title,
      link: home,
      updated: new Date(info.updated ?? EPOCH),
      generator: info.generator,
      description: info.description,
      language: info.language,
      image: info.image,
      copyright: info.rights,
      feed: info.self,
      feedLinks: info.self === undefined ? undefined : { json: info.self },
      hub: info.hubs[0],
      author: author === undefined ? undefined : toAuthor(author),
    }),
  )
  for (const tag of info.tags) builder.addCategory(withoutTags(tag))
  for (const entry of feed.entries) builder.addItem(toItem(toWritableEntry(entry), entry, home))
  return builder
}

function toItem(entry: WritableEntry, given: Entry, home: string): Item {
  return dropAbsent({
    title: textAndHtml(entry.title),
    // Its Atom writer takes ids for addresses and throws for others; its RSS writer prefers the guid, which may be any text.
    id: URL.canParse(entry.id) ? entry.id : `urn:weekloom:${encodeURIComponent(entry.id)}`,
    guid: entry.id,
    link: entry.link ?? home,
    date: new Date(datedOf(entry, given)),
    // Its JSON writer throws for a list without anybody.
    author: entry.authors.length === 0 ? undefined : entry.authors.map(toAuthor),
    category: entry.tags.map(tag => ({ name: withoutTags(tag), term: withoutTags(tag) })),
    published: entry.published === undefined ? undefined : new Date(entry.published),
    description: entry.summary === undefined ? undefined : textAndHtml(entry.summary),
    content: entry.html?.replaceAll(']]>', ']]&gt;'),
    ...mediaOf(entry),
  })
}

function toAuthor({ name, url, email }: Person): { name: string; link?: string; email?: string } {
  return dropAbsent({ name, link: url, email })
}

function mediaOf({ attachments, image }: WritableEntry): Pick<Item, 'audio' | 'enclosure' | 'image' | 'video'> {
  const typed = attachments.filter(({ type }) => type !== undefined)
  const file = typed.find(({ length }) => length !== undefined) ?? typed[0]
  if (file !== undefined) return { [fieldOf(file)]: toEnclosure(file) }
  return image !== undefined && isPicture(image.url) ? { image: toEnclosure(image) } : {}
}

function fieldOf({ type = '' }: Attachment): 'audio' | 'enclosure' | 'video' {
  return type.startsWith('audio/') ? 'audio' : type.startsWith('video/') ? 'video' : 'enclosure'
}

/** Without title and duration, which its RSS writer would write as attributes that RSS does not know. */
function toEnclosure({ url, type, length }: Attachment): { url: string; type?: string; length?: number } {
  return dropAbsent({ url, type, length })
}

/** By the ending of its path, of which its Atom writer makes the media type. */
function isPicture(url: string): boolean {
  return mediaTypeOf(new URL(url).pathname)?.startsWith('image/') === true
}

/** What would be markup in HTML, and (behind `]]`) the end of a CDATA section, of which it divides only the first in a text. */
const SIGNS = /<(?=[a-z/!?])|&(?=#?[a-z\d]{1,33};)|(?<=\]\])>/gi
/** From a sign of ASCII to the same one as wide as a Chinese character. */
const WIDER = 0xfee0

/** Plain text that says the same where it is taken for HTML. */
function textAndHtml(text: string): string {
  return text.replace(SIGNS, sign => String.fromCharCode(sign.charCodeAt(0) + WIDER))
}

/** It writes names of categories into attributes without escaping `<`. */
function withoutTags(tag: string): string {
  return tag.replaceAll('<', '＜')
}
