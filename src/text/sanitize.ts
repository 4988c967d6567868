import { type AnyNode, type Element, isTag, isText } from 'domhandler'
import { type Attributes, allowedElements, droppedElements, renamedElements } from './allowed-html.js'
import { assertInput } from './assert-input.js'
import { assertForm, aText, optionsOf } from './form.js'
import { parseHtml } from './html.js'
import { NestingWriter, type OpenElement } from './nesting-writer.js'
import { findPictureSource } from './picture-source.js'
import { cleanText } from './plain.js'
import { isUnseen } from './unseen-picture.js'

/** Where to go on in a list of nodes, and what to close behind them. */
interface Place {
  nodes: readonly AnyNode[]
  next: number
  element: OpenElement | undefined
}

const anyOptions = /* @__PURE__ */ optionsOf<{ baseUrl: string }>(() => ({ baseUrl: aText }))

/**
 * HTML of a stranger as HTML that may stand in a feed. What is not on the list of allowed elements and attributes goes (see `allowedElements`): scripts, styles,
 * frames, forms, vector graphics and the like with their content, unknown elements without it. Links are absolute http(s) or mail addresses, pictures have an absolute
 * http(s) `src` (lazy ones get theirs) and are left out when they cannot be seen (1 × 1, hidden), audio and video come by https only, with controls and never playing of their own accord.
 *
 * `baseUrl` (absolute) is what relative addresses start from; without it, and where they would make the HTML many times as long, they lose their link and keep their text.
 *
 * The result is balanced, means the same to every HTML parser, holds XML characters only, and sanitising it again changes nothing. Depth, length and number of attributes
 * do no harm: time grows with length alone. Throws a `WeekloomError` for what is neither a text nor a list of nodes.
 */
export function sanitizeHtml(html: string | readonly AnyNode[], options: { baseUrl?: string } = {}): string {
  assertInput(typeof html === 'string' || isListOfNodes(html), 'The HTML', html, 'a text or a list of nodes')
  assertForm(options, anyOptions, 'The options of the HTML')
  const writer = new NestingWriter()
  const base = { url: options.baseUrl, room: typeof html === 'string' ? html.length * 8 + SPARE : SPARE * 100 }
  const places: Place[] = [{ nodes: typeof html === 'string' ? parseHtml(html).children : html, next: 0, element: undefined }]
  for (let place = places.at(-1); place !== undefined; place = places.at(-1)) {
    const node = place.nodes[place.next++]
    if (node === undefined) {
      if (place.element !== undefined) writer.close(place.element)
      places.pop()
    } else if (isText(node)) writer.text(readText(node.data, isFirstInPre(node)))
    else if (isTag(node)) enterElement(node, writer, places, base)
    else if ('children' in node) places.push({ nodes: node.children, next: 0, element: undefined })
  }
  return writer.end()
}

/** Addresses may be so long altogether, in UTF-16 units: a long base, and a link every few characters, make hundreds of times as much as there was. */
const SPARE = 100_000

interface Base {
  url: string | undefined
  /** What is left for addresses; without any, relative ones have no base any more. */
  room: number
}

function isListOfNodes(value: unknown): boolean {
  return Array.isArray(value) && value.every(node => typeof node === 'object' && node !== null && 'type' in node)
}

function enterElement(node: Element, writer: NestingWriter, places: Place[], base: Base): void {
  const written = node.name.toLowerCase()
  if (droppedElements.has(written) || node.type !== 'tag') return
  const name = Object.hasOwn(renamedElements, written) ? (renamedElements[written] ?? written) : written
  const attributes = readAttributes(name, node.attribs, base.room > 0 ? base.url : undefined, node)
  if (attributes !== undefined) for (const [, value] of attributes) base.room -= value.length
  const element = attributes === undefined ? undefined : writer.open(name, attributes)
  places.push({ nodes: node.children, next: 0, element })
}

/**
 * The attributes that an element keeps; undefined when the element itself has no place or no use, and only its content may stay.
 * @param node the element, when it may have children that count: audio and video may have their source inside
 */
export function readAttributes(
  name: string,
  attribs: Attributes,
  baseUrl: string | undefined,
  node?: Element,
): [string, string][] | undefined {
  const readers = allowedElements.get(name)
  if (readers === undefined) return undefined
  const attributes: [string, string][] = []
  if (hasAny(attribs)) {
    for (const attribute in readers) {
      const written = name === 'img' && attribute === 'src' ? findPictureSource(attribs, baseUrl, node) : attribs[attribute]
      const value = written === undefined ? undefined : readers[attribute]?.(written, baseUrl)
      if (value !== undefined) attributes.push([attribute, value])
    }
  }
  const has = (wanted: string) => attributes.some(([attribute]) => attribute === wanted)
  switch (name) {
    case 'a':
      return has('href') ? attributes : undefined
    case 'span':
      return attributes.length > 0 ? attributes : undefined
    case 'img':
      return has('src') && !isUnseen(attribs) ? attributes : undefined
    case 'source':
      return has('src') ? attributes : undefined
    case 'audio':
    case 'video':
      return has('src') || (node && hasSource(node, baseUrl)) ? [...attributes, ['controls', ''], ['preload', 'none']] : undefined
    default:
      return attributes
  }
}

/** Most elements have none. */
function hasAny(attribs: Attributes): boolean {
  for (const _ in attribs) return true
  return false
}

function hasSource(node: Element, baseUrl: string | undefined): boolean {
  return node.children.some(
    child => isTag(child) && child.name === 'source' && readAttributes('source', child.attribs, baseUrl) !== undefined,
  )
}

/** HTML drops the line break directly behind `<pre>`, which is there for the author's eye. */
function isFirstInPre(node: AnyNode): boolean {
  return node.prev === null && node.parent !== null && isTag(node.parent) && (node.parent.name === 'pre' || node.parent.name === 'listing')
}

/** The text of a node as it may stand in a feed. */
export function readText(data: string, isFirst = false): string {
  const text = data.includes('\r') ? data.replace(/\r\n?/g, '\n') : data
  return cleanText(isFirst && text.startsWith('\n') ? text.slice(1) : text)
}
