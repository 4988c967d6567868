import type { MarkdownIt, StateBlock } from 'markdown-it'

/** Adds what CommonMark lacks between paragraphs: footnotes, boxes, lines that only the site's generator reads, raw HTML that never ends. */
export function addBlockRules(markdown: MarkdownIt): void {
  markdown.block.ruler.before('fence', 'generator_line', skipGeneratorLine, { alt: ['paragraph', 'blockquote', 'list'] })
  markdown.block.ruler.before('reference', 'footnote', readFootnote, { alt: ['paragraph'] })
  markdown.block.ruler.before('html_block', 'endless_html', readEndlessHtml)
}

function lineAt(state: StateBlock, line: number): string {
  return state.src.slice((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0), state.eMarks[line])
}

/** Containers (`:::`) of VitePress and Docusaurus, which may break a paragraph. */
const container = /^:{3,}(?!:)/

/** The title of one, without the attributes behind it: `::: tip Title`, `:::tip[Title]`. Other containers than boxes are given other things there. */
const containerTitle = /^:+\s?(?:tip|note|info|warning|danger|caution|important|details)(?:\[(.+)\]|\s([^{]+))/i

/** A box of GitHub or Obsidian, at the beginning of a quotation; it shows its title, else its kind. */
const callout = /^\[!([\w-]+)(?:\|[^\]]*)?\][+-]?(?:\s+(.*))?$/

/** Marks of bold within are left out: all of it is bold. */
function pushTitle(state: StateBlock, line: number, title: string): void {
  const text = title.replaceAll('**', '').trim()
  if (text === '') state.line = line + 1
  else pushParagraph(state, line, line + 1, `**${text}**`, 'box')
}

/** Imports of MDX and marks for a table of contents, alone on their line. */
const generatorLine =
  /^(?:import\s+(?:.{1,200}\sfrom\s+)?["'][^"']{1,200}["'];?|export\s+(?:const|let|default|function)\s.*|\[\[?toc\]\]?|@\[toc\].*|\{:\s?toc\s?\})\s*$/i

/** Code of MDX that goes on over several lines, as far as the next empty one or the line that closes it. */
const openCode = /^(?:import\s+(?:type\s+)?(?:\w+,\s*)?\{[^}]*|export\s+(?:const|let|default|function)\s.*[{[(`])\s*$/
const closedCode = /^[\])}`][\])};,\s]*(?:from\s+["'][^"']{1,200}["'];?\s*)?$/
const maxCodeLines = 200

/** The mark that Jekyll replaces a list by: its table of contents. */
const contentsOfJekyll = /^\{:\s?toc\b[^}]{0,100}\}\s*$/i

function skipGeneratorLine(state: StateBlock, line: number, end: number, silent: boolean): boolean {
  const text = lineAt(state, line)
  if (container.test(text)) {
    const match = containerTitle.exec(text)
    if (!silent) pushTitle(state, line, match?.[1] ?? match?.[2] ?? '')
    return true
  }
  const [, kind, title] = (!silent && state.tokens.at(-1)?.type === 'blockquote_open' && callout.exec(text)) || []
  if (kind) {
    pushTitle(state, line, title || kind.charAt(0).toUpperCase() + kind.slice(1).toLowerCase())
    return true
  }
  if (silent || state.level > 0 || text.length > 500) return false
  const after =
    endOfCode(state, line, text, end) ?? (generatorLine.test(text) ? line + 1 : undefined) ?? endOfContents(state, line, text, end)
  if (after === undefined) return false
  state.line = after
  return true
}

function endOfCode(state: StateBlock, line: number, text: string, end: number): number | undefined {
  if (!openCode.test(text)) return undefined
  for (let at = line + 1; at < Math.min(end, line + maxCodeLines) && !state.isEmpty(at); at++) {
    if ((state.sCount[at] ?? 0) === 0 && closedCode.test(lineAt(state, at).slice(0, 300))) return at + 1
  }
  return undefined
}

function endOfContents(state: StateBlock, line: number, text: string, end: number): number | undefined {
  return line + 1 < end && /^(?:[-*+]|1\.)\s/.test(text) && contentsOfJekyll.test(lineAt(state, line + 1).slice(0, 200))
    ? line + 2
    : undefined
}

/** `[^mark]: text`, with the lines that follow it directly and the blocks below that are indented by four; shown where it stands, which is the end of most posts. */
function readFootnote(state: StateBlock, line: number, end: number, silent: boolean): boolean {
  const match = /^\[\^([^\]\s[]{1,64})\]:\s?/.exec(lineAt(state, line).slice(0, 80))
  if (!match?.[1] || (state.sCount[line] ?? 0) - state.blkIndent >= 4) return false
  if (silent) return true
  const last = endOfParagraph(state, line, end, text => text.startsWith('[^'))
  const known = state.env['footnotes']
  const marks = known instanceof Set ? known : new Set<string>()
  marks.add(match[1])
  state.env['footnotes'] = marks
  const content = `[^${match[1]}] ${state.getLines(line, last, state.blkIndent, false).trimStart().slice(match[0].length)}`
  pushParagraph(state, line, last, content)
  if (state.isEmpty(last)) {
    state.blkIndent += 4
    state.md.block.tokenize(state, last, end)
    state.blkIndent -= 4
  }
  return true
}

const endlessOpening = /^<(?:(script|pre|style|textarea)(?=[\s>]|$)|(!--))/i

/** A raw element or a comment that is never closed would swallow the rest of the post; here it is text. */
function readEndlessHtml(state: StateBlock, line: number, end: number, silent: boolean): boolean {
  const match = endlessOpening.exec(lineAt(state, line).slice(0, 12))
  if (!match || silent) return false
  const closing = match[1] ? 'rawElementEnd' : 'commentEnd'
  const from = state.bMarks[line] ?? 0
  let found = state.env[closing]
  // each kind of end is looked for once, and again only when the text has passed the one found
  if (typeof found !== 'number' || found < from) {
    const at = match[1] ? state.src.slice(from).search(/<\/(?:script|pre|style|textarea)>/i) : state.src.slice(from).indexOf('-->')
    found = at < 0 ? Number.MAX_SAFE_INTEGER : from + at
    state.env[closing] = found
  }
  if (found !== Number.MAX_SAFE_INTEGER) return false
  const last = endOfParagraph(state, line, end, () => false)
  pushParagraph(state, line, last)
  return true
}

function endOfParagraph(state: StateBlock, line: number, end: number, stops: (text: string) => boolean): number {
  let next = line + 1
  while (next < end && !state.isEmpty(next) && (state.sCount[next] ?? 0) >= state.blkIndent && !stops(lineAt(state, next))) next++
  return next
}

function pushParagraph(state: StateBlock, line: number, end: number, text?: string, type = 'paragraph'): void {
  const open = state.push(`${type}_open`, 'p', 1)
  open.map = [line, end]
  const inline = state.push('inline', '', 0)
  inline.content = text ?? state.getLines(line, end, state.blkIndent, false).trim()
  inline.map = [line, end]
  inline.children = []
  state.push(`${type}_close`, 'p', -1)
  state.line = end
}
