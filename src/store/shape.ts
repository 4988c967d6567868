import { isTable } from '../text/form.js'
import { isInstant as isInstantText } from '../text/instant.js'
import type { Instant } from '../types.js'
import type { Fields } from './record-text.js'

/** Says whether a value has a form. Fields that a form does not name may stand beside: a newer version may know more. */
export type Form = (value: unknown) => boolean

/** A form for every field of `T`, so that a field added to a noun is not forgotten here. */
export type Forms<T> = { readonly [K in keyof Required<T>]: Form }

/** The names of the fields that may be absent. */
export type OptionalOf<T> = { [K in keyof T]-?: Record<never, never> extends Pick<T, K> ? K : never }[keyof T]

export function isText(value: unknown): value is string {
  return typeof value === 'string'
}

export function isFlag(value: unknown): value is boolean {
  return typeof value === 'boolean'
}

export function isAmount(value: unknown): value is number {
  return typeof value === 'number' && value >= 0
}

export function isInstant(value: unknown): value is Instant {
  return typeof value === 'string' && isInstantText(value)
}

export function isOneOf(...texts: readonly string[]): Form {
  return value => typeof value === 'string' && texts.includes(value)
}

export function isList<T>(form: (item: unknown) => item is T): (value: unknown) => value is T[] {
  return (value): value is T[] => Array.isArray(value) && value.every(form)
}

export function isTextByName(value: unknown): value is Record<string, string> {
  return isTable(value) && Object.values(value).every(isText)
}

/** An object of a form. `optional` names the fields that may be absent. */
export function isObjectOf<T extends object>(forms: Forms<T>, optional: readonly OptionalOf<T>[]): (value: unknown) => value is T {
  const flawOf = flawFinder(forms, optional)
  return (value): value is T => isTable(value) && flawOf(value) === undefined
}

/** Finds the first field of an object that has not its form, or is missing. */
export function flawFinder<T extends object>(forms: Forms<T>, optional: readonly OptionalOf<T>[]): (fields: Fields) => string | undefined {
  const all = Object.entries<Form>(forms)
  const may = new Set<PropertyKey>(optional)
  return fields => all.find(([name, form]) => (fields[name] === undefined ? !may.has(name) : !form(fields[name])))?.[0]
}
