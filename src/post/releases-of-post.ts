import { dropAbsent } from '../text/drop-absent.js'
import { escapeText } from '../text/html.js'
import { cutText, toPlain } from '../text/plain.js'
import { decodePercent } from '../text/url.js'
import type { LinkRef, Release } from '../types.js'
import type { Block } from './blocks.js'
import type { Excerpts, Place } from './excerpts.js'
import type { Row } from './rows.js'
import type { Part } from './sections.js'
import { rowText, visibleText } from './visible-text.js'

/** Notes are kept up to this many characters. */
const maxNotes = 2000

/** Longer HTML of them is left out: many releases may have the same notes. */
const maxHtml = 2 * maxNotes

/** How many blocks above the link the changes may begin, and how many lines of one block they may be. */
const reach = 60

/** `https://github.com/owner/name/releases/tag/v1.2.0`, and the same on Gitee and GitLab. */
const releaseAddress = /^https:\/\/(?:github\.com|gitee\.com|gitlab\.com)\/([^/]+\/[^/]+)\/(?:-\/)?releases\/(?:tag\/|download\/)?([^/?#]+)/

/** A comparison of two versions, which some projects link instead. */
const comparison = /^https:\/\/github\.com\/([^/]+\/[^/]+)\/compare\/[^/?#]+?\.\.\.([^/?#]+)/

/** What numbers a change where the author wrote no list: "iv. 修复……", "2、支持……". */
const numbering = /^(?:[ivx]{1,5}|\d{1,2})\s?[.、．)）]\s?(?!\d)/i

/** A change: a line of a block, or all of it. */
interface Note extends Place {
  text: string
  /** The line behind the last. */
  end?: number
}

/** Changes as a text, and as paragraphs of HTML; both empty when there are none. */
interface Notes {
  notes: string
  html: string
}

/** The releases that the weekly announces: each link to one, with the list of changes that stands above it, else within it. */
export function releasesOf(
  parts: readonly Part[],
  sections: readonly { links: readonly LinkRef[] }[],
  offset: number,
  excerpts: Excerpts,
): Release[] {
  const releases: Release[] = []
  parts.forEach((part, index) => {
    // an answer that leads to a release announces none
    if (part.role === 'questions') return
    let at = 0
    let before = -1
    let last = -1
    let above = none
    let below = none
    let under = none
    let notes = none
    for (const link of sections[index]?.links ?? []) {
      const match = link.kind === 'release' ? releaseAddress.exec(link.url) : part.role === 'releases' ? comparisonOf(link.url) : null
      if (!match?.[1]) continue
      const version = match[2] === undefined || match[2] === 'latest' ? undefined : decoded(match[2])
      // links and blocks are both in the order of their lines
      while (at < part.blocks.length - 1 && (part.blocks[at]?.end ?? 0) <= link.line - offset - 1) at++
      const goesOn = link.title === undefined && last >= 0 && part.blocks.slice(last + 1, at + 1).every(isLabelBlock)
      // two versions announced in one block, or one right below the other, have the same notes
      if (at !== last) {
        before = last
        above = joined(notesAbove(part, at, before), excerpts)
        below = joined(notesBelow(part, at), excerpts)
        under = joined(notesUnderName(part, at, before), excerpts)
      }
      last = at
      // an item with a name of its own is one of many things, not the end of a list of changes
      const isNamedItem = link.title !== undefined && part.blocks[at]?.item !== undefined && part.blocks[at]?.item?.parent === undefined
      const told = [isNamedItem ? none : above, below, noteOf(link.note, part.blocks[at], excerpts), under]
      const own = told.find(({ notes }) => notes !== '') ?? none
      notes = own.notes === '' && goesOn ? notes : own
      releases.push(
        dropAbsent({
          repository: decoded(match[1]),
          version,
          url: link.url,
          notes: notes.notes || undefined,
          html: notes.html || undefined,
          line: link.line,
        }),
      )
    }
  })
  return releases
}

const none: Notes = { notes: '', html: '' }

/** No line with more links and texts than this is shown for each link in it. */
const maxPieces = 20

/** What is said of the link itself, with the line that says it, where that is all of a block. */
function noteOf(note = '', block: Block | undefined, excerpts: Excerpts): Notes {
  const isAll =
    note !== '' && block && block.rows.length === 1 && (block.rows[0]?.pieces.length ?? 0) < maxPieces && visibleText(block).includes(note)
  return { notes: note, html: isAll ? excerpts.lines({ block, row: 0 }) : '' }
}

/** A comparison with a commit or a branch is no release. */
function comparisonOf(url: string): RegExpExecArray | null {
  const match = comparison.exec(url)
  return /\d\.\d/.test(match?.[2] ?? '') ? match : null
}

function decoded(text: string): string {
  return toPlain(decodePercent(text))
}

/** The changes right above a block, over the line that leads to its link; those up to the release before are that one's. */
function notesAbove(part: Part, at: number, before: number): Note[] {
  const own = part.blocks[at]
  const { notes, isWhole } = own ? ownLines(own) : { notes: [], isWhole: false }
  for (let index = at - 1; isWhole && index > Math.max(before, at - reach - 1); index--) {
    const block = part.blocks[index]
    if (!block || (block.item && own?.item === block.item)) break
    const numbered = block.item ? { notes: [noteIn(block)], isWhole: true } : numberedLines(block, block.rows.length)
    notes.unshift(...numbered.notes)
    if (!numbered.isWhole || (numbered.notes.length === 0 && notes.length > 0)) break
  }
  return notes
}

/** The paragraphs between the bold line that announces a release and its link. */
function notesUnderName(part: Part, at: number, before: number): Note[] {
  const notes: Note[] = []
  for (let index = at; index > Math.max(before, at - reach - 1); index--) {
    const block = part.blocks[index]
    if (!block || block.item || block.cell) break
    if (block.rows.length === 1 && block.rows[0]?.strong) return announcement.test(block.rows[0].text) ? notes : []
    const end = index === at ? linkRow(block) : block.rows.length
    for (let row = end - 1; row >= Math.max(0, end - reach); row--) if (!isLabelRow(block.rows[row])) notes.unshift(noteIn(block, row))
  }
  return []
}

/** What a line says that announces a release. */
const announcement = /发布|release|\d\.\d/i

function linkRow(block: Block): number {
  return Math.max(
    0,
    block.rows.findIndex(row => row.hasLinks),
  )
}

function noteIn(block: Block, row?: number): Note {
  const text = (row === undefined ? visibleText(block) : rowText(block.rows[row])).trim()
  return { text, block, row: row ?? 0, skip: numbering.exec(text)?.[0].length ?? 0, ...(row === undefined ? {} : { end: row + 1 }) }
}

/** The lines of a block that stand above its link, as far as they are changes. */
function ownLines(block: Block): { notes: Note[]; isWhole: boolean } {
  const end = Math.min(reach, linkRow(block))
  return block.item ? { notes: block.rows.slice(0, end).map((_, row) => noteIn(block, row)), isWhole: true } : numberedLines(block, end)
}

/** The numbered lines of a paragraph before one, over the line that leads to the link; `isWhole` when it holds nothing else. */
function numberedLines(block: Block, end: number): { notes: Note[]; isWhole: boolean } {
  const notes: Note[] = []
  for (let at = end - 1; at >= Math.max(0, end - reach); at--) {
    const row = block.rows[at]
    const note = noteIn(block, at)
    if (isChange(row, note.text)) notes.unshift(note)
    else if (notes.length > 0 || !isLabelRow(row)) return { notes, isWhole: false }
  }
  return { notes, isWhole: true }
}

/** A numbered line is a change, unless it announces others, or is a link with nothing said of it. */
function isChange(row: Row | undefined, text: string): boolean {
  return !!row && numbering.test(text) && !row.strong && !/[:：]$/.test(text) && /\p{L}{2}/u.test(row.text.trim().replace(numbering, ''))
}

/** Nothing but a line that leads to the link ("详细发布报告："), an address, or thanks. */
function isLabelBlock(block: Block): boolean {
  return !block.item && block.rows.every(isLabelRow)
}

function isLabelRow(row: Row | undefined): boolean {
  const text = row?.text.trim() ?? ''
  return !row || (row.onlyLinks && !row.named && !/如下/.test(text)) || /^(?:致谢|鸣谢|感谢|thanks)/i.test(text)
}

/** The items of a list within the item that a block is. */
function notesBelow(part: Part, at: number): Note[] {
  const item = part.blocks[at]?.item
  const notes: Note[] = []
  for (const block of item ? part.blocks.slice(at + 1, at + 1 + reach) : []) {
    if (block.item?.parent !== item) break
    notes.push(noteIn(block))
  }
  return notes
}

/** A line that leads on to others ("v1.2.0：") is no note itself. */
function joined(notes: readonly Note[], excerpts: Excerpts): Notes {
  const said = notes.map(note => ({
    ...note,
    text: toPlain(note.text)
      .replace(numbering, '')
      .replace(/\s?[;；。.]$/, ''),
  }))
  const kept = said.filter(({ text }) => text !== '' && !/[:：]$/.test(text))
  const html = kept.map(note => excerpts.lines(note, note.end) || `<p>${escapeText(note.text)}</p>`).join('')
  return { notes: cutText(kept.map(({ text }) => text).join('；'), maxNotes), html: html.length > maxHtml ? '' : html }
}
