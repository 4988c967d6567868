import { anObjectOf, assertForm, aText, optionsOf } from '../text/form.js'
import { toPlain } from '../text/plain.js'
import type { FeedInfo, Instant, Person, Plain } from '../types.js'
import { personForm } from './entry-form.js'
import { mainAddress } from './feed-addresses.js'
import { listFeeds, type OpmlFeed } from './listed-feeds.js'
import { toWebUrl } from './web-url.js'
import { toInstant, toRfc822 } from './writable-dates.js'
import { toLanguage, toPersons } from './writable-entry.js'
import { escapeXmlAttribute, escapeXmlNumeric, joinChunks } from './xml-text.js'

/** The texts of an outline may hold markup, so a `<` that would begin a tag is escaped once more; other signs are safe as they are. */
const TAG_START = /<(?=[a-z/!?])/gi

/** What a list of feeds says of itself. */
export interface OpmlOptions {
  /** @default `Feeds` */
  title?: Plain
  /** Whose list it is. Left out when absent. */
  owner?: Person
  /** When the list last changed. Left out when absent. */
  updated?: Instant
}

const anyOptions = /* @__PURE__ */ optionsOf<OpmlOptions>(() => ({ title: aText, owner: anObjectOf(personForm), updated: aText }))

/**
 * Writes a list of feeds as OPML 2.0, for readers to subscribe to all at once: media type `text/x-opml`.
 * A feed without an absolute `info.feedUrl` is left out, since a reader cannot subscribe to it; one whose `feedUrl` is a folder is named
 * by the Atom document in it.
 */
export function writeOpml(feeds: OpmlFeed | readonly OpmlFeed[], options: OpmlOptions = {}): string {
  return joinChunks(opmlChunks(feeds, options))
}

/** The text of {@link writeOpml} in pieces. */
export function* opmlChunks(feeds: OpmlFeed | readonly OpmlFeed[], options: OpmlOptions = {}): Generator<string, void, undefined> {
  const listed = listFeeds(feeds, 'The feeds to list')
  assertForm(options, anyOptions, 'The options of the list')
  yield head(options)
  const groups = new Map<string, string[]>()
  for (const feed of listed) {
    const line = outline(feed.info)
    if (line === undefined) continue
    // Feeds of no group stand alone, each in its own place; a NUL cannot stand in a name.
    const group = toPlain(feed.group ?? '') || `\0${groups.size}`
    const lines = groups.get(group)
    if (lines === undefined) groups.set(group, [line])
    else lines.push(line)
  }
  for (const [group, lines] of groups) {
    if (group.startsWith('\0')) yield lines.join('')
    else yield `<outline text="${escapeXmlAttribute(group.replace(TAG_START, '&lt;'))}">\n${lines.join('')}</outline>\n`
  }
  yield '</body>\n</opml>\n'
}

function head({ title, owner, updated }: OpmlOptions): string {
  const [person] = owner === undefined ? [] : toPersons([owner])
  const date = toInstant(updated)
  let text = `<?xml version="1.0" encoding="utf-8"?>\n<opml version="2.0">\n<head>\n<title>${escapeXmlNumeric(toPlain(title ?? '') || 'Feeds')}</title>\n`
  if (date !== undefined) text += `<dateModified>${toRfc822(date)}</dateModified>\n`
  if (person !== undefined) text += `<ownerName>${escapeXmlNumeric(person.name)}</ownerName>\n`
  if (person?.email !== undefined) text += `<ownerEmail>${escapeXmlNumeric(person.email)}</ownerEmail>\n`
  if (person?.url !== undefined) text += `<ownerId>${escapeXmlNumeric(person.url)}</ownerId>\n`
  return `${text}</head>\n<body>\n`
}

function outline(info: FeedInfo): string | undefined {
  const url = mainAddress(info)
  if (url === undefined) return undefined
  const title = (toPlain(info.title ?? '') || url).replace(TAG_START, '&lt;')
  const attributes = {
    type: 'rss',
    text: title,
    title,
    xmlUrl: url,
    htmlUrl: toWebUrl(info.homeUrl),
    description: toPlain(info.description ?? '').replace(TAG_START, '&lt;') || undefined,
    language: toLanguage(info.language),
  }
  let text = '<outline'
  for (const [name, value] of Object.entries(attributes)) if (value !== undefined) text += ` ${name}="${escapeXmlAttribute(value)}"`
  return `${text}/>\n`
}
