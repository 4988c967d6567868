import { escapeText } from '../text/html.js'
import type { Entry, Feed, Instant, Person } from '../types.js'
import { datedOf, EPOCH, toRfc3339 } from './writable-dates.js'
import { toWritableEntry, type WritableEntry } from './writable-entry.js'
import { toWritableInfo, type WritableInfo } from './writable-info.js'
import { sourceOf, viaOf } from './writable-origins.js'
import type { WriteOptions } from './write-options.js'
import { linksOnward, linkTag, pictureTags } from './written-links.js'
import { escapeXml, escapeXmlAttribute, inOnePiece, joinChunks, wrapCdata } from './xml-text.js'

/**
 * Writes a feed as Atom 1.0 (RFC 4287): media type `application/atom+xml`. Any feed gives a well-formed document.
 *
 * Atom demands what an entry may lack. An entry's author is its own, else its account, else the feed's authors, else the feed's title,
 * and stands in every entry, since most readers do not inherit it. `updated` is the entry's own, else `published`, else the date of the
 * first issue that names it, else `firstSeen`, else 1970-01-01T00:00:00Z; never the clock, and never a date that other entries could move.
 */
export function writeAtom(feed: Feed, options: WriteOptions = {}): string {
  return joinChunks(atomChunks(feed, options))
}

/** The text of {@link writeAtom} in pieces: the head, one piece for each entry, the end. */
export function* atomChunks(feed: Feed, options: WriteOptions = {}): Generator<string, void, undefined> {
  const info = toWritableInfo(feed, options)
  const authors = info.authors.length > 0 ? info.authors : [{ name: info.title }]
  yield head(info, authors)
  for (const entry of feed.entries) yield item(entry, info, authors)
  yield '</feed>\n'
}

function head(info: WritableInfo, authors: readonly Person[]): string {
  const history = info.archive.current === undefined ? '' : ' xmlns:fh="http://purl.org/syndication/history/1.0"'
  const language = info.language === undefined ? '' : ` xml:lang="${info.language}"`
  let text = `<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/"${history}${language}>\n`
  text += `<id>${escapeXml(info.id)}</id>\n<title type="text">${escapeXml(info.title)}</title>\n`
  if (info.description !== undefined) text += `<subtitle type="text">${escapeXml(info.description)}</subtitle>\n`
  text += `<updated>${toRfc3339(info.updated ?? EPOCH)}</updated>\n`
  text += people(authors)
  text += link('self', info.self, ' type="application/atom+xml"')
  text += link('alternate', info.home, ' type="text/html"') + linksOnward('link', info)
  text += categories(info.tags)
  if (info.image !== undefined) text += `<logo>${escapeXml(info.image)}</logo>\n`
  if (info.rights !== undefined) text += `<rights type="text">${escapeXml(info.rights)}</rights>\n`
  return `${text}<generator>${escapeXml(info.generator)}</generator>\n`
}

function item(given: Entry, info: WritableInfo, authors: readonly Person[]): string {
  const entry = toWritableEntry(given)
  const dated = datedOf(entry, given)
  const language = entry.language === undefined || entry.language === info.language ? '' : ` xml:lang="${entry.language}"`
  let text = `<entry${language}>\n<id>${escapeXml(entry.id)}</id>\n<title type="text">${escapeXml(entry.title)}</title>\n`
  text += link('alternate', entry.link)
  for (const url of viaOf(given.origins, entry.link)) text += link('via', url)
  if (entry.published !== undefined) text += `<published>${toRfc3339(entry.published)}</published>\n`
  text += `<updated>${toRfc3339(dated)}</updated>\n`
  text += people(entry.authors.length > 0 ? entry.authors : authors)
  text += categories(entry.tags)
  if (entry.summary !== undefined) text += `<summary type="html">${wrapCdata(escapeText(entry.summary))}</summary>\n`
  // An entry must have content or an alternate link, so one that has neither repeats what it has.
  const content = entry.html ?? (entry.link === undefined ? escapeText(entry.summary ?? entry.title) : undefined)
  const end = inOnePiece(`${media(entry)}${source(given, dated)}</entry>\n`)
  if (content === undefined) return text + end
  return `${inOnePiece(text)}<content type="html">${wrapCdata(content)}</content>\n${end}`
}

const link = (rel: string, href: string | undefined, more?: string) => linkTag('link', rel, href, more)

function people(persons: readonly Person[]): string {
  let text = ''
  for (const { name, url, email } of persons) {
    text += `<author><name>${escapeXml(name)}</name>`
    if (url !== undefined) text += `<uri>${escapeXml(url)}</uri>`
    if (email !== undefined) text += `<email>${escapeXml(email)}</email>`
    text += '</author>\n'
  }
  return text
}

function categories(tags: readonly string[]): string {
  let text = ''
  for (const tag of tags) text += `<category term="${escapeXmlAttribute(tag)}"/>\n`
  return text
}

function media(entry: WritableEntry): string {
  let text = ''
  for (const file of entry.attachments) {
    const type = file.type === undefined ? '' : ` type="${escapeXmlAttribute(file.type)}"`
    const length = file.length === undefined ? '' : ` length="${file.length}"`
    const title = file.title === undefined ? '' : ` title="${escapeXmlAttribute(file.title)}"`
    text += link('enclosure', file.url, type + length + title)
  }
  return entry.image === undefined ? text : text + pictureTags(entry.image)
}

function source({ origins }: Entry, dated: Instant): string {
  const source = sourceOf(origins)
  if (source === undefined) return ''
  const url = escapeXml(source.url)
  // When that feed last changed is not known; it had done so by the time that it held this entry.
  return `<source><id>${url}</id><title type="text">${escapeXml(source.title)}</title><updated>${toRfc3339(dated)}</updated>${link('self', source.url).trimEnd()}</source>\n`
}
