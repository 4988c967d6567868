import { parseHtml } from '../text/html.js'
import type { Article, ExplainedField } from '../types.js'
import { explainWechatFields, stateAt } from '../wechat/explain-fields.js'
import { decodeHtml } from './decode-html.js'
import { type ArticleInput, type ExtractOptions, extractArticle } from './extract-article.js'
import { genericPlaces } from './metadata-places.js'
import { readMetadata } from './page-metadata.js'

/**
 * Where each field of a page's article was taken from, and what the places say that were passed over: for an extractor of the caller's those that any page may have. Pure, and slower
 * than {@link extractArticle}; empty for a page that is no article.
 */
export function explainArticle(
  input: ArticleInput,
  { extractors = [] }: Pick<ExtractOptions, 'extractors'> = {},
): readonly ExplainedField[] {
  const outcome = extractArticle(input, { extractors, body: false })
  if (!outcome.ok) return []
  const article = outcome.value
  const isOwn = extractors.some(({ name }) => name === article.extractor)
  if (article.extractor === 'wechat' && !isOwn) return explainWechatFields(input.body)
  const { from } = article
  const metadata = readMetadata(parseHtml(decodeHtml(input.body)), article.url)
  const explained = Object.entries(genericPlaces).map(([field, places]) => {
    const stated = places.flatMap(place => {
      const value = place.read(metadata)
      return value === undefined || value === '' ? [] : [stateAt(place.name, value)]
    })
    const believed = from[field]
    const taken =
      believed === undefined
        ? undefined
        : (stated.find(({ place }) => place === believed) ?? stateAt(believed, isOwn ? lineOf(article, field) : undefined))
    return {
      field,
      ...(taken === undefined ? {} : { taken }),
      passedOver: stated.filter(({ place }) => place !== believed),
    }
  })
  const others = isOwn ? Object.entries(from).filter(([field]) => !Object.hasOwn(genericPlaces, field)) : []
  return [...explained, ...others.map(([field, place]) => ({ field, taken: stateAt(place, lineOf(article, field)), passedOver: [] }))]
}

/** A field as a line; `author` of the places is `authors` of the article. */
function lineOf(article: Article, field: string): string | undefined {
  if (field === 'author') return article.authors.map(({ name }) => name).join(', ')
  if (field === 'account') return article.account?.name
  const value: unknown = Reflect.get(article, field)
  return typeof value === 'string' || value === undefined ? value : JSON.stringify(value)
}
