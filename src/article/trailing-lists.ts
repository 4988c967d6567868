import { type AnyNode, type Element, isTag } from 'domhandler'
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
  for (const heading of walkElements(root)) {
    if (!isHeading(heading) || !automatic.test(shortText(heading))) continue
    const below = nodesBelow(heading)
    if (below.some(holdsText)) continue
    for (const node of [heading, ...below]) if (isTag(node)) leaveOut(node)
  }
}

function shortText(heading: Element): string {
  return heading.children.length > 10 ? '' : toPlain(htmlToText(heading.children)).slice(0, 100)
}

function nodesBelow(heading: Element): AnyNode[] {
  const nodes: AnyNode[] = []
  for (let node = heading.next; node !== null && !(isTag(node) && isHeading(node)); node = node.next) nodes.push(node)
  return nodes
}

/** Whether more than half of what a node says is no link. */
function holdsText(node: AnyNode): boolean {
  if (!isTag(node)) return toPlain(htmlToText([node])) !== ''
  let linked = 0
  for (const element of walkElements(node)) if (element.name === 'a') linked += toPlain(htmlToText(element.children)).length
  return 2 * linked < toPlain(htmlToText([node])).length
}
