import type { Env, Token } from 'markdown-it'
import { wordSet } from '../text/word-set.js'
import { type HtmlPart, readHtmlTags } from './html-tags.js'
import { readInline } from './markdown.js'
import { type LinkWords, wordsIn } from './title-text.js'

/** What a reader meets inside a block, in order. `line` counts from 0 in the text that was read. */
export type Piece = TextPiece | LinkPiece | ImagePiece | { type: 'break'; line: number; hard: boolean }

export interface TextPiece {
  type: 'text'
  text: string
  strong: boolean
  code: boolean
  line: number
}

export interface LinkPiece {
  type: 'link'
  /** The address as written. */
  href: string
  /** What a reader sees of it; pictures show nothing. */
  text: string
  /** The `title` of the link, shown when the pointer rests on it. */
  hint?: string
  /** Description of the picture that is the link. */
  alt?: string
  /** The address itself stands in the text. */
  bare: boolean
  /** What its text says of the linked thing. */
  words: LinkWords
  strong: boolean
  line: number
}

export interface ImagePiece {
  type: 'image'
  src: string
  alt: string
  line: number
}

/** Collects pieces; a link swallows the text and the pictures inside it. */
export class PieceWriter {
  readonly pieces: Piece[] = []
  /** Inside `<pre>`, `<code>`: addresses in them are no links, nor are those in a link. */
  pre = false
  code = false
  link: LinkPiece | undefined
  private strong = 0

  constructor(private line: number) {}

  get inCode(): boolean {
    return this.pre || this.code
  }

  text(text: string, code = this.inCode): void {
    if (this.link) this.link.text += text
    else if (text !== '') this.pieces.push({ type: 'text', text, strong: this.strong > 0, code, line: this.line })
  }

  break(hard: boolean): void {
    if (this.link) this.link.text += ' '
    else this.pieces.push({ type: 'break', line: this.line, hard })
  }

  image(src: string, alt: string): void {
    if (this.link) this.link.alt ??= alt
    else this.pieces.push({ type: 'image', src, alt, line: this.line })
  }

  openLink(href: string, bare: boolean, hint?: string): void {
    this.closeLink()
    this.link = {
      type: 'link',
      href,
      text: '',
      bare,
      words: { text: '', wordless: true },
      strong: this.strong > 0,
      line: this.line,
      ...(hint ? { hint } : {}),
    }
  }

  closeLink(): void {
    if (this.link) this.pieces.push({ ...this.link, words: wordsIn(this.link.text, this.link.bare, this.link.href) })
    this.link = undefined
  }

  openStrong(): void {
    this.strong++
  }

  closeStrong(): void {
    this.strong = Math.max(0, this.strong - 1)
  }

  passLines(count: number): void {
    this.line += count
  }

  end(): Piece[] {
    this.closeLink()
    return this.pieces
  }
}

/** The pieces of one paragraph, heading or cell. */
export function piecesOf(children: readonly Token[], line: number): Piece[] {
  const writer = new PieceWriter(line)
  writeTokens(writer, children)
  return writer.end()
}

/** Writes inline tokens; raw HTML among them is read for its links, pictures and breaks. */
function writeTokens(writer: PieceWriter, tokens: readonly Token[]): void {
  for (const token of tokens) {
    if (writer.inCode && token.info === 'auto') continue
    switch (token.type) {
      case 'link_open':
        writer.openLink(attribute(token, 'href'), token.info === 'auto', attribute(token, 'title'))
        break
      case 'link_close':
        writer.closeLink()
        break
      case 'image':
        writer.image(attribute(token, 'src'), token.content)
        break
      case 'strong_open':
        writer.openStrong()
        break
      case 'strong_close':
        writer.closeStrong()
        break
      case 'softbreak':
      case 'hardbreak':
        writer.break(token.type === 'hardbreak')
        writer.passLines(1)
        break
      case 'html_inline':
        writeTags(writer, token.content)
        break
      case 'footnote_mark':
        break
      default:
        writer.text(token.content, writer.inCode || token.type === 'code_inline')
    }
  }
}

function attribute(token: Token, name: string): string {
  return String(token.attrGet(name) ?? '')
}

function writeTags(writer: PieceWriter, html: string): void {
  for (const part of readHtmlTags(html)) {
    if (part.type === 'tag') writeTag(writer, part)
    writer.passLines(part.lines)
  }
}

function writeTag(writer: PieceWriter, tag: Extract<HtmlPart, { type: 'tag' }>): void {
  if (tag.name === 'a') {
    const href = tag.attribute('href')
    if (tag.closing) writer.closeLink()
    else if (href !== undefined) writer.openLink(href, false, tag.attribute('title'))
  } else if (tag.name === 'img') writer.image(tag.attribute('src') ?? tag.attribute('data-src') ?? '', tag.attribute('alt') ?? '')
  else if (tag.name === 'br') writer.break(true)
  else if (tag.name === 'b' || tag.name === 'strong') tag.closing ? writer.closeStrong() : writer.openStrong()
  else if (tag.name === 'pre') writer.pre = !tag.closing
  // a second `<code>` is mistyped for `</code>`
  else if (tag.name === 'code') writer.code = !tag.closing && !writer.code
}

/** A part of raw HTML that stands for a block of its own. */
export interface HtmlBlock {
  /** 1 to 6 for a heading. */
  heading: number
  line: number
  pieces: Piece[]
}

/** Tags inside a line; all others begin or end a block. */
const inlineTags = wordSet('a b strong i em u s del ins code small span font img br sup sub mark abbr kbd')

/** Reads a block of raw HTML as blocks of pieces; Markdown in its text is read too, since authors forget that sites do not. */
export function readHtmlBlock(html: string, line: number, env: Env): HtmlBlock[] {
  const blocks: HtmlBlock[] = []
  let heading = 0
  let at = line
  let start = line
  let writer = new PieceWriter(at)
  const finish = () => {
    const pieces = writer.end()
    if (pieces.some(piece => piece.type !== 'text' || piece.text.trim() !== '')) blocks.push({ heading, line: start, pieces })
    const { pre } = writer
    writer = new PieceWriter(at)
    writer.pre = pre
    start = at
  }
  for (const part of readHtmlTags(html)) {
    if (part.type === 'text') {
      const tokens = readInline(part.text, env)?.children ?? []
      writeTokens(writer, writer.inCode || writer.link ? tokens.filter(({ type }) => !type.startsWith('link_')) : tokens)
    } else if (part.type === 'tag') {
      writeTag(writer, part)
      writer.passLines(part.lines)
    }
    at += part.lines
    if (part.type === 'tag' && !inlineTags.has(part.name)) {
      finish()
      heading = /^h[1-6]$/.test(part.name) && !part.closing ? Number(part.name.slice(1)) : 0
    }
  }
  finish()
  return blocks
}
