import { toInstant } from '../feed/writable-dates.js'
import type { Entry } from '../types.js'

type Test = (value: unknown) => boolean

const isText: Test = value => typeof value === 'string'
const isThing = (value: unknown): value is object => typeof value === 'object' && value !== null
const isNamed: Test = value => isThing(value) && isText(Reflect.get(value, 'name'))
const isFile: Test = value => isThing(value) && isText(Reflect.get(value, 'url'))
const isOrigin: Test = value => isThing(value) && isText(Reflect.get(value, 'source')) && isText(Reflect.get(value, 'kind'))
const isListOf =
  (test: Test): Test =>
  value =>
    Array.isArray(value) && value.every(test)

/** What an entry must have. */
const demanded = {
  id: isText,
  keys: isListOf(isText),
  url: isText,
  title: isText,
  authors: isListOf(isNamed),
  tags: isListOf(isText),
  kind: isText,
  state: isText,
  origins: value => isListOf(isOrigin)(value) && Array.isArray(value) && value.length > 0,
} as const satisfies Partial<Record<keyof Entry, Test>>

/** What it may have beside that. */
const optional: { readonly [field in Exclude<keyof Entry, keyof typeof demanded>]: Test } = {
  published: isText,
  updated: isText,
  dated: isThing,
  account: isNamed,
  summary: isText,
  html: isText,
  image: isText,
  attachments: isListOf(isFile),
  language: isText,
  meeting: isThing,
}
const known: [string, Test][] = [...Object.entries(optional), ...Object.entries(demanded)]

/**
 * Takes over an entry that a function of the user's own gives. Dates may be a `Date`, or any text that is one; a field that is `undefined` is absent. Throws a `TypeError` that
 * names the field for what is no entry.
 */
export function adoptEntry(given: object): Entry {
  const fields = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
  for (const field of ['published', 'updated']) if (fields[field] !== undefined) fields[field] = readDate(fields[field])
  for (const [field, test] of known) {
    const value = fields[field]
    if (!(value === undefined ? Object.hasOwn(optional, field) : test(value))) throw new TypeError(flawOf(field))
  }
  if (isEntry(fields)) return fields
  throw new TypeError(flawOf('id'))
}

function isEntry(fields: object): fields is Entry {
  return known.every(([field]) => Object.hasOwn(optional, field) || field in fields)
}

function readDate(value: unknown): unknown {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? value : value.toISOString()
  return typeof value === 'string' ? (toInstant(value) ?? null) : value
}

function flawOf(field: string): string {
  return `It gave what is no entry: \`${field}\` is not what it has to be. Change what you are given: \`{ ...entry, title: '…' }\`.`
}
