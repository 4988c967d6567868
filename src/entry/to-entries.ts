import { WeekloomError } from '../problems.js'
import { aFunction, anObjectOf, assertForm, aText, optionsOf } from '../text/form.js'
import type { Article, Entry, LinkRef, ParsedFeed, Post } from '../types.js'
import { addressEntry, completeEntry } from './article-entry.js'
import { articleForm, parsedFeedForm, postForm } from './document-forms.js'
import { feedEntry, findShared } from './feed-entry.js'
import { issueEntry } from './issue-entry.js'
import { linkEntry } from './link-entry.js'

/** What is known of a document beside what was read of it. */
export interface ToEntriesOptions {
  /** Address under which the document is published. @default what the document says of it */
  url?: string
  /** Name of the source, in `origins`. @default 'weekly', 'articles' or 'feeds', as the sources are called */
  source?: string
}

/** What can be told of the entries of a post. */
export interface PostToEntriesOptions extends ToEntriesOptions {
  /** Which links become entries. @default those to WeChat articles */
  links?: (link: LinkRef) => boolean
}

const anyOptions = /* @__PURE__ */ optionsOf<PostToEntriesOptions>(() => ({ url: aText, source: aText, links: aFunction }))

/**
 * An issue as `parsePost` gives it, as entries: itself, whose id is its address, then one for each link that is wanted, made of the post's words (`state: 'partial'`) until
 * `mergeEntries` brings it together with the article's own. Throws a `WeekloomError` for what is no post, and for a post without an address.
 */
export function postToEntries(post: Post, options: PostToEntriesOptions = {}): Entry[] {
  assertForm(post, anObjectOf(postForm), 'The post')
  assertForm(options, anyOptions, 'The options of the post')
  const { url: permalink = post.url, source = 'weekly', links = link => link.kind === 'wechat' } = options
  if (permalink === undefined) {
    throw new WeekloomError(`The post “${post.title}” has no address, which is its id.`, 'Give `url` to `parsePost` or `postToEntries`.')
  }
  const place = { source, permalink }
  const wanted = post.sections.flatMap(section => section.links).filter(links)
  return [issueEntry(post, place), ...wanted.map(link => linkEntry(post, link, place))]
}

/** An article as `extractArticle` gives it, as an entry. Its id is its address. Throws a `WeekloomError` for what is no article. */
export function articleToEntry(article: Article, options: Pick<ToEntriesOptions, 'source'> = {}): Entry {
  assertForm(article, anObjectOf(articleForm), 'The article')
  assertForm(options, anyOptions, 'The options of the article')
  const { source = 'articles' } = options
  return completeEntry(addressEntry(article.url, article.key, source), article)
}

/**
 * The items of a feed as `parseFeed` gives it, as entries with clean HTML, each once, in the order of the feed. An id that is no address counts within its feed only, so
 * feeds that do not state their own address need `url`. Items that nothing tells from others (no id, address, date or words) are left out.
 * Throws a `WeekloomError` for what is no such feed.
 */
export function feedToEntries(feed: ParsedFeed, options: ToEntriesOptions = {}): Entry[] {
  assertForm(feed, anObjectOf(parsedFeedForm), 'The feed')
  assertForm(options, anyOptions, 'The options of the feed')
  const { info, entries } = feed
  const { url = info.feedUrl ?? info.homeUrl ?? '', source = 'feeds' } = options
  const place = { source, feed: info, feedUrl: url, tags: [], shared: findShared(entries, info) }
  const byId = new Map<string, Entry>()
  for (const item of entries) {
    const entry = feedEntry(item, place)
    if (entry !== undefined && !byId.has(entry.id)) byId.set(entry.id, entry)
  }
  return [...byId.values()]
}
