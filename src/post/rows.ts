import type { Piece } from './pieces.js'
import { isLabel, withoutCredit } from './title-text.js'

/** What stands on one line of a block, as its author broke them. */
export interface Row {
  pieces: readonly Piece[]
  /** From 0. */
  line: number
  /** The text outside links. */
  text: string
  hasLinks: boolean
  /** One of its links says what it leads to. */
  named: boolean
  /** Nothing but bold text. */
  strong: boolean
  /** No words outside links. */
  blank: boolean
  /** Bold text at its beginning, with more behind it: "**标题**：说明". */
  lead?: string
  /** Nothing to say but its addresses: "原文：https://…". */
  onlyLinks: boolean
  /** Code with an address stands in it, beside words (`part`) or alone (`whole`): then it is a command, and no name. */
  command?: 'part' | 'whole'
  /** Its author ended it with a break that readers see. */
  ended: boolean
}

/** Parts pieces into lines. */
export function rowsOf(pieces: readonly Piece[]): Row[] {
  const rows: Row[] = []
  let start = 0
  for (let at = 0; at <= pieces.length; at++) {
    const end = pieces[at]
    if (end && end.type !== 'break') continue
    const first = pieces[start]
    if (first && at > start) rows.push(rowOf(pieces.slice(start, at), first.line, end?.hard === true))
    start = at + 1
  }
  return rows
}

function rowOf(pieces: readonly Piece[], line: number, ended: boolean): Row {
  let text = ''
  let strong = false
  let plain = false
  let hasLinks = false
  let named = false
  let told = false
  let command = false
  for (const piece of pieces) {
    if (piece.type === 'link') {
      hasLinks = true
      named ||= piece.words.title !== undefined
    } else if (piece.type === 'text') {
      text += piece.text
      if (piece.code) command ||= /https?:\/\//i.test(piece.text)
      else told ||= /\p{L}/u.test(piece.text)
      if (piece.strong) strong = true
      else if (/[^\s:：]/.test(piece.text)) plain = true
    }
  }
  const blank = !/[\p{L}\p{N}]/u.test(withoutCredit(text))
  const lead = plain && strong ? leadOf(pieces) : ''
  return {
    pieces,
    line,
    text,
    hasLinks,
    named,
    strong: strong && !plain && !hasLinks,
    blank,
    onlyLinks: blank || isLabel(text),
    ended,
    ...(command ? { command: told ? 'part' : 'whole' } : {}),
    ...(lead === '' ? {} : { lead }),
  }
}

function leadOf(pieces: readonly Piece[]): string {
  let lead = ''
  for (const piece of pieces) {
    if (piece.type === 'text' && (piece.strong || (lead === '' && piece.text.trim() === ''))) lead += piece.text
    else break
  }
  return lead.trim()
}
