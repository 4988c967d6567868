import { findConfig, loadConfig } from '../build/load-config.js'
import { adoptIds } from '../run/adopt-ids.js'
import { settleOptions } from '../run/settings.js'
import { fileStore } from '../store/file-store.js'
import type { ParsedFeed } from '../types.js'

/** Takes the ids of a feed over into the store of the folder's config. Gives how many. */
export async function adoptFeed(feed: ParsedFeed, cwd: string): Promise<number> {
  const config = findConfig(cwd)
  const store = config === undefined ? fileStore('.weekloom') : settleOptions(await loadConfig(config)).store
  return adoptIds(feed, store, () => {})
}
