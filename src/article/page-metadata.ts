import { type Document, type Element, isTag, isText, type ParentNode } from 'domhandler'
import { discoverFeeds } from '../feed/discover-feeds.js'
import { toPlain } from '../text/plain.js'
import { walkElements } from '../text/walk-elements.js'
import type { DiscoveredFeed } from '../types.js'
import { parseJsonLd } from './json-ld.js'
import { type Microdata, MicrodataReader } from './microdata.js'
import { isStrange } from './page-parts.js'

/** What a page says of itself for machines, gathered in one walk. */
export interface PageMetadata {
  /** Values of meta elements by `property`, `name` or `itemprop`, in lower case, in the order of the page. */
  readonly metas: ReadonlyMap<string, readonly string[]>
  /** The first article that JSON-LD describes. */
  readonly article?: Readonly<Record<string, unknown>>
  /** What the first article says of itself in microdata. */
  readonly microdata: Microdata
  readonly title?: string
  /** Address of `link rel=canonical`. */
  readonly canonical?: string
  /** Address of the first `base`, as written. */
  readonly base?: string
  readonly language?: string
  /** Values of `time` elements: first those marked as the date of publishing, then those in an article, then those elsewhere but in navigation, comments and the like. */
  readonly times: readonly string[]
  /** Feeds that the page names. */
  readonly feeds: readonly DiscoveredFeed[]
}

const maxTimes = 20
const maxMetas = 500

/**
 * Gathers the metadata of a page.
 *
 * @param url the page's address
 */
export function readMetadata(document: Document, url: string): PageMetadata {
  const metas = new Map<string, string[]>()
  const times: readonly string[][] = [[], [], []]
  const microdata = new MicrodataReader()
  const found: { title?: string; canonical?: string; base?: string; language?: string } = {}
  const jsonLd: string[] = []
  const readers: Readonly<Record<string, (element: Element) => void>> = {
    html: ({ attribs }) => keep('language', attribs['lang'] ?? attribs['xml:lang']),
    base: ({ attribs }) => keep('base', attribs['href']),
    title: element => keep('title', toPlain(ownText(element))),
    link: ({ attribs }) => /(?:^|\s)canonical(?:\s|$)/i.test(attribs['rel'] ?? '') && keep('canonical', attribs['href']),
    meta: ({ attribs }) => {
      const name = (attribs['property'] ?? attribs['name'] ?? attribs['itemprop'])?.toLowerCase()
      const content = attribs['content']
      if (name === undefined || content === undefined || content.trim() === '' || metas.size >= maxMetas) return
      const values = metas.get(name)
      if (values === undefined) metas.set(name, [content])
      else if (values.length < 50) values.push(content)
    },
    time: element => {
      const list = times[rankOfTime(element)]
      if (list !== undefined && list.length < maxTimes) list.push(element.attribs['datetime'] ?? toPlain(ownText(element)))
    },
    script: element => {
      if (/^application\/ld\+json\b/i.test(element.attribs['type'] ?? '')) jsonLd.push(ownText(element))
    },
  }
  const keep = (name: keyof typeof found, value: string | undefined) => {
    const text = value?.trim()
    if (text !== undefined && text !== '') found[name] ??= text
  }
  for (const element of walkElements(document)) {
    // A vector graphic has a `title` too, which is not the page's.
    if (element.name !== 'title' || isInHead(element)) readers[element.name]?.(element)
    microdata.look(element)
  }
  const article = parseJsonLd(jsonLd)
  return {
    metas,
    microdata: microdata.found,
    times: times.flat(),
    feeds: discoverFeeds(document, url),
    ...found,
    ...(article === undefined ? {} : { article }),
  }
}

/** How well a date stands for that of the page; beyond the lists where it is that of something else. */
function rankOfTime(element: Element): number {
  const { attribs } = element
  if (
    attribs['itemprop'] === 'datePublished' ||
    attribs['pubdate'] !== undefined ||
    /(?:^|\s)(?:dt-published|entry-date|published)(?:\s|$)/.test(attribs['class'] ?? '')
  )
    return 0
  let rank = 2
  for (let at: ParentNode | null = element; at !== null && isTag(at); at = at.parent) {
    if (isStrange(at)) return 3
    if (at.name === 'article' || at.name === 'main') rank = 1
  }
  return rank
}

function isInHead({ parent }: Element): boolean {
  return parent === null || !isTag(parent) || parent.name === 'head' || parent.name === 'html'
}

function ownText(element: Element): string {
  return element.children.map(child => (isText(child) ? child.data : '')).join('')
}
