import { posix } from 'node:path'
import { fixedFolder } from '../sources/find-files.js'
import { fillPermalink, pathFact } from '../sources/permalink.js'
import { localDay } from '../text/zone.js'
import type { DetectedSite } from './detect-site.js'
import { blogPatterns, isInBlog } from './docusaurus-blog.js'
import { isPlain, repositoryOnGitHub } from './generators.js'
import { bundle, folderOf as folderOnDisk } from './name-patterns.js'
import { languageOfPost } from './post-language.js'
import type { ReadPost } from './read-post.js'
import type { SiteConfig } from './site-config.js'
import { addressForm, placeIn } from './translate-permalink.js'

/** Address patterns for `weekly({ url })`, and what they do not cover. */
export interface ProposedPermalink {
  /** The first that a post can fill is its address. */
  patterns: readonly string[]
  /** Where they come from, for people. */
  evidence: string
  /** Placeholders of the site's config that were left out, since they have no counterpart. */
  unknown: readonly string[]
}

/**
 * The addresses that the site gives its weeklies, as far as its config says. `posts` are those that show what front matter states.
 *
 * @param options `timeZone` is the zone of the site, `glob` the one pattern that finds the issues, where there is one: those in several folders are told apart by their path below its fixed part
 */
export function proposePermalink(
  site: DetectedSite,
  issues: readonly ReadPost[],
  posts: readonly ReadPost[],
  { glob, timeZone = 'UTC' }: { glob?: string | undefined; timeZone?: string } = {},
): ProposedPermalink {
  const { generator, config } = site
  const [first] = issues
  const language = first && languageOfPost(first.path, config.languages)
  const folder = first ? folderOf(first.path, site) : ''
  const section = folder.split('/')[0] ?? ''
  const permalinks = { ...config.permalinks, ...language?.permalinks }
  const beside = first && site.permalinkIn?.(posix.dirname(first.path))
  const own = beside ?? permalinks[section] ?? permalinks[folder] ?? permalinks['']
  const form = addressForm(own ?? defaultOf(site, first), site, issues)
  // The folder that the glob fixes: issues in several stand below it, or will.
  const onDisk = fixedOf(glob ?? first?.path ?? '')
  const fixed = folderOf(posix.join(onDisk, 'issue.md'), site)
  const isSpread = glob !== undefined && (fixed !== folder || issues.some(({ path }) => folderOf(path, site) !== folder))
  const place = (pattern: string) => {
    const byPath = isSpread ? pattern.replace(/\/:folder\/:(?:slug|name)\b/, '/:folder/:path') : pattern
    const below = byPath === pattern && !pattern.endsWith(':ownslug') ? folder : fixed
    const placed = placeIn(byPath, below, site.sectionsOf).replace(/\/{2,}/g, '/')
    return language?.isAtRoot === false ? `/${language.tag.toLowerCase()}${placed}` : placed
  }
  const isBlog = first !== undefined && isInBlog(site, first)
  const placed = isBlog
    ? blogPatterns(form.patterns, site, issues, { onDisk, shown: fixed, glob: glob ?? first.path })
    : form.patterns.map(place)
  const end = endings[generator.name] ?? (pattern => pattern)
  const filled = placed.map(pattern => end(pattern, { flags: config.flags, section, first }))
  const states = (key: 'url' | 'permalink' | 'slug') => posts.some(({ post }) => post.own?.[key] !== undefined)
  const stated = (generator.ownAddress ?? []).filter(states).map(key => `:own${key}`)
  const patterns = [...stated, ...filled.filter(pattern => !pattern.includes(':ownslug') || states('slug'))]
  return {
    patterns: patterns.map(pattern => withWrittenDays(inSmallLetters(pattern, site, posts), site, issues, timeZone)),
    evidence:
      own === undefined
        ? isPlain(generator)
          ? 'by the names of the folders'
          : `what ${generator.name} does by default`
        : `the ${beside === undefined ? "site's config" : 'data of their folder'}: ${own}`,
    unknown: [...form.unknown, ...config.rewrites],
  }
}

/** The folder that a glob fixes; that of an `index.md` is one above. */
function fixedOf(glob: string): string {
  const fixed = fixedFolder(glob)
  return fixed === posix.dirname(glob) ? folderOnDisk({ path: glob }) : fixed
}

/** Docs of Docusaurus have their names alone. */
function defaultOf(site: DetectedSite, first: ReadPost | undefined): string {
  const { name, permalink } = site.generator
  return name === 'Docusaurus' && first !== undefined && !isInBlog(site, first) ? '/:folder/:slug' : permalink
}

/** What the ending of an address depends on. */
interface EndingFacts {
  flags: SiteConfig['flags']
  section: string
  first: ReadPost | undefined
}

const isBundle = (path = ''): boolean => bundle.test(posix.basename(path))

/** VitePress and VuePress keep a date in the name; an index.md is its folder's page. */
function endAsPress(pattern: string, { flags, first }: EndingFacts): string {
  return pattern.replace(':name', ':slug').replace(/\.html$/, isBundle(first?.path) ? '/' : flags['cleanUrls'] ? '' : '.html')
}

/** The ending that the flags of a site ask for, by its generator. */
const endings: Readonly<Record<string, (pattern: string, facts: EndingFacts) => string>> = {
  VitePress: endAsPress,
  VuePress: endAsPress,
  // A page is a folder of its own, whether the permalink says so or not.
  Hugo: (pattern, { flags, section }) => pattern.replace(/\/?$/, flags['uglyURLs'] || flags[`uglyURLs.${section}`] ? '.html' : '/'),
  MkDocs: (pattern, { flags }) => (flags['use_directory_urls'] === false ? pattern.replace(/\/$/, '.html') : pattern),
  Astro: (pattern, { flags }) => (flags['trailingSlash'] === false ? pattern.replace(/\/$/, '') : pattern),
  Docusaurus: (pattern, { flags }) => (flags['trailingSlash'] ? pattern.replace(/\/?$/, '/') : pattern),
  // GitHub shows a file under its name.
  [repositoryOnGitHub.name]: (pattern, { first }) =>
    first === undefined
      ? pattern
      : pattern.replace(/\.md$/, isBundle(first.path) ? `/${posix.basename(first.path)}` : posix.extname(first.path)),
}

/** Hugo, Zola and Astro write names in small letters: that is asked for only where it makes a difference. */
function inSmallLetters(pattern: string, { generator, config }: DetectedSite, posts: readonly ReadPost[]): string {
  if (generator.lowers === undefined || config.flags['disablePathToLower'] === true) return pattern
  const spelling = generator.spelling ?? 'lower'
  const differs = (name: string, rule: 'lower' | 'github') =>
    posts.some(({ path, post }) => {
      const facts = { path: pathFact(path), timeZone: 'UTC' }
      return fillPermalink(`:${name}`, post, facts) !== fillPermalink(`:${rule}${name}`, post, facts)
    })
  const named = pattern.replace(/:(slug|path|name)\b/, (whole, name: string) =>
    differs(name, name === 'name' ? 'lower' : spelling) ? `:${spelling}${name}` : whole,
  )
  return generator.lowers === 'names'
    ? named
    : named.toLowerCase().replace(/:ownslug\b/, whole => (differs('ownslug', 'lower') ? ':lowerownslug' : whole))
}

/** Hugo tells the day of a date in the offset that is written with it: that is asked for only where it makes a difference. */
function withWrittenDays(pattern: string, { generator }: DetectedSite, issues: readonly ReadPost[], timeZone: string): string {
  const differs = issues.some(({ post }) => post.own?.day !== undefined && post.own.day !== localDay(post.published, timeZone))
  return generator.name === 'Hugo' && differs ? pattern.replace(/:(year|month|day)\b/g, ':own$1') : pattern
}

/** The folder of a post as it shows in addresses: below the content. */
function folderOf(path: string, { generator, root, config, routes }: DetectedSite): string {
  const folder = folderOnDisk({ path })
  const stated = [config.contentFolder, ...config.languages.map(({ contentFolder }) => contentFolder)].filter(each => each !== undefined)
  const bases = [...stated, ...(baseFolders[generator.name] ?? ['content'])]
    .map(base => posix.join(root, base))
    .sort((a, b) => b.length - a.length)
  const base =
    generator === repositoryOnGitHub ? '.' : (bases.find(each => folder === each || folder.startsWith(`${each}/`)) ?? posix.join(root, '.'))
  // Docusaurus keeps translations apart from where it shows them.
  const below = posix
    .relative(base, folder)
    .replace(/^i18n\/([^/]+)\/docusaurus-plugin-content-(?:(blog)|docs\/current)(?=\/|$)/, (_, tag, blog = 'docs') => `${tag}/${blog}`)
  // A collection of Astro is shown where a page of the site says so, mostly under its own name.
  const [open, ...others] = routes
  const { folders = [] } = languageOfPost(path, config.languages) ?? {}
  const step = below.split('/').find(each => folders.includes(each.toLowerCase()))
  const route = step === undefined ? open : open?.replace(/\[(?:\.{3})?(?:lang|language|locale)\]/, step)
  const isShown = routes.some(each => below === each || below.startsWith(`${each}/`))
  if (route !== undefined && others.length === 0 && !isShown) {
    const inRoute = step !== undefined && route !== open ? below.split('/').filter(each => each !== step) : below.split('/')
    return posix.join(route, ...inRoute.slice(1))
  }
  const { blogFolder = 'blog', blogRoute = 'blog' } = config.texts
  const inBlog = posix.relative(posix.join(root, blogFolder), folder)
  if (generator.name === 'Docusaurus' && !inBlog.startsWith('..')) return posix.join(blogRoute, inBlog).replace(/^\/+|\/+$/g, '')
  return generator.name === 'Hugo' ? below : below.replace(/(?:^|\/)_posts$/, '')
}

/** Folders above the content, where they are not `content`. */
const baseFolders: Readonly<Record<string, readonly string[]>> = {
  Astro: ['src/content', 'src/data', 'src/pages', 'content'],
  Hexo: ['source/_posts'],
  Jekyll: ['_posts'],
  Eleventy: ['content', 'src', '.'],
  MkDocs: ['docs'],
  // Their folder of pages is the root, or stated.
  VitePress: [],
  VuePress: [],
}
