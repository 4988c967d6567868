import { posix } from 'node:path'
import { fixedFolder } from '../sources/find-files.js'
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
 * The addresses that the site gives its weeklies, as far as its config says. They follow the rules of its generator, whatever the posts of today need of them: the next one may state a slug, or be written in capitals.
 *
 * @param glob the one pattern that finds the issues, where there is one: those in several folders are told apart by their path below its fixed part
 */
export function proposePermalink(site: DetectedSite, issues: readonly ReadPost[], glob?: string): ProposedPermalink {
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
    const byPath = isSpread ? pattern.replace(/\/:folder\/:(own)?(?:slug|name)\b/, '/:folder/:$1path') : pattern
    const below = byPath === pattern ? folder : fixed
    const inCollection = byPath.replace(':collection', collectionOf(first, site) ?? fixed)
    const placed = placeIn(inCollection, below, site.sectionsOf).replace(/\/{2,}/g, '/')
    return language?.isAtRoot === false ? `/${language.tag.toLowerCase()}${placed}` : placed
  }
  const isBlog = first !== undefined && isInBlog(site, first)
  const placed = isBlog
    ? blogPatterns(form.patterns, site, issues, { onDisk, shown: fixed, glob: glob ?? first.path })
    : form.patterns.map(place)
  const end = endings[generator.name] ?? (pattern => pattern)
  const filled = placed.map(pattern => end(pattern, { flags: config.flags, section, first }))
  const stated = (generator.ownAddress ?? []).map(key => `:own${key}`)
  return {
    // A page of Astro that is Markdown itself has the address of its file.
    patterns: isPageOfAstro(first, site) ? filled.slice(-1) : [...stated, ...filled.map(pattern => asSpelled(pattern, site))],
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

/** Names as the generator writes them into addresses, where its config leaves that to it. What a post of Astro states is taken as it is. */
function asSpelled(pattern: string, { generator: { spelling, lowersFolders }, config }: DetectedSite): string {
  if (spelling === undefined || config.flags['keepsNames']) return pattern
  const spelled = spelling === 'lower' ? /:((?:own)?(?:slug|path)|name)\b/g : /:(slug|path)\b/g
  return (lowersFolders ? pattern.toLowerCase() : pattern).replace(spelled, `:${spelling}$1`)
}

function isPageOfAstro(first: ReadPost | undefined, { generator, root }: DetectedSite): boolean {
  return generator.name === 'Astro' && first?.path.startsWith(posix.join(root, 'src/pages/')) === true
}

/** A slug in Astro stands for the path below the collection; nothing where the site's pages leave the place of that open. */
function collectionOf(first: ReadPost | undefined, site: DetectedSite): string | undefined {
  const [, collection] = /^((?:src\/)?(?:content|data)\/[^/]+\/)/.exec(first?.path ?? '') ?? []
  const folder = collection && folderOf(`${collection}issue.md`, site)
  return folder?.includes('[') ? undefined : folder
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
