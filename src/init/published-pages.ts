import { posix } from 'node:path'
import { fillPermalink } from '../sources/permalink.js'
import { decodePercent } from '../text/url.js'
import { namedPatterns, type Page, type PlacedPost } from './named-pages.js'

/** How address patterns agree with the addresses that a feed has. */
interface PublishedPages {
  /** Those by which most issues are in it: the guess itself, or ones that find more. */
  patterns: readonly string[]
  /** For people. */
  evidence: string
}

/**
 * Looks for the issues in a feed that was there before: at the addresses that patterns give, then wherever addresses end like the names of the issues. `undefined` where less
 * than half of the one is in the other.
 *
 * @param paths below the home page, decoded
 */
export function findPublished(
  paths: readonly string[],
  guessed: readonly string[],
  issues: readonly PlacedPost[],
): PublishedPages | undefined {
  const pages = new Map<string, Page[]>()
  const ended = new Set(paths)
  const known = new Set(paths.map(withoutSlash))
  for (const path of known) {
    const [, place = '', end] = /^(.+?)(\.html)?$/.exec(path) ?? []
    const name = posix.basename(place)
    pages.set(name, [...(pages.get(name) ?? []), { place, end: end ? '.html' : ended.has(`${path}/`) ? '/' : '' }])
  }
  const find = (patterns: readonly string[]) => {
    const addresses = issues.map(({ post, facts }) => withoutSlash(decodePercent(fillPermalink(patterns, post, facts) ?? '')))
    return { patterns, found: new Set(addresses.filter(address => known.has(address))).size }
  }
  const [best] = [guessed, ...namedPatterns(pages, issues, guessed, false)].map(find).sort((a, b) => b.found - a.found)
  if (best === undefined || best.found === 0 || best.found * 2 < Math.min(known.size, issues.length)) return undefined
  return { patterns: best.patterns, evidence: `the old feed has ${best.found} of ${issues.length}` }
}

function withoutSlash(path: string): string {
  return path.replace(/^\//, '').replace(/\/$/, '')
}
