import { type Document, type Element, isTag, isText } from 'domhandler'
import { toPlain } from '../text/plain.js'
import { walkElements } from '../text/walk-elements.js'
import { parseJsonLd } from './json-ld.js'

/** What a page says of itself for machines, gathered in one walk. */
export interface PageMetadata {
  /** Values of meta elements by `property`, `name` or `itemprop`, in lower case, in the order of the page. */
  readonly metas: ReadonlyMap<string, readonly string[]>
  /** The first article that JSON-LD describes. */
  readonly article?: Readonly<Record<string, unknown>>
  readonly title?: string
  /** Address of `link rel=canonical`. */
  readonly canonical?: string
  readonly language?: string
  /** Values of `time` elements: the one marked as the date of publishing first. */
  readonly times: readonly string[]
}

const maxTimes = 20
const maxMetas = 500

/** Gathers the metadata of a page. */
export function readMetadata(document: Document): PageMetadata {
  const metas = new Map<string, string[]>()
  const marked: string[] = []
  const times: string[] = []
  const found: { title?: string; canonical?: string; language?: string } = {}
  const jsonLd: string[] = []
  const readers: Readonly<Record<string, (element: Element) => void>> = {
    html: ({ attribs }) => keep('language', attribs['lang'] ?? attribs['xml:lang']),
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
      const isMarked = element.attribs['itemprop'] === 'datePublished' || element.attribs['pubdate'] !== undefined
      const list = isMarked ? marked : times
      if (list.length < maxTimes) list.push(element.attribs['datetime'] ?? toPlain(ownText(element)))
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
  }
  const article = parseJsonLd(jsonLd)
  return { metas, times: [...marked, ...times], ...found, ...(article === undefined ? {} : { article }) }
}

function isInHead({ parent }: Element): boolean {
  return parent === null || !isTag(parent) || parent.name === 'head' || parent.name === 'html'
}

function ownText(element: Element): string {
  return element.children.map(child => (isText(child) ? child.data : '')).join('')
}
