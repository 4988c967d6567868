import { assertInput, isMistaken } from './assert-input.js'

/** What is not as it has to be in a value that was handed over. */
interface Flaw {
  /** The way to it: `entries[3].tags`; empty for the value itself. */
  readonly path: string
  /** What it has to be, in words. */
  readonly expected: string
  /** What it is. */
  readonly value: unknown
  /** Id of the innermost thing around it that has one. */
  readonly id?: string
}

/** Looks at a value: gives what is wrong with it, or nothing. */
export type Check = (value: unknown) => Flaw | undefined

/** The fields that must be there. */
type RequiredOf<T> = { [K in keyof T]-?: Record<never, never> extends Pick<T, K> ? never : K }[keyof T]
type Demanded<T> = { readonly [K in RequiredOf<T>]: Check }
type Optional<T> = { readonly [K in Exclude<keyof T, RequiredOf<T>>]: Check }

/** A field, and what it has to be. */
interface Row {
  readonly name: string
  readonly isDemanded: boolean
  readonly check: Check
}

/**
 * What the fields of a noun have to be, so that a field added to it is not forgotten. Made when it is first looked at: what stands in a file as a call is kept by
 * bundlers, unless it is marked as pure and its arguments are none.
 */
export interface Form<T> {
  readonly expected: string
  rows(): readonly Row[]
  /** Names the noun, and holds nothing. */
  readonly of?: T
}

/**
 * Makes the form of a noun.
 *
 * @param expected what it is called where something else is met: `an entry`
 */
export function makeForm<T>(expected: string, fields: () => { demanded: Demanded<T>; optional: Optional<T> }): Form<T> {
  let rows: readonly Row[] | undefined
  const make = () => {
    const { demanded, optional } = fields()
    return [...rowsOf(demanded, true), ...rowsOf(optional, false)]
  }
  return { expected, rows: () => (rows ??= make()) }
}

function rowsOf(checks: object, isDemanded: boolean): Row[] {
  return Object.entries<Check>({ ...checks }).map(([name, check]) => ({ name, isDemanded, check }))
}

/** A check of the value itself, by a test. */
export function aValue(expected: string, test: (value: unknown) => boolean): Check {
  return value => (test(value) ? undefined : { path: '', expected, value })
}

export const aText = aValue('a text', value => typeof value === 'string')
export const aFlag = /* @__PURE__ */ aValue('true or false', value => typeof value === 'boolean')
export const aNumber = /* @__PURE__ */ aValue('a number', value => typeof value === 'number')
export const anAmount = /* @__PURE__ */ aValue('a number, 0 or more', value => typeof value === 'number' && value >= 0)
export const aWholeNumber = /* @__PURE__ */ aValue('a whole number, 1 or more', value => Number.isSafeInteger(value) && Number(value) > 0)
export const aFunction = /* @__PURE__ */ aValue('a function', value => typeof value === 'function')
export const aTable = /* @__PURE__ */ aValue('an object', isTable)

/** One of these words. */
export function oneOf(...words: readonly string[]): Check {
  const known: ReadonlySet<unknown> = new Set(words)
  return aValue(`one of ${words.map(word => `\`${word}\``).join(', ')}`, value => known.has(value))
}

/** This value, or what another check lets pass. */
export function either(word: unknown, check: Check): Check {
  return value => {
    const flaw = value === word ? undefined : check(value)
    return flaw && { ...flaw, expected: `${flaw.expected}, or ${word}` }
  }
}

/** A list each of whose places holds such a value: one with holes has nothing there. */
export function aListOf(check: Check, expected = 'a list', { isFilled = false }: { isFilled?: boolean } = {}): Check {
  return value => {
    if (!Array.isArray(value) || (isFilled && value.length === 0)) return { path: '', expected, value }
    for (let index = 0; index < value.length; index++) {
      const flaw = check(value[index])
      if (flaw !== undefined) return within(`[${index}]`, flaw)
    }
    return undefined
  }
}

/** An object of a form. Further fields may stand beside: a program may keep its own there. */
export function anObjectOf<T>(form: Form<T>): Check {
  return value => findFlaw(value, form)
}

/** An object in which these fields hold text; the rest is not looked at. */
export function anObjectWith(...names: readonly string[]): Check {
  const rows = names.map(name => ({ name, isDemanded: true, check: aText }))
  return value => findFlaw(value, { expected: 'an object', rows: () => rows })
}

/** The options of a function, each of which may be absent. */
export function optionsOf<T>(checks: () => { readonly [K in keyof T]-?: Check }): Check {
  let rows: readonly Row[] | undefined
  return value => findFlaw(value, { expected: 'an object', rows: () => (rows ??= rowsOf(checks(), false)) })
}

/** The first thing that is wrong with what should be of a form. */
export function findFlaw<T>(value: unknown, form: Form<T>): Flaw | undefined {
  const { expected } = form
  if (!isTable(value)) return { path: '', expected, value }
  for (const { name, isDemanded, check } of form.rows()) {
    const field = value[name]
    const flaw = field !== undefined || isDemanded ? check(field) : undefined
    if (flaw === undefined) continue
    if (isMistaken(value)) return { path: '', expected, value }
    const { id } = value
    return { ...(typeof id === 'string' ? { id } : {}), ...within(name, flaw) }
  }
  return undefined
}

/** Whether a value is of a form. */
export function hasForm<T>(value: unknown, form: Form<T>): value is T {
  return findFlaw(value, form) === undefined
}

/**
 * Refuses what does not pass a check, with a `WeekloomError` that says where in it something is wrong, and what was meant.
 *
 * @param given what it is, as the message begins: `The feed to write`
 */
export function assertForm(value: unknown, check: Check, given: string): void {
  const flaw = check(value)
  if (flaw === undefined) return
  const { path, id } = flaw
  const owner = id === undefined ? '' : ` (id “${id.slice(0, longestId)}”)`
  assertInput(false, path === '' ? given : `${given}: \`${path}\`${owner}`, flaw.value, flaw.expected)
}

/** Characters of an id that are shown. */
const longestId = 200

function within(place: string, flaw: Flaw): Flaw {
  const path = flaw.path === '' || flaw.path.startsWith('[') ? `${place}${flaw.path}` : `${place}.${flaw.path}`
  return { ...flaw, path }
}

/** Whether a value is an object, and no list. */
export function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
