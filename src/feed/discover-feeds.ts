import type { Document, Element } from 'domhandler'
import { assertInput } from '../text/assert-input.js'
import { dropAbsent } from '../text/drop-absent.js'
import { parseHtml } from '../text/html.js'
import { toPlain } from '../text/plain.js'
import { parseUrl, resolveUrl } from '../text/url.js'
import { walkElements } from '../text/walk-elements.js'
import type { DiscoveredFeed } from '../types.js'

const feedTypes: ReadonlySet<string> = new Set([
  'application/rss+xml',
  'application/atom+xml',
  'application/feed+json',
  'application/rdf+xml',
])
/** Types of much else too: they count only where address or title speak of a feed. */
const vagueTypes: ReadonlySet<string> = new Set(['application/json', 'application/xml', 'text/xml', 'text/rss+xml', 'text/atom+xml'])
const speaksOfFeed = /\b(?:rss|atom|rdf|feeds?)\b/i
/** No page names more feeds for its reader to choose from. */
const mostFeeds = 50

/**
 * The feeds that a page names in its `link` elements (and `a` elements of the same form), in the order of the page, each address once, the first fifty; empty where it names none.
 * What counts is `rel="alternate"` or `rel="feed"` with the media type of a feed; `application/json` and `text/xml` only where address or title speak of a feed. Addresses
 * are resolved against the page's `base`, and only http(s) ones are given. Reads by the HTML standard, section 4.6.7.1 (link type "alternate"). Pure; never throws for a page,
 * a `WeekloomError` for anything else.
 *
 * @param page the page's text, or its tree
 * @param url the page's address
 */
export function discoverFeeds(page: string | Document, url: string): DiscoveredFeed[] {
  const given: unknown = page
  const isTree = typeof given === 'object' && given !== null && 'children' in given && Array.isArray(given.children)
  assertInput(typeof given === 'string' || isTree, 'The page', page, 'a text, or its tree')
  assertInput(typeof url === 'string', 'The address of the page', url, 'a text')
  const found = new Map<string, DiscoveredFeed>()
  const links: Element[] = []
  let base: string | undefined
  for (const element of walkElements(typeof page === 'string' ? parseHtml(page) : page)) {
    if (element.name === 'base') base ??= resolveUrl(element.attribs['href'] ?? '', url)
    else if ((element.name === 'link' || element.name === 'a') && isFeedLink(element)) links.push(element)
  }
  for (const { attribs } of links) {
    const address = resolveFeedUrl(attribs['href'] ?? '', base ?? url)
    if (address === undefined || found.has(address) || found.size >= mostFeeds) continue
    const type = typeOf(attribs)
    const title = toPlain((attribs['title'] ?? '').slice(0, 500))
    found.set(address, dropAbsent({ url: address, type: type || undefined, title: title || undefined }))
  }
  return [...found.values()]
}

/** Words by which addresses and titles of feeds say that comments are in them. */
const speaksOfComments = /\bcomments?\b|\brepl(?:y|ies)\b|评论|評論|留言|回复|回覆|コメント/i

/** The feeds that a page names, those first that are probably meant by its address: those of comments come last. */
export function likeliestFeeds(page: string, url: string): DiscoveredFeed[] {
  const found = discoverFeeds(page, url)
  const isOfComments = (feed: DiscoveredFeed) => speaksOfComments.test(`${new URL(feed.url).pathname} ${feed.title ?? ''}`)
  return [...found.filter(feed => !isOfComments(feed)), ...found.filter(isOfComments)]
}

/** The http(s) address of a feed, also of one written for readers: `feed://host/…` or `feed:https://host/…`. */
export function resolveFeedUrl(text: string, base?: string): string | undefined {
  return resolveUrl(withoutFeedScheme(text), base !== undefined && parseUrl(base) ? base : undefined)
}

/** An address without the scheme by which some programs hand feeds to each other (`feed://…`). */
export function withoutFeedScheme(url: string): string {
  return url
    .trim()
    .replace(/^feed:(?:\/\/)?(?=https?:)/i, '')
    .replace(/^feed:\/\//i, 'https://')
}

function isFeedLink({ attribs }: Element): boolean {
  const { rel = '', href, title = '' } = attribs
  const words = rel.toLowerCase().split(/\s+/, 20)
  if (href === undefined || href.trim() === '' || words.includes('stylesheet')) return false
  if (words.includes('feed')) return true
  if (!words.includes('alternate')) return false
  const type = typeOf(attribs)
  return feedTypes.has(type) || (vagueTypes.has(type) && speaksOfFeed.test(`${href.slice(0, 500)} ${title.slice(0, 500)}`))
}

function typeOf({ type = '' }: Element['attribs']): string {
  return (type.split(';', 1)[0] ?? '').trim().toLowerCase()
}
