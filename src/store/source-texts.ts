import { hideSecrets } from '../links/secrets.js'
import type { Page, Store } from '../types.js'
import { type CachedPage, readPage, removePage, type Shelf, writePage } from './page-cache.js'
import type { Report } from './records.js'

/** A text that a source read, and where it is kept. */
export interface SourceText extends CachedPage {
  shelf: Shelf
}

/** The text that a source had from an address; earlier versions kept all of them in the cache. Damage to what is kept in git is reported (`STORE_RECORD_DAMAGED`). */
export async function readSourceText(store: Store, url: string, report: Report): Promise<SourceText | undefined> {
  for (const shelf of ['sources/', 'cache/pages/'] as const) {
    const cached = await readPage(store, url, shelf, report)
    if (cached) return { ...cached, page: asKept(cached.page), shelf }
  }
  return undefined
}

/**
 * Keeps the text that a source had from an address, with what is kept in git: a feed cannot be built elsewhere without it. One whose address holds a token stays in the cache, out of git.
 * Nothing is written while the text stays the same.
 */
export async function writeSourceText(store: Store, cached: CachedPage, kept?: SourceText): Promise<void> {
  const { url, finalUrl } = cached.page
  const own = { ...cached, page: asKept(cached.page) }
  const shelf: Shelf = [url, finalUrl].some(address => hideSecrets(address) !== address) ? 'cache/pages/' : 'sources/'
  if (kept?.shelf === shelf && isSame(own, kept)) return
  await writePage(store, own, shelf)
  await removePage(store, url, shelf === 'sources/' ? 'cache/pages/' : 'sources/')
}

/** The page as it is kept: git may change how lines end, and a later run is to read what this one does. */
export function asKept<T extends Page>(page: T): T {
  return typeof page.body === 'string' ? { ...page, body: page.body.replace(/\r+\n/g, '\n') } : page
}

function isSame(a: CachedPage, b: CachedPage): boolean {
  const { page: one } = a
  const { page: other } = b
  return (
    a.etag === b.etag &&
    a.lastModified === b.lastModified &&
    one.status === other.status &&
    one.finalUrl === other.finalUrl &&
    one.mediaType === other.mediaType &&
    typeof one.body === typeof other.body &&
    Buffer.from(one.body).equals(Buffer.from(other.body))
  )
}
