import { readFileSync, statSync } from 'node:fs'
import { join, posix } from 'node:path'
import { glob } from 'tinyglobby'
import { parsePosts } from '../post/parse-post.js'
import { findFiles } from '../sources/find-files.js'
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
  /** Those of `posts` that the patterns match. */
  issues: ReadPost[]
}

/** A few thousand posts are read in seconds; more say nothing new. */
const mostFiles = 3000
const mostBytes = 1_000_000

const ignore = ['node_modules', 'public', 'dist', '_site', 'themes', 'vendor', '.git', '.weekloom', 'resources', 'archetypes'].map(
  name => `**/${name}/**`,
)

/** Reads the Markdown files of the folders and finds the weeklies among them by what they hold, then the patterns that name these. */
export async function findWeeklies(cwd: string, folders: readonly string[], timeZone: string): Promise<FoundWeeklies> {
  for (const folder of folders) {
    const base = posix.normalize(folder).replace(/^\.$/, '').replace(/\/$/, '')
    const pattern = base === '' ? '**/*.{md,mdx,markdown}' : `${base}/**/*.{md,mdx,markdown}`
    const paths = (await glob(pattern, { cwd, ignore, followSymbolicLinks: false, expandDirectories: false })).sort()
    const posts = paths.slice(-mostFiles).flatMap(path => readPost(cwd, path, timeZone))
    const patterns = choosePatterns(posts)
    if (patterns.length > 0) return { posts, patterns, issues: posts.filter(({ path }) => patterns.some(each => matches(each, path))) }
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
  const file = join(cwd, path)
  if (/(^|\/)(readme|changelog|license|contributing|_index)\.[a-z]+$/i.test(path) || statSync(file).size > mostBytes) return []
  const text = readFileSync(file, 'utf8')
  const outcome = parsePosts(text, { path, timeZone })
  const post = outcome.ok ? outcome.value[0] : undefined
  if (!post || !outcome.ok) return []
  const links = outcome.value.flatMap(each =>
    each.sections.flatMap(section => section.links.map(link => ({ ...link, role: section.role }))),
  )
  const wechatLinks = links.filter(link => link.kind === 'wechat').length
  const reading = links.filter(link => link.role === 'reading').length
  const isNamedSo = /weekly|newsletter|digest|周刊|周报|周汇|一周|週刊/i.test(`${path} ${post.title}`)
  const front = /^(?:---|\+\+\+)\n([\s\S]{0,5000}?)\n(?:---|\+\+\+|\.\.\.)/.exec(text.replace(/\r\n/g, '\n'))?.[1] ?? ''
  return [{ path, post, front, wechatLinks, isIssue: wechatLinks >= 2 || reading >= 3 || (isNamedSo && links.length >= 3) }]
}

/** A pattern is good when most of what it matches is an issue; the best is the one that finds most, then the most exact. */
function choosePatterns(posts: readonly ReadPost[]): string[] {
  const chosen: string[] = []
  let open = posts.filter(post => post.isIssue)
  while (open.length > 0 && chosen.length < 4) {
    const best = [...new Set(open.flatMap(candidatePatterns))]
      .map(pattern => ({ pattern, ...judge(pattern, posts, open) }))
      .filter(({ found, precision }) => precision >= 0.7 && (found >= 2 || open.length === 1))
      .sort((a, b) => b.score - a.score || b.pattern.length - a.pattern.length || (a.pattern < b.pattern ? -1 : 1))[0]
    // What is left are single posts that no pattern tells from others.
    if (!best) break
    chosen.push(best.pattern)
    open = open.filter(({ path }) => !matches(best.pattern, path))
  }
  return chosen
}

function judge(
  pattern: string,
  posts: readonly ReadPost[],
  open: readonly ReadPost[],
): { found: number; precision: number; score: number } {
  const all = posts.filter(({ path }) => matches(pattern, path))
  const found = open.filter(({ path }) => matches(pattern, path)).length
  const precision = all.filter(post => post.isIssue).length / Math.max(1, all.length)
  return { found, precision, score: found * precision * precision }
}

/** By each word of its name, by the form of its name with numbers left open, and by its folder. */
function candidatePatterns({ path }: ReadPost): string[] {
  const file = posix.basename(path)
  const ending = posix.extname(path)
  const isBundle = /^index(\.[\w-]+)?\.[a-z]+$/i.test(file)
  const folder = posix.dirname(isBundle ? posix.dirname(path) : path)
  const name = isBundle ? posix.basename(posix.dirname(path)) : file.slice(0, -ending.length)
  const place = (pattern: string) => posix.join(folder, isBundle ? `${pattern}/${file}` : `${pattern}${ending}`)
  const words = name.split(/[\d\W_]+/).filter(word => word.length > 3)
  const shape = name.replace(/\d+/g, '*').replace(/\*(?:[-_.]?\*)+/g, '*')
  const deep = posix.join(posix.dirname(folder), '*', isBundle ? `*/${file}` : `*${ending}`)
  return [...words.map(word => place(`*${word}*`)), place(shape), place('*'), ...(posix.dirname(folder) === '.' ? [] : [deep])]
}

/** Whether a path fits a pattern that knows `*` alone, folder by folder. */
function matches(pattern: string, path: string): boolean {
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
