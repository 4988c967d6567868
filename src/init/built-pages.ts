import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fillPermalink } from '../sources/permalink.js'
import { namedPatterns, type PlacedPost, pagesByName } from './named-pages.js'

/** How address patterns agree with the site as it was built. */
export interface BuiltPages {
  /** Those that find most pages: the proposal itself, or ones like it; the proposal where less than half of the issues have a page. */
  patterns: readonly string[]
  /** For people: the folder, and how many issues have a page there. */
  evidence: string
  /** An issue without a page, with the address that it would have; absent where each has one. */
  missing?: { path: string; address: string }
}

/** Where generators put the pages that they make. */
const builtFolders = ['public', 'dist', '_site', 'site', 'build', '.vitepress/dist', '.vuepress/dist', 'out', '.output/public']

/**
 * Looks for the pages of the issues where the site was built: at the addresses that patterns give and at those of patterns like them, then wherever pages are called like the issues.
 * Drafts and issues of the future have none. `undefined` when the site was not built here.
 *
 * @param root folder of the site, with a closing slash
 * @param output the folder that the site's config names for its pages
 * @param copied one that the generator copies into its pages: that it holds none of them says nothing
 */
export function findBuiltPages(
  cwd: string,
  patterns: readonly string[],
  issues: readonly PlacedPost[],
  { root, output, copied }: { root: string; output: string | undefined; copied: string | undefined },
): BuiltPages | undefined {
  const now = new Date().toISOString()
  const published = issues.filter(({ post }) => !post.draft && (post.notBefore ?? post.published ?? '') <= now)
  if (published.length === 0) return undefined
  const usual = [...new Set([root, ''])].flatMap(above => builtFolders.map(folder => `${above}${folder}`))
  const folders = [...new Set([...(output === undefined ? [] : [output]), ...usual])].filter(folder => existsSync(join(cwd, folder)))
  const [guessed] = rank(folders.flatMap(folder => likePatterns(patterns).map(like => ({ folder, like }))))
  if (guessed === undefined) return undefined
  if (guessed.found * 2 >= published.length) return agreement(guessed)
  const built = folders.map(folder => ({ folder, pages: pagesByName(join(cwd, folder)) })).filter(({ pages }) => pages.size > 0)
  const [named] = rank(built.flatMap(({ folder, pages }) => namedPatterns(pages, published, patterns).map(like => ({ folder, like }))))
  if (named !== undefined && named.found >= 0.9 * published.length) return agreement(named)
  // Few pages may stand there by chance.
  const folder = guessed.found > 0 ? guessed.folder : built.map(each => each.folder).find(each => each !== copied)
  if (folder === undefined) return undefined
  const some = guessed.found > 0 ? `pages of only ${guessed.found} of ${published.length} at such addresses` : 'none of these pages'
  return { patterns, evidence: `${folder}/ has ${some}: check \`url\` in the config` }

  function rank(candidates: readonly { folder: string; like: readonly string[] }[]) {
    return candidates
      .map(({ folder, like }) => {
        const missing = withoutPage(join(cwd, folder), like)
        return { folder, like, missing, found: published.length - missing.length }
      })
      .sort((a, b) => b.found - a.found)
  }

  function agreement({ folder, like, missing: [missing], found }: ReturnType<typeof rank>[number]): BuiltPages {
    return {
      patterns: like,
      evidence: `${folder}/ has the pages of ${found} of ${published.length}`,
      ...(missing === undefined ? {} : { missing: { path: missing.path, address: addressOf(missing, like) } }),
    }
  }

  function addressOf({ post, facts }: PlacedPost, like: readonly string[]): string {
    return fillPermalink(like, post, facts) ?? ''
  }

  function withoutPage(folder: string, like: readonly string[]): PlacedPost[] {
    // A page that several issues would share is that of none of them.
    const taken = new Set<string>()
    return published.filter(issue => {
      const page = pageFiles(decodeURIComponent(addressOf(issue, like))).find(file => !taken.has(file) && existsSync(join(folder, file)))
      if (page !== undefined) taken.add(page)
      return page === undefined
    })
  }
}

const nameIn = /:(?:lowerslug|githubslug|slug|lowername|name|title)\b/

/** The proposal first: the sort is stable, so another one must find more to be taken. All that differs is the name and the ending. */
function likePatterns(patterns: readonly string[]): (readonly string[])[] {
  const stated = patterns.slice(0, -1)
  const pattern = patterns.at(-1) ?? ''
  if (/:(?:lower|github)?path\b/.test(pattern)) return [patterns]
  const [own = ''] = nameIn.exec(pattern) ?? []
  const names = [own, ':slug', ':name', ':title', ':githubslug'].map(name => pattern.replace(nameIn, name))
  const likes = names.flatMap(name => ['/', '.html', ''].map(end => [...stated.map(each => endWith(each, end)), endWith(name, end)]))
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
