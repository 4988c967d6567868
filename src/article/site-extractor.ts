import { type CheerioAPI, load } from 'cheerio/slim'
import { Document, isTag } from 'domhandler'
import { htmlToText, parseHtml } from '../text/html.js'
import { sanitizeHtml } from '../text/sanitize.js'
import type { Extractor, Page } from '../types.js'
import { makeElement } from '../wechat/tree-edit.js'
import { decodeHtml } from './decode-html.js'
import { articleOfMetadata, type SiteKnowledge } from './metadata-article.js'
import type { Place } from './metadata-places.js'
import { readMetadata } from './page-metadata.js'
import type { SiteRow } from './sites.js'

/** Makes the extractor of a row: fields by its selectors, then as of any page; the body sanitised. */
export function siteExtractor(site: SiteRow): Extractor {
  return {
    name: site.name,
    matches: url => site.host.test(url.hostname) && site.path.test(url.pathname),
    extract(page, { body }) {
      const document = parseHtml(decodeHtml(page.body))
      const $ = load(underOneRoot(document))
      const outcome = articleOfMetadata(page, readMetadata(document), knowledgeOf(site, $))
      const html = outcome.ok && body ? readBody(site, $, page) : undefined
      if (!outcome.ok || html === undefined) return outcome
      const { value } = outcome
      return { ...outcome, value: { ...value, html: html.html, from: { ...value.from, html: html.from } } }
    },
  }
}

/** Cheerio compares all nodes at the top of a tree with one another at each search, so there must be few. */
function underOneRoot(document: Document): Document {
  return new Document([makeElement('html', {}, document.children)])
}

function knowledgeOf(site: SiteRow, $: CheerioAPI): SiteKnowledge {
  const places = Object.entries(site.fields).map(([field, selectors]): [string, readonly Place[]] => [
    field,
    selectors.map(selector => placeOf(selector, $)),
  ])
  return { name: site.name, ...(site.timeZone === undefined ? {} : { timeZone: site.timeZone }), places: Object.fromEntries(places) }
}

function placeOf(selector: string, $: CheerioAPI): Place {
  const [query = '', attribute] = selector.split('@')
  return {
    name: selector,
    read: () => {
      const element = $(query).first()
      return attribute === undefined ? htmlToText(element.toArray()) || undefined : element.attr(attribute)
    },
  }
}

function readBody(site: SiteRow, $: CheerioAPI, page: Page): { html: string; from: string } | undefined {
  // `remove()`, `find()` and `contents()` take time in proportion to the square of their nodes; an element of this name the sanitiser leaves out.
  for (const part of site.without ?? []) for (const element of $(part).toArray()) if (isTag(element)) element.name = 'template'
  for (const selector of site.body) {
    const root = $(selector).get(0)
    const html = root !== undefined && isTag(root) ? sanitizeHtml(root.children, { baseUrl: page.finalUrl }).trim() : ''
    if (html !== '') return { html, from: selector }
  }
  return undefined
}
