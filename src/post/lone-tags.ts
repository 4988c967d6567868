import type { Token } from 'markdown-it'
import { allowedElements, renamedElements } from '../text/allowed-html.js'

/** A tag without attributes that begins something. */
const plainTag = /^<([a-z][\w-]*)\s*>$/i

/** Raw text elements, which would take all that follows for their own text when they are not closed, attributes or not. */
const rawElement = /^<(script|style|textarea|title|xmp|iframe|noembed|noframes|noscript|plaintext|template|select|svg|math|object)\b/i

/**
 * A tag like `<script>` or `<String>` in the middle of prose is something to talk about, not an element: unless it is closed in the same
 * paragraph, or is one that HTML shows, it stays as text.
 */
export function showLoneTags(children: Token[]): void {
  children.forEach((token, index) => {
    if (token.type !== 'html_inline') return
    const name = (rawElement.exec(token.content) ?? plainTag.exec(token.content))?.[1]?.toLowerCase()
    if (name !== undefined && !isShown(name) && !closes(children, index, name)) token.type = 'text'
  })
}

function isShown(name: string): boolean {
  return allowedElements.has(name) || (Object.hasOwn(renamedElements, name) && name !== 'xmp')
}

/** How far behind a tag its end is looked for, in tokens. */
const maxSpan = 200

function closes(children: readonly Token[], index: number, name: string): boolean {
  for (let at = index + 1; at < Math.min(children.length, index + maxSpan); at++) {
    if (children[at]?.type === 'html_inline' && children[at]?.content.toLowerCase().startsWith(`</${name}`)) return true
  }
  return false
}
