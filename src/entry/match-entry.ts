import { WeekloomError } from '../problems.js'
import { htmlToText } from '../text/html.js'
import { compilePattern, type MatchText, PatternFault, type TextPattern } from '../text/linear-pattern.js'
import { nearestName } from '../text/nearest-name.js'
import type { Entry } from '../types.js'

/** A field of an entry that patterns are held against. `text` is all of its words: title, summary, text, authors, account and tags. */
export type EntryField =
  | 'id'
  | 'url'
  | 'title'
  | 'published'
  | 'updated'
  | 'authors'
  | 'account'
  | 'tags'
  | 'summary'
  | 'html'
  | 'image'
  | 'attachments'
  | 'language'
  | 'kind'
  | 'text'

/** Patterns by field: each field named must match, by one of its patterns; of a list (`tags`, `authors`) one part must. */
export type FieldPatterns = { readonly [field in EntryField]?: TextPattern | readonly TextPattern[] }

/**
 * Which entries are meant. A text or an expression is looked for in all the words of an entry, an object in the fields that it names; a function decides by itself.
 *
 * @example '招聘'
 * @example { title: /^织机周报/, tags: ['社区', '发布'] }
 * @example { url: 'https://blog.example/*' }
 */
export type EntryPattern = TextPattern | FieldPatterns | ((entry: Entry) => boolean)

const readers: Readonly<Record<EntryField, (entry: Entry) => readonly (string | undefined)[]>> = {
  id: entry => [entry.id],
  url: entry => [entry.url],
  title: entry => [entry.title],
  published: entry => [entry.published],
  updated: entry => [entry.updated],
  authors: entry => entry.authors.map(author => author.name),
  account: entry => [entry.account?.name],
  tags: entry => entry.tags,
  summary: entry => [entry.summary],
  html: entry => [entry.html === undefined ? undefined : htmlToText(entry.html)],
  image: entry => [entry.image],
  attachments: entry => (entry.attachments ?? []).map(attachment => attachment.url),
  language: entry => [entry.language],
  kind: entry => [entry.kind],
  text: entry => words.flatMap(field => readers[field](entry)),
}
const words = ['title', 'summary', 'account', 'authors', 'tags', 'html'] as const

/** So much of a field is looked at. */
const longest = 100_000

/**
 * Makes patterns ready: an entry is meant when one of them matches. Takes time in proportion to the entry. Throws a `WeekloomError` for a field that entries do not
 * have and an expression that cannot be matched in linear time.
 *
 * @param option how the patterns are called in messages
 */
export function matchEntry(patterns: EntryPattern | readonly EntryPattern[], option: string): (entry: Entry) => boolean {
  const list = [patterns].flat().map(pattern => matchOne(pattern, option))
  return entry => list.some(matches => matches(entry))
}

/** Thrown for patterns that mean nothing. */
export class PatternError extends WeekloomError {
  /**
   * @param option how the pattern is called in messages
   * @param fault what is wrong with it
   */
  constructor(
    readonly option: string,
    readonly fault: string,
    hint: string,
  ) {
    super(`${option}: ${fault}`, hint)
  }
}

function matchOne(pattern: EntryPattern, option: string): (entry: Entry) => boolean {
  if (typeof pattern === 'function') return pattern
  if (typeof pattern === 'string' || pattern instanceof RegExp) return matchOne({ text: pattern }, option)
  if (typeof pattern !== 'object' || pattern === null) throw noPattern(pattern, option)
  const fields = Object.entries(pattern).map(([field, wanted]) => {
    const read = Object.entries(readers).find(([name]) => name === field)?.[1]
    if (!read) throw noField(field, option)
    const matchers = [wanted].flat().map(text => compile(text, `${option}.${field}`))
    return (entry: Entry) => read(entry).some(value => value !== undefined && matchers.some(matches => matches(value.slice(0, longest))))
  })
  return entry => fields.every(matches => matches(entry))
}

function compile(pattern: TextPattern, option: string): MatchText {
  if (typeof pattern !== 'string' && !(pattern instanceof RegExp)) throw noPattern(pattern, option)
  try {
    return compilePattern(pattern)
  } catch (error) {
    if (!(error instanceof PatternFault)) throw error
    throw new PatternError(
      option,
      `${String(pattern)} ${error.message}`,
      'Use an expression without look-around and references, or a function.',
    )
  }
}

function noPattern(pattern: unknown, option: string): PatternError {
  return new PatternError(option, `${String(pattern)} is no pattern`, 'Use a text, in which * stands for anything, or an expression.')
}

function noField(field: string, option: string): PatternError {
  const names = Object.keys(readers)
  const meant = nearestName(field, names)
  return new PatternError(
    option,
    `entries have no field "${field}"${meant === undefined ? '' : `; did you mean ${meant}?`}`,
    `Use one of ${names.join(', ')}.`,
  )
}
