import { isPart } from '../entry/part-entries.js'
import { pickDefined } from '../entry/pick-defined.js'
import { newestInstant, selectEntries } from '../entry/select-entries.js'
import { dropAbsent } from '../text/drop-absent.js'
import type { Entry, Feed } from '../types.js'
import { homepage, version } from '../version.js'
import { loadText } from './load-text.js'
import type { ContentLevel } from './options.js'
import type { RunContext } from './run-context.js'
import type { FeedSettings, Settings } from './settings.js'

/** The feeds of a run by name: entries selected, newest first, with the texts that they may show. */
export async function makeFeeds(entries: readonly Entry[], run: RunContext): Promise<Record<string, Feed>> {
  const feeds: Record<string, Feed> = {}
  for (const feed of run.settings.feeds) {
    const selected = selectEntries(feed.group?.entries ?? entries, { of: feed.of, ...pickDefined(feed, 'limit', 'maxAge') })
    const shown = await withTexts(selected, feed, run)
    const more = dropAbsent({ group: feed.group?.heading, updated: newestInstant(shown) })
    feeds[feed.name] = { info: feedInfo(feed, run.settings), ...more, entries: shown }
  }
  return feeds
}

/** The entries with the texts that the feed may show of them. */
export function withTexts(entries: readonly Entry[], feed: FeedSettings, run: RunContext): Promise<Entry[]> {
  return Promise.all(entries.map(entry => (needsText(entry, feed, run.settings) ? loadText(entry, run) : entry)))
}

function feedInfo({ folder, title, description }: FeedSettings, { site, baseUrl, hubs }: Settings): Feed['info'] {
  const address = new URL(folder, baseUrl).href
  return {
    id: address,
    title,
    homeUrl: site.url,
    feedUrl: address,
    ...dropAbsent({ description }),
    language: site.language,
    authors: site.authors.length > 0 ? site.authors : [{ name: site.title, url: site.url }],
    ...pickDefined(site, 'image', 'rights'),
    ...(hubs.length === 0 ? {} : { hubs }),
    generator: `weekloom ${version} (${homepage})`,
  }
}

/** How much an entry shows in a feed: articles of others only what the options allow, everything of one's own whole. */
export function contentLevel(entry: Entry, feed: FeedSettings, { fullText }: Settings): ContentLevel {
  if (entry.kind === 'issue') return 'full'
  if (isPart(entry)) return feed.content ?? 'full'
  // The text of a partial entry is that of the site's own twin.
  if (entry.state === 'partial' && entry.html !== undefined) return feed.content ?? 'full'
  const wanted = feed.content ?? (fullText === false ? 'summary' : 'full')
  if (wanted !== 'full' || typeof fullText === 'boolean') return wanted
  const { account } = entry
  return account !== undefined && [account.name, account.alias].some(name => name !== undefined && fullText.includes(name))
    ? 'full'
    : 'summary'
}

function needsText(entry: Entry, feed: FeedSettings, settings: Settings): boolean {
  // A feed's item may bring a text; that of the page goes before it.
  const lacksOwn = entry.html === undefined || entry.origins.some(origin => origin.kind === 'feed')
  return entry.kind === 'article' && entry.state === 'full' && lacksOwn && contentLevel(entry, feed, settings) === 'full'
}
