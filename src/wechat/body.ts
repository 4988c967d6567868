import { type ChildNode, type Element, isTag, isText, type ParentNode } from 'domhandler'
import { identifyLink } from '../links/identify-link.js'
import { sanitizeHtml } from '../text/sanitize.js'
import { resolveLink } from '../text/url.js'
import { cleanCode } from './body-code.js'
import { linkFootnotes } from './body-footnotes.js'
import { type BodyContext, mediaRules } from './body-media.js'
import { addedFigure, backgroundOf, cleanPicture } from './body-pictures.js'
import { elementsOf, setChildren } from './tree-edit.js'

const base = 'https://mp.weixin.qq.com/'

/**
 * The body of an article as any reader shows it. Linear in the size of the tree, whose root does not count and which is used up; safe by `sanitizeHtml` at the end.
 *
 * Lazy pictures get their address and size, backgrounds that stand alone become pictures; what only WeChat's scripts can show becomes a poster or a line of
 * text with a link; boxes become paragraphs; of the styles only emphasis stays; code gets its line breaks and loses its line numbers; footnotes become links again.
 */
export function cleanTree(root: ParentNode, context: BodyContext): string {
  linkFootnotes(root)
  const cleaner = new BodyCleaner(context)
  // Each element is rebuilt after all that it holds, so one pass from the last to the first is enough and nothing recurses.
  for (const element of elementsOf(root).reverse()) cleaner.rebuild(element)
  cleaner.rebuild(root)
  return sanitizeHtml(root.children, { baseUrl: base }).trim()
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '))

const dropped = words('script style link meta title template noscript mp-style-type input button select textarea form object embed')
const blocks = words('p div section figure figcaption blockquote pre ul ol li dl dt dd table thead tbody tfoot tr td th caption h1 h2 h3 h4 h5 h6 hr details')
/** Containers without a meaning of their own. */
const boxes = words('section div article main header footer aside center')
const inline = words('a b strong em i u s del ins strike sub sup mark small code kbd samp var q cite abbr dfn ruby rt rp rb br img wbr')
/** These show something by themselves, or hold a place. */
const filling = words('img hr td th')
const hidden = /display\s{0,3}:\s{0,3}none/i
const visibleText = /[^\s\u00a0\u200b-\u200f\u2060\ufeff]/

/** Rebuilds the elements of one body, from the inside to the outside. */
class BodyCleaner {
  /** Elements that show something. */
  readonly #filled = new Set<ChildNode>()
  /** Elements that hold blocks. */
  readonly #wide = new Set<ChildNode>()
  readonly #context: BodyContext

  constructor(context: BodyContext) {
    this.#context = context
  }

  /** Gives an element the children that its children have become. */
  rebuild(parent: ParentNode): void {
    const children: ChildNode[] = []
    for (const child of parent.children) {
      if (isText(child)) children.push(child)
      else if (isTag(child)) for (const node of this.#convert(child)) children.push(node)
    }
    setChildren(parent, children)
    if (isTag(parent)) this.#note(parent)
  }

  #convert(element: Element): readonly ChildNode[] {
    const { name, attribs } = element
    if (dropped.has(name) || hidden.test(attribs['style'] ?? '')) return []
    const media = mediaRules[name]
    if (media !== undefined) return this.#added(media(element, this.#context))
    if (name === 'img') {
      const picture = cleanPicture(element)
      return picture === undefined ? [] : [picture]
    }
    if (!this.#filled.has(element)) return this.#convertEmpty(element)
    if (name === 'pre') return this.#added([cleanCode(element) ?? element])
    if (boxes.has(name)) return [this.#convertBox(element)]
    if (name === 'p' && this.#wide.has(element)) return [renamed(element, 'div')]
    if (name === 'a') return linkTo(element)
    if (blocks.has(name) || inline.has(name)) return [element]
    const emphasis = this.#wide.has(element) ? undefined : emphasisOf(element)
    return emphasis === undefined ? element.children : [renamed(element, emphasis)]
  }

  /** A box that shows nothing but its background is a picture; of other empty elements only the space between words stays. */
  #convertEmpty(element: Element): readonly ChildNode[] {
    const background = backgroundOf(element)
    if (background !== undefined && !isInCode(element)) return this.#added([addedFigure('background', background)])
    if (element.name === 'br' || element.name === 'hr') return [element]
    return blocks.has(element.name) || boxes.has(element.name) ? [] : element.children
  }

  /** A box without blocks is a paragraph; one around a single block is not needed. */
  #convertBox(element: Element): ChildNode {
    if (!this.#wide.has(element)) return renamed(element, 'p')
    const [only, ...others] = element.children.filter(child => !isText(child) || visibleText.test(child.data))
    return only !== undefined && others.length === 0 && isTag(only) && blocks.has(only.name) ? only : renamed(element, 'div')
  }

  #added(nodes: readonly ChildNode[]): readonly ChildNode[] {
    for (const node of nodes) {
      if (!isTag(node)) continue
      for (const element of elementsOf(node).reverse()) this.#note(element)
      this.#note(node)
    }
    return nodes
  }

  /** Keeps in mind what an element is, once its children are known. */
  #note(element: Element): void {
    for (const child of element.children) {
      if (isText(child) ? visibleText.test(child.data) : filling.has((child as Element).name) || this.#filled.has(child)) this.#filled.add(element)
      if (isTag(child) && (blocks.has(child.name) || this.#wide.has(child))) this.#wide.add(element)
    }
  }
}

function renamed(element: Element, name: string): Element {
  element.name = name
  return element
}

/** A link with its canonical address; one that leads nowhere gives its text. */
function linkTo(element: Element): readonly ChildNode[] {
  const href = (element.attribs['href'] ?? '').trim()
  const address = href === '' || href.startsWith('#') ? undefined : resolveLink(href, base)
  const link = address?.startsWith('mailto:') ? { kind: 'other', url: address } : identifyLink(address ?? '')
  if (link.kind === 'invalid') return element.children
  element.attribs = { href: link.url }
  return [element]
}

/** Meaning that a style carries, as the element that has it. */
const emphases: readonly { property: string; value: RegExp; element: string }[] = [
  { property: 'font-weight', value: /font-weight\s{0,3}:\s{0,3}(?:bold|[6-9]00)/i, element: 'strong' },
  { property: 'font-style', value: /font-style\s{0,3}:\s{0,3}italic/i, element: 'em' },
  { property: 'line-through', value: /text-decoration[a-z-]{0,10}\s{0,3}:[^;]{0,60}line-through/i, element: 's' },
  { property: 'vertical-align', value: /vertical-align\s{0,3}:\s{0,3}super/i, element: 'sup' },
  { property: 'vertical-align', value: /vertical-align\s{0,3}:\s{0,3}sub/i, element: 'sub' },
]

function emphasisOf({ attribs, children }: Element): string | undefined {
  const style = attribs['style']
  if (style === undefined) return undefined
  const element = emphases.find(({ property, value }) => style.includes(property) && value.test(style))?.element
  const [only] = children
  return element === undefined || (children.length === 1 && only !== undefined && isTag(only) && only.name === element) ? undefined : element
}

function isInCode(element: Element): boolean {
  for (let at: ParentNode | null = element.parent; at !== null; at = at.parent) if (isTag(at) && at.name === 'pre') return true
  return false
}
