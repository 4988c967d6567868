import { cutText, toPlain } from '../text/plain.js'
import { decodePercent } from '../text/url.js'
import type { LinkRef, Release } from '../types.js'
import type { Block } from './blocks.js'
import type { Row } from './rows.js'
import type { Part } from './sections.js'
import { rowText, visibleText } from './visible-text.js'

/** Notes are kept up to this many characters. */
const maxNotes = 2000

/** How many blocks above the link the changes may begin, and how many lines of one block they may be. */
const reach = 60

/** `https://github.com/owner/name/releases/tag/v1.2.0`, and the same on Gitee and GitLab. */
const releaseAddress = /^https:\/\/(?:github\.com|gitee\.com|gitlab\.com)\/([^/]+\/[^/]+)\/(?:-\/)?releases\/(?:tag\/|download\/)?([^/?#]+)/

/** A comparison of two versions, which some projects link instead. */
const comparison = /^https:\/\/github\.com\/([^/]+\/[^/]+)\/compare\/[^/?#]+?\.\.\.([^/?#]+)/

/** What numbers a change where the author wrote no list: "iv. 修复……", "2、支持……". */
const numbering = /^(?:[ivx]{1,5}|\d{1,2})\s?[.、．)）]\s?(?!\d)/i

/** The releases that the weekly announces: each link to one, with the list of changes that stands above it, else within it. */
export function releasesOf(parts: readonly Part[], sections: readonly { links: readonly LinkRef[] }[], offset: number): Release[] {
  const releases: Release[] = []
  parts.forEach((part, index) => {
    // an answer that leads to a release announces none
    if (part.role === 'questions') return
    let at = 0
    let before = -1
    let last = -1
    let notes = ''
    for (const link of sections[index]?.links ?? []) {
      const match = link.kind === 'release' ? releaseAddress.exec(link.url) : part.role === 'releases' ? comparisonOf(link.url) : null
      if (!match?.[1]) continue
      const version = match[2] === undefined || match[2] === 'latest' ? undefined : decoded(match[2])
      // links and blocks are both in the order of their lines
      while (at < part.blocks.length - 1 && (part.blocks[at]?.end ?? 0) <= link.line - offset - 1) at++
      // two versions announced in one block, or one right below the other, have the same notes
      if (at !== last) before = last
      const goesOn = link.title === undefined && last >= 0 && part.blocks.slice(last + 1, at + 1).every(isLabelBlock)
      last = at
      // an item with a name of its own is one of many things, not the end of a list of changes
      const isNamedItem = link.title !== undefined && part.blocks[at]?.item !== undefined && part.blocks[at]?.item?.parent === undefined
      const own = (isNamedItem ? '' : notesAbove(part, at, before)) || notesBelow(part, at) || (link.note ?? '')
      notes = own === '' && goesOn ? notes : own
      releases.push({
        repository: decoded(match[1]),
        ...(version === undefined ? {} : { version }),
        url: link.url,
        ...(notes === '' ? {} : { notes }),
        line: link.line,
      })
    }
  })
  return releases
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
function notesAbove(part: Part, at: number, before: number): string {
  const own = part.blocks[at]
  const { notes, isWhole } = ownLines(own)
  for (let index = at - 1; isWhole && index > Math.max(before, at - reach - 1); index--) {
    const block = part.blocks[index]
    if (!block || (block.item && own?.item === block.item)) break
    const numbered = block.item ? { notes: [visibleText(block)], isWhole: true } : numberedLines(block.rows.slice(-reach))
    notes.unshift(...numbered.notes)
    if (!numbered.isWhole || (numbered.notes.length === 0 && notes.length > 0)) break
  }
  return joined(notes)
}

/** The lines of a block that stand above its link, as far as they are changes. */
function ownLines(block: Block | undefined): { notes: string[]; isWhole: boolean } {
  const rows = block?.rows.slice(0, reach) ?? []
  const link = rows.findIndex(row => row.hasLinks)
  const above = rows.slice(0, Math.max(0, link))
  return block?.item ? { notes: above.map(row => row.text), isWhole: true } : numberedLines(above)
}

/** The numbered lines at the end of a paragraph, over the line that leads to the link; `isWhole` when it holds nothing else. */
function numberedLines(rows: readonly Row[]): { notes: string[]; isWhole: boolean } {
  const notes: string[] = []
  for (let at = rows.length - 1; at >= 0; at--) {
    const row = rows[at]
    if (!row) continue
    const text = rowText(row).trim()
    if (isChange(row, text)) notes.unshift(text)
    else if (notes.length > 0 || !isLabelRow(row)) return { notes, isWhole: false }
  }
  return { notes, isWhole: true }
}

/** A numbered line is a change, unless it announces others, or is a link with nothing said of it. */
function isChange(row: Row, text: string): boolean {
  return numbering.test(text) && !row.strong && !/[:：]$/.test(text) && /\p{L}{2}/u.test(row.text.trim().replace(numbering, ''))
}

/** Nothing but a line that leads to the link ("详细发布报告："), an address, or thanks. */
function isLabelBlock(block: Block): boolean {
  return !block.item && block.rows.every(isLabelRow)
}

function isLabelRow(row: Row): boolean {
  const text = row.text.trim()
  return (row.onlyLinks && !row.named && !/如下/.test(text)) || /^(?:致谢|鸣谢|感谢|thanks)/i.test(text)
}

/** The items of a list within the item that a block is. */
function notesBelow(part: Part, at: number): string {
  const item = part.blocks[at]?.item
  const notes: string[] = []
  for (const block of item ? part.blocks.slice(at + 1, at + 1 + reach) : []) {
    if (block.item?.parent !== item) break
    notes.push(visibleText(block))
  }
  return joined(notes)
}

/** A line that leads on to others ("v1.2.0：") is no note itself. */
function joined(texts: readonly string[]): string {
  const notes = texts.map(text =>
    toPlain(text)
      .replace(numbering, '')
      .replace(/\s?[;；。.]$/, ''),
  )
  return cutText(notes.filter(note => note !== '' && !/[:：]$/.test(note)).join('；'), maxNotes)
}
