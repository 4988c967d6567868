import { type FrontTable, type FrontValue, frontKey } from './front-values.js'

/** Joins a closing quote that stands alone on its line, or at the beginning of it, to the line before: Hugo's old parser took it so. */
export function mendLoneQuotes(block: string): string {
  return block.replace(/\n[ \t]*(["'])[ \t]*(?=\n|$)/g, '$1')
}

/** JSON with a line for each key, and without what parts it from the next. */
function lined(block: string): string {
  if (!/^\s*[{"]/.test(block)) return block
  return block.replace(/(?<=^|[\s{,])"([\w-]{1,60})"\s*:\s*/g, '\n$1: ').replace(/(?<![},\s])[},\s]+(?=\n|$)/g, '')
}

/**
 * Reads `key: value`, `key = value` and lists below a key, line by line, without understanding more of YAML, TOML or JSON: what is
 * left when none can be parsed. Later keys do not replace earlier ones, since they may stand inside something unknown.
 */
export function readKeyLines(block: string): FrontTable {
  const table = new Map<string, FrontValue>()
  let list: string[] | undefined
  for (const line of lined(block).split('\n')) {
    const item = /^\s{0,20}-\s+(.*)$/.exec(line)
    if (item?.[1] !== undefined && list) {
      list.push(unquote(item[1]))
      continue
    }
    const match = /^([A-Za-z][\w .-]{0,60}?)\s{0,20}[:=](?:\s(.*)|)$/.exec(line)
    if (!match?.[1]) continue
    const key = frontKey(match[1])
    const value = match[2]?.trim() ?? ''
    list = undefined
    if (table.has(key)) continue
    if (value === '') {
      list = []
      table.set(key, list)
    } else table.set(key, frontValue(value))
  }
  return table
}

function frontValue(text: string): FrontValue {
  if (/^[[{][^\]}]*$/.test(text)) return ''
  const flow = /^\[([^[\]]*)\]$/.exec(text)
  return flow?.[1] === undefined
    ? unquote(text)
    : flow[1]
        .split(',')
        .map(unquote)
        .filter(item => item !== '')
}

function unquote(text: string): string {
  const trimmed = text.trim()
  const quote = trimmed.charAt(0)
  if (quote !== '"' && quote !== "'") return trimmed.replace(/\s#.*$/, '')
  const end = trimmed.lastIndexOf(quote)
  return trimmed.slice(1, end > 0 ? end : undefined)
}
