import { type Element, isTag } from 'domhandler'
import type { Attributes } from './allowed-html.js'
import { resolveUrl } from './url.js'

/** Attributes in which pages keep the address of a picture that is loaded when it is scrolled into view, best first. Until then `src` has only a stand-in. */
const sources: readonly string[] = [
  'data-src',
  'data-original',
  'data-actualsrc',
  'data-lazy-src',
  'data-original-src',
  'data-lazyload',
  'data-echo',
  '_src',
]
const sets: readonly string[] = ['srcset', 'data-srcset', 'data-lazy-srcset']
/** File names of such stand-ins. */
const standIn =
  /(?:^|[/_-])(?:blank|place-?holder|loading|loader|spacer|transparent|lazy(?:load)?|gr[ae]y|pixel|default|1x1|empty)[\w-]{0,20}\.(?:gif|png|svg|jpe?g|webp)(?:[?#]|$)/i
const looksLikePicture = /^[^\s<>"]{1,2000}\.(?:jpe?g|png|webp|avif|gif)(?:[?#!@~][^\s<>"]{0,500})?$/i

/** The address of a picture as written, in the first place that holds one; `node` is the element itself, whose `picture` may say it in its sources. */
export function findPictureSource(attribs: Attributes, baseUrl: string | undefined, node?: Element): string | undefined {
  const resolves = (written: string | undefined): written is string => written !== undefined && resolveUrl(written, baseUrl) !== undefined
  for (const name of sources) {
    const written = attribs[name]
    if (resolves(written)) return written
  }
  const plain = attribs['src']
  if (resolves(plain) && !standIn.test(plain.slice(-500))) return plain
  for (const from of [attribs, ...sourcesBeside(node)]) {
    for (const name of sets) {
      const written = widest(from[name] ?? '')
      if (resolves(written)) return written
    }
  }
  for (const name in attribs) {
    const written = name.startsWith('data-') ? attribs[name]?.trim() : undefined
    if (resolves(written) && looksLikePicture.test(written)) return written
  }
  return resolves(plain) ? plain : undefined
}

/** Whether the element only stands in for a picture that a script fetches. */
export function isStandIn(attribs: Attributes, baseUrl: string | undefined): boolean {
  const source = findPictureSource(attribs, baseUrl)
  return source === undefined || standIn.test(source.slice(-500))
}

function sourcesBeside(node: Element | undefined): Attributes[] {
  const picture = node?.parent
  if (picture === undefined || picture === null || !isTag(picture) || picture.name !== 'picture') return []
  return picture.children.slice(0, 20).flatMap(child => (isTag(child) && child.name === 'source' ? [child.attribs] : []))
}

const longestSet = 10_000
/** Readers of feeds need no picture wider than this, in pixels. */
const widestUseful = 2_000

/** Of the candidates of a `srcset` that state their width the widest that is of use, else the first. */
function widest(set: string): string | undefined {
  // Data has commas of its own.
  if (/data:/i.test(set.slice(0, longestSet))) return undefined
  let best: { url: string; width: number } | undefined
  for (const [, url = '', width = '0', unit] of set
    .slice(0, longestSet)
    .matchAll(/(?<![^\s,])([^\s,][^\s]{0,2000}?)(?:\s{1,9}([\d.]{1,9})([wx]))?\s{0,9}(?:,|$)/g)) {
    const size = unit === 'w' ? Number(width) : 0
    if (best === undefined || (size > best.width && size <= widestUseful)) best = { url, width: size }
  }
  return best?.url
}
