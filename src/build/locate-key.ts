import { readFileSync } from 'node:fs'
import { decodeText } from '../text/decode-text.js'

/** `path:12` for the file and line in which a key of the options stands, `path` of the first file where it cannot be found. */
export function locateKey(files: readonly string[], path: string): string {
  for (const file of files) {
    const line = lineOf(withoutImports(decodeText(readFileSync(file))), path.split('.'))
    if (line !== undefined) return `${file}:${line}`
  }
  return files[0] ?? ''
}

/** What is imported may be called as an option (`feeds`) and is none. Lines stay where they are. */
function withoutImports(text: string): string {
  return text.replace(/^[ \t]*import\b[^'"]*/gm, found => found.replace(/[^\n]/g, ' '))
}

/** Goes down the path: each key is looked for behind the one that holds it. Numbers are places in a list, and stand nowhere. */
function lineOf(text: string, path: readonly string[]): number | undefined {
  const keys = path.filter(key => !/^\d+$/.test(key))
  let at = 0
  for (let next = 0; next < keys.length; ) {
    // The name of a host is one key, with dots in it.
    const ends = keys.slice(next).map((_, index) => keys.length - index)
    const found = ends.flatMap(end => {
      const place = find(keys.slice(next, end).join('.'), text, at)
      return place === undefined ? [] : [{ place, end }]
    })[0]
    if (!found) return undefined
    at = found.place
    next = found.end
  }
  return keys.length === 0 ? undefined : text.slice(0, at).split('\n').length
}

/** Where a key stands behind a place. */
function find(key: string, text: string, from: number): number | undefined {
  const found = new RegExp(`(^|[^\\w$.])(["']?)${key.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}\\2\\s{0,99}[:,(]`, 'm').exec(text.slice(from))
  return found ? from + found.index + (found[1]?.length ?? 0) : undefined
}
