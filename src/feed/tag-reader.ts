import { NextPlace } from './next-place.js'
import { bareTag, XmlTag } from './xml-tag.js'

const SPACE = 0x20
const SLASH = 0x2f
const LESS = 0x3c
const EQUALS = 0x3d
const GREATER = 0x3e
const QUOTE = 0x22
const APOSTROPHE = 0x27

/** Attributes of one tag that are kept; the rest are passed over. */
const MOST = 64

/** Reads the tags of a text. Every character is passed over at most a fixed number of times, whatever the text. */
export class TagReader {
  /** Behind the tag last read. */
  end = 0
  /** The tag last read is written in the usual way: it would be the same tag wherever it stood, whatever came behind it. */
  isUsual = false
  private isEmpty = false
  private attributes = ''
  private count = 0
  private readonly less: NextPlace
  private readonly greater: NextPlace
  private readonly quotes: NextPlace
  private readonly apostrophes: NextPlace

  constructor(private readonly text: string) {
    this.less = new NextPlace(text, '<')
    this.greater = new NextPlace(text, '>')
    this.quotes = new NextPlace(text, '"')
    this.apostrophes = new NextPlace(text, "'")
  }

  /** The tag of an end that begins with the `</` there. */
  closing(start: number): XmlTag {
    const { text } = this
    const close = this.greater.from(start)
    const stop = close < 0 ? text.length : close
    this.end = stop + 1
    this.isUsual = close >= 0
    return bareTag(text.slice(start + 2, Math.min(endOfName(text, start + 2), stop)), true)
  }

  /** The tag that begins with the `<` there; what is broken in it costs the attribute, or at most the tag. */
  opening(start: number): XmlTag {
    const { text } = this
    const nameEnd = endOfName(text, start + 1)
    const name = text.slice(start + 1, nameEnd)
    this.isUsual = true
    if (text.charCodeAt(nameEnd) === GREATER) {
      this.end = nameEnd + 1
      return bareTag(name, false)
    }
    LOWER_CASE.lastIndex = nameEnd
    const isLower = LOWER_CASE.test(text)
    MIXED_CASE.lastIndex = nameEnd
    if (isLower || MIXED_CASE.test(text)) {
      this.end = isLower ? LOWER_CASE.lastIndex : MIXED_CASE.lastIndex
      const attributes = text.slice(nameEnd, this.end)
      return new XmlTag(name, false, text.charCodeAt(this.end - 2) === SLASH, attributes.includes('"') ? attributes : '', isLower)
    }
    this.isUsual = false
    this.isEmpty = false
    this.attributes = ''
    this.count = 0
    this.end = this.readAttributes(nameEnd)
    return new XmlTag(name, false, this.isEmpty, this.attributes, false)
  }

  /** The start tag that begins there ends with `/>`. */
  isSelfClosed(start: number): boolean {
    const close = this.greater.from(start)
    return close > 0 && this.text.charCodeAt(close - 1) === SLASH
  }

  private readAttributes(from: number): number {
    const { text } = this
    const { length } = text
    let at = from
    while (at < length) {
      const code = text.charCodeAt(at)
      if (code <= SPACE) at++
      else if (code === GREATER) return at + 1
      else if (code === SLASH) {
        this.isEmpty = text.charCodeAt(at + 1) === GREATER
        at++
      }
      // The tag before was never ended.
      else if (code === LESS) return at
      else at = this.readAttribute(at)
    }
    return length
  }

  private readAttribute(start: number): number {
    const { text } = this
    const nameEnd = endOfName(text, start)
    let at = nameEnd
    while (text.charCodeAt(at) <= SPACE) at++
    if (text.charCodeAt(at) !== EQUALS) return Math.max(nameEnd, start + 1)
    at++
    while (text.charCodeAt(at) <= SPACE) at++
    const quote = text.charCodeAt(at)
    const isQuoted = quote === QUOTE || quote === APOSTROPHE
    const valueStart = isQuoted ? at + 1 : at
    const valueEnd = isQuoted ? this.endOfQuoted(quote, valueStart) : this.endOfBare(at)
    // The text ends within it: half an address is none.
    if (valueEnd < text.length) this.add(text.slice(start, nameEnd), text.slice(valueStart, valueEnd))
    const last = text.charCodeAt(valueEnd)
    return isQuoted && last === quote ? valueEnd + 1 : valueEnd
  }

  private add(name: string, value: string): void {
    if (this.count >= MOST || name.includes('"')) return
    this.count++
    const safe = value.includes('"') ? value.replaceAll('"', '&quot;') : value
    this.attributes += ` ${name}="${safe.endsWith('=') ? `${safe.slice(0, -1)}&#61;` : safe}"`
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
      if (code <= SPACE || code === GREATER || code === LESS) break
      if (code === SLASH && text.charCodeAt(at + 1) === GREATER) break
      at++
    }
    return at
  }
}

/** Attributes, and the end of the tag, as nearly all are written; and with names in which case is mixed. */
const LOWER_CASE = /(?:[\0- ]+[a-z][a-z\d:._-]*="(?:[^"<]*[^"<=])?"){0,64}[\0- ]*\/?>/y
const MIXED_CASE = /(?:[\0- ]+[^\0- >/="<]+="(?:[^"<]*[^"<=])?"){0,64}[\0- ]*\/?>/y
const NAME = /[^\0- >/=<]+/y

/** The end of a name that begins there. */
function endOfName(text: string, from: number): number {
  NAME.lastIndex = from
  return NAME.test(text) ? NAME.lastIndex : from
}
