import { issueEntry } from '../entry/issue-entry.js'
import { linkEntry } from '../entry/link-entry.js'
import { type IssuePart, partEntries } from '../entry/part-entries.js'
import { makeProblem } from '../problems.js'
import type { LinkRef, Post, Source, SourceItem } from '../types.js'
import { authorFiles, nameAuthors, readAuthors } from './author-names.js'
import { findFiles, isExclusion, nothingFound } from './find-files.js'
import { type DatedFile, findOutOfSequence } from './post-sequence.js'
import { type PlacedPost, postReader } from './read-posts.js'
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
   * `:path` (path below the fixed part of the glob, without its ending), `:lowerpath`, `:pathdate` (the last date in the path: `2024/05/31` of `2024-05-31-a.md`) and `:undatedpath` (the path without it, as Docusaurus puts it behind the date), `:githubslug` and `:githubpath` (as Astro writes them: small letters, a hyphen for each space, no other signs), `:issue`, `:year`, `:month`, `:day`; and what the front
   * matter states itself: `:ownurl` and `:ownpermalink` (the whole address, below `site.url`), `:ownslug`, `:lowerownslug`, `:ownpath` and `:lowerownpath` (the path with the slug in place of the name), `:abbrlink` and `:urlname` (of Hexo), `:ownyear`, `:ownmonth`, `:ownday` (the day as a date with an offset is written, whatever the zone, as Hugo has it). Of a list of patterns the
   * first one counts that asks for nothing the issue lacks; where each lacks something, the issue is left out (`POST_ADDRESS_UNKNOWN`). Where the function gives nothing, it has the default address.
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
   * The folder of the site's pages, of which links and pictures from the root (`/about`) lack the name because the site's tool puts it before them: `base` of
   * VitePress, `baseUrl` of Docusaurus, `root` of Hexo. Other tools take such addresses as they are.
   * @default none
   * @example '/repo/'
   */
  base?: string
  /**
   * `copy`: pictures that lie in files beside a post, below the folder of the config file, are copied into `images/` beside the feeds (PNG, JPEG, GIF, WebP, AVIF of at most
   * 2,000,000 bytes), where feeds show them. For tools that publish such files under names of their own making: Astro, Docusaurus, VitePress, VuePress.
   * @default their address is that of a file beside the page
   * @example 'copy'
   */
  pictures?: 'copy'
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
  const pictures = new Set<string>()
  return {
    name,
    get files() {
      return [...posts, ...authors, ...pictures]
    },
    async *read(tools) {
      const found = await findFiles(patterns, tools.cwd)
      if (found.length === 0) {
        tools.report(nothingFound(name, patterns, tools.cwd))
      }
      const weeklies = new Set(found.map(file => file.path))
      const others = (options.site === undefined ? [] : await findFiles(options.site, tools.cwd)).filter(file => !weeklies.has(file.path))
      const people = await readAuthors(authors, tools.cwd)
      const reader = postReader([...found, ...others], tools, { ...options, name })
      pictures.clear()
      const picturesOf = ({ pictures: own }: PlacedPost): Pick<SourceItem, 'pictures'> => {
        for (const path of Object.values(own ?? {})) if (!path.startsWith('../')) pictures.add(path)
        return own ? { pictures: own } : {}
      }
      const dated: DatedFile[] = []
      const places = new Map<string, string>()
      for (const file of found) {
        tools.signal.throwIfAborted()
        for (const placed of await reader.read(file, tools.report)) {
          const { permalink } = placed
          const read = nameAuthors(placed.post, people)
          const post = tools.hooks ? await tools.hooks.post(read, { source: name, file: file.path }) : read
          if (!post) continue
          const place = { source: name, permalink }
          const other = places.get(permalink)
          places.set(permalink, other ?? file.path)
          if (other !== undefined)
            tools.report(makeProblem('POST_ADDRESS_SHARED', { source: name, file: file.path, url: permalink }, sharedBy(other, file.path)))
          if (post.published !== undefined) dated.push({ path: file.path, published: post.published })
          yield { entry: issueEntry(post, place), ...picturesOf(placed) }
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
      for (const file of others) {
        tools.signal.throwIfAborted()
        // Mistakes in posts that are only read for comparison are not this run's to report.
        for (const placed of await reader.read(file, () => {})) {
          const { post, permalink } = placed
          yield { entry: issueEntry(nameAuthors(post, people), { source: name, permalink }), twin: true, ...picturesOf(placed) }
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
