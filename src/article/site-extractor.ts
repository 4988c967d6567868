import { type CheerioAPI, load } from 'cheerio/slim'
import { type Element, isTag } from 'domhandler'
import { htmlToText, parseHtml } from '../text/html.js'
import type { Extractor } from '../types.js'
import { decodeHtml } from './decode-html.js'
import { leaveOut } from './leave-out.js'
import { articleOfMetadata, type SiteKnowledge } from './metadata-article.js'
import type { Place } from './metadata-places.js'
import { underOneRoot } from './one-root.js'
import { readMetadata } from './page-metadata.js'
import { type BodyHints, cleanHtml, type ReadBody } from './readable-body.js'
import type { SiteRow } from './sites.js'
import { wholeArticle } from './whole-article.js'

/** Makes the extractor of a row: fields by its selectors, then as of any page; the body by its selectors, then by what the page marks. */
export function siteExtractor(site: SiteRow): Extractor {
  return {
    name: site.name,
    matches: url => site.host.test(url.hostname) && site.path.test(url.pathname),
    extract(page, { body }) {
      const document = parseHtml(decodeHtml(page.body))
      // Cheerio compares all nodes at the top of a tree with one another at each search, so there must be few.
      const $ = load(underOneRoot(document))
      const metadata = readMetadata(document, page.finalUrl)
      const outcome = articleOfMetadata(page, metadata, knowledgeOf(site, $))
      return outcome.ok ? wholeArticle(outcome.value, { page, document, metadata, body }, hints => readBody(site, $, hints)) : outcome
    },
  }
}

function knowledgeOf(site: SiteRow, $: CheerioAPI): SiteKnowledge {
  const places = Object.entries(site.fields).map(([field, selectors]): [string, readonly Place[]] => [
    field,
    selectors.map(selector => placeOf(selector, field, $)),
  ])
  const { around } = site
  const titleTag: Place = {
    name: 'title',
    read({ title = '' }) {
      const bare = title
        .slice(0, longestTitle)
        .replace(around ?? '', '')
        .trim()
      return bare === title ? undefined : bare
    },
  }
  if (around !== undefined) places.push(['title', [...(places.find(([field]) => field === 'title')?.[1] ?? []), titleTag]])
  return { name: site.name, ...(site.timeZone === undefined ? {} : { timeZone: site.timeZone }), places: Object.fromEntries(places) }
}

const longestTitle = 1_000
/** So many elements that a selector finds are looked at for a date. */
const mostDates = 20

function placeOf(selector: string, field: string, $: CheerioAPI): Place {
  const [query = '', attribute] = selector.split('@')
  const textOf = (element: Element) => (attribute === undefined ? htmlToText([element]) : element.attribs[attribute]) || undefined
  return {
    name: selector,
    read: () => {
      const elements = $(query).toArray().filter(isTag).slice(0, mostDates)
      if (field !== 'published') return elements[0] === undefined ? undefined : textOf(elements[0])
      return elements.map(element => dateIn(textOf(element) ?? '')).find(date => date !== undefined)
    },
  }
}

/** The date of publishing in a line such as “发布于 2023-11-15 10:13・上海”; one of editing is another. */
function dateIn(line: string): string | undefined {
  return /^\s{0,9}(?:(?:发布于|发表于|于|posted on|published)[\s:：]{0,3})?(\d{4}[-/年].{0,40}?)(?:\s{0,3}(?:首次)?(?:发布|发表|[・·].*))?$/i.exec(
    line.slice(0, 200),
  )?.[1]
}

function readBody(site: SiteRow, $: CheerioAPI, hints: BodyHints): ReadBody | undefined {
  for (const part of site.without ?? []) for (const element of $(part).toArray()) if (isTag(element)) leaveOut(element)
  for (const selector of site.body) {
    const root = $(selector).get(0)
    const html = root !== undefined && isTag(root) ? cleanHtml(root, hints) : undefined
    if (html !== undefined) return { html, from: selector }
  }
  return undefined
}
