import { statSync } from 'node:fs'
import { posix, resolve } from 'node:path'
import { WeekloomError } from '../problems.js'
import { addressOfFolder, publishedPath } from '../run/settings.js'
import type { WeeklyOptions } from '../sources/weekly.js'
import { counted } from '../text/counted.js'
import { explainZone } from '../text/explain-zone.js'
import { decodePercent, parseUrl } from '../text/url.js'
import { isTimeZone } from '../text/zone.js'
import { type DetectedSite, detectSite } from './detect-site.js'
import { type FoundWeeklies, findWeeklies, readWeeklies } from './find-weeklies.js'
import { isPlain } from './generators.js'
import { homePage } from './home-page.js'
import { languageOfPost } from './post-language.js'
import { proposeWeeklies, type WeeklySetup } from './propose-weeklies.js'
import type { ReadPost } from './read-post.js'
import { languageOf, zoneOf } from './site-language.js'

/** What `init` would write, each value with where it came from; every value can be answered otherwise. */
export interface Setup {
  title: string
  /** Empty where none is known: it has to be given. */
  url: string
  description?: string
  language: string
  timeZone: string
  weeklies: readonly WeeklySetup[]
  /** What `weekly()` is told of links and pictures in the posts. */
  ways?: Pick<WeeklyOptions, 'base' | 'pictures'>
  /** A regular expression, as text, for the titles of issues, where the patterns find other posts too. */
  titles?: string
  output: string
  /** Where the output folder is published, below the home page. */
  published: string
  /** Absolute address of the output folder. */
  baseUrl: string
  /** Accounts whose articles may be shown whole; `true` for all. */
  fullText: boolean | readonly string[]
  images: string
  robots: 'obey' | 'ignore'
  /** How many entries of each kind a feed has, where it takes the place of one that had fewer than ours would have. */
  limit?: number
}

/** What was found, and what follows from it. */
export interface Proposal {
  site: DetectedSite
  found: FoundWeeklies
  setup: Setup
  /** For people: what was found where, in the order of the questions. */
  notes: readonly string[]
}

/** What the command line says already. */
export type GivenSetup = Partial<Pick<Setup, 'title' | 'url' | 'language' | 'timeZone' | 'output' | 'limit'>> & Partial<WeeklySetup>

/**
 * Looks at a folder and proposes a setup. Throws a `WeekloomError` when it holds no weekly.
 *
 * @param items addresses of the items of feeds before this one
 */
export async function proposeSetup(cwd: string, given: GivenSetup, items: readonly string[] = []): Promise<Proposal> {
  if (given.timeZone !== undefined && !isTimeZone(given.timeZone))
    throw new WeekloomError(`${JSON.stringify(given.timeZone)} is no time zone.`, `It ${explainZone(given.timeZone)}`)
  const file = statSync(resolve(cwd, given.output ?? '.'), { throwIfNoEntry: false })
  if (file !== undefined && !file.isDirectory())
    throw new WeekloomError(
      `${given.output} is a file; feeds are written into a folder.`,
      'Name a folder with --out, e.g. --out public/feeds.',
    )
  const site = detectSite(cwd)
  const { generator, root, config, evidence } = site
  const inLanguages = config.languages.flatMap(({ contentFolder }) => contentFolder ?? [])
  // Beside languages with folders of their own, the main one may have the usual one.
  const usual = inLanguages.length > 0 && inLanguages.length < config.languages.length ? generator.content.slice(0, 1) : []
  const stated = [...new Set([config.contentFolder ?? usual, inLanguages].flat(2))]
  const folders = [...(stated.length > 0 ? [stated] : []), ...generator.content].map(place =>
    [place].flat().map(folder => posix.join(root, folder)),
  )
  const zone = given.timeZone ?? config.timeZone ?? 'Asia/Shanghai'
  const found = given.patterns
    ? await readWeeklies(cwd, given.patterns, zone)
    : await findWeeklies(cwd, folders, zone, { languages: config.languages, main: config.language, unpublished: generator.unpublished })
  const { patterns, left } = found
  if (patterns.length === 0) {
    throw new WeekloomError(
      `No weekly posts were found in ${folders.flat().join(', ')} below ${cwd}.`,
      'Name them: weekloom init "content/blog/*weekly*.md". Posts count as issues when they link to WeChat articles or list reading, and are a series by their names or titles.',
    )
  }
  if (found.issues.length === 0)
    throw new WeekloomError(
      `No post that can be read matches ${patterns.join(', ')} in ${cwd}.`,
      'Correct the pattern; it is relative to the folder that you are in.',
    )
  const inner = given.patterns === undefined && isPlain(generator) ? findSiteBelow(cwd, found.issues) : undefined
  if (inner !== undefined)
    throw new WeekloomError(
      `The weekly stands in ${inner.folder}, which is a site of ${inner.name}.`,
      'Run weekloom init in that folder; or name the posts, to set up this one.',
    )
  const home = given.url ?? config.url
  const url = home ? homePage(home) : ''
  const weeklies = await proposeWeeklies(cwd, site, found, {
    zone,
    isGiven: given.patterns !== undefined,
    permalinks: given.permalinks,
    published: pathsBelow(url, items),
  })
  const output = given.output ?? outputOf(site)
  const published = addressBelowHome(cwd, output, site)
  const { missed } = found
  const language = given.language ?? languageOf(site, found.issues)
  const links = found.issues.reduce((sum, issue) => sum + issue.wechatLinks, 0)
  return {
    site,
    found,
    setup: {
      title: given.title ?? titleOf(site, found.issues) ?? nameIn(url),
      url,
      ...(config.description === undefined ? {} : { description: config.description }),
      language,
      timeZone: given.timeZone ?? config.timeZone ?? zoneOf(found.issues, language),
      weeklies: weeklies.map(({ patterns, permalinks }) => ({ patterns, permalinks })),
      ways: waysOf(site),
      ...(found.titles === undefined ? {} : { titles: found.titles }),
      output,
      published,
      baseUrl: site.files
        ? new URL(addressOfFolder(output.split('/')), site.files).href
        : URL.canParse(url)
          ? new URL(published, url).href
          : '',
      fullText: false,
      images: 'no-referrer',
      robots: 'obey',
      ...(given.limit === undefined ? {} : { limit: given.limit }),
    },
    notes: [
      `${generator.name} (${evidence})`,
      `${counted(found.posts.length, 'post')}, of them ${counted(found.issues.length, 'issue')} of a weekly with ${counted(links, 'link')} to WeChat articles`,
      ...weeklies.flatMap(({ patterns, permalinks, notes: [evidence, ...more] }) => [
        `addresses of ${weeklies.length === 1 ? 'issues' : patterns.join(', ')}: ${permalinks.join(', else ') || 'not known'} (${evidence})`,
        ...more,
      ]),
      ...(found.titles === undefined
        ? []
        : [`names of files do not tell issues from other posts, but titles do: /${found.titles}/ (\`onPost\` in the config)`]),
      // Where there are many, they are the other posts of a blog that links to WeChat as its weekly does.
      ...(missed.length > 0 && missed.length * 2 <= found.issues.length
        ? [
            `${counted(missed.length, 'post')} with links as issues have them, but without a pattern: ${shorten(missed)}; name all files if these are issues`,
          ]
        : []),
      ...(left.length > 0 ? [`issues in other languages are left out (${left.join(', ')}): for a feed of them, name their files`] : []),
      ...(config.flags['isBaseUnread'] && given.url === undefined
        ? [`\`base\` in ${evidence} is no plain text: where the site stands in a folder, name its home page with --site`]
        : []),
      ...(links === 0 ? ['no issue links to a WeChat article: `links` in the config says which other links become entries'] : []),
    ],
  }
}

/** What follows the home page, whatever the host: the feed may be older than that. Addresses with a query say nothing by their paths. */
function pathsBelow(home: string, addresses: readonly string[]): string[] {
  const root = URL.canParse(home) ? new URL(home).pathname : '/'
  return addresses.flatMap(address => {
    const { pathname, search } = parseUrl(address) ?? { pathname: '', search: '' }
    return search === '' && pathname.startsWith(root) ? [decodePercent(pathname.slice(root.length))] : []
  })
}

export function shorten(names: readonly string[]): string {
  return `${names.slice(0, 5).join(', ')}${names.length > 5 ? ' …' : ''}`
}

function waysOf({ generator: { baseKey, renamesPictures }, config }: DetectedSite): NonNullable<Setup['ways']> {
  const base = baseKey && config.texts[baseKey]
  return { ...(base && /^\/[^/]/.test(base) ? { base } : {}), ...(renamesPictures ? { pictures: 'copy' } : {}) }
}

/** The site of a known generator in a folder below that holds the weekly: addresses and the folder of the feeds are that site's matter. */
function findSiteBelow(cwd: string, [first]: readonly ReadPost[]): { folder: string; name: string } | undefined {
  for (let folder = posix.dirname(first?.path ?? ''); folder !== '.'; folder = posix.dirname(folder)) {
    const { generator } = detectSite(posix.join(cwd, folder))
    if (!isPlain(generator)) return { folder, name: generator.name }
  }
  return undefined
}

/** The folder of the feeds: below the one that the site's config names, and for VitePress below that of its pages. */
function outputOf({ generator, root, config }: DetectedSite): string {
  const folder = generator.folderKey && config.texts[generator.folderKey]
  const above = generator.name === 'VitePress' ? (config.contentFolder ?? '') : ''
  return posix.join(root, above, folder === undefined ? generator.output : posix.join(folder, posix.basename(generator.output)))
}

/** What follows the folder that the generator copies or makes; of a folder somewhere else, what follows one that is called like such. */
function addressBelowHome(cwd: string, output: string, site: DetectedSite): string {
  const below = posix.relative(posix.dirname(outputOf(site)), posix.normalize(output))
  return /^(?:\/|\.\.(?:\/|$))/.test(below) ? publishedPath(cwd, output) : addressOfFolder(below.split('/').filter(part => part !== ''))
}

/** What an address says: its host, or the name of a repository. */
function nameIn(url: string): string {
  if (!URL.canParse(url)) return 'Weekly'
  const { host, pathname } = new URL(url)
  return (host === 'github.com' && pathname.split('/')[2]) || host
}

/** The title of the site in the language of the posts. */
function titleOf({ config }: DetectedSite, issues: readonly ReadPost[]): string | undefined {
  const [first] = issues
  return (first && languageOfPost(first.path, config.languages)?.title) ?? config.title
}
