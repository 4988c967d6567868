import { identifyLink, identityOf } from '../links/identify-link.js'
import { htmlToText } from '../text/html.js'
import { cleanText, cutText, toPlain } from '../text/plain.js'
import { sanitizeHtml } from '../text/sanitize.js'
import type { Entry, FeedInfo, LinkIdentity, ParsedEntry } from '../types.js'
import { pickDefined } from './pick-defined.js'

/** Characters that a summary has at most. */
const summaryLength = 300

/** Where an item was read. */
export interface FeedPlace {
  /** Name of the source. */
  source: string
  feed: FeedInfo
  feedUrl: string
  tags: readonly string[]
  /** Keys of addresses that name no item of this feed, see {@link sharedLinks}. @default none */
  shared?: ReadonlySet<string>
}

/**
 * Keys of the addresses that several items of a feed with different ids have, also where one has it for its id, and of the feed's own page: they say where to read, not
 * which item is meant, so nothing is known to be the same by them.
 */
export function sharedLinks(items: readonly ParsedEntry[], feed: FeedInfo): Set<string> {
  const idOf = new Map<string, string>()
  const shared = new Set(feed.homeUrl === undefined ? [] : [identifyLink(feed.homeUrl).key])
  for (const { url, id = '' } of items) {
    for (const address of url === undefined ? [id] : [id, url]) {
      const link = identifyLink(address)
      if (link.kind === 'invalid') continue
      const known = idOf.get(link.key)
      if (known !== undefined && known !== id) shared.add(link.key)
      idOf.set(link.key, id)
    }
  }
  return shared
}

/**
 * An item of somebody's feed as an entry. An id that is an address or another URI (`tag:`, `urn:`) is the item's everywhere; any other, such as a
 * number, is so in its feed only: the entry's id is the feed's address with it behind `#`. An item with neither id nor an address of its own
 * goes by its date and title in the same way; without those it cannot be told from others: nothing. An id that is the address of another WeChat
 * article than the link is not believed: only a page proves that two of those are one.
 */
export function feedEntry(given: ParsedEntry, { source, feed, feedUrl, tags, shared = new Set() }: FeedPlace): Entry | undefined {
  const link = identifyLink(given.url ?? given.id ?? '')
  const isNamed = link.kind !== 'invalid' && !shared.has(link.key)
  const item = isOtherArticle(link, given.id) ? withoutId(given) : given.id === undefined && !isNamed ? namedByWords(given) : given
  const names = [...(item.id === undefined ? [] : [keyOfId(item.id, feedUrl)]), ...(isNamed ? [link.key] : [])]
  const id = item.id === undefined ? (isNamed ? link.url : undefined) : isUri(item.id) ? item.id : names[0]
  if (id === undefined) return undefined
  const url = link.kind === 'invalid' ? (feed.homeUrl ?? feedUrl) : link.url
  const html = item.html === undefined ? undefined : sanitizeHtml(item.html, { baseUrl: url })
  const summary = item.summary === undefined ? undefined : cutText(toPlain(htmlToText(item.summary)), summaryLength)
  const picture = pictureOf(item)
  return {
    id,
    keys: [...new Set(names)].sort(),
    url,
    title: item.title ?? url,
    ...(picture === undefined ? {} : { image: picture }),
    ...pickDefined(item, 'published', 'updated', 'image', 'attachments', 'language'),
    ...(item.published === undefined ? {} : { dated: { from: 'feed', precision: 'second' } as const }),
    authors: item.authors ?? feed.authors ?? [],
    tags: [...new Set([...tags, ...(item.tags ?? [])])],
    ...(summary ? { summary } : {}),
    ...(html ? { html } : {}),
    kind: 'item',
    state: 'full',
    origins: [{ source, kind: 'feed', id, url: feed.homeUrl ?? feedUrl, ...pickDefined(feed, 'title') }],
  }
}

function isOtherArticle(link: LinkIdentity, id = ''): boolean {
  const named = identifyLink(id)
  return link.kind === 'wechat' && named.kind === 'wechat' && identityOf(named.key) !== identityOf(link.key)
}

function namedByWords(item: ParsedEntry): ParsedEntry {
  const words = [item.published, item.title].filter(word => word !== undefined).join(' ')
  return words === '' ? item : { ...item, id: words }
}

function withoutId({ id: _, ...item }: ParsedEntry): ParsedEntry {
  return item
}

function isUri(id: string): boolean {
  return /^[a-z][a-z0-9+.-]{1,30}:\S/i.test(id)
}

function keyOfId(id: string, feedUrl: string): string {
  const link = identifyLink(id)
  if (link.kind !== 'invalid') return link.key
  return isUri(id) ? id : `${feedUrl}#${encodeURIComponent(cleanText(id.slice(0, 500)))}`
}

/** A picture sent along stands for a cover where none is named. */
function pictureOf({ attachments = [] }: ParsedEntry): string | undefined {
  return attachments.find(({ type }) => type?.startsWith('image/'))?.url
}
