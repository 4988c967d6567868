import * as z from 'zod/mini'
import { WeekloomError } from '../problems.js'
import { nearestName } from '../text/nearest-name.js'
import { homepage } from '../version.js'

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
    super(
      mistakes.map(explain).join('\n'),
      `Every option is described at ${homepage}/blob/main/docs/options.md, and by the editor where \`defineConfig\` is used.`,
    )
    this.mistakes = mistakes
  }
}

/**
 * All mistakes in what was given for a schema, in its order.
 *
 * @param more names that are known at the top beside those of the schema
 */
export function findMistakes(schema: z.core.$ZodType, options: unknown, more: readonly string[] = []): OptionMistake[] {
  // A program that uses zod itself sets the words of all that use it: without words of the schema, there are none.
  const result = z.safeParse(schema, options, { reportInput: true, error: () => unsaid })
  if (result.success) return []
  const mistakes = result.error.issues.flatMap(insideUnion).flatMap((issue): OptionMistake[] => {
    const path = pathOf(issue.path)
    if (issue.code !== 'unrecognized_keys') return [{ path, message: describe(issue) + nearestValue(issue) }]
    return issue.keys.map(key => {
      const meant = nearestName(key, [...knownKeys(schema, issue.path.map(String)), ...(path === '' ? more : [])])
      return { path: path ? `${path}.${key}` : key, message: 'is not an option', ...(meant ? { meant } : {}) }
    })
  })
  // What is missing because its name is mistyped is one mistake.
  const meant = new Set(mistakes.flatMap(mistake => (mistake.meant ? [mistake.path.replace(/[^.]*$/, mistake.meant)] : [])))
  return mistakes.filter(({ path, message }) => message !== missing || !meant.has(path))
}

/** What is wrong inside an object that stands where one of several shapes may, rather than that it has none of them. */
function insideUnion(issue: z.core.$ZodIssue): readonly z.core.$ZodIssue[] {
  if (issue.code !== 'invalid_union') return [issue]
  const inside = issue.errors.find(
    inner => inner.length > 0 && inner.every(({ code, path }) => code === 'unrecognized_keys' || path.length > 0),
  )
  return inside?.map(inner => ({ ...inner, path: [...issue.path, ...inner.path] })) ?? [issue]
}

/** A key of nothing is told by what holds it. */
function pathOf(path: readonly PropertyKey[]): string {
  return path
    .map(String)
    .filter(key => key !== '')
    .join('.')
}

/** One mistake as a line for people. */
export function explainMistake({ path, message, meant }: OptionMistake): string {
  return `${path ? `Option ${path}` : 'The options'}: ${message}${meant ? `; did you mean ${meant}?` : ''}`
}

const unsaid = 'Invalid input'

/** Whether the schema has no words of its own for it. */
function isUnsaid({ message }: z.core.$ZodIssue): boolean {
  return message === unsaid
}

const missing = 'is missing'

/** What the schemas call types, where people say otherwise. */
const typeNames: Readonly<Record<string, string>> = {
  int: 'a whole number',
  number: 'a number',
  string: 'a text',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
}

function describe(issue: z.core.$ZodIssue): string {
  if (issue.path.length > 0 && issue.input === undefined) return missing
  if (issue.code === 'invalid_type') return `must be ${typeNames[issue.expected] ?? issue.expected}`
  if (issue.code === 'invalid_value') {
    return `must be ${issue.values.length > 1 ? 'one of ' : ''}${issue.values.map(value => JSON.stringify(value)).join(', ')}`
  }
  if (issue.code === 'too_small' && isUnsaid(issue)) {
    if (issue.origin === 'string' || issue.origin === 'array') return 'must not be empty'
    return `must be ${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}`
  }
  if (issue.code === 'too_big' && isUnsaid(issue)) return `must be at most ${issue.maximum}`
  if (issue.code === 'invalid_key') return issue.issues.map(describe).join(', and ')
  if (issue.code === 'invalid_union') {
    const inner = [...new Set(issue.errors.flat().map(describe))]
    return inner.map((each, index) => (index === 0 ? each : each.replace(/^must be /, ''))).join(', or ') || 'has a value that is not known'
  }
  return issue.message
}

/** What a mistyped word was meant for, where one of a few is expected. */
function nearestValue(issue: z.core.$ZodIssue): string {
  const meant = typeof issue.input === 'string' ? nearestName(issue.input, wordsFor(issue), 1 / 2) : undefined
  return meant === undefined ? '' : `; did you mean ${JSON.stringify(meant)}?`
}

function wordsFor(issue: z.core.$ZodIssue): string[] {
  if (issue.code === 'invalid_union') return issue.errors.flat().flatMap(wordsFor)
  return issue.code === 'invalid_value' ? issue.values.filter(value => typeof value === 'string') : []
}

function knownKeys(schema: unknown, path: readonly string[]): string[] {
  let here: unknown = schema
  for (const step of path) here = stepInto(unwrap(here), step)
  const object = unwrap(here)
  const shapes = object instanceof z.ZodMiniUnion ? object.def.options : [object]
  return shapes.flatMap(shape => (shape instanceof z.ZodMiniObject ? Object.keys(shape.def.shape) : []))
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
