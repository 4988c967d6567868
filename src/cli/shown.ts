import type { Problem } from '../problems.js'

/** What was read from a document, ready to be shown. */
export interface Shown {
  /** As data, for `--json`. */
  data: unknown
  /** As text, for people. */
  text: string
  problems: readonly Problem[]
}

/** Rows of names and values with the names in one column; rows without a value are left out. */
export function tabulate(rows: readonly (readonly [string, string | undefined])[], indent = ''): string {
  const known = rows.filter((row): row is [string, string] => row[1] !== undefined && row[1] !== '')
  const width = Math.max(0, ...known.map(([name]) => name.length))
  return known.map(([name, value]) => `${indent}${name.padEnd(width)}  ${value}\n`).join('')
}
