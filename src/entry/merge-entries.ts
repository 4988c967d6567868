import { assertEntries } from '../feed/entry-form.js'
import { identityOf } from '../links/identify-link.js'
import { assertInput } from '../text/assert-input.js'
import { parseUrl, splitTidyUrl } from '../text/url.js'
import type { Entry, Origin } from '../types.js'
import { compareFirstSeen, compareOrigins, sortNewest } from './canonical-order.js'
import { distinctKeys } from './distinct-keys.js'
import { groupByKeys } from './group-by-keys.js'
import { hasFallbackTitle } from './link-entry.js'
import { meetingHtml, mergeMeetings } from './meeting-parts.js'
import { pickDefined, pickFirst } from './pick-defined.js'

/**
 * Brings together the entries that name one thing, whatever sources they come from: an article recommended in three weeklies and found in its blog's feed is one entry with four
 * origins. Entries are one when a key of theirs is equal: an id, a canonical address, or another address that a page proves to be the same (WeChat keys by biz, mid and idx).
 * A shared title proves nothing.
 *
 * Each field is taken from the first that has it, in this order of trust: the site's own post; the article's own page; an item of a feed; the words of a weekly or a list that names it.
 * Within one of these, who said it first; of items, that of the author's own feed, which is on the host of the article, then that with the longer text. A date that is stated goes before one that is estimated. Tags and origins are those of all. The address and the kind are those of
 * the post, else of the article, else of the item. The id is that of the entry first seen: earliest issue, then path, then line.
 *
 * The same entries give the same result in any order. Comes back newest first. Throws a `WeekloomError` for what is no list of entries.
 */
export function mergeEntries(entries: Iterable<Entry>): Entry[] {
  assertInput(typeof entries?.[Symbol.iterator] === 'function', 'What is merged', entries, 'a list of entries')
  const list = [...entries]
  assertEntries(list, 'What is merged')
  return sortNewest(groupByKeys(list, entry => entry.keys.map(identityOf)).map(mergeGroup))
}

const rankOfItems = 2

/** How far the words of an entry are believed: the lower the more. */
function rankOf({ kind, state }: Entry): number {
  if (state === 'partial') return 3
  return kind === 'issue' ? 0 : kind === 'item' ? rankOfItems : 1
}

function compareTrust(a: Entry, b: Entry): number {
  return rankOf(a) - rankOf(b) || (rankOf(a) === rankOfItems ? compareItems(a, b) : 0) || compareFirstSeen(a, b)
}

/** A feed that passes on what others write may cut it, or add words of its own. */
function compareItems(a: Entry, b: Entry): number {
  return Number(isOwn(b)) - Number(isOwn(a)) || (b.html?.length ?? 0) - (a.html?.length ?? 0)
}

/** Whether an item stands in a feed of its own site: of its host, or of one above or below that. */
function isOwn({ url, origins }: Entry): boolean {
  const [item, feed] = [hostOf(url), hostOf(origins[0].feed)]
  return item !== '' && feed !== '' && (item === feed || item.endsWith(`.${feed}`) || feed.endsWith(`.${item}`))
}

function hostOf(url = ''): string {
  return (splitTidyUrl(url) ?? parseUrl(url))?.hostname.replace(/^www\./, '') ?? ''
}

function mergeGroup(group: readonly [Entry, ...Entry[]]): Entry {
  if (group.length === 1) return group[0]
  const seen = [...group].sort(compareFirstSeen)
  const trusted = [...group].sort(compareTrust)
  const best = trusted[0] ?? group[0]
  // A feed's item stands in for a page that could not be had; what it tells of is the article all the same.
  const bearer = trusted.find(entry => entry.kind !== 'item') ?? best
  const meeting = mergeMeetings(seen.flatMap(entry => entry.meeting ?? []))
  const dated =
    trusted.find(entry => entry.published !== undefined && entry.dated?.estimated !== true) ??
    trusted.find(entry => entry.published !== undefined)
  return {
    ...best,
    id: (seen[0] ?? best).id,
    keys: distinctKeys(group.flatMap(entry => entry.keys)),
    url: bearer.url,
    kind: bearer.kind,
    title: best.state === 'full' ? best.title : commonestTitle(seen),
    ...(dated ? pickDefined(dated, 'published', 'dated') : {}),
    ...pickFirst(trusted, 'updated', 'summary', 'html', 'image', 'account', 'attachments', 'language'),
    authors: trusted.find(entry => entry.authors.length > 0)?.authors ?? best.authors,
    tags: [...new Set(trusted.flatMap(entry => entry.tags))],
    origins: mergeOrigins(seen),
    ...(meeting === undefined ? {} : { meeting }),
    // Words made of one announcement are made anew of all; a page that tells of the meeting keeps its own.
    ...(meeting === undefined || trusted.find(entry => entry.html !== undefined)?.meeting === undefined
      ? {}
      : { html: meetingHtml(meeting) }),
  }
}

/** One article under several titles is usual: the one used most often is taken, of two the one used first. */
function commonestTitle(seen: readonly Entry[]): string {
  const named = seen.filter(entry => !hasFallbackTitle(entry))
  const counts = new Map<string, number>()
  for (const { title } of named) counts.set(title, (counts.get(title) ?? 0) + 1)
  let best = named[0] ?? seen[0]
  for (const entry of named) if ((counts.get(entry.title) ?? 0) > (counts.get(best?.title ?? '') ?? 0)) best = entry
  return best?.title ?? ''
}

/** Each issue and each feed once, with the first note that it gives. */
function mergeOrigins(seen: readonly Entry[]): readonly [Origin, ...Origin[]] {
  const byIssue = new Map<string, Origin>()
  for (const origin of seen.flatMap(entry => entry.origins).sort(compareOrigins)) {
    const issue = `${origin.source}\n${origin.id ?? origin.url ?? ''}\n${origin.feed ?? ''}`
    const known = byIssue.get(issue)
    if (!known) byIssue.set(issue, origin)
    else if (known.note === undefined && origin.note !== undefined) byIssue.set(issue, { ...known, note: origin.note })
  }
  const [first, ...rest] = byIssue.values()
  return first ? [first, ...rest] : (seen[0]?.origins ?? [{ source: '', kind: 'post' }])
}
