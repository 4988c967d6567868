import { foldChinese } from '../text/fold-chinese.js'
import type { SectionRole } from '../types.js'

/** Names of sections that a config adds to the built-in ones: a text is looked for anywhere in the heading, whatever its case. */
export type RolePatterns = Readonly<Partial<Record<SectionRole, readonly (string | RegExp)[]>>>

/**
 * What sections of weeklies are called, in Chinese, English and (the commonest) Japanese; the first row that matches decides. Rows with narrow words stand before
 * rows with wide ones: "活动推荐" is about events, "推荐阅读" about reading. Traditional characters are looked up as simplified ones.
 */
const roleNames: readonly (readonly [SectionRole, RegExp])[] = [
  [
    'reading',
    /推荐阅读|阅读推荐|相关阅读|延伸阅读|扩展阅读|系列阅读|特辑阅读|阅读列表|精选文章|文章精选|好文|^[\s*]*(?:本周|每周|本期|近期|精彩|重点|编辑)?(?:推荐|精选)[\s*]*$|recommended reading|further reading|reading list/i,
  ],
  ['questions', /问答|答疑|提问|质问|Q ?& ?A\b|\bQA\b|issue 精选|\bFAQ\b|questions/i],
  [
    'events',
    /会议|活动|直播|勉强会|イベント|沙龙|大会|讲座|峰会|论坛|报名|预告|meet-?ups?\b|\bevents?\b|conferences?\b|webinars?\b|livestreams?\b|call for (?:papers|speakers)/i,
  ],
  [
    'contributors',
    /贡献|contributors?\b|contributions?\b|新手任务|good first issue|call for participation|committers?\b|致谢|鸣谢|thanks|new members/i,
  ],
  ['releases', /版本|发布|リリース|项目进展|更新日志|changelog|releases?\b|new versions?|project updates|updates from(?!.{0,60}communit)/i],
  [
    'reading',
    /文章|阅读|記事|読み物|教程|系列|合辑|合集|集合|集锦|干货|译文|博客|blog ?posts?\b|articles?\b|reading|\breads?\b|tutorials?\b|walkthroughs|research|papers|论文|long reads|must[- ]reads?/i,
  ],
  ['news', /新闻|ニュース|动态|资讯|要闻|头条|大事件|快讯|速递|消息|big news|\bnews\b|official|announcements?\b|newsletters|headlines/i],
]

/** Names that are plainly sections, though of no role: no title of anything that is linked there. */
const otherSections =
  /^(?:本周|每周|本期|一周)?(?:话题|封面图?|头图|图片|视频|音视频|音频|播客|工具|软件|资源|代码|项目|开源项目|库|框架|前端|后端|算法|数据库|设计|产品|言论|文摘|金句|语录|讨论|观察|观点|随笔|随便看看|招聘|内推|求职|关于|关于我们|说明|关注我们|订阅|订阅方式|其他|其它|杂项|大杂烩|历史上的本周|往年回顾|往期回顾|编者的话|写在前面|前言|引言|目录|结语|tools?|libraries|library|code|jobs?|videos?|podcasts?|projects?|resources?|books?|misc(?:ellaneous)?|other|others|about|subscribe|in brief|crate of the week|quote of the week|design|apps?|fun|links?|via|intro(?:duction)?|sponsors?|contents|toc)(?:推荐|精选|分享)?$/i

/** Whether a value has the form of {@link RolePatterns}. */
export function isRoles(value: unknown): boolean {
  const isName = (name: unknown) => typeof name === 'string' || name instanceof RegExp
  return typeof value === 'object' && value !== null && Object.values(value).every(names => Array.isArray(names) && names.every(isName))
}

/** The role that a heading gives to what stands under it; `undefined` when it is of no known kind. */
export function roleOf(heading: string, extra: RolePatterns = {}): SectionRole | undefined {
  for (const [role, patterns] of Object.entries(extra)) {
    if (isRole(role) && patterns?.some(pattern => matches(pattern, heading))) return role
  }
  const name = foldChinese(heading)
  return roleNames.find(([, pattern]) => pattern.test(name))?.[0]
}

/** A heading longer than this says more than what kind of things stand under it, in UTF-16 units. */
const maxSectionName = 24

/** Whether a heading only says what kind of things stand under it. */
export function isSectionName(heading: string): boolean {
  return (heading.length <= maxSectionName && roleOf(heading) !== undefined) || otherSections.test(foldChinese(heading))
}

const roles: ReadonlySet<string> = new Set<SectionRole>(['reading', 'questions', 'releases', 'contributors', 'events', 'news', 'other'])

function isRole(text: string): text is SectionRole {
  return roles.has(text)
}

function matches(pattern: string | RegExp, heading: string): boolean {
  if (typeof pattern === 'string') return pattern !== '' && heading.toLowerCase().includes(pattern.toLowerCase())
  pattern.lastIndex = 0
  return pattern.test(heading)
}
