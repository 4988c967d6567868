import type { Block } from './blocks.js'
import { type Markdown, type Resolve, readInline, resolveIn } from './markdown.js'
import { htmlOf } from './post-html.js'

/** Where a part of a post begins or ends: before a line of a block, or behind its last. */
export interface Place {
  block: Block
  row: number
  /** How many characters at the beginning of the line are no part of it. */
  skip?: number
}

/** Parts of a post as the HTML that the post itself shows for them. */
export interface Excerpts {
  /** Some lines of a block as a paragraph; empty when they show nothing, and for raw HTML. */
  lines(from: Place, end?: number): string
  /** All from one place to before another, or to the end; empty where that cannot be cut out. */
  between(from: Place, to: Place | undefined): string
}

/** Out of a paragraph of more lines nothing is cut: each cut reads it anew. */
const maxRows = 100

export function excerptsOf(markdown: Markdown, { url: baseUrl, resolve }: { url?: string; resolve?: Resolve }): Excerpts {
  const { tokens, env } = markdown
  const lines = ({ block, row, skip = 0 }: Place, end = block.rows.length): string => {
    const token = tokens[block.at]
    if (token?.type !== 'inline' || row >= end || block.rows.length > maxRows) return ''
    const lineOf = (at: number) => (block.rows[at]?.line ?? Infinity) - block.line
    // read anew, so that the post's own tokens stay as they are
    const inline = readInline(
      token.content
        .split('\n')
        .slice(row && lineOf(row), lineOf(end))
        .join('\n')
        .trim(),
      env,
    )
    if (inline && resolve) resolveIn([inline], resolve)
    for (const child of inline?.children ?? []) {
      const { type, content } = child
      if (type !== 'text') continue
      child.content = content.slice(skip)
      skip = Math.max(0, skip - content.length)
    }
    const html = inline ? htmlOf([inline], markdown, baseUrl) : ''
    return html && `<p>${html}</p>`
  }
  return {
    lines,
    between(from, to) {
      const { at } = from.block
      // tags that are opened or closed outside do no harm: the writer balances them
      if (tokens[at]?.type !== 'inline' || from.block.rows.length > maxRows) return ''
      if (to?.block === from.block) return lines(from, to.row)
      let end = to?.block.at ?? tokens.length
      // what only begins there, or parts it from what follows
      while (end > at && (tokens[end - 1]?.nesting === 1 || tokens[end - 1]?.type === 'hr')) end--
      const inner = htmlOf(tokens.slice(at + 1, end), markdown, baseUrl)
      return lines(from) + inner + (to ? lines({ block: to.block, row: 0 }, to.row) : '')
    },
  }
}
