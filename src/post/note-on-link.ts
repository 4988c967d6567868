import { cutText, toPlain } from '../text/plain.js'
import type { Block } from './blocks.js'
import type { Place } from './link-place.js'
import { withoutSessions } from './link-target.js'
import type { LinkPiece, Piece } from './pieces.js'
import type { Row } from './rows.js'
import { isLabel, variantIn, withoutCredit } from './title-text.js'
import { rowText } from './visible-text.js'

/** What a weekly says about a thing is kept up to this many characters. */
const maxNote = 300

/** Rows and pieces of one block that are looked through; a note begins near its link. */
const maxRows = 8
const maxPieces = 40

/** A line that speaks to the readers about the weekly itself, not of anything above it. */
const callToReaders =
  /扫码|二维码|长按|关注(?:我们|公众号|一下)|欢迎(?:关注|订阅|加入|投稿|提交|点赞|转发)|回复公众号|公众号.{0,10}回复|subscribe to|follow us/i

/** The same, where it goes on behind the link itself: "[磨坊](…)，欢迎提交 issue". */
const callBehind = /^.{0,20}(?:欢迎(?:关注|订阅|加入|投稿|提交|点赞|转发)|觉得不错|给个? ?star|please star)/i

/** "（2022 #219）", "（英文）" and "推荐" say nothing of the thing. */
const saysNothing = /^(?:[（(][^()（）]{0,16}[)）]|[^\p{L}]*(?:推荐|自荐|如题|同上|投稿)[^\p{L}]*)$/u

/** No label before a name is longer, in UTF-16 units. */
const maxLabel = 40

/** Somebody's name behind a label; the text that follows is not about them. */
const personLabel = /(?:作者|译者|编辑|投稿|推荐人|author|by)\s?[:：]\s{0,4}$/i

/** Leavings of mistyped markup and the punctuation that leads from a name to what is said of it. */
const leading = /^(?:\]\([^()]{0,200}\))?[\s>:：,，、。;；.)）—–|`*-]{1,20}/

/** The end of a sentence that names a second thing. */
const leadingOn = /\s?另附(?:\s?[:：]\s?|\s)[^。；]{0,100}$/

/**
 * What the weekly says about a thing: the text behind its name in the same paragraph or item, or the next paragraphs when the name stands
 * alone. Absent (empty) when that text is another thing's: a link of its own, a label before an address, a word to the readers.
 */
export function noteOn(link: LinkPiece, { block, row: at, line, piece }: Place, following: readonly Block[]): string {
  if (link.text.trim().startsWith('@')) return ''
  if (at >= maxRows || piece >= maxPieces || !isSubject(line, piece)) return ''
  let last = block.rows[at - 1]
  // a bold line above a plain address is its name
  if (last && piece === 0 && flowsOn(rowText(last), last) && (link.strong || !last.strong)) return ''
  last = line
  let note = textBehind(line.pieces.slice(piece + 1))
  const below = block.rows.slice(at + 1, maxRows)
  for (const next of below.some(({ text }) => callToReaders.test(text)) ? [] : below) {
    const flows = flowsOn(note, last)
    if (beforeLead(note) !== '' || note.length > maxNote || (isApart(next) && !(flows && !next.onlyLinks))) break
    note += ` ${flows ? rowText(next) : textBehind(next.pieces)}`
    last = next
  }
  if ((note.trim().length <= 12 && beforeLead(note) === '') || /^\s?[（(][^()（）]{0,80}[)）]\s{0,4}$/.test(note))
    note += ` ${textBelow(block, note, following)}`
  return tidyNote(note)
}

/** What stands between a heading that names a thing and the address of it: "要点：…", "原文链接：https://…". */
export function noteAbove(blocks: readonly Block[]): string {
  const said = proseIn(blocks.slice(0, maxRows).flatMap(({ rows }) => rows.slice(0, maxRows)))
  return said === undefined ? '' : tidyNote(said.replace(/^\s{0,4}(?:要点|摘要|简介|概要|summary|abstract)\s?[:：]/i, ''))
}

function tidyNote(note: string): string {
  const text = withoutCredit(
    toPlain(withoutSessions(beforeLead(note) || note).slice(0, 2 * maxNote))
      .replace(leading, '')
      .replace(leadingOn, ''),
  )
  // names that stand beside each other, "HTML / CSS", say nothing of each other
  if (saysNothing.test(text) || callBehind.test(text) || /^[/&+]/.test(text)) return ''
  if (!/[\p{L}\p{N}]/u.test(text) || /[:：]$/.test(text) || isLabel(text) || variantIn(text) !== undefined) return ''
  return cutText(text, maxNote)
}

/** A link in the middle of a sentence, or behind another one, is not what the rest of the line is about. */
function isSubject({ pieces }: Row, end: number): boolean {
  let before = ''
  for (const piece of pieces.slice(0, end)) {
    if (piece.type === 'link') return false
    if (piece.type === 'text') before += piece.text
  }
  if (before.length > maxNote || personLabel.test(before.slice(-maxLabel))) return false
  return !/\p{L}{3}/u.test(before) || (before.length <= maxLabel && /[:：]\s{0,4}$/.test(before))
}

/** What leads on to what follows. */
const leadIn = /[:：]\s{0,4}$/

/** A bracket or a quotation that does not end. */
const unclosed = /[（(“「][^（(“「）)”」]*$/

/** The whole sentences before words that lead on to another thing: "……值得一读。项目地址：", "……值得一读。（附：". */
function beforeLead(text: string): string {
  if (!leadIn.test(text)) return ''
  const said = /^.{4,}(?:[。！？][”」』）]?|[a-z)]{3}[.!?]”?(?=\s{1,4}(?:[\p{Lu}\p{Lo}]|$)))/su.exec(text.replace(unclosed, ''))?.[0] ?? ''
  return unclosed.test(said) ? '' : said
}

/**
 * The text from here to the next thing that is named or addressed; a name inside a sentence belongs to the sentence, and the words that lead
 * on to a thing belong to that.
 */
function textBehind(pieces: readonly Piece[]): string {
  let text = ''
  for (const piece of pieces.slice(0, maxPieces)) {
    if (piece.type === 'text') text += piece.text
    else if (piece.type === 'link') {
      if (piece.words.wordless || beforeLead(text) !== '') break
      if (piece.words.title !== undefined && !/[\p{L}\p{N}]/u.test(text)) break
      text += piece.text
    }
  }
  return text
}

/** A line that begins something else: with a link of its own, with a label, or with a word to the readers. */
function isApart({ hasLinks, onlyLinks, pieces, text }: Row): boolean {
  return (
    (hasLinks && (onlyLinks || pieces.find(isShown)?.type === 'link')) ||
    (leadIn.test(text) && beforeLead(textBehind(pieces)) === '') ||
    callToReaders.test(text)
  )
}

function isShown(piece: Piece): boolean {
  return piece.type !== 'text' || piece.text.trim() !== ''
}

/** Whether a line, of which the text is taken, was only broken for its length, in the middle of a sentence, as English is. */
function flowsOn(text: string, { ended }: Row): boolean {
  return !ended && text.length > 40 && /[a-z,]\s{0,4}$/.test(text)
}

/** "2、" begins the next thing. */
const nextNumber = /^\s{0,3}\d{1,3}\s?(?:[、．)）]|\.(?!\d))/

/** The paragraphs below that can only be about the thing above them. */
function textBelow(block: Block, behind: string, following: readonly Block[]): string {
  let text = ''
  for (const next of following) {
    if (block.item ? next.item !== block.item : next.item && behind.trim() !== '') break
    if (next.cell !== block.cell || (block.cell && next.line !== block.line)) break
    const said = proseIn(next.rows.slice(0, maxRows))
    if (text.length > maxNote || said === undefined || nextNumber.test(next.rows[0]?.text ?? '')) break
    text += said
    if (beforeLead(text) !== '') break
  }
  return text
}

/** What lines say of the thing above them, to where they lead on to another; absent when one of them begins something else. */
function proseIn(rows: readonly Row[]): string | undefined {
  let text = ''
  for (const row of rows) {
    const said = proseOf(row)
    if (said === undefined) return undefined
    text += `${said} `
    if (beforeLead(said) !== '') break
  }
  return text
}

/** Less text around links than this is no sentence about what stands above, but the name of another thing. */
const minProse = 20

/** What a line says of the thing above it; absent when it begins something else. Who recommends the thing is left out. */
function proseOf(row: Row): string | undefined {
  const pieces = withoutRecommender(row.pieces)
  const links = pieces.filter(piece => piece.type === 'link')
  const text = textBehind(pieces)
  if (callToReaders.test(row.text) || pieces.find(isShown)?.type === 'link') return undefined
  if (beforeLead(text) !== '') return text
  if (leadIn.test(row.text)) return undefined
  if (links.length === 0) return text
  const linked = links.reduce((length, link) => length + link.text.length, 0)
  const around = text.length - linked
  return links.some(link => link.words.wordless) || around < minProse || around < linked ? undefined : text
}

/** "[@阿木](…)：一篇讲完。" */
function withoutRecommender(pieces: readonly Piece[]): readonly Piece[] {
  const [name, next, ...rest] = pieces.slice(Math.max(0, pieces.findIndex(isShown)))
  if (name?.type !== 'link' || !name.text.startsWith('@') || next?.type !== 'text' || !/^\s?[:：]/.test(next.text)) return pieces
  return [{ ...next, text: next.text.replace(/^\s?[:：]\s?/, '') }, ...rest]
}
