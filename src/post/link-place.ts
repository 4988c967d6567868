import type { Block } from './blocks.js'
import type { Piece } from './pieces.js'
import type { Row } from './rows.js'
import { isLabel } from './title-text.js'

/** No line longer than this is a title, in UTF-16 units. */
export const maxLine = 120

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
  /** The first block with a link. */
  firstLinked: number
}

/** A place in a section: which block, which line of it, which piece of that. */
export interface Place {
  around: Surroundings
  /** Index of the block. */
  at: number
  block: Block
  /** Index of the line. */
  row: number
  line: Row
  /** Index of the piece. */
  piece: number
}

export function textOf(piece: Piece | undefined): string {
  return piece?.type === 'text' ? piece.text : ''
}

/** The text between a link and the one before it; several addresses may share the text before the first. */
export function textUpTo(pieces: readonly Piece[], end: number): string {
  let text = ''
  for (let at = end - 1; at >= Math.max(0, end - 20) && text.length <= maxLine; at--) {
    const piece = pieces[at]
    if (piece?.type === 'text') text = piece.text + text
    else if (piece?.type === 'link' && !(piece.words.wordless && isLabel(text))) break
  }
  return text
}

/** A text that ends a sentence before its end is prose, and what ends with one is no title of an address behind it. */
export function isSentence(text: string): boolean {
  return /[。；]|[.!?！？]\s{1,4}[^\s<(（[]/.test(text.replace(/^\s{0,8}\d{1,3}\s?\.\s/, ''))
}
