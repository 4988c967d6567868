import { wordSet } from '../text/word-set.js'
import { type ReadField, readers } from './feed-fields.js'
import type { NameScope } from './feed-names.js'
import type { XmlTag } from './xml-tag.js'

/** Elements that hold one line: they have no markup of the feed's own in them. */
const short = wordSet(`title dc:title media:title link guid id pubdate published updated issued modified created lastbuilddate date dc:date
  category dc:creator comments language copyright generator dc:subject`)

/** Elements that only stand around others: what they hold is read as if it stood beside them. */
const transparent: readonly string[] = ['media:group', 'media:content', 'itunes:category', 'googleplay:category']

/** What an element is to a reading. */
export interface Field {
  /** Its place in the table; 0 for what nobody knows. */
  number: number
  read: ReadField | undefined
  /** Holds one line: it has no markup of the feed's own in it. */
  isShort: boolean
  /** Cut off it is another one: an address, a date. */
  isExact: boolean
  /** What it holds is read as if it stood beside it. */
  isTransparent: boolean
  /** It holds fields itself: those of a feed, or of an entry. */
  holds: 'feed' | 'entry' | undefined
}

const holders: ReadonlyMap<string, Field['holds']> = new Map([
  ...['rss', 'rdf:rdf', 'feed', 'channel', 'items', 'rdf:seq'].map((key): [string, 'feed'] => [key, 'feed']),
  ...['item', 'entry'].map((key): [string, 'entry'] => [key, 'entry']),
])

/** What each element means, by namespace and name, see `NameScope.keyOf`. */
const fields: ReadonlyMap<string, Field> = new Map(
  [...new Set([...readers.keys(), ...transparent, ...holders.keys()])].map((key, index): [string, Field] => [
    key,
    {
      number: index + 1,
      read: readers.get(key),
      isShort: short.has(key),
      isExact: short.has(key) && !key.endsWith('title'),
      isTransparent: transparent.includes(key),
      holds: holders.get(key),
    },
  ]),
)
/** What nobody knows is passed over. */
const unknown: Field = { number: 0, read: undefined, isShort: false, isExact: false, isTransparent: false, holds: undefined }
const byNumber: readonly Field[] = [unknown, ...fields.values()]

/** What the element of a tag is to a reading, by what prefixes mean around it. */
export function fieldOf(tag: XmlTag, scope: NameScope): Field {
  const { element } = tag
  const inner = tag.declaresSpace ? scope.within(tag) : scope
  if (element.scopeNumber !== inner.number) {
    const key = inner.keyOf(element)
    // An editor of HTML left its namespace where the feed's own is meant.
    const known = fields.get(key) ?? (element.prefix === '' && key.startsWith('xhtml:') ? fields.get(key.slice(6)) : undefined)
    element.fieldNumber = known?.number ?? 0
    element.scopeNumber = inner.number
  }
  return byNumber[element.fieldNumber] ?? unknown
}

/** What holds a feed does so in a namespace that nobody knows, too: `<feed xmlns="…">`. */
export function holdsFeed(key: string): boolean {
  return key.startsWith('?:') && fields.get(key.slice(2))?.holds === 'feed'
}
