import type { FeedInfo } from '../types.js'
import { toWebUrl } from './web-url.js'

/** A format in which feeds are published: RSS 2.0, Atom 1.0, JSON Feed 1.1. */
export type FeedFormat = 'rss' | 'atom' | 'json'

/** The formats in which a feed is published: what each is called, served as, and named in a folder of a feed. */
export const feedFormats: Readonly<Record<FeedFormat, { name: string; mediaType: string; file: string }>> = {
  rss: { name: 'RSS', mediaType: 'application/rss+xml', file: 'rss.xml' },
  atom: { name: 'Atom', mediaType: 'application/atom+xml', file: 'atom.xml' },
  json: { name: 'JSON Feed', mediaType: 'application/feed+json', file: 'feed.json' },
}

/** In the order in which they are recommended: Atom says most, and every reader reads it. */
export const preferredFormats: readonly FeedFormat[] = ['atom', 'rss', 'json']

/**
 * Where a feed can be had, by format: absolute addresses. A `feedUrl` that ends with `/` is a folder as a build writes it, with `rss.xml`,
 * `atom.xml` and `feed.json` in it; any other is that of one document, whose format its name tells. Empty when there is no absolute `feedUrl`.
 */
export function feedAddresses({ feedUrl }: Pick<FeedInfo, 'feedUrl'>): Partial<Record<FeedFormat, string>> {
  const url = toWebUrl(feedUrl)
  if (url === undefined) return {}
  const { pathname, search, hash } = new URL(url)
  if (pathname.endsWith('/') && search === '' && hash === '') {
    return Object.fromEntries(preferredFormats.map(format => [format, new URL(feedFormats[format].file, url).href]))
  }
  return { [formatOf(pathname)]: url }
}

/** The one address under which a feed is subscribed to, where only one can be given. */
export function mainAddress(info: Pick<FeedInfo, 'feedUrl'>): string | undefined {
  const addresses = feedAddresses(info)
  for (const format of preferredFormats) if (addresses[format] !== undefined) return addresses[format]
  return undefined
}

function formatOf(path: string): FeedFormat {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase()
  return name.includes('json') ? 'json' : name.includes('atom') ? 'atom' : 'rss'
}
