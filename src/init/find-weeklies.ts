import { posix, relative, sep } from 'node:path'
import { glob } from 'tinyglobby'
import { issueNumber } from '../post/issue-number.js'
import { findFiles } from '../sources/find-files.js'
import { choosePatterns } from './choose-patterns.js'
import { bundle, fits, folderOf, matches, openNumbers, openPeriods } from './name-patterns.js'
import { inOneLanguage } from './post-language.js'
import { numbered, ofOthers, periodical, type ReadPost, readPost } from './read-post.js'
import type { SiteLanguage } from './site-config.js'

/** The posts of a site, and the patterns that find its weeklies. */
export interface FoundWeeklies {
  posts: ReadPost[]
  /** Glob patterns, likeliest first; empty when no weekly was found. */
  patterns: string[]
  /** A regular expression, as text, where names do not tell issues from other posts that the patterns match, but titles do. */
  titles?: string
  /** Those of `posts` that the patterns match, and the titles. */
  issues: ReadPost[]
  /** Languages whose issues are left out. */
  left: readonly string[]
  /** Files that look like issues in the language that was chosen, which no pattern finds. */
  missed: readonly string[]
}

/** What is known of the site. */
interface SiteOfPosts {
  languages?: readonly SiteLanguage[]
  /** Tag of its own language. */
  main?: string | undefined
  /** Forms of names of which its generator makes no pages. */
  unpublished?: readonly string[] | undefined
}

/** A few thousand posts are read in seconds; more say nothing new. */
const mostFiles = 3000

const ignore = ['node_modules', 'public', 'dist', '_site', 'themes', 'vendor', '.git', '.weekloom', 'resources', 'archetypes'].map(
  name => `**/${name}/**`,
)

/**
 * Reads the Markdown files of the folders and finds the weeklies among them by what they hold, then the patterns that name these.
 *
 * @param places folders, likeliest first, the next where one holds none; those of a list are one place
 * @param site its languages, of which one is chosen, and what its generator makes no pages of
 */
export async function findWeeklies(
  cwd: string,
  places: readonly (string | readonly string[])[],
  timeZone: string,
  { languages = [], main, unpublished = [] }: SiteOfPosts = {},
): Promise<FoundWeeklies> {
  for (const place of places) {
    const paths = await glob([place].flat().map(markdownBelow), { cwd, ignore, followSymbolicLinks: false, expandDirectories: false })
    const posts = markSeries(
      paths
        .sort()
        .filter(path => !isUnpublished(path, unpublished))
        .slice(-mostFiles)
        .flatMap(path => readPost(cwd, path, timeZone)),
    )
    const { chosen, others, left } = inOneLanguage(posts, languages, main)
    const patterns = choosePatterns({ posts: chosen, others, languages })
    const issues = chosen.filter(({ path }) => patterns.some(each => matches(each, path)))
    const found = patterns.length > 0 ? { patterns, issues } : findTitled(chosen)
    if (found === undefined) continue
    const excluded = exclusionsOf(found.patterns, paths, posts, unpublished)
    const missed = chosen.filter(post => post.isIssue && !found.issues.includes(post)).map(({ path }) => path)
    return { posts, ...found, patterns: [...found.patterns, ...excluded], left, missed }
  }
  return { posts: [], patterns: [], issues: [], left: [], missed: [] }
}

function markdownBelow(folder: string): string {
  const base = posix.normalize(folder).replace(/^\.$/, '').replace(/\/$/, '')
  return base === '' ? '**/*.{md,mdx,markdown}' : `${base}/**/*.{md,mdx,markdown}`
}

/** Whether a generator makes no page of a file: its name, or that of a folder, has one of these forms. */
function isUnpublished(path: string, forms: readonly string[]): boolean {
  return path.split('/').some(step => forms.some(form => fits(form, step)))
}

/** `!news/_*` for files that patterns match, though no page is made of them, and `!news/README.md` for those that tell of others. */
function exclusionsOf(
  patterns: readonly string[],
  paths: readonly string[],
  posts: readonly ReadPost[],
  unpublished: readonly string[],
): string[] {
  const read = new Set(posts.map(({ path }) => path))
  const leftOut = paths.filter(path => isUnpublished(path, unpublished) || (ofOthers.test(path) && !read.has(path)))
  const excluded = patterns.flatMap(pattern =>
    leftOut
      .filter(path => matches(pattern, path))
      .map(path => {
        const steps = path.split('/')
        const at = steps.findIndex(step => isUnpublished(step, unpublished))
        const step = steps.at(at) ?? ''
        const wide = pattern
          .split('/')
          .with(at, unpublished.find(form => fits(form, step)) ?? step)
          .join('/')
        return `!${posts.some(post => matches(wide, post.path)) ? path : wide}`
      }),
  )
  return [...new Set(excluded)]
}

/** Reads the posts that somebody named as the weeklies. */
export async function readWeeklies(cwd: string, patterns: readonly string[], timeZone: string): Promise<FoundWeeklies> {
  const files = await findFiles(patterns, cwd)
  const posts = files
    .slice(-mostFiles)
    .flatMap(({ absolutePath }) => readPost(cwd, relative(cwd, absolutePath).split(sep).join('/'), timeZone))
  return { posts, patterns: [...patterns], issues: posts, left: [], missed: [] }
}

/**
 * An issue by itself may show nothing: one link and a plain name. So the dated posts of a folder that is called so are issues, and those whose titles number on, the later the higher, in
 * any folder. One alone is no series: somebody may write about a weekly.
 */
function markSeries(posts: readonly ReadPost[]): ReadPost[] {
  const found = new Set<ReadPost>(countedOn(posts))
  for (const [folder, dated] of byFolder(posts.filter(({ post }) => post.published !== undefined))) {
    // Where issues show by themselves that they are some, the name of the folder says nothing of the posts beside them.
    const isCalledSo = periodical.test(posix.basename(folder)) && dated.filter(({ isIssue }) => isIssue).length < 2
    const series = isCalledSo ? dated : numberedOn(dated)
    if (series.length >= 2) for (const post of series) found.add(post)
  }
  return posts.map(post => (found.has(post) ? { ...post, isIssue: true } : post))
}

/** A name that begins with a number: `126-cats.md`. */
const numberedName = /^(\d{1,4})(?:[-_. ]|$)/
/** So many posts count on at least, to be taken for a series. */
const fewestCounted = 8

/**
 * The posts of folders, by themselves and those of several years together, in which nearly all count on, dated or not: by their titles ("第 3 期"), or by their names, which may be days in folders of months,
 * where many show that they are issues, since one by itself may hold no link to WeChat.
 */
function countedOn(posts: readonly ReadPost[]): ReadPost[] {
  return [...byFolder(posts, post => openPeriods(folderOf(post))), ...byFolder(posts)].flatMap(([folder, all]) => {
    const titled = all.filter(({ post }) => /第.{1,12}[期卷]/.test(post.title))
    if (areDense(titled, all.length, ({ post }) => Number(issueNumber(undefined, [post.title], '')))) return titled
    const named = all.filter(({ post }) => numberedName.test(post.slug))
    const areDays = folder.includes('*') && all.length >= fewestCounted && all.every(({ post }) => openNumbers(post.slug) === '*')
    const countOn = areDays || areDense(named, all.length, ({ post }) => Number(numberedName.exec(post.slug)?.[1]))
    const series = areDays ? all : named
    return countOn && series.filter(({ isIssue }) => isIssue).length >= 0.3 * series.length ? series : []
  })
}

/** Whether so many of all posts count on with few gaps, in each folder by itself. */
function areDense(posts: readonly ReadPost[], all: number, numberOf: (post: ReadPost) => number): boolean {
  if (posts.length < fewestCounted || posts.length < 0.9 * all) return false
  let span = 0
  for (const beside of byFolder(posts).values()) {
    const numbers = beside.map(numberOf)
    if (new Set(numbers).size < numbers.length) return false
    span += Math.max(...numbers) - Math.min(...numbers) + 1
  }
  return span <= 1.3 * posts.length
}

function byFolder(posts: readonly ReadPost[], folder: (post: ReadPost) => string = folderOf): Map<string, ReadPost[]> {
  const folders = new Map<string, ReadPost[]>()
  for (const post of posts) {
    const list = folders.get(folder(post))
    if (list) list.push(post)
    else folders.set(folder(post), [post])
  }
  return folders
}

/** The posts whose titles number on; none where the numbers do not follow the dates. */
function numberedOn(dated: readonly ReadPost[]): ReadPost[] {
  const series = dated
    .map(post => ({ post, title: post.post.title.trim(), number: Number(issueNumber(undefined, [post.post.title], '')) }))
    .filter(({ title, number }) => number > 0 && (numbered.test(title) || periodical.test(title)))
    .sort((a, b) => ((a.post.post.published ?? '') < (b.post.post.published ?? '') ? -1 : 1))
  const rising = series.filter(({ number }, index) => index === 0 || number > (series[index - 1]?.number ?? 0)).length
  return rising >= 0.8 * series.length ? series.map(({ post }) => post) : []
}

type Titled = Required<Pick<FoundWeeklies, 'patterns' | 'titles' | 'issues'>>

/** What titles of issues have in common, the most telling first. */
const titleForms = ['第.{1,12}[期卷]', '\\d\\s?期', '周刊|周报|周汇|双周|月刊|月报|週刊|週報', '[Ww]eekly|[Nn]ewsletter|[Dd]igest']

/** The issues of one folder that their titles alone tell from the posts beside them. */
function findTitled(posts: readonly ReadPost[]): Titled | undefined {
  const folders = new Map<string, ReadPost>(posts.filter(({ isIssue }) => isIssue).map(issue => [folderOf(issue), issue]))
  return [...folders.values()]
    .flatMap(issue => titleForms.flatMap(titles => titledIn(posts, wholeFolder(issue), titles) ?? []))
    .sort((a, b) => b.issues.length - a.issues.length)[0]
}

/** The posts that a pattern finds and whose titles have a form, where these are the issues and no others. */
function titledIn(posts: readonly ReadPost[], pattern: string, titles: string): Titled | undefined {
  const form = new RegExp(titles)
  const beside = posts.filter(({ path }) => matches(pattern, path))
  const issues = beside.filter(({ post }) => form.test(post.title))
  const isTelling = issues.length >= 2 && beside.every(post => post.isIssue === issues.includes(post))
  return isTelling ? { patterns: [pattern], titles, issues } : undefined
}

/** `posts/*.md`, or `posts/*` + `/index.md` where each post has a folder of its own. */
function wholeFolder(issue: ReadPost): string {
  const file = posix.basename(issue.path)
  return posix.join(folderOf(issue), bundle.test(file) ? `*/${file}` : `*${posix.extname(file)}`)
}
