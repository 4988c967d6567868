import type { PicturePolicy, RewriteImage } from '../entry/present-pictures.js'
import type { OpmlFeed } from '../feed/listed-feeds.js'
import { aFunction, anAmount, aText, aValue, optionsOf } from '../text/form.js'
import type { Entry } from '../types.js'

/** A feed that the page offers. One that has `entries` shows them, unless {@link PageOptions.entries} says what to show. */
export interface PageFeed extends OpmlFeed {
  entries?: readonly Entry[]
}

/** What the page cannot know from the feeds. The same options give the same bytes. */
export interface PageOptions {
  /** The address under which the page is published. Left out when absent. */
  selfUrl?: string
  /** What the page shows. @default the entries of all feeds, each once */
  entries?: readonly Entry[]
  /** Address of the list of all feeds, as `writeOpml` makes it. */
  opmlUrl?: string
  /** Address of the calendar, as `writeCalendar` makes it. */
  calendarUrl?: string
  /** BCP 47 tag: the page speaks Chinese for `zh`, else English. @default the language of the first feed, else `en` */
  language?: string
  /** IANA name of the zone that days are shown in. @default 'UTC' */
  timeZone?: string
  /** How covers are addressed. Whatever it says, they are asked for without a referrer. @default 'no-referrer' */
  images?: PicturePolicy
  /** Gives a cover's new address, or `undefined` where it stays; asked before `images`. */
  rewriteImage?: RewriteImage
  /** So many entries at most, newest first; the page says that there are more. @default 1000 */
  limit?: number
}

export const anyOptions = /* @__PURE__ */ optionsOf<PageOptions>(() => ({
  selfUrl: aText,
  entries: aValue('a list of entries', Array.isArray),
  opmlUrl: aText,
  calendarUrl: aText,
  language: aText,
  timeZone: aText,
  images: aText,
  rewriteImage: aFunction,
  limit: anAmount,
}))
