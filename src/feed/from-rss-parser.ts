import { assertInput, isMistaken } from '../text/assert-input.js'
import { dropAbsent } from '../text/drop-absent.js'
import { aListOf, anObjectOf, assertForm, aTable, aText, makeForm, optionsOf } from '../text/form.js'
import { languageOf } from '../text/language.js'
import { toPlain } from '../text/plain.js'
import { resolveUrl } from '../text/url.js'
import type { Attachment, FeedInfo, Instant, ParsedEntry, ParsedFeed, Person } from '../types.js'
import { decodedName, plainOfEither } from './element-text.js'
import { beginDates, instantOf } from './feed-dates.js'
import { peopleOf } from './feed-people.js'

/** What the package rss-parser gives; its declared types promise more than it keeps, so every field is looked at. */
export interface RssParserFeed {
  readonly items?: readonly object[]
}

const anyFeed = /* @__PURE__ */ anObjectOf(
  /* @__PURE__ */ makeForm<RssParserFeed>('what rss-parser gave', () => ({
    demanded: {},
    optional: { items: aListOf(aTable, 'a list of items') },
  })),
)

const anyOptions = /* @__PURE__ */ optionsOf<{ timeZone: string }>(() => ({ timeZone: aText }))

/**
 * What the package rss-parser read, as a feed of weekloom's model, for those who fetch with that package. Never throws for what that package gives; a `WeekloomError` for
 * what is no such thing, such as a promise of it.
 *
 * Addresses are made absolute by the feed's own, but for those in HTML. The type of the feed is guessed by its fields. Titles, names and tags are plain text, read as `parseFeed` reads
 * those of RSS: the package does not tell text from HTML. Dates are read strictly: one that is none is absent, and one without a zone is of
 * `timeZone`, whatever the machine's; only the dates of items of Atom come in the package's own reading, by the machine's zone. A description is the summary, and where it holds markup the
 * text too if there is no other. What that package does not read (categories of Atom, authors and ids of Atom feeds, further enclosures) is absent, and of iTunes all but pictures. A
 * field of its `customFields` that is called as one of `ParsedEntry` (`updated`, `image`, `summary`, `html`, `language`, `rights`) is that field.
 *
 * `timeZone` (IANA name) is where dates without a zone are read. @default 'UTC'
 */
export function fromRssParser(parsed: RssParserFeed, options: { timeZone?: string } = {}): ParsedFeed {
  assertInput(!isMistaken(parsed), 'The feed to take over', parsed, 'what rss-parser gave')
  assertForm(parsed, anyFeed, 'The feed to take over')
  assertForm(options, anyOptions, 'The options of the feed')
  beginDates(options.timeZone)
  const items = parsed.items ?? []
  const base = resolveUrl(textOf(parsed, 'link') ?? '') ?? resolveUrl(textOf(parsed, 'feedUrl') ?? '')
  const format = formatOf(items)
  return { format, info: infoOf(parsed, base), entries: items.map(item => entryOf(item, format === 'atom', base)) }
}

function formatOf(items: readonly object[]): ParsedFeed['format'] {
  if (items.some(item => fieldOf(item, 'rdf:about') !== undefined)) return 'rdf'
  return items.some(item => fieldOf(item, 'id') !== undefined && fieldOf(item, 'guid') === undefined) ? 'atom' : 'rss'
}

function infoOf(parsed: object, base: string | undefined): FeedInfo {
  return dropAbsent({
    title: plainOf(parsed, 'title'),
    homeUrl: urlOf(parsed, 'link', base),
    feedUrl: urlOf(parsed, 'feedUrl', base),
    description: plainOf(parsed, 'description'),
    language: languageOf(textOf(parsed, 'language')),
    authors: personsOf(parsed, 'creator', 'managingEditor'),
    image: urlOf(fieldOf(parsed, 'image'), 'url', base) ?? urlOf(fieldOf(parsed, 'itunes'), 'image', base),
    rights: plainOf(parsed, 'copyright'),
    generator: plainOf(parsed, 'generator'),
    published: dateOf(parsed, 'pubDate'),
    updated: dateOf(parsed, 'lastBuildDate'),
    next: urlOf(fieldOf(parsed, 'paginationLinks'), 'next', base),
  })
}

function entryOf(item: object, isAtom: boolean, base: string | undefined): ParsedEntry {
  const guid = textOf(item, 'guid')
  const id = guid ?? textOf(item, 'id') ?? textOf(item, 'rdf:about')
  const encoded = textOf(item, 'content:encoded')
  const content = textOf(item, 'content')
  const description = isAtom ? textOf(item, 'summary') : content
  // The package's own reading of them: in the machine's zone, and it lets days roll over.
  const isStated = (textOf(item, 'pubDate') ?? textOf(item, 'date')) !== undefined
  const attachment = attachmentOf(fieldOf(item, 'enclosure'), base)
  const isPicture = attachment?.type?.startsWith('image/') === true
  return dropAbsent({
    id,
    // A guid that is an address is the permalink, unless the feed says otherwise, which this package does not tell.
    url: urlOf(item, 'link', base) ?? resolveUrl(guid ?? ''),
    title: plainOf(item, 'title'),
    published: dateOf(item, 'pubDate') ?? dateOf(item, 'date') ?? (isStated ? undefined : dateOf(item, 'isoDate')),
    updated: dateOf(item, 'updated'),
    authors: personsOf(item, 'creator', 'author'),
    tags: tagsOf(fieldOf(item, 'categories')),
    summary: textOf(item, 'summary') ?? description,
    html: textOf(item, 'html') ?? (isAtom ? content : (encoded ?? (description?.includes('<') ? description : undefined))),
    image:
      urlOf(item, 'image', base) ??
      urlOf(fieldOf(fieldOf(item, 'image'), '$'), 'url', base) ??
      urlOf(fieldOf(item, 'itunes'), 'image', base) ??
      (isPicture ? attachment?.url : undefined),
    attachments: attachment === undefined ? undefined : [attachment],
    language: languageOf(textOf(item, 'language')),
    rights: plainOf(item, 'rights'),
    comments: urlOf(item, 'comments', base),
  })
}

function fieldOf(from: unknown, name: string): unknown {
  return typeof from === 'object' && from !== null && Object.hasOwn(from, name) ? Reflect.get(from, name) : undefined
}

/** A text, or the text of an element with attributes, as xml2js has it. */
function asText(value: unknown): string | undefined {
  const text = typeof value === 'string' ? value : fieldOf(value, '_')
  return typeof text === 'string' && text.trim() !== '' ? text : undefined
}

function textOf(from: unknown, name: string): string | undefined {
  return asText(fieldOf(from, name))
}

function plainOf(from: unknown, name: string): string | undefined {
  return plainOfEither(textOf(from, name) ?? '') || undefined
}

function urlOf(from: unknown, name: string, base: string | undefined): string | undefined {
  const text = textOf(from, name)
  return text === undefined ? undefined : resolveUrl(text.trim(), base)
}

function dateOf(from: unknown, name: string): Instant | undefined {
  const text = textOf(from, name)
  return text === undefined ? undefined : instantOf(text.trim())
}

function personsOf(from: unknown, ...names: readonly string[]): Person[] | undefined {
  for (const name of names) {
    const persons = peopleOf(decodedName(textOf(from, name) ?? '')).filter(person => person !== undefined)
    if (persons.length > 0) return persons
  }
  return undefined
}

function tagsOf(categories: unknown): string[] | undefined {
  if (!Array.isArray(categories)) return undefined
  const tags = categories.map(category => toPlain(decodedName(asText(category) ?? ''))).filter(tag => tag !== '')
  return tags.length === 0 ? undefined : [...new Set(tags)]
}

function attachmentOf(enclosure: unknown, base: string | undefined): Attachment | undefined {
  const url = urlOf(enclosure, 'url', base)
  if (url === undefined) return undefined
  const type = textOf(enclosure, 'type')
  const length = Number(textOf(enclosure, 'length') ?? 0)
  return dropAbsent({ url, type, length: length > 0 && Number.isSafeInteger(length) ? length : undefined })
}
