import * as z from 'zod/mini'
import { explainZone } from '../text/explain-zone.js'
import { isTimeZone } from '../text/zone.js'
import { findMistakes, OptionsError } from './option-mistakes.js'
import { explainPermalink } from './permalink.js'

const text = z.string()
const texts = z.readonly(z.array(text))
const oneOrMore = z.union([text, texts])
const permalink = text.check(
  z.refine(pattern => explainPermalink(pattern) === undefined, { error: ({ input }) => explainPermalink(String(input)) }),
)
export const zone = text.check(z.refine(isTimeZone, { error: ({ input }) => explainZone(String(input)) }))
export const count = z.number().check(z.int(), z.nonnegative())
export const functionNamed = <T>(shape: string) => z.custom<T>(value => typeof value === 'function', `must be a function: ${shape}`)
/** What a pattern may be is told by `matchEntry`, which knows its fields. */
const pattern = z.unknown()

const parser = z.custom(
  value => typeof value === 'object' && value !== null && typeof Reflect.get(value, 'parseString') === 'function',
  'must be a parser of the package rss-parser',
)

const named = { name: z.optional(text.check(z.minLength(1))) }
const filters = {
  include: z.optional(pattern),
  exclude: z.optional(pattern),
  map: z.optional(functionNamed('entry => entry, where undefined for an entry leaves it out')),
  limit: z.optional(count),
  tags: z.optional(texts),
}

const reading = { pages: z.optional(count), parser: z.optional(parser), timeZone: z.optional(zone) }

/** The options of each source: strict, so that a mistyped name is answered with the one that was meant. */
export const sourceSchemas = {
  weekly: z.strictObject({
    ...named,
    url: z.optional(z.union([permalink, z.readonly(z.array(permalink)), functionNamed('post => address')])),
    timeZone: z.optional(zone),
    site: z.optional(oneOrMore),
    base: z.optional(text.check(z.regex(/^\//, 'must begin with a slash'))),
    pictures: z.optional(z.literal('copy')),
    links: z.optional(functionNamed('(link, post) => boolean')),
    entries: z.optional(z.readonly(z.array(z.enum(['questions', 'releases', 'events'])))),
  }),
  articles: z.strictObject({ ...named, ...filters, pages: z.optional(count) }),
  feeds: z.strictObject({ ...named, ...filters, ...reading }),
  opml: z.strictObject({ ...named, ...filters, ...reading, folders: z.optional(texts) }),
} as const

/** A build is refused in which an interface of options and its schema have different keys. */
type SameKeys<A, B> = [keyof A, keyof B] extends [keyof B, keyof A] ? unknown : never
type SchemaOf<K extends keyof typeof sourceSchemas> = z.infer<(typeof sourceSchemas)[K]>

/** Checks the options of a source when it is made. Throws an {@link OptionsError} whose paths begin with the source's name. */
export function assertSourceOptions<K extends keyof typeof sourceSchemas, O extends object>(
  source: K,
  options: O & SameKeys<O, SchemaOf<K>>,
): void {
  const mistakes = findMistakes(sourceSchemas[source], options)
  if (mistakes.length > 0)
    throw new OptionsError(mistakes.map(mistake => ({ ...mistake, path: [source, mistake.path].filter(part => part !== '').join('.') })))
}

/** What a source is made of, as a list. Throws an {@link OptionsError} for what is no text: often a variable that is not set. */
export function readPlaces(source: keyof typeof sourceSchemas, places: string | readonly string[]): readonly string[] {
  const list: readonly unknown[] = [places].flat()
  const wrong = list.find(place => typeof place !== 'string')
  if (list.every(place => typeof place === 'string')) return list
  throw new OptionsError([{ path: source, message: `must be made of texts, not of ${String(wrong)}` }])
}
