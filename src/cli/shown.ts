import type { Problem } from '../problems.js'
import type { ExplainedField, Extractor } from '../types.js'

/** A document that is to be shown: its text or bytes, and where it stood. */
export interface ShownInput {
  /** Path or address. */
  place: string
  body: string | Uint8Array
  /** Zone of dates without one. */
  timeZone: string
  /** Whether the config keeps posts whose day is still to come. */
  future: boolean
  /** What the config has of one's own to read pages with. */
  extractors: readonly Extractor[]
  /** Where that config lies; empty for none. */
  config: string
}

/** What was read from a document, ready to be shown. */
export interface Shown {
  /** As data, for `--json`. */
  data: unknown
  /** As data: where each field came from, and what was passed over. */
  fields?: readonly ExplainedField[]
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

/** Places that state something and were passed over, below the fields that were taken; nothing when there are none. */
export function describePassedOver(fields: readonly ExplainedField[]): string {
  const rows = fields.flatMap(({ field, taken, passedOver }) =>
    passedOver
      // A place that says the same as the one that was believed is not worth a line.
      .filter(({ value }) => value === undefined || value !== taken?.value)
      .map(({ place, value }): [string, string] => [
        field,
        `${value ?? 'what cannot be read'}  (in ${place}${taken ? `; ${taken.place} is trusted more` : ''})`,
      ]),
  )
  return rows.length === 0 ? '' : `\npassed over\n${tabulate(rows, '  ')}`
}
