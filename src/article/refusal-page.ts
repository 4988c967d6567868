import { type Document, type Element, isTag } from 'domhandler'
import { htmlToText } from '../text/html.js'
import { walkElements } from '../text/walk-elements.js'
import { isApart } from './page-parts.js'

/** What pages are called that stand where an article was asked for: one that is not there, may not be seen, or waits for proof of a human. */
const phrases: readonly string[] = [
  '(?:error|http(?: error)?|错误)? ?(?:40[0-9]|410|429|451|50[0-4]|52\\d)(?: ?(?:error|错误))?',
  "(?:(?:error|http)? ?(?:404|410|403|50[0-4])[ :|!.-]{0,4})?(?:(?:oops|sorry)[!,. ]{0,3})?(?:(?:this |the |that )?(?:page|file|article|story|post|content)(?: you(?:'re| are)? (?:requested|looking for))? ?(?:was |is |could |can |has been |does |doesn't |no )?(?:not (?:be )?(?:found|available|exist)|cannot be found|removed|deleted|exist|unavailable|longer available)|not found|gone)",
  '(?:(?:error|http)? ?(?:401|403|429|50[0-4])[ :|!.-]{0,4})?(?:forbidden|unauthorized|access (?:to this page has been )?denied|bad gateway|bad request|too many requests|service (?:temporarily )?unavailable|(?:internal )?server error|gateway time-?out)',
  'before you continue(?: to .{1,60})?|(?:scheduled |site |under |down for )?maintenance(?: mode)?|(?:unsupported browser|(?:please )?enable javascript|javascript (?:is )?(?:disabled|required))|attention required!?|just a moment|one moment, please|checking your browser.{0,60}|ddos-guard|robot or human\\?|pardon our interruption',
  "(?:are you|(?:please )?(?:verify|confirm|prove)(?:ing)?(?: that)? (?:you are|you're)) (?:a |not a )?(?:human|bot|robot)|(?:human|security|browser|robot|captcha) (?:verification|check|challenge)|captcha",
  '(?:sign|log) ?in(?: to continue)?|login|sign up',
  '(?:(?:404|403|500|502|503)[ :|!-]{0,4})?(?:抱歉|很抱歉|对不起|出错啦?)?[ ,，!！]?(?:该|此)?[ ,，!！]?(?:您|你)?(?:所?(?:访问|查找|要找|请求)的)?(?:页面|网页|文章|内容|资源|页)?(?:已?不存在|已?(?:被)?删除|找不到了?|未找到|没有找到|走丢了|丢失了?|出错了?|飞走了|已下架|被拒绝|不见了)',
  '找不到(?:该|此)?(?:页面|网页|文章|内容)|访问(?:被拒绝|受限|出错|验证|异常|过于频繁)|(?:[\u4e00-\u9fff]{0,4}(?:安全|人机|滑动|身份|系统|访问)(?:验证|检测|校验)(?:中心)?|验证码)|(?:请先?)?(?:用户|账号)?登录(?:页面?)?|(?:系统|网站|站点|服务器)?(?:正在)?(?:升级)?维护(?:中|通知|公告)?|(?:提示|系统)(?:信息|提示|消息)|系统繁忙|服务器(?:内部)?错误|出错[啦了]',
]
/** Such a title may name the site behind it. */
const title = new RegExp(`^(?:${phrases.join('|')})[.!?。！？… ]{0,4}(?:\\s?[|·_–—-]\\s?.{0,80})?$`, 'i')

/** Parts by which the guards of sites ask for proof of a human. */
const guards =
  /^(?:cf-(?:wrapper|error-details|challenge[\w-]*|please-wait|browser-verification)|challenge-(?:form|stage|running|error-text|body-text|platform)|px-captcha|nc_1_wrapper|waf_nc_block|captcha(?:-?(?:box|container|form|page|wrap|wrapper|element))?|verify-(?:bar-box|wrap|wrapper)|slide-?verify|tcaptcha[\w-]*|age-?(?:gate|check|verification)|messagetext)$/i
/** What a page says at once where the article is not given out, or the browser is none that it knows. */
const notices =
  /before you continue|(?:we|site) uses? (?:\w+ )?cookies|使用.{0,9}cookie|(?:javascript|cookies) (?:is|are) (?:disabled|required)|(?:enable|启用|开启).{0,9}javascript|not a robot|browser (?:\w+ ){0,3}(?:not|un|no longer) ?supported|(?:update|upgrade) your browser|浏览器(?:版本)?(?:过低|过旧|不支持)|升级.{0,9}浏览器|指定的(?:主题|帖子|版块)不存在/i
const mostNotice = 200
/** In a longer text such a title or part is of something else. */
const mostText = 1_000

/**
 * Whether a page stands where an article was asked for, whatever its status: its title says so, or it asks for proof of a human or for a password, and it says little else.
 *
 * @param body what was taken for its body, and how much running text is in it
 */
export function isRefusal(document: Document, pageTitle: string | undefined, body: { root: Element; size: number } | undefined): boolean {
  if (body !== undefined && body.size > mostText) return false
  if (isRefusalTitle(pageTitle)) return true
  if (body === undefined) return false
  if (notices.test(htmlToText(body.root.children, 3 * mostNotice).slice(0, mostNotice))) return true
  for (const { name, attribs } of walkElements(body.root))
    if (name === 'input' && attribs['type']?.toLowerCase() === 'password') return true
  return hasGuard(document)
}

/** Whether a page whose body is none may be refused as a whole: one of its titles says so, or it asks for proof of a human and has hardly a word beside that. */
export function seemsRefusal(document: Document, titles: readonly (string | undefined)[]): boolean {
  return titles.some(isRefusalTitle) || (htmlToText(document.children, 2 * mostText).length <= mostText && hasGuard(document))
}

function isRefusalTitle(text: string | undefined): boolean {
  return text !== undefined && text.length <= 200 && title.test(text)
}

function hasGuard(document: Document): boolean {
  for (const element of walkElements(document)) if (isGuard(element) && !isInPartApart(element)) return true
  return false
}

/** What the names of guards have in common; most elements end here. */
const maybeGuard = /cf-|challenge|captcha|nc_1|waf|verif|age-?[gc]|messagetext/i

function isGuard({ attribs }: Element): boolean {
  const own = `${(attribs['id'] ?? '').slice(0, 100)} ${(attribs['class'] ?? '').slice(0, 300)}`
  return maybeGuard.test(own) && own.split(/\s+/).some(word => guards.test(word))
}

/** A form for comments may have such a part too. */
function isInPartApart({ parent }: Element): boolean {
  for (let at = parent; at !== null && isTag(at); at = at.parent) if (isApart(at)) return true
  return false
}
