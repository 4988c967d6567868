import type { Attachment, FeedInfo, ParsedEntry } from '../types.js'
import type { BasedHtml, Draft } from './feed-draft.js'
import { addressOf, resolveWithin } from './feed-urls.js'
import { trueMediaType } from './media-type.js'

/** What a feed says of itself, of what was read of it. What it does not state is absent. */
export function finishInfo(draft: Draft): FeedInfo {
  const info: FeedInfo = {}
  const id = draft.id ?? draft.about
  if (id !== undefined) info.id = id
  const title = draft.title ?? draft.otherTitle
  if (title !== undefined) info.title = title
  if (draft.url !== undefined) info.homeUrl = draft.url
  if (draft.self !== undefined) info.feedUrl = draft.self
  const description = draft.summary ?? draft.otherSummary ?? draft.content
  if (description !== undefined) info.description = description.html
  if (draft.language !== undefined) info.language = draft.language
  if (draft.authors !== undefined) info.authors = draft.authors
  if (draft.tags !== undefined) info.tags = draft.tags
  if (draft.image !== undefined) info.image = draft.image
  if (draft.rights !== undefined) info.rights = draft.rights
  if (draft.generator !== undefined) info.generator = draft.generator
  const published = draft.published ?? draft.created
  if (published !== undefined) info.published = published
  const updated = draft.updated ?? draft.date
  if (updated !== undefined) info.updated = updated
  const next = draft.next ?? draft.previousArchive
  if (next !== undefined) info.next = next
  if (draft.hubs !== undefined) info.hubs = draft.hubs
  return info
}

/** An entry, of what was read of it. `url` is where its feed was found, `homeUrl` the page that the feed belongs to. */
export function finishEntry(draft: Draft, url: string | undefined, homeUrl: string | undefined): ParsedEntry {
  const entry: ParsedEntry = {}
  for (const state of statements) state(entry, draft, url, homeUrl)
  return entry
}

/** In two parts: as one, engines compile it into all that may end an entry. */
const statements: readonly ((entry: ParsedEntry, draft: Draft, url: string | undefined, homeUrl: string | undefined) => void)[] = [
  stateWhatItIs,
  stateWhatItHolds,
]

function stateWhatItIs(entry: ParsedEntry, draft: Draft): void {
  const id = draft.id ?? draft.about
  if (id !== undefined) entry.id = id
  const link = draft.url ?? permalinkOf(draft)
  if (link !== undefined) entry.url = link
  const title = draft.title ?? draft.otherTitle
  if (title !== undefined) entry.title = title
  const published = draft.published ?? draft.date ?? draft.created
  if (published !== undefined) entry.published = published
  const updated = draft.updated ?? draft.date
  if (updated !== undefined) entry.updated = updated
  if (draft.authors !== undefined) entry.authors = draft.authors
  if (draft.tags !== undefined) entry.tags = draft.tags
}

function stateWhatItHolds(entry: ParsedEntry, draft: Draft, url: string | undefined, homeUrl: string | undefined): void {
  // RSS does not say what relative addresses in its texts start from; readers take the page that the text belongs to.
  const base = draft.format === 'atom' ? (url ?? homeUrl) : (entry.url ?? homeUrl ?? url)
  const summary = htmlWithin(draft.summary ?? draft.otherSummary, base)
  if (summary !== undefined) entry.summary = summary
  const html = htmlWithin(draft.content, base) ?? (draft.format !== 'atom' && summary?.includes('<') ? summary : undefined)
  if (html !== undefined) entry.html = html
  const attachments = draft.attachments === undefined && draft.media === undefined ? undefined : attachmentsOf(draft)
  if (draft.image !== undefined) entry.image = draft.image
  if (attachments !== undefined) entry.attachments = attachments
  if (draft.language !== undefined) entry.language = draft.language
  if (draft.rights !== undefined) entry.rights = draft.rights
  if (draft.comments !== undefined) entry.comments = draft.comments
}

/** A guid that is an address is that of the entry, unless it says that it is none. No other id is: `rdf:about` and Atom's name an entry and promise no page. */
function permalinkOf({ id, isNoPermalink, format, base }: Draft): string | undefined {
  if (isNoPermalink || format === 'atom') return undefined
  return id !== undefined && /^(?:https?:)?\//i.test(id) ? addressOf(id, base) : undefined
}

function htmlWithin(text: BasedHtml | undefined, base: string | undefined): string | undefined {
  return text === undefined ? undefined : resolveWithin(text.html, text.base ?? base)
}

function attachmentsOf(draft: Draft): readonly Attachment[] | undefined {
  const { media, image } = draft
  if (media !== undefined) {
    for (const file of media) {
      // The cover is told as a picture already.
      if (file.url !== image) draft.addAttachment(file)
    }
  }
  const { attachments, duration, originalEnclosure } = draft
  const first = attachments?.[0]
  if (first !== undefined && originalEnclosure !== undefined && fileOf(first.url) === fileOf(originalEnclosure))
    first.url = originalEnclosure
  const played =
    attachments?.find(({ type, url }) => PLAYED.test(trueMediaType(type, url) ?? '')) ??
    (first?.type === undefined && attachments?.length === 1 ? first : undefined)
  if (played !== undefined && duration !== undefined) played.duration ??= duration
  return attachments
}

const PLAYED = /^(?:audio|video)\//i

function fileOf(url: string): string {
  return url.slice(url.lastIndexOf('/') + 1)
}
