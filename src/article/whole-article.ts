import type { Document } from 'domhandler'
import { failed, makeProblem, type Outcome } from '../problems.js'
import type { Article, Page } from '../types.js'
import { baseOf } from './metadata-article.js'
import type { PageMetadata } from './page-metadata.js'
import { type BodyHints, type ReadBody, readAnyBody } from './readable-body.js'
import { seemsRefusal } from './refusal-page.js'

/**
 * The article with its body, where it has one and one is wanted; `ARTICLE_REFUSED` where the page only stands in its place: called like one, without a body, and without a word for
 * machines on an article.
 *
 * @param readOwn reads the body where the site is known to have it
 */
export function wholeArticle(
  article: Article,
  { page, document, metadata, body }: { page: Page; document: Document; metadata: PageMetadata; body: boolean },
  readOwn: (hints: BodyHints) => ReadBody | undefined = () => undefined,
): Outcome<Article> {
  const { title: pageTitle, metas } = metadata
  const isDoubtful =
    metadata.article === undefined && !metas.has('article:published_time') && seemsRefusal(document, [article.title, pageTitle])
  if (!body && !isDoubtful) return { ok: true, value: article }
  const hints = { title: article.title, pageTitle, baseUrl: baseOf(page, metadata) }
  const read = readOwn(hints) ?? readAnyBody(document, hints)
  if (read === undefined && isDoubtful) {
    return failed(
      makeProblem('ARTICLE_REFUSED', { url: page.url }, `A page stands where an article was asked for: “${pageTitle ?? article.title}”.`),
    )
  }
  return {
    ok: true,
    value: read === undefined || !body ? article : { ...article, html: read.html, from: { ...article.from, html: read.from } },
  }
}
