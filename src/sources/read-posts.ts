import { readFile } from 'node:fs/promises'
import { findRefusedRange } from '../fetch/guard-address.js'
import { parsePosts } from '../post/parse-post.js'
import { causeOf, makeProblem, type Outcome, type Problem, type Where } from '../problems.js'
import { errorCode } from '../store/whole-file.js'
import { decodeText } from '../text/decode-text.js'
import { withSlash } from '../text/url.js'
import { localDay } from '../text/zone.js'
import type { Post, SourceTools } from '../types.js'
import { type FoundFile, slashHint } from './find-files.js'
import { findPictures } from './local-pictures.js'
import { OptionsError } from './option-mistakes.js'
import { explainUnfilled, fillPermalink, type PermalinkFacts, pathFact } from './permalink.js'
import { linkedFiles, resolveBy } from './site-links.js'

/** How posts are read, and where their pages are. */
interface ReadOptions {
  /** Name of the source. */
  name: string
  url?: string | readonly string[] | ((post: Post) => string | undefined)
  timeZone?: string
  base?: string
  pictures?: 'copy'
}

/** A post, and the address of its page. */
export interface PlacedPost {
  post: Post
  permalink: string
  /** Pictures that may lie in files beside it, by address: paths below the working folder. */
  pictures?: Readonly<Record<string, string>>
}

/** Reads the posts of files. */
export interface PostReader {
  read(file: FoundFile, report: SourceTools['report']): Promise<PlacedPost[]>
}

/**
 * Makes a reader of posts.
 * @param files all that are read: links from one to another lead to its page
 */
export function postReader(files: readonly FoundFile[], tools: SourceTools, options: ReadOptions): PostReader {
  const byPath = new Map(files.map(file => [file.path, file]))
  const pages = new Map<string, string | undefined>()
  const place = async (file: FoundFile) => {
    const placed = await placeFile(file, tools, options)
    // A post that is left out may have a page all the same.
    pages.set(file.path, placed.page ?? placed.usual)
    return placed
  }
  /** The page of a file that a link names, which is read for it only when it was not read before. */
  const pageOf = async (path: string) => {
    const file = byPath.get(path)
    // What cannot be read is told where it is its turn.
    if (file && !pages.has(path)) await place(file).catch(() => pages.set(path, undefined))
    return pages.get(path)
  }
  return {
    async read(file, report) {
      let placed: PlacedFile
      try {
        placed = await place(file)
      } catch (error) {
        if (error instanceof OptionsError) throw error
        report(unreadable(file, options.name, error))
        return []
      }
      const linked = new Map<string, string>()
      for (const path of linkedFiles(placed.text, file.path, options.base)) {
        const page = await pageOf(path)
        if (page !== undefined) linked.set(path, page)
      }
      return readPosts(file, placed, linked, { ...tools, report }, options)
    },
  }
}

function unreadable({ path }: FoundFile, source: string, error: unknown): Problem {
  const where = { source, file: path }
  const isFolder = errorCode(error) === 'EISDIR'
  const hint = `Name the posts in it by a pattern: ${path.replace(/\/$/, '')}/**/*.md`
  return isFolder
    ? makeProblem('POST_UNREADABLE', where, `${path} is a folder.`, { hint })
    : makeProblem('POST_UNREADABLE', where, `${path} cannot be read.`, { cause: causeOf(error), ...slashHint(path) })
}

/** A file, and where its page is. */
interface PlacedFile {
  text: string
  /** The address where nothing else is said. */
  usual: string
  atUsual: KeptPosts
  /** Absent where the patterns cannot be filled. */
  page: string | undefined
  address: AddressOf
}

async function placeFile(file: FoundFile, tools: SourceTools, options: ReadOptions): Promise<PlacedFile> {
  const text = decodeText(await readFile(file.absolutePath))
  const timeZone = options.timeZone ?? tools.site.timeZone
  const home = withSlash(tools.site.url)
  const usual = new URL(pathFact(file.below), home).href
  const atUsual = await parse(text, { path: file.path, url: usual, timeZone }, tools)
  const first = atUsual.outcome.ok ? atUsual.outcome.value[0] : undefined
  const address = addressesBy(options.url, usual, { path: pathFact(file.below), timeZone })
  const own = first ? address(first).own : usual
  return { text, usual, atUsual, address, page: own === undefined ? own : new URL(own, home).href }
}

/** @param links what the addresses of links depend on beside the text */
async function parse(
  text: string,
  options: { path: string; url: string; timeZone: string },
  { cached }: Pick<SourceTools, 'cached'>,
  links?: { key: readonly unknown[]; resolve: (written: string) => string | undefined },
): Promise<KeptPosts> {
  const all = { ...options, ...(links ? { resolve: links.resolve } : {}) }
  const kept = await cached(JSON.stringify([options, text, ...(links?.key ?? [])]), () => JSON.stringify(parsePosts(text, all)))
  // A cache that somebody damaged costs no more than the work.
  return readKept(kept) ?? { kept: '', outcome: parsePosts(text, all) }
}

/** @param linked pages of the files that links of the text name */
async function readPosts(
  file: FoundFile,
  { text, usual, atUsual, page = usual, address }: PlacedFile,
  linked: ReadonlyMap<string, string>,
  tools: SourceTools,
  options: ReadOptions,
): Promise<PlacedPost[]> {
  const where = { source: options.name, file: file.path }
  const timeZone = options.timeZone ?? tools.site.timeZone
  const atPage = { path: file.path, url: page, timeZone }
  let { outcome } = atUsual
  if (linked.size > 0 || (options.base !== undefined && fromRoot.test(text))) {
    const resolve = resolveBy(linked, file.path, page, options.base)
    outcome = (await parse(text, atPage, tools, { key: [options.base ?? '', [...linked]], resolve })).outcome
  }
  // Links of the post that are relative to its page need the page's true address.
  else if (page !== usual) outcome = (placedAt(page, usual, atUsual.kept) ?? (await parse(text, atPage, tools))).outcome
  for (const problem of outcome.ok ? (outcome.problems ?? []) : [outcome.problem]) {
    tools.report({ ...problem, where: { ...where, ...problem.where } })
  }
  if (!outcome.ok) return []
  for (const post of outcome.value) reportPrivateLinks(post, where, tools)
  const single = outcome.value.length === 1
  const taken = new Map<string, number>()
  const pictures = options.pictures === 'copy' ? findPictures(text, file.path, page, outcome.value) : undefined
  const addresses = outcome.value.map(post => address(post))
  const isShared = new Set(addresses.map(({ own }) => own)).size === 1
  return outcome.value.flatMap((post, index) => {
    const { own, why } = addresses[index] ?? address(post)
    // Also what is held back has its place in the count of a day.
    const permalink =
      own === undefined || single ? page : ofItsOwn(issuePermalink(post, page, { own, isShared }, timeZone, tools), page, taken)
    if (!isPublished(post, where, timeZone, tools)) return []
    if (own !== undefined) return [{ post, permalink, ...(pictures ? { pictures } : {}) }]
    tools.report(makeProblem('POST_ADDRESS_UNKNOWN', where, `“${post.title}” is left out: ${why}, which cannot be told.`))
    return []
  })
}

/** A text without this has no address from the site's root, as Markdown and front matters write one. */
const fromRoot = /[(:<"'\s]\/[^/\s]/

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

/** The address of a post; where patterns give none, why. */
type AddressOf = (post: Post) => { own: string; why?: undefined } | { own?: undefined; why: string }

/** What the option says; where it, or its function, says nothing, the usual one of the file. None is made up where patterns cannot be filled: it would be an id, and another one once the post states what it lacks. */
function addressesBy(url: ReadOptions['url'], usual: string, facts: PermalinkFacts): AddressOf {
  if (url === undefined) return () => ({ own: usual })
  if (typeof url === 'function') return post => ({ own: givenAddress(url(post), post) ?? usual })
  return post => {
    const own = fillPermalink(url, post, facts)
    return own === undefined ? { why: explainUnfilled(url, post, facts) } : { own }
  }
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

/** One of several issues in a file: an address of its own where the config gives each one, else the page's with the day. */
function issuePermalink(
  post: Post,
  page: string,
  { own, isShared }: { own: string; isShared: boolean },
  timeZone: string,
  tools: SourceTools,
): string {
  const day = localDay(post.published, timeZone)
  return isShared && day !== undefined ? `${page}#${day}` : new URL(own, withSlash(tools.site.url)).href
}

/** Two issues of one day (mostly a date that was copied along): the second is `#2024-05-31-2`, so that neither is lost. */
function ofItsOwn(permalink: string, page: string, taken: Map<string, number>): string {
  const count = (taken.get(permalink) ?? 0) + 1
  taken.set(permalink, count)
  return count > 1 && permalink.startsWith(`${page}#`) ? `${permalink}-${count}` : permalink
}

/** A date further ahead than this is mistyped, in milliseconds. */
const farAhead = 366 * 86_400_000

function isPublished(post: Post, where: Where, timeZone: string, { now, future, report }: SourceTools): boolean {
  if (post.draft) report(makeProblem('POST_DRAFT', where, `“${post.title}” is a draft.`))
  const due = post.notBefore ?? post.published
  const early = !future && due !== undefined && due > now
  if (early) {
    report(makeProblem('POST_FUTURE', where, `“${post.title}” is dated ${localDay(due, timeZone)}: it is left out until then.`))
  }
  // What is held back on purpose may be for longer.
  if (!post.draft && post.published !== undefined && Date.parse(post.published) - Date.parse(now) > farAhead)
    report(
      makeProblem('POST_DATE_SUSPICIOUS', where, `“${post.title}” is dated ${localDay(post.published, timeZone)}, more than a year ahead.`),
    )
  return !post.draft && !early
}
