import { claimsUtf8, decodeBody } from '../text/decode-body.js'

/** A page's text. Bytes that are UTF-8 beyond doubt are read so whatever the page says, and what is no text of the stated charset is guessed; see `decodeBody`. */
export function decodeHtml(body: string | Uint8Array): string {
  if (typeof body === 'string') return body
  // The usual case, without asking what else the bytes could be.
  const text = claimsUtf8(body) ? new TextDecoder().decode(body) : undefined
  return text === undefined || text.includes('\u{fffd}') ? decodeBody(body).text : text
}
