import { parseHtml } from '../text/html.js'
import type { Article, ExplainedField } from '../types.js'
import { explainWechatFields, stateAt } from '../wechat/explain-fields.js'
import { decodeHtml } from './decode-html.js'
import { type ArticleInput, assertOptions, type ExtractOptions, extractArticle } from './extract-article.js'
import { genericPlaces, type Place } from './metadata-places.js'
import { readMetadata } from './page-metadata.js'
import { type SiteRow, sites } from './sites.js'

/**
 * Where each field of a page's article was taken from, what the places say that were passed over (for an extractor of the caller's those that any page may have), and which
 * places of a known site had nothing. Pure, and slower than {@link extractArticle}; empty for a page that is no article.
 */
export function explainArticle(input: ArticleInput, options: Pick<ExtractOptions, 'extractors'> = {}): readonly ExplainedField[] {
  assertOptions(options)
  const { extractors = [] } = options
  const outcome = extractArticle(input, { extractors, body: false })
  if (!outcome.ok) return []
  const article = outcome.value
  const isOwn = extractors.some(({ name }) => name === article.extractor)
  if (article.extractor === 'wechat' && !isOwn) return explainWechatFields(input.body)
  const site = isOwn ? undefined : sites.find(({ name }) => name === article.extractor)
  const { from } = site === undefined ? article : readWhole(input, article)
  const metadata = readMetadata(parseHtml(decodeHtml(input.body)), article.url)
  const explain = (field: string, places: readonly Place[]): ExplainedField => {
    const stated = places.flatMap(place => {
      const value = place.read(metadata)
      return value === undefined || value === '' ? [] : [stateAt(place.name, value)]
    })
    const believed = from[field]
    const taken =
      believed === undefined ? undefined : (stated.find(({ place }) => place === believed) ?? stateAt(believed, lineOf(article, field)))
    const silent = site === undefined ? [] : selectorsOf(site, field)
    return {
      field,
      ...(taken === undefined ? {} : { taken }),
      passedOver: stated.filter(({ place }) => place !== believed),
      ...(silent.length === 0 || (believed !== undefined && silent.includes(believed)) ? {} : { silent }),
    }
  }
  const others = isOwn ? Object.keys(from).filter(field => !Object.hasOwn(genericPlaces, field)) : site === undefined ? [] : ['html']
  return [...Object.entries(genericPlaces).map(([field, places]) => explain(field, places)), ...others.map(field => explain(field, []))]
}

/** The article with its body, and with the place where that stood. */
function readWhole(input: ArticleInput, article: Article): Article {
  const outcome = extractArticle(input)
  return outcome.ok ? outcome.value : article
}

function selectorsOf(site: SiteRow, field: string): readonly string[] {
  return new Map(Object.entries({ ...site.fields, html: site.body })).get(field) ?? []
}

/** A field as a line; `author` of the places is `authors` of the article. */
function lineOf(article: Article, field: string): string | undefined {
  if (field === 'author') return article.authors.map(({ name }) => name).join(', ')
  if (field === 'account') return article.account?.name
  const value: unknown = Reflect.get(article, field)
  return typeof value === 'string' || value === undefined ? value : JSON.stringify(value)
}
