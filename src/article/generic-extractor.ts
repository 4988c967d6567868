import { parseHtml } from '../text/html.js'
import type { Extractor } from '../types.js'
import { decodeHtml } from './decode-html.js'
import { articleOfMetadata } from './metadata-article.js'
import { readMetadata } from './page-metadata.js'

/**
 * Reads any page by what it says of itself for machines. It gives no body: which part of an unknown page is the article cannot be known.
 * A page that states no title gives `ARTICLE_TITLE_MISSING`.
 */
export const genericExtractor: Extractor = {
  name: 'generic',
  matches: () => true,
  extract: page => articleOfMetadata(page, readMetadata(parseHtml(decodeHtml(page.body))), { name: 'generic' }),
}
