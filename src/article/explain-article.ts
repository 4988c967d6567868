import { parseHtml } from '../text/html.js'
import type { ExplainedField } from '../types.js'
import { explainWechatFields, stateAt } from '../wechat/explain-fields.js'
import { decodeHtml } from './decode-html.js'
import { type ArticleInput, extractArticle } from './extract-article.js'
import { genericPlaces } from './metadata-places.js'
import { readMetadata } from './page-metadata.js'

/**
 * Where each field of a page's article was taken from, and what the places say that were passed over. Pure, and slower than {@link extractArticle}; empty for a page that is no
 * article.
 */
export function explainArticle(input: ArticleInput): readonly ExplainedField[] {
  const outcome = extractArticle(input, { body: false })
  if (!outcome.ok) return []
  if (outcome.value.extractor === 'wechat') return explainWechatFields(input.body)
  const { from } = outcome.value
  const metadata = readMetadata(parseHtml(decodeHtml(input.body)), outcome.value.url)
  return Object.entries(genericPlaces).map(([field, places]) => {
    const stated = places.flatMap(place => {
      const value = place.read(metadata)
      return value === undefined || value === '' ? [] : [stateAt(place.name, value)]
    })
    const believed = from[field]
    const taken = believed === undefined ? undefined : (stated.find(({ place }) => place === believed) ?? stateAt(believed, undefined))
    return {
      field,
      ...(taken === undefined ? {} : { taken }),
      passedOver: stated.filter(({ place }) => place !== believed),
    }
  })
}
