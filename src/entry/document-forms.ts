import { anInfo } from '../feed/feed-form.js'
import { aFlag, aListOf, aNumber, anObjectOf, anObjectWith, aTable, aText, aValue, type Form, makeForm, oneOf } from '../text/form.js'
import type { Article, LinkRef, ParsedEntry, ParsedFeed, Post, Section } from '../types.js'

const aNamed = /* @__PURE__ */ anObjectWith('name')
const people = /* @__PURE__ */ aListOf(aNamed)
const texts = /* @__PURE__ */ aListOf(aText)

/** A link that leads somewhere. */
export const linkForm: Form<LinkRef> = /* @__PURE__ */ makeForm<LinkRef>('a link', () => ({
  demanded: {
    url: aValue('an address', value => typeof value === 'string' && URL.canParse(value)),
    text: aText,
    section: aText,
    line: aNumber,
    kind: aText,
    key: aText,
  },
  optional: { title: aText, note: aText },
}))

const sectionForm = /* @__PURE__ */ makeForm<Section>('a section', () => ({
  demanded: { heading: aText, level: aNumber, line: aNumber, role: aText, links: aListOf(anObjectOf(linkForm)) },
  optional: {},
}))

/** A post, as `parsePost` gives it. */
export const postForm: Form<Post> = /* @__PURE__ */ makeForm<Post>('a post', () => ({
  demanded: {
    slug: aText,
    title: aText,
    authors: people,
    tags: texts,
    draft: aFlag,
    html: aText,
    sections: aListOf(anObjectOf(sectionForm)),
  },
  optional: {
    path: aText,
    url: aText,
    issue: aText,
    published: aText,
    dated: aTable,
    notBefore: aText,
    updated: aText,
    summary: aText,
    image: aText,
    language: aText,
    own: aTable,
    questions: aListOf(anObjectWith('question')),
    releases: aListOf(anObjectWith('repository')),
    meetings: aListOf(anObjectWith('topic')),
  },
}))

/** An article, as `extractArticle` gives it. */
export const articleForm: Form<Article> = /* @__PURE__ */ makeForm<Article>('an article', () => ({
  demanded: { key: aText, url: aText, title: aText, authors: people, kind: aText, extractor: aText, from: aTable },
  optional: {
    aliases: texts,
    published: aText,
    updated: aText,
    account: anObjectWith('name'),
    summary: aText,
    image: aText,
    images: aTable,
    html: aText,
    attachments: aListOf(anObjectWith('url')),
    language: aText,
    original: aFlag,
    reprint: aTable,
    albums: texts,
    topics: texts,
    place: aText,
    paid: aFlag,
    feeds: aListOf(anObjectWith('url')),
    sourceUrl: aText,
  },
}))

const itemForm = /* @__PURE__ */ makeForm<ParsedEntry>('an item', () => ({
  demanded: {},
  optional: {
    id: aText,
    url: aText,
    title: aText,
    published: aText,
    updated: aText,
    authors: people,
    tags: texts,
    summary: aText,
    html: aText,
    image: aText,
    attachments: aListOf(anObjectWith('url')),
    language: aText,
    rights: aText,
    comments: aText,
  },
}))

/** Somebody's feed, as `parseFeed` gives it. */
export const parsedFeedForm: Form<ParsedFeed> = /* @__PURE__ */ makeForm<ParsedFeed>('a feed with `info` and `entries`', () => ({
  demanded: { format: oneOf('rss', 'atom', 'rdf', 'json'), info: anInfo, entries: aListOf(anObjectOf(itemForm), 'a list of items') },
  optional: {},
}))
