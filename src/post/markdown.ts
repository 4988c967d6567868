import markdownIt, { type Env, type MarkdownIt, type Token } from 'markdown-it'
import { addBlockRules } from './markdown-block.js'
import { addInlineRules } from './markdown-inline.js'

/** A text as markdown-it's tokens: the one pass that links, sections and HTML share. */
export interface Markdown {
  tokens: Token[]
  env: Env
}

/** Blocks nested deeper than this are left out, spans nested deeper are taken as text. */
const maxNesting = 60

const parser = makeParser()

/** How many characters all addresses of a text may have beyond twice its length: one long definition, and a reference to it every few characters, make hundreds of times as much as there was. */
const spareRoom = 100_000

/**
 * Reads Markdown as weeklies write it: CommonMark with tables, strikethrough, footnotes, task lists, bare addresses and raw HTML.
 * @param baseUrl what relative addresses will start from
 * @param resolve gives what is to be read for the address of a link or a picture
 */
export function readMarkdown(text: string, baseUrl = '', resolve?: Resolve): Markdown {
  const env: Env = { baseLength: baseUrl.length, room: 2 * text.length + spareRoom }
  const tokens = parser.parse(withoutSizes(withoutTemplatedTargets(withClosedTags(text))), env)
  if (resolve) resolveIn(tokens, resolve)
  return { tokens, env }
}

/** Gives another address for one as it is written, or nothing where it stays. */
export type Resolve = (written: string) => string | undefined

/** Puts other addresses in the place of those of links and pictures. */
export function resolveIn(tokens: readonly Token[], resolve: Resolve): void {
  for (const token of tokens) {
    const name = token.type === 'image' ? 'src' : 'href'
    const written = token.attrGet(name)
    const address = typeof written === 'string' && written !== '' ? resolve(written) : undefined
    if (address !== undefined) token.attrSet(name, address)
    resolveIn(token.children ?? [], resolve)
  }
}

/** Reads a piece of text without blocks, as it stands between tags of raw HTML, as one token that holds others. */
export function readInline(text: string, env: Env): Token | undefined {
  return parser.parseInline(text, env)[0]
}

/** The HTML of tokens, not sanitised. */
export function renderTokens(tokens: Token[], env: Env): string {
  return parser.renderer.render(tokens, parser.options, env)
}

/** The text that stands for a picture: the words of its description, without their markup. */
export function descriptionOf({ children }: Token): string {
  return parser.renderer.renderInlineAsText(children ?? [], parser.options, {})
}

/** The language that a fence of code names behind its marks; empty when it names none. */
export function codeLanguage(info: string): string {
  return parser.utils.unescapeAll(info).trim().split(/\s+/, 1)[0] ?? ''
}

function makeParser(): MarkdownIt {
  const markdown = markdownIt({ html: true, maxNesting })
  // Addresses are kept as written: links/ mends and canonicalises them, the sanitiser judges those of the HTML.
  markdown.normalizeLink = url => url.trim()
  markdown.normalizeLinkText = url => url
  markdown.validateLink = () => true
  addBlockRules(markdown)
  addInlineRules(markdown)
  return markdown
}

/** A shortcode of Hugo whose end stands on a line of its own (`>}}`), which would be a quotation. */
function withClosedTags(text: string): string {
  return text.replace(/(\{\{<[^<>]{1,1000})\n\s{0,8}>\}\}/g, '$1>}}\n')
}

/** `[text]({{< ref "page.md" >}})`: a target that only the site's generator knows leaves a link without one. */
function withoutTemplatedTargets(text: string): string {
  return text.includes(']({')
    ? text.replace(/\]\((?:\{(?:\{[<%][^\n]{0,200}?[>%]\}\}|%[^\n]{0,200}?%\}|\{[^\n}]{0,200}\}\})){1,4}/g, '](')
    : text
}

/** `![alt](a.png =250x)`, as VuePress and HackMD take it: the size of a picture would make text of it. */
function withoutSizes(text: string): string {
  return text.includes(' =')
    ? text.replace(/(!\[[^\]\n]{0,200}\]\([^()\s]{1,1000}(?: "[^"\n]{0,200}")?) =(?:\d{1,4}%?)?x?(?:\d{1,4}%?)?(?=\s?\))/g, '$1')
    : text
}
