import { decodeReferences } from './decode-references.js'
import { NextPlace } from './next-place.js'

const TAB = 0x20
const SLASH = 0x2f
const LESS = 0x3c
const EQUALS = 0x3d
const GREATER = 0x3e
const QUOTE = 0x22
const APOSTROPHE = 0x27

/** Attributes of one tag that are kept; the rest are passed over. */
const MOST = 64

/** The attributes of the tag last read. Their places are kept; a text is cut out, and its references resolved, when it is asked for. */
export class TagAttributes {
  count = 0
  /** The tag ends with `/>`: its element has no content. */
  isEmpty = false
  /** One of them declares a namespace. */
  declaresSpace = false
  /** In lower case. */
  private readonly names: string[] = []
  /** Where each value starts and ends. */
  private readonly places: number[] = []
  private readonly less: NextPlace
  private readonly quotes: NextPlace
  private readonly apostrophes: NextPlace

  constructor(
    private readonly text: string,
    private readonly greater: NextPlace,
  ) {
    this.less = new NextPlace(text, '<')
    this.quotes = new NextPlace(text, '"')
    this.apostrophes = new NextPlace(text, "'")
  }

  clear(): void {
    this.count = 0
    this.isEmpty = false
    this.declaresSpace = false
  }

  /** Reads the attributes of a tag, and where it ends; what is broken costs the attribute, or at most the tag. */
  read(from: number): number {
    const { text } = this
    const { length } = text
    this.clear()
    let at = from
    while (at < length) {
      const code = text.charCodeAt(at)
      if (code <= TAB) at++
      else if (code === GREATER) {
        return at + 1
      } else if (code === SLASH) {
        this.isEmpty = text.charCodeAt(at + 1) === GREATER
        at++
      } else if (code === LESS) {
        // The tag before was never ended.
        return at
      } else at = this.readAttribute(at)
    }
    return length
  }

  private readAttribute(start: number): number {
    const { text } = this
    const nameEnd = endOfName(text, start, text.length)
    let at = nameEnd
    while (text.charCodeAt(at) <= TAB) at++
    if (text.charCodeAt(at) !== EQUALS) return Math.max(nameEnd, start + 1)
    at++
    while (text.charCodeAt(at) <= TAB) at++
    const quote = text.charCodeAt(at)
    const isQuoted = quote === QUOTE || quote === APOSTROPHE
    const valueStart = isQuoted ? at + 1 : at
    const valueEnd = isQuoted ? this.endOfQuoted(quote, valueStart) : this.endOfBare(at)
    if (this.count < MOST) {
      const name = text.slice(start, nameEnd).toLowerCase()
      if (name.slice(0, 5) === 'xmlns') this.declaresSpace = true
      this.names[this.count] = name
      this.places[this.count * 2] = valueStart
      this.places[this.count * 2 + 1] = valueEnd
      this.count++
    }
    const last = text.charCodeAt(valueEnd)
    return isQuoted && last === quote ? valueEnd + 1 : valueEnd
  }

  private endOfQuoted(quote: number, from: number): number {
    const end = (quote === QUOTE ? this.quotes : this.apostrophes).from(from)
    const less = this.less.from(from)
    if (end >= 0 && (less < 0 || end <= less)) return end
    // The value holds a `<`: it is meant so, or its closing quote was forgotten and the tag ends before that.
    const close = this.greater.from(from)
    if (close >= 0 && (end < 0 || close < less)) return close
    return end < 0 ? this.text.length : end
  }

  private endOfBare(from: number): number {
    const { text } = this
    let at = from
    while (at < text.length) {
      const code = text.charCodeAt(at)
      if (code <= TAB || code === GREATER || code === LESS) break
      if (code === SLASH && text.charCodeAt(at + 1) === GREATER) break
      at++
    }
    return at
  }

  /** The value of an attribute of the tag last read, by its name in lower case; case does not count. */
  value(name: string): string | undefined {
    const index = this.names.indexOf(name)
    // What stands behind the count is left from tags before.
    return index < 0 || index >= this.count ? undefined : decodeReferences(this.rawValue(index).trim())
  }

  private rawValue(index: number): string {
    return this.text.slice(this.places[index * 2], this.places[index * 2 + 1])
  }

  /** Calls back for every declaration of a namespace in the tag last read: prefix in lower case (empty for the default one) and address. */
  declarations(tell: (prefix: string, space: string) => void): void {
    for (let index = 0; index < this.count; index++) {
      const name = this.names[index] ?? ''
      if (name === 'xmlns') tell('', this.rawValue(index))
      else if (name.startsWith('xmlns:')) tell(name.slice(6), this.rawValue(index))
    }
  }
}

/** The end of a name that begins there. */
export function endOfName(text: string, from: number, end: number): number {
  let at = from
  while (at < end) {
    const code = text.charCodeAt(at)
    if (code <= TAB || code === GREATER || code === SLASH || code === EQUALS || code === LESS) break
    at++
  }
  return at
}

/** A piece of a text without the white space at its ends. */
export function trimmed(text: string, from: number, to: number): string {
  const piece = text.slice(from, to)
  // White space of languages (a paragraph of Chinese begins with some) is part of the text.
  return piece.trim().length === piece.length ? piece : trimEnds(piece)
}

function trimEnds(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && text.charCodeAt(start) <= TAB) start++
  while (end > start && text.charCodeAt(end - 1) <= TAB) end--
  return text.slice(start, end)
}
