import { basename } from 'node:path'
import { explainArticle } from '../article/explain-article.js'
import { extractArticle } from '../article/extract-article.js'
import type { Article, ExplainedField } from '../types.js'
import { describePassedOver, type Shown, type ShownInput, tabulate } from './shown.js'

/** A page, read as a build with this config reads it: each field with its value and the place in the page where it stood, then what other places say. */
export function showPage({ place, body, extractors, config }: ShownInput): Shown {
  const page = { url: place, body }
  const outcome = extractArticle(page, { extractors })
  const problems = [...(outcome.problems ?? []), ...(outcome.ok ? [] : [outcome.problem])]
  if (!outcome.ok) return { data: null, text: `${place} is no article: ${outcome.problem.message}\n`, problems }
  const fields = explainArticle(page, { extractors })
  const isOwn = extractors.some(({ name }) => name === outcome.value.extractor)
  const reader = `${outcome.value.extractor}${isOwn ? `  (yours, of ${basename(config)})` : ''}`
  return { data: outcome.value, fields, text: describeArticle(outcome.value, reader, fields), problems }
}

function describeArticle(article: Article, reader: string, explained: readonly ExplainedField[]): string {
  const { html, from, ...fields } = article
  const rows = Object.entries({ ...fields, extractor: reader }).map(([name, value]): [string, string] => {
    const shown = typeof value === 'string' ? value : JSON.stringify(value)
    return [name, `${shown}${from[name] === undefined ? '' : `  (from ${from[name]})`}`]
  })
  const text = html === undefined ? undefined : `${html.length} characters${from['html'] === undefined ? '' : `  (from ${from['html']})`}`
  return `${tabulate([...rows, ['html', text]])}${describePassedOver(explained)}${describeSilent(article.extractor, explained)}`
}

/** Places of a known site that had nothing to read, and what was read instead. */
function describeSilent(site: string, fields: readonly ExplainedField[]): string {
  const rows = fields.flatMap(({ field, taken, silent }): [string, string][] =>
    silent === undefined
      ? []
      : [[field, `${silent.join(', ')}  (${taken === undefined ? 'it stays absent' : `${taken.place} was taken instead`})`]],
  )
  return rows.length === 0 ? '' : `\nnothing where ${site} has it\n${tabulate(rows, '  ')}`
}
