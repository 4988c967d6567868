import { readFileSync, statSync } from 'node:fs'
import { join, posix } from 'node:path'
import { glob } from 'tinyglobby'
import { issueNumber } from '../post/issue-number.js'
import { parsePosts } from '../post/parse-post.js'
import { findFiles } from '../sources/find-files.js'
import { decodeText } from '../text/decode-text.js'
import type { Post } from '../types.js'

/** A Markdown file of the site that was read. */
export interface ReadPost {
  /** Relative to the working folder, with `/`. */
  path: string
  post: Post
  /** The front matter as it stands, for what the post's model does not keep. */
  front: string
  /** Links to WeChat articles. */
  wechatLinks: number
  /** Whether it looks like an issue of a weekly. */
  isIssue: boolean
}

/** The posts of a site, and the patterns that find its weeklies. */
export interface FoundWeeklies {
  posts: ReadPost[]
  /** Glob patterns, likeliest first; empty when no weekly was found. */
  patterns: string[]
  /** A regular expression, as text, where names do not tell issues from other posts that the patterns match, but titles do. */
  titles?: string
  /** Those of `posts` that the patterns match, and the titles. */
  issues: ReadPost[]
}

/** A few thousand posts are read in seconds; more say nothing new. */
const mostFiles = 3000
const mostBytes = 1_000_000

const ignore = ['node_modules', 'public', 'dist', '_site', 'themes', 'vendor', '.git', '.weekloom', 'resources', 'archetypes'].map(
  name => `**/${name}/**`,
)

/** What people call what comes out again and again. */
const periodical = /weekl(?:y|ies)|newsletter|digest|\bth(?:is|e) (?:week|month) in\b|周刊|周报|周汇|一周|双周|月刊|月报|週刊|週報/i
/** A title that is one number of a series by itself: it counts issues, as no tutorial in parts does, or is hardly more than the number. */
const numbered = /第.{1,12}[期卷]|\d\s?期|^(?:(?:issue|no|vol|volume)\W{0,3})?[#№]?\d{1,5}$/i

/** Reads the Markdown files of the folders and finds the weeklies among them by what they hold, then the patterns that name these. */
export async function findWeeklies(cwd: string, folders: readonly string[], timeZone: string): Promise<FoundWeeklies> {
  for (const folder of folders) {
    const base = posix.normalize(folder).replace(/^\.$/, '').replace(/\/$/, '')
    const pattern = base === '' ? '**/*.{md,mdx,markdown}' : `${base}/**/*.{md,mdx,markdown}`
    const paths = (await glob(pattern, { cwd, ignore, followSymbolicLinks: false, expandDirectories: false })).sort()
    const posts = markSeries(paths.slice(-mostFiles).flatMap(path => readPost(cwd, path, timeZone)))
    const patterns = choosePatterns(posts)
    if (patterns.length > 0) return { posts, patterns, issues: posts.filter(({ path }) => patterns.some(each => matches(each, path))) }
    const titled = findTitled(posts)
    if (titled !== undefined) return { posts, ...titled }
  }
  return { posts: [], patterns: [], issues: [] }
}

/** Reads the posts that somebody named as the weeklies. */
export async function readWeeklies(cwd: string, patterns: readonly string[], timeZone: string): Promise<FoundWeeklies> {
  const files = await findFiles(patterns, cwd)
  const posts = files.slice(-mostFiles).flatMap(({ path }) => readPost(cwd, path, timeZone))
  return { posts, patterns: [...patterns], issues: posts }
}

function readPost(cwd: string, path: string, timeZone: string): ReadPost[] {
  const text = readText(join(cwd, path))
  if (text === undefined) return []
  const outcome = parsePosts(text, { path, timeZone })
  const post = outcome.ok ? outcome.value[0] : undefined
  if (!post || !outcome.ok) return []
  // A file of that name tells of others, unless it holds issues itself.
  if (/(^|\/)(readme|changelog|license|contributing|_index)\.[a-z]+$/i.test(path) && outcome.value.length < 4) return []
  const links = outcome.value.flatMap(each =>
    each.sections.flatMap(section => section.links.map(link => ({ ...link, role: section.role }))),
  )
  const wechatLinks = links.filter(link => link.kind === 'wechat').length
  const reading = links.filter(link => link.role === 'reading').length
  const isNamedSo = periodical.test(`${path} ${post.title}`)
  const front = /^(?:---|\+\+\+)\n([\s\S]{0,5000}?)\n(?:---|\+\+\+|\.\.\.)/.exec(text.replace(/\r\n/g, '\n'))?.[1] ?? ''
  return [{ path, post, front, wechatLinks, isIssue: wechatLinks >= 2 || reading >= 3 || (isNamedSo && links.length >= 3) }]
}

/** Nothing for a file that is too large, or that cannot be read: the build at the end says so. */
function readText(file: string): string | undefined {
  try {
    return statSync(file).size > mostBytes ? undefined : decodeText(readFileSync(file))
  } catch {
    return undefined
  }
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
const numberedName = /^(\d{1,4})[-_. ]/
/** So many posts of a folder count on at least, to be taken for a series. */
const fewestCounted = 8

/**
 * The posts of folders in which nearly all count on, dated or not: by their titles ("第 3 期"), or by their names where many show that they are issues, since one by itself may hold no link to
 * WeChat.
 */
function countedOn(posts: readonly ReadPost[]): ReadPost[] {
  return [...byFolder(posts).values()].flatMap(all => {
    const titled = all.filter(({ post }) => /第.{1,12}[期卷]/.test(post.title))
    const issues = titled.map(({ post }) => Number(issueNumber(undefined, [post.title], '')))
    if (isDense(issues, all.length)) return titled
    const named = all.filter(({ post }) => numberedName.test(post.slug))
    const numbers = named.map(({ post }) => Number(numberedName.exec(post.slug)?.[1]))
    return isDense(numbers, all.length) && named.filter(({ isIssue }) => isIssue).length >= 0.3 * named.length ? named : []
  })
}

/** Whether numbers of so many of all posts count on with few gaps. */
function isDense(numbers: readonly number[], all: number): boolean {
  const { length } = numbers
  return length >= fewestCounted && length >= 0.9 * all && new Set(numbers).size === length && Math.max(...numbers) <= 1.3 * length
}

function byFolder(posts: readonly ReadPost[]): Map<string, ReadPost[]> {
  const folders = new Map<string, ReadPost[]>()
  for (const post of posts) {
    const list = folders.get(folderOf(post))
    if (list) list.push(post)
    else folders.set(folderOf(post), [post])
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

/** A pattern is good when most of what it matches is an issue; the best is the one that finds most, then the most exact. */
function choosePatterns(posts: readonly ReadPost[]): string[] {
  const chosen: string[] = []
  // What a pattern was chosen for says nothing for another one.
  let left = posts
  // Beside a long series, a few posts that link to WeChat are issues only if they say so.
  let fewest = 0
  for (let open = left.filter(post => post.isIssue); open.length > 0 && chosen.length < 4; open = left.filter(post => post.isIssue)) {
    const isTrue = (pattern: string, found: number) =>
      found > fewest || open.every(post => !matches(pattern, post.path) || periodical.test(`${post.path} ${post.post.title}`))
    const best = [...new Set(open.flatMap(candidatePatterns))]
      .map(pattern => ({ pattern, ...judge(pattern, left, open) }))
      .filter(({ pattern, found, precision }) => precision >= 0.7 && (found >= 2 || open.length === 1) && isTrue(pattern, found))
      .sort((a, b) => b.score - a.score || b.pattern.length - a.pattern.length || (a.pattern < b.pattern ? -1 : 1))[0]
    // What is left are single posts that no pattern tells from others.
    if (!best) break
    chosen.push(best.pattern)
    fewest = Math.max(fewest, best.found / 10)
    left = left.filter(({ path }) => !matches(best.pattern, path))
  }
  return chosen
}

/** What titles of issues have in common, the most telling first. */
const titleForms = ['第.{1,12}[期卷]', '\\d\\s?期', '周刊|周报|周汇|双周|月刊|月报|週刊|週報', '[Ww]eekly|[Nn]ewsletter|[Dd]igest']

/** The issues of one folder that their titles alone tell from the posts beside them. */
function findTitled(posts: readonly ReadPost[]): Omit<FoundWeeklies, 'posts'> | undefined {
  const folders = new Map<string, ReadPost>(posts.filter(({ isIssue }) => isIssue).map(issue => [folderOf(issue), issue]))
  return [...folders.values()]
    .flatMap(issue => titleForms.flatMap(titles => titledIn(posts, wholeFolder(issue), titles) ?? []))
    .sort((a, b) => b.issues.length - a.issues.length)[0]
}

/** The posts that a pattern finds and whose titles have a form, where these are the issues and no others. */
function titledIn(posts: readonly ReadPost[], pattern: string, titles: string): Required<Omit<FoundWeeklies, 'posts'>> | undefined {
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

function judge(
  pattern: string,
  posts: readonly ReadPost[],
  open: readonly ReadPost[],
): { found: number; precision: number; score: number } {
  // A post that is called a weekly and links to nothing speaks neither for a pattern nor against it.
  const all = posts.filter(({ path, post, isIssue }) => matches(pattern, path) && (isIssue || !periodical.test(post.slug)))
  const found = open.filter(({ path }) => matches(pattern, path)).length
  const precision = all.filter(post => post.isIssue).length / Math.max(1, all.length)
  return { found, precision, score: found * precision * precision }
}

/** The one post of a folder of its own. */
const bundle = /^index(\.[\w-]+)?\.[a-z]+$/i

function folderOf({ path }: Pick<ReadPost, 'path'>): string {
  return posix.dirname(bundle.test(posix.basename(path)) ? posix.dirname(path) : path)
}

/** By each word of its name, by the form of its name with numbers left open, and by its folder. */
function candidatePatterns({ path }: ReadPost): string[] {
  const file = posix.basename(path)
  const ending = posix.extname(path)
  const isBundle = bundle.test(file)
  const folder = folderOf({ path })
  const name = isBundle ? posix.basename(posix.dirname(path)) : file.slice(0, -ending.length)
  const place = (pattern: string, below = folder) => posix.join(below, isBundle ? `${pattern}/${file}` : `${pattern}${ending}`)
  const words = name.split(/[\d\W_]+/).filter(word => word.length > 3)
  const shape = name.replace(/\d+/g, '*').replace(/\*(?:[-_.]?\*)+/g, '*')
  const forms = [...words.map(word => `*${word}*`), shape, '*']
  return [
    ...forms.map(form => place(form)),
    ...(folder === '.' ? [] : forms.map(form => place(form, posix.join(posix.dirname(folder), '*')))),
  ]
}

/** Whether a path fits a pattern that knows `*` alone, folder by folder. */
export function matches(pattern: string, path: string): boolean {
  const steps = path.split('/')
  const wanted = pattern.split('/')
  return steps.length === wanted.length && wanted.every((each, index) => fits(each, steps[index] ?? ''))
}

function fits(pattern: string, name: string): boolean {
  const [start = '', ...parts] = pattern.split('*')
  if (parts.length === 0) return pattern === name
  const end = parts.pop() ?? ''
  if (name.length < start.length + end.length || !name.startsWith(start) || !name.endsWith(end)) return false
  let at = start.length
  for (const part of parts) {
    const found = name.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  return at <= name.length - end.length
}
