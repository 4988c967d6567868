import { identifyLink } from '../links/identify-link.js'
import type { ProblemCode } from '../problem-catalogue.js'
import { foldChinese } from '../text/fold-chinese.js'
import { type CgiData, valueAt } from './cgi-data.js'
import { decodeRepeatedly } from './decode-repeatedly.js'
import { readNotice, visibleText } from './notice.js'
import { type NoticePhrase, noticePhrases } from './notice-phrases.js'
import { findMarker } from './page-facts.js'
import type { PageParts } from './page-markup.js'
import type { PageText } from './page-text.js'
import { readVariable } from './page-variables.js'
import { stating } from './stated.js'

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
const contentSigns = ['id="js_content"', 'id="js_share_content"', 'id="activity-name"', 'id="img-content"'] as const
/** The frame around an article, which a notice may stand in. */
const frameSign = 'id="js_article"'
const transferVariable = 'transferTargetLink'

/** Pages that are known by their make, so that no phrase is needed, in the order in which they are tried. */
const knownPages: readonly PageSigns[] = [
  {
    code: 'WECHAT_VERIFICATION',
    message: 'WeChat asks for a captcha.',
    signs: ['secitptpage/verify', 'secitptpage/template/verify', 'poc_token :', 'poc_token:', 'poc_token"', '/mp/wappoc_appmsgcaptcha'],
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
 */
export function refusalOf({ markup, scripts }: PageParts, finalUrl: string): Refusal | undefined {
  const stands = (sign: string) => markup.find(sign) >= 0
  const isMarked = (marker: string) => findMarker(markup, marker) >= 0
  const notice = readNotice(markup)
  if (contentSigns.some(isMarked) || (notice.title === undefined && isMarked(frameSign))) return undefined
  const data: Record<string, string> = {
    ...stating({ reason: notice.title, rule: notice.detail }),
    ...statedReason(scripts),
    ...targetOf(scripts),
  }
  const path = pathOf(finalUrl)
  const known = knownPages.find(row => row.path?.test(path) || row.signs.some(sign => stands(sign) || scripts.find(sign) >= 0))
  if (known !== undefined) return { code: known.code, message: known.message, data }
  if (readVariable(scripts, transferVariable) !== undefined) return { code: 'WECHAT_MIGRATED', message: 'The account has moved.', data }
  const words = notice.title === undefined ? visibleText(markup) : `${notice.title} ${notice.detail ?? ''}`
  const phrase = findPhrase(notice.title ?? '', row => row.code !== 'WECHAT_UNAVAILABLE') ?? findPhrase(words)
  if (phrase !== undefined) return { code: phrase.code, message: phrase.message, data }
  if (data['reasonId'] !== undefined) return { code: 'WECHAT_VIOLATION', message: 'WeChat has taken the article down.', data }
  if (readVariable(scripts, 'ret') === '-2') return { code: 'WECHAT_PARAMETER_ERROR', message: 'WeChat does not know the address.', data }
  // A notice in words that are not known yet, or a shell whose text a script writes: nothing that says the article is gone.
  return notice.title !== undefined || words.length < shellLength
    ? { code: 'WECHAT_UNAVAILABLE', message: 'WeChat does not show the article.', data }
    : { code: 'WECHAT_NOT_ARTICLE', message: 'The page is none of the pages of WeChat that are known.', data }
}

/** The first row that speaks of the words. A heading says more than the sentence below, unless all it says is that nothing can be seen. */
function findPhrase(words: string, isMeant: (row: NoticePhrase) => boolean = () => true): NoticePhrase | undefined {
  const folded = foldChinese(words)
  return noticePhrases.find(row => isMeant(row) && (row.zh.test(folded) || row.en.test(folded)))
}

/** A page with fewer words than this waits for a script to write them. */
const shellLength = 200

/** `window.cgiData` of a violation names the account and the rule. */
const statedKeys = { account: 'nick_name', userName: 'user_name', rule: 'del_reason', reasonId: 'del_reason_id' } as const

function statedReason(scripts: PageText): Record<string, string> {
  const data = readVariable(scripts, 'cgiData')
  const stated: Record<string, string> = {}
  for (const [name, key] of Object.entries(statedKeys)) {
    const value = valueAt(data, [key])
    const text =
      typeof value === 'string' || typeof value === 'number' ? decodeRepeatedly(String(value)).replaceAll('\u00a0', ' ').trim() : ''
    if (text !== '' && text !== '0') stated[name] = text.slice(0, 500)
  }
  return stated
}

/** Where an account went, or which article a captcha stands before: without the session of whoever asked, and nothing but an article. */
function targetOf(scripts: PageText): { target?: string } {
  const link = readVariable(scripts, transferVariable) ?? valueAt(readVariable(scripts, 'cgiData'), ['target_url'])
  const { kind, url } = identifyLink(typeof link === 'string' ? decodeRepeatedly(link).trim() : '')
  return kind === 'wechat' ? { target: url } : {}
}

function pathOf(url: string): string {
  return URL.canParse(url) ? new URL(url).pathname : ''
}
