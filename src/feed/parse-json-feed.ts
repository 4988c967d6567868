import { dropAbsent } from '../text/drop-absent.js'
import { isTable } from '../text/form.js'
import { escapeText } from '../text/html.js'
import { languageOf } from '../text/language.js'
import { toPlain } from '../text/plain.js'
import type { Attachment, FeedInfo, ParsedEntry, ParsedFeed, Person } from '../types.js'
import { instantOf } from './feed-dates.js'
import { addressOf, resolveWithin } from './feed-urls.js'

type Fields = Readonly<Record<string, unknown>>

/** An id of more digits than a number keeps: two of them would become one. */
const LONG_ID = /("id"\s{0,20}:\s{0,20})(-?\d{16,100})(?![\d.e])/gi
/** One of these says that a feed without its version is one. */
const marks: readonly string[] = ['version', 'title', 'home_page_url', 'feed_url']
/** Nesting beyond this is refused: feeds need about six. */
const deepest = 100
const mostTags = 500

/**
 * Reads a JSON Feed, 1.0 or 1.1, as leniently as readers do: a value of another type than is due is absent, a number is taken for an id, one item for a list of one, a name for
 * an author; names of fields may be in capitals. Nothing where the text is none.
 */
export function parseJsonFeed(text: string, found: string | undefined): ParsedFeed | undefined {
  const read = readJson(text)
  if (!isTable(read)) return undefined
  const feed = lowered(read)
  const version = feed['version']
  const isFeed = typeof version === 'string' && version.includes('jsonfeed.org')
  // Answers of all kinds of programs have `items`.
  const isLikeFeed = Array.isArray(feed['items']) && marks.some(name => typeof feed[name] === 'string')
  if (!isFeed && !isLikeFeed) return undefined
  const url = found ?? addressOf(stringOf(feed, 'home_page_url'), undefined) ?? addressOf(stringOf(feed, 'feed_url'), undefined)
  const base = addressOf(stringOf(feed, 'home_page_url'), url) ?? url
  const isCapital = Object.keys(read).some(name => name !== name.toLowerCase())
  const items = listOf(feed, 'items')
    .filter(isItem)
    .map(item => (isCapital || item['id'] === undefined ? lowered(item) : item))
  if (items.some(({ id }) => typeof id === 'number' && !Number.isSafeInteger(id))) {
    const exact = text.replace(LONG_ID, '$1"$2"')
    if (exact !== text) return parseJsonFeed(exact, found)
  }
  const entries = items.map(item => entryOf(item, base))
  const info = infoOf(feed, url)
  // By the format the feed's people are those of its items that name none.
  if (info.authors !== undefined) for (const entry of entries) entry.authors ??= info.authors
  return { format: 'json', info, entries }
}

function readJson(text: string): unknown {
  if (isDeep(text)) return undefined
  try {
    return JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text)
  } catch {
    return undefined
  }
}

/** The fields, also by their names in lower case. */
function lowered(fields: Fields): Fields {
  return { ...Object.fromEntries(Object.entries(fields).map(([name, value]) => [name.toLowerCase(), value])), ...fields }
}

function isDeep(text: string): boolean {
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 0x22) {
      at = endOfString(text, at + 1)
      if (at < 0) return false
    } else if (code === 0x5b || code === 0x7b) {
      if (++depth > deepest) return true
    } else if (code === 0x5d || code === 0x7d) depth--
  }
  return false
}

/** The place of the quote that closes a string; -1 when none does. */
function endOfString(text: string, from: number): number {
  let end = text.indexOf('"', from)
  while (end >= 0) {
    let slashes = 0
    while (end - slashes > from && text.charCodeAt(end - slashes - 1) === 0x5c) slashes++
    if (slashes % 2 === 0) return end
    end = text.indexOf('"', end + 1)
  }
  return -1
}

function infoOf(feed: Fields, url: string | undefined): FeedInfo {
  // rssCloud is another protocol.
  const hubs = listOf(feed, 'hubs').flatMap(hub =>
    /^rssCloud$/i.test(stringOf(hub, 'type') ?? '') ? [] : (addressOf(stringOf(hub, 'url'), url) ?? []),
  )
  return dropAbsent({
    title: plainOf(feed, 'title'),
    homeUrl: addressOf(stringOf(feed, 'home_page_url'), url),
    feedUrl: addressOf(stringOf(feed, 'feed_url'), url),
    description: plainOf(feed, 'description'),
    language: languageOf(stringOf(feed, 'language')),
    authors: personsOf(feed, url),
    image: addressOf(stringOf(feed, 'icon'), url) ?? addressOf(stringOf(feed, 'favicon'), url),
    next: addressOf(stringOf(feed, 'next_url'), url),
    hubs: hubs.length === 0 ? undefined : hubs,
  })
}

function entryOf(item: Fields, base: string | undefined): ParsedEntry {
  // Not by `dropAbsent`: what keys were deleted from is slower to make and larger, and there are thousands.
  const entry: ParsedEntry = {}
  const id = idOf(item['id'])
  if (id !== undefined) entry.id = id
  const link = addressOf(stringOf(item, 'url'), base) ?? addressOf(stringOf(item, 'external_url'), base)
  if (link !== undefined) entry.url = link
  const title = plainOf(item, 'title')
  if (title !== undefined) entry.title = title
  const published = instantOf(stringOf(item, 'date_published') ?? '')
  if (published !== undefined) entry.published = published
  const updated = instantOf(stringOf(item, 'date_modified') ?? '')
  if (updated !== undefined) entry.updated = updated
  const authors = personsOf(item, base)
  if (authors !== undefined) entry.authors = authors
  const tags = tagsOf(item['tags'])
  if (tags !== undefined) entry.tags = tags
  const summary = stringOf(item, 'summary')
  if (summary !== undefined) entry.summary = escapeText(summary)
  const html = htmlIn(item, link ?? base)
  if (html !== undefined) entry.html = html
  const image = addressOf(stringOf(item, 'image'), base) ?? addressOf(stringOf(item, 'banner_image'), base)
  if (image !== undefined) entry.image = image
  const attachments = attachmentsOf(item, base)
  if (attachments !== undefined) entry.attachments = attachments
  const language = languageOf(stringOf(item, 'language'))
  if (language !== undefined) entry.language = language
  return entry
}

/** An id that was written as a number is one all the same. */
function idOf(id: unknown): string | undefined {
  if (typeof id === 'number') return String(id)
  return typeof id === 'string' ? id.trim() || undefined : undefined
}

function htmlIn(item: Fields, base: string | undefined): string | undefined {
  const html = stringOf(item, 'content_html')
  if (html !== undefined) return resolveWithin(html, base)
  const text = stringOf(item, 'content_text')
  return text === undefined ? undefined : escapeText(text)
}

function personsOf(from: Fields, base: string | undefined): Person[] | undefined {
  // By the format `authors` takes the place of `author`, which feeds keep for old readers.
  return personsIn(from['authors'], base) ?? personsIn(from['author'], base)
}

function personsIn(stated: unknown, base: string | undefined): Person[] | undefined {
  if (stated === undefined) return undefined
  const persons: Person[] = []
  for (const said of (Array.isArray(stated) ? stated : [stated]).slice(0, mostTags)) {
    const person = typeof said === 'string' ? { name: said } : isTable(said) ? lowered(said) : {}
    const url = stringOf(person, 'url')
    const email = url?.startsWith('mailto:') ? url.slice(7) : undefined
    const address = email === undefined ? addressOf(url, base) : undefined
    const name = plainOf(person, 'name') ?? email ?? address
    if (name === undefined || persons.some(other => other.name === name && other.url === address)) continue
    persons.push({ name, ...(address === undefined ? {} : { url: address }), ...(email === undefined ? {} : { email }) })
  }
  return persons.length === 0 ? undefined : persons
}

function tagsOf(tags: unknown): string[] | undefined {
  const plain = new Set((Array.isArray(tags) ? tags : [tags]).map(tag => (typeof tag === 'string' ? toPlain(tag) : '')))
  plain.delete('')
  return plain.size === 0 ? undefined : [...plain].slice(0, mostTags)
}

function attachmentsOf(item: Fields, base: string | undefined): Attachment[] | undefined {
  const attachments: Attachment[] = []
  for (const file of listOf(item, 'attachments').slice(0, mostTags)) {
    const url = addressOf(stringOf(file, 'url'), base)
    if (url === undefined) continue
    attachments.push(
      dropAbsent({
        url,
        type: stringOf(file, 'mime_type'),
        length: countOf(file['size_in_bytes']),
        title: plainOf(file, 'title'),
        duration: countOf(file['duration_in_seconds']),
      }),
    )
  }
  return attachments.length === 0 ? undefined : attachments
}

/** An item that holds nothing is none. */
function isItem(value: unknown): value is Fields {
  if (!isTable(value)) return false
  for (const _ in value) return true
  return false
}

function listOf(from: Fields, name: string): Fields[] {
  const list = from[name]
  return (Array.isArray(list) ? list : [list]).filter(isTable)
}

function stringOf(from: Fields, name: string): string | undefined {
  const value = Object.hasOwn(from, name) ? from[name] : undefined
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined
}

function plainOf(from: Fields, name: string): string | undefined {
  return toPlain(stringOf(from, name) ?? '') || undefined
}

function countOf(value: unknown): number | undefined {
  const count = typeof value === 'string' ? Number(value) : value
  return typeof count === 'number' && count > 0 && count <= Number.MAX_SAFE_INTEGER ? count : undefined
}
