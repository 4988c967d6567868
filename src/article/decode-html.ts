import { decodeBody } from '../text/decode-body.js'

/** How much of a page is looked at for its charset: more than the 1024 bytes of the HTML standard, since pages put scripts before it. */
const prescan = 4096
const metaCharset = /<meta\s[^>]{0,300}?charset\s{0,5}=\s{0,5}["']?\s{0,5}([\w:.-]{2,40})/i

/** Labels under which a page that calls itself so is read, where decoders know the wider set only under its newer name. */
const wider: Readonly<Record<string, string>> = { gb2312: 'gb18030', gbk: 'gb18030', 'x-gbk': 'gb18030' }

/**
 * The charset that bytes of a page state: byte order mark, else `meta` in the first 4096 bytes, else UTF-8. What no decoder knows counts as UTF-8, and so does a page
 * that calls itself UTF-16 in ASCII letters, as the HTML standard has it.
 */
export function charsetOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8'
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  const label = metaCharset.exec(new TextDecoder('latin1').decode(bytes.subarray(0, prescan)))?.[1]?.toLowerCase() ?? 'utf-8'
  return label.startsWith('utf-16') || !isKnown(wider[label] ?? label) ? 'utf-8' : (wider[label] ?? label)
}

/** A page's text. Bytes that are UTF-8 beyond doubt are read so whatever the page says, and what is no text of the stated charset is guessed; see `decodeBody`. */
export function decodeHtml(body: string | Uint8Array): string {
  if (typeof body === 'string') return body
  const text = charsetOf(body) === 'utf-8' ? new TextDecoder().decode(body) : undefined
  return text === undefined || text.includes('\u{fffd}') ? decodeBody(body).text : text
}

function isKnown(label: string): boolean {
  try {
    return new TextDecoder(label).encoding !== ''
  } catch {
    return false
  }
}
