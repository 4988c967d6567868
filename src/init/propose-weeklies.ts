import { existsSync } from 'node:fs'
import { join, posix } from 'node:path'
import { findFiles, fixedFolder, isExclusion } from '../sources/find-files.js'
import { fillPermalink } from '../sources/permalink.js'
import { counted } from '../text/counted.js'
import { findBuiltPages } from './built-pages.js'
import type { DetectedSite } from './detect-site.js'
import type { FoundWeeklies } from './find-weeklies.js'
import { plainFolder } from './generators.js'
import { matches } from './name-patterns.js'
import { type PlacedPost, placePost } from './named-pages.js'
import { type ProposedPermalink, proposePermalink } from './propose-permalink.js'
import { findPublished } from './published-pages.js'

/** Issues whose addresses are made alike. */
export interface WeeklySetup {
  /** Globs of their files. */
  patterns: readonly string[]
  /** Address patterns; the first that an issue fills is its address. Empty where none is known: it has to be given. */
  permalinks: readonly string[]
}

/** A part of the weekly, and where its addresses come from, for people: the first note is short. */
export type ProposedWeekly = PlacedWeekly & { notes: readonly string[] }

/** Issues that are found together. */
type Group = Pick<FoundWeeklies, 'patterns' | 'issues'>

/** The same with what their addresses are made of. */
type PlacedWeekly = WeeklySetup & { placed: readonly PlacedPost[] }

/** What is known besides the posts. */
export interface WeeklyFacts {
  zone: string
  /** Whether somebody named the posts. */
  isGiven: boolean
  /** Address patterns that somebody gave. */
  permalinks: readonly string[] | undefined
  /** Paths below the home page that a feed before this one has. */
  published: readonly string[]
}

/** The weeklies that were found, those with the same addresses as one. */
export async function proposeWeeklies(
  cwd: string,
  site: DetectedSite,
  found: FoundWeeklies,
  facts: WeeklyFacts,
): Promise<ProposedWeekly[]> {
  const groups = facts.isGiven ? await groupsOfGiven(cwd, found) : groupsOf(found)
  const { permalinks, zone, published } = facts
  const weeklies = groups.map(({ patterns, issues }) => {
    // Those behind it find nothing yet.
    const glob = patterns.find(pattern => !isExclusion(pattern))
    const placed = issues.map(issue => placePost(issue, fixedFolder(glob ?? ''), zone))
    const { patterns: proposed, ...proposal } = proposePermalink(site, issues, glob)
    return { ...proposal, patterns, placed, permalinks: permalinks ?? proposed }
  })
  // Before their pages are counted, and again where these have shown other addresses.
  const judged = joinAlike(weeklies).map(weekly =>
    permalinks === undefined ? judgeWeekly(cwd, site, weekly, published) : { ...weekly, notes: ['as you say'] },
  )
  return joinAlike(judged)
}

/** The issues that each pattern finds, and none before it. */
function groupsOf({ patterns, issues }: FoundWeeklies): Group[] {
  const finding = patterns.filter(pattern => !isExclusion(pattern))
  return finding.map((pattern, index) => ({
    // `!blog/*.en.md` goes with the patterns of its folder.
    patterns: [pattern, ...patterns.filter(each => isExclusion(each) && matches(posix.dirname(pattern), posix.dirname(each.slice(1))))],
    issues: issues.filter(({ path }) => matches(pattern, path) && !finding.slice(0, index).some(each => matches(each, path))),
  }))
}

/** The same for patterns of any form. Those that find nothing stand beside others: the first issue of theirs may come. */
async function groupsOfGiven(cwd: string, found: FoundWeeklies): Promise<Group[]> {
  const left = new Map(found.issues.map(issue => [issue.path, issue]))
  const groups: Group[] = []
  let idle: string[] = []
  for (const pattern of found.patterns.filter(each => !isExclusion(each))) {
    const issues = (await findFiles(pattern, cwd)).flatMap(({ path }) => left.get(path) ?? [])
    if (issues.length === 0) idle = [...idle, pattern]
    else groups.push({ patterns: [pattern], issues })
    for (const { path } of issues) left.delete(path)
  }
  const excluded = found.patterns.filter(isExclusion)
  return groups.map((group, index) => ({ ...group, patterns: [...group.patterns, ...(index === 0 ? idle : []), ...excluded] }))
}

/** Keys by which generators name the folder of the pages that they make. */
const outputKeys = ['output', 'public_dir', 'publishDir', 'destination', 'site_dir', 'output_dir', 'outDir']

function isBelow(folder: string): boolean {
  return !/^\.{0,2}(?:\/|$)/.test(folder)
}

/** Holds what is proposed against the pages that were built, and against a feed before this one. */
function judgeWeekly(
  cwd: string,
  site: DetectedSite,
  { patterns, placed, permalinks: proposed, evidence, unknown }: PlacedWeekly & Pick<ProposedPermalink, 'evidence' | 'unknown'>,
  published: readonly string[],
): ProposedWeekly {
  const { generator, config } = site
  const built = findBuiltPages(cwd, proposed, placed, {
    root: site.root,
    output: outputKeys.flatMap(key => (config.texts[key] ? posix.join(site.root, config.texts[key]) : [])).find(isBelow),
    // Tools that are not known here read `public/`, or make it with a home page.
    copied:
      generator.writes === 'before' && !(generator === plainFolder && existsSync(join(cwd, 'public/index.html')))
        ? posix.join(site.root, posix.dirname(generator.output))
        : undefined,
  })
  const old = built ? undefined : findPublished(published, proposed, placed)
  const permalinks = built?.patterns ?? old?.patterns ?? proposed
  const addressOf = ({ post, facts }: PlacedPost) => fillPermalink(permalinks, post, facts)
  const open = permalinks.find(pattern => generator.name === 'Astro' && pattern.includes('['))
  const objection = open === undefined ? objectionTo(placed, addressOf) : `the pages of the site leave open what stands in ${open}`
  if (objection !== undefined)
    return {
      patterns,
      placed,
      permalinks: [],
      notes: [
        evidence,
        ...(unknown.length > 0 ? [`  weekloom knows no ${unknown.join(', ')}`] : []),
        `  ${objection}: say which one an issue has, e.g. --url /blog/:slug/`,
      ],
    }
  const lacking = placed.filter(issue => addressOf(issue) === undefined)
  return {
    patterns,
    placed,
    permalinks,
    notes: [
      [
        permalinks === proposed ? evidence : built ? 'as the site was built' : 'as the old feed has them',
        ...(site.files && !built ? [] : [built?.evidence ?? old?.evidence ?? 'the site is not built here: check `url` in the config']),
      ].join('; '),
      ...(built?.missing === undefined
        ? []
        : [`  none for ${built.missing.path}, which would be ${built.missing.address}: look at \`url\` in the config`]),
      ...(lacking.length > 0
        ? [`  ${counted(lacking.length, 'issue')} without what the address is made of, such as ${lacking[0]?.path}`]
        : []),
      ...(unknown.length > 0 && (built === undefined || built.missing)
        ? [`  weekloom knows no ${unknown.join(', ')}: write \`url\` in the config as a function of the post`]
        : []),
    ],
  }
}

/** Why patterns cannot be the addresses of issues: some would share one, and nobody could tell them apart. */
function objectionTo(issues: readonly PlacedPost[], addressOf: (issue: PlacedPost) => string | undefined): string | undefined {
  const paths = new Map<string, string>()
  for (const issue of issues.filter(({ post }) => !post.draft)) {
    const address = addressOf(issue)
    const other = address === undefined ? undefined : paths.get(address)
    if (other !== undefined) return `${other} and ${issue.path} would have one address, ${address}`
    if (address !== undefined) paths.set(address, issue.path)
  }
  return undefined
}

/** Each once, those that leave out last. */
function inOrder(patterns: readonly string[]): string[] {
  return [...new Set(patterns)].sort((a, b) => Number(isExclusion(a)) - Number(isExclusion(b)))
}

/** Those with the same addresses are one. */
function joinAlike<Weekly extends PlacedWeekly>(weeklies: readonly Weekly[]): Weekly[] {
  const joined = new Map<string, Weekly>()
  for (const weekly of weeklies) {
    const key = weekly.permalinks.join()
    const known = joined.get(key)
    const patterns = inOrder([...(known?.patterns ?? []), ...weekly.patterns])
    joined.set(key, known ? { ...known, patterns, placed: [...known.placed, ...weekly.placed] } : weekly)
  }
  return [...joined.values()]
}
