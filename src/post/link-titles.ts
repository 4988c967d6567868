import type { Block } from './blocks.js'
import { foldChinese } from './fold-chinese.js'
import type { LinkPiece, Piece } from './pieces.js'
import type { Row } from './rows.js'
import { isSectionName } from './section-roles.js'
import { cleanTitle, isCircumstance, isLabel, titleIn, withoutForm, withoutLabelBrackets, withoutMarks } from './title-text.js'

/** How far above its address the title of a thing is looked for, in lines and in blocks: a description and a picture may stand between. */
const reach = 6

/** How many lines that are only addresses may stand below their title. */
const maxAddresses = 30

/** No line longer than this is a title, in UTF-16 units. */
const maxLine = 120

/** The part of the post that a link stands in. */
export interface Surroundings {
  /** The blocks of the section, without its heading. */
  blocks: readonly Block[]
  heading?: Block
  /** In questions and answers nobody writes a title above an address. */
  answers: boolean
  /** How many links of the section have no name of their own. */
  unnamed: number
  /** The first block with a link that has a name of its own; infinite when there is none. */
  firstNamed: number
}

/** A place in a section: which block, which line of it, which piece of that. */
interface Place {
  around: Surroundings
  block: number
  rows: readonly Row[]
  row: number
  piece: number
}

/** The links of a block in their order, each with what the post calls the linked thing; absent where it gives no name. */
export function titledLinks(around: Surroundings, block: number): { link: LinkPiece; title?: string; row: number }[] {
  const rows = around.blocks[block]?.rows ?? []
  const found: { link: LinkPiece; title?: string; row: number }[] = []
  rows.forEach(({ pieces }, row) => {
    pieces.forEach((link, piece) => {
      if (link.type !== 'link') return
      const title = titleOf(link, { around, block, rows, row, piece })
      found.push({ link, row, ...(title === undefined ? {} : { title }) })
    })
  })
  return found
}

function titleOf(link: LinkPiece, place: Place): string | undefined {
  const { form, title } = link.words
  if (form !== undefined) {
    const base = namedBefore(place) ?? alsoBefore(place) ?? headingTitle(place, form)
    return base === undefined ? undefined : `${withoutForm(base)}（${form}）`
  }
  if (title !== undefined) return title
  const hint = link.hint === undefined ? undefined : titleIn(link.hint)
  return hint ?? textBefore(link, place) ?? cellTitle(place) ?? titleAbove(link, place) ?? pointedAt(link, place) ?? altTitle(link)
}

/** What the column with the names of things is called in a table. */
const nameColumn = /标题|题目|名称|文章|项目|主题|^(?:title|name|article|project|topic|post|what)s?$/i

/** No more cells of a row are looked through. */
const maxCells = 30

/** In a table: the cell of the row in the column for names, else the first before the link that can be one. */
function cellTitle({ around: { blocks }, block }: Place): string | undefined {
  const own = blocks[block]
  if (!own?.cell) return undefined
  let first = block
  while (first > block - maxCells && blocks[first - 1]?.cell && blocks[first - 1]?.line === own.line) first--
  const named = (own.columns ?? []).slice(0, maxCells).findIndex(cell => nameColumn.test(foldChinese(visibleText(cell).trim())))
  const places = [...(named < 0 ? [] : [first + named]), ...Array.from({ length: block - first }, (_, index) => first + index)]
  for (const place of places) {
    const cell = blocks[place]
    if (!cell?.cell || cell.line !== own.line || cell.rows.some(row => row.hasLinks)) continue
    const title = titleIn(withoutMarks(visibleText(cell)))
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
  const behind = rowOf(place)?.pieces.slice(place.piece + 1, place.piece + 1 + maxBehind) ?? []
  if (
    behind.some(piece => (piece.type === 'text' && /[\p{L}\p{N}]/u.test(piece.text)) || (piece.type === 'link' && isBehindSentence(piece)))
  )
    return undefined
  const above =
    place.row > 0
      ? place.rows.slice(Math.max(0, place.row - reach), place.row).findLast(row => row.strong)
      : lonelyRow(place.around.blocks[place.block - 1], place)
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
function lonelyRow(block: Block | undefined, place: Place): Row | undefined {
  const own = place.around.blocks[place.block]
  return block?.rows.length === 1 && block.item === own?.item && block.quoted === own?.quoted ? block.rows[0] : undefined
}

/** "标题 https://…", "[标题]（https://…）", "[https://…](标题)". */
function textBefore(link: LinkPiece, place: Place): string | undefined {
  const pieces = rowOf(place)?.pieces ?? []
  const swapped = link.bare ? /^\]\(([^()[\]]{2,120})\)/.exec(textOf(pieces[place.piece + 1]))?.[1] : undefined
  if (swapped !== undefined) return titleIn(swapped)
  const text = textUpTo(pieces, place.piece)
  const bracketed = link.words.wordless ? /\[([^[\]]{2,120})\]\s?[[(（:：]\s?$/.exec(text)?.[1] : undefined
  if (bracketed !== undefined) return titleIn(bracketed)
  const listed = place.around.blocks[place.block]?.item !== undefined || /^\s{0,8}\d{1,3}\s?[.、)）]/.test(text)
  // a word like "link" takes the text before it for its title in lists only; elsewhere it is a part of the sentence
  if (place.around.answers || (!link.words.wordless && !listed)) return undefined
  const row = rowOf(place)
  const lead = row?.named ? undefined : leadTitle(row)
  if (lead !== undefined) return lead
  const also = alsoNamed.exec(text.slice(-maxLine))?.[1]
  if (also !== undefined) return titleIn(also)
  if (text.length > maxLine || isCircumstance(text) || restLength(pieces, place.piece + 1) > (listed ? 200 : 2)) return undefined
  if ((isLabel(text) || isSentence(text)) && (!listed || isShort(text) || !standsAmongNames(place))) return undefined
  return titleIn(withoutLabelBrackets(withoutMarks(text.replace(credit, ''))))
}

/** "（作者：小河）" before an address says whose the thing is. */
const credit = /[(（]\s?(?:作者|译者|投稿|来自|推荐人|by|via|from)\s?[:：]?\s?[^()（）]{1,30}[)）]\s?[(（]?\s{0,4}$/i

/** "……。另附：标题 https://…": the end of a sentence names a second thing. */
const alsoNamed =
  /(?:^|[\s。，；！？,.;!?）)])(?:另附(?:相关(?:话题|文章))?|附上?|另见|参见|推荐阅读|延伸阅读|相关阅读|扩展阅读|see also)(?:\s?[:：]\s?|\s)([^。；;\n]{4,100})$/i

/** The same, of a thing in several parts: "另附：标题 [上](…) [下](…)". */
function alsoBefore(place: Place): string | undefined {
  const pieces = rowOf(place)?.pieces ?? []
  let first = place.piece
  for (let at = first - 1; at >= Math.max(0, place.piece - 20); at--) {
    const piece = pieces[at]
    if (piece?.type === 'link' && piece.words.form !== undefined) first = at
    else if (piece?.type !== 'text' || piece.text.trim() !== '') break
  }
  const named = alsoNamed.exec(textUpTo(pieces, first).trimEnd().slice(-maxLine))?.[1]
  return named === undefined ? undefined : titleIn(named)
}

function rowOf(place: Place): Row | undefined {
  return place.rows[place.row]
}

function textOf(piece: Piece | undefined): string {
  return piece?.type === 'text' ? piece.text : ''
}

/** The text between a link and the one before it; several addresses may share the text before the first. */
function textUpTo(pieces: readonly Piece[], end: number): string {
  let text = ''
  for (let at = end - 1; at >= Math.max(0, end - 20) && text.length <= maxLine; at--) {
    const piece = pieces[at]
    if (piece?.type === 'text') text = piece.text + text
    else if (piece?.type === 'link' && !(piece.words.wordless && isLabel(text))) break
  }
  return text
}

function restLength(pieces: readonly Piece[], start: number): number {
  let length = 0
  for (let at = start; at < pieces.length && length <= 200; at++) length += textOf(pieces[at]).trim().length
  return length
}

/** A text that ends a sentence before its end is prose, and what ends with one is no title of an address behind it. */
function isSentence(text: string): boolean {
  return /[。；]|[.!?！？]\s{1,4}[^\s<(（[]/.test(text.replace(/^\s{0,8}\d{1,3}\s?\.\s/, ''))
}

/** "代码：", "会议链接：" are labels in any list. */
function isShort(text: string): boolean {
  const { length } = text.trim()
  return length < 7 || (length < 12 && /[:：]\s{0,4}$/.test(text))
}

/** How far around an item of a list others of the list are looked at, in blocks, or in lines where the author numbered lines. */
const nearby = 6

/**
 * Whether the list is one of titles, each with its address behind it: then also a text that ends like a label ("2024 年度报告 https://…") or like a sentence is
 * a title.
 */
function standsAmongNames({ around: { blocks }, block, rows, row }: Place): boolean {
  const own = blocks[block]?.item
  const beside = own
    ? blocks
        .slice(Math.max(0, block - nearby), block + nearby + 1)
        .flatMap(({ item, rows }) => (item && item !== own && item.parent === own.parent ? rows.slice(0, 1) : []))
    : rows.slice(Math.max(0, row - nearby), row + nearby + 1).filter(other => other !== rows[row])
  let names = 0
  let labels = 0
  for (const { pieces } of beside) {
    const link = pieces.findIndex(piece => piece.type === 'link')
    const first = pieces[link]
    if (first?.type !== 'link' || !first.words.wordless) continue
    const text = textUpTo(pieces, link)
    if (!isLabel(text)) names++
    else if (isShort(text)) labels++
  }
  return names > 1 && names > labels
}

/** Lines and blocks above: the bold line, the line right above, the paragraph above a picture, the heading. */
function titleAbove(link: LinkPiece, place: Place): string | undefined {
  const row = rowOf(place)
  if (!row || place.around.answers) return undefined
  if (!row.onlyLinks) return link.bare && textUpTo(row.pieces, place.piece).trim() === '' ? boldAbove(place, place.row) : undefined
  // below a label ("链接：") stands no plain title, only a bold one: the line above is a description
  let near = row.blank
  for (let at = place.row - 1; at >= 0; at--) {
    const line = place.rows[at]
    // addresses of one thing may be many
    if (!line || at < place.row - (near ? maxAddresses : reach)) return undefined
    const title = lineTitle(line, near)
    if (title !== undefined) return boldAbove(place, at) ?? title
    if (line.named) return undefined
    near &&= line.onlyLinks
  }
  for (let at = place.block - 1; at >= Math.max(0, place.block - reach); at--) {
    const block = place.around.blocks[at]
    const first = block?.rows[0]
    if (!first || (block.quoted && !place.around.blocks[place.block]?.quoted)) continue
    const own = isAround(block, place.around.blocks[place.block])
    if (own === 'apart') break
    if (block.named) return undefined
    // a block of several lines is prose; its first line may be a bold title
    const title = lineTitle(first, (own === 'around' || (near && own === 'same')) && block.rows.length === 1)
    if (title !== undefined) return title
    near &&= first.onlyLinks && block.rows.length === 1
  }
  return headingTitle(place)
}

/** The bold line right above a plain one, which is then what describes the thing: "**标题**", "说明", "https://…". */
function boldAbove(place: Place, row: number): string | undefined {
  const above = place.rows[row]?.strong ? undefined : place.rows[row - 1]
  return above?.strong ? lineTitle(above, true) : undefined
}

/**
 * Whether a block above can speak of one below it: in the same item of a list it can, and in the item around it even over a label; before
 * the list, only bold text does; in another item or another row of a table it cannot.
 */
function isAround(above: Block, below: Block | undefined): 'same' | 'around' | 'before' | 'apart' {
  if (!below || above.cell !== below.cell || (above.cell && above.line !== below.line)) return 'apart'
  if (!below.item) return 'same'
  if (below.item === above.item) return 'same'
  for (let item = below.item.parent; item; item = item.parent) if (item === above.item) return 'around'
  return above.item ? 'apart' : 'before'
}

/** Bold text that begins a line and names what the rest of it is about. */
function leadTitle(line: Row | undefined): string | undefined {
  const lead = line?.lead
  return lead === undefined ||
    lead.length < 4 ||
    /^[[【「（(][^[\]【】]{1,12}[\]】」）)]$/.test(lead) ||
    lead.length > maxLine ||
    isLabel(lead)
    ? undefined
    : titleIn(withoutMarks(lead))
}

function lineTitle(line: Row, near: boolean): string | undefined {
  const lead = near && !line.hasLinks ? leadTitle(line) : undefined
  if (lead !== undefined) return lead
  if (line.hasLinks || line.text.length > maxLine) return undefined
  if (isLabel(line.text) && (!line.strong || line.text.trim().length < 8 || isSectionName(line.text))) return undefined
  if (line.strong ? /[:：]\s{0,4}$/.test(line.text) : !near || isSentence(line.text) || /[，、,:：]\s{0,4}$/.test(line.text))
    return undefined
  return titleIn(withoutMarks(line.text))
}

/**
 * The heading as a name: only when it is no section's name, no other thing of the section has one of its own, and it is not shared by
 * many. A heading that is a link names that link; of it there can only be other forms ("中文版").
 */
function headingTitle(place: Place, form?: string): string | undefined {
  const heading = place.around.heading
  if (!heading) return undefined
  const linked = heading.rows.some(row => row.hasLinks)
  const text = withoutMarks(visibleText(heading))
  const title = cleanTitle(text)
  const numbered = /^\s*\d/.test(text)
  if (titleIn(title) === undefined || (linked && form === undefined)) return undefined
  const listed = place.around.blocks[place.block]?.item !== undefined
  const alone = place.around.unnamed === 1 && !listed && heading.heading > 2 && /\d\.\d/.test(title)
  // what stands directly below a heading is the address of the one thing that it names, or several of them
  const below = place.block === 0 && !listed
  const direct = below && heading.heading > 2
  const short = heading.heading < 3 && title.length < 8 && !(below && place.row === 0 && rowOf(place)?.blank)
  if (!numbered && !linked && !alone && (isSectionName(title) || short)) return undefined
  if (form === undefined && !direct && place.around.unnamed > (listed ? 1 : 3)) return undefined
  return place.around.firstNamed < place.block ? undefined : title
}

/** The nearest link before it in the same line that has a name. */
function namedBefore(place: Place): string | undefined {
  const pieces = rowOf(place)?.pieces ?? []
  for (let at = place.piece - 1; at >= Math.max(0, place.piece - 20); at--) {
    const piece = pieces[at]
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

/** What a reader sees of a block's text, its links included. */
export function visibleText(block: Block): string {
  return block.rows.map(rowText).join(' ')
}

/** The same for one line. */
export function rowText(row: Row | undefined): string {
  let text = ''
  for (const piece of row?.pieces ?? []) if (piece.type === 'text' || piece.type === 'link') text += piece.text
  return text
}
