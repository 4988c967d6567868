import { findExtractor } from '../article/ask-extractors.js'
import { extractArticle } from '../article/extract-article.js'
import { pickDefined } from '../entry/pick-defined.js'
import { wechatHost } from '../links/wechat-link.js'
import { failed, makeProblem, type Outcome } from '../problems.js'
import { readPage, writePage } from '../store/page-cache.js'
import type { Article } from '../types.js'
import { lacksEnd } from '../wechat/extract-wechat.js'
import { pageTextOf } from '../wechat/page-text.js'
import { asProved, isLedAway } from './redirected-page.js'
import type { RunContext } from './run-context.js'

/** The article of a page, and the address that answered. */
export interface FetchedArticle {
  article: Article
  finalUrl: string
}

/**
 * Asks for the page of an article and reads it. Where the server marks its pages (ETag, Last-Modified), the page itself is
 * kept, so that reading it again asks only whether it changed; such a mark is kept with the page it belongs to or not at all.
 * A page of WeChat that was cut off on its way is a failure: half an article would stand for the whole for ever.
 *
 * @param again the article was had before
 */
export async function fetchArticle(
  { url, discovered = false }: { url: string; discovered?: boolean },
  again: boolean,
  { settings, fetcher, report }: RunContext,
): Promise<Outcome<FetchedArticle>> {
  const { store, network, extractors } = settings
  const kept = again && network === 'auto' ? await readPage(store, url) : undefined
  const marks = kept ? pickDefined(kept, 'etag', 'lastModified') : {}
  const fetched = await (await fetcher()).fetch(url, { ...marks, as: 'bytes', discovered })
  if (!fetched.ok) return fetched
  const answer = fetched.value
  const page = answer.kind === 'page' ? answer.page : kept?.page
  if (!page) return failed(makeProblem('FETCH_NOT_MODIFIED_UNASKED', { url }, `${url} answered “not modified”.`))
  const way = { asked: url, permanentUrl: answer.permanentUrl, finalUrl: page.finalUrl }
  // Whoever writes an extractor for such a page means it.
  const own = findExtractor(extractors, page.finalUrl)
  if (!own && isLedAway(way))
    return failed(makeProblem('ARTICLE_REFUSED', { url }, `The address leads to ${page.finalUrl}, which is another page.`))
  const extracted = extractArticle(page, { extractors })
  const cut = extracted.ok && extracted.problems?.find(({ code }) => code === 'WECHAT_PAGE_CUT')
  // An archive has kept it so, and nobody gets more of it; WeChat itself shows the whole article next time.
  const isWechat = new URL(page.finalUrl).hostname === wechatHost
  if (cut && isWechat && (again || lacksEnd(pageTextOf(page.body))))
    return failed({ ...cut, message: 'The page is cut short: it is asked for again.' })
  extracted.problems?.forEach(report)
  if (!extracted.ok) return extracted
  if (answer.kind === 'page' && (answer.etag ?? answer.lastModified) !== undefined) await writePage(store, answer)
  const article = extracted.value
  // Pages of WeChat say themselves which article they are.
  const isStated = article.extractor === 'wechat' || article.extractor === own?.name
  return { ok: true, value: { article: isStated ? article : asProved(article, way), finalUrl: page.finalUrl } }
}
