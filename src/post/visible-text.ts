import type { Block } from './blocks.js'
import type { Row } from './rows.js'

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
