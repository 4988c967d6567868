import { WeekloomError } from '../problems.js'

/**
 * Refuses what a program without types hands over by mistake: says at the door what was given and what was meant, where the depth would say that some property is
 * undefined.
 *
 * @param given what it is, as the message begins: `The post`
 * @param expected in words
 * @param hint what to do, where what was given does not tell
 */
export function assertInput(isFit: boolean, given: string, value: unknown, expected: string, hint = hintFor(value)): asserts isFit {
  if (!isFit) throw new WeekloomError(`${given} must be ${expected}, not ${nameOf(value)}.`, hint)
}

/** Refuses what is no page. */
export function assertPage(page: { url: string; body: string | Uint8Array }): void {
  const given: Partial<typeof page> | null | undefined = page
  const hint = isTextOrBytes(page) ? 'Hand over its address too: `{ url, body }`.' : hintFor(page)
  const isPage = given?.url !== undefined && given.body !== undefined
  assertInput(isPage, 'The page', page, 'an object with `url` and `body`, the page as text or bytes', hint)
  assertInput(typeof given.url === 'string', 'The `url` of the page', given.url, 'a text')
  assertInput(isTextOrBytes(given.body), 'The `body` of the page', given.body, 'text or bytes')
}

/** Whether it is text, or bytes of one. */
export function isTextOrBytes(value: unknown): value is string | Uint8Array {
  return typeof value === 'string' || value instanceof Uint8Array
}

/** Whether it is what functions give beside their value: an outcome that was not looked at, or a promise that was not waited for. */
export function isMistaken(value: unknown): boolean {
  return isOutcome(value) || isPromise(value)
}

function nameOf(value: unknown): string {
  if (value === undefined || value === null || Number.isNaN(value)) return String(value)
  const kind = kinds.find(({ test }) => test(value))
  if (kind !== undefined) return kind.name
  if (typeof value === 'object') return 'an object'
  return `a ${typeof value}${typeof value === 'number' || (typeof value === 'string' && value.length < 20) ? ` (${JSON.stringify(value)})` : ''}`
}

function hintFor(value: unknown): string {
  return (
    kinds.find(({ test }) => test(value))?.hint ??
    'Look at what is handed over: often a variable that is not set. A field that is not there is left out: `null` is a value.'
  )
}

/** What programs hand over by mistake more than once, and what they do instead. */
const kinds: readonly { name: string; test: (value: unknown) => boolean; hint?: string }[] = [
  { name: 'an outcome', test: isOutcome, hint: 'Look at its `ok`, and hand over its `value`.' },
  {
    name: 'bytes',
    test: value => value instanceof Uint8Array,
    hint: "Decode it: readFileSync(path, 'utf8'), or new TextDecoder().decode(bytes).",
  },
  { name: 'a promise', test: isPromise, hint: 'Wait for it: `await`.' },
  { name: 'a date', test: value => value instanceof Date, hint: 'Hand over its text: `date.toISOString()`.' },
  { name: 'an address', test: value => value instanceof URL, hint: 'Hand over its text: `url.href`.' },
  { name: 'a list', test: Array.isArray },
]

function isOutcome(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'ok' in value && ('value' in value || 'problem' in value)
}

function isPromise(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function'
}
