import { Text } from 'domhandler'
import { escapeText, htmlToText, parseHtml } from '../text/html.js'
import { toPlain, untidy } from '../text/plain.js'
import { walkElements } from '../text/walk-elements.js'
import { decodeReferences } from './decode-references.js'
import type { NameScope } from './feed-names.js'
import { dropPrefixes } from './markup-prefixes.js'
import { beginsCdata, beginsComment } from './markup-signs.js'
import { Form, type XmlReader } from './xml-reader.js'

/** How a text is meant: as text, as HTML that was escaped, as markup of the document itself, or (where a format does not say) as whatever it looks like. */
export type TextKind = 'text' | 'html' | 'xhtml' | 'xml' | 'base64' | 'loose'

/**
 * The text of the element last entered: references resolved, CDATA taken as it is, tags and comments left out, trimmed. By a table, so that engines compile each way once and
 * not into all who ask (`docs/design-notes.md`).
 */
export function textOf(reader: XmlReader): string {
  const text = (takers[reader.form] ?? takeMixed)(reader)
  // Templates that escape what is CDATA already leave its signs as text.
  return text.charCodeAt(0) === LESS && beginsCdata(text, 0) && text.indexOf(']]>') === text.length - 3
    ? trimmed(text, 9, text.length - 3)
    : text
}

const LESS = 0x3c
const takers: readonly ((reader: XmlReader) => string)[] = [takeText, takeCdata, takeMixed]

function takeText({ text, contentStart, contentEnd }: XmlReader): string {
  return decodeReferences(trimmed(text, contentStart, contentEnd))
}

function takeCdata({ text, contentStart, contentEnd }: XmlReader): string {
  return trimmed(text, contentStart + 9, contentEnd - 3)
}

function takeMixed(reader: XmlReader): string {
  if (!reader.hasCdata && !reader.hasTags && !reader.hasComments) return takeText(reader)
  const pieces = joinPieces(reader, false)
  return trimmed(pieces, 0, pieces.length)
}

/** The markup of the element last entered, as it stands; what CDATA holds is text in it, or HTML by its kind. HTML that was escaped has at most void tags beside it. */
function markupOf(reader: XmlReader, kind: TextKind): string {
  const { text, contentStart, contentEnd } = reader
  const isHtml = kind === 'html' || kind === 'loose'
  if (!reader.hasCdata) {
    const markup = trimmed(text, contentStart, contentEnd)
    return isHtml && markup.includes('&lt;/') && !NOT_VOID.test(markup)
      ? markup.replace(BETWEEN_TAGS, (piece, tag?: string) => tag ?? decodeReferences(piece))
      : markup
  }
  const pieces = joinPieces(reader, true, isHtml)
  return trimmed(pieces, 0, pieces.length)
}

const BETWEEN_TAGS = /(<[^<>]*>)|[^<]+/g

function joinPieces({ text, contentStart, contentEnd }: XmlReader, asMarkup: boolean, isHtml = false): string {
  let out = ''
  let from = contentStart
  while (from < contentEnd) {
    const less = text.indexOf('<', from)
    const start = less < 0 || less > contentEnd ? contentEnd : less
    out += asMarkup ? text.slice(from, start) : decodeReferences(text.slice(from, start))
    if (start === contentEnd) break
    if (beginsCdata(text, start)) {
      const end = endOf(text.indexOf(']]>', start + 9), contentEnd)
      const data = text.slice(start + 9, end)
      out += asMarkup && !isHtml ? escapeText(data) : data
      from = end + 3
    } else if (beginsComment(text, start)) from = endOf(text.indexOf('-->', start + 4), contentEnd) + 3
    else if (asMarkup || !IN_TAG.test(text.charAt(start + 1))) {
      out += '<'
      from = start + 1
    } else from = endOf(text.indexOf('>', start), contentEnd) + 1
  }
  return out
}

const IN_TAG = /[a-zA-Z/!?_]/

function endOf(found: number, end: number): number {
  return found < 0 || found > end ? end : found
}

/** How Atom means a text construct, by its attributes `type` and `mode` (0.3); by default as text. */
export function kindOfAtom(reader: XmlReader): TextKind {
  if (!reader.tag.hasAttributes) return 'text'
  const mode = reader.tag.attribute('mode')
  const type = reader.tag.attribute('type')?.toLowerCase() ?? 'text'
  if (mode === 'base64') return 'base64'
  if (type === 'html' || type.startsWith('text/html')) return mode === 'xml' ? 'xml' : 'html'
  if (type === 'xhtml') return 'xhtml'
  if (type.endsWith('+xml') || type.endsWith('/xml')) return mode === 'escaped' ? 'html' : 'xml'
  if (type === 'text' || type.startsWith('text/') || mode !== undefined) return 'text'
  return type.includes('/') ? 'base64' : 'text'
}

/** The element last entered as HTML, as it was sent. */
export function htmlOf(reader: XmlReader, kind: TextKind, scope: NameScope): string {
  if (reader.hasTags) {
    const markup = expandTags(markupOf(reader, kind), scope)
    if (kind !== 'xhtml' && kind !== 'html') return markup
    const inner = unwrapDiv(markup)
    return kind === 'html' && !inner.includes('<') ? decodeReferences(inner) : inner
  }
  const text = kind === 'xml' || kind === 'xhtml' ? markupOf(reader, kind) : textOf(reader)
  if (kind === 'text') return escapeText(text)
  return kind === 'base64' ? decodeBase64(text) : text
}

/** The element last entered, where it holds one line of plain text, has no attributes, and nothing in it means anything but itself: then it does not matter how it is meant. */
export function lineOf(reader: XmlReader): string | undefined {
  if (reader.form !== Form.text || reader.tag.hasAttributes) return undefined
  const text = reader.text.slice(reader.contentStart, reader.contentEnd)
  return NEEDS_READING.test(text) ? undefined : text
}

/** A reference, or what is untidy in a line: see `toPlain`. */
const NEEDS_READING = new RegExp(`&|${untidy.source}`)

/** The element last entered as one line of plain text. */
export function plainOf(reader: XmlReader, kind: TextKind): string {
  return reader.hasTags ? toPlain(wordsOf(markupOf(reader, kind))) : plainBy[kind](textOf(reader), reader)
}

const plainBy: Readonly<Record<TextKind, (text: string, reader: XmlReader) => string>> = {
  text: toPlain,
  xml: toPlain,
  xhtml: toPlain,
  html: plainOfHtml,
  base64: text => plainOfHtml(decodeBase64(text)),
  loose: plainOfLoose,
}

function plainOfHtml(html: string): string {
  if (!html.includes('<') && !html.includes('&')) return toPlain(html)
  // A tag that is never closed is none: `<a` alone is a text. A comment hides all behind it.
  const isText = html.includes('<') && !html.includes('>') && !html.includes('<!--')
  return toPlain(isText ? decodeReferences(html) : wordsOf(html))
}

/** Writing `<` and `&` by number is how the RSS profile has plain text written, so tags of it are no markup. */
const BY_NUMBER = /&#(?:x0*(?:3c|26)|0*(?:60|38));/i
/** Markup that people put into titles. What only looks like it (`Map<T>`, `a <b`) stays. */
const INLINE =
  /<(?:\/?(?:a|abbr|acronym|b|big|br|cite|code|del|div|em|font|h[1-6]|i|img|ins|kbd|mark|p|q|s|small|span|strike|strong|sub|sup|tt|u|var|wbr)(?:\s[^<>]{0,2000})?\/?)>/i

function plainOfLoose(html: string, reader: XmlReader): string {
  if (!html.includes('<') && !html.includes('&')) return toPlain(html)
  const written = reader.text.slice(reader.contentStart, reader.contentEnd)
  return !reader.hasCdata && written.includes('&#') && BY_NUMBER.test(written) ? toPlain(html) : plainOfEither(html)
}

/** A line of which nobody says whether it is text or HTML, nor how it was written. */
export function plainOfEither(text: string): string {
  return toPlain(isMarkup(text) ? wordsOf(text) : decodeReferences(text))
}

/** The text without the inline markup that somebody put into it; what only looks like markup stays. */
export function withoutMarkup(text: string): string {
  return isMarkup(text) ? wordsOf(text) : text
}

function isMarkup(text: string): boolean {
  return text.includes('<') && INLINE.test(text)
}

/** The text of a name. Programs escape for HTML what they put into CDATA. */
export function nameOf(reader: XmlReader): string {
  const text = textOf(reader)
  return reader.hasCdata ? decodedName(text) : text
}

/** A name that may be escaped for HTML: references are resolved, unless they hide markup. */
export function decodedName(text: string): string {
  const decoded = decodeReferences(text)
  return decoded.includes('<') ? text : decoded
}

/** The text of HTML in a line: pictures in it, which are mostly emoji, are their text alternatives. So are objects. */
function wordsOf(html: string): string {
  if (!/<(?:img|object)\s/i.test(html)) return htmlToText(html)
  const document = parseHtml(html)
  for (const element of walkElements(document)) {
    if (element.name === 'img') element.children = [new Text(element.attribs['alt'] ?? '')]
    else if (element.name !== 'object') continue
    element.name = 'span'
  }
  return htmlToText(document.children)
}

/** An element that closes at once is one in XML only. */
const EMPTY_TAG = /^<([a-zA-Z][\w:.-]{0,60})(?:\s[^>]*)?$/
const voids = 'area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr'
const VOID = new RegExp(`^(?:${voids})$`, 'i')
const NOT_VOID = new RegExp(`<(?!(?:${voids})[\\s/>])`, 'i')
/** HTML elements need no namespace. */
const XHTML_SPACE = /\sxmlns(?::[a-zA-Z]{1,20})?=(?:"http:\/\/www\.w3\.org\/1999\/xhtml"|'http:\/\/www\.w3\.org\/1999\/xhtml')/g

function expandTags(markup: string, scope: NameScope): string {
  const bare = dropPrefixes(markup, scope)
  const named = bare.includes('xmlns') ? bare.replace(XHTML_SPACE, '') : bare
  let out = ''
  let from = 0
  let walked = 0
  for (let end = named.indexOf('/>'); end >= 0; end = named.indexOf('/>', end + 2)) {
    // Looked for behind the last end only: else a text of nothing but ends would be walked back each time.
    const piece = named.slice(walked, end)
    walked = end
    const [, name] = EMPTY_TAG.exec(piece.slice(Math.max(piece.lastIndexOf('<'), 0))) ?? []
    if (name !== undefined && !VOID.test(name)) {
      out += `${named.slice(from, end).trimEnd()}></${name}>`
      from = end + 2
    }
  }
  return from === 0 ? named : out + named.slice(from)
}

const DIV = /^<(?:\w{1,20}:)?div(?:\s[^<>]{0,5000})?>/i
const DIV_END = /<\/(?:\w{1,20}:)?div\s{0,9}>$/i

const DIV_BASE = /^\s{0,99}<(?:\w{1,20}:)?div\s[^<>]{0,999}xml:base=(?:"([^"<>]*)"|'([^'<>]*)')/i

/** The base that the `div` around the markup of the element last entered states, as written. */
export function baseOfDiv({ text, contentStart, hasTags }: XmlReader): string | undefined {
  const [, quoted, other] = (hasTags ? DIV_BASE.exec(text.slice(contentStart, contentStart + 2000)) : null) ?? []
  return decodeReferences(quoted ?? other ?? '') || undefined
}

/** The one `div` around XHTML belongs to the feed, not to what it holds. */
function unwrapDiv(markup: string): string {
  const [start] = DIV.exec(markup) ?? []
  if (start === undefined) return markup
  const [end] = DIV_END.exec(markup.slice(-40)) ?? []
  if (end === undefined) return markup
  const inner = markup.slice(start.length, markup.length - end.length)
  return closesEarly(inner) ? markup : trimmed(inner, 0, inner.length)
}

/** Two `div`s stand beside each other: the first start and the last end are not one pair. */
function closesEarly(inner: string): boolean {
  if (!inner.includes('div')) return false
  let depth = 0
  for (const [, slash] of inner.matchAll(/<(\/?)(?:\w{1,20}:)?div[\s>]/gi)) {
    depth += slash === '' ? 1 : -1
    if (depth < 0) return true
  }
  return false
}

function decodeBase64(text: string): string {
  try {
    const binary = atob(text.replace(/\s+/g, ''))
    const decoded = new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(binary, character => character.charCodeAt(0)))
    return trimmed(decoded, 0, decoded.length)
  } catch {
    // A type of files promises base64 only by what it is: words that happen to be of its letters are words.
    return text
  }
}

const SPACE = 0x20

/** A piece of a text without the white space at its ends. */
function trimmed(text: string, from: number, to: number): string {
  const piece = text.slice(from, to)
  // White space of languages (a paragraph of Chinese begins with some) is part of the text.
  return piece.trim().length === piece.length ? piece : trimEnds(piece)
}

function trimEnds(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && text.charCodeAt(start) <= SPACE) start++
  while (end > start && text.charCodeAt(end - 1) <= SPACE) end--
  return text.slice(start, end)
}
