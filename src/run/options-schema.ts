import * as z from 'zod/mini'
import { WeekloomError } from '../problems.js'
import type { Source, Store } from '../types.js'
import type { Options, ProgressEvent } from './options.js'

const positive = z.number().check(z.positive())
const count = z.number().check(z.int(), z.nonnegative())
const person = z.strictObject({ name: z.string(), url: z.optional(z.string()), email: z.optional(z.string()) })
const functionNamed = <T>(shape: string) => z.custom<T>(value => typeof value === 'function', `must be a function ${shape}`)
const hasMethods =
  (...names: string[]) =>
  (value: unknown) =>
    typeof value === 'object' && value !== null && names.every(name => name in value && typeof Reflect.get(value, name) === 'function')

const feedOptions = z.strictObject({
  of: z.optional(z.enum(['all', 'issues', 'articles', 'questions', 'releases', 'events'])),
  limit: z.optional(z.union([count, z.literal(false)])),
  maxAge: z.optional(positive),
  content: z.optional(z.enum(['full', 'summary', 'title'])),
  title: z.optional(z.string()),
  description: z.optional(z.string()),
  maxBytes: z.optional(z.union([positive, z.literal(false)])),
})

const schema = z.strictObject({
  site: z.strictObject({
    title: z.string().check(z.minLength(1)),
    url: z.url({ protocol: /^https?$/, error: 'must be an absolute address that begins with https:// or http://' }),
    description: z.optional(z.string()),
    language: z.optional(z.string()),
    timeZone: z.optional(z.string().check(z.refine(isTimeZone, 'must be the IANA name of a time zone, e.g. Asia/Shanghai'))),
    authors: z.optional(z.readonly(z.array(person))),
    image: z.optional(z.url()),
    rights: z.optional(z.string()),
  }),
  sources: z.readonly(
    z
      .array(z.custom<Source>(hasMethods('read'), 'must be a source: weekly(), articles(), feeds(), or an object with name and read'))
      .check(z.minLength(1, 'must name at least one source')),
  ),
  feeds: z.optional(
    z.readonly(
      z
        .record(z.string().check(z.regex(/^[a-z0-9][a-z0-9-]*$/i, 'must be made of letters, digits and -')), feedOptions)
        .check(z.refine(feeds => Object.keys(feeds).length > 0, 'must name at least one feed')),
    ),
  ),
  output: z.optional(z.string()),
  baseUrl: z.optional(z.url()),
  store: z.optional(z.union([z.string(), z.custom<Store>(hasMethods('get', 'set', 'remove', 'keys'), 'must be a folder or a store')])),
  hosts: z.optional(z.readonly(z.record(z.string(), z.url({ protocol: /^https?$/ })))),
  fetch: z.optional(
    z.strictObject({
      pause: z.optional(z.readonly(z.record(z.string(), z.number().check(z.nonnegative())))),
      perHost: z.optional(positive),
      total: z.optional(positive),
      timeout: z.optional(positive),
      maxBytes: z.optional(positive),
      userAgent: z.optional(z.string()),
      maxAge: z.optional(positive),
      robots: z.optional(z.readonly(z.record(z.string(), z.enum(['obey', 'ignore'])))),
      allowPrivate: z.optional(z.boolean()),
    }),
  ),
  images: z.optional(
    z
      .string()
      .check(
        z.refine(
          images => ['no-referrer', 'keep', 'copy'].includes(images) || images.includes('{url}'),
          "must be 'no-referrer', 'keep', 'copy', or an address with {url} in it",
        ),
      ),
  ),
  fullText: z.optional(z.union([z.boolean(), z.readonly(z.array(z.string()))])),
  network: z.optional(z.enum(['auto', 'frozen', 'refresh'])),
  budget: z.optional(z.strictObject({ requests: z.optional(positive), minutes: z.optional(positive) })),
  failOn: z.optional(z.readonly(z.array(z.union([z.enum(['invalid', 'churn', 'new-failures']), z.strictObject({ entriesBelow: count })])))),
  future: z.optional(z.boolean()),
  cwd: z.optional(z.string()),
  now: z.optional(z.iso.datetime({ offset: true })),
  signal: z.optional(z.custom<AbortSignal>(value => value instanceof AbortSignal, 'must be an AbortSignal')),
  onProgress: z.optional(functionNamed<(event: ProgressEvent) => void>('(event) => void')),
})

/** The interface is written by hand for its documentation; these lines refuse a build in which it and the schema differ. */
type Parsed = z.infer<typeof schema>
type Loose<T> = T extends AbortSignal | ((...args: never[]) => unknown)
  ? T
  : T extends object
    ? { [K in keyof T]: Loose<T[K]> | undefined }
    : T
const interfaceFitsSchema: (options: Options) => Loose<Parsed> = options => options
const schemaKeysFitInterface: (key: keyof Parsed) => keyof Options = key => key
void interfaceFitsSchema
void schemaKeysFitInterface

/** A mistake in the options: which key, what is wrong, which name was meant. */
export interface OptionMistake {
  /** Path of the key, e.g. `fetch.pause`. */
  path: string
  message: string
  /** The key as written, when it is not known. */
  unknownKey?: string
  /** The known key that is nearest to it. */
  meant?: string
}

/** All mistakes in what was given as options, in the order of the schema. */
export function findOptionMistakes(options: unknown): OptionMistake[] {
  const result = z.safeParse(schema, options)
  if (result.success) return []
  return result.error.issues.flatMap(issue => {
    const path = issue.path.map(String).join('.')
    if (issue.code !== 'unrecognized_keys') return [{ path, message: describe(issue) }]
    return issue.keys.map(key => {
      const meant = nearest(key, knownKeys(issue.path.map(String)))
      return { path: path ? `${path}.${key}` : key, message: 'is not an option', unknownKey: key, ...(meant ? { meant } : {}) }
    })
  })
}

/** Throws a {@link WeekloomError} that names every mistake. */
export function assertOptions(options: unknown): asserts options is Options {
  const mistakes = findOptionMistakes(options)
  if (mistakes.length === 0) return
  throw new WeekloomError(mistakes.map(explainMistake).join('\n'), 'See the documentation of the options.')
}

/** One mistake as a line for people. */
export function explainMistake({ path, message, meant }: OptionMistake): string {
  return `Option ${path || '(all)'}: ${message}${meant ? `; did you mean ${meant}?` : ''}`
}

function describe(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') return `must be ${issue.expected}`
  if (issue.code === 'invalid_value') return `must be one of ${issue.values.map(value => JSON.stringify(value)).join(', ')}`
  if (issue.code === 'invalid_union') {
    const inner = issue.errors.flat().map(describe)
    return inner.length > 0 ? [...new Set(inner)].join(', or ') : 'has a value that is not known'
  }
  return issue.message
}

function knownKeys(path: readonly string[]): string[] {
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

/** The known name that a mistyped one is nearest to, when it is near at all. */
function nearest(key: string, known: readonly string[]): string | undefined {
  const ranked = known
    .map(name => ({ name, distance: editDistance(key.toLowerCase(), name.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance)
  const best = ranked[0]
  return best && best.distance <= Math.max(2, Math.floor(best.name.length / 3)) ? best.name : undefined
}

function editDistance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 8) return 9
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 9
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}
