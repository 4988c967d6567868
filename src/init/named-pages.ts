import { type Dirent, readdirSync } from 'node:fs'
import { join, posix } from 'node:path'
import { fillPermalink, type PermalinkFacts, pathFact } from '../sources/permalink.js'
import type { Post } from '../types.js'

/** A page of a site, as it was built or as a feed has its address. */
export interface Page {
  /** `news/a` of `news/a/index.html` and of `news/a.html`. */
  place: string
  end: '/' | '.html' | ''
}

/** A post with what its address is made of. */
export interface PlacedPost {
  path: string
  post: Post
  facts: PermalinkFacts
}

/** Places a post. @param base the folder below which `:path` begins */
export function placePost({ path, post }: Pick<PlacedPost, 'path' | 'post'>, base: string, timeZone: string): PlacedPost {
  return { path, post, facts: { path: pathFact(posix.relative(base, path)), timeZone } }
}

/** A site of some thousand pages with their pictures; more is read of none. */
const mostFiles = 20_000

/** The pages below a folder by what they are called, the ones that lie deepest last. Links to other folders are not followed. */
export function pagesByName(folder: string): Map<string, Page[]> {
  const pages = new Map<string, Page[]>()
  const folders = ['']
  let left = mostFiles
  for (const below of folders) {
    if (left === 0) break
    for (const entry of entriesOf(join(folder, below)).slice(0, left)) {
      left--
      const path = posix.join(below, entry.name)
      if (entry.isDirectory() && entry.name !== 'node_modules') folders.push(path)
      const [, place, index] = /^(.+?)(\/index)?\.html$/.exec(path) ?? []
      if (place === undefined) continue
      const alike = pages.get(posix.basename(place)) ?? []
      alike.push({ place, end: index === undefined ? '.html' : '/' })
      pages.set(posix.basename(place), alike)
    }
  }
  return pages
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch {
    return []
  }
}

/** What pages may be called like, the exact ones first. */
const usual = [':slug', ':name', ':githubslug', ':lowerslug', ':path', ':title']

/** Days as they show in folders, the most exact first. */
const days = [':year/:month/:day/', ':pathdate/', ':year/:month/', ':year/']

/**
 * Address patterns by which pages are called like the posts, wherever they lie: those that find most posts, then those that are most like the ones that were guessed.
 *
 * @param guessed patterns of which those that posts state themselves are kept
 * @param isBare whether addresses leave out the endings that the pages have
 */
export function namedPatterns(
  pages: ReadonlyMap<string, readonly Page[]>,
  posts: readonly PlacedPost[],
  guessed: readonly string[],
  isBare = !/(?:\/|\.html)$/.test(guessed.at(-1) ?? ''),
): (readonly string[])[] {
  const stated = guessed.filter(pattern => /:own(?:url|permalink)$/.test(pattern))
  const [slug] = guessed.flatMap(pattern => /:(?:lower)?ownslug\b/.exec(pattern) ?? [])
  // The spelling of the generator, where pages do not tell it from another one.
  const names = new Set([...(/:(?:lower|github)?(?:slug|name|path)\b/.exec(guessed.at(-1) ?? '') ?? []), ...usual])
  const likely = new Set(guessed.at(-1)?.split('/'))
  const likeness = (pattern: string) => pattern.split('/').filter(step => likely.has(step)).length
  return [...names]
    .flatMap(name => [...placesOf(pages, posts, slug ? [slug, name] : [name])].map(([place, found]) => ({ place, name, found })))
    .sort((a, b) => b.found - a.found || likeness(b.place) - likeness(a.place) || a.place.length - b.place.length)
    .slice(0, 9)
    .map(({ place, name }) => {
      // A host that leaves endings out does so for files and folders.
      const write = (each: string) => place.replace('*', each).replace(/(?:\/|\.html)$/, end => (isBare ? '' : end))
      return [...stated, ...(slug ? [write(slug)] : []), write(name)]
    })
}

/** `/news/*.html` for pages that are called like posts, with how many posts have one there. */
function placesOf(pages: ReadonlyMap<string, readonly Page[]>, posts: readonly PlacedPost[], form: readonly string[]): Map<string, number> {
  const places = new Map<string, number>()
  for (const { post, facts } of posts) {
    const name = decodeURIComponent(fillPermalink(form, post, facts) ?? '').replace(/\/$/, '')
    const own = (pages.get(posix.basename(name)) ?? [])
      .filter(({ place }) => `/${place}`.endsWith(`/${name}`))
      .map(({ place, end }) => ({ above: `/${place.slice(0, -name.length)}`, end }))
      // These signs mean something in patterns or in addresses.
      .filter(({ above }) => !/[:*%?#]/.test(above))
      .map(({ above, end }) => ({ above: withDays(above, post, facts), end }))
      // Those of one month, or of another day than the post's, are no place of others.
      .filter(({ above }) => !/\/\d{4}\/\d\d?\//.test(above) && !(above.includes(':year') && /\/\d+\//.test(above)))
      .map(({ above, end }) => `${above}*${end}`)
    for (const place of new Set(own)) places.set(place, (places.get(place) ?? 0) + 1)
  }
  return places
}

/** `/2024/05/` → `/:year/:month/` for a post of that month. */
function withDays(above: string, post: Post, facts: PermalinkFacts): string {
  const form = days.find(each => above.includes(`/${fillPermalink(each, post, facts)}`))
  return form === undefined ? above : above.replace(`/${fillPermalink(form, post, facts)}`, `/${form}`)
}
