import { parse as parseToml, TomlDate, type TomlValue } from 'smol-toml'
import { causeOf, makeProblem, type Problem, type Where } from '../problems.js'
import { conflictMark, conflictSays } from '../text/git-conflict.js'
import { isFront } from './front-fields.js'
import { mendLoneQuotes, readKeyLines } from './front-matter-lines.js'
import { type FrontTable, type FrontValue, frontKey } from './front-values.js'
import { readPlainYaml } from './plain-yaml.js'
import { readYaml } from './read-yaml.js'

/** The two parts of a post. */
export interface SplitPost {
  data: FrontTable
  /** The Markdown after the front matter. */
  body: string
  /** How many lines stand before `body`. */
  offset: number
  problems: Problem[]
}

/** Front matter longer than this, in UTF-16 units, is read line by line only. */
const maxFrontMatter = 64 * 1024

const maxDepth = 8

/**
 * Parsers of YAML and TOML call themselves for each level, and a stack that runs full ends the whole process when it does so inside a
 * regular expression. So nesting is counted before: lists in brackets, and lists of lists on one line.
 */
function isShallow(block: string): boolean {
  if (/^[ \t]{0,200}(?:[-?:][ \t]{1,20}){12}/m.test(block) || /^[ \t]{200}/m.test(block)) return false
  let depth = 0
  for (let at = 0; at < block.length; at++) {
    const code = block.charCodeAt(at)
    if (code === 0x5b || code === 0x7b) {
      if (++depth > 24) return false
    } else if ((code === 0x5d || code === 0x7d) && depth > 0) depth--
  }
  return true
}

/** Hugo and Astro pass over them. */
const blankLines = /^\s{0,99}\n/

/** A line that is neither a key (a scheme before `//` is none), a part of its value nor a comment. */
const prose = /^(?![\s#]|[\p{L}\p{N}_-]{1,60} ?(?::\s|=))./mu

/** What ends an object; where its brackets do not pair, the first at the beginning of a line is taken. */
const bracket = /(?<=^\})[ \t]*\n?/m

/**
 * Jekyll's, Hugo's and most others' `---` block of YAML, which may name its language; the `+++` block of TOML that Hugo and Zola also know;
 * JSON, as Hexo ends it with `;;;`, and as Hugo has it, an object without marks; and YAML that nothing opens, as older Hexo wrote it. All JSON is YAML.
 */
const forms: readonly { open: RegExp; close: RegExp; read?(block: string): FrontTable; doubtful?: true }[] = [
  {
    open: /^---[ \t]*(?:json|ya?ml)?[ \t]*\n/i,
    close: /^(?:---|\.\.\.)[ \t]*(?:\n|$)/m,
    read: block => readPlainYaml(block) ?? readYaml(block),
  },
  { open: /^(?:---[ \t]*toml|\+\+\+)[ \t]*\n/i, close: /^(?:---|\+\+\+)[ \t]*(?:\n|$)/m, read: readToml },
  // A program, which Eleventy runs; any other word is text behind a line.
  { open: /^---[ \t]*(?:js(?:on5)?|javascript|coffee(?:script)?|cson)[ \t]*\n/i, close: /^---[ \t]*(?:\n|$)/m },
  {
    open: /^(?:;;;[ \t]*\n|(?="[\w-]{1,60}"\s*:))/,
    close: /^;;;[ \t]*(?:\n|$)/m,
    read: block => readYaml(/^\s*\{/.test(block) ? block : `{${block}}`),
  },
  { open: /^(?=\{\s*"[\w-]{1,60}"\s*:)/, close: bracket, read: readYaml },
  {
    open: /^(?=(?:title|date|layout)[ \t]?:[^\n]*\n(?:[^\n]+\n){0,99}?---[ \t]*(?:\n|$))/i,
    close: /^---[ \t]*(?:\n|$)/m,
    read: readYaml,
    doubtful: true,
  },
]

/** Where the bracket stands that closes the object at the beginning of a text; 0 when none does. */
function endOfObject(text: string): number {
  let depth = 0
  for (const { 0: sign, index } of text.matchAll(/"(?:[^"\\\n]|\\.){0,9999}"?|[{}]/g)) {
    if (sign === '{') depth++
    else if (sign === '}' && --depth === 0) return index
  }
  return 0
}

/**
 * Takes the front matter off a post: YAML, TOML or JSON in the forms above, or the `Key: value` lines of Pelican; none at all is fine too.
 * What no parser takes is mended, else read line by line, with `POST_FRONT_MATTER_BROKEN`: no post is lost by a quote. Behind blank lines, and where
 * nothing opens it, a block may be text between lines across the page: there it has a known key, and no prose if no parser takes it.
 * @param text with `\n` line ends and without a byte order mark
 */
export function splitFrontMatter(text: string, where: Where): SplitPost {
  const lead = blankLines.exec(text)?.[0] ?? ''
  for (const { open, close, read, doubtful = lead !== '' } of forms) {
    const opening = open.exec(text.slice(lead.length))?.[0]
    if (opening === undefined) continue
    const rest = text.slice(lead.length + opening.length)
    const from = close === bracket ? endOfObject(rest) : 0
    const closing = close.exec(rest.slice(from))
    if (!closing) continue
    const end = from + closing.index
    const block = rest.slice(0, end)
    const front = readBlock(block, read, where, countLines(lead + opening))
    if (doubtful && !(isFront(front.data) && (front.problems.length === 0 || !prose.test(block)))) continue
    const body = rest.slice(end + closing[0].length)
    const offset = countLines(text.slice(0, text.length - body.length))
    return { ...front, body, offset }
  }
  return splitPelican(text) ?? { data: new Map(), body: text, offset: 0, problems: [] }
}

function countLines(text: string): number {
  return text.split('\n').length - 1
}

/** @param above how many lines stand before the block */
function readBlock(
  block: string,
  read: ((text: string) => FrontTable) | undefined,
  where: Where,
  above: number,
): { data: FrontTable; problems: Problem[] } {
  if (!read || block.length > maxFrontMatter || !isShallow(block)) {
    const message = `The front matter is ${read ? 'too long or too deeply nested; it was read key by key' : 'none of YAML, TOML and JSON'}.`
    const problem = makeProblem('POST_FRONT_MATTER_BROKEN', { ...where, line: 1 }, message)
    return { data: readKeyLines(read ? block.slice(0, maxFrontMatter) : ''), problems: [problem] }
  }
  try {
    return { data: read(block), problems: [] }
  } catch (error) {
    const mark = block.search(conflictMark)
    const line = (mark < 0 ? lineOfError(error) : countLines(block.slice(0, mark)) + 1) + above
    const report = (what: string) => [
      makeProblem('POST_FRONT_MATTER_BROKEN', { ...where, line }, `The front matter cannot be parsed at line ${line}; ${what}.`, {
        cause: mark < 0 ? (causeOf(error).split('\n')[0] ?? '') : conflictSays,
      }),
    ]
    try {
      return { data: read(mendLoneQuotes(block)), problems: report('a quote that stands alone on its line was joined to the line before') }
    } catch {
      return { data: readKeyLines(block), problems: report('it was read key by key') }
    }
  }
}

/** The line in the block, from 1, that a parser names. */
function lineOfError(error: unknown): number {
  return typeof error === 'object' && error !== null && 'line' in error && typeof error.line === 'number' ? error.line : 1
}

function readToml(text: string): FrontTable {
  return tableOf(parseToml(text), 0)
}

function tableOf(table: Readonly<Record<string, TomlValue>>, depth: number): FrontTable {
  return new Map(Object.entries(table).map(([key, value]) => [frontKey(key), toFront(value, depth + 1)]))
}

function toFront(value: TomlValue, depth: number): FrontValue {
  if (depth > maxDepth) return ''
  if (value instanceof TomlDate) return value.toISOString()
  if (Array.isArray(value)) return value.map(item => toFront(item, depth + 1))
  return typeof value === 'object' ? tableOf(value, depth) : String(value)
}

/** Pelican: `Title: …` and other keys from the first line to the first empty one. */
function splitPelican(text: string): SplitPost | undefined {
  if (!/^(?:title|date|author|category|slug)\s{0,4}:/i.test(text)) return undefined
  const end = text.indexOf('\n\n')
  const block = end < 0 ? text : text.slice(0, end)
  const lines = block.split('\n')
  if (block.length > maxFrontMatter || !lines.every(line => /^(?:[A-Za-z][\w-]{0,40}\s{0,4}:|\s+\S)/.test(line))) return undefined
  const data = readKeyLines(block)
  if (!data.has('title')) return undefined
  return { data, body: end < 0 ? '' : text.slice(end + 1), offset: lines.length, problems: [] }
}
