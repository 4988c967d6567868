import { normaliseTitle } from '../entry/normalise-title.js'
import { usualIssues } from '../entry/select-entries.js'
import { feedWriters } from '../feed/feed-writers.js'
import { identifyLink } from '../links/identify-link.js'
import { adoptIds } from '../run/adopt-ids.js'
import type { Options } from '../run/options.js'
import { readSources } from '../run/read-sources.js'
import { openRun } from '../run/run-context.js'
import { settleOptions } from '../run/settings.js'
import { counted } from '../text/counted.js'
import type { Entry, ParsedEntry, ParsedFeed } from '../types.js'

/** How many issues a feed may have, in place of those before it: subscribers would get older ones as new. Nothing where that is as many as feeds have anyhow. */
export function limitAs(feeds: readonly ParsedFeed[]): number | undefined {
  const longest = Math.max(0, ...feeds.map(({ entries }) => entries.length))
  return longest > 0 && longest < usualIssues ? longest : undefined
}

/** An item that is an issue, at another address than the config gives that. */
export interface MovedItem {
  title: string
  item: ParsedEntry & { url: string }
  issue: Entry
}

/** What became of a feed whose ids were taken over. */
export interface Adoption {
  /** Ids that were taken over. */
  ids: number
  /** Issues that the config finds. */
  issues: readonly Entry[]
  /** How many of them are in the feed. */
  known: number
  moved: readonly MovedItem[]
  /** Where subscribers of the feed are to be led; nothing where the config has no feed of issues. */
  address?: string
}

/** Takes the ids of a feed over into the store of a config, those of issues also where the config gives them another address: it may be mistaken, or the site has moved. */
export async function adoptFeed(feed: ParsedFeed, options: Options): Promise<Adoption> {
  const { store, feeds, baseUrl } = settleOptions(options)
  const issues = await readIssues(options)
  const ids = await adoptIds(feed, store, () => {})
  const { known, moved } = matchIssues(feed.entries, issues)
  await adoptIds({ ...feed, entries: moved.map(({ item, issue }) => ({ ...item, url: issue.url })) }, store, () => {})
  const folder = feeds.find(({ of, per }) => of === 'issues' && per === undefined)?.folder
  const file = feedWriters.find(writer => writer.format === feed.format)?.file ?? 'rss.xml'
  return {
    ids,
    issues,
    known: known + moved.length,
    moved,
    ...(folder === undefined ? {} : { address: new URL(folder + file, baseUrl).href }),
  }
}

/** The issues as a build that fetches nothing reads them. */
async function readIssues(options: Options): Promise<Entry[]> {
  const run = openRun({ ...options, network: 'frozen' })
  try {
    const { items } = await readSources(run)
    return items.flatMap(({ entry, twin }) => (entry.kind === 'issue' && !twin ? [entry] : []))
  } finally {
    await run.close()
  }
}

/** Which items are issues: those at the same address, on whatever host, and those with a title that no other has. */
function matchIssues(items: readonly ParsedEntry[], issues: readonly Entry[]): { known: number; moved: MovedItem[] } {
  const keys = new Set(items.map(({ url = '' }) => identifyLink(url).key))
  const left = issues.filter(({ url }) => !keys.has(identifyLink(url).key))
  const byPath = onlyOnes(left, ({ url }) => pathOf(url))
  const byTitle = onlyOnes(left, ({ title }) => normaliseTitle(title))
  const titles = onlyOnes(items, ({ title = '' }) => normaliseTitle(title))
  const moved = items.flatMap(item => {
    const { url, title = '', published } = item
    if (url === undefined) return []
    const name = normaliseTitle(title)
    const namesake = titles.get(name) === item ? byTitle.get(name) : undefined
    const issue = byPath.get(pathOf(url)) ?? (isNear(published, namesake?.published) ? namesake : undefined)
    return issue === undefined ? [] : [{ title, item: { ...item, url }, issue }]
  })
  return { known: issues.length - left.length, moved: [...new Map(moved.map(each => [each.issue, each])).values()] }
}

/** What nothing else of the list shares its name with. */
function onlyOnes<T>(things: readonly T[], nameOf: (thing: T) => string): Map<string, T> {
  const named = new Map<string, T | undefined>()
  for (const thing of things) named.set(nameOf(thing), named.has(nameOf(thing)) ? undefined : thing)
  return new Map([...named].flatMap(([name, only]) => (name === '' || only === undefined ? [] : [[name, only]])))
}

function pathOf(url: string): string {
  return identifyLink(url).key.replace(/^https:\/\/[^/]*/, '')
}

/** An issue that came out again under its title is another one. */
const twoDays = 2 * 86_400_000

function isNear(one: string | undefined, other: string | undefined): boolean {
  return one === undefined || other === undefined || Math.abs(Date.parse(one) - Date.parse(other)) <= twoDays
}

/** What somebody should know whose feed was taken over: whether its subscribers will see nothing twice, and where to lead them. */
export function describeAdoption(
  place: string,
  { entries }: Pick<ParsedFeed, 'entries'>,
  { ids, issues, known, moved, address }: Adoption,
): string[] {
  const items = entries.length
  const lost = ids === items ? '' : `; of its ${counted(items, 'item')}, ${items - ids} without an address or an id as an issue or article`
  const some = entries.find(({ url }) => url !== undefined)?.url
  const [first] = moved
  return [
    `Took over ${counted(ids, 'id')} of ${place}${lost}: an issue or article with the address of one of these items has its id.`,
    ...(issues.length > 0 ? [`It has ${known} of the ${counted(issues.length, 'issue')} found here.`] : []),
    ...(first === undefined
      ? []
      : [
          `  ${moved.length} of them at other addresses: ${first.title || 'one'} is at ${first.item.url} there, and at ${first.issue.url} by the config.`,
          '  They keep their ids. Where the first is right, correct `url` or `site.url` in the config before the next build.',
        ]),
    ...(known === 0 && issues[0] !== undefined && some !== undefined
      ? [
          `  An item of it is at ${some}, an issue at ${issues[0].url} by the config. If that was a feed of these issues, correct \`url\` in the config before the next build, or its subscribers see each of them twice.`,
        ]
      : []),
    ...(known > 0 && address !== undefined
      ? [`Where it was a feed of issues, redirect its address to ${address}, with status 301: the first feed has articles as well.`]
      : []),
  ]
}
