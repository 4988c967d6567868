import type { ElementName, XmlTag } from './xml-tag.js'

/** Addresses of namespaces in their usual form (see {@link usualForm}), and the prefixes they usually have. What feeds themselves are made of has none. */
const spaces: ReadonlyMap<string, string> = new Map([
  ['', ''],
  ['http://www.w3.org/2005/atom', ''],
  ['http://purl.org/atom/ns', ''],
  ['http://purl.org/rss/1.0', ''],
  ['http://purl.org/net/rss1.1', ''],
  ['http://my.netscape.com/rdf/simple/0.9', ''],
  ['http://channel.netscape.com/rdf/simple/0.9', ''],
  ['http://blogs.law.harvard.edu/tech/rss', ''],
  ['http://cyber.law.harvard.edu/rss', ''],
  ['http://backend.userland.com/rss', ''],
  ['http://backend.userland.com/rss2', ''],
  ['http://backend.userland.com/rss091', ''],
  ['http://purl.org/rss/2.0', ''],
  ['http://purl.org/echo', ''],
  ['http://purl.org/pie', ''],
  ['http://example.com/newformat', ''],
  ['http://example.com/necho', ''],
  ['uri/of/echo/namespace', ''],
  ['http://www.w3.org/1999/02/22-rdf-syntax-ns', 'rdf'],
  ['http://www.w3.org/1999/xhtml', 'xhtml'],
  ['http://www.w3.org/2000/svg', 'svg'],
  ['http://www.w3.org/1998/math/mathml', 'math'],
  ['http://www.w3.org/xml/1998/namespace', 'xml'],
  ['http://purl.org/dc/elements/1.1', 'dc'],
  ['http://purl.org/dc/elements/1.0', 'dc'],
  ['http://purl.org/dc/terms', 'dcterms'],
  ['http://purl.org/rss/1.0/modules/content', 'content'],
  ['http://purl.org/rss/1.0/modules/slash', 'slash'],
  ['http://purl.org/rss/1.0/modules/syndication', 'sy'],
  ['http://purl.org/syndication/thread/1.0', 'thr'],
  ['http://purl.org/syndication/history/1.0', 'fh'],
  ['http://search.yahoo.com/mrss', 'media'],
  ['http://video.search.yahoo.com/mrss', 'media'],
  ['http://www.rssboard.org/media-rss', 'media'],
  ['http://tools.search.yahoo.com/mrss', 'media'],
  ['http://www.itunes.com/dtds/podcast-1.0.dtd', 'itunes'],
  ['http://www.itunes.com/dtds/podcast-1.0', 'itunes'],
  ['http://example.com/dtds/podcast-1.0.dtd', 'itunes'],
  ['http://www.google.com/schemas/play-podcasts/1.0', 'googleplay'],
  ['http://rssnamespace.org/feedburner/ext/1.0', 'feedburner'],
  ['http://webns.net/mvcb', 'admin'],
  ['http://wellformedweb.org/commentapi', 'wfw'],
])

/** Prefixes that stand for something even where a feed forgot to declare them, or declared them with an address nobody knows. */
const habits: ReadonlyMap<string, string> = new Map([
  ['', ''],
  ['rss', ''],
  ['atom', ''],
  ['atom10', ''],
  ['atom03', ''],
  ['html', 'xhtml'],
  ['h', 'xhtml'],
  ['x', 'xhtml'],
  ...[...spaces.values()].filter(space => space !== '').map((space): [string, string] => [space, space]),
])

/** Namespaces whose names HTML has without a prefix. */
const markup: ReadonlySet<string | undefined> = new Set(['xhtml', 'svg', 'math'])

/** Prefixes in force at a time: more than this is no feed. */
const MOST_PREFIXES = 100

let scopes = 0

/** What the prefixes in front of names mean at some place of a feed. */
export class NameScope {
  /** No other scope, and not this one before its last declaration, has the same. Names of elements remember it rather than the scope, which would keep its feed alive. */
  number = ++scopes
  readonly #prefixes: Map<string, string>
  /** What prefixes mean within tags that declare some themselves. */
  #inner: Map<XmlTag, NameScope> | undefined

  constructor(outer?: NameScope) {
    this.#prefixes = outer === undefined ? new Map() : new Map(outer.#prefixes)
  }

  /** Puts the namespaces into force that the tag declares. */
  declare(tag: XmlTag): void {
    this.number = ++scopes
    this.#inner = undefined
    tag.declarations((prefix, address) => {
      if (this.#prefixes.size < MOST_PREFIXES) this.#prefixes.set(prefix, meaningOf(prefix, address))
    })
  }

  /** What an element is known by: the usual prefix of its namespace and the local name in lower case; only the local name where it belongs to feeds themselves. */
  keyOf(element: ElementName): string {
    const space = this.#prefixes.get(element.prefix) ?? habitOf(element.prefix)
    if (element.space !== space) {
      const local = element.name.slice(element.name.indexOf(':') + 1).toLowerCase()
      element.space = space
      element.key = space === '' ? local : `${space}:${local}`
    }
    return element.key
  }

  /** Within the tag some prefix means something else than around it. */
  #isAlteredBy(tag: XmlTag): boolean {
    let isAltered = false
    tag.declarations((prefix, address) => {
      isAltered ||= (this.#prefixes.get(prefix) ?? habitOf(prefix)) !== meaningOf(prefix, address)
    })
    return isAltered
  }

  /** Whether names under the prefix are HTML, SVG or MathML; `address` where it is declared right there. */
  isMarkup(prefix: string, address: string | undefined): boolean {
    const key = prefix.toLowerCase()
    return markup.has(address === undefined ? (this.#prefixes.get(key) ?? habitOf(key)) : spaceOf(address))
  }

  /** What the element of the tag is known by, the declarations of the tag itself considered. */
  keyWithin(tag: XmlTag): string {
    return this.within(tag).keyOf(tag.element)
  }

  /** What prefixes mean within the tag. */
  within(tag: XmlTag): NameScope {
    return tag.declaresSpace ? this.#innerOf(tag) : this
  }

  #innerOf(tag: XmlTag): NameScope {
    this.#inner ??= new Map()
    const known = this.#inner.get(tag)
    if (known !== undefined) return known
    const inner = this.#isAlteredBy(tag) ? new NameScope(this) : this
    if (inner !== this) inner.declare(tag)
    if (this.#inner.size < MOST_PREFIXES) this.#inner.set(tag, inner)
    return inner
  }
}

/** What a prefix means where it is declared. A namespace that nobody knows changes nothing: what is called as in feeds is meant so. */
function meaningOf(prefix: string, address: string): string {
  return spaceOf(address) ?? habitOf(prefix)
}

function spaceOf(address: string): string | undefined {
  return spaces.get(usualForm(address))
}

/** In lower case, as of http, without a final `/` or `#`: feeds write addresses of namespaces in every way. */
function usualForm(address: string): string {
  return address
    .trim()
    .toLowerCase()
    .replace(/^https:/, 'http:')
    .replace(/[/#]$/, '')
}

function habitOf(prefix: string): string {
  return habits.get(prefix) ?? '?'
}
