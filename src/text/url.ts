import { cleanText } from './plain.js'

/** Longest address that is taken, in UTF-16 units; longer ones are no addresses of pages. */
export const maxUrlLength = 8192

/**
 * The absolute http(s) address that a text stands for, as the WHATWG URL standard writes it; absent when it stands for none, or for more than
 * {@link maxUrlLength} characters. A relative one needs the absolute `base`; without a base, `//host/…` is read as https. Never throws.
 */
export function resolveUrl(text: string, base?: string): string | undefined {
  const url = parseUrl(text, base)
  return url !== undefined && (url.protocol === 'https:' || url.protocol === 'http:') ? url.href : undefined
}

/** Like {@link resolveUrl}, and mail addresses too: what a link in a feed may lead to. */
export function resolveLink(text: string, base?: string): string | undefined {
  const url = parseUrl(text, base)
  return url !== undefined && linkProtocols.has(url.protocol) ? url.href : undefined
}

const linkProtocols: ReadonlySet<string> = new Set(['https:', 'http:', 'mailto:'])

/** The URL of a text, whatever its scheme; absent when it is none. A `base` that is none itself is ignored. Never throws. */
export function parseUrl(text: string, base?: string): URL | undefined {
  if (text.length > maxUrlLength) return undefined
  const address = cleanText(text).trim()
  if (address === '') return undefined
  try {
    const url = base === undefined ? new URL(address.startsWith('//') ? `https:${address}` : address) : new URL(address, base)
    return url.href.length > maxUrlLength ? undefined : url
  } catch {
    return base === undefined ? undefined : parseUrl(text)
  }
}
