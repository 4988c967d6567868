import type { NameSet } from './name-set.js'
import { NextPlace } from './next-place.js'
import { endOfName, TagAttributes } from './tag-attributes.js'

const TAB = 0x20
const SLASH = 0x2f
const GREATER = 0x3e
const BANG = 0x21
const QUESTION = 0x3f

/**
 * A cursor over the tags of a text that may or may not be well-formed XML. It moves by `indexOf`, keeps places and makes no tree: texts are cut out
 * only when asked for. Every character is passed over at most a fixed number of times, whatever the text.
 */
export class XmlReader {
  /** Where reading goes on. */
  at = 0
  /** Offset of the tag's `<`. */
  tagStart = 0
  /** The name of the tag, prefix and all, as written. */
  name = ''
  isClosing = false
  /** The content of the element last entered by {@link readContent}. */
  contentStart = 0
  contentEnd = 0
  /** The content holds tags. */
  hasTags = false
  hasComments = false
  /** The content holds CDATA sections. */
  hasCdata = false
  private readonly attributes: TagAttributes
  private hasDoctype = false
  private goingBack = 0
  private readonly greater: NextPlace
  private readonly instructionEnds: NextPlace

  constructor(readonly text: string) {
    this.greater = new NextPlace(text, '>')
    this.attributes = new TagAttributes(text, this.greater)
    this.instructionEnds = new NextPlace(text, '?>')
  }

  get hasAttributes(): boolean {
    return this.attributes.count > 0
  }

  /** The tag last read declares a namespace. */
  get declaresSpace(): boolean {
    return this.attributes.declaresSpace
  }

  /** `<name/>`: the element of the tag last read has no content. */
  get isEmpty(): boolean {
    return this.attributes.isEmpty
  }

  /** The value of an attribute of the tag last read, by its name in lower case; case does not count. */
  attribute(name: string): string | undefined {
    return this.attributes.value(name)
  }

  /** Calls back for every namespace that the tag last read declares: prefix (empty for the default one) and address. */
  declarations(tell: (prefix: string, space: string) => void): void {
    this.attributes.declarations(tell)
  }

  /** Goes to the next tag that begins before `end`; comments, instructions, document types and CDATA on the way are passed over. False when there is none. */
  nextTag(end: number): boolean {
    const { text } = this
    let from = this.at
    for (;;) {
      const start = text.indexOf('<', from)
      if (start < 0 || start >= end) {
        this.at = end
        return false
      }
      const next = text.charCodeAt(start + 1)
      if (next === BANG || next === QUESTION) from = this.skipDeclaration(start, end)
      else if (next === SLASH) {
        const close = text.indexOf('>', start)
        const stop = close < 0 ? text.length : close
        this.tagStart = start
        this.name = text.slice(start + 2, endOfName(text, start + 2, stop))
        this.isClosing = true
        this.at = stop + 1
        return true
      } else if (isNameStart(next)) {
        this.readOpening(start)
        return true
      } else from = start + 1
    }
  }

  /** The end of what begins with `<!` or `<?`. A document type is passed over whole: nothing it declares is believed. */
  private skipDeclaration(start: number, end: number): number {
    const { text } = this
    if (beginsComment(text, start)) return behind(text.indexOf('-->', start + 4), 3, end)
    if (beginsCdata(text, start)) return behind(text.indexOf(']]>', start + 9), 3, end)
    const close = text.indexOf('>', start)
    if (text.charCodeAt(start + 1) === QUESTION) {
      const stop = this.instructionEnds.from(start)
      return stop < 0 ? behind(close, 1, end) : stop + 2
    }
    if (this.hasDoctype || close < 0) return behind(close, 1, end)
    this.hasDoctype = true
    const subset = text.indexOf('[', start)
    if (subset < 0 || subset > close) return close + 1
    const stop = SUBSET_END.exec(text.slice(subset, subset + LONGEST_SUBSET))
    return stop === null ? close + 1 : subset + stop.index + stop[0].length
  }

  private readOpening(start: number): void {
    const { text } = this
    const end = endOfName(text, start + 1, text.length)
    this.tagStart = start
    this.name = text.slice(start + 1, end)
    this.isClosing = false
    if (text.charCodeAt(end) === GREATER) {
      this.attributes.clear()
      this.at = end + 1
    } else this.at = this.attributes.read(end)
  }

  /**
   * Finds the content of the element whose start tag was last read and goes behind its end tag. An element that is never closed ends where an end tag, or another
   * start tag, of one of `around` stands, else at `end`; a short one (a title, a date) with its first tag, since what follows is not its own.
   */
  readContent(around: NameSet, end: number, isShort = false): void {
    if (this.findEnd(around, end) || !isShort) return
    const { text, contentStart } = this
    const tag = text.indexOf('<', contentStart)
    if (tag < 0 || tag >= this.contentEnd) return
    // XHTML stands in a `div` of its own, which is closed even where the element is not.
    const divEnd = LEADING_DIV.test(text.slice(contentStart, contentStart + 200)) ? text.indexOf('</div>', tag) : -1
    const isDiv = divEnd >= 0 && divEnd < this.contentEnd
    const first = isDiv ? divEnd + 6 : tag
    // Going back costs time, so a feed may do it for its own length altogether.
    this.goingBack += this.contentEnd - first
    if (this.hasCdata || this.goingBack > text.length) return
    this.contentEnd = first
    this.at = first
    this.hasTags = isDiv
    this.hasComments = false
  }

  /** Finds where the element ends; false when nothing closes it. */
  private findEnd(around: NameSet, end: number): boolean {
    const { text, name } = this
    this.contentStart = this.at
    this.hasTags = false
    this.hasComments = false
    this.hasCdata = false
    if (this.isEmpty) {
      this.contentEnd = this.at
      return true
    }
    let depth = 0
    let from = this.at
    for (;;) {
      const start = text.indexOf('<', from)
      if (start < 0 || start >= end) {
        this.contentEnd = end
        this.at = end
        return false
      }
      const next = text.charCodeAt(start + 1)
      from = start + 1
      if (next === BANG) from = this.skipWithin(start, end)
      else if (next === SLASH || isNameStart(next)) {
        const isOpening = next !== SLASH
        if (isOpening) this.hasTags = true
        const at = isOpening ? start + 1 : start + 2
        const isSame = this.isTag(name, at)
        if (isSame && !isOpening) {
          if (depth === 0) {
            this.contentEnd = start
            this.at = behind(text.indexOf('>', start), 1, end)
            return true
          }
          depth--
        } else if (this.isOneOf(around, at)) {
          this.contentEnd = start
          this.at = start
          return false
        } else if (isSame && !this.isSelfClosed(start)) depth++
      }
    }
  }

  /** Behind the comment or CDATA section that begins there, which is noted; else behind its `<`. */
  private skipWithin(start: number, end: number): number {
    const { text } = this
    if (beginsCdata(text, start)) {
      this.hasCdata = true
      return behind(text.indexOf(']]>', start + 9), 3, end)
    }
    if (!beginsComment(text, start)) return start + 1
    this.hasComments = true
    return behind(text.indexOf('-->', start + 4), 3, end)
  }

  private isTag(name: string, at: number): boolean {
    if (!this.text.startsWith(name, at)) return false
    const code = this.text.charCodeAt(at + name.length)
    return code <= TAB || code === GREATER || code === SLASH || Number.isNaN(code)
  }

  private isOneOf({ initials, names }: NameSet, at: number): boolean {
    if (!initials.has(this.text.charCodeAt(at))) return false
    for (const name of names) if (this.isTag(name, at)) return true
    return false
  }

  private isSelfClosed(start: number): boolean {
    const close = this.greater.from(start)
    return close > 0 && this.text.charCodeAt(close - 1) === SLASH
  }
}

/** The largest document type that is looked through for its end. */
const LONGEST_SUBSET = 100_000
const LEADING_DIV = /^\s*<div[\s>]/
const SUBSET_END = /\]\s{0,100}>/

// Engines compile a comparison with a fixed text at a place character by character, which costs them many times what it saves; a piece is compared at once.
export function beginsCdata(text: string, at: number): boolean {
  return text.slice(at, at + 9) === '<![CDATA['
}

export function beginsComment(text: string, at: number): boolean {
  return text.slice(at, at + 4) === '<!--'
}

function behind(found: number, length: number, end: number): number {
  return found < 0 ? end : found + length
}

function isNameStart(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || code === 0x5f || code > 0x7f
}
