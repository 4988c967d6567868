import { posix } from 'node:path'
import { bundle, folderOf, matches, openNumbers, openPeriods, openWord, tellingLength } from './name-patterns.js'
import { languageEnding } from './post-language.js'
import { numbered, periodical, type ReadPost } from './read-post.js'
import type { SiteLanguage } from './site-config.js'

/** The posts among which issues are to be found. */
export interface PostsToPart {
  posts: readonly ReadPost[]
  /** What is in other languages: no issues of this weekly. */
  others: readonly ReadPost[]
  languages: readonly SiteLanguage[]
}

/** A pattern is good when most of what it matches is an issue; the best is the one that finds most, then the most exact. Patterns with `!` leave out what is in other languages. */
export function choosePatterns({ posts, others, languages }: PostsToPart): string[] {
  const endingOf = ({ path }: ReadPost) => languageEnding(path, languages)
  // Beside issues without a language in their names, the others are known by theirs. Else the patterns have to tell them.
  const isBare = posts.some(post => post.isIssue && endingOf(post) === undefined)
  const strangers = others.filter(post => !isBare || endingOf(post) === undefined)
  const chosen: string[] = []
  // What a pattern was chosen for says nothing for another one.
  let left = posts
  // Beside a long series, a few posts that link to WeChat are issues only if they say so.
  let fewest = 0
  for (let open = left.filter(post => post.isIssue); open.length > 0 && chosen.length < 8; open = left.filter(post => post.isIssue)) {
    const isTrue = (pattern: string, found: number) =>
      found > fewest || open.every(post => !matches(pattern, post.path) || periodical.test(`${post.path} ${post.post.title}`))
    const best = [...new Set(open.flatMap(post => candidatePatterns(post, endingOf(post))))]
      .filter(pattern => !strangers.some(({ path }) => matches(pattern, path)))
      .map(pattern => ({ pattern, ...judge(pattern, left, open) }))
      .filter(
        ({ pattern, found, precision }) =>
          precision >= 0.7 &&
          (found >= 2 || open.length === 1 || isNamedLike(pattern, chosen)) &&
          (isNamedLike(pattern, besideOf(pattern, chosen)) ||
            isSeries(
              pattern,
              open.filter(({ path }) => matches(pattern, path)),
            )) &&
          isTrue(pattern, found),
      )
      .sort((a, b) => b.score - a.score || tellingLength(b.pattern) - tellingLength(a.pattern) || (a.pattern < b.pattern ? -1 : 1))[0]
    // What is left are single posts that no pattern tells from others.
    if (!best) break
    const pattern = withPeriodsOpen(best.pattern, posts, strangers)
    chosen.push(pattern)
    fewest = Math.max(fewest, best.found / 10)
    left = left.filter(({ path }) => !matches(pattern, path))
  }
  return [
    ...chosen,
    ...exclusions(
      chosen,
      others.filter(post => !strangers.includes(post)),
    ),
  ]
}

/** `issue-7`, `vol.12` */
const numberedSlug = /(?:^|[^a-z])(?:issue|vol|volume)[-_. ]?\d/i

/**
 * Whether what a pattern finds is a weekly: most say so, or their names are alike but for numbers, or they make up a folder and are numbered or
 * dated. Posts that share a word, and single ones, are other posts of a blog that list what they draw on.
 */
function isSeries(pattern: string, issues: readonly ReadPost[]): boolean {
  const areMost = (some: readonly unknown[], fewest: number) => some.length >= fewest && some.length >= 0.7 * issues.length
  const telling = issues.filter(
    ({ path, post: { title, slug } }) => periodical.test(`${path} ${title}`) || numbered.test(title) || numberedSlug.test(slug),
  )
  if (telling.length * 2 >= issues.length) return true
  const shapes = issues.map(({ post }) => openNumbers(post.slug)).filter(shape => shape.includes('*'))
  const areAlike = (shape: string) => shapes.filter(each => each === shape)
  if (shapes.some(shape => areMost(areAlike(shape), 3))) return true
  const ordered = issues.filter(({ post }) => post.published !== undefined || /\d/.test(post.slug))
  return /(?:^|\/)\*(?:\.[a-z]+|\/index[^/]*)$/i.test(pattern) && areMost(ordered, 5)
}

/** The pattern with folders of years, months and days left open, since the next ones come, where it finds no other posts then. */
function withPeriodsOpen(pattern: string, posts: readonly ReadPost[], strangers: readonly ReadPost[]): string {
  const steps = pattern.split('/')
  const kept = bundle.test(posix.basename(pattern)) ? -2 : -1
  const open = posix.join(openPeriods(steps.slice(0, kept).join('/')), ...steps.slice(kept))
  const isOther = (post: ReadPost) => strangers.includes(post) || !(post.isIssue || periodical.test(post.post.slug))
  return [...posts, ...strangers].some(post => isOther(post) && matches(open, post.path) && !matches(pattern, post.path)) ? pattern : open
}

/** Whether a pattern finds elsewhere, or with another ending, what is called like the issues of another one: a single post is an issue then. */
function isNamedLike(pattern: string, chosen: readonly string[]): boolean {
  return /\p{L}{2}/u.test(nameForm(pattern)) && chosen.some(each => nameForm(each) === nameForm(pattern))
}

/** Those of patterns that find what stands in the same folder. */
function besideOf(pattern: string, patterns: readonly string[]): string[] {
  return patterns.filter(path => folderOf({ path }) === folderOf({ path: pattern }))
}

/** `*weekly*` of `blog/*weekly*.md` and of `blog/*weekly*` + `/index.md`. */
function nameForm(pattern: string): string {
  const file = posix.basename(pattern)
  return bundle.test(file) ? posix.basename(posix.dirname(pattern)) : file.slice(0, -posix.extname(file).length)
}

/** `!blog/*.en.md` for posts in other languages that patterns match too. */
function exclusions(patterns: readonly string[], others: readonly ReadPost[]): string[] {
  const matched = others.filter(({ path }) => patterns.some(pattern => matches(pattern, path)))
  return [
    ...new Set(
      matched.map(
        ({ path }) =>
          `!${patterns.filter(pattern => matches(pattern, path)).map(posix.dirname)[0]}/*${/\.[\w-]+\.[a-z]+$/i.exec(path)?.[0] ?? ''}`,
      ),
    ),
  ]
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

/** By each word of its name, by the form of its name with numbers left open, and by its folder. */
function candidatePatterns({ path }: ReadPost, language: string | undefined): string[] {
  const file = posix.basename(path)
  const ending = `${language === undefined ? '' : (/\.[\w-]+(?=\.[a-z]+$)/i.exec(path)?.[0] ?? '')}${posix.extname(path)}`
  const isBundle = bundle.test(file)
  const folder = folderOf({ path })
  const name = isBundle ? posix.basename(posix.dirname(path)) : file.slice(0, -ending.length)
  const place = (pattern: string, below = folder) => posix.join(below, isBundle ? `${pattern}/${file}` : `${pattern}${ending}`)
  const words = name.split(/[\d\W_]+/).filter(word => word.length > 3)
  const forms = [...words.map(openWord), openNumbers(name), '*']
  return [
    ...forms.map(form => place(form)),
    ...(folder === '.' ? [] : forms.map(form => place(form, posix.join(posix.dirname(folder), '*')))),
  ]
}
