import { toPlain } from '../text/plain.js'
import { textOf } from './element-text.js'
import type { Draft } from './feed-draft.js'
import { sizeOf, toAttachment } from './feed-media.js'
import { addressOf, baseWithin } from './feed-urls.js'
import type { XmlReader } from './xml-reader.js'

const IANA = /^http:\/\/www\.iana\.org\/assignments\/relation\//

/** A link of RSS (its text is the address) or of Atom (an attribute is, and `rel` says whereto), wherever it stands. */
export function readLink(reader: XmlReader, draft: Draft): void {
  if (!reader.tag.hasAttributes) {
    draft.setUrl(addressOf(textOf(reader), draft.base), 8)
    return
  }
  const href =
    reader.tag.attribute('href') ?? (reader.hasTags ? undefined : textOf(reader) || undefined) ?? reader.tag.attribute('rdf:resource')
  const statedBase = reader.tag.attribute('xml:base')
  // An empty reference is the base itself (RFC 3986, 4.4). A feed means that where it states one; an entry more likely has lost its address.
  const isBase = href === '' && draft.isFeed
  const url = isBase ? baseWithin(statedBase, draft.xmlBase) : addressOf(href, baseWithin(statedBase, draft.base))
  if (url === undefined) return
  const stated = reader.tag.attribute('rel') ?? 'alternate'
  const read = relations.get(stated)
  if (read !== undefined) read(draft, url, reader)
  else for (const rel of stated.toLowerCase().split(/\s+/, 5)) relations.get(rel.replace(IANA, ''))?.(draft, url, reader)
}

type ReadRelation = (draft: Draft, url: string, reader: XmlReader) => void

/** Keeps the first address of its kind. */
function first(key: 'self' | 'next' | 'previousArchive'): ReadRelation {
  return (draft, url) => {
    draft[key] ??= url
  }
}

const readHub: ReadRelation = (draft, url) => {
  draft.hubs ??= []
  if (draft.hubs.length < 20 && !draft.hubs.includes(url)) draft.hubs.push(url)
}

/** Comments for people; a feed of comments is none. */
const readReplies: ReadRelation = (draft, url, reader) => {
  const isForPeople = /html/i.test(reader.tag.attribute('type') ?? '') && !/\s/.test(reader.tag.attribute('href') ?? '')
  if (isForPeople) draft.comments ??= url
}

const readEnclosure: ReadRelation = (draft, url, reader) => {
  const type = reader.tag.attribute('type')
  const length = sizeOf(reader.tag.attribute('length'))
  const title = toPlain(reader.tag.attribute('title') ?? '')
  draft.addAttachment(toAttachment(url, type, length, undefined, title))
}

const relations: ReadonlyMap<string, ReadRelation> = new Map<string, ReadRelation>([
  ['alternate', (draft, url, reader) => draft.setUrl(url, rankOf(reader, draft))],
  ['self', first('self')],
  ['next', first('next')],
  ['prev-archive', first('previousArchive')],
  ['hub', readHub],
  ['image', (draft, url) => draft.setImage(url, 4)],
  ['replies', readReplies],
  ['enclosure', readEnclosure],
])

function isPage(type: string | undefined): boolean {
  return type === undefined || /html/i.test(type)
}

/** The link of RSS itself, its address put into an attribute. */
function isOwn({ tag }: XmlReader): boolean {
  return !tag.name.includes(':') && tag.attribute('rel') === undefined
}

function isOwnLanguage({ tag }: XmlReader, { language, outerLanguage }: Draft): boolean {
  const stated = tag.attribute('hreflang')?.toLowerCase()
  return !!stated && `${language ?? outerLanguage}-`.toLowerCase().startsWith(`${stated}-`)
}

/** Pages go before other forms; another form of a whole feed is no page of it. */
function rankOf(reader: XmlReader, draft: Draft): number {
  const type = reader.tag.attribute('type')
  if (isPage(type)) return draft.format === 'atom' ? (isOwnLanguage(reader, draft) ? 7.5 : 7) : isOwn(reader) ? 8 : 5
  return draft.isFeed && /rss|atom|json|rdf/i.test(type ?? '') ? 0 : 3
}
