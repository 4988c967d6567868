import type { Instant } from '../types.js'

/** A file of the output folder, not yet written. */
export interface OutputFile {
  /** Path below the output folder, with `/` on every system. */
  path: string
  /** Media type, without parameters. */
  mediaType: string
  /** The text in pieces, made as they are taken, each time anew, or the bytes of a picture. */
  body: Iterable<string> | Uint8Array
  /** That of the feed which it is made of: when its content last changed by what it says itself. */
  updated?: Instant
}

/** Pieces of a text that are made each time that they are read. */
export function madeAnew(make: () => Iterable<string>): Iterable<string> {
  return { [Symbol.iterator]: () => make()[Symbol.iterator]() }
}
