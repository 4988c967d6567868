import { existsSync } from 'node:fs'
import { join, posix } from 'node:path'
import { fillPermalink, pathFact } from '../sources/permalink.js'
import type { ReadPost } from './read-post.js'

/** How address patterns agree with the site as it was built. */
export interface BuiltPages {
  /** Those that find most pages: the proposal itself, or ones like it; the proposal where less than half of the issues have a page. */
  patterns: readonly string[]
  /** For people: the folder, and how many issues have a page there. */
  evidence: string
  /** An issue without a page, with the address that it would have; absent where each has one. */
  missing?: { path: string; address: string }
}

/** What addresses of issues are made of besides their posts. */
export interface BuiltPagesOptions {
  /** The folder below which `:path` begins. */
  base: string
  timeZone: string
  now?: string
}

/** Where generators put the pages that they make. */
const builtFolders = ['public', 'dist', '_site', 'build', '.vitepress/dist', '.vuepress/dist']

/**
 * Looks for the pages of the issues where the site was built, at the addresses that patterns give and at those of patterns like them.
 * Drafts and issues of the future have none. `undefined` when the site was not built here, or none of the issues has a page.
 */
export function findBuiltPages(
  cwd: string,
  root: string,
  patterns: readonly string[],
  issues: readonly ReadPost[],
  { base, timeZone, now = new Date().toISOString() }: BuiltPagesOptions,
): BuiltPages | undefined {
  const published = issues.filter(({ post }) => !post.draft && (post.notBefore ?? post.published ?? '') <= now)
  const folders = [...new Set([root, ''])].flatMap(above => builtFolders.map(folder => `${above}${folder}`))
  const ranked = folders
    .filter(folder => existsSync(join(cwd, folder)))
    .flatMap(folder => likePatterns(patterns).map(like => ({ folder, patterns: like, missing: withoutPage(join(cwd, folder), like) })))
    .sort((a, b) => a.missing.length - b.missing.length)
  const [best] = ranked
  if (best === undefined || best.missing.length === published.length) return undefined
  const [missing] = best.missing
  const count = published.length - best.missing.length
  // Few pages may stand there by chance.
  if (count < best.missing.length)
    return {
      patterns,
      evidence: `${best.folder}/ has pages of only ${count} of ${published.length} at such addresses: check \`url\` in the config`,
    }
  return {
    patterns: best.patterns,
    evidence: `${best.folder}/ has the pages of ${count} of ${published.length}`,
    ...(missing === undefined ? {} : { missing: { path: missing.path, address: addressOf(missing, best.patterns) } }),
  }

  function addressOf({ path, post }: ReadPost, like: readonly string[]): string {
    return fillPermalink(like, post, { path: pathFact(posix.relative(base, path)), timeZone }) ?? ''
  }

  function withoutPage(folder: string, like: readonly string[]): ReadPost[] {
    // A page that several issues would share is that of none of them.
    const taken = new Set<string>()
    return published.filter(issue => {
      const page = pageFiles(decodeURIComponent(addressOf(issue, like))).find(file => !taken.has(file) && existsSync(join(folder, file)))
      if (page !== undefined) taken.add(page)
      return page === undefined
    })
  }
}

/** The proposal first: the sort is stable, so another one must find more to be taken. All that differs is the name and the ending. */
function likePatterns(patterns: readonly string[]): (readonly string[])[] {
  const own = patterns.slice(0, -1)
  const pattern = patterns.at(-1) ?? ''
  if (/:(?:lower|github)?path\b/.test(pattern)) return [patterns]
  const names = [':slug', ':name', ':title', ':githubslug'].map(name =>
    pattern.replace(/:(?:lowerslug|githubslug|slug|lowername|name|title)\b/, name),
  )
  const likes = names.flatMap(name => ['/', '.html', ''].map(end => [...own.map(each => endWith(each, end)), endWith(name, end)]))
  return [patterns, ...likes]
}

function endWith(pattern: string, end: string): string {
  return /:own(?:url|permalink)$/.test(pattern) ? pattern : pattern.replace(/(?:\/|\.html)?$/, end)
}

/** `/a/` and `/a` are `a/index.html`, or `a.html` where the host leaves the ending out. */
function pageFiles(address: string): string[] {
  if (/\.html?$/.test(address)) return [address]
  return address.endsWith('/') ? [`${address}index.html`] : [`${address}.html`, `${address}/index.html`]
}
