import { extractArticle } from '../article/extract-article.js'
import type { Article } from '../types.js'
import { type Shown, tabulate } from './shown.js'

/** A saved page: each field with its value and the place in the page where it stood. */
export function showPage(text: string, path: string): Shown {
  const outcome = extractArticle({ url: addressOf(text) ?? 'https://mp.weixin.qq.com/s/saved', body: text })
  if (!outcome.ok) return { data: null, text: `${path} is no article: ${outcome.problem.message}\n`, problems: [outcome.problem] }
  return { data: outcome.value, text: describeArticle(outcome.value), problems: outcome.problems ?? [] }
}

/** The address that a saved page states of itself; browsers write one into the file, and most pages name their canonical one. */
function addressOf(html: string): string | undefined {
  const head = html.slice(0, 200_000)
  const [, saved] = /<!-- saved from url=\(\d+\)(\S{1,2000}) -->/.exec(head) ?? []
  const [, stated] = /<meta property="og:url" content="([^"]{1,2000})"/.exec(head) ?? []
  const [, canonical] = /<link rel="canonical" href="([^"]{1,2000})"/.exec(head) ?? []
  return [saved, canonical, stated].find(address => address !== undefined && URL.canParse(address))
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
