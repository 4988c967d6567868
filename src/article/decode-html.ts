import { decodeBody } from '../text/decode-body.js'

/** A page's text. */
export function decodeHtml(body: string | Uint8Array): string {
  return typeof body === 'string' ? body : decodeBody(body).text
}
