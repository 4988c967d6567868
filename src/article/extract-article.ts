import { failed, makeProblem, type Outcome } from '../problems.js'
import { assertPage } from '../text/assert-input.js'
import { claimsUtf8 } from '../text/decode-body.js'
import { aFlag, aListOf, assertForm, aValue, optionsOf } from '../text/form.js'
import { nowhere } from '../text/url.js'
import type { Article, Extractor, Page } from '../types.js'
import { wechatExtractor } from '../wechat/extract-wechat.js'
import { askExtractors } from './ask-extractors.js'
import { decodeHtml } from './decode-html.js'
import { genericExtractor } from './generic-extractor.js'
import { isExtractor } from './is-extractor.js'
import { isMail, isWechatPage, statedAddress } from './saved-page.js'
import { siteExtractor } from './site-extractor.js'
import { sites } from './sites.js'

/** A page to read an article from: a {@link Page}, or as little of one as its address and its text. */
export type ArticleInput = Pick<Page, 'url' | 'body'> & Partial<Page>

/** What `extractArticle` can be told. */
export interface ExtractOptions {
  /**
   * Extractors that are asked before the built-in ones, the first that matches. One that stops or gives no article is `EXTRACTOR_FAILED` among the `problems`, and the next that
   * matches reads the page.
   * @default []
   */
  extractors?: readonly Extractor[]
  /** Whether the body is wanted; metadata alone is several times faster. @default true */
  body?: boolean
}

const anExtractor = /* @__PURE__ */ aValue('an object with `name`, `matches` and `extract`', isExtractor)
const anyOptions = /* @__PURE__ */ optionsOf<ExtractOptions>(() => ({
  extractors: aListOf(anExtractor, 'a list of extractors'),
  body: aFlag,
}))

/** Refuses options that mean nothing with a `WeekloomError`. */
export function assertOptions(options: ExtractOptions): void {
  assertForm(options, anyOptions, 'The options of the page')
}

/** Pages have at most this many bytes or characters; the largest articles of WeChat have a fifth of it. */
const maxSize = 20 * 1024 * 1024

const builtIn: readonly Extractor[] = [wechatExtractor, ...sites.map(siteExtractor), genericExtractor]

/**
 * Reads the article of a page: the first extractor that matches its address is asked, the caller's before the built-in ones (WeChat, the table of sites, any page by its
 * metadata). `url` may also be the path of a saved page: then the address that the page states is taken; one that states none is called by its path.
 *
 * Pages that are no article give their reason: the `WECHAT_…` codes, `ARTICLE_TITLE_MISSING`, `ARTICLE_REFUSED`, `ARTICLE_TOO_LARGE` beyond 20 MiB. Nothing is invented: what the page
 * does not state is absent. Nothing throws, whatever the page and whatever the caller's extractors do; only what is no page at all (no `url`, no `body`), or no
 * extractor, is refused by a `WeekloomError`.
 */
export function extractArticle(input: ArticleInput, options: ExtractOptions = {}): Outcome<Article> {
  assertPage(input)
  assertOptions(options)
  const { extractors = [], body = true } = options
  if (input.body.length > maxSize) {
    return failed(
      makeProblem('ARTICLE_TOO_LARGE', { url: input.url }, `The page has ${input.body.length} bytes; ${maxSize} are the limit.`),
    )
  }
  if (isMail(input.body)) {
    const message = 'The file is no HTML page but a mail with one in it (MHTML): save the page as HTML.'
    return failed(makeProblem('ARTICLE_TITLE_MISSING', { url: input.url }, message))
  }
  const page = pageOf(input)
  const own = askExtractors(extractors, page, { body })
  const outcome = own.outcome ?? extractBuiltIn(page, body)
  const problems = [...own.problems, ...(outcome.problems ?? [])]
  return problems.length > 0 ? { ...outcome, problems } : outcome
}

function extractBuiltIn(page: Page, body: boolean): Outcome<Article> {
  const url = new URL(page.finalUrl)
  const extractor = builtIn.find(candidate => candidate.matches(url)) ?? genericExtractor
  return extractor.extract(page, { body })
}

/** Chooses the extractor, and names no article. */
const someWechatPage = 'https://mp.weixin.qq.com/s'

function pageOf(input: ArticleInput): Page {
  // Bytes in UTF-8 stay bytes: an extractor may need a small part of them only.
  const body = typeof input.body === 'string' || claimsUtf8(input.body) ? input.body : decodeHtml(input.body)
  const isAddress = isHttp(input.url)
  const url = isAddress ? input.url : (statedAddress(body) ?? input.url)
  const answered = input.finalUrl !== undefined && isHttp(input.finalUrl) ? input.finalUrl : url
  const finalUrl = isHttp(answered) ? answered : isWechatPage(body) ? someWechatPage : nowhere
  return {
    status: 200,
    mediaType: 'text/html',
    fetchedAt: '1970-01-01T00:00:00.000Z',
    from: 'store',
    ...input,
    body,
    url,
    finalUrl,
  }
}

function isHttp(url: string): boolean {
  return /^https?:\/\//i.test(url) && URL.canParse(url)
}
