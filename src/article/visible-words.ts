import { type AnyNode, type Element, isTag, isText, type ParentNode } from 'domhandler'
import { parseDate } from '../text/date.js'
import { toPlain } from '../text/plain.js'
import { pushReversed } from '../text/walk-elements.js'
import { wordSet } from '../text/word-set.js'
import { isOfPage } from './microdata.js'
import { isApart } from './page-parts.js'

/** What a page shows beside the text of its article; empty lists where it shows none. */
export interface VisibleWords {
  /** Texts of `h1` elements, those in an article first. */
  readonly headings: readonly string[]
  /** Names of authors, as marked by `rel="author"`, microformats or the usual classes, without what introduces them. */
  readonly names: readonly string[]
  /** Values of `time` elements: first those marked as the date of publishing, then those in an article, then others. */
  readonly times: readonly string[]
  /** Dates in elements of the usual classes (`post-date`), without what introduces them. */
  readonly dates: readonly string[]
}

/** So many of each kind are kept, and so many elements of each kind looked at. */
const most = 20
const mostSeen = 200
const mostNodes = 100
/** More names than this are those of a list of articles. */
const mostNames = 4
const nameClasses =
  /^(?:(?:p-|h-)?author(?:-?name)?|(?:post|entry|article|meta|blog|byline)[-_]{1,2}(?:author|author-name|name)|(?:[a-z]{1,12}[-_]{1,2})?byline(?:-?name)?|by-?author|author-link|creator)$/i
const dateClasses =
  /^(?:date|time|pubdate|pub-?(?:time|date)|publish(?:ed)?(?:-?(?:on|time|date|at))?|(?:post|entry|article|blog|news|meta)[-_]{1,2}(?:date|time|published|pubdate|publish-time)|post(?:ed)?-(?:on|at)|create-?time)$/i
/** What all of these classes have in common; most elements end here. */
const telling = /auth|byl|date|time|pub|post|created/i
/** What stands before a name, and what makes a text none. */
const introduction =
  /^(?:(?:written|posted|published|words|text|story|reported)\s)?(?:by|von|par|por|di|作者|文|撰文|编辑|原创|博主)(?:\s*[:：/|]\s*|\s+)/i
const noName =
  /[\d@#|:：/\\<>!?！？。，；;()（）[\]]|https?|\b(?:by|follow|read|more|view|posts?|articles?|about|share|updated|published|min|ago|author|staff writer)\b|^(?:作者|关注|更多|查看)/i
/** A date at the beginning of a line, or behind the word that it was published then. */
const dateInLine =
  /^(?:发布于|发表于|发布时间|发布日期|时间|日期|于|posted(?: on)?|published(?: on)?|date)?[\s:：]{0,3}(\d{4}[-/.年]\s?\d{1,2}.{0,40}|[a-z]{3,9}\.? \d{1,2},? \d{4}.{0,30}|\d{1,2} [a-z]{3,9}\.? \d{4}.{0,30})$/i

/** Gathers {@link VisibleWords}; shown each element of a page in its order. */
export class VisibleReader {
  readonly #headings: [string[], string[]] = [[], []]
  readonly #names: [Name[], Name[]] = [[], []]
  readonly #times: readonly string[][] = [[], [], []]
  readonly #dates: string[] = []
  #seen = 0

  look(element: Element): void {
    const { name, attribs } = element
    if (/^(?:author|date)/.test(attribs['itemprop'] ?? '') && !isOfPage(element)) return
    if (name === 'h1') this.#lookAtHeading(element)
    else if (name === 'time') this.#lookAtTime(element)
    if (/(?:^|\s)author(?:\s|$)/.test(attribs['rel'] ?? '') || attribs['itemprop'] === 'author') this.#lookAtName(element, 0)
    const classes = attribs['class']?.slice(0, 300)
    if (classes === undefined || !telling.test(classes)) return
    const words = classes.split(/\s+/)
    if (words.some(word => nameClasses.test(word))) this.#lookAtName(element, 1)
    else if (name !== 'time' && words.some(word => dateClasses.test(word))) this.#lookAtDate(element)
  }

  words(): VisibleWords {
    return {
      headings: this.#headings.flat(),
      names: this.#names.map(namesOf).find(list => list.length > 0) ?? [],
      times: this.#times.flat(),
      dates: this.#dates,
    }
  }

  #lookAtHeading(element: Element): void {
    const place = this.#placeOf(element)
    const text = place === undefined ? '' : shortText(element, 500).replace(/\s?[¶#§]$/, '')
    if (place !== undefined && text !== '') keep(this.#headings[place], text)
  }

  #lookAtName(element: Element, rank: 0 | 1): void {
    if (this.#placeOf(element) === undefined) return
    const name = shortText(element, 200).replace(introduction, '')
    const names = this.#names[rank]
    const isName = name.length > 1 && name.length <= 60 && !noName.test(name) && name.split(' ').length <= 6
    if (isName && names.length < most && !names.some(({ text }) => text === name))
      names.push({ text: name, home: element.parent?.parent ?? null })
  }

  #lookAtTime(element: Element): void {
    const { attribs } = element
    const text = attribs['datetime'] ?? shortText(element, 100)
    const classes = attribs['class'] ?? ''
    const isMarked =
      attribs['itemprop'] === 'datePublished' ||
      attribs['pubdate'] !== undefined ||
      /(?:^|\s)(?:dt-published|entry-date|published)(?:\s|$)/.test(classes)
    const place = isMarked ? 0 : this.#placeOf(element)
    if (place === undefined) return
    if (!isMarked && (isInText(element) || /(?:^|\s)(?:dt-)?(?:updated|modified)(?:\s|$)/.test(classes))) return
    keep(this.#times[isMarked ? 0 : place + 1] ?? [], text)
  }

  #lookAtDate(element: Element): void {
    if (this.#placeOf(element) === undefined) return
    const written = element.name === 'abbr' ? (element.attribs['title'] ?? '').slice(0, 120) : shortText(element, 120)
    const date = dateInLine.exec(written)?.[1]?.replace(/\s{0,3}(?:发布|发表|[・·|].*)$/, '')
    if (date !== undefined && parseDate(date) !== undefined) keep(this.#dates, date)
  }

  /** 0 in an article, 1 elsewhere; nothing in navigation, comments and the like. */
  #placeOf(element: Element): 0 | 1 | undefined {
    if (this.#seen++ >= mostSeen) return undefined
    let place: 0 | 1 = 1
    for (let at: ParentNode | null = element.parent; at !== null && isTag(at); at = at.parent) {
      if (isApart(at) || at.name === 'blockquote') return undefined
      if (at.name === 'article' || at.name === 'main') place = 0
    }
    return place
  }
}

/** A line beside the text is short, and no sentence. */
const longestLine = 120
const sentence = /[。！？]|\w{3}[.!?]$/

/** What a line begins with that says who wrote the article and when, in the languages that write so. */
const openings = wordSet(
  'published posted updated written modified edited filed author by von veröffentlicht publié par publicado por pubblicato di опубликовано автор',
)
/** Other words in small letters before a date that is the article's. */
const bylineWords = wordSet('on at in and from last date time min minutes read reading days ago views comments am pm den le la el de')
const bylineClasses = /meta|info|byl|auth|date|pub/i

/** Whether an element stands in the running text: what is told there is not the article's. */
function isInText(element: Element): boolean {
  const { parent } = element
  let block: ParentNode | null = parent
  while (block !== null && isTag(block) && !/^(?:p|li|td|dd|blockquote|div)$/.test(block.name)) block = block.parent
  if (block === null || !isTag(block) || block.name === 'div') return false
  const line = shortText(block, longestLine)
  if (line === '' || (line.length > 40 && sentence.test(line)) || /。/.test(line)) return true
  if (parent === null || bylineClasses.test(block.attribs['class'] ?? '')) return false
  const [before = '', after = ''] = parent.children
    .map(child => (child === element ? '\n' : isText(child) ? child.data.replaceAll('\n', ' ') : ' '))
    .join('')
    .split('\n')
  // What stands behind a date in a sentence or behind a colon tells what happened then.
  const said = sentence.test(line) || /^\s*[:：]/.test(after) ? `${before} ${after}` : (before.split(/[·•|]/).at(-1) ?? '')
  const words = said.match(/[\p{L}\p{N}@]+/gu) ?? []
  return (
    !openings.has(words[0]?.toLowerCase() ?? '') &&
    words.some(word => /^\p{Ll}{2}/u.test(word) && !openings.has(word) && !bylineWords.has(word))
  )
}

/** A name, and the element two above it, in which the other authors of the same article stand. */
interface Name {
  text: string
  home: ParentNode | null
}

/** The first name and those beside it, not those of other posts; a name with a title behind it is the name once more. */
function namesOf(names: readonly Name[]): readonly string[] {
  if (names.length > mostNames) return []
  const shortest = names.filter(one => !names.some(other => one.text.startsWith(`${other.text} `)))
  return shortest.filter(({ home }) => home === shortest[0]?.home).map(({ text }) => text)
}

function keep(list: string[], text: string): void {
  if (list.length < most && !list.includes(text)) list.push(text)
}

const unread = /^(?:script|style|svg|template|button|noscript)$/
const breaking = /^(?:br|div|p|li|td|tr|h\d|section|time)$/

/** The text of an element; nothing where it is too long to be a name or a date. */
function shortText(element: Element, max: number): string {
  const steps: AnyNode[] = [...element.children].reverse()
  let text = ''
  for (let seen = 0; seen < mostNodes && text.length <= max; seen++) {
    const node = steps.pop()
    if (node === undefined) break
    if (isText(node)) text = toPlain(`${text}${node.data}`.slice(0, 2 * max + 1)) + (/\s$/.test(node.data) ? ' ' : '')
    else if (isTag(node) && !unread.test(node.name)) {
      if (breaking.test(node.name)) text += ' '
      pushReversed<AnyNode>(steps, node.children)
    }
  }
  const plain = toPlain(text)
  return plain.length > max || steps.length > 0 ? '' : plain
}
