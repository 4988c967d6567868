import { nearestName } from '../text/nearest-name.js'
import { localDay } from '../text/zone.js'
import type { Post } from '../types.js'

/** What a pattern's placeholders are filled from. */
export interface PermalinkFacts {
  /** The path below the fixed part of the glob, without ending and `index`, as {@link pathFact} gives it. */
  path: string
  /** Zone in which the day of an issue is told. */
  timeZone: string
}

/** Dates before names, as Jekyll, Docusaurus and Eleventy take them off: `2024-05-31-`. */
const leadingDate = /^\d{4}-\d{1,2}-\d{1,2}-/

/** The last date in a path, of a name or of folders: `news/2024-05-31-`, `2024/05/31/`. */
const dateInPath = /^(.*)(\d{4}[-/]\d\d?[-/]\d\d?)[-/]?/

type Fill = (post: Post, facts: PermalinkFacts) => string | undefined

const placeholders: Readonly<Record<string, Fill>> = {
  slug: post => encodeURIComponent(post.slug),
  name: post => encodeURIComponent(post.slug.replace(leadingDate, '')),
  title: post => written(titled(post.title)),
  path: (_, facts) => facts.path,
  pathdate: (post, facts) => dateInPath.exec(pathOf(post, facts))?.[2]?.replaceAll('-', '/'),
  undatedpath: (post, facts) => pathOf(post, facts).replace(dateInPath, '$1').replace(/\/$/, '') || undefined,
  lowerpath: (_, facts) => written(lowered(decodeURIComponent(facts.path))),
  ownurl: post => ownAddress(post.own?.url),
  ownpermalink: post => ownAddress(post.own?.permalink),
  ownslug: post => written(ownSlug(post)),
  ownpath: (post, facts) => written(ownPath(post, facts)),
  githubslug: post => written(asOnGithub(post.slug)),
  githubpath: (_, facts) => written(decodeURIComponent(facts.path).split('/').map(asOnGithub).join('/')),
  abbrlink: post => written(post.own?.abbrlink ?? ''),
  urlname: post => written(post.own?.urlname ?? ''),
  lowername: post => written(lowered(post.slug.replace(leadingDate, ''))),
  lowerslug: post => written(lowered(post.slug)),
  lowerownslug: post => written(lowered(ownSlug(post))),
  lowerownpath: (post, facts) => written(lowered(ownPath(post, facts))),
  issue: post => post.issue && encodeURIComponent(post.issue),
  year: (post, facts) => localDay(post.published, facts.timeZone)?.slice(0, 4),
  month: (post, facts) => localDay(post.published, facts.timeZone)?.slice(5, 7),
  day: (post, facts) => localDay(post.published, facts.timeZone)?.slice(8, 10),
  ownyear: (post, facts) => writtenDay(post, facts)?.slice(0, 4),
  ownmonth: (post, facts) => writtenDay(post, facts)?.slice(5, 7),
  ownday: (post, facts) => writtenDay(post, facts)?.slice(8, 10),
}

/** `2023/issue-1/index.md` → `2023/issue-1/`, `2023/issue-1.md` → `2023/issue-1`. */
export function pathFact(below: string): string {
  const path = below
    .normalize()
    .replace(/(^|\/)index\.[a-z]+$/i, '$1')
    .replace(/\.[a-z]+$/i, '')
  return encodeURI(path).replace(/[?#]/g, encodeURIComponent)
}

/** An `index.md` that is named itself is called by its folder. */
function pathOf({ slug }: Post, { path }: PermalinkFacts): string {
  return path || (written(slug) ?? '')
}

/** A part of an address. */
function written(text: string): string | undefined {
  return encodeURI(text).replace(/[?#]/g, encodeURIComponent) || undefined
}

/** Below the home page, or absolute. One that its generator fills in itself (`/:slug/`, `{{ title }}`) is not known here. */
function ownAddress(stated: string | undefined): string | undefined {
  if (stated === undefined || /[{}<>\s]|(?:^|\/):[a-z]/i.test(stated)) return undefined
  return /^https?:\/\//.test(stated) ? stated : stated.replace(/^\/+/, '') || undefined
}

/** As the front matter writes it, with the offset that stands there. */
function writtenDay({ own, published }: Post, { timeZone }: PermalinkFacts): string | undefined {
  return own?.day ?? localDay(published, timeZone)
}

function ownSlug({ own }: Post): string {
  return (own?.slug ?? '').replace(/^\/+|\/+$/g, '')
}

/** The slug beside the other files of the folder. */
function ownPath(post: Post, { path }: PermalinkFacts): string {
  const slug = ownSlug(post)
  return slug && decodeURIComponent(path.slice(0, path.lastIndexOf('/', path.length - 2) + 1)) + slug
}

/** A name as Hugo makes an address of it: small letters, spaces as hyphens, of all other signs only `. / _ # + ~ @ -`. */
function lowered(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{Nd}\s./_#+~@-]/gu, '')
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/ ?- ?/g, '-')
    .replace(/ /g, '-')
}

/** The same of a title: what Hugo fills into a pattern is read as of a query, where `+` is a space. */
function titled(title: string): string {
  return lowered(title).replace(/-?\++-?/g, run => (/^-.*-$/.test(run) ? '--' : '-'))
}

/** A name as github-slugger makes an address of it, by which Astro does: small letters, each space a hyphen, of all other signs only `_ -`. */
function asOnGithub(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^\p{Alphabetic}\p{M}\p{Nd}\p{Pc} -]/gu, '')
    .replace(/ /g, '-')
}

/** A placeholder stands after a slash, a hyphen, a dot or at the start, so that `https://host:8080/` holds none. */
export const placeholder = /(^|[/\-_.#=]):([a-z]+)/g

/** What is wrong with a pattern that holds a placeholder which is none; nothing for one that can be used. */
export function explainPermalink(pattern: string): string | undefined {
  const known = Object.keys(placeholders)
  const unknown = [...pattern.matchAll(placeholder)].map(([, , name = '']) => name).find(name => !known.includes(name))
  if (unknown === undefined) return undefined
  const meant = nearestName(unknown, known)
  const better = meant === undefined ? `known are ${known.map(name => `:${name}`).join(', ')}` : `did you mean :${meant}?`
  return `${JSON.stringify(pattern)} holds :${unknown}, which is no placeholder; ${better}`
}

/** The address that the first pattern gives a post which asks for nothing that the post does not state; `undefined` when there is none. */
export function fillPermalink(patterns: string | readonly string[], post: Post, facts: PermalinkFacts): string | undefined {
  for (const pattern of [patterns].flat()) {
    const { address, missing } = fill(pattern, post, facts)
    if (missing.length === 0) return address
  }
  return undefined
}

/** What patterns that cannot be filled ask for: `"/:year/:slug/" asks for the date`. */
export function explainUnfilled(patterns: string | readonly string[], post: Post, facts: PermalinkFacts): string {
  const asksFor = (pattern: string) => new Set(fill(pattern, post, facts).missing.map(name => `the ${nounOf(name)}`))
  return [patterns]
    .flat()
    .map(pattern => `${JSON.stringify(pattern)} asks for ${[...asksFor(pattern)].join(' and ')}`)
    .join(', ')
}

/** What a placeholder asks for, in a word. */
function nounOf(name: string): string {
  const noun = name.replace(/^(?:lower)?own/, '')
  return /^(?:year|month|day)$/.test(noun) ? 'date' : noun === 'path' ? 'slug' : noun
}

/** @returns the address, and the names of the placeholders that the post has nothing for */
function fill(pattern: string, post: Post, facts: PermalinkFacts): { address: string; missing: string[] } {
  const missing: string[] = []
  const address = pattern.replace(placeholder, (whole, before: string, name: string, at: number) => {
    const value = placeholders[name]?.(post, facts)
    if (value === undefined) missing.push(name)
    // The path of a folder ends with a slash, which the pattern may have as well.
    const isEnded = /[/.]/.test(pattern.charAt(at + whole.length))
    return `${before}${(isEnded ? value?.replace(/\/$/, '') : value) ?? ''}`
  })
  return { address, missing }
}
