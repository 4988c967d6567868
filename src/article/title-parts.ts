/** What stands between the title of a page and the name of its site. */
const separator = /\s+[|\-–—·•:»«<>/\\]+\s+|\s*[|_｜]\s*|\s+-|-\s+/g
const mostParts = 20

/**
 * A title without the name of the site before or behind it. What is cut must be known: it stands behind a heading of the page, or it is one of the names of the site.
 * Else the title stays whole.
 */
export function titleWithoutSite(title: string, headings: readonly string[], sites: readonly string[]): string {
  const breaks = [...title.matchAll(separator)].slice(0, mostParts).map(({ index, 0: { length } }) => ({ from: index, to: index + length }))
  const same = (one: string) => (other: string) => other.toLowerCase() === one.toLowerCase()
  const heads = breaks.map(({ from }) => title.slice(0, from))
  const tails = breaks.map(({ to }) => title.slice(to))
  const heading = heads.find(part => part.length > 1 && headings.some(same(part)) && !sites.some(same(part)))
  if (heading !== undefined) return heading
  const behind = breaks.findIndex(({ to }) => sites.some(same(title.slice(to))))
  if (behind >= 0) return heads[behind] || title
  const before = breaks.findIndex(({ from }) => sites.some(same(title.slice(0, from))))
  return tails[before] || title
}
