import { checkFeed } from '../feed/check-feed.js'
import { parseFeed } from '../feed/parse-feed.js'
import { counted } from '../text/counted.js'
import { htmlToText } from '../text/html.js'
import { cutText } from '../text/plain.js'
import type { ParsedEntry } from '../types.js'
import { textOf } from './read-place.js'
import { type Shown, type ShownInput, tabulate } from './shown.js'

/** A feed: what it says of itself, its entries with every field that they have, and what is wrong with it. */
export function showFeed({ place, body }: ShownInput): Shown {
  const text = textOf({ body })
  const where = /^https?:/.test(place) ? { url: place } : { file: place }
  const findings = checkFeed(text).map(problem => ({ ...problem, where: { ...where, ...problem.where } }))
  const outcome = parseFeed(body, 'url' in where ? { url: where.url } : {})
  if (!outcome.ok) return { data: null, text: '', problems: [{ ...outcome.problem, where }, ...findings] }
  const { format, info, entries } = outcome.value
  const head = tabulate([['format', format], ...Object.entries(info).map(([name, value]): [string, string] => [name, asText(value)])])
  return {
    data: outcome.value,
    text: `${head}\n${counted(entries.length, 'entry', 'entries')}\n${entries.map(describeEntry).join('')}`,
    problems: findings,
  }
}

function describeEntry(entry: ParsedEntry): string {
  const { title, html, ...fields } = entry
  const rows = Object.entries(fields).map(([name, value]): [string, string] => [name, cutText(asText(value), 200)])
  const text = html === undefined ? undefined : `${html.length} characters: ${cutText(htmlToText(html).replace(/\s+/g, ' '), 80)}`
  return `\n${title ?? '(no title)'}\n${tabulate([...rows, ['html', text]], '  ')}`
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
