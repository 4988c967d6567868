import { identifyLink } from '../links/identify-link.js'
import { wechatHome } from '../links/wechat-link.js'
import { failed, makeProblem, type Outcome } from '../problems.js'
import { toLine } from '../text/plain.js'
import { resolveUrl } from '../text/url.js'
import type { Instant, Page, Plain } from '../types.js'
import { decodeRepeatedly } from './decode-repeatedly.js'
import { refusalOf } from './page-kind.js'
import { partPage } from './page-markup.js'
import { pageTextOf } from './page-text.js'
import { cleanImageUrl } from './picture-address.js'
import { readInstant, textOf } from './raw-values.js'
import { stating } from './stated.js'

/** An article as an album or an account's history lists it. */
export interface ListedArticle {
  /** Canonical address; that of a history of a search engine is temporary. */
  url: string
  /** See `LinkIdentity.key`. */
  key: string
  title: Plain
  published?: Instant
  author?: Plain
  summary?: Plain
  /** Address of the cover. */
  image?: string
}

/** A page that lists articles of one account, in its order. */
export interface ArticleList {
  /** Name of the album; a history has none. */
  title?: Plain
  account?: Plain
  articles: readonly ListedArticle[]
  /** Address of the next page, in its JSON form; absent on the last one. */
  next?: string
}

/** As little of a page as its address and its text. */
export type ListInput = Pick<Page, 'url' | 'body'>

/** What pages state of an article in their lists: raw, escaped as it stands. */
export interface RawListed {
  url: unknown
  title: unknown
  published?: unknown
  author?: unknown
  summary?: unknown
  image?: unknown
}

/** Lists are read up to here: the longest pages of WeChat's own have 20 messages of 8 articles. */
export const mostListed = 1_000

/** Reads what a list states of an article; nothing when it has no address or no title. */
export function readListed(raw: RawListed): ListedArticle | undefined {
  const address = resolveUrl(decodeRepeatedly(textOf(raw.url)).trim(), wechatHome)
  const link = address === undefined ? undefined : identifyLink(address)
  const title = plainOf(raw.title, 200)
  if (link === undefined || title === undefined || (link.kind !== 'wechat' && link.kind !== 'wechat-temporary')) return undefined
  return {
    url: link.url,
    key: link.key,
    title,
    ...stating({
      published: readInstant(raw.published),
      author: plainOf(raw.author, 100),
      summary: plainOf(raw.summary, 500),
      image: cleanImageUrl(raw.image),
    }),
  }
}

/** Each article once, in the order of the list. */
export function distinctListed(articles: readonly (ListedArticle | undefined)[]): readonly ListedArticle[] {
  const byKey = new Map<string, ListedArticle>()
  for (const article of articles.slice(0, mostListed)) if (article !== undefined && !byKey.has(article.key)) byKey.set(article.key, article)
  return [...byKey.values()]
}

/** One line of text without escapes; absent when empty. */
export function plainOf(raw: unknown, max: number): Plain | undefined {
  return toLine(decodeRepeatedly(textOf(raw)), max)
}

/** Why a page gives no list: what kind of page it is instead, else `WECHAT_LIST_EMPTY`. */
export function listMissing({ url, body }: ListInput): Outcome<never> {
  const refusal = refusalOf(partPage(pageTextOf(body)), url)
  return refusal === undefined || refusal.code === 'WECHAT_NOT_ARTICLE'
    ? failed(makeProblem('WECHAT_LIST_EMPTY', { url }, 'The page lists no article.'))
    : failed(makeProblem(refusal.code, { url }, refusal.message, { data: refusal.data }))
}
