import { languageOf } from '../text/language.js'
import type { FeedInfo, ParsedEntry, ParsedFeed } from '../types.js'
import { instantOf } from './feed-dates.js'
import { Draft } from './feed-draft.js'
import { type Field, fields } from './feed-fields.js'
import { NameScope } from './feed-names.js'
import { addressOf, baseWithin } from './feed-urls.js'
import { finishEntry, finishInfo } from './finish-feed.js'
import { NameSet } from './name-set.js'
import { XmlReader } from './xml-reader.js'

const formats: ReadonlyMap<string, ParsedFeed['format']> = new Map([
  ['rss', 'rss'],
  ['channel', 'rss'],
  ['item', 'rss'],
  ['rdf:rdf', 'rdf'],
  ['feed', 'atom'],
  ['entry', 'atom'],
])

/** Reads a feed of any XML format; nothing where the text holds no element that one begins with. `url` is where it was found. */
export function parseXmlFeed(text: string, url: string | undefined): ParsedFeed | undefined {
  const reader = new XmlReader(text)
  const scope = new NameScope()
  const format = findRoot(reader, scope)
  return format === undefined ? undefined : new FeedReading(reader, scope, format, url).run()
}

/** Goes to the first element that a feed begins with, however much stands before it. */
function findRoot(reader: XmlReader, scope: NameScope): ParsedFeed['format'] | undefined {
  while (reader.nextTag(reader.text.length)) {
    if (reader.tag.isClosing) continue
    if (reader.tag.declaresSpace) scope.declare(reader, true)
    const format = formats.get(scope.keyOf(reader.tag.name))
    if (format === undefined) continue
    reader.at = reader.tagStart
    return format
  }
  return undefined
}

class FeedReading {
  /** Engines throw compiled code away together with the last object of the form that it was compiled for. This reading stays, so that the code does. */
  static readonly kept = new FeedReading(new XmlReader(''), new NameScope(), 'rss', undefined)

  private readonly entries: ParsedEntry[] = []
  private feed: Draft
  /** That of the first feed, once another has begun behind it. */
  private firstFeed: Draft | undefined
  private hasBegun = false
  private language: string | undefined
  private isOldAtom = false
  /** A base that is seen from another makes longer addresses each time. */
  private basesLeft = 20
  /** Names of containers and entries as this feed writes them: what is never closed ends before them. */
  private readonly around = new Set(['item', 'entry', 'channel', 'rss', 'feed'])
  private aroundSet = new NameSet([...this.around])

  constructor(
    private readonly reader: XmlReader,
    private readonly scope: NameScope,
    private readonly format: ParsedFeed['format'],
    private readonly url: string | undefined,
  ) {
    this.feed = this.makeFeed(undefined)
  }

  run(): ParsedFeed {
    const { reader, scope } = this
    const end = reader.text.length
    while (reader.nextTag(end)) {
      if (reader.tag.isClosing) continue
      const key = scope.keyOfTag(reader)
      const field = fields.get(key) ?? fieldOfRoot(key)
      if (field?.holds === 'feed') this.enter(key)
      else if (field?.holds === 'entry') this.entries.push(this.readEntry(end))
      else this.readField(field, this.feed, end)
    }
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
    return new Draft(this.format, this.scope, xmlBase, xmlBase ?? this.url, true, this.isOldAtom)
  }

  private enter(key: string): void {
    const { reader, scope } = this
    if (reader.tag.declaresSpace) scope.declare(reader, true)
    this.remember(reader.tag.name)
    if (key === 'channel' || key === 'feed') this.begin()
    if (!reader.tag.hasAttributes) return
    if (key === 'feed' && (reader.tag.attribute('version') === '0.3' || reader.tag.attribute('xmlns') === 'http://purl.org/atom/ns#')) {
      this.isOldAtom = true
      this.feed = this.makeFeed(this.feed.xmlBase)
    }
    const xmlBase = baseWithin(
      reader.tag.attribute('xml:base') ?? (key === 'channel' ? reader.tag.attribute('base') : undefined),
      this.feed.base,
    )
    if (xmlBase !== undefined && xmlBase !== this.feed.base && this.basesLeft-- > 0)
      this.feed = Object.assign(this.makeFeed(xmlBase), { ...this.feed, xmlBase, base: xmlBase })
    if (key === 'items' || key === 'rdf:seq') return
    if (this.firstFeed === undefined) this.language = languageOf(reader.tag.attribute('xml:lang')) ?? this.language
    const { feed } = this
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
    if (this.around.has(name) || this.around.size > 20) return
    this.around.add(name)
    const prefix = name.slice(0, name.indexOf(':') + 1)
    if (prefix !== '') for (const local of ['item', 'entry']) this.around.add(prefix + local)
    this.aroundSet = new NameSet([...this.around])
  }

  private readEntry(end: number): ParsedEntry {
    const { reader, feed } = this
    const { name, isEmpty } = reader.tag
    this.remember(name)
    const scope = this.scope.within(reader)
    const xmlBase = reader.tag.hasAttributes
      ? baseWithin(reader.tag.attribute('xml:base'), feed.xmlBase ?? (feed.base === this.url ? this.url : undefined))
      : feed.xmlBase
    const hasOwnBase = xmlBase !== undefined && xmlBase !== this.url
    const base = hasOwnBase ? xmlBase : this.format === 'atom' ? (this.url ?? feed.url) : (feed.url ?? this.url)
    const draft = new Draft(this.format, scope, hasOwnBase ? xmlBase : undefined, base, false, this.isOldAtom)
    draft.isBaseGuessed = !hasOwnBase && this.url === undefined
    if (reader.tag.hasAttributes) {
      draft.about = reader.tag.attribute('rdf:about')
      draft.language = languageOf(reader.tag.attribute('xml:lang'))
      draft.setUrl(addressOf(reader.tag.attribute('href'), base), 1)
      draft.updated = instantOf(reader.tag.attribute('lastmod') ?? '')
    }
    if (!isEmpty) this.readFields(name, draft, end)
    return finishEntry(draft, this.url, feed.url)
  }

  private readFields(name: string, draft: Draft, end: number): void {
    const { reader } = this
    while (reader.nextTag(end)) {
      if (reader.tag.isClosing) {
        if (reader.tag.name === name) return
        const closed = fields.get(draft.scope.keyOf(reader.tag.name))
        if (closed?.isTransparent) draft.isInFile = false
        if (closed?.holds !== 'feed') continue
        reader.at = reader.tagStart
        return
      }
      const field = fields.get(draft.scope.keyOfTag(reader))
      if (field?.holds === 'entry') {
        // The entry before was never closed.
        reader.at = reader.tagStart
        return
      }
      this.readField(field, draft, end)
    }
  }

  private readField(field: Field | undefined, draft: Draft, end: number): void {
    const { reader } = this
    if (field?.isTransparent) reader.enter()
    else reader.readContent(this.aroundSet, end, field?.isShort)
    field?.read?.(reader, draft)
  }
}

/** What holds a feed does so in a namespace that nobody knows, too: `<feed xmlns="…">`. */
function fieldOfRoot(key: string): Field | undefined {
  const field = key.startsWith('?:') ? fields.get(key.slice(2)) : undefined
  return field?.holds === 'feed' ? field : undefined
}
