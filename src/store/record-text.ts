import { isTable } from '../text/form.js'
import { conflictMark, conflictSays } from '../text/git-conflict.js'

/** The fields of a record, JSON values all of them. */
export type Fields = Readonly<Record<string, unknown>>

/** A format of records: its number, and how the fields of each older one are made into those of the next. */
export interface RecordFormat {
  current: number
  /** Format → its fields as those of the following format. */
  migrations: Readonly<Record<number, (fields: Fields) => Fields>>
}

/** The format that this version writes. A change that an older version would misread raises it and adds a migration. */
export const recordFormat: RecordFormat = { current: 1, migrations: {} }

/** What a text turned out to be. */
export type ReadRecord = { state: 'whole'; fields: Fields } | { state: 'damaged'; cause: string } | { state: 'newer'; format: number }

/** Far deeper than any record; what is nested deeper is no work of ours and is left out. */
const deepest = 64

/**
 * Writes a record so that git shows and merges its changes line by line: JSON, one field a line, keys sorted (`format` first), LF, a line end at the end.
 * Equal records are equal texts.
 */
export function writeRecordText(fields: object, format: RecordFormat = recordFormat): string {
  return `${JSON.stringify({ format: format.current, ...sortFields(fields, 0) }, null, 2)}\n`
}

/** Reads a record, bringing an older format up to date. Takes any text; throws nothing. */
export function readRecordText(text: string, format: RecordFormat = recordFormat): ReadRecord {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    return { state: 'damaged', cause: findDamage(text) ?? (error instanceof Error ? error.message : String(error)) }
  }
  if (!isTable(value)) return { state: 'damaged', cause: 'It is JSON, but no object.' }
  const { format: written, ...own } = value
  if (typeof written !== 'number' || !Number.isInteger(written)) return { state: 'damaged', cause: 'It states no format.' }
  if (written > format.current) return { state: 'newer', format: written }
  let fields: Fields = own
  for (let from = written; from < format.current; from++) {
    const migrate = format.migrations[from]
    if (!migrate) return { state: 'damaged', cause: `Format ${written} was never used.` }
    fields = migrate(fields)
  }
  return { state: 'whole', fields }
}

/** Names the damage of a text by what usually did it. */
export function findDamage(text: string): string | undefined {
  if (text.trim() === '') return 'It is empty.'
  if (conflictMark.test(text)) return conflictSays
  if (text.includes('\0')) return 'It has NUL characters, as files have that were being written when a machine stopped.'
  return undefined
}

function sortFields(fields: object, depth: number): Fields {
  const sorted = Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(sorted.map(([name, value]) => [name, sortValue(value, depth)]))
}

function sortValue(value: unknown, depth: number): unknown {
  if (depth > deepest) return undefined
  if (Array.isArray(value)) return value.map(item => sortValue(item, depth + 1))
  return isTable(value) ? sortFields(value, depth + 1) : value
}
