import { type AnyNode, type Element, isTag, isText, type ParentNode } from 'domhandler'
import { wordSet } from '../text/word-set.js'

const foreign = 'comment comments commentlist disqus giscus utterances gitalk valine waline twikoo footer copyright cookie cookies consent'
/** Those of the words below whose parts hold no article, however much text is in them. */
const foreignWords = wordSet(foreign)
/** Words in the class or id of parts that are none of an article. */
const strangeWords = wordSet(
  `${foreign} reply replies respond sidebar widget widgets nav navbar navigation menu breadcrumb
  breadcrumbs pager pagination prevnext related relatedposts relatedarticles relatedcontent outbrain taboola recommend recommended recommends recommendation recommendations suggestions share sharing sharer social follow
  ad ads advert advertisement adsense sponsor sponsored promo promotion banner subscribe subscription newsletter signup login paywall reward rewards donate
  toolbar toolbox toc catalog catalogue byline meta postmeta bio tags taglist modal popup popover dialog qrcode skip
  hidden sr offscreen screenreader noprint metadata reactions vote votes rating readmore printfriendly`,
)
const strangeRoles = wordSet('navigation complementary contentinfo banner search dialog alertdialog menu menubar toolbar')
const strangeElements = wordSet('nav aside footer form dialog menu')
/** Class names that describe the page (`has-sidebar`, `comments-open`) and do not call the element itself a sidebar. */
const layoutNames = /^(?:(?:has|with|no|without|is|js|enable|show|hide)-|comments?-(?:open|closed|policy)$)/i
/** Elements whose class names are looked at; those of inline elements mean other things, such as the colours of code. */
const parts = wordSet('div section ul ol dl p table header h1 h2 h3 h4 h5 h6 figure details center td nav aside footer form dialog menu')
/** A note in the text may be an `aside`. */
const callouts = /\b(?:note|tip|info|hint|warning|caution|danger|important|admonition|callout|alert|footnotes?)\b/i
/** Numbers of lines beside code. */
const gutters = wordSet(
  'gutter linenos lineno linenumbers linenumber rouge-gutter line-numbers-rows line-numbers line-number hljs-ln-numbers blob-num',
)

/** What a marked body of these words is the body of. */
const othersWords = wordSet(
  'comment comments reply replies respond related recommend recommended recommendation recommendations sidebar widget',
)

/** Whether a part is set up as none of the article: navigation, comments, things to share and the like. The page as a whole and the elements meant for an article never are. */
export function isStrange(element: Element): boolean {
  const { name, attribs } = element
  if (isComment(element)) return true
  if (!parts.has(name) || (name === 'aside' && callouts.test(classesOf(element)))) return false
  if (strangeElements.has(name) || hasStrangeRole(element)) return true
  if (attribs['class'] === undefined && attribs['id'] === undefined) return false
  // A tool bar around code has the code in it.
  const isMarked = isMarkedBody(element) || element.children.some(child => isTag(child) && child.name === 'pre')
  return wordsOf(element).some(word => strangeWords.has(word) && (!isMarked || othersWords.has(word)))
}

function hasStrangeRole({ attribs }: Element): boolean {
  return strangeRoles.has(attribs['role']?.toLowerCase() ?? '')
}

/** WordPress, Gitalk and Twikoo call the parts of their comments so. */
const commentApps = /(?:^|\s)(?:comment-body|(?:gt|tk)-(?:item|container|comment))/

/** A comment itself; `comment-open` and the like are said of posts. */
const commentNames = /(?:^|\s)(?:comment(?:-\d+)?|pingback|trackback)(?:\s|$)/

/** Whether an element is a comment; elements that are meant for an article may be, but for one with a heading of the page. An item of a list is where all are. */
function isComment(element: Element): boolean {
  const { name, parent } = element
  const classes = classesOf(element)
  const isCalled = commentNames.test(classes)
  if (commentApps.test(classes)) return true
  if (name === 'li' && isCalled) {
    const items = parent?.children.slice(0, mostNodes).filter(isTag) ?? []
    return items.every(item => item.name !== 'li' || commentNames.test(classesOf(item)))
  }
  const isMeant = /\/(?:User)?Comments?$/.test(element.attribs['itemtype'] ?? '') || (name === 'article' && isCalled)
  return isMeant && !firstNodes(element).some(node => isTag(node) && node.name === 'h1')
}

function classesOf({ attribs }: Element): string {
  return (attribs['class'] ?? '').slice(0, 2000)
}

function classNames(element: Element): string[] {
  return classesOf(element).split(/\s+/)
}

/** Whether a part is of others than the author: comments, the foot of the site, what it says of cookies. */
export function isForeign(element: Element): boolean {
  return (
    element.name === 'footer' ||
    element.attribs['role'] === 'contentinfo' ||
    isComment(element) ||
    wordsOf(element).some(word => foreignWords.has(word))
  )
}

/** Of the strange words those in whose parts pages say who wrote the article and when. */
const framingWords = wordSet(
  'byline meta postmeta metadata bio follow banner share social tags taglist rating hidden sr noprint widget toolbar profile',
)

/** Whether what a part says is said of something else than the article. */
export function isApart(element: Element): boolean {
  const { name } = element
  if (isComment(element)) return true
  if (name === 'form' || !parts.has(name)) return false
  const own = wordsOf(element)
  if (name === 'nav' || name === 'aside' || name === 'dialog' || hasStrangeRole(element)) return true
  if (name === 'footer' && !own.some(word => /^(?:post|entry|article|meta)$/.test(word))) return true
  return own.some(word => strangeWords.has(word) && !framingWords.has(word) && word !== 'footer')
}

/** Whether an element holds nothing but the numbers of lines of code. */
export function isGutter(element: Element): boolean {
  return (
    /^(?:td|div|span|pre|ul)$/.test(element.name) &&
    classNames(element).some(part => gutters.has(part.toLowerCase())) &&
    holdsNumbers(element)
  )
}

/** Some call the code so that has the numbers beside it. */
function holdsNumbers(element: Element): boolean {
  return !firstNodes(element).some(node => isText(node) && /[^\s\d.]/.test(node.data))
}

/** So many nodes of an element are looked at. */
const mostNodes = 60

/** An element and what it holds, the uppermost first. */
export function firstNodes(element: Element): readonly AnyNode[] {
  const nodes: AnyNode[] = [element]
  for (let at = 0; at < nodes.length && nodes.length < mostNodes; at++) {
    const node = nodes[at]
    if (node !== undefined && isTag(node)) nodes.push(...node.children.slice(0, mostNodes))
  }
  return nodes.slice(0, mostNodes)
}

const copyWords = /^\s*(?:copy(?: code)?|copied!?|复制|复制成功|拷贝)\s*$/i

/** Whether an element is a button that copies code, or names the language of the code beside it. */
export function isCodeLabel(element: Element): boolean {
  const { name, parent } = element
  const [first, second] = element.children
  if (!/^(?:div|span|a|i|label)$/.test(name) || first === undefined || second !== undefined || !isText(first) || first.data.length > 40)
    return false
  const classes = classesOf(element)
  if (/^\s*复制代码\s*$/.test(first.data) || (copyWords.test(first.data) && /copy|copied|clip|btn|button|tool/i.test(classes))) return true
  return /(?:^|\s)(?:code-?)?lang(?:uage)?(?:\s|$)/i.test(classes) && /^[\w#+.-]{1,20}$/.test(first.data.trim()) && hasCode(parent)
}

function hasCode(node: ParentNode | null): boolean {
  return node !== null && isTag(node) && node.children.slice(0, 10).some(child => isTag(child) && child.name === 'pre')
}

/** Whether the page hides the element. One that is transparent is about to be shown by a script. */
export function isHidden({ attribs }: Element): boolean {
  return (
    attribs['hidden'] !== undefined ||
    attribs['aria-hidden'] === 'true' ||
    /(?:^|;)\s{0,9}(?:display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden)/i.test((attribs['style'] ?? '').slice(0, 500))
  )
}

/** Words of the classes and of the id. An id of many words, or of a heading or a section of the article, is made of a title, which says what the part is about. */
function wordsOf(element: Element): string[] {
  const { name, attribs } = element
  const split = (text: string) =>
    text
      .replace(/([a-z])([A-Z])/g, '$1-$2')
      .toLowerCase()
      .split(/[^a-z0-9]+/)
  const classes = classNames(element)
  const isTitled = /^h\d$/.test(name) || (name === 'section' && !isBehindArticle(element)) || classes.includes('section')
  const id = isTitled ? [] : split((attribs['id'] ?? '').slice(0, 200))
  return [...classes.filter(part => !layoutNames.test(part)).flatMap(split), ...(id.length > mostWords ? [] : id)]
}
const mostWords = 3

/** So many siblings are looked at. */
const mostBefore = 9

/** Whether an `article` has ended before an element. */
function isBehindArticle({ prev }: Element): boolean {
  for (let seen = 0; prev !== null && seen < mostBefore; seen++, prev = prev.prev) if (isTag(prev) && prev.name === 'article') return true
  return false
}

const frameNames =
  /^(?:post|entry|article|blog|page|single|story|topic)(?:-|_|__|--)(?:header|head|heading|title|meta|metadata|info|infos|date|author|byline|category|categories|tags?|time)$/i

/** Whether a part frames the article where it holds no running text: its title, its author, its date. */
export function isFrame(element: Element): boolean {
  return element.name === 'header' || (parts.has(element.name) && classNames(element).some(part => frameNames.test(part)))
}

const bodyNames =
  /^(?:(?:article|post|entry|blog|story|news|topic|thread|message|rich|markdown|md|detail|chapter)(?:-|_|__|--)?(?:content|body|text|detail|main|inner|view|viewer)|e-content|markdown|prose|rich-?text|theme-doc-markdown|vp-doc|available-content|kg-canvas)$/i
const articleNames = /^(?:(?:main|page|content)(?:-|_|__|--)?(?:content|body|main|inner)|article|post|entry)$/i

/** Whether the page marks the element as the body of its article: by schema.org's `articleBody` or a class or id that says no less. */
export function isMarkedBody(element: Element): boolean {
  return /(?:^|\s)articleBody(?:\s|$)/.test(element.attribs['itemprop'] ?? '') || isCalled(element, bodyNames)
}

/** Whether the article can be expected in the element, with its frame. */
export function isArticle(element: Element): boolean {
  const { name, attribs } = element
  return name === 'article' || name === 'main' || /^(?:main|article)$/.test(attribs['role'] ?? '') || isCalled(element, articleNames)
}

function isCalled(element: Element, names: RegExp): boolean {
  const { name, attribs } = element
  if (name === 'body' || name === 'html' || (attribs['class'] === undefined && attribs['id'] === undefined)) return false
  return [...classNames(element), (attribs['id'] ?? '').slice(0, 200)].some(part => names.test(part))
}

/** Whether an element names who wrote what it stands in. */
export function isAuthor(element: Element): boolean {
  const { attribs } = element
  return (
    /^(?:author|creator)$/.test(attribs['itemprop'] ?? '') ||
    /(?:^|\s)author(?:\s|$)/.test(attribs['rel'] ?? '') ||
    /(?:^|\s)(?:author|creator|user-?name|poster)(?:\s|$)/i.test(classesOf(element))
  )
}
