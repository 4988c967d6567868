import { posix } from 'node:path'
import { fixedFolder } from '../sources/find-files.js'
import { fillPermalink, pathFact } from '../sources/permalink.js'
import { localDay } from '../text/zone.js'
import type { DetectedSite } from './detect-site.js'
import { blogPatterns, isInBlog } from './docusaurus-blog.js'
import { repositoryOnGitHub } from './generators.js'
import { folderOf as folderOnDisk } from './name-patterns.js'
import { languageOfPost } from './post-language.js'
import type { ReadPost } from './read-post.js'
import { type AddressForm, addressForm } from './translate-permalink.js'

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
    const placed = placeIn(byPath, form, below, site).replace(/\/{2,}/g, '/')
    return language?.isAtRoot === false ? `/${language.tag.toLowerCase()}${placed}` : placed
  }
  const isBlog = first !== undefined && isInBlog(site, first)
  const placed = isBlog
    ? blogPatterns(form.patterns, site, issues, { onDisk, shown: fixed, glob: glob ?? first.path })
    : form.patterns.map(place)
  const filled = placed.map(pattern => withEnding(pattern, site, section, first))
  const states = (key: 'url' | 'permalink' | 'slug') => posts.some(({ post }) => post.own?.[key] !== undefined)
  const stated = (generator.ownAddress ?? []).filter(states).map(key => `:own${key}`)
  const patterns = [...stated, ...filled.filter(pattern => !pattern.includes(':ownslug') || states('slug'))]
  return {
    patterns: patterns.map(pattern => withWrittenDays(inSmallLetters(pattern, site, posts), site, issues, timeZone)),
    evidence:
      own === undefined
        ? generator.configs.length === 0
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

/** `/:folder` and `:section` are known by now; `:sections` of Hugo are the folders that have an `_index.md`, and the first. */
function placeIn(pattern: string, { sections }: AddressForm, folder: string, { sectionsOf }: DetectedSite): string {
  const steps = folder === '' ? [] : folder.split('/')
  return pattern
    .replace('/:folder', steps.map(step => `/${step}`).join(''))
    .replace(
      '/:sections',
      sections(sectionsOf(steps))
        .map(step => `/${step}`)
        .join(''),
    )
    .replace(':section', steps[0] ?? '')
}

/** The ending that the site's flags ask for. */
function withEnding(pattern: string, { generator, config }: DetectedSite, section: string, first: ReadPost | undefined): string {
  const { flags } = config
  const isBundle = first !== undefined && /(^|\/)index(\.[\w-]+)?\.[a-z]+$/i.test(first.path)
  if (generator === repositoryOnGitHub && first !== undefined)
    return pattern.replace(/\.md$/, isBundle ? `/${posix.basename(first.path)}` : posix.extname(first.path))
  if (/^Vu?i?t?e?Press$/.test(generator.name)) {
    // VitePress and VuePress keep a date in the name; an index.md is its folder's page.
    const named = pattern.replace(':name', ':slug')
    return named.replace(/\.html$/, isBundle ? '/' : flags['cleanUrls'] === true ? '' : '.html')
  }
  if (generator.name === 'Hugo') {
    const isUgly = flags['uglyURLs'] === true || flags[`uglyURLs.${section}`] === true
    // A page is a folder of its own, whether the permalink says so or not.
    return pattern.replace(/\/?$/, isUgly ? '.html' : '/')
  }
  if (generator.name === 'MkDocs' && flags['use_directory_urls'] === false) return pattern.replace(/\/$/, '.html')
  if (generator.name === 'Astro' && flags['trailingSlash'] === false) return pattern.replace(/\/$/, '')
  if (generator.name === 'Docusaurus' && flags['trailingSlash'] === true) return pattern.replace(/\/?$/, '/')
  return pattern
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
  const isBundle = /(^|\/)index(\.[\w-]+)?\.[a-z]+$/i.test(path)
  const folder = posix.dirname(isBundle ? posix.dirname(path) : path)
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
  const { blogRoute, blogFolder = 'blog' } = config.texts
  if (generator.name === 'Docusaurus' && blogRoute !== undefined && `${below}/`.startsWith(`${posix.normalize(blogFolder)}/`))
    return posix.join(blogRoute, below.slice(posix.normalize(blogFolder).length)).replace(/^\/+|\/+$/g, '')
  return generator.name === 'Hugo' ? below : below.replace(/(?:^|\/)_posts$/, '')
}

const baseFolders: Readonly<Record<string, readonly string[]>> = {
  Hugo: ['content'],
  Astro: ['src/content', 'src/data', 'src/pages', 'content'],
  Hexo: ['source/_posts'],
  Jekyll: ['_posts'],
  Eleventy: ['content', 'src', '.'],
  MkDocs: ['docs'],
}
