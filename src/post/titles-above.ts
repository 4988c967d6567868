import type { Block } from './blocks.js'
import { isSentence, maxLine, type Place, textUpTo } from './link-place.js'
import type { LinkPiece } from './pieces.js'
import type { Row } from './rows.js'
import { isSectionName } from './section-roles.js'
import { cleanTitle, isLabel, nameIn, titleIn, withoutMarks } from './title-text.js'
import { visibleText } from './visible-text.js'

/** How far above its address the title of a thing is looked for, in lines and in blocks: a description and a picture may stand between. */
export const reach = 6

/** How many lines that are only addresses may stand below their title. */
const maxAddresses = 30

/** Lines and blocks above: the bold line, the line right above, the paragraph above a picture, the heading. */
export function titleAbove(link: LinkPiece, place: Place): string | undefined {
  const { around, block: own, line: row } = place
  if (around.answers) return undefined
  if (!row.onlyLinks) return link.bare && textUpTo(row.pieces, place.piece).trim() === '' ? boldAbove(own, place.row) : undefined
  // below a label ("链接：") stands no plain title, only a bold one: the line above is a description
  let near = row.blank
  for (let at = place.row - 1; at >= 0; at--) {
    const line = own.rows[at]
    // addresses of one thing may be many
    if (!line || at < place.row - (near ? maxAddresses : reach)) return undefined
    const title = lineTitle(line, near)
    if (title !== undefined) return boldAbove(own, at) ?? title
    if (line.named) return undefined
    near &&= line.blank
  }
  for (let at = place.at - 1; at >= Math.max(0, place.at - reach); at--) {
    const block = around.blocks[at]
    const first = block?.rows[0]
    if (!first || (block.quoted && !own.quoted)) continue
    const side = sideOf(block, own)
    if (side === 'apart' || (!own.item && isAmongItems(around.blocks, at))) break
    if (block.named) return undefined
    // a block of several lines is prose; its first line may be a bold title
    const title = lineTitle(first, (side === 'around' || (near && side === 'same')) && block.rows.length === 1)
    if (title !== undefined) return title
    near &&= first.blank && block.rows.length === 1
  }
  return headingTitle(place)
}

/** The bold line right above a plain one, which is then what describes the thing: "**标题**", "说明", "https://…". */
function boldAbove({ rows }: Block, row: number): string | undefined {
  const above = rows[row]?.strong ? undefined : rows[row - 1]
  return above?.strong ? lineTitle(above, true) : undefined
}

/**
 * Whether a block above can speak of one below it: in the same item of a list it can, and in the item around it even over a label; before
 * the list, only bold text does; in another item or another row of a table it cannot.
 */
function sideOf(above: Block, below: Block): 'same' | 'around' | 'before' | 'apart' {
  if (above.cell !== below.cell || (above.cell && above.line !== below.line)) return 'apart'
  if (!below.item || below.item === above.item) return 'same'
  for (let item = below.item.parent; item; item = item.parent) if (item === above.item) return 'around'
  return above.item ? 'apart' : 'before'
}

/** One of several items of a list names nothing that stands below the list. */
function isAmongItems(blocks: readonly Block[], at: number): boolean {
  const item = blocks[at]?.item
  const above = item && blocks[at - 1]?.item
  return above !== undefined && above !== item && above.parent === item?.parent
}

/** Bold text that begins a line and names what the rest of it is about. */
export function leadTitle({ lead }: Row): string | undefined {
  return lead === undefined ||
    lead.length < 4 ||
    /^[[【「（(][^[\]【】]{1,12}[\]】」）)]$/.test(lead) ||
    lead.length > maxLine ||
    isLabel(lead)
    ? undefined
    : titleIn(withoutMarks(lead))
}

export function lineTitle(line: Row, near: boolean): string | undefined {
  const lead = near && !line.hasLinks ? leadTitle(line) : undefined
  if (lead !== undefined) return lead
  if (line.hasLinks || line.command === 'whole' || line.text.length > maxLine) return undefined
  if (isLabel(line.text) && (!line.strong || line.text.trim().length < 8 || isSectionName(line.text))) return undefined
  if (line.strong ? /[:：]\s{0,4}$/.test(line.text) : !near || isSentence(line.text) || /[，、,:：]\s{0,4}$/.test(line.text))
    return undefined
  return (line.strong ? nameIn : titleIn)(withoutMarks(line.text))
}

/**
 * The heading as a name: only when it is no section's name, no other thing of the section has one of its own, and it is not shared by
 * many. A heading that is a link names that link; of it there can only be other forms ("中文版").
 */
export function headingTitle({ around, at, block, row, line }: Place, form?: string): string | undefined {
  const { heading } = around
  if (!heading) return undefined
  const linked = heading.rows.some(row => row.hasLinks)
  const text = withoutMarks(visibleText(heading))
  const title = cleanTitle(text)
  const numbered = /^\s*\d/.test(text)
  if (nameIn(title) === undefined || (linked && form === undefined)) return undefined
  const listed = block.item !== undefined
  const alone = around.unnamed === 1 && !listed && heading.heading > 2 && /\d\.\d/.test(title)
  // what stands directly below a heading is the address of the one thing that it names, or several of them
  const below = at === 0 && !listed
  const direct = below && heading.heading > 2
  const short = heading.heading < 3 && title.length < 8 && !(below && row === 0 && line.blank)
  if (!numbered && !linked && !alone && (isSectionName(title) || short)) return undefined
  // the first address below "3. 水车" is the thing's own, whatever other addresses of it follow: "项目地址：https://…"
  const own = numbered && around.firstLinked === at && line.onlyLinks
  if (form === undefined && !direct && !own && around.unnamed > (listed ? 1 : 3)) return undefined
  return around.firstNamed < at ? undefined : title
}
