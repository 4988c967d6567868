import * as z from 'zod/mini'
import { isExtractor } from '../article/is-extractor.js'
import { findMistakes, type OptionMistake, OptionsError } from '../sources/option-mistakes.js'
import { count, functionNamed, zone } from '../sources/source-schemas.js'
import { explainLanguage, isLanguageTag } from '../text/language.js'
import { nearestName } from '../text/nearest-name.js'
import type { Article, Entry, Extractor, Output, Post, Source, Store } from '../types.js'
import { findEntangled } from './apart-folders.js'
import { findSharedFiles } from './file-names.js'
import { explainHost, nameOfHost } from './host-keys.js'
import type { Hook, Options, ProgressEvent } from './options.js'
import { hasPlainName, isOutput } from './own-outputs.js'

const hubAddress = z.url({ protocol: /^https?$/, error: 'must be the absolute address of a hub' })
const webAddress = z.url({ protocol: /^https?$/, error: 'must be an absolute address that begins with https:// or http://' })
const otherWay = z.url({ protocol: /^https?$/, error: 'must be the address that is asked instead, such as http://127.0.0.1:8080' })
const positive = z.number().check(z.positive())
/** A timer that is longer goes off at once. */
const longestTimer = 2_147_483_647
const oneOrMore = z.number().check(z.int(), z.positive())
const person = z.strictObject({ name: z.string(), url: z.optional(z.string()), email: z.optional(z.string()) })
const fileOrNone = z.union([
  z.string().check(z.regex(/^[^/\\.][^/\\]*$/, 'must be the name of a file in the output folder')),
  z.literal(false, { error: 'must be the name of a file in the output folder, or false' }),
])
const hasMethods =
  (...names: string[]) =>
  (value: unknown) =>
    typeof value === 'object' && value !== null && names.every(name => name in value && typeof Reflect.get(value, name) === 'function')

/** Keys that name hosts: any other would be looked up for none, so that the option would do nothing. */
const hostKey = (...others: string[]) =>
  z
    .string()
    .check(
      z.refine(key => others.includes(key) || nameOfHost(key) === key.toLowerCase(), { error: ({ input }) => explainHost(String(input)) }),
    )

const pictureWays: readonly string[] = ['no-referrer', 'keep', 'copy']
const explainImages = (given: string) => {
  const meant = nearestName(given, pictureWays)
  return `must be 'no-referrer', 'keep', 'copy', or an address that begins with https:// and has {url} in it${meant === undefined ? '' : `; did you mean '${meant}'?`}`
}

const feedOptions = z.strictObject({
  of: z.optional(z.enum(['all', 'issues', 'articles', 'questions', 'releases', 'events'])),
  per: z.optional(z.enum(['account', 'tag', 'section'])),
  limit: z.optional(z.union([count, z.literal(false)])),
  maxAge: z.optional(positive),
  content: z.optional(z.enum(['full', 'summary', 'title'])),
  title: z.optional(z.string()),
  description: z.optional(z.string()),
  maxBytes: z.optional(z.union([positive, z.literal(false)])),
  archive: z.optional(z.union([oneOrMore, z.literal(false)])),
})

const schema = z
  .strictObject({
    site: z.strictObject({
      title: z.string().check(z.minLength(1)),
      url: webAddress,
      description: z.optional(z.string()),
      language: z.optional(z.string().check(z.refine(isLanguageTag, { error: ({ input }) => explainLanguage(String(input)) }))),
      timeZone: z.optional(zone),
      authors: z.optional(z.readonly(z.array(person))),
      image: z.optional(webAddress),
      rights: z.optional(z.string()),
    }),
    sources: z.readonly(
      z
        .array(
          z.custom<Source>(hasMethods('read'), 'must be a source: weekly(), articles(), feeds(), opml(), or an object with name and read'),
        )
        .check(z.minLength(1, 'must name at least one source')),
    ),
    feeds: z.optional(
      z.readonly(
        z
          .record(
            z.string().check(z.regex(/^[a-z0-9][a-z0-9-]*$/i, 'must have a name of letters, digits and -, since it is a folder')),
            feedOptions,
          )
          .check(
            z.refine(feeds => Object.keys(feeds).length > 0, 'must name at least one feed'),
            z.refine(
              feeds => new Set(Object.keys(feeds).map(name => name.toLowerCase())).size === Object.keys(feeds).length,
              'must have names that differ in more than case, since each is a folder',
            ),
          ),
      ),
    ),
    opml: z.optional(fileOrNone),
    calendar: z.optional(fileOrNone),
    page: z.optional(fileOrNone),
    output: z.optional(z.string().check(z.minLength(1))),
    baseUrl: z.optional(webAddress),
    hub: z.optional(z.union([hubAddress, z.readonly(z.array(hubAddress))])),
    store: z.optional(
      z.union([
        z.string().check(z.minLength(1)),
        z.custom<Store>(hasMethods('get', 'set', 'remove', 'keys'), 'must be a folder or a store'),
      ]),
    ),
    hosts: z.optional(z.readonly(z.record(hostKey(), otherWay))),
    fetch: z.optional(
      z.strictObject({
        pause: z.optional(z.readonly(z.record(hostKey('*'), z.number().check(z.nonnegative(), z.maximum(Math.floor(longestTimer / 1.3)))))),
        perHost: z.optional(oneOrMore),
        total: z.optional(oneOrMore),
        timeout: z.optional(oneOrMore.check(z.maximum(longestTimer))),
        maxBytes: z.optional(oneOrMore),
        userAgent: z.optional(z.string()),
        maxAge: z.optional(positive),
        robots: z.optional(z.readonly(z.record(hostKey(), z.enum(['obey', 'ignore'])))),
        allowPrivate: z.optional(z.boolean()),
      }),
    ),
    images: z.optional(
      z.string().check(
        z.refine(images => pictureWays.includes(images) || /^https?:\/\/.*\{url\}/i.test(images), {
          error: ({ input }) => explainImages(String(input)),
        }),
      ),
    ),
    fullText: z.optional(z.union([z.boolean(), z.readonly(z.array(z.string()))])),
    network: z.optional(z.enum(['auto', 'frozen', 'refresh'])),
    budget: z.optional(z.strictObject({ requests: z.optional(positive), minutes: z.optional(positive) })),
    extractors: z.optional(
      z.readonly(z.array(z.custom<Extractor>(isExtractor, 'must be an object with name, matches(url) and extract(page)'))),
    ),
    outputs: z.optional(
      z.readonly(
        z.array(
          z
            .custom<Output>(isOutput, 'must be an object with format, mediaType and write(feed)')
            .check(
              z.refine(output => !isOutput(output) || hasPlainName(output), 'must have a plain name as its file (file), such as feed.txt'),
            ),
        ),
      ),
    ),
    failOn: z.optional(
      z.readonly(z.array(z.union([z.enum(['invalid', 'churn', 'new-failures']), z.strictObject({ entriesBelow: count })]))),
    ),
    future: z.optional(z.boolean()),
    onPost: z.optional(functionNamed<Hook<Post>>('post => post, where null for a post leaves it out')),
    onLink: z.optional(functionNamed<NonNullable<Options['onLink']>>('(link, post) => link, where null for a link leaves it out')),
    onArticle: z.optional(functionNamed<Hook<Article>>('article => article, where null for an article leaves it out')),
    onEntry: z.optional(functionNamed<Hook<Entry>>('entry => entry, where null for an entry leaves it out')),
    cwd: z.optional(z.string()),
    now: z.optional(z.iso.datetime({ offset: true, error: 'must be a moment with its zone, such as 2024-05-31T08:00:00Z' })),
    signal: z.optional(z.custom<AbortSignal>(value => value instanceof AbortSignal, 'must be an AbortSignal')),
    onProgress: z.optional(functionNamed<(event: ProgressEvent) => void>('(event) => void')),
  })
  .check(({ value, issues }) => {
    for (const mistaken of [...findSharedFiles(value), ...findEntangled(value)]) issues.push({ code: 'custom', input: value, ...mistaken })
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

/**
 * All mistakes in what was given as options, in the order of the schema.
 *
 * @param more names that are known beside the options
 */
export function findOptionMistakes(options: unknown, more: readonly string[] = []): OptionMistake[] {
  return findMistakes(schema, options, more)
}

/** Throws an {@link OptionsError} that names every mistake. */
export function assertOptions(options: unknown): asserts options is Options {
  const mistakes = findOptionMistakes(options)
  if (mistakes.length > 0) throw new OptionsError(mistakes)
}
