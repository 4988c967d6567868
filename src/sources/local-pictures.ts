import { posix } from 'node:path'
import { decodeEntities } from '../text/html.js'
import { decodePercent } from '../text/url.js'
import type { Post } from '../types.js'

const pictureName = /\.(?:png|jpe?g|gif|webp|avif|svg)(?![\w-])/gi

/** Characters before the ending of a name in which it is looked for. */
const longestName = 300

/**
 * The pictures of a file with posts that are named relative to it, wherever the names stand (Markdown, HTML, front matter): paths of their files, by the addresses that they have on its page.
 *
 * @param page address of the page
 */
export function findPictures(text: string, file: string, page: string, posts: readonly Post[]): Readonly<Record<string, string>> {
  const shown = new Set(posts.flatMap(({ html, image = '' }) => [image, ...sourcesIn(html)]))
  const found = new Map<string, string>()
  for (const { index, 0: ending } of text.matchAll(pictureName)) {
    const piece = text.slice(Math.max(0, index - longestName), index + ending.length).replace(/^[\s\S]*[<>"'\n]/, '')
    // With what may be a part of the name, and without.
    for (const name of new Set([piece, piece.replace(/^.*\]\(/, ''), piece.replace(/^.*[\s=(\]:,]/, '')])) {
      const path = decodePercent(name).normalize().trim()
      if (/^(?:$|\/|\\|[a-z][a-z\d+.-]*:)/i.test(path) || !URL.canParse(name, page)) continue
      const address = new URL(name, page).href
      if (shown.has(address) && !found.has(address)) found.set(address, posix.join(posix.dirname(file), path))
    }
  }
  return Object.fromEntries(found)
}

/** Addresses of pictures in clean HTML. */
function sourcesIn(html: string): string[] {
  return Array.from(html.matchAll(/ (?:src|poster)="([^"]*)"/g), ([, address = '']) => decodeEntities(address))
}
