import { beginsCdata, beginsComment, isNameStart, standsAt } from './markup-signs.js'
import { NextPlace } from './next-place.js'
import { TagReader } from './tag-reader.js'
import { bareTag, type XmlTag } from './xml-tag.js'

const SLASH = 0x2f
const BANG = 0x21
const QUESTION = 0x3f

/**
 * A cursor over the tags of a text that may or may not be well-formed XML. It moves by `indexOf`, keeps places and makes no tree. Every character is passed over at most a
 * fixed number of times, whatever the text.
 *
 * What an engine does itself (`indexOf`, `slice`, a lookup) is quick from the first call on, a step of ours only after it was compiled. So tags that come again are
 * known by their whole text, and first of all the one that came there before.
 */
export class TagCursor {
  /** Where reading goes on. */
  at = 0
  /** Offset of the tag's `<`. */
  tagStart = 0
  /** The tag last read. */
  tag: XmlTag = bareTag('', false)
  protected readonly tags: TagReader
  private hasDoctype = false
  private readonly instructionEnds: NextPlace

  constructor(readonly text: string) {
    this.tags = new TagReader(text)
    this.instructionEnds = new NextPlace(text, '?>')
  }

  /** Goes to the next tag that begins before `end`; comments, instructions, document types and CDATA on the way are passed over. False when there is none. */
  nextTag(end: number): boolean {
    const { text } = this
    for (let start = text.indexOf('<', this.at); start >= 0 && start < end; start = text.indexOf('<', start)) {
      const { follower } = this.tag
      const known = follower !== undefined && standsAt(text, follower.written, start) ? follower : this.recognise(start)
      if (known !== undefined) {
        this.tag.follower = known
        this.tag = known
        this.tagStart = start
        this.at = start + known.written.length
        return true
      }
      const next = text.charCodeAt(start + 1)
      if (next === SLASH || isNameStart(next)) {
        this.readTag(start, next === SLASH)
        return true
      }
      start = next === BANG || next === QUESTION ? this.skipDeclaration(start, end) : start + 1
    }
    this.at = end
    return false
  }

  /** The tag that begins there, if the same was met before. */
  private recognise(start: number): XmlTag | undefined {
    const ahead = this.text.slice(start + 1, start + LONGEST_KNOWN)
    const close = ahead.indexOf('>')
    return close > 0 ? vocabulary.get(ahead.slice(0, close)) : undefined
  }

  /** Reads a tag that was met nowhere before. */
  private readTag(start: number, isClosing: boolean): void {
    const { text, tags } = this
    const read = isClosing ? tags.closing(start) : tags.opening(start)
    const { end, isUsual } = tags
    this.tagStart = start
    this.at = end
    const isKnowable = isUsual && end - start <= LONGEST_KNOWN && text.indexOf('>', start) === end - 1
    if (read.declaresSpace && isUsual && !isKnowable) this.expect(read, text.slice(start, end))
    this.tag = isKnowable ? learnTag(text.slice(start, end), read) : read
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
}

/** How long a tag is at most, with its `<` and `>`, that is known by its text wherever it stands. */
const LONGEST_KNOWN = 48
const MOST_KNOWN = 2000
/** Tags, of whatever feed, by what stands between `<` and `>`: feeds resemble each other. */
const vocabulary = new Map<string, XmlTag>()

/** Makes a tag known by all that is written. */
function learnTag(written: string, read: XmlTag): XmlTag {
  if (vocabulary.size >= MOST_KNOWN) vocabulary.clear()
  const tag = read.copyKnownBy(written)
  vocabulary.set(tag.written.slice(1, -1), tag)
  return tag
}

/** The largest document type that is looked through for its end. */
const LONGEST_SUBSET = 100_000
/** A tag that does no more than declare namespaces, and how long one is at most. */
const ONLY_DECLARES = /^<[^\s"<>]+(?: xmlns(?::[\w.-]+)?="[^"<>]*")+ ?\/?>$/
const LONGEST_DECLARING = 200
const SUBSET_END = /\]\s{0,100}>/

/** Behind what was found there, so long; the end where nothing was. */
export function behind(found: number, length: number, end: number): number {
  return found < 0 ? end : found + length
}
