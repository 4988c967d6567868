import { cutText, toPlain } from '../text/plain.js'
import { decodePercent } from '../text/url.js'
import type { LinkRef, Release } from '../types.js'
import type { Block } from './blocks.js'
import { visibleText } from './link-titles.js'
import type { Part } from './sections.js'

/** Notes are kept up to this many characters. */
const maxNotes = 2000

/** How many blocks above the link the changes may begin. */
const reach = 60

/** `https://github.com/owner/name/releases/tag/v1.2.0`, and the same on Gitee and GitLab. */
const releaseAddress = /^https:\/\/(?:github\.com|gitee\.com|gitlab\.com)\/([^/]+\/[^/]+)\/(?:-\/)?releases\/(?:tag\/)?([^/?#]+)/

/** A comparison of two versions, which some projects link instead. */
const comparison = /^https:\/\/github\.com\/([^/]+\/[^/]+)\/compare\/[^/?#]+?\.\.\.([^/?#]+)/

/** The releases that the weekly announces: each link to one, with the list of changes that stands above it, else within it. */
export function releasesOf(parts: readonly Part[], sections: readonly { links: readonly LinkRef[] }[], offset: number): Release[] {
  const releases: Release[] = []
  parts.forEach((part, index) => {
    let at = 0
    let before = -1
    let last = -1
    for (const link of sections[index]?.links ?? []) {
      const match = link.kind === 'release' ? releaseAddress.exec(link.url) : part.role === 'releases' ? comparison.exec(link.url) : null
      if (!match?.[1]) continue
      const version = match[2] === undefined || match[2] === 'latest' ? undefined : decoded(match[2])
      // links and blocks are both in the order of their lines
      while (at < part.blocks.length - 1 && (part.blocks[at]?.end ?? 0) <= link.line - offset - 1) at++
      // two versions announced in one block have the same notes
      if (at !== last) before = last
      last = at
      // an item with a name of its own is one of many things, not the end of a list of changes
      const isNamedItem = link.title !== undefined && part.blocks[at]?.item !== undefined && part.blocks[at]?.item?.parent === undefined
      const notes = (isNamedItem ? '' : notesAbove(part, at, before)) || notesBelow(part, at) || (link.note ?? '')
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

function decoded(text: string): string {
  return toPlain(decodePercent(text))
}

/** The list items right above a block; those up to the release before are that one's. */
function notesAbove(part: Part, at: number, before: number): string {
  const notes: Block[] = []
  for (let index = at - 1; index > Math.max(before, at - reach - 1); index--) {
    const block = part.blocks[index]
    if (!block?.item || part.blocks[at]?.item === block.item) break
    notes.unshift(block)
  }
  return joined([...notes.map(visibleText), ...ownLines(part.blocks[at])])
}

/** The lines of an item that stand above its link. */
function ownLines(block: Block | undefined): string[] {
  const link = block?.item ? block.rows.findIndex(row => row.hasLinks) : 0
  return block?.rows.slice(0, Math.max(0, link)).map(row => row.text) ?? []
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
  const notes = texts.map(text => toPlain(text).replace(/\s?[;；。.]$/, ''))
  return cutText(notes.filter(note => note !== '' && !/[:：]$/.test(note)).join('；'), maxNotes)
}
