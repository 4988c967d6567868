import { languageOf } from '../text/language.js'
import type { FeedInfo, ParsedEntry, ParsedFeed } from '../types.js'
import { instantOf } from './feed-dates.js'
import { Draft } from './feed-draft.js'
import { NameScope } from './feed-names.js'
import { addressOf, baseWithin, beginAddresses, lacksBase } from './feed-urls.js'
import { fieldOf, holdsFeed } from './field-table.js'
import { finishEntry, finishInfo } from './finish-feed.js'
import { NameSet, noNames } from './name-set.js'
import { XmlReader } from './xml-reader.js'
import { LONGEST_NAME, type XmlTag } from './xml-tag.js'

const formats: ReadonlyMap<string, ParsedFeed['format']> = new Map([
  ['rss', 'rss'],
  ['channel', 'rss'],
  ['item', 'rss'],
  ['rdf:rdf', 'rdf'],
  ['feed', 'atom'],
  ['entry', 'atom'],
])

const usuallyAround = NameSet.of(['item', 'entry', 'channel', 'rss', 'feed'])

/**
 * Reads a feed of any XML format; nothing where the text holds no element that one begins with. `url` is where it was found: where nobody told, and relative addresses ask for
 * it, it is the page that the feed states as its own, or else where the feed says that it is.
 */
export function parseXmlFeed(text: string, url: string | undefined): ParsedFeed | undefined {
  const feed = readFeed(text, url, false)
  const own = url === undefined && lacksBase() ? (feed?.info.homeUrl ?? feed?.info.feedUrl) : undefined
  if (own === undefined) return feed
  beginAddresses(text.length)
  return readFeed(text, own, true)
}

function readFeed(text: string, url: string | undefined, isUrlGuessed: boolean): ParsedFeed | undefined {
  const reader = new XmlReader(text)
  const scope = new NameScope()
  const format = findRoot(reader, scope)
  if (format === undefined) return undefined
  // RDF is of much else, too.
  const isNamed = format !== 'rdf' || /rss|netscape/i.test(reader.tag.attribute('xmlns') ?? '')
  const reading = new FeedReading(reader, scope, format, url, isUrlGuessed || url === undefined)
  const feed = reading.run()
  return isNamed || reading.hasBegun || feed.entries.length > 0 ? feed : undefined
}

/** What pages are made of: a feed in one says so by its namespace. */
const pageParts: ReadonlySet<string> = new Set(['html', 'head', 'body'])
/** What these hold in a page is a text, or is not shown. */
const hiding: ReadonlySet<string> = new Set(['iframe', 'noscript', 'script', 'style', 'svg', 'template', 'textarea', 'xmp'])
const ATOM = 'http://www.w3.org/2005/Atom'

/** Goes to the first element that a feed begins with, whatever a program may have put before it. Items stand in something else where anything does, so alone they are at the very beginning. */
function findRoot(reader: XmlReader, scope: NameScope): ParsedFeed['format'] | undefined {
  const { length } = reader.text
  let isFirst = true
  let isPage = false
  while (reader.nextTag(length)) {
    const { tag } = reader
    if (tag.isClosing) continue
    const name = tag.name.toLowerCase()
    isPage ||= pageParts.has(name)
    if (hiding.has(name)) {
      isPage = true
      reader.readContent(noNames, length)
      continue
    }
    if (tag.declaresSpace) scope.declare(tag)
    const key = scope.keyOf(tag.element)
    const format = formats.get(key)
    const isItem = key === 'item' || key === 'entry'
    if (format !== undefined && (isPage ? key === 'feed' && tag.attribute('xmlns') === ATOM : isFirst || !isItem)) return format
    // RDF without its prefix.
    isFirst &&= key === 'rdf'
  }
  return undefined
}

class FeedReading {
  /** Engines throw compiled code away together with the last object of the form that it was compiled for. This reading stays, so that the code does. */
  static readonly kept = new FeedReading(new XmlReader(''), new NameScope(), 'rss', undefined, true)

  private readonly entries: ParsedEntry[] = []
  private feed: Draft
  /** The entry that is being read, and its name as written. */
  private entry: Draft | undefined
  private entryName = ''
  /** That of the first feed, once another has begun behind it. */
  private firstFeed: Draft | undefined
  /** Something was met that stands for a feed: a channel, or Atom's `feed`. */
  hasBegun = false
  private language: string | undefined
  private isOldAtom = false
  /** A base that is seen from another makes longer addresses each time. */
  private basesLeft = 20
  /** Names of containers and entries as this feed writes them: what is never closed ends before them. */
  private around = usuallyAround

  constructor(
    private readonly reader: XmlReader,
    private readonly scope: NameScope,
    private readonly format: ParsedFeed['format'],
    private readonly url: string | undefined,
    /** Nobody told where the feed was found. */
    private readonly isUrlGuessed: boolean,
  ) {
    this.feed = this.makeFeed(undefined)
  }

  run(): ParsedFeed {
    const { reader, scope } = this
    const end = reader.text.length
    // The root was read already.
    do {
      const { tag } = reader
      if (tag.isClosing) {
        this.close(tag)
        continue
      }
      const draft = this.entry ?? this.feed
      const field = fieldOf(tag, draft.scope)
      if (field.holds === 'entry') {
        if (this.entry === undefined) this.beginEntry(tag)
        // An empty one within another holds nothing and ends nothing.
        else if (!tag.isEmpty) {
          // That was never closed: it ends here, and the tag is read once more, by what prefixes mean around entries.
          this.endEntry()
          reader.at = reader.tagStart
        }
      } else if (this.entry === undefined && (field.holds === 'feed' || (field.number === 0 && holdsFeed(scope.keyWithin(tag)))))
        this.enter(scope.keyWithin(tag))
      else {
        if (field.isTransparent) reader.enter()
        else reader.readContent(this.around, end, field.isShort)
        if (!(field.isExact && reader.isCutOff)) field.read?.(reader, draft)
      }
    } while (reader.nextTag(end))
    this.endEntry()
    return { format: this.format, info: this.finish(), entries: this.entries }
  }

  private finish(): FeedInfo {
    const { language, format } = this
    const feed = this.firstFeed ?? this.feed
    if (language !== undefined) feed.language ??= language
    const info = finishInfo(feed)
    // RFC 4287, 4.2.1: the feed's people are those of its entries that name none.
    if (format === 'atom' && info.authors !== undefined) for (const entry of this.entries) entry.authors ??= info.authors
    return info
  }

  private makeFeed(xmlBase: string | undefined): Draft {
    const draft = new Draft(this.format, this.scope, xmlBase, xmlBase ?? this.url, true, this.isOldAtom)
    draft.isBaseGuessed = xmlBase === undefined && this.isUrlGuessed
    return draft
  }

  private enter(key: string): void {
    const { reader, scope } = this
    if (reader.tag.declaresSpace) scope.declare(reader.tag)
    this.remember(reader.tag.name)
    if (key === 'channel' || key === 'feed') this.begin()
    if (!reader.tag.hasAttributes) return
    if (key === 'feed' && (reader.tag.attribute('version') === '0.3' || reader.tag.attribute('xmlns') === 'http://purl.org/atom/ns#')) {
      this.isOldAtom = true
      this.feed = this.makeFeed(this.feed.xmlBase)
    }
    const { feed } = this
    const xmlBase = baseWithin(
      reader.tag.attribute('xml:base') ?? (key === 'channel' ? reader.tag.attribute('base') : undefined),
      feed.base,
    )
    if (xmlBase !== undefined && xmlBase !== feed.base && this.basesLeft-- > 0) {
      feed.xmlBase = xmlBase
      feed.base = xmlBase
    }
    if (key === 'items' || key === 'rdf:seq') return
    if (this.firstFeed === undefined) this.language = languageOf(reader.tag.attribute('xml:lang')) ?? this.language
    feed.outerLanguage = this.language
    if (key !== 'channel') return
    feed.about ??= reader.tag.attribute('rdf:about')
    feed.setUrl(addressOf(reader.tag.attribute('href'), feed.base), 1)
    feed.updated ??= instantOf(reader.tag.attribute('lastmod') ?? '')
  }

  /** A second feed in the text says nothing of the first: channels within channels, documents put together. */
  private begin(): void {
    const { title, url } = this.feed
    const isSecond = this.hasBegun && (title !== undefined || url !== undefined)
    this.hasBegun = true
    if (!isSecond) return
    this.firstFeed ??= this.feed
    this.feed = this.makeFeed(this.feed.xmlBase)
  }

  private remember(name: string): void {
    const { names } = this.around
    if (names.includes(name) || names.length > 20 || name.length > LONGEST_NAME) return
    const prefix = name.slice(0, name.indexOf(':') + 1)
    const more = prefix === '' ? [name] : [name, `${prefix}item`, `${prefix}entry`]
    this.around = NameSet.of([...new Set([...names, ...more])])
  }

  private beginEntry(tag: XmlTag): void {
    const { feed } = this
    if (!this.around.names.includes(tag.name)) this.remember(tag.name)
    const xmlBase = tag.hasAttributes ? this.baseOfEntry(tag) : feed.xmlBase
    const hasOwnBase = xmlBase !== undefined && xmlBase !== this.url
    const base = hasOwnBase ? xmlBase : this.format === 'atom' ? (this.url ?? feed.url) : (feed.url ?? this.url)
    const draft = new Draft(this.format, this.scope.within(tag), hasOwnBase ? xmlBase : undefined, base, false, this.isOldAtom)
    draft.isBaseGuessed = !hasOwnBase && this.isUrlGuessed
    draft.outerLanguage = this.language
    if (tag.hasAttributes) readOwn(tag, draft)
    this.entry = draft
    this.entryName = tag.name
    if (tag.isEmpty) this.endEntry()
  }

  private baseOfEntry(tag: XmlTag): string | undefined {
    const { base, xmlBase } = this.feed
    return baseWithin(tag.attribute('xml:base'), xmlBase ?? (base === this.url ? this.url : undefined))
  }

  private close(tag: XmlTag): void {
    const { entry } = this
    if (entry === undefined) return
    const closed = fieldOf(tag, entry.scope)
    if (tag.name === this.entryName || closed.holds === 'feed') this.endEntry()
    else if (closed.isTransparent) entry.isInFile = false
  }

  private endEntry(): void {
    if (this.entry === undefined) return
    this.entries.push(finishEntry(this.entry, this.url, this.feed.url))
    this.entry = undefined
  }
}

/** What the start tag of an entry says of it. */
function readOwn(tag: XmlTag, draft: Draft): void {
  draft.about = tag.attribute('rdf:about')
  draft.language = languageOf(tag.attribute('xml:lang'))
  draft.setUrl(addressOf(tag.attribute('href'), draft.base), 1)
  draft.updated = instantOf(tag.attribute('lastmod') ?? '')
}
