import { entryForm } from '../feed/entry-form.js'
import { toInstant } from '../feed/writable-dates.js'
import { type Form, findFlaw, hasForm } from '../text/form.js'
import type { Entry } from '../types.js'

/**
 * Takes over what a function of the user's own gives. Dates may be a `Date`, or any text that is one; a field that is `undefined` is absent. Throws a `TypeError` that
 * names the field for what has another form.
 *
 * @param noun what it is, in the message
 */
export function adoptGiven<T>(given: object, form: Form<T>, noun: string): T {
  const fields = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
  for (const field of ['published', 'updated']) {
    if (fields[field] === undefined) continue
    fields[field] = readDate(fields[field])
    if (fields[field] === undefined) throw refusal(noun, field, 'a date')
  }
  if (hasForm(fields, form)) return fields
  const { path, expected } = findFlaw(fields, form) ?? { path: '', expected: form.expected }
  throw refusal(noun, path || noun, expected)
}

function refusal(noun: string, field: string, expected: string): TypeError {
  return new TypeError(
    `It gave what is no ${noun}: \`${field}\` must be ${expected}. Change what you are given: \`{ ...${noun}, title: '…' }\`.`,
  )
}

function readDate(value: unknown): string | undefined {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value.toISOString()
  return typeof value === 'string' ? toInstant(value) : undefined
}

/** Takes over an entry, as {@link adoptGiven} does. */
export function adoptEntry(given: object): Entry {
  return adoptGiven(given, entryForm, 'entry')
}
