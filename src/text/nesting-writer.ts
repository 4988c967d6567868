import { escapeAttribute, escapeText, voidElements } from './html.js'
import { wordSet } from './word-set.js'

/** An element that has been opened. */
export interface OpenElement {
  readonly name: string
  readonly tag: string
  isOpen: boolean
}

/** A start tag of these ends an open paragraph, as the HTML standard has it. */
const blocks = wordSet(`p div h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre figure figcaption table details summary hr`)
const rubyTexts = wordSet('rt rp')
const optionalEnds = wordSet('rt rp p li dt dd')
const headings = wordSet('h1 h2 h3 h4 h5 h6')
/** Start tags of these never end an open element, unless they stand directly in a table or a row. */
const plain = wordSet('br img span em strong b i u s del ins code sub sup small mark cite kbd samp var q time wbr')
const cells = wordSet('td th')
/** A start tag inside one of these never ends an element around it. */
const shelters = wordSet('td th caption table')
/** An item ends at the next one, but not at one of a list within it. */
const listShelters = wordSet('ul ol dl blockquote pre figure figcaption details summary h1 h2 h3 h4 h5 h6 table caption td th')
/** Within these nothing may stand but rows, cells and the like: parsers move all else out of the table. */
const tableParts = wordSet('table thead tbody tfoot tr colgroup')
const rowGroups = wordSet('table thead tbody tfoot')
/** Where each part of a table stands. */
const partParents: Readonly<Record<string, ReadonlySet<string>>> = {
  caption: wordSet('table'),
  colgroup: wordSet('table'),
  thead: wordSet('table'),
  tbody: wordSet('table'),
  tfoot: wordSet('table'),
  col: wordSet('colgroup table'),
  tr: rowGroups,
  td: wordSet('tr table thead tbody tfoot'),
  th: wordSet('tr table thead tbody tfoot'),
}
/** Elements that say something even when empty. */
const meaningfulWhenEmpty = wordSet('td th tr table thead tbody tfoot colgroup audio video')

/** Elements nest this deep at most; the content of deeper ones stands in the last. Lower than the parser's bound, so that reading the output again changes nothing. */
const maxOpen = 240

/**
 * Writes elements and text so that every HTML parser builds the same tree from them: a start tag that would end an open element ends it here too,
 * links do not nest, tables hold rows and rows hold cells. What is written is balanced at any moment that {@link NestingWriter.end} is called.
 */
export class NestingWriter {
  #out = ''
  readonly #open: OpenElement[] = []
  /** How many open elements, from the outermost, have had their start tag written; one that stays empty is never written at all. */
  #written = 0
  /** How many paragraphs are open: most blocks need not look for one to end. */
  #paragraphs = 0

  /** Opens an element; undefined when it cannot stand here, and its content shall stand alone. `attributes` are safe already. */
  open(name: string, attributes: readonly (readonly [string, string])[]): OpenElement | undefined {
    const placed = name in partParents ? this.#placePart(name) : this.#placeOther(name)
    if (placed === undefined || this.#open.length >= maxOpen) return undefined
    let tag = `<${placed}`
    // Standing in for another element, it has none of that one's attributes.
    if (placed === name) for (const [key, value] of attributes) tag += ` ${key}="${escapeAttribute(value)}"`
    tag += '>'
    if (voidElements.has(placed)) {
      this.#writeStartTags()
      this.#out += tag
      return undefined
    }
    return this.#push(placed, tag)
  }

  /** Closes an element with all that is open in it; nothing happens when another start tag has closed it before. */
  close(element: OpenElement): void {
    if (element.isOpen) this.#popTo(this.#open.indexOf(element))
  }

  text(text: string): void {
    if (text === '') return
    if (tableParts.has(this.#top())) {
      if (/^[ \t\n]*$/.test(text)) {
        this.#out += text
        return
      }
      this.#leaveTableParts()
    }
    // Parsers drop the line break directly behind `<pre>`, so one that is meant needs another before it.
    if (this.#writeStartTags() === 'pre' && text.startsWith('\n')) this.#out += '\n'
    this.#out += escapeText(text)
  }

  end(): string {
    this.#popTo(0)
    return this.#out
  }

  /** A part of a table goes to the nearest element that may hold it; without a table it is a block of its own. */
  #placePart(name: string): string | undefined {
    const parents = partParents[name]
    const parent = this.#findOpen(open => parents?.has(open) ?? false)
    if (parent < 0) return name === 'col' || name === 'colgroup' ? undefined : this.#placeOther('div')
    this.#popTo(parent + 1)
    if (cells.has(name) && this.#top() !== 'tr') this.#push('tr', '<tr>')
    if (name === 'col' && this.#top() === 'table') this.#push('colgroup', '<colgroup>')
    return name
  }

  #placeOther(name: string): string | undefined {
    this.#leaveTableParts()
    if (plain.has(name)) return name
    if (name === 'a') return this.#placeLink()
    if (name === 'source') return /^(?:audio|video)$/.test(this.#top()) ? name : undefined
    if (name === 'li') this.#endNearest(open => open === 'li', listShelters)
    if (name === 'dt' || name === 'dd') this.#endNearest(open => open === 'dt' || open === 'dd', listShelters)
    if (this.#paragraphs > 0 && blocks.has(name)) this.#endNearest(open => open === 'p', shelters)
    if (headings.has(name) && headings.has(this.#top())) this.#popTo(this.#open.length - 1)
    if (name === 'rt' || name === 'rp') this.#endRubyText()
    return name
  }

  /** An annotation ends the one before it, and in `ruby` all whose end tag may be left out. */
  #endRubyText(): void {
    const shelter = this.#findOpen(name => name === 'ruby' || shelters.has(name))
    const ended = this.#open[shelter]?.name === 'ruby' ? optionalEnds : rubyTexts
    while (ended.has(this.#top())) this.#popTo(this.#open.length - 1)
  }

  /** A link directly in a link is one whose end tag was forgotten; one further down gives way to the outer link. */
  #placeLink(): string | undefined {
    if (this.#top() === 'a') this.#popTo(this.#open.length - 1)
    const link = this.#findOpen(open => open === 'a' || shelters.has(open))
    return link >= 0 && this.#open[link]?.name === 'a' ? undefined : 'a'
  }

  /** Where the standard would move text out of the table, it gets a cell. */
  #leaveTableParts(): void {
    if (this.#top() === 'colgroup') this.#popTo(this.#open.length - 1)
    if (!tableParts.has(this.#top())) return
    if (this.#top() !== 'tr') this.#push('tr', '<tr>')
    this.#push('td', '<td>')
  }

  #endNearest(isMeant: (name: string) => boolean, stops: ReadonlySet<string>): void {
    const at = this.#findOpen(name => isMeant(name) || stops.has(name))
    if (at >= 0 && isMeant(this.#open[at]?.name ?? '')) this.#popTo(at)
  }

  /** Index of the innermost open element that is meant, or -1. The stack is bounded, and so is the search. */
  #findOpen(isMeant: (name: string) => boolean): number {
    return this.#open.findLastIndex(({ name }) => isMeant(name))
  }

  #top(): string {
    return this.#open.at(-1)?.name ?? ''
  }

  #push(name: string, tag: string): OpenElement {
    const element: OpenElement = { name, tag, isOpen: true }
    this.#open.push(element)
    if (name === 'p') this.#paragraphs++
    if (meaningfulWhenEmpty.has(name)) this.#writeStartTags()
    return element
  }

  /** Something stands in all elements that are open, so they are no longer empty. Gives the name of the last start tag written now. */
  #writeStartTags(): string | undefined {
    let last: string | undefined
    for (; this.#written < this.#open.length; this.#written++) {
      const element = this.#open[this.#written]
      if (element) this.#out += element.tag
      last = element?.name
    }
    return last
  }

  #popTo(depth: number): void {
    while (this.#open.length > depth) {
      const element = this.#open.pop()
      if (element === undefined) return
      element.isOpen = false
      if (element.name === 'p') this.#paragraphs--
      if (this.#written <= this.#open.length) continue
      this.#written = this.#open.length
      this.#out += `</${element.name}>`
    }
  }
}
