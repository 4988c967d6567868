import { decodeEntities } from '../text/html.js'
import { matchAt, readString } from './script-string.js'

/** A value that a script of a page states as a literal. */
export type Literal = string | number | boolean | null | readonly Literal[] | LiteralRecord

/** An object that a script of a page states as a literal. */
export interface LiteralRecord {
  readonly [key: string]: Literal
}

/** What stood at a place of a script. */
export interface ReadLiteral {
  /** What was read; of a damaged literal, all that stood before the damage. Absent when nothing of the grammar stands there. */
  value: Literal | undefined
  /** Offset behind what was read. */
  end: number
  /** The literal was read to its end. */
  complete: boolean
}

/** Limits and choices of one reading. */
export interface LiteralOptions {
  /** Keys whose strings are passed over, left out of their objects. */
  skip?: ReadonlySet<string>
  /** Keys whose strings are taken as they are, although the page wraps them in `JsDecode`. */
  verbatim?: ReadonlySet<string>
  /** A value that is no literal is left out with the rest of its line, instead of ending the reading. @default false */
  isLenient?: boolean
}

const maxDepth = 64
const maxValues = 200_000

type Container =
  | { list: Literal[]; record?: undefined; key?: undefined }
  | { record: Record<string, Literal>; list?: undefined; key: string | undefined }

/**
 * Reads a literal of the closed grammar that WeChat writes its data in: objects, arrays, strings with escapes, numbers, booleans,
 * `JsDecode('…')`, `htmlDecode("…")`, `'…'.html(false)`, `'1' * 1`, `'' || 'x'`, `'a' === 'a' ? 1 : 0`. Nothing is ever run. Iterative, linear in
 * the text, at most 64 levels and 200,000 values; what goes beyond, or out of the grammar, ends the reading with `complete: false`.
 */
export function readLiteral(text: string, start: number, options: LiteralOptions = {}): ReadLiteral {
  const stack: Container[] = []
  let root: Literal | undefined
  let at = start
  for (let count = 0; count < maxValues; count++) {
    at = skipSpace(text, at)
    const top = stack.at(-1)
    const sign = text[at]
    if (top !== undefined && sign === ',') {
      at++
      continue
    }
    if (top !== undefined && sign === (top.list ? ']' : '}')) {
      at++
      stack.pop()
      if (stack.length === 0) return { value: root, end: at, complete: true }
      continue
    }
    if (top?.record !== undefined) {
      const name = readKey(text, at)
      if (name === undefined) break
      top.key = name.key
      at = skipSpace(text, name.end)
    }
    const opened: Container | undefined =
      text[at] === '{' ? { record: Object.create(null), key: undefined } : text[at] === '[' ? { list: [] } : undefined
    if (opened !== undefined) {
      if (stack.length >= maxDepth) break
      const value = opened.list ?? opened.record
      if (top === undefined) root = value
      else put(top, value)
      stack.push(opened)
      at++
      continue
    }
    const scalar =
      readScalar(text, at, treatmentOf(top?.key, options)) ?? (top !== undefined && options.isLenient ? restOfLine(text, at) : undefined)
    if (scalar === undefined) break
    at = scalar.end
    if (top === undefined) return { value: scalar.value, end: at, complete: true }
    if (scalar.value !== undefined) put(top, scalar.value)
  }
  return { value: root, end: at, complete: false }
}

function put(container: Container, value: Literal): void {
  if (container.list !== undefined) container.list.push(value)
  else if (container.key !== undefined) container.record[container.key] = value
}

interface Piece {
  value: string | number | boolean | null | undefined
  end: number
}

/** What is done with the strings of a value, by its key. */
type Treatment = 'skip' | 'verbatim' | 'decode'

function treatmentOf(key: string | undefined, { skip, verbatim }: LiteralOptions): Treatment {
  if (key === undefined) return 'decode'
  return skip?.has(key) ? 'skip' : verbatim?.has(key) ? 'verbatim' : 'decode'
}

const otherValue = /[\w$('"][^\r\n]{0,4000}(?=[\r\n])/y

/** An expression that is no literal, as the list of albums has one; it ends with its line. */
function restOfLine(text: string, start: number): Piece | undefined {
  const line = matchAt(otherValue, text, start)
  return line === undefined ? undefined : { value: undefined, end: start + line.length }
}

const equals = /\s{0,200}={2,3}\s{0,200}/y
const question = /\s{0,200}\?\s{0,200}/y
const colon = /\s{0,200}:\s{0,200}/y

/** A value that is no container, or a choice between two such: WeChat writes its conditions with the values already in them. */
function readScalar(text: string, start: number, treatment: Treatment): Piece | undefined {
  const first = readAlternatives(text, start, treatment)
  if (first === undefined) return undefined
  let { value, end } = first
  const sign = matchAt(equals, text, end)
  if (sign !== undefined) {
    const other = readAlternatives(text, end + sign.length, treatment)
    if (other === undefined) return undefined
    value = value === other.value
    end = other.end
  }
  const asks = matchAt(question, text, end)
  if (asks === undefined) return { value, end }
  const one = readAlternatives(text, end + asks.length, treatment)
  const parts = one && matchAt(colon, text, one.end)
  const two = one && parts !== undefined ? readAlternatives(text, one.end + parts.length, treatment) : undefined
  if (one === undefined || two === undefined) return undefined
  return { value: value ? one.value : two.value, end: two.end }
}

/** A value with what may follow it: `* 1`, `.html(false)`, `|| …` (the first operand that is not empty counts). */
function readAlternatives(text: string, start: number, treatment: Treatment): Piece | undefined {
  const first = readOperand(text, start, treatment)
  if (first === undefined) return undefined
  let { value, end } = first
  for (;;) {
    const at = skipSpace(text, end)
    const next = text.startsWith('||', at) ? readOperand(text, skipSpace(text, at + 2), treatment) : undefined
    if (next === undefined) return { value, end }
    value ||= next.value
    end = next.end
  }
}

const words: Readonly<Record<string, boolean | null | undefined>> = { true: true, false: false, null: null, undefined: undefined }
const wordPattern = /[A-Za-z_$][\w$]{0,63}/y
const numberPattern = /-?\d{1,20}(?:\.\d{1,20})?/y
const timesOne = /\s{0,200}\*\s{0,200}1(?!\d)/y
const htmlFalse = /\s{0,200}\.html\(\s{0,20}false\s{0,20}\)/y

function readOperand(text: string, start: number, treatment: Treatment): Piece | undefined {
  const quote = text[start]
  let piece: Piece | undefined
  if (quote === "'" || quote === '"') {
    piece = readString(text, start, treatment === 'skip')
  } else {
    const number = matchAt(numberPattern, text, start)
    if (number !== undefined) return { value: Number(number), end: start + number.length }
    const word = matchAt(wordPattern, text, start)
    if (word === undefined) return undefined
    if (Object.hasOwn(words, word)) return { value: words[word], end: start + word.length }
    piece = readCall(text, start, word, treatment)
  }
  if (piece === undefined) return undefined
  let { value, end } = piece
  for (let more = matchAt(htmlFalse, text, end); more !== undefined; more = matchAt(htmlFalse, text, end)) {
    end += more.length
    if (typeof value === 'string') value = decodeEntities(value)
  }
  const times = matchAt(timesOne, text, end)
  if (times !== undefined) {
    end += times.length
    const number = Number(value)
    value = Number.isFinite(number) ? number : undefined
  }
  return { value, end }
}

/** What the functions do that WeChat wraps its strings in. */
const calls: Readonly<Record<string, (text: string) => string>> = { JsDecode: decodeHexTwice, htmlDecode: decodeEntities }

function readCall(text: string, start: number, name: string, treatment: Treatment): Piece | undefined {
  const call = Object.hasOwn(calls, name) ? calls[name] : undefined
  const open = skipSpace(text, start + name.length)
  if (call === undefined || text[open] !== '(') return undefined
  const inner = skipSpace(text, open + 1)
  if (text[inner] !== "'" && text[inner] !== '"') return undefined
  const piece = readString(text, inner, treatment === 'skip')
  if (piece === undefined) return undefined
  const close = skipSpace(text, piece.end)
  if (text[close] !== ')') return undefined
  const { value } = piece
  return { value: value === undefined || treatment === 'verbatim' ? value : call(value), end: close + 1 }
}

/** `JsDecode` of WeChat's pages: resolves these escapes once more, after the script engine has. */
function decodeHexTwice(text: string): string {
  return text.includes('\\x')
    ? text.replace(/\\x(0a|0d|22|26|27|3c|3e|5c)/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : text
}

function readKey(text: string, start: number): { key: string; end: number } | undefined {
  const quote = text[start]
  const quoted = quote === "'" || quote === '"' ? readString(text, start, false) : undefined
  const word = quoted === undefined ? (matchAt(wordPattern, text, start) ?? matchAt(numberPattern, text, start)) : undefined
  const end = quoted?.end ?? (word === undefined ? -1 : start + word.length)
  if (end < 0) return undefined
  const sign = skipSpace(text, end)
  return text[sign] === ':' ? { key: quoted?.value ?? word ?? '', end: sign + 1 } : undefined
}

/** Offset behind white space and comments. */
function skipSpace(text: string, start: number): number {
  let at = start
  for (;;) {
    const code = text.charCodeAt(at)
    if (code === 32 || (code >= 9 && code <= 13) || code === 0xa0) at++
    else if (code === 47 && text[at + 1] === '/') at = lineEnd(text, at)
    else if (code === 47 && text[at + 1] === '*') {
      const end = text.indexOf('*/', at + 2)
      at = end < 0 ? text.length : end + 2
    } else return at
  }
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at)
  return end < 0 ? text.length : end
}
