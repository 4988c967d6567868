import type { LinkPiece, Piece } from './pieces.js'
import { isAddress, isLabel, isPointer, titleIn, variantIn } from './title-text.js'

/** What stands on one line of a block, as its author broke them. */
export interface Row {
  pieces: readonly Piece[]
  /** The text outside links. */
  text: string
  hasLinks: boolean
  /** One of its links says what it leads to. */
  named: boolean
  /** Nothing but bold text. */
  strong: boolean
  /** No text outside links. */
  blank: boolean
  /** Nothing to say but its addresses: "原文：https://…". */
  onlyLinks: boolean
}

/** Parts pieces into lines. */
export function rowsOf(pieces: readonly Piece[]): Row[] {
  const rows: Row[] = []
  let start = 0
  for (let at = 0; at <= pieces.length; at++) {
    if (at < pieces.length && pieces[at]?.type !== 'break') continue
    if (at > start) rows.push(rowOf(pieces.slice(start, at)))
    start = at + 1
  }
  return rows
}

function rowOf(pieces: readonly Piece[]): Row {
  let text = ''
  let strong = false
  let plain = false
  let hasLinks = false
  let named = false
  for (const piece of pieces) {
    if (piece.type === 'link') {
      hasLinks = true
      named ||= namesItself(piece)
    } else if (piece.type === 'text') {
      text += piece.text
      if (piece.strong) strong = true
      else if (/[^\s:：]/.test(piece.text)) plain = true
    }
  }
  const blank = text.trim() === ''
  return { pieces, text, hasLinks, named, strong: strong && !plain && !hasLinks, blank, onlyLinks: blank || isLabel(text) }
}

/** Whether the text of a link says what it leads to; "下篇" does not without the name of the whole. */
export function namesItself(link: LinkPiece): boolean {
  return !isUnnamed(link) && variantIn(link.text) === undefined && titleIn(link.text) !== undefined
}

/** Whether a link shows an address, a picture, or a word like "link". */
export function isUnnamed(link: LinkPiece): boolean {
  return isWordless(link) || isPointer(link.text)
}

/** Whether a link shows its address or a picture: no words at all. */
export function isWordless(link: LinkPiece): boolean {
  const text = link.text.trim()
  return link.bare || text === '' || isAddress(text)
}
