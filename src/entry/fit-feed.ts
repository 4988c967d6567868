import { assertFeed } from '../feed/feed-form.js'
import { anAmount, assertForm } from '../text/form.js'
import { escapeText, htmlToText } from '../text/html.js'
import { cutText, toPlain } from '../text/plain.js'
import type { Entry, Feed } from '../types.js'
import { compareText } from './canonical-order.js'
import { splitPresented } from './present-entry.js'

/** Bytes that a feed has for its head, and an entry for the words of its format and for what it says twice. */
const FEED_OVERHEAD = 2000
const ENTRY_OVERHEAD = 700
/** Characters of a summary that is made for want of one. */
const SUMMARY_LENGTH = 300

const encoder = new TextEncoder()

/**
 * Fits a feed into a number of bytes, as the largest of its formats would have them, by estimate. Full text gives way to summaries, oldest
 * entry first; when that is not enough, the oldest entries are left out, but never the last one. What is not touched is the same object,
 * and so is a feed that fits as it is. Entries may be presented or not: the head of a presented one stays. Throws a `WeekloomError` for what is no feed.
 *
 * @param bytes @default 500_000
 */
export function fitFeed(feed: Feed, bytes = 500_000): Feed {
  assertFeed(feed, 'The feed to fit')
  assertForm(bytes, anAmount, 'The bytes to fit it into')
  const short = fitTexts(feed, bytes)
  let total = sizeOfFeed(short)
  if (total <= bytes) return short
  const left = new Set<number>()
  for (const index of orderByAge(short.entries).slice(0, -1)) {
    const entry = short.entries[index]
    if (total <= bytes || entry === undefined) break
    left.add(index)
    total -= sizeOf(entry)
  }
  return { ...short, entries: short.entries.filter((_, index) => !left.has(index)) }
}

/** The first half of {@link fitFeed}: full text gives way to summaries as far as the number of bytes demands it, and every entry stays. */
export function fitTexts(feed: Feed, bytes = 500_000): Feed {
  let total = sizeOfFeed(feed)
  if (total <= bytes) return feed
  const fitted = [...feed.entries]
  for (const index of orderByAge(feed.entries)) {
    const entry = fitted[index]
    if (total <= bytes || entry === undefined) break
    const short = shorten(entry)
    const saved = sizeOf(entry) - sizeOf(short)
    if (saved <= 0) continue
    fitted[index] = short
    total -= saved
  }
  return { ...feed, entries: fitted }
}

function sizeOfFeed(feed: Feed): number {
  let total = FEED_OVERHEAD
  for (const entry of feed.entries) total += sizeOf(entry)
  return total
}

function sizeOf(entry: Entry): number {
  return encoder.encode(JSON.stringify(entry)).length + ENTRY_OVERHEAD
}

/** Places of the entries from the oldest to the newest; one without a date is older than all, and of equals the later one is older. */
function orderByAge(entries: readonly Entry[]): number[] {
  const dates = entries.map(({ published, updated, origins }) => published ?? updated ?? origins[0].published ?? '')
  const dateAt = (index: number) => dates[index] ?? ''
  return [...entries.keys()].sort((a, b) => compareText(dateAt(a), dateAt(b)) || b - a)
}

/** The entry with its summary instead of its text. */
function shorten(entry: Entry): Entry {
  const { html, ...rest } = entry
  if (html === undefined) return entry
  const { head, text } = splitPresented(html)
  const summary = entry.summary ?? cutText(toPlain(htmlToText(text)), SUMMARY_LENGTH)
  const shown = head === '' || summary === '' ? head : `${head}<p>${escapeText(summary)}</p>`
  return { ...rest, ...(summary === '' ? {} : { summary }), ...(shown === '' ? {} : { html: shown }) }
}
