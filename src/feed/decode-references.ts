import { decodeHTMLStrict } from 'entities/decode'
import { windowsSign } from '../text/windows-1252.js'

const AMPERSAND = 0x26
const HASH = 0x23
const QUOTE = 0x22
const ZERO = 0x30
const NINE = 0x39
const SEMICOLON = 0x3b
const LESS = 0x3c
const GREATER = 0x3e
/** In a byte of a letter of ASCII: it is one of lower case. */
const LOWER = 0x20
const A = 0x61
const G = 0x67
const L = 0x6c
const M = 0x6d
const O = 0x6f
const P = 0x70
const Q = 0x71
const T = 0x74
const U = 0x75
const Z = 0x7a
/** The longest name of HTML, with a few to spare. */
const LONGEST_NAME = 34

/**
 * The text with its references resolved once, as readers do it: those of XML and HTML by name, all by number (128 to 159 as Windows means them, like HTML). A name
 * nobody knows, and a bare `&`, stay as they are; entities that the document declares itself are such names, so nothing can be expanded.
 *
 * Escaped HTML has a reference every few characters. So in all but short texts it is done in bytes: that makes one text, where putting pieces together makes thousands that
 * engines have to collect (`bench/parse-feeds`).
 */
export function decodeReferences(text: string): string {
  if (!text.includes('&')) return text
  const decode = text.length < SHORT ? decodePieces : decodeInBytes
  const decoded = decode(text)
  if (!hasHalves) return decoded
  hasHalves = false
  return decode(
    text.replace(PAIR, (whole: string, first: string, second: string) => {
      const pair = String.fromCharCode(Number(`0${first}`), Number(`0${second}`))
      return [...pair].length === 1 ? pair : whole
    }),
  )
}

/** A number was met that is half a character: programs that count as UTF-16 does write two references for one. */
let hasHalves = false
const PAIR = /&#(5[56]\d{3}|xd[89ab][\da-f]{2});&#(5[67]\d{3}|xd[c-f][\da-f]{2});/gi

/** Below it, in UTF-16 units, bytes cost more than they save. */
const SHORT = 150

function decodeInBytes(text: string): string {
  const { bytes, start, source } = text.length > LONGEST_SHARED ? roomFor(text.length) : shared
  const end = start + encoder.encodeInto(text, source).written
  // What stands behind the end is looked at, too.
  bytes[end] = 0
  return decoder.decode(bytes.subarray(0, decodeBytes(bytes, start, end)))
}

function decodePieces(text: string): string {
  let out = ''
  let from = 0
  for (let at = text.indexOf('&'); at >= 0; at = text.indexOf('&', at + 1)) {
    const end = text.indexOf(';', at) + 1
    if (end === 0) break
    const reference = text.slice(at, end)
    const meaning = known.get(reference) ?? (REFERENCE.test(reference) ? resolve(reference) : undefined)
    if (meaning === undefined) continue
    out += text.slice(from, at) + meaning
    from = end
    at = end - 1
  }
  return from === 0 ? text : out + text.slice(from)
}

const REFERENCE = /^&#?[a-zA-Z\d]{1,32};$/

/** The longest text for which memory is at hand, in UTF-16 units. */
const LONGEST_SHARED = 0x8000
const shared = roomFor(LONGEST_SHARED)
const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** Memory for a text of so many units, and where in it the text begins: so far behind that what is written never overtakes what is read. */
function roomFor(length: number): { bytes: Uint8Array; start: number; source: Uint8Array } {
  // `&nGt;` stands for six bytes, and nothing grows by more than it. Each unit is three bytes of UTF-8 at most.
  const start = Math.ceil(length / 5)
  const bytes = new Uint8Array(start + length * 3 + 1)
  return { bytes, start, source: bytes.subarray(start) }
}

/** Resolves the references in bytes of UTF-8, and writes the outcome to the beginning of the same memory; gives its end. */
function decodeBytes(bytes: Uint8Array, start: number, end: number): number {
  let to = 0
  let from = start
  for (;;) {
    for (let code = bytes[from] ?? 0; code !== AMPERSAND && from < end; code = bytes[++from] ?? 0) bytes[to++] = code
    if (from >= end) return to
    const next = bytes[from + 1]
    if ((next === L || next === G) && bytes[from + 2] === T && bytes[from + 3] === SEMICOLON) {
      bytes[to++] = next === L ? LESS : GREATER
      from += 4
    } else if (next === A && bytes[from + 2] === M && bytes[from + 3] === P && bytes[from + 4] === SEMICOLON) {
      bytes[to++] = AMPERSAND
      from += 5
    } else if (next === Q && bytes[from + 2] === U && bytes[from + 3] === O && bytes[from + 4] === T && bytes[from + 5] === SEMICOLON) {
      bytes[to++] = QUOTE
      from += 6
    } else {
      const length = lengthOfReference(bytes, from)
      if (length > 0) to += writeReference(bytes, from, length, to)
      else bytes[to++] = AMPERSAND
      from += length || 1
    }
  }
}

function writeReference(bytes: Uint8Array, from: number, length: number, to: number): number {
  if (bytes[from + 1] === HASH) {
    const written = writeNumber(bytes, from + 2, from + length - 1, to)
    if (written > 0) return written
  }
  const reference = String.fromCharCode(...bytes.subarray(from, from + length))
  return encoder.encodeInto(resolve(reference), bytes.subarray(to)).written
}

/** Writes the character of a decimal number, when it is one of two or three bytes or of ASCII that needs no second look; gives its length, else 0. */
function writeNumber(bytes: Uint8Array, from: number, end: number, to: number): number {
  if (end - from > 8) return 0
  let code = 0
  for (let at = from; at < end; at++) {
    const digit = (bytes[at] ?? 0) - ZERO
    if (!(digit >= 0 && digit <= 9) || code > 0xfff) return 0
    code = code * 10 + digit
  }
  if (code < 0x20 || (code >= 0x7f && code < 0xa0)) return 0
  if (code < 0x80) {
    bytes[to] = code
    return 1
  }
  if (code < 0x800) {
    bytes[to] = 0xc0 | (code >> 6)
    bytes[to + 1] = 0x80 | (code & 0x3f)
    return 2
  }
  bytes[to] = 0xe0 | (code >> 12)
  bytes[to + 1] = 0x80 | ((code >> 6) & 0x3f)
  bytes[to + 2] = 0x80 | (code & 0x3f)
  return 3
}

/** The length of the reference that begins there, with its semicolon; 0 when the `&` stands for itself. */
function lengthOfReference(bytes: Uint8Array, start: number): number {
  for (let at = start + 1; at < start + LONGEST_NAME; at++) {
    const code = bytes[at] ?? 0
    if (code === SEMICOLON) return at > start + 1 ? at + 1 - start : 0
    const letter = code | LOWER
    if (!((letter >= A && letter <= Z) || (code >= ZERO && code <= NINE) || (code === HASH && at === start + 1))) return 0
  }
  return 0
}

/** What a reference, from its `&` to its semicolon, stands for; itself when nobody knows it. */
function resolve(reference: string): string {
  if (reference.charCodeAt(1) === HASH) return resolveNumber(reference.slice(2, -1)) ?? reference
  return known.get(reference) ?? decodeHTMLStrict(reference)
}

const known: ReadonlyMap<string, string> = new Map([
  ['&amp;', '&'],
  ['&apos;', "'"],
  ['&gt;', '>'],
  ['&lt;', '<'],
  ['&nbsp;', '\u00a0'],
  ['&quot;', '"'],
])

function resolveNumber(digits: string): string | undefined {
  const isHex = digits.startsWith('x') || digits.startsWith('X')
  if (!(isHex ? /^x[\da-f]{1,8}$/i : /^\d{1,8}$/).test(digits)) return undefined
  const code = isHex ? Number.parseInt(digits.slice(1), 16) : Number(digits)
  if (code >= 0x80 && code <= 0x9f) return windowsSign(code)
  const isCharacter =
    code === 9 ||
    code === 10 ||
    code === 13 ||
    (code >= 0x20 && code <= 0xd7ff) ||
    (code >= 0xe000 && code <= 0xfffd) ||
    (code >= 0x10000 && code <= 0x10ffff)
  hasHalves ||= code >= 0xd800 && code <= 0xdfff
  return isCharacter ? String.fromCodePoint(code) : ''
}
