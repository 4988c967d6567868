import { isPart } from '../entry/part-entries.js'
import type { Entry } from '../types.js'
import { groupKey, groupSlug } from './group-slug.js'
import type { FeedSettings, Grouping, Settings } from './settings.js'

/** What an entry belongs to, by the option `per`. An article that two issues name under two headings belongs to both. */
const namesBy: Readonly<Record<Grouping, (entry: Entry) => readonly string[]>> = {
  account: ({ account }) => (account === undefined ? [] : [account.name]),
  tag: ({ tags }) => tags,
  section: ({ origins }) => origins.flatMap(({ section }) => section ?? []),
}

/** Heading of a group's feeds in lists, in Chinese and in other languages. */
const headings: Readonly<Record<Grouping, readonly [string, string]>> = {
  account: ['公众号', 'Accounts'],
  tag: ['标签', 'Tags'],
  section: ['栏目', 'Sections'],
}

interface Group {
  /** As the oldest entry spells it, which newer ones do not change. */
  name: string
  /** In the order of all. */
  entries: Entry[]
}

/** The feeds with one for each group in place of a feed that is `per` something, in the order of their slugs. */
export function groupFeeds(entries: readonly Entry[], { feeds, site }: Pick<Settings, 'feeds' | 'site'>): FeedSettings[] {
  return feeds.flatMap(feed => {
    const { per } = feed
    if (per === undefined) return [feed]
    const [chinese, other] = headings[per]
    const heading = /^zh\b/i.test(site.language) ? chinese : other
    return [...findGroups(entries, per)]
      .map(([key, group]) => ({ slug: groupSlug(key), group }))
      .sort((a, b) => (a.slug < b.slug ? -1 : 1))
      .map(({ slug, group: { name, entries: own } }) => ({
        ...feed,
        name: `${feed.name}/${slug}`,
        folder: `${feed.folder}${slug}/`,
        title: feed.title.includes('{name}') ? feed.title.replaceAll('{name}', () => name) : `${feed.title} · ${name}`,
        group: { heading, entries: own },
      }))
  })
}

/** @param entries newest first */
function findGroups(entries: readonly Entry[], per: Grouping): Map<string, Group> {
  const groups = new Map<string, Group>()
  for (const entry of entries) {
    if (isPart(entry)) continue
    for (const name of namesBy[per](entry)) {
      const key = groupKey(name)
      if (key === '') continue
      const group = groups.get(key) ?? { name, entries: [] }
      group.name = name
      // One may have a name twice, spelt in two ways.
      if (group.entries.at(-1) !== entry) group.entries.push(entry)
      groups.set(key, group)
    }
  }
  return groups
}
