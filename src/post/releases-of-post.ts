import { cutText, toPlain } from '../text/plain.js'
import type { LinkRef, Release } from '../types.js'
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

/** The releases that the weekly announces: each link to one, with the list of changes that stands above it. */
export function releasesOf(parts: readonly Part[], sections: readonly { links: readonly LinkRef[] }[], offset: number): Release[] {
  const releases: Release[] = []
  parts.forEach((part, index) => {
    let at = 0
    for (const link of sections[index]?.links ?? []) {
      const match = link.kind === 'release' ? releaseAddress.exec(link.url) : part.role === 'releases' ? comparison.exec(link.url) : null
      if (!match?.[1]) continue
      const version = match[2] === undefined || match[2] === 'latest' ? undefined : decoded(match[2])
      // links and blocks are both in the order of their lines
      while (at < part.blocks.length - 1 && (part.blocks[at]?.end ?? 0) <= link.line - offset - 1) at++
      const notes = notesAbove(part, at)
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
  try {
    return toPlain(decodeURIComponent(text))
  } catch {
    return toPlain(text)
  }
}

/** The list items right above a block. */
function notesAbove(part: Part, at: number): string {
  const notes: string[] = []
  for (let index = at - 1; index >= Math.max(0, at - reach); index--) {
    const block = part.blocks[index]
    if (!block?.item || part.blocks[at]?.item === block.item) break
    notes.unshift(toPlain(visibleText(block)).replace(/[;；。.]$/, ''))
  }
  return cutText(notes.filter(note => note !== '').join('；'), maxNotes)
}
