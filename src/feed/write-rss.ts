import { escapeText } from '../text/html.js'
import type { Attachment, Entry, Feed } from '../types.js'
import { toRfc822 } from './writable-dates.js'
import { toWritableEntry, type WritableEntry } from './writable-entry.js'
import { toWritableInfo, type WritableInfo } from './writable-info.js'
import { sourceOf } from './writable-origins.js'
import type { WriteOptions } from './write-options.js'
import { linksOnward, linkTag, pictureTags } from './written-links.js'
import { escapeXml, escapeXmlAttribute, escapeXmlNumeric, inOnePiece, joinChunks, wrapCdata } from './xml-text.js'

const NAMESPACES: Readonly<Record<string, string>> = {
  atom: 'http://www.w3.org/2005/Atom',
  content: 'http://purl.org/rss/1.0/modules/content/',
  dc: 'http://purl.org/dc/elements/1.1/',
  fh: 'http://purl.org/syndication/history/1.0',
  media: 'http://search.yahoo.com/mrss/',
  sy: 'http://purl.org/rss/1.0/modules/syndication/',
}

/**
 * Writes a feed as RSS 2.0, by its Best Practices Profile: media type `application/rss+xml`.
 * Any feed gives a well-formed document. What RSS cannot hold truly is left out: an address that is not absolute http(s), a date that is
 * none. An author goes out as `dc:creator`, since RSS's own element demands an address.
 */
export function writeRss(feed: Feed, options: WriteOptions = {}): string {
  return joinChunks(rssChunks(feed, options))
}

/** The text of {@link writeRss} in pieces: the head, one piece for each entry, the end. */
export function* rssChunks(feed: Feed, options: WriteOptions = {}): Generator<string, void, undefined> {
  const info = toWritableInfo(feed, options)
  yield head(info, options)
  for (const entry of feed.entries) yield item(entry, info)
  yield '</channel>\n</rss>\n'
}

function head(info: WritableInfo, options: WriteOptions): string {
  const { ttl = 1440, rhythm = { period: 'weekly' } } = options
  const title = escapeXmlNumeric(info.title)
  const home = escapeXml(info.home ?? info.self ?? '')
  let text = '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"'
  for (const [prefix, uri] of Object.entries(NAMESPACES)) text += ` xmlns:${prefix}="${uri}"`
  text += `>\n<channel>\n<title>${title}</title>\n<link>${home}</link>\n`
  text += `<description>${escapeXmlNumeric(info.description ?? info.title)}</description>\n`
  if (info.language !== undefined) text += `<language>${info.language}</language>\n`
  if (info.rights !== undefined) text += `<copyright>${escapeXmlNumeric(info.rights)}</copyright>\n`
  if (info.updated !== undefined) text += `<lastBuildDate>${toRfc822(info.updated)}</lastBuildDate>\n`
  for (const tag of info.tags) text += `<category>${escapeXml(tag)}</category>\n`
  text += `<generator>${escapeXml(info.generator)}</generator>\n<ttl>${ttl}</ttl>\n`
  if (info.image !== undefined) text += `<image><url>${escapeXml(info.image)}</url><title>${title}</title><link>${home}</link></image>\n`
  text += linkTag('atom:link', 'self', info.self, ' type="application/rss+xml"') + linksOnward('atom:link', info)
  for (const author of info.authors) text += `<dc:creator>${escapeXml(author.name)}</dc:creator>\n`
  return `${text}<sy:updatePeriod>${rhythm.period}</sy:updatePeriod>\n<sy:updateFrequency>${rhythm.frequency ?? 1}</sy:updateFrequency>\n`
}

function item(given: Entry, info: WritableInfo): string {
  const entry = toWritableEntry(given)
  let text = `<item>\n<title>${escapeXmlNumeric(entry.title)}</title>\n`
  const link = entry.link === undefined ? undefined : escapeXml(entry.link)
  const isLink = entry.id === entry.link
  if (link !== undefined) text += `<link>${link}</link>\n`
  text += `<guid isPermaLink="${isLink}">${isLink ? link : escapeXml(entry.id)}</guid>\n`
  const date = entry.published ?? entry.updated
  if (date !== undefined) text += `<pubDate>${toRfc822(date)}</pubDate>\n`
  for (const author of entry.authors) text += `<dc:creator>${escapeXml(author.name)}</dc:creator>\n`
  if (entry.language !== undefined && entry.language !== info.language) text += `<dc:language>${entry.language}</dc:language>\n`
  for (const tag of entry.tags) text += `<category>${escapeXml(tag)}</category>\n`
  // A description is read as HTML, so plain text is escaped twice. It stands before the full text, as the profile asks, if need be empty.
  if (entry.summary !== undefined || entry.html !== undefined)
    text += `<description>${wrapCdata(escapeText(entry.summary ?? ''))}</description>\n`
  const end = inOnePiece(`${media(entry)}${source(given)}</item>\n`)
  if (entry.html === undefined) return text + end
  return `${inOnePiece(text)}<content:encoded>${wrapCdata(entry.html)}</content:encoded>\n${end}`
}

/** One enclosure at most, as the profile asks, a recording before anything else, and only with a type, which it demands as well as a length: 0 where nobody knows. The rest as Media RSS. */
function media(entry: WritableEntry): string {
  const typed = entry.attachments.filter(file => file.type !== undefined)
  const enclosure = typed.find(isPlayed) ?? typed.find(file => file.length !== undefined) ?? typed[0]
  let text = ''
  if (enclosure !== undefined) {
    text += `<enclosure url="${escapeXmlAttribute(enclosure.url)}" type="${enclosure.type}" length="${enclosure.length ?? 0}"/>\n`
    // Declared here, since hardly a feed has any.
    if (enclosure.duration !== undefined && isPlayed(enclosure))
      text += `<itunes:duration xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd">${enclosure.duration}</itunes:duration>\n`
  }
  for (const file of entry.attachments) if (file !== enclosure) text += mediaContent(file)
  return entry.image === undefined ? text : text + pictureTags(entry.image)
}

function isPlayed({ type = '' }: Attachment): boolean {
  return /^(?:audio|video)/.test(type)
}

/** An attachment by Media RSS, which demands neither type nor length. */
function mediaContent(file: Attachment): string {
  const type = file.type === undefined ? '' : ` type="${escapeXmlAttribute(file.type)}"`
  const size = file.length === undefined ? '' : ` fileSize="${file.length}"`
  const duration = file.duration === undefined ? '' : ` duration="${file.duration}"`
  return `<media:content url="${escapeXmlAttribute(file.url)}"${type}${size}${duration}/>\n`
}

function source({ origins }: Entry): string {
  const source = sourceOf(origins)
  return source === undefined ? '' : `<source url="${escapeXmlAttribute(source.url)}">${escapeXml(source.title)}</source>\n`
}
