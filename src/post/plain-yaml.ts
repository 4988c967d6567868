import { type FrontTable, type FrontValue, frontKey } from './front-values.js'

/** How a text without quotes begins that means itself in YAML, and what makes more of it: a comment, a mapping. */
const plainStart = /^[\p{L}\p{N}_（【《「]/u
const morePlain = /\s#|:(?:\s|$)|\t/

/**
 * Reads front matter of the simplest kind, as most posts have it: a key and one plain or quoted text on each line, lists of such texts in
 * brackets or below the key. Absent for all else, which is left to a parser of YAML: it costs twenty times as much.
 */
export function readPlainYaml(block: string): FrontTable | undefined {
  const table = new Map<string, FrontValue>()
  const lines = block.split('\n')
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at]?.trimEnd() ?? ''
    if (line === '') continue
    const match = /^([A-Za-z](?:[\w-]{0,60}\w)?):(?: +(\S.*))?$/.exec(line)
    const key = frontKey(match?.[1] ?? '')
    if (key === '' || table.has(key)) return undefined
    const written = match?.[2]
    if (written !== undefined) {
      const value = written.startsWith('[') ? flowList(written) : scalar(written)
      if (value === undefined) return undefined
      table.set(key, value)
      continue
    }
    const items: string[] = []
    let indent = Number.POSITIVE_INFINITY
    for (let item = listItem(lines[at + 1]); item !== undefined; item = listItem(lines[at + 1])) {
      const value = scalar(item.text)
      // Deeper than the item above is a part of that item.
      if (value === undefined || item.indent > indent) return undefined
      indent = item.indent
      items.push(value)
      at++
    }
    table.set(key, items.length > 0 ? items : '')
  }
  return table
}

function listItem(line: string | undefined): { indent: number; text: string } | undefined {
  const [, indent, text] = /^( {0,4})- +(\S.*)$/.exec(line?.trimEnd() ?? '') ?? []
  return indent === undefined || text === undefined ? undefined : { indent: indent.length, text }
}

function scalar(text: string): string | undefined {
  const quoted = /^"([^"\\]*)"$/.exec(text) ?? /^'([^']*)'$/.exec(text)
  if (quoted) return quoted[1]
  return plainStart.test(text) && !morePlain.test(text) ? text : undefined
}

function flowList(text: string): string[] | undefined {
  if (!text.endsWith(']')) return undefined
  const inner = text.slice(1, -1)
  if (/[[\]{}#:\t]/.test(inner)) return undefined
  if (inner.trim() === '') return []
  const items: string[] = []
  // a comma inside quotes leaves halves that are no scalars
  for (const part of inner.split(',')) {
    const item = scalar(part.trim())
    if (item === undefined) return undefined
    items.push(item)
  }
  return items
}
