import { createHash } from 'node:crypto'

/**
 * A short name for a text, or bytes, of any length: the start of its SHA-256 in hexadecimal digits, the same on every machine.
 *
 * @param digits how many; 20 are enough to name what strangers send, where a clash is noticed, 40 where it is not
 */
export function hashText(text: string | Uint8Array, digits: number): string {
  return createHash('sha256').update(text).digest('hex').slice(0, digits)
}
