import { type Form, hasForm, hasTexts, isFlag, isListOf, isNumber, isTable, isText } from '../entry/adopt-given.js'
import type { Article, LinkRef, Post, Section } from '../types.js'

const isPeople = isListOf(hasTexts('name'))
const isTexts = isListOf(isText)

/** What `onLink` must give: a link that leads somewhere. */
export const linkForm: Form<LinkRef> = {
  demanded: {
    url: value => typeof value === 'string' && URL.canParse(value),
    text: isText,
    section: isText,
    line: isNumber,
    kind: isText,
    key: isText,
  },
  optional: { title: isText, note: isText },
}

const sectionForm: Form<Section> = {
  demanded: { heading: isText, level: isNumber, line: isNumber, role: isText, links: isListOf(value => hasForm(value, linkForm)) },
  optional: {},
}

/** What `onPost` must give. */
export const postForm: Form<Post> = {
  demanded: {
    slug: isText,
    title: isText,
    authors: isPeople,
    tags: isTexts,
    draft: isFlag,
    html: isText,
    sections: isListOf(value => hasForm(value, sectionForm)),
  },
  optional: {
    path: isText,
    url: isText,
    issue: isText,
    published: isText,
    dated: isTable,
    updated: isText,
    summary: isText,
    image: isText,
    language: isText,
    own: isTable,
    questions: isListOf(hasTexts('question')),
    releases: isListOf(hasTexts('repository')),
    meetings: isListOf(hasTexts('topic')),
  },
}

/** What `onArticle` must give. */
export const articleForm: Form<Article> = {
  demanded: { key: isText, url: isText, title: isText, authors: isPeople, kind: isText, extractor: isText, from: isTable },
  optional: {
    aliases: isTexts,
    published: isText,
    updated: isText,
    account: hasTexts('name'),
    summary: isText,
    image: isText,
    images: isTable,
    html: isText,
    attachments: isListOf(hasTexts('url')),
    language: isText,
    original: isFlag,
    reprint: isTable,
    albums: isTexts,
    topics: isTexts,
    place: isText,
    paid: isFlag,
    feeds: isListOf(hasTexts('url')),
    sourceUrl: isText,
  },
}
