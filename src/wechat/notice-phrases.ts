import type { ProblemCode } from '../problem-catalogue.js'

/** What a notice of WeChat says instead of an article. */
export interface NoticePhrase {
  readonly code: ProblemCode
  /** What happened, as a sentence. */
  readonly message: string
  readonly zh: RegExp
  readonly en: RegExp
}

/**
 * The notices by their words, in Chinese (simplified, as `foldChinese` gives it) and English; the first row that matches counts. They are only held against the text of a notice,
 * never against a whole page: the scripts of ordinary articles hold many of these phrases.
 */
export const noticePhrases: readonly NoticePhrase[] = [
  {
    code: 'WECHAT_DELETED',
    message: 'The author has deleted the article.',
    zh: /已(?:被(?:(?:发布|投稿)[者人]|作者|管理员)?)?删除/,
    en: /(?:content|article|post|message) (?:has been|was|is|has already been) (?:deleted|removed by (?:the|its))|deleted by (?:the |its )?(?:author|publisher|poster|owner)/i,
  },
  {
    code: 'WECHAT_MIGRATED',
    message: 'The account has moved.',
    zh: /(?:公众号|[帐账]号)(?:主体)?已(?:完成)?迁移/,
    en: /account (?:has )?(?:been )?(?:migrated|transferred|moved)/i,
  },
  {
    code: 'WECHAT_UNAVAILABLE',
    message: 'The account is being moved.',
    zh: /迁移流程中/,
    en: /account is (?:being|in the process of being) (?:migrated|transferred)|(?:migration|transfer) in progress/i,
  },
  {
    code: 'WECHAT_DELETED',
    message: 'The account was closed by its owner.',
    zh: /自主注销|(?:公众号|[帐账]号)已被?注销/,
    en: /account (?:has been |was |is )?(?:voluntarily )?(?:cancel+ed|deactivated|closed|deleted|deregistered)/i,
  },
  {
    code: 'WECHAT_VIOLATION',
    message: 'The account was blocked by WeChat.',
    zh: /(?:公众号|[帐账]号)已被?(?:永久)?(?:屏蔽|封禁|停用|冻结)|停止使用/,
    en: /account (?:has been |was |is )?(?:blocked|banned|suspended|disabled)/i,
  },
  {
    code: 'WECHAT_VIOLATION',
    message: 'The article was taken down after a complaint.',
    zh: /投诉.{0,30}(?:侵权|侵犯)|涉嫌侵权|侵犯.{0,20}权/,
    en: /infring|complain(?:t|ed)/i,
  },
  {
    code: 'WECHAT_VIOLATION',
    message: 'The article was taken down as a rumour.',
    zh: /辟谣|谣言/,
    en: /rumou?r/i,
  },
  {
    code: 'WECHAT_VIOLATION',
    message: 'WeChat has taken the article down.',
    zh: /违规无法查看|涉嫌违反|违反.{0,30}(?:法规|规定|规范)|已停止访问|内容违规/,
    en: /violat/i,
  },
  {
    code: 'WECHAT_VERIFICATION',
    message: 'WeChat asks for a captcha.',
    zh: /环境异常|完成验证后|访问验证|去验证/,
    en: /(?:abnormal|unusual) (?:environment|activity|traffic)|environment (?:is )?(?:abnormal|unusual)|complete (?:the )?verification|verify (?:that )?you/i,
  },
  {
    code: 'WECHAT_VERIFICATION',
    message: 'WeChat was asked too often.',
    zh: /(?:访问|操作|请求).{0,3}频繁/,
    en: /too (?:frequent|many|often)/i,
  },
  {
    code: 'WECHAT_LINK_EXPIRED',
    message: 'The link has expired.',
    zh: /(?:链接|连结|页面)已经?(?:过期|失效)/,
    en: /(?:link|url|page) (?:has |is )?(?:expired|(?:is )?(?:no longer valid|invalid))|expired (?:link|url|page)/i,
  },
  {
    code: 'WECHAT_PARAMETER_ERROR',
    message: 'WeChat does not know the address.',
    zh: /参数错误|链接不存在|无效的?(?:链接|参数)/,
    en: /(?:parameter|argument)s? (?:error|invalid|is incorrect|are incorrect)|(?:invalid|incorrect|wrong) (?:parameter|argument|link|url)/i,
  },
  {
    code: 'WECHAT_UNAVAILABLE',
    message: 'WeChat cannot show the page at present.',
    zh: /暂时无法查看|发送失败无法查看|无法查看|系统(?:出错|繁忙|错误)|暂时无法访问|页面不存在|网络出错/,
    en: /unavailable|system (?:error|busy)|(?:cannot|can't|can not|unable to) (?:be )?(?:view|display|access|open)|failed to send|try again later/i,
  },
  {
    code: 'WECHAT_UNAVAILABLE',
    message: 'The page opens only inside WeChat or after a login.',
    zh: /请在微信客户端打开|微信扫.{0,10}登录|请先登录|登录后查看/,
    en: /open (?:it |the |this )?(?:link |page )?in (?:the )?(?:wechat|weixin)|log ?in (?:first|to view)|please log ?in/i,
  },
]
