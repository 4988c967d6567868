import type { Account, Article, Attachment, DiscoveredFeed, Person } from '../types.js'
import {
  type Forms,
  flawFinder,
  isAmount,
  isFlag,
  isInstant,
  isList,
  isObjectOf,
  isOneOf,
  isText,
  isTextByName,
  type OptionalOf,
} from './shape.js'

const isPerson = isObjectOf<Person>({ name: isText, url: isText, email: isText }, ['url', 'email'])

const isAccount = isObjectOf<Account>({ name: isText, id: isText, userName: isText, alias: isText, image: isText }, [
  'id',
  'userName',
  'alias',
  'image',
])

const isAttachment = isObjectOf<Attachment>({ url: isText, type: isText, length: isAmount, title: isText, duration: isAmount }, [
  'type',
  'length',
  'title',
  'duration',
])

const isFeed = isObjectOf<DiscoveredFeed>({ url: isText, type: isText, title: isText }, ['type', 'title'])

const forms: Forms<Article> = {
  key: isText,
  aliases: isList(isText),
  url: isText,
  title: isText,
  published: isInstant,
  updated: isInstant,
  authors: isList(isPerson),
  account: isAccount,
  summary: isText,
  image: isText,
  images: isObjectOf<NonNullable<Article['images']>>({ square: isText, wide: isText }, ['square', 'wide']),
  html: isText,
  attachments: isList(isAttachment),
  language: isText,
  kind: isOneOf('article', 'pictures', 'video', 'audio', 'text', 'share'),
  original: isFlag,
  reprint: isObjectOf<NonNullable<Article['reprint']>>({ url: isText, account: isText }, ['url', 'account']),
  albums: isList(isText),
  topics: isList(isText),
  place: isText,
  paid: isFlag,
  feeds: isList(isFeed),
  sourceUrl: isText,
  extractor: isText,
  from: isTextByName,
}

const optional: readonly OptionalOf<Article>[] = [
  'aliases',
  'published',
  'updated',
  'account',
  'summary',
  'image',
  'images',
  'html',
  'attachments',
  'language',
  'original',
  'reprint',
  'albums',
  'topics',
  'place',
  'paid',
  'feeds',
  'sourceUrl',
]

/** Whether a value from a store can be taken for an article. */
export const isArticle = isObjectOf<Article>(forms, optional)

/** The first field that an article cannot have, or lacks. */
export const findArticleFlaw = flawFinder<Article>(forms, optional)

/** The names of all fields that an article can have. */
export const articleFields: readonly string[] = Object.keys(forms)
