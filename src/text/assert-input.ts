import { WeekloomError } from '../problems.js'

/**
 * Refuses what a program without types hands over by mistake: says at the door what was given and what was meant, where the depth would say that some property is
 * undefined.
 *
 * @param given what it is, as the message begins: `The post`
 * @param expected in words
 */
export function assertInput(isFit: boolean, given: string, value: unknown, expected: string): asserts isFit {
  if (!isFit) throw new WeekloomError(`${given} must be ${expected}, not ${nameOf(value)}.`, hintFor(value))
}

/** Whether it is text, or bytes of one. */
export function isTextOrBytes(value: unknown): value is string | Uint8Array {
  return typeof value === 'string' || value instanceof Uint8Array
}

function nameOf(value: unknown): string {
  if (value === undefined || value === null) return String(value)
  if (isOutcome(value)) return 'an outcome'
  if (value instanceof Uint8Array) return 'bytes'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}

function hintFor(value: unknown): string {
  if (isOutcome(value)) return 'Look at its `ok`, and hand over its `value`.'
  if (value instanceof Uint8Array) return "Decode it: readFileSync(path, 'utf8'), or new TextDecoder().decode(bytes)."
  return 'Look at what is handed over: often a variable that is not set, or a promise without `await`.'
}

function isOutcome(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'ok' in value && ('value' in value || 'problem' in value)
}
