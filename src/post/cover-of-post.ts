import { resolveUrl } from '../text/url.js'
import { frontImage } from './front-fields.js'
import type { FrontTable } from './front-values.js'
import type { Resolve } from './markdown.js'
import type { Part } from './sections.js'

/** Sections that show the cover of the issue. */
const coverSection = /^(?:本[周期])?(?:封面|头图|题图)|^cover (?:image|photo|picture)/i

/** The cover: of the front matter as written (absolute when `url` is known), else the first picture of a section that is for it. */
export function coverOfPost(
  data: FrontTable,
  parts: readonly Part[],
  { url: base, resolve }: { url?: string; resolve?: Resolve },
): string | undefined {
  const written = frontImage(data)
  const stated = written === undefined ? undefined : (resolve?.(written) ?? written)
  if (stated !== undefined) return (/^https?:\/\//i.test(stated) ? undefined : resolveUrl(stated, base)) ?? stated
  for (const part of parts) {
    if (!coverSection.test(part.heading)) continue
    for (const block of part.blocks) {
      for (const row of block.rows) {
        for (const piece of row.pieces) {
          const url = piece.type === 'image' ? resolveUrl(piece.src, base) : undefined
          if (url !== undefined) return url
        }
      }
    }
  }
  return undefined
}
