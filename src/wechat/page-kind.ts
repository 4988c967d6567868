import type { ProblemCode } from '../problems.js'
import { resolveUrl } from '../text/url.js'
import { type CgiData, valueAt } from './cgi-data.js'
import { decodeRepeatedly } from './decode-repeatedly.js'
import { readNotice, visibleText } from './notice.js'
import { noticePhrases } from './notice-phrases.js'
import { markupOf } from './page-markup.js'
import type { PageText } from './page-text.js'
import { readVariable } from './page-variables.js'

/** Why a page of WeChat is no article. */
export interface Refusal {
  code: ProblemCode
  message: string
  /** What the page states of it: `reason` (its words), `target`, `account`, `userName`, `rule`, `reasonId`. */
  data: Readonly<Record<string, string>>
}

/** A page known by its make. */
interface PageSigns {
  code: ProblemCode
  message: string
  /** Texts of which one stands in the page. */
  signs: readonly string[]
  /** Paths of the address that answered. */
  path?: RegExp
}

/** Attributes that only articles have, as they stand in start tags. */
const articleSigns = ['id="js_content"', "id='js_content'", 'id="js_article"', 'id="js_share_content"', 'id="activity-name"', 'id="img-content"'] as const

/** Pages that are known by their make, so that no phrase is needed, in the order in which they are tried. */
const knownPages: readonly PageSigns[] = [
  {
    code: 'WECHAT_VERIFICATION',
    message: 'WeChat asks for a captcha.',
    signs: ['secitptpage/verify', 'secitptpage/template/verify', 'poc_token :', 'poc_token:', '/mp/wappoc_appmsgcaptcha'],
    path: /^\/mp\/wappoc_appmsgcaptcha/,
  },
  {
    code: 'WECHAT_NOT_ARTICLE',
    message: 'The page tells of an account.',
    signs: ['mmbizwap:wxverify/info', 'mmbizwap:pages/profile'],
    path: /^\/mp\/(?:aboutbiz|getverifyinfo|wxverify)/,
  },
  {
    code: 'WECHAT_NOT_ARTICLE',
    message: 'The page is an album.',
    signs: ['mmbizwap:appmsgalbum', 'mmbizwap:pages/appmsgalbum', 'js_album_list', 'album__list-item', 'getalbum_resp'],
    path: /^\/mp\/appmsgalbum/,
  },
  {
    code: 'WECHAT_NOT_ARTICLE',
    message: 'The page lists the articles of an account.',
    signs: ['var msgList =', 'window.msgList =', 'general_msg_list'],
    path: /^\/(?:mp\/(?:profile_ext|homepage|getmasssendmsg)|profile)/,
  },
]

/** Whether `cgiDataNew` is that of an article: it says both what the article is and whose. */
export function statesArticle(cgi: CgiData | undefined): boolean {
  const states = (...path: readonly string[]) => {
    const value = valueAt(cgi?.record, path)
    return Array.isArray(value) ? value.length > 0 : Boolean(value)
  }
  const what = states('title') || states('text_page_info', 'content') || states('picture_page_info_list')
  return what && ['nick_name', 'user_name', 'bizuin', 'mid'].some(name => states(name))
}

/**
 * Says why a page without an article's `cgiDataNew` is no article, or nothing when it is one of an older template. Structure first, phrases second.
 * The page is searched many times: hand it over as one string.
 */
export function refusalOf(page: PageText, finalUrl: string): Refusal | undefined {
  const markup = markupOf(page)
  if (articleSigns.some(sign => markup.find(sign) >= 0)) return undefined
  const path = pathOf(finalUrl)
  const known = knownPages.find(row => row.path?.test(path) || row.signs.some(sign => page.find(sign) >= 0))
  const notice = readNotice(markup)
  const stated: Record<string, string> = { ...statedReason(page), ...(notice.title === undefined ? {} : { reason: notice.title }), ...(notice.detail === undefined ? {} : { rule: notice.detail }) }
  if (known !== undefined) return { code: known.code, message: known.message, data: { ...stated, ...targetOf(page) } }
  const words = notice.title === undefined ? visibleText(markup) : `${notice.title} ${notice.detail ?? ''}`
  const phrase = noticePhrases.find(row => row.zh.test(words) || row.en.test(words))
  if (phrase !== undefined) return { code: phrase.code, message: phrase.message, data: { ...stated, ...targetOf(page) } }
  if ('reasonId' in stated) return { code: 'WECHAT_VIOLATION', message: 'WeChat has taken the article down.', data: stated }
  if (readVariable(page, 'ret') === '-2') return { code: 'WECHAT_PARAMETER_ERROR', message: 'WeChat does not know the address.', data: stated }
  // A notice in words that are not known yet, or a shell whose text a script writes: nothing that says the article is gone.
  return notice.title !== undefined || words.length < 200
    ? { code: 'WECHAT_UNAVAILABLE', message: 'WeChat does not show the article.', data: stated }
    : { code: 'WECHAT_NOT_ARTICLE', message: 'The page is none of the pages of WeChat that are known.', data: stated }
}

/** `window.cgiData` of a violation names the account and the rule. */
const statedKeys = { account: 'nick_name', userName: 'user_name', rule: 'del_reason', reasonId: 'del_reason_id' } as const

function statedReason(page: PageText): Record<string, string> {
  const data = readVariable(page, 'cgiData')
  const stated: Record<string, string> = {}
  for (const [name, key] of Object.entries(statedKeys)) {
    const value = valueAt(data, [key])
    const text = typeof value === 'string' || typeof value === 'number' ? decodeRepeatedly(String(value)).replaceAll('\u00a0', ' ').trim() : ''
    if (text !== '' && text !== '0') stated[name] = text.slice(0, 500)
  }
  return stated
}

/** Where an account went, or which article a captcha stands before. */
function targetOf(page: PageText): { target?: string } {
  const link = readVariable(page, 'transferTargetLink') ?? valueAt(readVariable(page, 'cgiData'), ['target_url'])
  const target = typeof link === 'string' ? resolveUrl(decodeRepeatedly(link)) : undefined
  return target === undefined ? {} : { target }
}

function pathOf(url: string): string {
  return URL.canParse(url) ? new URL(url).pathname : ''
}
