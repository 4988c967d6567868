import { beginsCdata, beginsComment, isNameStart, standsAt } from './markup-signs.js'
import type { NameSet } from './name-set.js'
import { NextPlaces } from './next-place.js'
import { behind, TagCursor } from './tag-cursor.js'
import { LONGEST_NAME } from './xml-tag.js'

const SPACE = 0x20
const SLASH = 0x2f
const GREATER = 0x3e
const BANG = 0x21

/** What the content of an element is made of: a text without any `<`, one CDATA section and nothing else, or whatever. */
export const Form = { text: 0, cdata: 1, mixed: 2 } as const
type ContentForm = (typeof Form)[keyof typeof Form]

/** A cursor that finds what elements hold, and where they end though nothing may close them. Texts are cut out only when asked for. */
export class XmlReader extends TagCursor {
  /** The content of the element last entered by {@link readContent}. */
  contentStart = 0
  contentEnd = 0
  form: ContentForm = Form.text
  /** The content holds tags. */
  hasTags = false
  hasComments = false
  /** The content holds CDATA sections. */
  hasCdata = false
  private goingBack = 0
  private lookingAhead = 0
  private readonly ends = new NextPlaces(this.text, MOST_PLACES)
  private readonly entries = new NextPlaces(this.text, MOST_PLACES)

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
    if (less >= 0 && standsAt(text, endTag, less) && less + endTag.length <= end) {
      this.contentEnd = less
      this.at = less + endTag.length
    } else if (less < 0 || !this.endsAfterCdata(less, endTag, end)) {
      this.form = Form.mixed
      this.readMixed(around, end, isShort)
    }
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
    this.form = Form.text
    this.hasTags = false
    this.hasComments = false
    this.hasCdata = false
  }

  /** What the element last entered says ends where all ends, or with a tag that does. */
  get isCutOff(): boolean {
    const { text, at, contentStart, contentEnd } = this
    return at === contentEnd && !text.includes('>', contentStart < at ? at : at - 1)
  }

  /** The element holds one CDATA section, which begins there, and nothing behind it. */
  private endsAfterCdata(less: number, endTag: string, end: number): boolean {
    const { text } = this
    if (text.charCodeAt(less + 1) !== BANG || !beginsCdata(text, less)) return false
    const close = text.indexOf(']]>', less + 9) + 3
    const stop = close + endTag.length
    if (close < less || stop > end || !standsAt(text, endTag, close)) return false
    this.hasCdata = true
    this.form = less === this.contentStart ? Form.cdata : Form.mixed
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
        } else if (around.names.some(one => this.isTag(one, at))) {
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
}

/** Names that are looked for ahead. */
const MOST_PLACES = 60
/** How much may be read twice in a feed of any length. */
const SPARE = 100_000
const LEADING_MARKUP = /^\s*<(div|p|span|b|i|em|strong|code|a)[\s>]/
const OPENS = /<[a-zA-Z_\u0080-\uffff]/
