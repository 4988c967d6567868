import { foldChinese } from '../text/fold-chinese.js'
import type { Block } from './blocks.js'
import { isSentence, maxLine, type Place, type Surroundings, textOf, textUpTo } from './link-place.js'
import type { LinkPiece, Piece } from './pieces.js'
import type { Row } from './rows.js'
import { isSectionName } from './section-roles.js'
import { isCircumstance, isLabel, isPerson, titleIn, withoutForm, withoutLabelBrackets, withoutMarks } from './title-text.js'
import { headingTitle, leadTitle, lineTitle, reach, titleAbove } from './titles-above.js'
import { visibleText } from './visible-text.js'

/** The links of a block in their order, each with its place and what the post calls the linked thing, if it gives a name. */
export function titledLinks(
  around: Surroundings,
  at: number,
  block: Block,
): { link: LinkPiece; place: Place; title: string | undefined }[] {
  return block.rows.flatMap((line, row) =>
    line.pieces.flatMap((link, piece) => {
      if (link.type !== 'link') return []
      const place = { around, at, block, row, line, piece }
      return [{ link, place, title: titleOf(link, place) }]
    }),
  )
}

function titleOf(link: LinkPiece, place: Place): string | undefined {
  const { form, title } = link.words
  if (form !== undefined) {
    const base = namedBefore(place) ?? alsoBefore(place) ?? headingTitle(place, form)
    return base === undefined ? undefined : `${withoutForm(base)}（${form}）`
  }
  if (title !== undefined) return title
  if (isPerson(link.text)) return undefined
  const hint = link.hint === undefined ? undefined : titleIn(link.hint)
  return (
    hint ??
    textBefore(link, place) ??
    cellTitle(place) ??
    titleAbove(link, place) ??
    pointedAt(link, place) ??
    altTitle(link) ??
    letter.exec(link.text)?.[0]
  )
}

/** A name so short that any other goes before it. */
const letter = /^[A-Z]$/

/** What the column with the names of things is called in a table. */
const nameColumn = /标题|题目|名称|文章|项目|主题|^(?:title|name|article|project|topic|post|what)s?$/i

/** No more cells of a row are looked through. */
const maxCells = 30

/** In a table: the cell of the row in the column for names, else the first before the link that can be one, also as a link itself. */
function cellTitle({ around: { blocks }, at, block }: Place): string | undefined {
  if (!block.cell) return undefined
  let first = at
  while (first > at - maxCells && blocks[first - 1]?.cell && blocks[first - 1]?.line === block.line) first--
  const named = (block.columns ?? []).slice(0, maxCells).findIndex(cell => nameColumn.test(foldChinese(visibleText(cell).trim())))
  const places = [...(named < 0 ? [] : [first + named]), ...Array.from({ length: at - first }, (_, index) => first + index)]
  for (const place of places) {
    const cell = blocks[place]
    if (!cell?.cell || cell.line !== block.line) continue
    const text = visibleText(cell)
    if (cell.rows.some(row => row.command === 'whole' || (row.hasLinks && !(row.named && /\p{L}/u.test(text))))) continue
    const title = titleIn(withoutMarks(text))
    if (title !== undefined) return title
  }
  return undefined
}

/**
 * "……介绍。[查看原文](…)": a word like "link" at the end of a description leads to what the description is of: the bold line above it, or the
 * heading when this is the one link below it.
 */
function pointedAt(link: LinkPiece, place: Place): string | undefined {
  if (place.around.answers || link.words.wordless) return undefined
  const behind = place.line.pieces.slice(place.piece + 1, place.piece + 1 + maxBehind)
  if (
    behind.some(piece => (piece.type === 'text' && /[\p{L}\p{N}]/u.test(piece.text)) || (piece.type === 'link' && isBehindSentence(piece)))
  )
    return undefined
  const above =
    place.row > 0
      ? place.block.rows.slice(Math.max(0, place.row - reach), place.row).findLast(row => row.strong)
      : lonelyRow(place.around.blocks[place.at - 1], place.block)
  const title = above?.strong ? lineTitle(above, false) : undefined
  if (title !== undefined && !isSectionName(title)) return title
  return place.around.unnamed === 1 ? headingTitle(place) : undefined
}

/** So many pieces of a line may stand behind such a word. */
const maxBehind = 8

/** Another thing that stands behind, with a name of more than a word. */
function isBehindSentence(link: LinkPiece): boolean {
  return link.words.title !== undefined && link.words.title.length > 8
}

/** The one line of a paragraph that stands beside this one. */
function lonelyRow(block: Block | undefined, own: Block): Row | undefined {
  return block?.rows.length === 1 && block.item === own.item && block.quoted === own.quoted ? block.rows[0] : undefined
}

/** "标题 https://…", "[标题]（https://…）", "[https://…](标题)". */
function textBefore(link: LinkPiece, place: Place): string | undefined {
  const { block, line, piece } = place
  const { pieces } = line
  const swapped = link.bare ? /^\]\(([^()[\]]{2,120})\)/.exec(textOf(pieces[piece + 1]))?.[1] : undefined
  if (swapped !== undefined) return titleIn(swapped)
  const text = textUpTo(pieces, piece)
  const bracketed = link.words.wordless ? /\[([^[\]]{2,120})\]\s?[[(（:：]\s?$/.exec(text)?.[1] : undefined
  if (bracketed !== undefined) return titleIn(bracketed)
  const listed = block.item !== undefined || block.cited || /^\s{0,8}\d{1,3}\s?[.、)）]/.test(text)
  // a word like "link" takes the text before it for its title in lists only; elsewhere it is a part of the sentence
  if (place.around.answers || (!link.words.wordless && !listed)) return undefined
  const lead = line.named ? undefined : leadTitle(line)
  if (lead !== undefined) return lead
  const also = alsoNamed.exec(text.slice(-maxLine))?.[1]
  if (also !== undefined) return titleIn(also)
  if (listed ? line.command === 'whole' : line.command) return undefined
  if (text.length > maxLine || isCircumstance(text) || restLength(pieces, piece + 1) > (listed ? 200 : 2)) return undefined
  const title = text.replace(leading, (end, word: string) => (titleIn(word) === undefined ? '' : end))
  const told = listed ? title : text
  const isNamed = block.cited ? !endsInColon(told) : listed && !isShort(told) && standsAmongNames(place)
  if ((isLabel(told) || isSentence(told)) && !isNamed) return undefined
  return titleIn(withoutLabelBrackets(withoutMarks(title.replace(credit, ''))))
}

/** "标题，见 https://…", "标题（链接：https://…）": what may be a word that leads to the address. */
const leading = /[，,；;（(]([^，,；;（(]{1,12})$/

/** "（作者：小河）" before an address says whose the thing is. */
const credit = /[(（]\s?(?:作者|译者|投稿|来自|推荐人|by|via|from)\s?[:：]?\s?[^()（）]{1,30}[)）]\s?[(（]?\s{0,4}$/i

/** "……。另附：标题 https://…": the end of a sentence names a second thing. */
const alsoNamed =
  /(?:^|[\s。，；！？,.;!?）)])(?:另附(?:相关(?:话题|文章))?|附上?|另见|参见|推荐阅读|延伸阅读|相关阅读|扩展阅读|see also)(?:\s?[:：]\s?|\s)([^。；;\n]{4,100})$/i

/** The same, of a thing in several parts: "另附：标题 [上](…) [下](…)". */
function alsoBefore(place: Place): string | undefined {
  const { pieces } = place.line
  let first = place.piece
  for (let at = first - 1; at >= Math.max(0, place.piece - 20); at--) {
    const piece = pieces[at]
    if (piece?.type === 'link' && piece.words.form !== undefined) first = at
    else if (piece?.type !== 'text' || piece.text.trim() !== '') break
  }
  const named = alsoNamed.exec(textUpTo(pieces, first).trimEnd().slice(-maxLine))?.[1]
  return named === undefined ? undefined : titleIn(named)
}

/** How much text stands behind; a line that goes on for many pieces is one of many things. */
function restLength(pieces: readonly Piece[], start: number): number {
  if (pieces.length - start > maxRest) return Number.POSITIVE_INFINITY
  let length = 0
  for (let at = start; at < pieces.length && length <= 200; at++) length += textOf(pieces[at]).trim().length
  return length
}

/** No more pieces than that stand behind an address whose title stands before it. */
const maxRest = 100

/** "代码：", "会议链接：" are labels in any list. */
function isShort(text: string): boolean {
  const { length } = text.trim()
  return length < 7 || (length < 12 && endsInColon(text))
}

function endsInColon(text: string): boolean {
  return /[:：]$/.test(text.trimEnd())
}

/** How far around an item of a list others of the list are looked at, in blocks, or in lines where the author numbered lines. */
const nearby = 6

/**
 * Whether the list is one of titles, each with its address behind it: then also a text that ends like a label ("2024 年度报告 https://…") or like a sentence is
 * a title.
 */
function standsAmongNames({ around: { blocks }, at, block, row, line, piece }: Place): boolean {
  const isLabelled = endsInColon(textUpTo(line.pieces, piece))
  const own = block.item
  const beside = own
    ? blocks
        .slice(Math.max(0, at - nearby), at + nearby + 1)
        .flatMap(({ item, rows }) => (item && item !== own && item.parent === own.parent ? rows.slice(0, 1) : []))
    : block.rows.slice(Math.max(0, row - nearby), row + nearby + 1).filter(other => other !== line)
  let names = 0
  let labels = 0
  for (const { pieces } of beside) {
    const link = pieces.findIndex(piece => piece.type === 'link')
    const first = pieces[link]
    if (first?.type !== 'link' || !first.words.wordless) continue
    const text = textUpTo(pieces, link)
    // "标题 https://…" is no neighbour of "标签：https://…"
    if (endsInColon(text) !== isLabelled) continue
    if (!isLabel(text)) names++
    else if (isShort(text)) labels++
  }
  return names > 1 && names > labels
}

/** The nearest link before it in the same line that has a name. */
function namedBefore(place: Place): string | undefined {
  for (let at = place.piece - 1; at >= Math.max(0, place.piece - 20); at--) {
    const piece = place.line.pieces[at]
    if (piece?.type === 'link' && piece.words.title !== undefined) return piece.words.title
  }
  return undefined
}

/** The description of a picture, when it is one: no file name and no single word. */
function altTitle(link: LinkPiece): string | undefined {
  const alt = link.alt ?? ''
  return link.text.trim() === '' && alt.length >= 8 && !/\.(?:png|jpe?g|gif|webp|svg)$/i.test(alt) && !isLabel(alt)
    ? titleIn(alt)
    : undefined
}
