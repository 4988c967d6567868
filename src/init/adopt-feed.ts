import { findConfig, loadConfig } from '../build/load-config.js'
import { usualIssues } from '../entry/select-entries.js'
import { adoptIds } from '../run/adopt-ids.js'
import { settleOptions } from '../run/settings.js'
import { fileStore } from '../store/file-store.js'
import type { ParsedFeed } from '../types.js'

/** How many issues a feed may have, in place of those before it: subscribers would get older ones as new. Nothing where that is as many as feeds have anyhow. */
export function limitAs(feeds: readonly ParsedFeed[]): number | undefined {
  const longest = Math.max(0, ...feeds.map(({ entries }) => entries.length))
  return longest > 0 && longest < usualIssues ? longest : undefined
}

/** Takes the ids of a feed over into the store of the folder's config. Gives how many. */
export async function adoptFeed(feed: ParsedFeed, cwd: string): Promise<number> {
  const config = findConfig(cwd)
  const store = config === undefined ? fileStore('.weekloom') : settleOptions(await loadConfig(config)).store
  return adoptIds(feed, store, () => {})
}
