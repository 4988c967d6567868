import { type AnyNode, type Element, isTag, isText } from 'domhandler'
import { allowedElements, droppedElements, renamedElements } from './allowed-html.js'
import { parseHtml } from './html.js'
import { NestingWriter, type OpenElement } from './nesting-writer.js'
import { cleanText } from './plain.js'
import { resolveUrl } from './url.js'

/** Where pages keep the address of a picture until it is scrolled into view, best first. */
const lazySources: readonly string[] = [
  'data-src',
  'data-original',
  'data-actualsrc',
  'data-lazy-src',
  'data-original-src',
  'data-lazyload',
  'data-echo',
]

/** Where to go on in a list of nodes, and what to close behind them. */
interface Place {
  nodes: readonly AnyNode[]
  next: number
  element: OpenElement | undefined
}

/**
 * HTML of a stranger as HTML that may stand in a feed. What is not on the list of allowed elements and attributes goes (see `allowedElements`): scripts, styles,
 * frames, forms, vector graphics and the like with their content, unknown elements without it. Links are absolute http(s) or mail addresses, pictures have an absolute
 * http(s) `src` (lazy ones get theirs) and are left out when they cannot be seen (1 × 1, hidden), audio and video come by https only, with controls and never playing of their own accord.
 *
 * `baseUrl` (absolute) is what relative addresses start from; without it they lose their link and keep their text.
 *
 * The result is balanced, means the same to every HTML parser, holds XML characters only, and sanitising it again changes nothing. Depth, length and number of attributes
 * do no harm: time grows with length alone.
 */
export function sanitizeHtml(html: string | readonly AnyNode[], options: { baseUrl?: string } = {}): string {
  const writer = new NestingWriter()
  const places: Place[] = [{ nodes: typeof html === 'string' ? parseHtml(html).children : html, next: 0, element: undefined }]
  for (let place = places.at(-1); place !== undefined; place = places.at(-1)) {
    const node = place.nodes[place.next++]
    if (node === undefined) {
      if (place.element !== undefined) writer.close(place.element)
      places.pop()
    } else if (isText(node)) writer.text(readText(node.data, isFirstInPre(node)))
    else if (isTag(node)) enterElement(node, writer, places, options.baseUrl)
    else if ('children' in node) places.push({ nodes: node.children, next: 0, element: undefined })
  }
  return writer.end()
}

function enterElement(node: Element, writer: NestingWriter, places: Place[], baseUrl: string | undefined): void {
  const written = node.name.toLowerCase()
  if (droppedElements.has(written) || node.type !== 'tag') return
  const name = Object.hasOwn(renamedElements, written) ? (renamedElements[written] ?? written) : written
  const attributes = readAttributes(name, node, baseUrl)
  const element = attributes === undefined ? undefined : writer.open(name, attributes)
  places.push({ nodes: node.children, next: 0, element })
}

/** The attributes that an element keeps; undefined when the element itself has no place or no use, and only its content may stay. */
function readAttributes(name: string, node: Element, baseUrl: string | undefined): [string, string][] | undefined {
  const readers = allowedElements.get(name)
  if (readers === undefined) return undefined
  if (!hasAttributes(node)) return needAttributes.has(name) ? undefined : []
  const attributes: [string, string][] = []
  for (const [attribute, read] of Object.entries(readers)) {
    const written = name === 'img' && attribute === 'src' ? findImageSource(node, baseUrl) : getAttribute(node, attribute)
    const value = written === undefined ? undefined : read(written, baseUrl)
    if (value !== undefined) attributes.push([attribute, value])
  }
  const has = (wanted: string) => attributes.some(([attribute]) => attribute === wanted)
  switch (name) {
    case 'a':
      return has('href') ? attributes : undefined
    case 'span':
      return attributes.length > 0 ? attributes : undefined
    case 'img':
      return has('src') && !isUnseen(node) ? attributes : undefined
    case 'source':
      return has('src') ? attributes : undefined
    case 'audio':
    case 'video':
      return has('src') || hasSource(node, baseUrl) ? [...attributes, ['controls', ''], ['preload', 'none']] : undefined
    default:
      return attributes
  }
}

/** Elements that are nothing without an attribute; audio and video may have their source inside. */
const needAttributes: ReadonlySet<string> = new Set(['a', 'span', 'img', 'source'])

/** Most elements have none. */
function hasAttributes(node: Element): boolean {
  if (node.name === 'audio' || node.name === 'video') return true
  for (const _ in node.attribs) return true
  return false
}

function getAttribute(node: Element, name: string): string | undefined {
  return Object.hasOwn(node.attribs, name) ? node.attribs[name] : undefined
}

/** The address of a picture: a lazy attribute is the picture where `src` may be a stand-in, so it goes first. */
function findImageSource(node: Element, baseUrl: string | undefined): string | undefined {
  const candidates = [...lazySources, 'src'].map(name => getAttribute(node, name))
  candidates.push(getAttribute(node, 'srcset')?.trim().split(/[\s,]/, 1)[0])
  return candidates.find(candidate => candidate !== undefined && resolveUrl(candidate, baseUrl) !== undefined)
}

/** A picture that is there to count readers, or that the page hides. */
function isUnseen(node: Element): boolean {
  const style = (getAttribute(node, 'style') ?? '').slice(0, 2000).replace(/\s/g, '').toLowerCase()
  if (getAttribute(node, 'hidden') !== undefined || /(?:^|;)display:none/.test(style)) return true
  const sizes = ['width', 'height']
    .map(name => new RegExp(`(?:^|;)${name}:([\\d.]{1,9})(?:px|;|!|$)`).exec(style)?.[1] ?? getAttribute(node, name))
    .filter(size => size !== undefined && /^\s{0,9}[\d.]{1,9}(?:px)?\s{0,9}$/.test(size))
  return sizes.length > 0 && sizes.every(size => Number.parseFloat(size ?? '') <= 1)
}

function hasSource(node: Element, baseUrl: string | undefined): boolean {
  return node.children.some(child => isTag(child) && child.name === 'source' && readAttributes('source', child, baseUrl) !== undefined)
}

/** HTML drops the line break directly behind `<pre>`, which is there for the author's eye. */
function isFirstInPre(node: AnyNode): boolean {
  return node.prev === null && node.parent !== null && isTag(node.parent) && (node.parent.name === 'pre' || node.parent.name === 'listing')
}

function readText(data: string, isFirst: boolean): string {
  const text = data.includes('\r') ? data.replace(/\r\n?/g, '\n') : data
  return cleanText(isFirst && text.startsWith('\n') ? text.slice(1) : text)
}
