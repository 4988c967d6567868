import { type Document, type Element, isTag, isText } from 'domhandler'
import { discoverFeeds } from '../feed/discover-feeds.js'
import { toPlain } from '../text/plain.js'
import { walkElements } from '../text/walk-elements.js'
import type { DiscoveredFeed } from '../types.js'
import { type Item, parseJsonLd, textOf } from './json-ld.js'
import { isOfPage, type Microdata, MicrodataReader } from './microdata.js'
import { isSameAddress } from './same-address.js'
import { VisibleReader, type VisibleWords } from './visible-words.js'

/** What a page says of itself, for machines and beside its text, gathered in one walk. */
export interface PageMetadata {
  /** Values of meta elements by each name in `property`, else by `name` or `itemprop`, as {@link metaName} writes them, in the order of the page. */
  readonly metas: ReadonlyMap<string, readonly string[]>
  /** The article that JSON-LD describes. */
  readonly article?: Item
  /** What the first article says of itself in microdata. */
  readonly microdata: Microdata
  readonly title?: string
  /** Address of `link rel=canonical`. */
  readonly canonical?: string
  /** Address of `link rel=image_src`. */
  readonly picture?: string
  /** Address of the first `base`, as written. */
  readonly base?: string
  readonly language?: string
  /** What readers see beside the text: headings, names, dates. */
  readonly visible: VisibleWords
  /** Feeds that the page names. */
  readonly feeds: readonly DiscoveredFeed[]
}

const maxMetas = 500
const longestTitle = 5_000

/**
 * Gathers the metadata of a page.
 *
 * @param url the page's address
 */
export function readMetadata(document: Document, url: string): PageMetadata {
  const metas = new Map<string, string[]>()
  const microdata = new MicrodataReader()
  const visible = new VisibleReader()
  const found: { title?: string; canonical?: string; picture?: string; base?: string; language?: string } = {}
  const jsonLd: string[] = []
  const readers: Readonly<Record<string, (element: Element) => void>> = {
    html: ({ attribs }) => keep('language', attribs['lang'] ?? attribs['xml:lang']),
    base: ({ attribs }) => keep('base', attribs['href']),
    title: element => keep('title', toPlain(ownText(element).slice(0, longestTitle))),
    link: ({ attribs }) => {
      if (/(?:^|\s)canonical(?:\s|$)/i.test(attribs['rel'] ?? '')) keep('canonical', attribs['href'])
      else if (/(?:^|\s)image_src(?:\s|$)/i.test(attribs['rel'] ?? '')) keep('picture', attribs['href'])
    },
    meta: element => {
      const { attribs } = element
      const content = attribs['content']
      if (content === undefined || content.trim() === '') return
      if (attribs['itemprop'] !== undefined && !isOfPage(element)) return
      for (const name of namesOf(attribs)) {
        const values = metas.get(name)
        if (values === undefined && metas.size < maxMetas) metas.set(name, [content])
        else if (values !== undefined && values.length < 50) values.push(content)
      }
    },
    script: element => {
      if (/^\s*application\/ld\+json\b/i.test(element.attribs['type'] ?? '')) jsonLd.push(ownText(element))
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
    visible.look(element)
  }
  const isOwn = (address: string | undefined) =>
    address !== undefined && [url, found.canonical].some(own => own !== undefined && isSameAddress(address, own, url))
  const article = parseJsonLd(jsonLd, item => isOwn(textOf(item['url'])) || isOwn(textOf(item['mainEntityOfPage'], '@id', 'url')))
  return {
    metas,
    microdata: microdata.found,
    visible: visible.words(),
    feeds: discoverFeeds(document, url),
    ...found,
    ...(article === undefined ? {} : { article }),
  }
}

/** `property` of RDFa is a list of names. */
function namesOf(attribs: Element['attribs']): string[] {
  const property = attribs['property']?.trim().split(/\s+/, 10) ?? []
  const name = attribs['name'] ?? attribs['itemprop']
  return [...new Set([...property, ...(name === undefined ? [] : [name])].map(metaName))].filter(one => one !== '')
}

/** The name of a meta element in lower case; those of Dublin Core and of a few vendors, which are written in many ways, in one: `dc.title`, `parsely-author`. */
export function metaName(name: string): string {
  const lower = name.slice(0, 100).trim().toLowerCase()
  return lower
    .replace(/^(?:dc|dcterms?)[.:_]\s?/, 'dc.')
    .replace(/^(parsely|weibo|sailthru|citation)\s?[-:._]\s?/, '$1-')
    .replace(/^(weibo-(?:article|webpage))\s?[-:._]\s?/, '$1-')
}

function isInHead({ parent }: Element): boolean {
  return parent === null || !isTag(parent) || parent.name === 'head' || parent.name === 'html'
}

function ownText(element: Element): string {
  return element.children.map(child => (isText(child) ? child.data : '')).join('')
}
