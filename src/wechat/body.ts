import { type ChildNode, type Element, isTag, isText, type ParentNode, type Text } from 'domhandler'
import { wechatHome } from '../links/wechat-link.js'
import { sanitizeHtml } from '../text/sanitize.js'
import { pushReversed } from '../text/walk-elements.js'
import { emphasisElements, visibleText } from './body-elements.js'
import { decideFate, type Fate, type Fates } from './body-fate.js'
import { linkFootnotes } from './body-footnotes.js'
import type { BodyContext } from './body-media.js'
import { elementsOf, elementsWithin, makeElement, setChildren } from './tree-edit.js'

/**
 * The body of an article as any reader shows it. Linear in the size of the tree, whose root does not count and which is used up; safe by `sanitizeHtml` at the end.
 *
 * Lazy pictures get their address and size, backgrounds that stand alone become pictures; what only WeChat's scripts can show becomes a poster or a line of
 * text with a link; boxes become paragraphs; of the styles only emphasis stays; code gets its line breaks and loses its line numbers; footnotes become links again.
 */
export function cleanTree(root: ParentNode, context: BodyContext): string {
  linkFootnotes(root)
  // Elements are decided from the last to the first, so that what each holds is known, and put together in one more pass: nothing recurses, and no node
  // is moved more than once, however deep the boxes are stacked.
  const elements = elementsOf(root)
  const fates = new Map<ChildNode, Fate>()
  const state = { fates, context, inCode: elementsWithin(elements, 'pre') }
  for (const element of elements.reverse()) fates.set(element, decideFate(element, state))
  assemble(root, fates)
  return sanitizeHtml(root.children, { baseUrl: wechatHome }).trim()
}

/** Gives the root and each element that stays the nodes that its content has become. */
function assemble(root: ParentNode, fates: Fates): void {
  const owners: ParentNode[] = [root]
  for (let owner = owners.pop(); owner !== undefined; owner = owners.pop()) {
    const children: ChildNode[] = []
    const stack: ChildNode[] = []
    pushReversed(stack, owner.children)
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      const fate = fates.get(node)
      if (isText(node)) children.push(isTag(owner) && owner.name === 'pre' ? node : squeezed(node))
      // A node without a fate has been made here.
      else if (fate === undefined) {
        if (isTag(node)) children.push(node)
      } else if (typeof fate.as !== 'string') pushReversed(stack, fate.as)
      else if (isTag(node)) {
        if (fate.endsLine) stack.push(makeElement('br'))
        if (fate.as === 'content' || isSameEmphasis(owner, node)) pushReversed(stack, node.children)
        else {
          children.push(node)
          owners.push(node)
        }
      }
    }
    setChildren(owner, children)
  }
}

/** Strong text within strong text says nothing more; editors nest it by the dozen. */
function isSameEmphasis(owner: ParentNode, element: Element): boolean {
  return isTag(owner) && owner.name === element.name && emphasisElements.has(element.name)
}

/** The white space that indents the source of a page is one line break. */
function squeezed(text: Text): Text {
  if (text.data.length > 1 && text.data.includes('\n') && !visibleText.test(text.data)) text.data = '\n'
  return text
}
