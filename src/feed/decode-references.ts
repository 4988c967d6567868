import { decodeHTMLStrict } from 'entities/decode'
import { windowsSign } from '../text/windows-1252.js'
import { inOnePiece } from './xml-text.js'

const HASH = 0x23
const SEMICOLON = 0x3b
/** The longest name of HTML, with a few to spare. */
const LONGEST_NAME = 34

/**
 * The text with its references resolved once, as readers do it: those of XML and HTML by name, all by number (128 to 159 as Windows means them, like HTML). A name
 * nobody knows, and a bare `&`, stay as they are; entities that the document declares itself are such names, so nothing can be expanded.
 */
export function decodeReferences(text: string): string {
  let at = text.indexOf('&')
  if (at < 0) return text
  let out = ''
  let from = 0
  while (at >= 0) {
    const length = lengthOfUsual(text, at)
    const end = length > 0 ? at + length : endOfReference(text, at + 1)
    if (end > 0) {
      out += text.slice(from, at) + (length > 0 ? (usual[text.charCodeAt(at + 1) - LOWER_A] ?? '') : resolve(text, at, end))
      from = end
      at = text.indexOf('&', end)
    } else at = text.indexOf('&', at + 1)
  }
  return from === 0 ? text : inOnePiece(out + text.slice(from))
}

const LOWER_A = 0x61
const LOWER_G = 0x67
const LOWER_L = 0x6c
const LOWER_Q = 0x71
const LOWER_T = 0x74
/** What `&amp;`, `&gt;`, `&lt;` and `&quot;` stand for, by the place of their first letter in the alphabet. */
const usual: readonly (string | undefined)[] = Array.from({ length: 26 }, (_, place) => ({ 0: '&', 6: '>', 11: '<', 16: '"' })[place])

/** The length of one of the four references that escaped HTML is full of; 0 when another one, or none, stands there. */
function lengthOfUsual(text: string, at: number): number {
  const code = text.charCodeAt(at + 1)
  if (code === LOWER_L || code === LOWER_G) return text.charCodeAt(at + 2) === LOWER_T && text.charCodeAt(at + 3) === SEMICOLON ? 4 : 0
  if (code === LOWER_A) return text.charCodeAt(at + 4) === SEMICOLON && text.slice(at + 1, at + 4) === 'amp' ? 5 : 0
  return code === LOWER_Q && text.slice(at + 1, at + 6) === 'quot;' ? 6 : 0
}

/** Behind the semicolon of the reference that begins before `start`; -1 when none does. */
function endOfReference(text: string, start: number): number {
  const limit = Math.min(text.length, start + LONGEST_NAME)
  for (let at = start; at < limit; at++) {
    const code = text.charCodeAt(at)
    if (code === SEMICOLON) return at > start ? at + 1 : -1
    const isLetter = (code >= 0x30 && code <= 0x39) || (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a)
    if (!isLetter && !(code === HASH && at === start)) return -1
  }
  return -1
}

function resolve(text: string, at: number, end: number): string {
  if (text.charCodeAt(at + 1) === HASH) return resolveNumber(text.slice(at + 2, end - 1)) ?? text.slice(at, end)
  const whole = text.slice(at, end)
  return named[whole] ?? decodeHTMLStrict(whole)
}

const named: Readonly<Record<string, string>> = Object.assign(Object.create(null), { '&apos;': "'", '&nbsp;': '\u00a0' })

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
  return isCharacter ? String.fromCodePoint(code) : ''
}
