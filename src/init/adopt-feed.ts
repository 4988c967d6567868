import { findConfig, loadConfig } from '../build/load-config.js'
import { parseFeed } from '../feed/parse-feed.js'
import type { Outcome } from '../problems.js'
import { adoptIds } from '../run/adopt-ids.js'
import { settleOptions } from '../run/settings.js'
import { fileStore } from '../store/file-store.js'
import type { Page } from '../types.js'

/** Takes the ids of a feed over into the store of the folder's config. Gives how many, and how many items the feed has. */
export async function adoptFeed(page: Pick<Page, 'url' | 'body'>, cwd: string): Promise<Outcome<{ ids: number; items: number }>> {
  const feed = parseFeed(page.body, { url: page.url })
  if (!feed.ok) return feed
  const config = findConfig(cwd)
  const store = config === undefined ? fileStore('.weekloom') : settleOptions(await loadConfig(config)).store
  return { ok: true, value: { ids: await adoptIds(feed.value, store, () => {}), items: feed.value.entries.length } }
}
