import { identifyLink, identityOf } from '../links/identify-link.js'
import { publicAddress } from '../links/secrets.js'
import { htmlToText } from '../text/html.js'
import { cleanText, cutText, toPlain } from '../text/plain.js'
import { sanitizeHtml } from '../text/sanitize.js'
import type { Entry, FeedInfo, LinkIdentity, ParsedEntry, Plain } from '../types.js'
import { pickDefined } from './pick-defined.js'

/** Characters that a summary has at most. */
const summaryLength = 300

/** Characters that a title, a name and a tag have at most: more is an accident or an attack, and stands in every output and list. */
const longestTitle = 500
const longestName = 200
/** Characters of an id that is one everywhere; a longer one is called as one of its feed only. */
const longestId = 2000
/** Characters of a title, and of a name, that are made of an item's text. */
const titleLength = 80
const nameLength = 200
/** How much of an item's HTML is read for such a title or name, in characters. */
const lookedAt = 5000

/** Where an item was read. */
export interface FeedPlace {
  /** Name of the source. */
  source: string
  feed: FeedInfo
  feedUrl: string
  tags: readonly string[]
  /** What names no item of this feed, see {@link findShared}. @default nothing */
  shared?: SharedNames
}

/** What several items of a feed have in common, so that it names none of them. */
export interface SharedNames {
  /** Keys of addresses. */
  links: ReadonlySet<string>
  /** Ids, as they were sent. */
  ids: ReadonlySet<string>
}

/**
 * What cannot be believed to name an item of a feed. Addresses: those that several items have, also where one has it for its id, and the feed's own page; they say where
 * to read, not which item is meant. Ids: those of items that lead to different addresses (careless programs give one to all), and the feed's own page again.
 */
export function findShared(items: readonly ParsedEntry[], feed: FeedInfo): SharedNames {
  const home = feed.homeUrl === undefined ? undefined : identifyLink(feed.homeUrl).key
  const nameOf = new Map<string, string>()
  const linkOf = new Map<string, string>()
  const links = new Set(home === undefined ? [] : [home])
  const ids = new Set<string>()
  for (const item of items) {
    const { id, url } = item
    const name = id ?? wordsOf(item)
    const link = url === undefined ? undefined : keyOfLink(url)
    const named = id === undefined ? undefined : keyOfLink(id)
    for (const key of new Set([named, link])) {
      if (key === undefined) continue
      if ((nameOf.get(key) ?? name) !== name) links.add(key)
      nameOf.set(key, name)
    }
    if (id === undefined) continue
    if (named !== undefined && named === home) ids.add(id)
    if (link === undefined) continue
    if ((linkOf.get(id) ?? link) !== link) ids.add(id)
    linkOf.set(id, link)
  }
  return { links, ids }
}

function keyOfLink(address: string): string | undefined {
  const { kind, key } = identifyLink(address)
  return kind === 'invalid' ? undefined : key
}

/**
 * An item of somebody's feed as an entry. An id that is an address or another URI (`tag:`, `urn:`) is the item's everywhere; any other, such as a
 * number, is so in its feed only: the entry's id is the feed's address with it behind `#`. An item with neither id nor an address of its own
 * goes by its date and its title, or the beginning of its text, in the same way; without those it cannot be told from others: nothing. An id that is the address of
 * another WeChat article than the link is not believed: only a page proves that two of those are one.
 *
 * What has no title is called by the beginning of its text. A date of change stands in for that of publication where there is no other, as an estimate.
 */
export function feedEntry(given: ParsedEntry, { source, feed, feedUrl: askedUrl, tags, shared }: FeedPlace): Entry | undefined {
  // A feed may be asked for with a password or a token, which are nobody else's business.
  const feedUrl = publicAddress(askedUrl)
  const link = identifyLink(given.url ?? given.id ?? '')
  const isNamed = link.kind !== 'invalid' && shared?.links.has(link.key) !== true
  // Of a feed without an address such an id could be anybody's.
  const isOpen = (id: string) => feedUrl === '' && isNamed && !isUri(id)
  const isBelieved = given.id !== undefined && shared?.ids.has(given.id) !== true && !isOtherArticle(link, given.id) && !isOpen(given.id)
  const known = isBelieved ? given : withoutId(given)
  const item = known.id === undefined && !isNamed ? namedByWords(known) : known
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
    title: item.title === undefined ? beginningOf(item, titleLength) || url : cutText(item.title, longestTitle),
    ...(picture === undefined ? {} : { image: picture }),
    ...pickDefined(feed, 'language'),
    ...datesOf(item),
    ...pickDefined(item, 'image', 'attachments', 'language'),
    authors: (item.authors ?? feed.authors ?? []).map(author => ({ ...author, name: cutText(author.name, longestName) })),
    tags: [...new Set([...tags, ...(item.tags ?? []).map(tag => cutText(tag, longestName))])],
    ...(summary ? { summary } : {}),
    ...(html ? { html } : {}),
    kind: 'item',
    state: 'full',
    origins: [{ source, kind: 'feed', id, url: feed.homeUrl ?? feedUrl, feed: feedUrl, ...titleOf(feed) }],
  }
}

function isOtherArticle(link: LinkIdentity, id = ''): boolean {
  const named = identifyLink(id)
  return link.kind === 'wechat' && named.kind === 'wechat' && identityOf(named.key) !== identityOf(link.key)
}

/** Atom demands the date of the last change alone, so many feeds have no other. */
function datesOf({ published, updated }: ParsedEntry): Pick<Entry, 'published' | 'updated' | 'dated'> {
  const dated = { from: 'feed', precision: 'second' } as const
  if (published !== undefined) return { published, dated, ...(updated === undefined ? {} : { updated }) }
  return updated === undefined ? {} : { published: updated, updated, dated: { ...dated, estimated: true } }
}

function namedByWords(item: ParsedEntry): ParsedEntry {
  const words = wordsOf(item)
  return words === '' ? item : { ...item, id: words }
}

function wordsOf(item: ParsedEntry): string {
  return [item.published, item.title ?? beginningOf(item, nameLength)].filter(word => word !== undefined && word !== '').join(' ')
}

/** The first words of an item's text; empty when it has none. */
function beginningOf({ summary, html }: ParsedEntry, length: number): string {
  return cutText(toPlain(htmlToText((summary ?? html ?? '').slice(0, lookedAt))), length)
}

function withoutId({ id: _, ...item }: ParsedEntry): ParsedEntry {
  return item
}

function titleOf({ title }: FeedInfo): { title?: Plain } {
  return title === undefined ? {} : { title: cutText(title, longestName) }
}

function isUri(id: string): boolean {
  return id.length <= longestId && /^[a-z][a-z0-9+.-]{1,30}:\S/i.test(id)
}

function keyOfId(id: string, feedUrl: string): string {
  const link = identifyLink(id)
  if (link.kind !== 'invalid' && isUri(id)) return link.key
  return isUri(id) ? id : `${feedUrl}#${encodeURIComponent(cleanText(id.slice(0, 500)))}`
}

/** A picture sent along stands for a cover where none is named. */
function pictureOf({ attachments = [] }: ParsedEntry): string | undefined {
  return attachments.find(({ type }) => type?.startsWith('image/'))?.url
}
