import type { Token } from 'markdown-it'
import type { Attributes } from '../text/allowed-html.js'
import { NestingWriter, type OpenElement } from '../text/nesting-writer.js'
import { readAttributes, readText } from '../text/sanitize.js'
import { codeLanguage, descriptionOf } from './markdown.js'

/** Whether raw HTML stands among tokens: only a parser of HTML can say what it means for what follows. */
export function holdsRawHtml(tokens: readonly Token[]): boolean {
  return tokens.some(
    ({ type, children }) =>
      type === 'html_block' || type === 'html_inline' || (type === 'inline' && children !== null && holdsRawHtml(children)),
  )
}

/** How links are written. */
export interface LinkWriting {
  /** What relative addresses start from. */
  baseUrl?: string | undefined
  /** The address to give for the one that a link has. */
  canonical(url: string): string
}

/**
 * Writes tokens without raw HTML as the HTML that rendering and sanitising them would give, without making a text of them that must be
 * parsed again: elements, attributes and texts go through the same hands as those of a stranger's HTML.
 */
export function writeSafeHtml(tokens: readonly Token[], links: LinkWriting): string {
  const writer = new TokenWriter(links)
  for (const [index, token] of tokens.entries()) {
    if (token.type === 'inline') for (const child of token.children ?? []) writer.inline(child)
    else if (!token.hidden) writer.block(tokens, index, token)
  }
  return writer.end()
}

class TokenWriter {
  readonly #writer = new NestingWriter()
  /** For each token that has been opened its element, when it could stand. */
  readonly #open: (OpenElement | undefined)[] = []
  #text = ''

  constructor(readonly links: LinkWriting) {}

  block(tokens: readonly Token[], index: number, token: Token): void {
    if (token.type === 'fence' || token.type === 'code_block') {
      this.#code(token)
      return
    }
    // the only paragraph of an item is not shown as one, and what follows it begins on a line of its own
    if (token.nesting >= 0 && isHidden(previous(tokens, index), -1)) this.#text += '\n'
    if (token.nesting < 0) this.#close()
    else this.#enter(token.tag, attributesOf(token), token.nesting)
    if (token.nesting < 1 || beginsLine(next(tokens, index), token)) this.#text += '\n'
  }

  inline(token: Token): void {
    switch (token.type) {
      case 'text':
        this.#text += token.content
        break
      case 'softbreak':
        this.#text += '\n'
        break
      case 'hardbreak':
        this.#enter('br', {}, 0)
        this.#text += '\n'
        break
      case 'code_inline':
        this.#wrap('code', token.content)
        break
      case 'footnote_mark':
        this.#wrap('sup', `[${token.content}]`)
        break
      case 'image':
        this.#enter('img', { ...attributesOf(token), alt: descriptionOf(token) }, 0)
        break
      default:
        if (token.nesting < 0) this.#close()
        else this.#enter(token.tag, attributesOf(token), token.nesting)
    }
  }

  end(): string {
    this.#flush()
    return this.#writer.end()
  }

  #code(token: Token): void {
    const language = token.type === 'fence' ? codeLanguage(token.info) : ''
    this.#enter('pre', {}, 1)
    this.#enter('code', language === '' ? {} : { class: `language-${language}` }, 1)
    this.#text += token.content
    this.#close()
    this.#close()
    this.#text += '\n'
  }

  #wrap(tag: string, text: string): void {
    this.#enter(tag, {}, 1)
    this.#text += text
    this.#close()
  }

  #enter(tag: string, written: Attributes, nesting: number): void {
    this.#flush()
    const attributes = readAttributes(tag, written, this.links.baseUrl)
    const href = tag === 'a' ? attributes?.find(([name]) => name === 'href') : undefined
    if (href) href[1] = this.links.canonical(href[1])
    const element = attributes && this.#writer.open(tag, attributes)
    if (nesting > 0) this.#open.push(element)
  }

  #close(): void {
    this.#flush()
    const element = this.#open.pop()
    if (element) this.#writer.close(element)
  }

  /** Texts that touch are one text, whatever tokens they came in. */
  #flush(): void {
    if (this.#text !== '') this.#writer.text(readText(this.#text))
    this.#text = ''
  }
}

function attributesOf({ attrs }: Token): Attributes {
  const attributes: Record<string, string> = {}
  for (const [name, value] of attrs ?? []) attributes[name] = String(value)
  return attributes
}

/** Whether what an element holds begins on a line of its own: other blocks do, unless they are not shown as such. */
function beginsLine(inside: Token | undefined, element: Token): boolean {
  return !inside || !(inside.type === 'inline' || inside.hidden || (inside.nesting < 0 && inside.tag === element.tag))
}

function isHidden(token: Token | undefined, nesting: number): boolean {
  return token?.hidden === true && token.nesting === nesting
}

/** The neighbours of a token that leave something in the HTML; definitions of references do not. */
function previous(tokens: readonly Token[], index: number): Token | undefined {
  let at = index - 1
  while (isHidden(tokens[at], 0)) at--
  return tokens[at]
}

function next(tokens: readonly Token[], index: number): Token | undefined {
  let at = index + 1
  while (isHidden(tokens[at], 0)) at++
  return tokens[at]
}
