import { foldChinese } from '../text/fold-chinese.js'
import { toPlain } from '../text/plain.js'
import type { Plain } from '../types.js'

/** Words that lead to a thing without naming it; the text that is left of a link when all of them are taken away is its title. */
const pointers =
  '点击(?:进入|查看|阅读|这里|此处|下载|观看|直达)?(?:全文|原文|详情|链接)?|戳(?:这里|我)?|查看(?:全文|原文|详情|更多|链接)?|阅读(?:全文|原文|更多)?|了解(?:更多|详情)|详情(?:请?见|可?见)?|[详请可]?见|更多(?:详情|内容|信息)?|' +
  '(?:原文|文章|论文|视频|项目|官方|相关|参考|下载|仓库|源码|代码|报名|活动|直播|回放|GitHub|网页|工具|教程|博客|文档|资料|产品)?(?:链接|连结|地址|网址|传送门)|' +
  '原文|全文|本文|此文|该文|文章|这篇(?:文章)?|那篇(?:文章)?|一篇(?:文章)?|这里|此处|点此|点我|点这里|戳此|这个|这|这儿|链接|连接|网址|地址|传送门|来源|出处|参考|参考文献|译文|官网|官方网站|主页|首页|网站|仓库|项目|源码|代码|文档|视频|图片|image|img|论文|资料|下载|体验|演示|示例|案例|公众号|微信|知乎|掘金|微博|推特|讨论|评论|附|图|连结|上一[期篇]|下一[期篇]|以及|还有|(?:详细は)?こちら|続きを読む|元記事|記事|リンク|' +
  'via|links?|here|this|this (?:article|post|link)|the (?:article|post)|article|post|source|ref(?:erence)?s?|read(?: more| on)?|more|details?|original|click(?: here)?|see|website|site|home ?page|github|repo(?:sitory)?|docs?|documentation|demo|video|slides?|pdf|url|web|tweet|twitter|comments?|discussion|blog|paper|code|pr|issues?|download|previous|next'

/** One pointer or a few in a row: "点击此处查看详情", "click here for details". */
// One alternation in a loop: written out twice, V8 takes 40 ms to compile it.
const pointerOnly = new RegExp(`^(?!$)(?:(?:(?!^)[\\s，,]{0,2}(?:to |for |and |on |the |请|可|以)?)?(?:${pointers})){0,4}$`, 'i')

/** Words for one of several forms or parts of the same thing. */
const variant = new RegExp(
  `^(?:${pointers})?\\s*[（(【[]?\\s*((?:第?[上中下一二三四五六七八九十\\d]{1,3}(?:篇|部分|集|期|章|回)|[上中下]|part\\s?\\d{1,2}|[ivx]{1,4}|中文(?:版|翻译|译文)?|英文(?:版|原文)?|中译|译文版|视频版|文字版|chinese|english|en|cn|zh))\\s*[）)】\\]]?$`,
  'i',
)

/** Labels that stand before an address; what they are followed by is an address, not a title. */
const label =
  /(?:链接|连结|地址|网址|原文|全文|来源|出处|参考|参考文献|参考资料|参考链接|详见|详情|解读|阅读|见|官网|主页|首页|网站|仓库|源码|代码|文档|项目|论文|视频|报名|报告|归档|编辑|订阅|订阅新闻|下载|这里|此处|如下|查看|点击|传送门|回放|入口|方式|呼入|会场|场所|日时|腾讯会议|钉钉会议|飞书会议|zoom|电话|时间|日期|主题|地点|嘉宾|讲师|形式|议题|口令|内容|作者|推荐人|频道|公众号|专区|(?<![a-z])(?:issues?|PR|via|source|links?|here|github|repo|docs?|website|home ?page|url|read more|see|demo|slides?|pdf|from|by))$/i

const addressLike =
  /^(?:h{0,3}t{1,3}ps?\s?[:：]\s?[/／]{1,3}|www\.)\S{0,4000}$|^(?:[\w-]{1,63}\.){1,5}[a-z]{2,10}(?:\/[^\s\p{sc=Han}]*)?$/iu

/** Names of programs that look like those of hosts: "loom.js", "weft.css". Their endings are those of files, and of no hosts. */
const fileLike =
  /^[\w-]{1,63}(?:\.[\w-]{1,63}){0,3}\.(?:js|jsx|ts|tsx|css|scss|vue|vim|nvim|py|rb|rs|go|jl|php|cpp|java|kt|swift|dart|lua|ex|clj|wasm|json|yml|toml|xml|html|md|mk|sql|el|gui|net)$/i

const hostLike = /^(?:[\w-]{1,63}\.){1,5}[a-z]{2,10}$/i

/** No title is longer, in UTF-16 units; the bound keeps hostile texts cheap. */
const maxTitle = 500

/** What the text of a link says. */
export interface LinkWords {
  /** The text is the name of the linked thing. */
  title?: string
  /** The text says which part or form of a thing it is: "下篇", "中文版". */
  form?: string
  /** The text is an address, or there is none: a picture. */
  wordless: boolean
  /** The text itself. */
  text: Plain
}

/**
 * Reads the text of a link to `href`; `bare`: the text is the address itself. A text like "link" gives neither title nor form, and is not
 * `wordless` either.
 */
export function wordsIn(text: string, bare: boolean, href = ''): LinkWords {
  const plain = toPlain(text)
  if (!bare && isNameOf(plain, href)) return { text: plain, title: plain, wordless: false }
  if (bare || plain === '' || isAddress(plain)) return { text: plain, wordless: true }
  const form = variantIn(plain)
  if (form !== undefined) return { text: plain, form, wordless: false }
  const title = titleInPlain(plain)
  return title === undefined ? { text: plain, wordless: false } : { text: plain, title, wordless: false }
}

/** No word that points or labels is longer, with what stands around it, in UTF-16 units. */
const maxWord = 32

/** A text as a title: numbering, wrapping 《》 and trailing punctuation off; bars, brackets and 【】 stay. */
export function cleanTitle(text: string): string {
  return cleanPlain(toPlain(text.slice(0, maxTitle)))
}

function cleanPlain(text: Plain): string {
  let title = text.slice(0, maxTitle)
  for (let before = ''; before !== title; ) {
    before = title
    title = trimTail(
      title.replace(
        /^(?:[，、；,;]|[(（]?\d{1,3}\s?[)）]|\d{1,3}\s?(?:、|．|\.(?!\d)|[:：](?!\d))|[①-⑳]|\[ ?\d{4,8} ?\]|[-－–—*+•·>#]+(?=\s)|\*{2,3}|另附\s?[:：])\s*/,
        '',
      ),
    ).trim()
  }
  const wrapped = /^《([^《》]*)》$/.exec(title)
  return wrapped?.[1] ? wrapped[1].trim() : title
}

/** A text without `[ from 文玲 ]` or `from [文玲]` at its end, which says who brought the thing. */
export function withoutCredit(text: string): string {
  return text.endsWith(']') ? text.replace(/\s?(?:\[ ?(?:from|by|via) |(?:from|by|via) ?\[)[^[\]]{1,30}\]$/i, '') : text
}

/** That, colons, commas and dashes at the end lead on to the address. */
function trimTail(text: string): string {
  const own = withoutCredit(text)
  if (!looseEnd.test(own.slice(-1))) return own
  return own.replace(/[\s:：,，、;；|｜—–\-→⇒<>（(【[「“"*_]{1,40}$/u, (end, at: number) => {
    if (/^[-–—]/.test(end) && !/\s|—/.test(end)) return end
    // nor is the end of "Result<bool>" or of ":tada:"
    if (end === '>' && own.lastIndexOf('<', at) > own.lastIndexOf('>', at - 1)) return end
    if (end === ':' && /:[a-z][\w+-]{1,30}$/.test(own.slice(Math.max(0, at - 33), at))) return end
    // a straight quote that closes what an earlier one opened is no leaving
    return end.startsWith('"') && own.slice(0, at).split('"').length % 2 === 0 ? '"' : ''
  })
}

/** What a title is not to end with. */
const looseEnd = /[\s:：,，、;；|｜—–\-→⇒<>（(【[「“"*_]/u

/** Pictographs (or their names, `:rocket:`) that a series puts before its headings and lines as marks. */
export function withoutMarks(text: string): string {
  return text
    .trim()
    .replace(/^(?:(?::[a-z][\w+-]{1,30}:|[\p{Extended_Pictographic}\u{fe0f}\u{200d}\u{1f3fb}-\u{1f3ff}])\s?)+/u, '')
    .trim()
}

/** `「项目」：` before an address: the brackets mark a label, and are no part of the name. */
export function withoutLabelBrackets(text: string): string {
  return /^[「『【]\s?([^「」『』【】]{1,60}?)\s?[」』】]\s?[:：]?\s{0,4}$/.exec(text.trim())?.[1] ?? text
}

/** The title in a line or heading that stands above a thing as its name: there also "loom.dev" is one. */
export function nameIn(text: string): string | undefined {
  const title = cleanTitle(text)
  return titleIn(title) ?? (hostLike.test(title) && !/^www\./i.test(title) ? title : undefined)
}

/** The title in a text of the post, when it is one. */
export function titleIn(text: string): string | undefined {
  return titleInPlain(toPlain(text.slice(0, maxTitle)))
}

function titleInPlain(text: Plain): string | undefined {
  const title = cleanPlain(text)
  return isTitle(title) ? title : undefined
}

function isTitle(title: string): boolean {
  return (
    (/\p{L}/u.test(title) || /^[^\p{N}]*\p{N}{1,5}[^\p{N}]*$/u.test(title)) &&
    !isAddress(title) &&
    !isPointer(title) &&
    !isPerson(title) &&
    title.length > 1
  )
}

function isAddress(text: string): boolean {
  return addressLike.test(text) && (!fileLike.test(text) || /^www\./i.test(text))
}

/** A language, or the like, may stand behind the host of a site that is meant as a whole. */
const homePath = /^\/?(?:[\w-]{1,6}\/?)?$/

/** Whether a text with dots is the name of what is linked ("loom.dev" for the project or the site of that name), not the host of a page deep in that site. */
function isNameOf(text: string, href: string): boolean {
  if (!hostLike.test(text) || /^www\./i.test(text)) return false
  const [, host, path = ''] = /^https?:\/\/(?:www\.)?([^/?#]{1,253})([^?#]{0,200})/i.exec(href) ?? []
  if (host === undefined) return false
  const isHost = `.${host}`.toLowerCase().endsWith(`.${text}`.toLowerCase())
  return !isHost || homePath.test(path)
}

/** "@reed", "@Reed Marsh": somebody, not what they wrote; "@loom/core" is a package. */
export function isPerson(text: string): boolean {
  return /^@[^\s/@]{1,40}(?: (?:[a-z.'-]{1,20}|\p{sc=Han}{1,2}))?$/iu.test(text.trim())
}

/** "点击进入", "链接", "via": says that there is something, not what. */
function isPointer(text: string): boolean {
  return text.length <= maxWord && pointerOnly.test(foldChinese(bareWord(text)))
}

/** "上篇", "中文版", "part1": names a part or form of what is named elsewhere. */
export function variantIn(text: string): string | undefined {
  if (text.length > maxWord) return undefined
  const word = bareWord(text)
  return neighbour.test(word) ? undefined : variant.exec(word)?.[1]
}

/** "下一期" is another issue, no part of this one. */
const neighbour = /^[上下]一[期篇]$/

/** "Loom 官网" names the page behind it, "官网" alone does not. */
const namedHome = /^(?=.{0,32}[a-z]{3}).{3,32}(?:官网|官方网站|主页|首页|网站|website|home ?page)$/i

/** A title without the part or form that it ends with: of "水壶（上）", "下" is another part of "水壶". */
export function withoutForm(title: string): string {
  const match = /^(.{2,})[（(【[]([^（）()【】[\]]{1,12})[）)】\]]$/.exec(title)
  return match?.[1] !== undefined && variantIn(match[2] ?? '') !== undefined ? match[1].trim() : title
}

/** "地点：线上" says where and when a thing is, not what. */
const circumstance = /^(?:(?:活动|会议|直播)?(?:地点|地址|时间|日期)|会场|场所|日时|where|when|venue|location|time|date|place)\s?[:：]/i

/** Whether a text names a circumstance of what is announced, by a label at its beginning. */
export function isCircumstance(text: string): boolean {
  return circumstance.test(foldChinese(text.slice(0, maxWord).trim()))
}

/** "原文链接：" and the like, or nothing at all. */
export function isLabel(text: string): boolean {
  const trimmed = text.trim()
  if (trimmed.length > maxWord) return false
  const word = foldChinese(bareWord(trimmed))
  if (namedHome.test(word) && !pointerOnly.test(word)) return false
  return word.length < 2 || pointerOnly.test(word) || (word.length <= 16 && label.test(word)) || /^[aq答问]$/i.test(word)
}

/** Quadratic: for texts of few characters alone. */
function bareWord(text: string): string {
  return /^[\s\p{P}\p{S}]*(.*[^\s\p{P}\p{S}])/su.exec(text)?.[1] ?? ''
}
