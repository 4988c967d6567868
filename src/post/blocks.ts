import type { Token } from 'markdown-it'
import type { Markdown } from './markdown.js'
import { type Piece, piecesOf, readHtmlBlock } from './pieces.js'
import { type Row, rowsOf } from './rows.js'

/** A list item: what its parts belong to. */
export interface Item {
  /** The item of the list around it. */
  parent?: Item
}

/** A part of the post that stands by itself, in reading order, with what surrounds it. Lines count from 0. */
export interface Block {
  /** 1 to 6 for a heading, 0 for all else. */
  heading: number
  line: number
  /** The line after its last. */
  end: number
  rows: readonly Row[]
  /** One of its links says what it leads to. */
  named: boolean
  /** The innermost list item that it stands in. */
  item?: Item
  /** It is the text of a footnote. */
  cited?: true
  /** It is a cell of a table. */
  cell: boolean
  /** The cells that head the columns of its table. */
  columns?: readonly Block[]
  /** The whole block is a quotation of its own. */
  quoted: boolean
  /** Index of the token that holds it. */
  at: number
  /** Its token stands at the top of the document, at this index. */
  top?: number
}

/** Lays the tokens out flat: one walk, whatever their nesting. */
export function blocksOf({ tokens, env }: Markdown): Block[] {
  const blocks: Block[] = []
  const items: Item[] = []
  let quotes = 0
  let previous: Token | undefined
  let row: Token['map'] = null
  let columns: Block[] = []
  const add = (at: number, heading: number, line: number, end: number, pieces: readonly Piece[], top?: number) => {
    const rows = rowsOf(pieces)
    const cell = previous?.type === 'td_open' || previous?.type === 'th_open'
    const block: Block = { heading, line, end, rows, named: rows.some(row => row.named), cell, at, quoted: quotes > 0 }
    const item = items.at(-1)
    if (item) block.item = item
    if (cell) block.columns = columns
    if (previous?.type === 'th_open') columns.push(block)
    if (top !== undefined) block.top = top
    blocks.push(block)
  }
  tokens.forEach((token, index) => {
    switch (token.type) {
      case 'table_open':
        columns = []
        break
      case 'tr_open':
        row = token.map
        break
      case 'list_item_open':
        items.push(itemIn(items.at(-1)))
        break
      case 'list_item_close':
        items.pop()
        break
      case 'blockquote_open':
        quotes++
        break
      case 'blockquote_close':
        quotes--
        break
      case 'inline': {
        const [line = 0, end = line + 1] = token.map ?? row ?? []
        const heading = previous?.type === 'heading_open' ? Number(previous.tag.slice(1)) : 0
        const children = token.children ?? []
        // the title of a box opens nothing and names nothing
        if (previous?.type === 'box_open' && !children.some(child => child.type === 'link_open')) break
        add(index, heading, line, end, piecesOf(children, line), previous?.level === 0 ? index - 1 : undefined)
        const block = blocks.at(-1)
        if (block && children[0]?.type === 'footnote_mark') block.cited = true
        break
      }
      case 'html_block': {
        const [line = 0, end = line + 1] = token.map ?? []
        for (const part of readHtmlBlock(token.content, line, env)) add(index, part.heading, part.line, end, part.pieces)
        break
      }
    }
    previous = token
  })
  return blocks
}

function itemIn(parent: Item | undefined): Item {
  return parent ? { parent } : {}
}
