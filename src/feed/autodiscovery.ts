import { aListOf, assertForm, oneOf, optionsOf } from '../text/form.js'
import { escapeAttribute } from '../text/html.js'
import { toPlain } from '../text/plain.js'
import { type FeedFormat, feedAddresses, feedFormats, preferredFormats } from './feed-addresses.js'
import { listFeeds, type OpmlFeed } from './listed-feeds.js'

/** What `autodiscoveryTags` can be told. */
export interface AutodiscoveryOptions {
  /**
   * The formats of the first feed, the one that readers offer first in front. Every other feed is named in the first of these that it has.
   * @default ['atom', 'rss', 'json']
   */
  formats?: readonly FeedFormat[]
}

const aFormat = /* @__PURE__ */ oneOf('rss', 'atom', 'json')
const anyOptions = /* @__PURE__ */ optionsOf<AutodiscoveryOptions>(() => ({ formats: aListOf(aFormat, 'a list of formats') }))

/** Some readers show every tag as a choice, so a long list hides the feed that most people want. */
const MAX_FEEDS = 20

/**
 * The tags by which readers and browsers find the feeds of a page: one `<link rel="alternate">` a line, to paste into the `<head>` of each page
 * of the site. The first feed comes first in each of its formats; then the others, each once, twenty feeds at most. Feeds of a group (one of many accounts or tags) and
 * feeds without an absolute address are left out. Addresses are absolute and typed, as the
 * [RSS Advisory Board](https://www.rssboard.org/rss-autodiscovery) asks. Empty when there is nothing to name.
 */
export function autodiscoveryTags(feeds: OpmlFeed | readonly OpmlFeed[], options: AutodiscoveryOptions = {}): string {
  return discoveryLinks(feeds, options)
    .map(link => {
      const attributes = Object.entries(link).map(([name, value]) => ` ${name}="${escapeAttribute(value)}"`)
      return `<link${attributes.join('')}>\n`
    })
    .join('')
}

/** The attributes of a tag by which a feed is found, in the order in which they are written. */
export interface DiscoveryLink {
  rel: 'alternate'
  type: string
  title: string
  href: string
}

/** What `autodiscoveryTags` writes, for pages whose head is not written as HTML. */
export function discoveryLinks(feeds: OpmlFeed | readonly OpmlFeed[], options: AutodiscoveryOptions = {}): DiscoveryLink[] {
  const listed = listFeeds(feeds, 'The feeds to name')
  assertForm(options, anyOptions, 'The options of the tags')
  const { formats = preferredFormats } = options
  const links = new Map<string, DiscoveryLink>()
  const single = listed.filter(({ group }) => toPlain(group ?? '') === '').slice(0, MAX_FEEDS)
  for (const [index, { info }] of single.entries()) {
    const addresses = feedAddresses(info)
    const had = formats.filter(format => addresses[format] !== undefined)
    for (const format of index === 0 ? had : had.slice(0, 1)) {
      const href = addresses[format] ?? ''
      const title = toPlain(info.title ?? '') || href
      const name = format === had[0] ? title : `${title} (${feedFormats[format].name})`
      if (!links.has(href)) links.set(href, { rel: 'alternate', type: feedFormats[format].mediaType, title: name, href })
    }
  }
  return [...links.values()]
}
