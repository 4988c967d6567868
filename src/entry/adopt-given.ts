import { toInstant } from '../feed/writable-dates.js'
import type { Entry } from '../types.js'

/** Says whether a value can stand in a field. */
export type Test = (value: unknown) => boolean

/** The fields that must be there. */
type RequiredOf<T> = { [K in keyof T]-?: Record<never, never> extends Pick<T, K> ? never : K }[keyof T]

/** A test for every field of a noun, so that a field added to it is not forgotten. */
export interface Form<T> {
  readonly demanded: { readonly [K in RequiredOf<T>]: Test }
  readonly optional: { readonly [K in Exclude<keyof T, RequiredOf<T>>]: Test }
}

export const isText: Test = value => typeof value === 'string'
export const isFlag: Test = value => typeof value === 'boolean'
export const isNumber: Test = value => typeof value === 'number'
export const isTable = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value)
/** Tables in which these fields hold text. */
export const hasTexts =
  (...names: readonly string[]): Test =>
  value =>
    isTable(value) && names.every(name => isText(Reflect.get(value, name)))
export const isListOf =
  (test: Test): Test =>
  value =>
    Array.isArray(value) && value.every(test)

/** The first field that is not what it has to be. */
function findFlaw<T>(fields: object, { demanded, optional }: Form<T>): string | undefined {
  const isWrong = ([field, test]: [string, Test]) => {
    const value: unknown = Reflect.get(fields, field)
    return value === undefined ? !Object.hasOwn(optional, field) : !test(value)
  }
  return [...Object.entries<Test>(optional), ...Object.entries<Test>(demanded)].find(isWrong)?.[0]
}

/** Whether a value has the form of a noun. */
export function hasForm<T>(value: unknown, form: Form<T>): value is T {
  return isTable(value) && findFlaw(value, form) === undefined
}

/**
 * Takes over what a function of the user's own gives. Dates may be a `Date`, or any text that is one; a field that is `undefined` is absent. Throws a `TypeError` that
 * names the field for what has another form.
 *
 * @param noun what it is, in the message
 */
export function adoptGiven<T>(given: object, form: Form<T>, noun: string): T {
  const fields = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
  for (const field of ['published', 'updated']) if (fields[field] !== undefined) fields[field] = readDate(fields[field])
  if (hasForm(fields, form)) return fields
  throw new TypeError(
    `It gave what is no ${noun}: \`${findFlaw(fields, form)}\` is not what it has to be. Change what you are given: \`{ ...${noun}, title: '…' }\`.`,
  )
}

function readDate(value: unknown): unknown {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? value : value.toISOString()
  return typeof value === 'string' ? (toInstant(value) ?? null) : value
}

const isOrigin = hasTexts('source', 'kind')

const entryForm: Form<Entry> = {
  demanded: {
    id: isText,
    keys: isListOf(isText),
    url: isText,
    title: isText,
    authors: isListOf(hasTexts('name')),
    tags: isListOf(isText),
    kind: isText,
    state: isText,
    origins: value => isListOf(isOrigin)(value) && Array.isArray(value) && value.length > 0,
  },
  optional: {
    published: isText,
    updated: isText,
    dated: isTable,
    account: hasTexts('name'),
    summary: isText,
    html: isText,
    image: isText,
    attachments: isListOf(hasTexts('url')),
    language: isText,
    meeting: isTable,
  },
}

/** Takes over an entry, as {@link adoptGiven} does. */
export function adoptEntry(given: object): Entry {
  return adoptGiven(given, entryForm, 'entry')
}
