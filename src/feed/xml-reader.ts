import { beginsCdata, beginsComment, isNameStart } from './markup-signs.js'
import type { NameSet } from './name-set.js'
import { NextPlace, NextPlaces } from './next-place.js'
import { TagReader } from './tag-reader.js'
import { knownTag, LONGEST_KNOWN, learnTag } from './tag-vocabulary.js'
import { bareTag, LONGEST_NAME, type XmlTag } from './xml-tag.js'

const SPACE = 0x20
const SLASH = 0x2f
const GREATER = 0x3e
const BANG = 0x21
const QUESTION = 0x3f

/**
 * A cursor over the tags of a text that may or may not be well-formed XML. It moves by `indexOf`, keeps places and makes no tree: texts are cut out
 * only when asked for. Every character is passed over at most a fixed number of times, whatever the text.
 *
 * What an engine does itself (`indexOf`, `slice`, a lookup) is quick from the first call on, a step of ours only after it was compiled. So tags that come again are
 * known by their whole text, and first of all the one that came there before.
 */
export class XmlReader {
  /** Where reading goes on. */
  at = 0
  /** Offset of the tag's `<`. */
  tagStart = 0
  /** The tag last read. */
  tag: XmlTag = bareTag('', false)
  /** The content of the element last entered by {@link readContent}. */
  contentStart = 0
  contentEnd = 0
  /** The content is a text: it holds no `<`. */
  isText = false
  /** The content holds tags. */
  hasTags = false
  hasComments = false
  /** The content holds CDATA sections. */
  hasCdata = false
  private readonly tags: TagReader
  private hasDoctype = false
  private goingBack = 0
  private lookingAhead = 0
  private readonly instructionEnds: NextPlace
  private readonly ends: NextPlaces
  private readonly entries: NextPlaces

  constructor(readonly text: string) {
    this.tags = new TagReader(text)
    this.instructionEnds = new NextPlace(text, '?>')
    this.ends = new NextPlaces(text, MOST_PLACES)
    this.entries = new NextPlaces(text, MOST_PLACES)
  }

  /** Goes to the next tag that begins before `end`; comments, instructions, document types and CDATA on the way are passed over. False when there is none. */
  nextTag(end: number): boolean {
    const { text, tag } = this
    const start = text.indexOf('<', this.at)
    if (start < 0 || start >= end) {
      this.at = end
      return false
    }
    const { follower } = tag
    if (follower === undefined || !text.startsWith(follower.written, start)) return this.meet(start, end)
    this.tag = follower
    this.tagStart = start
    this.at = start + follower.written.length
    return true
  }

  /** Reads the tag that begins there, or the first behind it. */
  private meet(from: number, end: number): boolean {
    const { text, tags } = this
    let start = from
    while (start >= 0 && start < end) {
      const next = text.charCodeAt(start + 1)
      if (next === SLASH || isNameStart(next)) {
        this.tagStart = start
        const ahead = text.slice(start + 1, start + LONGEST_KNOWN)
        const close = ahead.indexOf('>')
        const inside = close > 0 ? ahead.slice(0, close) : ''
        const known = knownTag(inside)
        if (known !== undefined) {
          this.tag.follower = known
          this.tag = known
          this.at = start + close + 2
          return true
        }
        const read = next === SLASH ? tags.closing(start) : tags.opening(start)
        this.at = tags.end
        const isKnowable = inside !== '' && tags.isUsual && tags.end === start + close + 2
        if (read.declaresSpace && tags.isUsual && !isKnowable) this.expect(read, text.slice(start, tags.end))
        this.tag = isKnowable ? learnTag(inside, read) : read
        return true
      }
      const behindIt = next === BANG || next === QUESTION ? this.skipDeclaration(start, end) : start + 1
      start = text.indexOf('<', behindIt)
    }
    this.at = end
    return false
  }

  /** Some programs declare the same namespace in every entry: a tag that does no more is known by its place. */
  private expect(read: XmlTag, written: string): void {
    if (written.length < LONGEST_DECLARING && ONLY_DECLARES.test(written)) this.tag.follower = read.copyKnownBy(written)
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

  /**
   * Finds the content of the element whose start tag was last read and goes behind its end tag. An element that is never closed ends where an end tag, or another
   * start tag, of one of `around` stands, else at `end`; a short one (a title, a date) with its first tag, since what follows is not its own.
   */
  readContent(around: NameSet, end: number, isShort = false): void {
    const { text, at } = this
    const { isEmpty, element } = this.tag
    const { endTag } = element
    this.enter()
    if (isEmpty) return
    // Most hold a text, nothing, or one CDATA section.
    const less = text.indexOf('<', at)
    if (less >= 0 && text.startsWith(endTag, less) && less + endTag.length <= end) {
      this.isText = true
      this.contentEnd = less
      this.at = less + endTag.length
    } else if (less < 0 || !this.endsAfterCdata(less, endTag, end)) this.readMixed(around, end, isShort)
  }

  private readMixed(around: NameSet, end: number, isShort: boolean): void {
    if (this.findUsualEnd(around, end) || this.findEnd(around, end) || !isShort) return
    const { text, contentStart } = this
    const tag = text.indexOf('<', contentStart)
    if (tag < 0 || tag >= this.contentEnd) return
    // XHTML stands in a `div` of its own, which is closed even where the element is not; other markup at its beginning is its own, too.
    const name = LEADING_MARKUP.exec(text.slice(contentStart, contentStart + 200))?.[1]
    const close = name === undefined ? -1 : text.indexOf(`</${name}>`, tag)
    const isMarkup = name !== undefined && close >= 0 && close < this.contentEnd
    const next = isMarkup ? text.indexOf('<', close + 1) : tag
    const first = next < 0 ? this.contentEnd : Math.min(next, this.contentEnd)
    // Going back costs time, so a feed may do it for its own length altogether, a short one for more.
    this.goingBack += this.contentEnd - first
    if (this.hasCdata || this.goingBack > text.length + SPARE) return
    this.contentEnd = first
    this.at = first
    this.hasTags = isMarkup
    this.hasComments = false
  }

  /** Takes the element whose start tag was last read for one that holds nothing: what stands in it comes next. */
  enter(): void {
    this.contentStart = this.at
    this.contentEnd = this.at
    this.isText = false
    this.hasTags = false
    this.hasComments = false
    this.hasCdata = false
  }

  /** The element holds one CDATA section, which begins there, and nothing behind it. */
  private endsAfterCdata(less: number, endTag: string, end: number): boolean {
    const { text } = this
    if (text.charCodeAt(less + 1) !== BANG || !beginsCdata(text, less)) return false
    const close = text.indexOf(']]>', less + 9) + 3
    const stop = close + endTag.length
    if (close < less || stop > end || !text.startsWith(endTag, close)) return false
    this.hasCdata = true
    this.contentEnd = close
    this.at = stop
    return true
  }

  /** Finds the end of an element that holds markup and nothing that may be taken for the end of something else. */
  private findUsualEnd(around: NameSet, end: number): boolean {
    const { text, at } = this
    const { name, opening, endTag } = this.tag.element
    const close = name.length > LONGEST_NAME ? -1 : (this.ends.of(endTag)?.from(at) ?? -1)
    if (close < 0 || close >= end) return false
    const content = text.slice(at, close)
    if (around.breaks.test(content) || content.includes(opening) || content.includes(endTag.slice(0, -1))) return false
    this.hasTags = OPENS.test(content)
    this.contentEnd = close
    this.at = close + endTag.length
    return true
  }

  /** Finds where the element ends; false when nothing closes it. */
  private findEnd(around: NameSet, end: number): boolean {
    const { text } = this
    const { name } = this.tag
    this.hasCdata = false
    let depth = 0
    /** The first entry on the way: where the element ends when nothing closes it. */
    let entry = -1
    let from = this.at
    for (;;) {
      const start = text.indexOf('<', from)
      if (start < 0 || start >= end) {
        this.contentEnd = entry < 0 ? end : entry
        this.lookingAhead += end - this.contentEnd
        this.at = this.contentEnd
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
          if (entry < 0) entry = start
          from = isOpening ? this.behindEntry(start, end) : -1
          if (from >= 0) continue
          this.lookingAhead += start - entry
          this.contentEnd = entry
          this.at = entry
          return false
        } else if (isSame && !this.tags.isSelfClosed(start)) depth++
      }
    }
  }

  /**
   * Behind the entry that begins there, where it is closed before another begins: what belongs to an entry may hold entries of its own. -1 when it is not, or when the
   * feed's length has been passed over in vain already.
   */
  private behindEntry(start: number, end: number): number {
    const { text, tags } = this
    if (this.lookingAhead > text.length + SPARE) return -1
    const { name, isEmpty } = tags.opening(start)
    if (isEmpty) return tags.end
    const close = this.entries.of(`</${name}`)?.from(start) ?? -1
    const another = this.entries.of(`<${name}`)?.from(start + 1) ?? -1
    if (close < 0 || close >= end || (another >= 0 && another < close)) return -1
    return behind(text.indexOf('>', close), 1, end)
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
    return code <= SPACE || code === GREATER || code === SLASH || Number.isNaN(code)
  }

  private isOneOf({ initials, names }: NameSet, at: number): boolean {
    if (!initials.has(this.text.charCodeAt(at))) return false
    return names.some(name => this.isTag(name, at))
  }
}

/** Names that are looked for ahead. */
const MOST_PLACES = 60
/** How much may be read twice in a feed of any length. */
const SPARE = 100_000
/** The largest document type that is looked through for its end. */
const LONGEST_SUBSET = 100_000
const LEADING_MARKUP = /^\s*<(div|p|span|b|i|em|strong|code|a)[\s>]/
const OPENS = /<[a-zA-Z_\u0080-\uffff]/
/** A tag that does no more than declare namespaces, and how long one is at most. */
const ONLY_DECLARES = /^<[^\s"<>]+(?: xmlns(?::[\w.-]+)?="[^"<>]*")+ ?\/?>$/
const LONGEST_DECLARING = 200
const SUBSET_END = /\]\s{0,100}>/

function behind(found: number, length: number, end: number): number {
  return found < 0 ? end : found + length
}
