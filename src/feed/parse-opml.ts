import { failed, makeProblem, type Outcome } from '../problems.js'
import { assertInput, isTextOrBytes } from '../text/assert-input.js'
import { decodeBody } from '../text/decode-body.js'
import { dropAbsent } from '../text/drop-absent.js'
import { assertForm, aText, optionsOf } from '../text/form.js'
import { htmlToText } from '../text/html.js'
import { toPlain } from '../text/plain.js'
import { resolveUrl } from '../text/url.js'
import type { Plain } from '../types.js'
import { decodeReferences } from './decode-references.js'
import { resolveFeedUrl } from './discover-feeds.js'
import { TagCursor } from './tag-cursor.js'

/** A feed that a list subscribes to. */
export interface Subscription {
  /** Absolute address of the feed. */
  url: string
  title?: Plain
  /** The page that the feed belongs to. */
  homeUrl?: string
  /** Names of the folders that it lies in, the outermost first, and its categories; each once. */
  tags: readonly Plain[]
}

/** A list of feeds. */
export interface ParsedOpml {
  title?: Plain
  /** Each feed once, in the order of the list. */
  feeds: readonly Subscription[]
}

/** What is known of a list beside its text. */
export interface ParseOpmlOptions {
  /** Where the list was found: relative addresses are resolved by it. */
  url?: string
  /** The `Content-Type` it was sent with, for its charset. */
  contentType?: string
}

const anyOptions = /* @__PURE__ */ optionsOf<ParseOpmlOptions>(() => ({ url: aText, contentType: aText }))

/** The longest list that is read, in UTF-16 units or bytes, and the most feeds that are taken from it: far more than anybody reads. */
const longest = 20 * 1024 * 1024
const mostFeeds = 20_000
/** Folders in one another whose names become tags. */
const deepest = 20
/** Tags of a feed: each of its entries carries them. */
const mostTags = 50
const longestName = 200

/**
 * Reads a list of feeds in OPML 1.0 or 2.0, as text or bytes: every `outline` with an `xmlUrl` is a subscription, the outlines around it are its folders. As lenient as
 * `parseFeed`, and as strict with danger: document types are passed over, lists that a list includes (`type="include"`) are not asked for, addresses are http(s). What is
 * commented out (`isComment`) is left out with all in it. A feed that lies in several folders has the tags of all, the first 50. Never throws for text or bytes, a
 * `WeekloomError` for anything else; linear in the text.
 *
 * Problem: `OPML_UNREADABLE` for what is no OPML.
 */
export function parseOpml(input: string | Uint8Array, options: ParseOpmlOptions = {}): Outcome<ParsedOpml> {
  assertInput(isTextOrBytes(input), 'The list to read', input, 'a text or bytes')
  assertForm(options, anyOptions, 'The options of the list')
  const where = options.url === undefined ? {} : { url: options.url }
  const refuse = (message: string) => failed(makeProblem('OPML_UNREADABLE', where, `${options.url ?? 'The text'} ${message}`))
  if (input.length > longest) return refuse(`is longer than ${longest} characters, so it is not read as a list of feeds.`)
  const reader = new TagCursor(typeof input === 'string' ? input : decodeBody(input, options.contentType).text)
  const feeds = new Map<string, { subscription: Subscription; tags: Set<Plain> }>()
  const folders: Folder[] = []
  let title: Plain | undefined
  let isOpml = false
  while (reader.nextTag(reader.text.length)) {
    const name = reader.tag.name.toLowerCase()
    if (name === 'opml') isOpml = true
    else if (name === 'title' && !reader.tag.isClosing && title === undefined && feeds.size === 0) title = textBehind(reader)
    if (name !== 'outline') continue
    if (reader.tag.isClosing) {
      folders.pop()
      continue
    }
    const outline = readOutline(reader, folders.at(-1))
    if (!outline.isComment) addFeed(reader, outline, feeds, options.url)
    if (!reader.tag.isEmpty) folders.push(outline)
  }
  if (!isOpml) return refuse('is no list of feeds in OPML.')
  const list = [...feeds.values()].map(({ subscription, tags }) => ({ ...subscription, tags: [...tags] }))
  return { ok: true, value: dropAbsent({ title, feeds: list }) }
}

/** An outline, and what those within it take from it. */
interface Folder {
  name: Plain | undefined
  /** Names of this folder and of those around it. */
  path: readonly Plain[]
  isComment: boolean
}

function readOutline(reader: TagCursor, parent: Folder | undefined): Folder {
  const name = plainOf(reader.tag.attribute('text')) ?? plainOf(reader.tag.attribute('title'))
  const path = parent?.path ?? []
  const isFeed = reader.tag.attribute('xmlurl') !== undefined
  return {
    name,
    path: isFeed || name === undefined || path.length >= deepest ? path : [...path, name],
    isComment: parent?.isComment === true || reader.tag.attribute('iscomment')?.toLowerCase() === 'true',
  }
}

function addFeed(
  reader: TagCursor,
  outline: Folder,
  feeds: Map<string, { subscription: Subscription; tags: Set<Plain> }>,
  base: string | undefined,
): void {
  const url = resolveFeedUrl(reader.tag.attribute('xmlurl') ?? '', base)
  if (url === undefined) return
  const known = feeds.get(url)
  if (known === undefined && feeds.size >= mostFeeds) return
  const title = plainOf(reader.tag.attribute('title')) ?? outline.name
  const homeUrl = resolveUrl(reader.tag.attribute('htmlurl') ?? '', base)
  const entry = known ?? { subscription: dropAbsent({ url, title, homeUrl, tags: [] }), tags: new Set<Plain>() }
  for (const tag of [...outline.path, ...categoriesOf(reader.tag.attribute('category'))])
    if (entry.tags.size < mostTags) entry.tags.add(tag)
  feeds.set(url, entry)
}

/** `/Boston/Weather,/Harvard`: paths of categories, divided by commas. */
function categoriesOf(text = ''): Plain[] {
  return text
    .slice(0, 1000)
    .split(/[,/]/, 50)
    .flatMap(part => plainOf(part) ?? [])
}

function textBehind(reader: TagCursor): Plain | undefined {
  const end = reader.text.indexOf('<', reader.at)
  return end < 0 ? undefined : plainOf(decodeReferences(reader.text.slice(reader.at, Math.min(end, reader.at + 1000))))
}

/** Names may hold markup that was escaped once more. */
function plainOf(text: string | undefined): Plain | undefined {
  const cut = (text ?? '').slice(0, 1000)
  const plain = toPlain(/[<&]/.test(cut) ? htmlToText(cut) : cut).slice(0, longestName)
  return plain === '' ? undefined : plain
}
