import { type ChildNode, type Element, isTag, isText, type ParentNode } from 'domhandler'
import { identifyLink } from '../links/identify-link.js'
import { wechatHome } from '../links/wechat-link.js'
import { resolveLink } from '../text/url.js'
import { cleanCode } from './body-code.js'
import {
  blockElements,
  blockStyle,
  boxElements,
  droppedElements,
  emphasisElements,
  fillingElements,
  hiddenStyle,
  inlineElements,
  styledEmphases,
  visibleText,
} from './body-elements.js'
import { type BodyContext, mark, mediaRules } from './body-media.js'
import { addedFigure, backgroundOf, cleanPicture, graphicPicture } from './body-pictures.js'
import { makeElement, makeText, textOf } from './tree-edit.js'

/** What becomes of an element: it stays, only its content stays, or other nodes take its place. */
export interface Fate {
  readonly as: 'itself' | 'content' | readonly ChildNode[]
  /** What it becomes shows something. */
  readonly isFilled: boolean
  /** What it becomes is or holds a block. */
  readonly isWide: boolean
  /** How many nodes that show something it becomes; 2 stands for more. */
  readonly count: number
  /** A line ends behind it. */
  readonly endsLine: boolean
}

/** Fates of the elements that have been decided: all that an element holds come before it. */
export type Fates = ReadonlyMap<ChildNode, Fate>

/** What is known while a body is decided. */
export interface BodyState {
  readonly fates: Fates
  readonly context: BodyContext
  /** Elements that stand in a block of code. */
  readonly inCode: ReadonlySet<ParentNode>
}

const gone = fate([], false, false)

function fate(as: Fate['as'], isFilled: boolean, isWide: boolean, count = isFilled ? 1 : 0): Fate {
  return { as, isFilled, isWide, count, endsLine: false }
}

/** Decides what becomes of an element; its own name and attributes are changed here where it stays under another name. */
export function decideFate(element: Element, { fates, context, inCode }: BodyState): Fate {
  const { name, attribs } = element
  if (droppedElements.has(name) || hiddenStyle.test(attribs['style'] ?? '')) return gone
  const formula = attribs['data-formula']?.trim()
  if (formula) return decideFormula(element, formula)
  // A formula without its source.
  if (name === 'svg' && /\dex\b/.test(`${attribs['width']} ${attribs['style']}`)) return replaced([mark('[公式]', context)])
  // A page that was saved has a player in the place of the frame.
  const media = mediaRules[attribs['data-mpvid'] ? 'iframe' : name]
  if (media !== undefined) return replaced(media(element, context))
  if (name === 'img') return replaced(cleanPicture(element))
  if (name === 'image') return replaced(graphicPicture(element))
  const content = contentOf(element, fates)
  if (!content.isFilled) return decideEmpty(element, inCode.has(element))
  if (name === 'pre') return decideCode(element, content, inCode.has(element))
  if (name === 'svg' && !visibleText.test(textOf(element, 100))) return decideLayers(element, content)
  if (boxElements.has(name)) return decideBox(element, content)
  if (name === 'p' && content.isWide) element.name = 'div'
  const itself = fate('itself', true, content.isWide || blockElements.has(name))
  if (name === 'a') return linkTo(element) ? itself : content
  if (emphasisElements.has(name)) return content.isWide ? content : itself
  if (blockElements.has(name) || inlineElements.has(name)) return itself
  const emphasis = content.isWide ? undefined : emphasisOf(element)
  if (emphasis !== undefined) element.name = emphasis
  return { ...(emphasis === undefined ? content : itself), endsLine: endsLine(element, fates) }
}

function contentOf(element: Element, fates: Fates): Fate {
  let [isFilled, isWide, count] = [false, false, 0]
  for (const child of element.children) {
    const decided = fates.get(child)
    if (decided !== undefined) {
      isFilled ||= decided.isFilled
      isWide ||= decided.isWide
      count += decided.count
    } else if (isText(child) && visibleText.test(child.data)) {
      isFilled = true
      count++
    }
  }
  return fate('content', isFilled, isWide, Math.min(count, 2))
}

function replaced(nodes: readonly ChildNode[]): Fate {
  const isWide = nodes.some(node => isTag(node) && blockElements.has(node.name))
  return fate(nodes, nodes.length > 0, isWide, Math.min(nodes.length, 2))
}

/** A box that shows nothing but its background is a picture; of other empty elements only the space between words stays. */
function decideEmpty(element: Element, isInCode: boolean): Fate {
  const background = isInCode ? undefined : backgroundOf(element)
  if (background !== undefined) return replaced([addedFigure('background', background)])
  if (element.name === 'br') return fate('itself', false, false)
  if (fillingElements.has(element.name)) return fate('itself', true, true)
  return blockElements.has(element.name) || boxElements.has(element.name) ? gone : fate('content', false, false)
}

/** The source of a formula says what its drawing shows. */
function decideFormula({ name }: Element, source: string): Fate {
  const code = makeElement('code', {}, [makeText(source)])
  return replaced([blockElements.has(name) || boxElements.has(name) ? makeElement('pre', {}, [code]) : code])
}

/** Pictures that a touch uncovers lie behind one another. */
function decideLayers(element: Element, content: Fate): Fate {
  const cover = backgroundOf(element)
  return cover === undefined ? content : fate([addedFigure('background', cover), ...element.children], true, true, 2)
}

function decideCode(element: Element, content: Fate, isInCode: boolean): Fate {
  if (isInCode) return content
  const code = cleanCode(element)
  return code === undefined ? fate('itself', true, true) : replaced([code])
}

/** A box without blocks is a paragraph; one around a single block is not needed. */
function decideBox(element: Element, content: Fate): Fate {
  if (content.isWide && content.count === 1) return content
  element.name = content.isWide ? 'div' : 'p'
  return fate('itself', true, true)
}

/** Gives a link its canonical address; false when it leads nowhere. */
function linkTo(element: Element): boolean {
  const href = (element.attribs['href'] ?? '').trim()
  const address = href === '' || href.startsWith('#') ? undefined : resolveLink(href, wechatHome)
  const link = address?.startsWith('mailto:') ? { kind: 'other', url: address } : identifyLink(address ?? '')
  element.attribs = { href: link.url }
  return link.kind !== 'invalid'
}

function emphasisOf({ attribs }: Element): string | undefined {
  const style = attribs['style']
  return style === undefined
    ? undefined
    : styledEmphases.find(({ property, value }) => style.includes(property) && value.test(style))?.element
}

/** An inline element that is styled as a block, with something behind it. */
function endsLine({ attribs, next }: Element, fates: Fates): boolean {
  if (next === null || !blockStyle.test(attribs['style'] ?? '')) return false
  return isText(next) ? visibleText.test(next.data) : fates.get(next)?.isFilled === true
}
