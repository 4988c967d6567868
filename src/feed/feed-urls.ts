import { maxUrlLength, parseUrl } from '../text/url.js'
import { wordSet } from '../text/word-set.js'
import { decodeReferences } from './decode-references.js'

/** Schemes that an address in a feed may have; what runs a script or opens a file of the reader is none of them. */
const schemes = wordSet(
  'http https ftp mailto magnet urn tag news nntp gopher rtsp mms irc ircs tel sip xmpp sms geo git svn ipfs gemini webcal acct ed2k',
)
const SCHEME = /^([a-z][a-z\d+.-]{0,30}):/i
const HTTP = /^https?:\/\/[^/\s]/i
const BREAKS = /[\t\n\r]+/g
/** An ampersand that was escaped once more than it had to be: no address holds one so. */
const ESCAPED_AMPERSAND = /&(?:amp|#0?38|#x26);/gi

/**
 * How many characters relative addresses of the feed that is being read may still become: with a long base and a link every few characters, a feed would be hundreds of times as
 * long as it is. Set when reading begins, so nothing depends on what was read before.
 */
let room = 0
const MOST_GROWTH = 8
const SPARE = 100_000

/** A relative address had nothing to be resolved by. */
let isBaseMissing = false

/** Begins a feed of so many characters. */
export function beginAddresses(length: number): void {
  room = length * MOST_GROWTH + SPARE
  isBaseMissing = false
}

/** Whether a relative address of the feed that is being read was left out, for want of a base. */
export function lacksBase(): boolean {
  return isBaseMissing
}

/** The address, while there is room for it. */
function withinRoom(href: string | undefined): string | undefined {
  room -= href?.length ?? 0
  return room < 0 ? undefined : href
}

/**
 * The address as a feed means it: one that is absolute already stays as it was written (but for `&amp;`), a relative one is resolved. Absent when there is nothing to resolve it
 * by, when its scheme is none that a feed has use for, or when there is no room for any more.
 */
export function addressOf(stated: string | undefined, base: string | undefined): string | undefined {
  if (stated === undefined || stated === '' || stated.length > maxUrlLength) return undefined
  const text = stated.includes('&') && stated.includes(';') ? stated.replace(ESCAPED_AMPERSAND, '&') : stated
  if (HTTP.test(text)) return text.includes('\n') || text.includes('\t') || text.includes('\r') ? text.replace(BREAKS, '') : text
  const address = text.trim()
  const scheme = SCHEME.exec(address.replace(BREAKS, ''))?.[1]?.toLowerCase()
  if (scheme === 'feed') return addressOf(address.slice(5).replace(/^\/\/(?!\/)/, 'http://'), base)
  if (scheme !== undefined && !/^[^/?#]*:\d{1,5}(?:[/?#]|$)/.test(address))
    return schemes.has(scheme) ? withinRoom(parseUrl(address, base)?.href) : undefined
  if (base === undefined && !address.startsWith('//')) {
    isBaseMissing = true
    return undefined
  }
  const resolved = parseUrl(address, base)
  return resolved !== undefined && schemes.has(resolved.protocol.slice(0, -1)) ? withinRoom(resolved.href) : undefined
}

/** The base within an element that states `xml:base`: that, seen from the base around it. One that is no address of the web changes nothing. */
export function baseWithin(stated: string | undefined, around: string | undefined): string | undefined {
  if (stated === undefined || stated === '') return around
  const url = parseUrl(stated, around)
  return url !== undefined && (url.protocol === 'http:' || url.protocol === 'https:') ? url.href : around
}

const SPACE = 0x20
/** Attributes of HTML that hold one address. */
const addressed = wordSet('href src srcset cite action longdesc poster data background usemap codebase classid profile formaction')

/** What may be a relative address. */
const RELATIVE = /\s(?:href|src)\s?=\s?["']?(?!["']|https?:|#|data:|mailto:)/i

/** The HTML with the relative addresses in its tags made absolute; nothing else of it changes. It looks at every `=` once. */
export function resolveWithin(html: string, base: string | undefined): string {
  if (base === undefined) {
    isBaseMissing ||= RELATIVE.test(html)
    return html
  }
  let out = ''
  let from = 0
  let seen = 0
  let isInTag = false
  for (let equals = html.indexOf('='); equals >= 0; equals = html.indexOf('=', equals + 1)) {
    let start = equals + 1
    while (html.charCodeAt(start) <= SPACE) start++
    const quote = html[start]
    if (quote === '"' || quote === "'") start++
    // Most addresses are absolute, and most attributes hold none.
    if (html.slice(start, start + 4) === 'http' || html.charCodeAt(start) === HASH || !isAddressed(html, equals)) continue
    const between = html.slice(seen, start)
    const less = between.lastIndexOf('<')
    const greater = between.lastIndexOf('>')
    if (less !== greater) isInTag = less > greater || ((isInTag || less >= 0) && OPEN.test(html.slice(seen + less, start)))
    seen = start
    const end = isInTag ? endOfValue(html, start, quote) : -1
    if (end < 0) continue
    const value = html.slice(start, end)
    if (value.length > maxUrlLength || SCHEME.test(value.trim())) continue
    const stated = decodeReferences(value.trim())
    const resolved = SET_END.test(html.slice(Math.max(0, equals - 12), equals)) ? setOf(stated, base) : addressOf(stated, base)
    if (resolved === undefined) continue
    out += `${html.slice(from, start)}${resolved.replaceAll('&', '&amp;').replaceAll('"', '%22').replaceAll("'", '%27')}`
    from = end
    equals = end - 1
  }
  return from === 0 ? html : out + html.slice(from)
}

/** A tag, from its beginning or that of a value, which is not closed: each `>` stands in a value. */
const OPEN = /^[^"'>]*(?:(?:"[^"]*"|'[^']*')[^"'>]*)*["']?$/
const HASH = 0x23
const SET_END = /srcset\s*$/i
/** An address of a set of pictures, and what is said of it. */
const CANDIDATE = /([^\s,](?:\S*[^\s,])?)(\s+[^\s,]+)?/g

/** A set of pictures with its addresses made absolute. */
function setOf(stated: string, base: string): string {
  return stated.replace(CANDIDATE, (_whole, url: string, size = '') => `${addressOf(url, base) ?? url}${size}`)
}

/** What their names end with: it tells nearly all others apart, at a tenth of the cost of the whole name. */
const endings: ReadonlySet<number> = new Set([...addressed].map(name => endingOf(name, name.length)))

/** The three letters before the place, case apart, as one number. */
function endingOf(text: string, end: number): number {
  return ((text.charCodeAt(end - 3) << 16) | (text.charCodeAt(end - 2) << 8) | text.charCodeAt(end - 1)) & 0xdfdfdf
}

/** Whether an attribute that holds an address ends before the equals sign. */
function isAddressed(html: string, equals: number): boolean {
  let end = equals
  while (end > 0 && html.charCodeAt(end - 1) <= SPACE && equals - end < 5) end--
  if (!endings.has(endingOf(html, end))) return false
  let start = end
  while (start > 0 && end - start < 12 && isLetter(html.charCodeAt(start - 1))) start--
  const before = html.charCodeAt(start - 1)
  if (!(before <= SPACE || before === 0x22 || before === 0x27)) return false
  return addressed.has(html.slice(start, end).toLowerCase())
}

function isLetter(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a)
}

/** The end of an attribute's value; -1 when it has none within reason. */
function endOfValue(html: string, start: number, quote: string | undefined): number {
  const limit = Math.min(html.length, start + maxUrlLength)
  for (let at = start; at < limit; at++) {
    const code = html.charCodeAt(at)
    if (quote === '"' || quote === "'" ? html[at] === quote : code <= SPACE || code === 0x3e) return at
    if (code === 0x3c) return -1
  }
  return -1
}
