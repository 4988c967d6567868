import { anObjectOf, assertForm, aText, makeForm } from '../text/form.js'
import type { Feed, FeedInfo } from '../types.js'
import { entryList, personList, texts } from './entry-form.js'

const infoForm = /* @__PURE__ */ makeForm<FeedInfo>('an object', () => ({
  demanded: {},
  optional: {
    id: aText,
    title: aText,
    homeUrl: aText,
    feedUrl: aText,
    description: aText,
    language: aText,
    authors: personList,
    tags: texts,
    image: aText,
    rights: aText,
    generator: aText,
    published: aText,
    updated: aText,
    next: aText,
    hubs: texts,
  },
}))

export const anInfo = /* @__PURE__ */ anObjectOf(infoForm)

const feedForm = /* @__PURE__ */ makeForm<Feed>('an object with `info` and the list `entries`', () => ({
  demanded: { info: anInfo, entries: entryList },
  optional: { group: aText, updated: aText },
}))

/** Refuses what is no feed with a `WeekloomError` that names the entry and the field. */
export function assertFeed(feed: unknown, given = 'The feed to write'): void {
  assertForm(feed, anObjectOf(feedForm), given)
}
