import { decodeBody } from './decode-body.js'

const strictly = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Reads the bytes of a file that somebody wrote: UTF-8, and only where they are not, by mark or by guess. Never throws. */
export function decodeText(bytes: Uint8Array): string {
  try {
    return strictly.decode(bytes)
  } catch {
    return decodeBody(bytes).text
  }
}
