import { posix } from 'node:path'
import { fillPermalink, type PermalinkFacts, pathFact } from '../sources/permalink.js'
import { decodePercent } from '../text/url.js'
import { namedPatterns, type Page } from './named-pages.js'
import type { ReadPost } from './read-post.js'

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
 * @param options `base` is the folder below which `:path` begins
 */
export function findPublished(
  paths: readonly string[],
  guessed: readonly string[],
  issues: readonly ReadPost[],
  { base, timeZone }: { base: string } & Pick<PermalinkFacts, 'timeZone'>,
): PublishedPages | undefined {
  const pages = new Map<string, Page[]>()
  const ended = new Set(paths)
  const known = new Set(paths.map(withoutSlash))
  for (const path of known) {
    const [, place = '', end] = /^(.+?)(\.html)?$/.exec(path) ?? []
    const name = posix.basename(place)
    pages.set(name, [...(pages.get(name) ?? []), { place, end: end ? '.html' : ended.has(`${path}/`) ? '/' : '' }])
  }
  const placed = issues.map(({ path, post }) => ({ post, facts: { path: pathFact(posix.relative(base, path)), timeZone } }))
  const find = (patterns: readonly string[]) => {
    const addresses = placed.map(({ post, facts }) => withoutSlash(decodePercent(fillPermalink(patterns, post, facts) ?? '')))
    return { patterns, found: new Set(addresses.filter(address => known.has(address))).size }
  }
  const [best] = [guessed, ...namedPatterns(pages, placed, guessed, false)].map(find).sort((a, b) => b.found - a.found)
  if (best === undefined || best.found === 0 || best.found * 2 < Math.min(known.size, issues.length)) return undefined
  return { patterns: best.patterns, evidence: `the old feed has ${best.found} of ${issues.length}` }
}

function withoutSlash(path: string): string {
  return path.replace(/^\//, '').replace(/\/$/, '')
}
