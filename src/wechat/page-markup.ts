import { type PageText, pageTextOf } from './page-text.js'

/** Elements whose text is no markup: the scripts of a page hold templates with the very attributes by which a page is known. */
const rawElements = ['script', 'style'] as const

/** The page without its scripts and styles. */
export function markupOf(page: PageText): PageText {
  let html = page.slice(0, page.length)
  for (const name of rawElements) html = cutElements(html, name)
  return pageTextOf(html)
}

/** The text without the elements of a name, which hold no elements of their own. Linear. */
function cutElements(html: string, name: string): string {
  const pieces: string[] = []
  let from = 0
  for (let start = html.indexOf(`<${name}`); start >= 0; start = html.indexOf(`<${name}`, from)) {
    pieces.push(html.slice(from, start))
    const end = html.indexOf(`</${name}`, start)
    const close = end < 0 ? -1 : html.indexOf('>', end)
    if (close < 0) return pieces.join('')
    from = close + 1
  }
  pieces.push(html.slice(from))
  return pieces.join('')
}
