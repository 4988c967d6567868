import { type AnyNode, type Document, DomHandler, type Element, isTag, isText } from 'domhandler'
import { decodeHTML } from 'entities/decode'
import { Parser } from 'htmlparser2'
import { cleanText } from './plain.js'
import { pushReversed } from './walk-elements.js'
import { wordSet } from './word-set.js'

/** The text with its character references (`&amp;`, `&#x4e2d;`, also those without a semicolon that browsers know) resolved, once. */
export function decodeEntities(text: string): string {
  return text.includes('&') ? decodeHTML(text) : text
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** The text as it must stand between tags, in HTML and XML alike; all but `& < >` stays as it is. */
export function escapeText(text: string): string {
  return /[&<>]/.test(text) ? text.replace(/[&<>]/g, character => escapes[character] ?? '') : text
}

/** The text as it must stand between double quotes in a tag, in HTML and XML alike. */
export function escapeAttribute(text: string): string {
  return /[&<>"]/.test(text) ? text.replace(/[&<>"]/g, character => escapes[character] ?? '') : text
}

/** How deep elements nest at most: browsers stop at 512, and no page that people write comes near 256. Deeper elements become siblings of the last that fits. */
export const maxDepth = 256

/** What these hold is text, not markup. Flattened, they would let it out as markup, so they may stand a few levels deeper than the bound. */
const rawText: ReadonlySet<string> = new Set(['script', 'style', 'title', 'textarea', 'xmp'])
const rawTextAllowance = 8

class TreeHandler extends DomHandler {
  get depth(): number {
    return this.tagStack.length - 1
  }
}

/**
 * The parser of htmlparser2 with a bound on nesting. Its stack costs time in proportion to its depth for every tag, so 100,000 nested elements
 * would take seconds; elements beyond the bound are treated as void ones, and their end tags ignored.
 */
class BoundedParser extends Parser {
  readonly #html: string
  readonly #handler: TreeHandler
  /** Start tags beyond the bound whose end tags are to come, by name. */
  readonly #flattened = new Map<string, number>()
  #isFlat = false

  constructor(html: string, handler: TreeHandler) {
    super(handler)
    this.#html = html
    this.#handler = handler
  }

  override onopentagname(start: number, end: number): void {
    this.#isFlat = false
    if (this.#handler.depth >= maxDepth) {
      const name = this.#html.slice(start, end).toLowerCase()
      const bound = rawText.has(name) ? maxDepth + rawTextAllowance : maxDepth
      if (this.#handler.depth >= bound && !this.isVoidElement(name)) {
        this.#isFlat = true
        this.#flattened.set(name, (this.#flattened.get(name) ?? 0) + 1)
      }
    }
    super.onopentagname(start, end)
  }

  override onclosetag(start: number, end: number): void {
    this.#isFlat = false
    if (this.#flattened.size > 0) {
      const name = this.#html.slice(start, end).toLowerCase()
      const open = this.#flattened.get(name)
      if (open !== undefined) {
        if (open === 1) this.#flattened.delete(name)
        else this.#flattened.set(name, open - 1)
        return
      }
    }
    super.onclosetag(start, end)
  }

  protected override isVoidElement(name: string): boolean {
    return this.#isFlat || super.isVoidElement(name)
  }
}

/**
 * Reads HTML as leniently as browsers do, in linear time whatever the text: nothing is refused, nesting beyond {@link maxDepth} is flattened.
 * Names are in lower case, entities decoded, comments kept. Nothing is made safe by it; see `sanitizeHtml`.
 */
export function parseHtml(html: string): Document {
  const handler = new TreeHandler()
  new BoundedParser(html, handler).end(html)
  return handler.root
}

/** Elements that have no content and no end tag. */
export const voidElements = wordSet('area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr')

/** The start tag of an element, as HTML. Nothing is made safe by it. */
export function startTag({ name, attribs }: Element): string {
  const attributes = Object.entries(attribs).map(([key, value]) => (value === '' ? ` ${key}` : ` ${key}="${escapeAttribute(value)}"`))
  return `<${name}${attributes.join('')}>`
}

/** Elements whose content no reader sees as text. */
const unseen = wordSet('script style template noscript head title iframe object svg math select textarea canvas datalist noembed noframes')

/** Elements that begin and end a line. */
const blocks =
  wordSet(`address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6
  header hgroup hr html legend li main menu nav ol p pre section summary table tbody tfoot thead tr ul`)

/**
 * The text that a reader of the HTML sees: block elements and `br` begin a new line (an empty line stands only where `br` makes one), cells are
 * parted by a space, white space is collapsed outside `pre`; what `script`, `style` and their like hold is left out.
 *
 * @param most how much of it is read, in characters, each tag counting as one: for callers who want the beginning, and may ask for it of elements that stand in one another
 */
export function htmlToText(html: string | readonly AnyNode[], most = Number.POSITIVE_INFINITY): string {
  const text = new TextWriter()
  // Nodes to enter, and elements to leave.
  const steps: (AnyNode | { leave: Element })[] = []
  let left = most
  pushReversed(steps, typeof html === 'string' ? parseHtml(html).children : html)
  for (let step = steps.pop(); step !== undefined && left > 0; step = steps.pop()) {
    const node = 'leave' in step ? step.leave : step
    left--
    if (isText(node)) {
      text.write(node.data.slice(0, left))
      left -= node.data.length
    } else if (isTag(node)) {
      if (unseen.has(node.name)) continue
      if (node.name === 'br') {
        text.breakLine()
        continue
      }
      if (blocks.has(node.name)) text.endLine()
      else if (node.name === 'td' || node.name === 'th') text.write(' ')
      if (node.name === 'pre') text.preserved += 'leave' in step ? -1 : 1
      if ('leave' in step) continue
      steps.push({ leave: node })
      pushReversed(steps, node.children)
    } else if ('children' in node) pushReversed(steps, node.children)
  }
  return text.end()
}

class TextWriter {
  /** How many `pre` are open. */
  preserved = 0
  readonly #lines: string[] = []
  #line: string[] = []

  write(text: string): void {
    if (this.preserved === 0) {
      this.#line.push(text)
      return
    }
    const [first = '', ...rest] = text.split(/\r\n?|\n/)
    this.#line.push(keepSpaces(first))
    for (const line of rest) {
      this.breakLine()
      this.#line.push(keepSpaces(line))
    }
  }

  /** A line ends here, be it empty or not. */
  breakLine(): void {
    this.#lines.push(finishLine(this.#line))
    this.#line = []
  }

  /** What has been written ends its line; nothing happens on an empty one. */
  endLine(): void {
    const line = finishLine(this.#line)
    this.#line = []
    if (line !== '') this.#lines.push(line)
  }

  end(): string {
    this.endLine()
    return cleanText(this.#lines.join('\n').replace(/\n{3,}/g, '\n\n')).trim()
  }
}

/** Stands for a space of `pre` until its line is finished. XML forbids it, so no text loses anything by it. */
const keptSpace = '\u0001'

function keepSpaces(text: string): string {
  return text.replaceAll('\t', '  ').replaceAll(' ', keptSpace)
}

function finishLine(parts: readonly string[]): string {
  const line = parts
    .join('')
    .replace(/[\s\u200b\ufeff]+/g, ' ')
    .trim()
  return line.replaceAll(keptSpace, ' ').trimEnd()
}
