import { explainArticle } from '../article/explain-article.js'
import { extractArticle } from '../article/extract-article.js'
import type { Article } from '../types.js'
import type { ExplainedField } from '../wechat/explain-fields.js'
import { type Shown, tabulate } from './shown.js'

/** A saved page: each field with its value and the place in the page where it stood, and what other places say of it that were passed over. */
export function showPage(text: string, path: string): Shown {
  const page = { url: path, body: text }
  const outcome = extractArticle(page)
  if (!outcome.ok) return { data: null, text: `${path} is no article: ${outcome.problem.message}\n`, problems: [outcome.problem] }
  const explained = explainArticle(page)
  return {
    data: { ...outcome.value, explained },
    text: describeArticle(outcome.value) + describePassedOver(explained),
    problems: outcome.problems ?? [],
  }
}

function describeArticle(article: Article): string {
  const { html, from, ...fields } = article
  const rows = Object.entries(fields).map(([name, value]): [string, string] => {
    const shown = typeof value === 'string' ? value : JSON.stringify(value)
    return [name, `${shown}${from[name] === undefined ? '' : `  (from ${from[name]})`}`]
  })
  return tabulate([
    ...rows,
    ['html', html === undefined ? undefined : `${html.length} characters${from['html'] === undefined ? '' : `  (from ${from['html']})`}`],
  ])
}

/** Places that say the same as the one that was believed are not worth a line. */
function describePassedOver(explained: readonly ExplainedField[]): string {
  const rows = explained.flatMap(({ field, taken, passedOver }) =>
    passedOver
      .filter(({ value }) => value !== taken?.value || value === undefined)
      .map(({ place, value }): [string, string] => [field, `${place}: ${value ?? 'cannot be read as such a field'}`]),
  )
  return rows.length === 0 ? '' : `\nPassed over\n${tabulate(rows, '  ')}`
}
