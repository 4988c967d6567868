import { failed, makeProblem, type Outcome } from '../problems.js'
import { assertInput, isTextOrBytes } from '../text/assert-input.js'
import { decodeBody } from '../text/decode-body.js'
import { assertForm, aText, optionsOf } from '../text/form.js'
import type { ParsedFeed } from '../types.js'
import { likeliestFeeds } from './discover-feeds.js'
import { beginDates } from './feed-dates.js'
import { beginAddresses } from './feed-urls.js'
import { parseJsonFeed } from './parse-json-feed.js'
import { parseXmlFeed } from './parse-xml-feed.js'

/** What is known of a feed beside its text. */
export interface ParseFeedOptions {
  /** Where the feed was found: relative addresses are resolved by it, but those of entries of RSS, and of JSON Feed, by the page that the feed states as its own. Without it all start from that page, or else from where the feed says that it is; ids are left as they are then. */
  url?: string
  /** The `Content-Type` it was sent with, for its charset. */
  contentType?: string
  /** IANA name of the zone that dates without one are read in. @default 'UTC' */
  timeZone?: string
}

const anyOptions = /* @__PURE__ */ optionsOf<ParseFeedOptions>(() => ({ url: aText, contentType: aText, timeZone: aText }))

/** The longest text that is read, in UTF-16 units. */
const longest = 64 * 1024 * 1024

/**
 * Reads somebody's feed: RSS 0.90 to 2.0, RDF, Atom 0.3 and 1.0, CDF, JSON Feed 1.0 and 1.1, from text or bytes (charset by byte order mark, `contentType`, XML declaration, else
 * by what the bytes look like). Never throws for text or bytes, whatever is in them; a `WeekloomError` for anything else. Takes time and memory in
 * proportion to the input.
 *
 * It reads as leniently as feed readers do: references that XML does not know, prefixes that are not declared (namespaces count by their addresses, not their prefixes), bare
 * `&`, elements closed in the wrong order or never, text before the root. It is never lenient with what is dangerous: document types are passed over and nothing they declare is
 * expanded, addresses have schemes of the web. HTML is given as it was sent, not sanitised (see `sanitizeHtml`); relative addresses in it are made absolute where a base
 * is known. Dates are read in every form that feeds have, none rolls over, and one that is none is absent, as is everything that the feed does not state.
 *
 * Problems: `FEED_IS_PAGE` (with `data.feed`) for a page that names a feed, `FEED_UNREADABLE` for all else that is none.
 */
export function parseFeed(input: string | Uint8Array, options: ParseFeedOptions = {}): Outcome<ParsedFeed> {
  assertInput(isTextOrBytes(input), 'The feed to read', input, 'a text or bytes')
  assertForm(options, anyOptions, 'The options of the feed')
  const where = options.url === undefined ? {} : { url: options.url }
  const called = options.url ?? 'The text'
  if (input.length > longest)
    return failed(makeProblem('FEED_UNREADABLE', where, `${called} is longer than ${longest} characters, so it is not read as a feed.`))
  const text = typeof input === 'string' ? input : decodeBody(input, options.contentType).text
  beginAddresses(text.length)
  beginDates(options.timeZone)
  const read = isJson(text) ? parseJsonFeed(text, options.url) : undefined
  const feed = read ?? parseXmlFeed(text, options.url)
  if (feed !== undefined) return { ok: true, value: feed }
  const link = likeliestFeeds(text, options.url ?? '')[0]?.url
  if (link !== undefined)
    return failed(makeProblem('FEED_IS_PAGE', where, `${called} is a page; its feed is ${link}.`, { data: { feed: link } }))
  return failed(makeProblem('FEED_UNREADABLE', where, `${called} cannot be read as a feed.`))
}

function isJson(text: string): boolean {
  return /^[\s\ufeff]{0,1000}\{/.test(text.slice(0, 1001))
}
