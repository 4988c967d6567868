import { cleanText } from './plain.js'

/** Longest address that is taken, in UTF-16 units; longer ones are no addresses of pages. */
export const maxUrlLength = 8192

/** The address that answered, of a page that lies on a disk and does not state its own. */
export const nowhere = 'about:blank'

/**
 * The absolute http(s) address that a text stands for, as the WHATWG URL standard writes it; absent when it stands for none, or for more than
 * {@link maxUrlLength} characters. A relative one needs the absolute `base`; without a base, `//host/…` is read as https. Never throws.
 */
export function resolveUrl(text: string, base?: string): string | undefined {
  if (isTidyUrl(text)) return text
  const url = parseUrl(text, base)
  return url !== undefined && (url.protocol === 'https:' || url.protocol === 'http:') ? url.href : undefined
}

/** Like {@link resolveUrl}, and mail addresses too: what a link in a feed may lead to. */
export function resolveLink(text: string, base?: string): string | undefined {
  if (isTidyUrl(text)) return text
  const url = parseUrl(text, base)
  return url !== undefined && linkProtocols.has(url.protocol) ? url.href : undefined
}

/** Characters that mean themselves wherever they stand behind the host, up to the query or the fragment. */
const inPath = String.raw`[\w.~!$&()*+,;=:@%/-]`
const tidyUrl = new RegExp(
  String.raw`^https?://(?:[a-z\d-]{1,63}\.){1,8}[a-z]{2,24}/${inPath}*(?:\?[\w.~!$&()*+,;=:@%/?-]*)?(?:#[\w.~!$&()*+,;=:@%/?-]*)?$`,
)
/** Segments that lead upwards, and names of hosts that must be looked at. */
const untidyPart = /\/\.|%2e|xn--/i

/**
 * Whether a text is an absolute http(s) address that the URL standard would write just so, as by far the most are; making a `URL` of it takes
 * twenty times as long. False says nothing.
 */
export function isTidyUrl(text: string): boolean {
  return text.length <= maxUrlLength && tidyUrl.test(text) && !untidyPart.test(text)
}

/** Whether a query says by a number which page of a program is meant. */
export function isNumbered(query: string): boolean {
  return /[?&](?:p|id|page_id|[actp]id)=\d/.test(query)
}

/** The parts of an address, as a `URL` has them. */
export interface UrlParts {
  hostname: string
  pathname: string
  /** With its question mark; empty when there is none. */
  search: string
}

/** The parts of a tidy address (see {@link isTidyUrl}); absent for all others. */
export function splitTidyUrl(url: string): UrlParts | undefined {
  if (!isTidyUrl(url)) return undefined
  const host = url.indexOf('//') + 2
  const path = url.indexOf('/', host)
  const hash = url.indexOf('#', path)
  const end = hash < 0 ? url.length : hash
  const query = url.indexOf('?', path)
  const pathEnd = query < 0 || query > end ? end : query
  return { hostname: url.slice(host, path), pathname: url.slice(path, pathEnd), search: url.slice(pathEnd, end) }
}

const linkProtocols: ReadonlySet<string> = new Set(['https:', 'http:', 'mailto:'])

/** The URL of a text, whatever its scheme; absent when it is none. A `base` that is none itself is ignored. Never throws. */
export function parseUrl(text: string, base?: string): URL | undefined {
  if (text.length > maxUrlLength) return undefined
  const address = cleanText(text).trim()
  if (address === '') return undefined
  // Refusing by the constructor takes fifty times as long, and a feed has a number for the id of each item.
  if (base === undefined && !address.includes(':') && !address.startsWith('//')) return undefined
  try {
    const url = base === undefined ? new URL(address.startsWith('//') ? `https:${address}` : address) : new URL(address, base)
    return url.href.length > maxUrlLength ? undefined : url
  } catch {
    return base === undefined ? undefined : parseUrl(text)
  }
}

/** The address of a folder: with a slash at its end. */
export function withSlash(address: string): string {
  return address.endsWith('/') ? address : `${address}/`
}

/** The text without its percent encoding; as it is where that is broken. Never throws. */
export function decodePercent(text: string): string {
  try {
    return text.includes('%') ? decodeURIComponent(text) : text
  } catch {
    return text
  }
}
