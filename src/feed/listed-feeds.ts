import { aListOf, anObjectOf, assertForm, aText, makeForm } from '../text/form.js'
import type { FeedInfo, Plain } from '../types.js'
import { anInfo } from './feed-form.js'

/** A feed in a list of subscriptions. A `Feed` is one; its entries are not looked at. */
export interface OpmlFeed {
  info: FeedInfo
  /** Heading that it stands under; feeds of one group stand together, where the first of them stands. */
  group?: Plain
}

const aListedFeed = /* @__PURE__ */ anObjectOf(
  /* @__PURE__ */ makeForm<OpmlFeed>('a feed with `info`, or a list of them', () => ({
    demanded: { info: anInfo },
    optional: { group: aText },
  })),
)
const aList = /* @__PURE__ */ aListOf(aListedFeed)

/** One feed, or several, as a list. Refuses anything else with a `WeekloomError`. */
export function listFeeds<T extends OpmlFeed>(feeds: T | readonly T[], given: string): readonly T[] {
  assertForm(feeds, Array.isArray(feeds) ? aList : aListedFeed, given)
  return 'info' in feeds ? [feeds] : feeds
}
