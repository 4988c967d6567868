import { languageOf } from '../text/language.js'
import type { Instant } from '../types.js'
import { baseOfDiv, htmlOf, kindOfAtom, lineOf, nameOf, plainOf, type TextKind, textOf } from './element-text.js'
import { instantOf } from './feed-dates.js'
import type { BasedHtml, Draft } from './feed-draft.js'
import { readLink } from './feed-link.js'
import { readImage, readMediaContent, readThumbnail, secondsOf, sizeOf, toAttachment } from './feed-media.js'
import { peopleOf, readPerson } from './feed-people.js'
import { readCategory, readKeywords, readTopic, readWord } from './feed-tags.js'
import { addressOf, baseWithin } from './feed-urls.js'
import { noNames } from './name-set.js'
import { EPOCH } from './writable-dates.js'
import type { XmlReader } from './xml-reader.js'

/** Takes what an element says into a draft. The reader stands behind the element; its attributes and content are those last read. */
export type ReadField = (reader: XmlReader, draft: Draft) => void

/** A format that says how its texts are meant: Atom. Elsewhere they are what they look like. */
function kindIn(reader: XmlReader, draft: Draft): TextKind {
  if (draft.format === 'atom') return draft.isOldAtom && reader.tag.attribute('type') === 'xhtml' ? 'xml' : kindOfAtom(reader)
  return reader.tag.hasAttributes && reader.tag.attribute('type') !== undefined ? kindOfTyped(reader) : 'loose'
}

/** A type on an element of RSS is believed where it promises HTML; plain text is HTML there too often. */
function kindOfTyped(reader: XmlReader): TextKind {
  const kind = kindOfAtom(reader)
  return kind === 'text' ? 'loose' : kind
}

function htmlIn(reader: XmlReader, draft: Draft, kind = kindIn(reader, draft)): BasedHtml | undefined {
  // A feed's description is one line of plain text, an entry's is a text of its own.
  const html = draft.isFeed ? plainOf(reader, kind) : htmlOf(reader, kind, draft.scope.within(reader.tag))
  const base = baseIn(reader, draft.xmlBase)
  const inner = baseOfDiv(reader)
  return html === '' ? undefined : { html, base: inner === undefined ? base : baseWithin(inner, base ?? draft.base) }
}

function baseIn(reader: XmlReader, base: string | undefined): string | undefined {
  return reader.tag.hasAttributes ? baseWithin(reader.tag.attribute('xml:base'), base) : base
}

function plainIn(reader: XmlReader, draft: Draft): string | undefined {
  return (lineOf(reader) ?? plainOf(reader, kindIn(reader, draft))) || undefined
}

/** A text that is plain in RSS, whatever it looks like. */
function nameIn(reader: XmlReader, draft: Draft): string | undefined {
  return plainOf(reader, draft.format === 'atom' ? kindOfAtom(reader) : 'text') || undefined
}

/** A text that is one address: what holds a space is none. */
function addressIn(reader: XmlReader, draft: Draft): string | undefined {
  const text = textOf(reader)
  return /\s/.test(text) ? undefined : addressOf(text, baseIn(reader, draft.base))
}

const readId: ReadField = (reader, draft) => {
  const id = textOf(reader) || undefined
  if (id === undefined || draft.id !== undefined) return
  draft.id = isRelative(id, draft) ? (addressOf(id, draft.base) ?? id) : id
  draft.isNoPermalink = reader.tag.attribute('ispermalink')?.toLowerCase() === 'false'
}

/** An id of Atom is an address (RFC 4287, 4.2.6), so a path in its place starts from the base; a name is left alone. */
function isRelative(id: string, { format, xmlBase, isBaseGuessed }: Draft): boolean {
  return format === 'atom' && !isBaseGuessed && (id.startsWith('/') || (xmlBase !== undefined && /^[^\s:/?#]+\//.test(id)))
}

const readSummary: ReadField = (reader, draft) => {
  const text = htmlIn(reader, draft)
  if (draft.summary === undefined) draft.summary = text
  else if (draft.contentRank === 0 && text !== undefined && text.html !== draft.summary.html) {
    // The second of `description` and `summary` is the longer story, but for one behind a whole text.
    const { summary } = draft
    const isStoryFirst = !draft.isFeed && summary.html.length > text.html.length * (summary.html.includes('<') ? 1 : 2)
    setContent(draft, isStoryFirst ? summary : text, 1)
    if (isStoryFirst) draft.summary = text
  }
}

function setContent(draft: Draft, text: Draft['content'], rank: number): void {
  if (text === undefined || rank <= draft.contentRank) return
  draft.content = text
  draft.contentRank = rank
}

function otherSummary(rank: number): ReadField {
  return (reader, draft) => {
    if (rank <= draft.otherSummaryRank) return
    const text = htmlIn(reader, draft)
    if (text === undefined) return
    draft.otherSummary = text
    draft.otherSummaryRank = rank
  }
}

const readContent: ReadField = (reader, draft) => {
  const source = reader.tag.attribute('src')
  if (source !== undefined) {
    const url = addressOf(source, baseIn(reader, draft.base))
    const type = reader.tag.attribute('type')
    if (url !== undefined && type !== undefined && !/html|^text/.test(type)) draft.addAttachment({ url, type })
    return
  }
  if (!draft.isFeed && reader.tag.hasAttributes) draft.language ??= languageOf(reader.tag.attribute('xml:lang'))
  const text = htmlIn(reader, draft)
  // A picture or a sound that stands in the feed itself is no text, if its base64 decodes to none.
  if (!FILE.test(reader.tag.attribute('type') ?? '') || text?.html !== textOf(reader)) setContent(draft, text, 3)
}

const FILE = /^(?:image|audio|video)\//i

/** HTML wherever it stands: Atom says nothing of how texts of others are meant. */
const readEncoded: ReadField = (reader, draft) => setContent(draft, htmlIn(reader, draft, 'loose'), 5)

function content(rank: number): ReadField {
  return (reader, draft) => setContent(draft, htmlIn(reader, draft), rank)
}

function author(rank: number): ReadField {
  return (reader, draft) => {
    if (reader.hasTags) draft.addAuthor(readPerson(reader, draft.scope, baseIn(reader, draft.base)), rank)
    else for (const person of peopleOf(nameOf(reader))) draft.addAuthor(person, rank)
  }
}

/** Dates named as they are, not by a key, like titles below. */
const readPublished: ReadField = (reader, draft) => {
  draft.published = instantIn(reader, draft.published)
}
const readUpdated: ReadField = (reader, draft) => {
  draft.updated = instantIn(reader, draft.updated)
}
const readCreated: ReadField = (reader, draft) => {
  draft.created = instantIn(reader, draft.created)
}
const readDate: ReadField = (reader, draft) => {
  draft.date = instantIn(reader, draft.date)
}

/** The later of two dates is taken, but for a day or a year behind a moment; the first moment of all is what feeds have where they must state some date and know none. */
function instantIn(reader: XmlReader, known: Instant | undefined): Instant | undefined {
  const text = textOf(reader)
  if (known !== undefined && !/:|t\d{4}/i.test(text) && !known.endsWith('T00:00:00.000Z')) return known
  const instant = instantOf(text)
  return instant === EPOCH ? known : (instant ?? known)
}

function enclosure(add: 'addAttachment' | 'addMedia'): ReadField {
  return (reader, draft) => {
    const url = addressOf(
      reader.tag.attribute('url') ?? reader.tag.attribute('href') ?? reader.tag.attribute('rdf:resource'),
      baseIn(reader, draft.base),
    )
    if (url === undefined) return
    const type = reader.tag.attribute('type')
    const length = sizeOf(reader.tag.attribute('length'))
    draft[add](toAttachment(url, type, length))
  }
}

/** An entry that was taken from another feed carries that feed's people, for want of its own (RFC 4287, 4.2.1). */
const readSource: ReadField = (reader, draft) => {
  if (!reader.hasTags) return
  const { at, contentStart, contentEnd } = reader
  reader.at = contentStart
  while (reader.nextTag(contentEnd)) {
    if (reader.tag.isClosing) continue
    const isAuthor = draft.scope.keyWithin(reader.tag) === 'author'
    reader.readContent(noNames, contentEnd)
    if (isAuthor) draft.addAuthor(readPerson(reader, draft.scope, draft.base), 1)
  }
  reader.at = at
}

/** Of titles the first is kept. Named as it is, not by a key: engines are quicker so. */
const readTitle: ReadField = (reader, draft) => {
  draft.title ??= plainIn(reader, draft)
}

/** Keeps the first that is said. */
function first<K extends 'otherTitle' | 'rights' | 'generator' | 'language' | 'comments' | 'duration' | 'originalEnclosure'>(
  key: K,
  read: (reader: XmlReader, draft: Draft) => Draft[K],
): ReadField {
  return (reader, draft) => {
    draft[key] ??= read(reader, draft)
  }
}

function image(rank: number): ReadField {
  return (reader, draft) => draft.setImage(readImage(reader, draft.scope, baseIn(reader, draft.base)), rank)
}

/** What Media RSS says of the entry, not of one file of it: the name of a picture, or of whom it shows, is no title. */
function ofEntry(read: ReadField): ReadField {
  return (reader, draft) => {
    if (!draft.isInFile) read(reader, draft)
  }
}

/** How each element is read, the same in feeds and entries, for feeds mix what belongs where. */
export const readers: ReadonlyMap<string, ReadField> = new Map<string, ReadField>([
  ['title', readTitle],
  ['dc:title', first('otherTitle', plainIn)],
  ['media:title', ofEntry(first('otherTitle', plainIn))],
  ['itunes:title', first('otherTitle', plainIn)],
  ['link', readLink],
  ['itunes:link', readLink],
  ['guid', readId],
  ['id', readId],
  ['feedburner:origlink', (reader, draft) => draft.isFeed || draft.setUrl(addressIn(reader, draft), 9)],
  ['description', readSummary],
  ['summary', readSummary],
  ['subtitle', readSummary],
  ['tagline', readSummary],
  ['abstract', otherSummary(5)],
  ['itunes:summary', otherSummary(4)],
  ['dc:description', otherSummary(6)],
  ['googleplay:description', otherSummary(3)],
  ['itunes:subtitle', otherSummary(2)],
  ['media:description', ofEntry(otherSummary(1))],
  ['info', otherSummary(1)],
  ['content', readContent],
  ['content:encoded', readEncoded],
  ['fullitem', content(2)],
  ['body', content(4)],
  ['xhtml:body', content(4)],
  ['xhtml:div', content(2)],
  ['pubdate', readPublished],
  ['published', readPublished],
  ['issued', readPublished],
  ['dcterms:issued', readPublished],
  ['created', readCreated],
  ['dcterms:created', readCreated],
  ['updated', readUpdated],
  ['modified', readUpdated],
  ['lastbuilddate', readUpdated],
  ['dcterms:modified', readUpdated],
  ['dc:date', readDate],
  ['date', readDate],
  ['author', author(9)],
  ['managingeditor', author(8)],
  ['dc:author', author(7)],
  ['dc:creator', author(6)],
  ['creator', author(6)],
  ['itunes:author', author(5)],
  ['googleplay:author', author(4)],
  ['itunes:owner', (reader, draft) => draft.isFeed && author(3)(reader, draft)],
  ['webmaster', author(2)],
  ['category', readCategory],
  ['dc:subject', readWord],
  ['media:category', readCategory],
  ['itunes:category', readTopic],
  ['googleplay:category', readTopic],
  ['itunes:keywords', readKeywords],
  ['media:keywords', readKeywords],
  ['keywords', readKeywords],
  ['tags', readKeywords],
  ['enclosure', enclosure('addAttachment')],
  ['media:content', readMediaContent],
  ['media:peerlink', enclosure('addMedia')],
  ['feedburner:origenclosurelink', first('originalEnclosure', addressIn)],
  ['media:thumbnail', readThumbnail],
  ['itunes:duration', first('duration', reader => secondsOf(textOf(reader)))],
  ['itunes:image', image(5)],
  ['googleplay:image', image(4)],
  ['image', image(8)],
  ['logo', image(9)],
  ['icon', image(2)],
  ['source', readSource],
  ['language', first('language', reader => languageOf(textOf(reader)))],
  ['dc:language', first('language', reader => languageOf(textOf(reader)))],
  ['copyright', first('rights', plainIn)],
  ['rights', first('rights', plainIn)],
  ['dc:rights', first('rights', plainIn)],
  ['dcterms:rights', first('rights', plainIn)],
  ['media:copyright', first('rights', plainIn)],
  ['generator', first('generator', nameIn)],
  ['admin:generatoragent', first('generator', reader => reader.tag.attribute('rdf:resource'))],
  ['comments', first('comments', addressIn)],
])
