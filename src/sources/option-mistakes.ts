import * as z from 'zod/mini'
import { WeekloomError } from '../problems.js'
import { nearestName } from '../text/nearest-name.js'

/** A mistake in the options: which key, what is wrong, which name was meant. */
export interface OptionMistake {
  /** Path of the key, e.g. `fetch.pause`. */
  path: string
  message: string
  /** The known key that is nearest to it. */
  meant?: string
}

/** Thrown for options that cannot be. */
export class OptionsError extends WeekloomError {
  readonly mistakes: readonly OptionMistake[]

  /** @param explain one mistake as a line */
  constructor(mistakes: readonly OptionMistake[], explain: (mistake: OptionMistake) => string = explainMistake) {
    super(mistakes.map(explain).join('\n'), 'Every option is described where `Options` declares it, and in docs/options.md.')
    this.mistakes = mistakes
  }
}

/** All mistakes in what was given for a schema, in its order. */
export function findMistakes(schema: z.core.$ZodType, options: unknown): OptionMistake[] {
  const result = z.safeParse(schema, options)
  if (result.success) return []
  return result.error.issues.flatMap(issue => {
    const path = issue.path.map(String).join('.')
    if (issue.code !== 'unrecognized_keys') return [{ path, message: describe(issue) }]
    return issue.keys.map(key => {
      const meant = nearestName(key, knownKeys(schema, issue.path.map(String)))
      return { path: path ? `${path}.${key}` : key, message: 'is not an option', ...(meant ? { meant } : {}) }
    })
  })
}

/** One mistake as a line for people. */
export function explainMistake({ path, message, meant }: OptionMistake): string {
  return `Option ${path || '(all)'}: ${message}${meant ? `; did you mean ${meant}?` : ''}`
}

/** Whether the schema has no words of its own for it. */
function isUnsaid({ message }: z.core.$ZodIssue): boolean {
  return message === 'Invalid input'
}

/** What the schemas call types, where people say otherwise. */
const typeNames: Readonly<Record<string, string>> = { int: 'a whole number', array: 'a list' }

function describe(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') return `must be ${typeNames[issue.expected] ?? issue.expected}`
  if (issue.code === 'invalid_value') return `must be one of ${issue.values.map(value => JSON.stringify(value)).join(', ')}`
  if (issue.code === 'too_small' && isUnsaid(issue)) {
    if (issue.origin === 'string' || issue.origin === 'array') return 'must not be empty'
    return `must be ${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}`
  }
  if (issue.code === 'invalid_union') {
    const inner = issue.errors.flat().map(describe)
    return inner.length > 0 ? [...new Set(inner)].join(', or ') : 'has a value that is not known'
  }
  return issue.message
}

function knownKeys(schema: unknown, path: readonly string[]): string[] {
  let here: unknown = schema
  for (const step of path) here = stepInto(unwrap(here), step)
  const object = unwrap(here)
  return object instanceof z.ZodMiniObject ? Object.keys(object.def.shape) : []
}

function stepInto(from: unknown, step: string): unknown {
  if (from instanceof z.ZodMiniObject) return from.def.shape[step]
  if (from instanceof z.ZodMiniRecord) return from.def.valueType
  if (from instanceof z.ZodMiniArray) return from.def.element
  return undefined
}

function unwrap(type: unknown): unknown {
  let here = type
  while (here instanceof z.ZodMiniOptional || here instanceof z.ZodMiniReadonly) here = here.def.innerType
  return here
}
