import { type Element, isTag, isText } from 'domhandler'
import { wordSet } from '../text/word-set.js'
import { elementsOf, makeElement, makeText, setChildren, textOf } from './tree-edit.js'

/** What a block of code is made of, with the dots of a window above it; anything else in a `pre` is an article's text that an editor put there. */
const codeParts = wordSet(`code span br ul ol li font b i em strong mp-style-type
  svg g circle ellipse rect path`)
/** Within a `code` these are its lines. */
const lineParts = wordSet('section div p li')

/**
 * A block of code: one `code` in a `pre`, with the line breaks that editors make of `br` or of one `code` a line, with plain spaces,
 * and without line numbers and colours. Gives back the element as it is when it is no code.
 */
export function cleanCode(pre: Element): Element | undefined {
  const parts = elementsOf(pre)
  const hasCode = parts.some(part => part.name === 'code')
  if (!parts.every(part => codeParts.has(part.name) || (hasCode && lineParts.has(part.name)))) return undefined
  for (const part of parts) dropLineNumbers(part)
  dropLineNumbers(pre)
  for (const part of parts) if (lineParts.has(part.name) && part.next !== null) endLine(part)
  const lines = pre.children.filter(child => isTag(child) && child.name === 'code')
  const rest = pre.children.filter(child => isText(child) && child.data.trim() !== '')
  const text =
    lines.length > 1 && rest.length === 0 ? lines.map(line => textOf(line as Element).replace(/\n$/, '')).join('\n') : textOf(pre)
  const code = text.replaceAll('\u00a0', ' ').replace(/^\n+/, '').trimEnd()
  return code === '' ? undefined : makeElement('pre', {}, [makeElement('code', {}, [makeText(code)])])
}

function endLine(part: Element): void {
  const last = part.children.at(-1)
  if (last === undefined || !isTag(last) || last.name !== 'br') setChildren(part, [...part.children, makeText('\n')])
}

const lineNumbers = /line-(?:index|number)|linenum|hljs-ln-n/

function dropLineNumbers(parent: Element): void {
  const kept = parent.children.filter(child => !(isTag(child) && lineNumbers.test(child.attribs['class'] ?? '')))
  if (kept.length < parent.children.length) setChildren(parent, kept)
}
