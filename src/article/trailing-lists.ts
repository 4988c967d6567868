import { type AnyNode, type Element, isTag, isText } from 'domhandler'
import { droppedElements } from '../text/allowed-html.js'
import { htmlToText } from '../text/html.js'
import { toPlain } from '../text/plain.js'
import { walkElements } from '../text/walk-elements.js'
import { leaveOut } from './leave-out.js'

/** Headings of what sites put below an article by themselves. What authors call "further reading" is theirs. */
const automatic =
  /^(?:related(?: (?:posts?|articles?|stories|content|reading))?|you (?:may|might)(?: also)? (?:like|enjoy|be interested in)|more (?:from|stories|posts|articles)\b.{0,60}|(?:recommended|suggested)(?: (?:for you|posts|articles|reading))?|read (?:next|this next)|what to read next|(?:latest|recent|popular) (?:posts|articles|stories)|(?:leave a )?(?:comments?|reply)|share this(?: (?:post|article|story))?|相关(?:文章|推荐|阅读|内容|新闻)|猜你喜欢|你可能(?:还)?(?:喜欢|感兴趣).{0,10}|(?:更多|热门|最新|推荐)(?:文章|内容)?推荐?|(?:全部|最新|热门|精彩)?评论|发表评论|分享到)\s?[:：.…]?$/i
const isHeading = ({ name }: Element) => /^h[1-6]$/.test(name)

/** Leaves the headings of other pages of a site out that stand in an article, each with the links below it up to the next heading; what holds running text stays. */
export function leaveTrailingListsOut(root: Element): void {
  let words: ReadonlyMap<AnyNode, Words> | undefined
  for (const heading of walkElements(root)) {
    if (!isHeading(heading) || !automatic.test(shortText(heading))) continue
    words ??= countWords(root)
    const below = nodesBelow(heading)
    if (below.some(node => holdsText(words?.get(node)))) continue
    for (const node of [heading, ...below]) if (isTag(node)) leaveOut(node)
  }
}

/** So much of a heading is read; none of those meant is longer. */
const longestHeading = 500

function shortText(heading: Element): string {
  return heading.children.length > 10 ? '' : toPlain(htmlToText(heading.children, longestHeading)).slice(0, 100)
}

function nodesBelow(heading: Element): AnyNode[] {
  const nodes: AnyNode[] = []
  for (let node = heading.next; node !== null && !(isTag(node) && isHeading(node)); node = node.next) nodes.push(node)
  return nodes
}

/** How much a node says, and how much of that stands in links: in characters, without white space. */
interface Words {
  all: number
  linked: number
}

/** Whether more than half of what a node says is no link. */
function holdsText({ all, linked }: Words = { all: 0, linked: 0 }): boolean {
  return 2 * linked < all
}

/** Counts the words of all nodes at once: asking each by itself would take time in proportion to the square of a page whose lists stand in one another. */
function countWords(root: Element): ReadonlyMap<AnyNode, Words> {
  const words = new Map<AnyNode, Words>()
  const nodes: AnyNode[] = [root]
  // What is added to the list while it is walked comes behind what holds it.
  for (const node of nodes) {
    words.set(node, { all: isText(node) ? node.data.replace(/\s+/g, '').length : 0, linked: 0 })
    if (isTag(node) && !droppedElements.has(node.name)) for (const child of node.children) nodes.push(child)
  }
  for (const node of nodes.reverse()) {
    const own = words.get(node)
    const holder = node.parent === null ? undefined : words.get(node.parent)
    if (own === undefined || holder === undefined) continue
    if (isTag(node) && node.name === 'a') own.linked = own.all
    holder.all += own.all
    holder.linked += own.linked
  }
  return words
}
