import { readFile } from 'node:fs/promises'
import { issueEntry } from '../entry/issue-entry.js'
import { linkEntry } from '../entry/link-entry.js'
import { type IssuePart, partEntries } from '../entry/part-entries.js'
import { findRefusedRange } from '../fetch/guard-address.js'
import { parsePosts } from '../post/parse-post.js'
import { causeOf, makeProblem, type Outcome, type Where } from '../problems.js'
import { decodeText } from '../text/decode-text.js'
import { withSlash } from '../text/url.js'
import { localDay } from '../text/zone.js'
import type { LinkRef, Post, Source, SourceItem, SourceTools } from '../types.js'
import { authorFiles, nameAuthors, readAuthors } from './author-names.js'
import { type FoundFile, findFiles, isExclusion, nothingFound, slashHint } from './find-files.js'
import { OptionsError } from './option-mistakes.js'
import { fillPermalink, type PermalinkFacts, pathFact } from './permalink.js'
import { type DatedFile, findOutOfSequence } from './post-sequence.js'
import { shownKeys } from './shown-keys.js'
import { assertSourceOptions, readPlaces } from './source-schemas.js'

/** What `weekly()` can be told. */
export interface WeeklyOptions {
  /**
   * Name of the source, in reports.
   * @default 'weekly'
   * @example 'newsletter'
   */
  name?: string
  /**
   * Address of an issue on the site, absolute or from the site's root. It is the issue's id, so it should never change.
   * A function of the post, or a pattern with `:slug` (name of the file, or of the folder of an `index.md`), `:lowerslug` (the same as Hugo
   * writes it: small letters, hyphens for spaces), `:name` (without a date before it), `:lowername`, `:title` (the title as Hugo writes it into addresses),
   * `:path` (path below the fixed part of the glob, without its ending), `:lowerpath`, `:githubslug` and `:githubpath` (as Astro writes them: small letters, a hyphen for each space, no other signs), `:issue`, `:year`, `:month`, `:day`; and what the front
   * matter states itself: `:ownurl` and `:ownpermalink` (the whole address, below `site.url`), `:ownslug`, `:lowerownslug`, `:abbrlink` and `:urlname` (of Hexo), `:ownyear`, `:ownmonth`, `:ownday` (the day as a date with an offset is written, whatever the zone, as Hugo has it). Of a list of patterns the
   * first one counts that asks for nothing the issue lacks. Where none does, or the function gives nothing, the issue has the default address.
   * @default the path below the fixed part of the pattern, without `index.md` or `.md`
   * @example '/blog/:slug/'
   * @example [':ownurl', '/blog/:ownslug/', '/blog/:slug/']
   * @example post => `/blog/${post.slug}/`
   */
  url?: string | readonly string[] | ((post: Post) => string | undefined)
  /**
   * Zone in which dates without a zone are read.
   * @default the site's
   * @example 'America/New_York'
   */
  timeZone?: string
  /**
   * The site's other posts, as a pattern. One of them that has the title of a linked article is its twin: it gives date,
   * summary, cover and text where the article's own page cannot be had.
   * @default none
   * @example 'content/zh/blog/**\/index.md'
   */
  site?: string | readonly string[]
  /**
   * Which links become entries.
   * @default those to WeChat articles
   * @example link => link.kind === 'wechat' || link.kind === 'release'
   */
  links?: (link: LinkRef, post: Post) => boolean
  /**
   * Parts of issues that become entries of their own, beside those that a feed (`of: 'questions'` …) or the calendar asks for: questions of readers with their
   * answers, releases with their notes, meetings. Their ids are the issue's with `#question-<who asks>`, `#release-<repository>-<version>`,
   * `#event-<topic>`.
   * @default []
   * @example ['questions', 'releases']
   */
  entries?: readonly IssuePart[]
}

/**
 * Weekly posts as a source: each issue is an entry, and so is each article that it links to. Of a list of patterns, those that begin with `!` leave
 * out what they find: `['blog/*weekly*.md', '!blog/*.en.md']`. Authors whom posts name by a key have the names that `authors.yml` beside the posts, or in a
 * folder above, or `_data/authors.yml` states.
 *
 * @param files a glob pattern, a file, or a list of them, relative to the folder of the config file
 */
export function weekly(files: string | readonly string[], options: WeeklyOptions = {}): Source {
  assertSourceOptions('weekly', options)
  const patterns = readPlaces('weekly', files)
  const name = options.name ?? 'weekly'
  const isWanted = options.links ?? (link => link.kind === 'wechat')
  // What is no issue may be a twin.
  const posts = [patterns, options.site ?? []].flat().filter(pattern => !isExclusion(pattern))
  const authors = authorFiles(posts)
  return {
    name,
    files: [...posts, ...authors],
    async *read(tools) {
      const found = await findFiles(patterns, tools.cwd)
      if (found.length === 0) {
        tools.report(nothingFound(name, patterns, tools.cwd))
      }
      const people = await readAuthors(authors, tools.cwd)
      const dated: DatedFile[] = []
      const places = new Map<string, string>()
      for (const file of found) {
        tools.signal.throwIfAborted()
        for (const { post: keyed, permalink } of await readPosts(file, tools, name, options)) {
          const read = nameAuthors(keyed, people)
          const post = tools.hooks ? await tools.hooks.post(read, { source: name, file: file.path }) : read
          if (!post) continue
          const place = { source: name, permalink }
          const other = places.get(permalink)
          places.set(permalink, other ?? file.path)
          if (other !== undefined)
            tools.report(makeProblem('POST_ADDRESS_SHARED', { source: name, file: file.path, url: permalink }, sharedBy(other, file.path)))
          if (post.published !== undefined) dated.push({ path: file.path, published: post.published })
          yield { entry: issueEntry(post, place) }
          for (const entry of partEntries(post, place, [...(options.entries ?? []), ...(tools.parts ?? [])])) yield { entry }
          for (const section of post.sections) {
            for (const given of section.links) {
              const link = tools.hooks ? await tools.hooks.link(given, post, { source: name, file: file.path }) : given
              if (link && isWanted(link, post)) yield linkItem(post, link, place)
            }
          }
        }
      }
      for (const problem of findOutOfSequence(dated, name, options.timeZone ?? tools.site.timeZone)) tools.report(problem)
      const weeklies = new Set(found.map(file => file.path))
      for (const file of options.site === undefined ? [] : await findFiles(options.site, tools.cwd)) {
        if (weeklies.has(file.path)) continue
        tools.signal.throwIfAborted()
        // Mistakes in posts that are only read for comparison are not this run's to report.
        for (const { post, permalink } of await readPosts(file, { ...tools, report: () => {} }, name, options)) {
          yield { entry: issueEntry(nameAuthors(post, people), { source: name, permalink }), twin: true }
        }
      }
    },
  }
}

function sharedBy(other: string, path: string): string {
  return other === path ? `Several issues of ${path} have the same address.` : `${path} has the same address as ${other}.`
}

function linkItem(post: Post, link: LinkRef, place: { source: string; permalink: string }): SourceItem {
  const softKeys = shownKeys(link)
  return { entry: linkEntry(post, link, place), wants: { url: link.url, key: link.key }, ...(softKeys.length > 0 ? { softKeys } : {}) }
}

interface PlacedPost {
  post: Post
  permalink: string
}

async function readPosts(file: FoundFile, tools: SourceTools, source: string, options: WeeklyOptions): Promise<PlacedPost[]> {
  const where = { source, file: file.path }
  let text: string
  try {
    text = decodeText(await readFile(file.absolutePath))
  } catch (error) {
    const isFolder = error instanceof Error && 'code' in error && error.code === 'EISDIR'
    const hint = `Name the posts in it by a pattern: ${file.path.replace(/\/$/, '')}/**/*.md`
    const problem = isFolder
      ? makeProblem('POST_UNREADABLE', where, `${file.path} is a folder.`, { hint })
      : makeProblem('POST_UNREADABLE', where, `${file.path} cannot be read.`, { cause: causeOf(error), ...slashHint(file.path) })
    tools.report(problem)
    return []
  }
  const timeZone = options.timeZone ?? tools.site.timeZone
  const home = withSlash(tools.site.url)
  const usual = new URL(pathFact(file.below), home).href
  const parse = async (url: string): Promise<KeptPosts> => {
    const options = { path: file.path, url, timeZone }
    const kept = await tools.cached(JSON.stringify([options, text]), () => JSON.stringify(parsePosts(text, options)))
    // A cache that somebody damaged costs no more than the work.
    return readKept(kept) ?? { kept: '', outcome: parsePosts(text, options) }
  }
  const atUsual = await parse(usual)
  let { outcome } = atUsual
  const first = outcome.ok ? outcome.value[0] : undefined
  const address = addressesBy(options.url, usual, { path: pathFact(file.below), timeZone })
  const page = first ? new URL(address(first), home).href : usual
  // Links of the post that are relative to its page need the page's true address.
  if (page !== usual) outcome = (placedAt(page, usual, atUsual.kept) ?? (await parse(page))).outcome
  for (const problem of outcome.ok ? (outcome.problems ?? []) : [outcome.problem]) {
    tools.report({ ...problem, where: { ...where, ...problem.where } })
  }
  if (!outcome.ok) return []
  for (const post of outcome.value) reportPrivateLinks(post, where, tools)
  const single = outcome.value.length === 1
  const taken = new Map<string, number>()
  return outcome.value
    .map(post => ({ post, permalink: single ? page : ofItsOwn(issuePermalink(post, page, address, timeZone, tools), page, taken) }))
    .filter(({ post }) => isPublished(post, file, tools, source))
}

/** What was read of a file, and as it is kept. */
interface KeptPosts {
  kept: string
  outcome: Outcome<Post[]>
}

function readKept(kept: string): KeptPosts | undefined {
  try {
    return { kept, outcome: JSON.parse(kept) }
  } catch {
    return undefined
  }
}

/** What was read as if at the usual address, placed at another one; nothing where it has links into the site, since these may have been relative. */
function placedAt(page: string, usual: string, kept: string): KeptPosts | undefined {
  const own = `"url":${JSON.stringify(usual)}`
  const { origin, protocol } = new URL(usual)
  if (kept.replaceAll(own, '').includes(origin) || new URL(page).protocol !== protocol) return undefined
  return readKept(kept.replaceAll(own, () => `"url":${JSON.stringify(page)}`))
}

/** A link that only its author can open is never asked for, and no reader of the feed can open it either. */
function reportPrivateLinks({ sections }: Post, where: Where, { report }: SourceTools): void {
  for (const { url, line } of sections.flatMap(section => section.links)) {
    const host = URL.canParse(url) ? new URL(url).hostname : ''
    const isPrivate = /(^|\.)localhost$/.test(host) || (/[\d\]]$/.test(host) && findRefusedRange(host) !== undefined)
    if (!isPrivate) continue
    report(makeProblem('LINK_PRIVATE', { ...where, line }, `${url} is an address of a private network.`))
  }
}

/** The address of each post: what the option says, else the usual one of its file. */
function addressesBy(url: WeeklyOptions['url'], usual: string, facts: PermalinkFacts): (post: Post) => string {
  if (typeof url === 'function') return post => givenAddress(url(post), post) ?? usual
  return post => (url === undefined ? undefined : fillPermalink(url, post, facts)) ?? usual
}

/** What a function gave for an address. Throws an {@link OptionsError} for what is none: ids would be made of it, and stay. */
function givenAddress(given: unknown, { title }: Post): string | undefined {
  if (typeof given === 'string') return given
  if (given === undefined || given === null) return undefined
  const isLater = given instanceof Promise
  if (isLater) given.catch(() => {})
  const shown = isLater ? 'a promise: it must not be async' : `${JSON.stringify(given) ?? typeof given}`
  throw new OptionsError([{ path: 'weekly.url', message: `must give a text, or nothing; for “${title}” it gave ${shown}` }])
}

/** One of several issues in a file: an address of its own where the config gives one, else the page's with the day. */
function issuePermalink(post: Post, page: string, address: (post: Post) => string, timeZone: string, tools: SourceTools): string {
  const own = new URL(address(post), withSlash(tools.site.url)).href
  const day = localDay(post.published, timeZone)
  return own === page && day !== undefined ? `${page}#${day}` : own
}

/** Two issues of one day (mostly a date that was copied along): the second is `#2024-05-31-2`, so that neither is lost. */
function ofItsOwn(permalink: string, page: string, taken: Map<string, number>): string {
  const count = (taken.get(permalink) ?? 0) + 1
  taken.set(permalink, count)
  return count > 1 && permalink.startsWith(`${page}#`) ? `${permalink}-${count}` : permalink
}

function isPublished(post: Post, file: FoundFile, { now, future, report }: SourceTools, source: string): boolean {
  const where = { source, file: file.path }
  if (post.draft) report(makeProblem('POST_DRAFT', where, `“${post.title}” is a draft.`))
  const due = post.notBefore ?? post.published
  const early = !future && due !== undefined && due > now
  if (early) report(makeProblem('POST_FUTURE', where, `“${post.title}” is dated ${due}.`))
  return !post.draft && !early
}
