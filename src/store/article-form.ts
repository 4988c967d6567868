import type { Account, Article, Attachment, DiscoveredFeed, Person } from '../types.js'
import { isAmount, isFlag, isInstant, isList, isObjectOf, isOneOf, isText, isTextByName } from './shape.js'

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

/** Whether a value from a store can be taken for an article. */
export const isArticle = isObjectOf<Article>(
  {
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
  },
  [
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
  ],
)
