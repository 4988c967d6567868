import { type PageText, pageTextOf } from './page-text.js'

/** A page in two parts. */
export interface PageParts {
  /** The page without scripts and styles: these hold templates with the very attributes by which a page is known. */
  markup: PageText
  /** What its scripts say: an article about pages like this one may hold their statements as text. */
  scripts: PageText
}

const rawElement = /<(script|style)[\s>/]/gi
const scriptEnd = /<\/script/gi
const styleEnd = /<\/style/gi

/** Parts the markup of a page from its scripts. Linear. */
export function partPage(page: PageText): PageParts {
  const html = page.slice()
  const markup: string[] = []
  const scripts: string[] = []
  let from = 0
  rawElement.lastIndex = 0
  for (let start = rawElement.exec(html); start !== null; start = rawElement.exec(html)) {
    const name = (start[1] ?? '').toLowerCase()
    const endTag = name === 'script' ? scriptEnd : styleEnd
    markup.push(html.slice(from, start.index))
    const open = html.indexOf('>', start.index)
    endTag.lastIndex = open
    const end = open < 0 ? -1 : (endTag.exec(html)?.index ?? -1)
    if (name === 'script' && open >= 0) scripts.push(html.slice(open + 1, end < 0 ? html.length : end), '\n')
    const close = end < 0 ? -1 : html.indexOf('>', end)
    from = close < 0 ? html.length : close + 1
    rawElement.lastIndex = from
  }
  markup.push(html.slice(from))
  return { markup: pageTextOf(markup.join('')), scripts: pageTextOf(scripts.join('')) }
}
