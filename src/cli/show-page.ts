import { explainArticle } from '../article/explain-article.js'
import { extractArticle } from '../article/extract-article.js'
import type { Article, ExplainedField } from '../types.js'
import { describePassedOver, type Shown, type ShownInput, tabulate } from './shown.js'

/** A page: each field with its value and the place in the page where it stood, then what other places say. */
export function showPage({ place, body }: ShownInput): Shown {
  const page = { url: place, body }
  const outcome = extractArticle(page)
  if (!outcome.ok) return { data: null, text: `${place} is no article: ${outcome.problem.message}\n`, problems: [outcome.problem] }
  const fields = explainArticle(page)
  return { data: outcome.value, fields, text: describeArticle(outcome.value, fields), problems: outcome.problems ?? [] }
}

function describeArticle(article: Article, explained: readonly ExplainedField[]): string {
  const { html, from, ...fields } = article
  const rows = Object.entries(fields).map(([name, value]): [string, string] => {
    const shown = typeof value === 'string' ? value : JSON.stringify(value)
    return [name, `${shown}${from[name] === undefined ? '' : `  (from ${from[name]})`}`]
  })
  const text = html === undefined ? undefined : `${html.length} characters${from['html'] === undefined ? '' : `  (from ${from['html']})`}`
  return `${tabulate([...rows, ['html', text]])}${describePassedOver(explained)}`
}
