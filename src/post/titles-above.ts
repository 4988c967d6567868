import { isSentence, maxLine, type Place, rowOf, textUpTo } from './link-place.js'
import { isAmongItems, isAround } from './list-items.js'
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
    near &&= line.blank
  }
  for (let at = place.block - 1; at >= Math.max(0, place.block - reach); at--) {
    const block = place.around.blocks[at]
    const first = block?.rows[0]
    if (!first || (block.quoted && !place.around.blocks[place.block]?.quoted)) continue
    const own = isAround(block, place.around.blocks[place.block])
    if (own === 'apart' || (!place.around.blocks[place.block]?.item && isAmongItems(place.around.blocks, at))) break
    if (block.named) return undefined
    // a block of several lines is prose; its first line may be a bold title
    const title = lineTitle(first, (own === 'around' || (near && own === 'same')) && block.rows.length === 1)
    if (title !== undefined) return title
    near &&= first.blank && block.rows.length === 1
  }
  return headingTitle(place)
}

/** The bold line right above a plain one, which is then what describes the thing: "**标题**", "说明", "https://…". */
function boldAbove(place: Place, row: number): string | undefined {
  const above = place.rows[row]?.strong ? undefined : place.rows[row - 1]
  return above?.strong ? lineTitle(above, true) : undefined
}

/** Bold text that begins a line and names what the rest of it is about. */
export function leadTitle(line: Row | undefined): string | undefined {
  const lead = line?.lead
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
export function headingTitle(place: Place, form?: string): string | undefined {
  const heading = place.around.heading
  if (!heading) return undefined
  const linked = heading.rows.some(row => row.hasLinks)
  const text = withoutMarks(visibleText(heading))
  const title = cleanTitle(text)
  const numbered = /^\s*\d/.test(text)
  if (nameIn(title) === undefined || (linked && form === undefined)) return undefined
  const listed = place.around.blocks[place.block]?.item !== undefined
  const alone = place.around.unnamed === 1 && !listed && heading.heading > 2 && /\d\.\d/.test(title)
  // what stands directly below a heading is the address of the one thing that it names, or several of them
  const below = place.block === 0 && !listed
  const direct = below && heading.heading > 2
  const short = heading.heading < 3 && title.length < 8 && !(below && place.row === 0 && rowOf(place)?.blank)
  if (!numbered && !linked && !alone && (isSectionName(title) || short)) return undefined
  // the first address below "3. 水车" is the thing's own, whatever other addresses of it follow: "项目地址：https://…"
  const own = numbered && place.around.firstLinked === place.block && rowOf(place)?.onlyLinks === true
  if (form === undefined && !direct && !own && place.around.unnamed > (listed ? 1 : 3)) return undefined
  return place.around.firstNamed < place.block ? undefined : title
}
