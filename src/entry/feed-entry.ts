import { identifyLink } from '../links/identify-link.js'
import { htmlToText } from '../text/html.js'
import { cutText, toPlain } from '../text/plain.js'
import { sanitizeHtml } from '../text/sanitize.js'
import type { Entry, FeedInfo, ParsedEntry } from '../types.js'
import { pickDefined } from './pick-defined.js'

/** Characters that a summary has at most. */
const summaryLength = 300

/** An item of somebody's feed as an entry. An item with neither address nor id cannot be told from others: nothing. */
export function feedEntry(
  item: ParsedEntry,
  { source, feed, feedUrl, tags }: { source: string; feed: FeedInfo; feedUrl: string; tags: readonly string[] },
): Entry | undefined {
  const link = identifyLink(item.url ?? item.id ?? '')
  const id = item.id ?? (link.kind === 'invalid' ? undefined : link.url)
  if (id === undefined) return undefined
  const url = link.kind === 'invalid' ? (feed.homeUrl ?? feedUrl) : link.url
  const html = item.html === undefined ? undefined : sanitizeHtml(item.html, { baseUrl: url })
  const summary = item.summary === undefined ? undefined : cutText(toPlain(htmlToText(item.summary)), summaryLength)
  const picture = pictureOf(item)
  return {
    id,
    keys: [...new Set([id, ...(link.kind === 'invalid' ? [] : [link.key])])].sort(),
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

/** A picture sent along stands for a cover where none is named. */
function pictureOf({ attachments = [] }: ParsedEntry): string | undefined {
  return attachments.find(({ type }) => type?.startsWith('image/'))?.url
}
