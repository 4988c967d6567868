import { parseHtml } from '../text/html.js'
import type { Extractor } from '../types.js'
import { decodeHtml } from './decode-html.js'
import { articleOfMetadata } from './metadata-article.js'
import { readMetadata } from './page-metadata.js'
import { wholeArticle } from './whole-article.js'

/**
 * Reads any page by what it says of itself for machines, and its body where one can be told from the rest of the page: no body is better than a wrong one.
 * A page that states no title gives `ARTICLE_TITLE_MISSING`, one that stands in the place of an article `ARTICLE_REFUSED`.
 */
export const genericExtractor: Extractor = {
  name: 'generic',
  matches: () => true,
  extract(page, { body }) {
    const document = parseHtml(decodeHtml(page.body))
    const metadata = readMetadata(document, page.finalUrl)
    const outcome = articleOfMetadata(page, metadata, { name: 'generic' })
    return outcome.ok ? wholeArticle(outcome.value, { page, document, metadata, body }) : outcome
  },
}
