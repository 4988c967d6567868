/**
 * The text of a page that is looked at in pieces. A page of WeChat holds megabytes of scripts around some kilobytes that matter,
 * so bytes are searched as they are, and only the pieces wanted are decoded. Offsets count bytes or UTF-16 units, as the input does.
 */
export interface PageText {
  readonly length: number
  /** Offset of the first place at or after `from` where the text stands, or -1. */
  find(needle: string, from?: number): number
  /** The text between two offsets; all of it without them. */
  slice(from?: number, to?: number): string
}

/** Looks at a page as it was had: a string, or bytes in UTF-8 (which all pages of WeChat are in). */
export function pageTextOf(body: string | Uint8Array): PageText {
  return typeof body === 'string' ? textOfString(body) : textOfBytes(body)
}

/** The whole page as one string: for pages that will be searched many times. */
export function wholePage(page: PageText): PageText {
  return textOfString(page.slice())
}

function textOfString(text: string): PageText {
  return {
    length: text.length,
    find: (needle, from = 0) => text.indexOf(needle, from),
    slice: (from, to) => text.slice(from, to),
  }
}

function textOfBytes(bytes: Uint8Array): PageText {
  const decoder = new TextDecoder()
  return {
    length: bytes.length,
    find: (needle, from = 0) => findBytes(bytes, needle, from),
    slice: (from = 0, to) => decoder.decode(bytes.subarray(Math.max(0, from), to)),
  }
}

const encoder = new TextEncoder()

/** Offset of a text in bytes, by Horspool's method: long needles step over most of the page, and no built-in of one platform is needed. */
function findBytes(bytes: Uint8Array, needle: string, from: number): number {
  const wanted = encoder.encode(needle)
  const last = wanted.length - 1
  if (last < 0) return from
  const steps = new Uint8Array(256).fill(Math.min(wanted.length, 255))
  for (let at = Math.max(0, last - 254); at < last; at++) steps[wanted[at] ?? 0] = last - at
  const tail = wanted[last] ?? 0
  const end = bytes.length
  for (let at = Math.max(0, from) + last; at < end; ) {
    const seen = bytes[at] ?? 0
    if (seen === tail) {
      let matched = 1
      while (matched <= last && bytes[at - matched] === wanted[last - matched]) matched++
      if (matched > last) return at - last
    }
    at += steps[seen] ?? 1
  }
  return -1
}
