import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fillPermalink } from '../sources/permalink.js'
import type { ReadPost } from './find-weeklies.js'

/** How an address pattern agrees with the site as it was built. */
export interface BuiltPages {
  /** The pattern that finds most pages: the proposal, or one like it. */
  pattern: string
  /** For people: the folder, and how many issues have a page there. */
  evidence: string
}

/** Where generators put the pages that they make. */
const builtFolders = ['public', 'dist', '_site', 'build', '.vitepress/dist', '.vuepress/dist']

/**
 * Looks for the pages of the issues where the site was built, at the addresses that a pattern gives and at those of patterns like it.
 * `undefined` when the site was not built here, or none of the issues has a page.
 */
export function findBuiltPages(
  cwd: string,
  root: string,
  pattern: string,
  issues: readonly ReadPost[],
  timeZone: string,
): BuiltPages | undefined {
  const folders = [...new Set([root, ''])].flatMap(above => builtFolders.map(folder => `${above}${folder}`))
  const ranked = folders
    .filter(folder => existsSync(join(cwd, folder)))
    .flatMap(folder => likePatterns(pattern).map(like => ({ folder, pattern: like, count: countPages(join(cwd, folder), like) })))
    .sort((a, b) => b.count - a.count)
  const [best] = ranked
  if (best === undefined || best.count === 0) return undefined
  return { pattern: best.pattern, evidence: `${best.folder}/ has the pages of ${best.count} of ${issues.length}` }

  function countPages(folder: string, like: string): number {
    return issues.filter(({ post }) => {
      const address = fillPermalink(like, post, { path: '', timeZone })
      return address !== undefined && pageFiles(decodeURIComponent(address)).some(file => existsSync(join(folder, file)))
    }).length
  }
}

/** The proposal first: the sort is stable, so another one must find more to be taken. */
function likePatterns(pattern: string): string[] {
  const names = [':slug', ':name', ':title'].map(name => pattern.replace(/:(?:slug|name|title)\b/, name))
  const likes = names.flatMap(name => ['/', '.html', ''].map(end => name.replace(/(?:\/|\.html)?$/, end)))
  return [...new Set([pattern, ...likes])].filter(like => !like.includes(':path'))
}

/** `/a/` and `/a` are `a/index.html`, or `a.html` where the host leaves the ending out. */
function pageFiles(address: string): string[] {
  if (address.endsWith('.html')) return [address]
  return address.endsWith('/') ? [`${address}index.html`] : [`${address}.html`, `${address}/index.html`]
}
