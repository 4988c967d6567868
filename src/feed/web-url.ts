import { resolveUrl } from '../text/url.js'

/** Text that RFC 3986 allows as it stands, but for addresses of hosts in brackets. */
const LEGAL = /^https?:\/\/(?:[\w\-.~:/?@!$&'()*+,;=]|%[\da-f]{2})+(?:#(?:[\w\-.~:/?@!$&'()*+,;=]|%[\da-f]{2})*)?$/i
/** The same with a host that ends in a word: where it is no Punycode, the URL standard has nothing left to refuse. */
const PLAIN =
  /^https?:\/\/(?:[a-zA-Z\d-]+\.)+[a-zA-Z]+(?:[/?](?:[\w\-.~:/?@!$&'()*+,;=]|%[\da-fA-F]{2})*)?(?:#(?:[\w\-.~:/?@!$&'()*+,;=]|%[\da-fA-F]{2})*)?$/
const MAX_LENGTH = 2000
const ILLEGAL = /%(?![\da-f]{2})|[^\w\-.~:/?#@!$&'()*+,;=%]/gi

/**
 * The address as every reader and validator takes it: absolute, http or https, of ASCII. One that is right already is given back
 * unchanged, so that links are never rewritten; `undefined` when it is none.
 */
export function toWebUrl(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  if (PLAIN.test(text) && text.length < MAX_LENGTH && !text.includes('xn--')) return text
  const url = resolveUrl(text)
  if (url === undefined) return undefined
  return LEGAL.test(text) ? text : encodeIllegal(url)
}

/** URL.href leaves characters as they are that browsers bear and RFC 3986 does not, such as `|`, brackets and a second `#`. */
function encodeIllegal(href: string): string {
  const start = href.indexOf('/', href.indexOf('//') + 2)
  const rest = href.slice(start).replace(ILLEGAL, encodeURIComponent)
  const fragment = rest.indexOf('#') + 1
  return href.slice(0, start) + (fragment === 0 ? rest : rest.slice(0, fragment) + rest.slice(fragment).replaceAll('#', '%23'))
}
