import { parseDate } from '../text/date.js'
import { textOf } from './json-ld.js'
import type { PageMetadata } from './page-metadata.js'

/** The fields that pages state in more than one place. */
export type PlacedField = 'title' | 'summary' | 'image' | 'published' | 'updated' | 'author' | 'account' | 'language'

/** A place where a page may state a field. */
export interface Place {
  /** How the place is called in `Article.from`. */
  readonly name: string
  read(metadata: PageMetadata): string | undefined
}

const jsonLd = (key: string, ...keys: readonly string[]): Place => ({
  name: `JSON-LD ${key}`,
  read: ({ article }) => textOf(article?.[key], ...keys),
})

/** A date in what Baidu asks of pages is one of Beijing. */
const baiduDate = (key: string): Place => ({
  name: `JSON-LD ${key}`,
  read: ({ article }) => textOf(article?.[key])?.replace(/^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)$/, '$1+08:00'),
})

const microdata = (...names: readonly string[]): Place => ({
  name: `microdata ${names[0] ?? ''}`,
  read: ({ microdata }) => names.map(name => microdata.get(name)).find(value => value !== undefined),
})

const meta = (name: string): Place => ({ name: `meta ${name}`, read: ({ metas }) => metas.get(name)?.[0] })

/** Where any page may state each field, in order of trust: JSON-LD, Open Graph, microdata, other meta elements, `time`, the title tag. */
export const genericPlaces: Readonly<Record<PlacedField, readonly Place[]>> = {
  title: [
    jsonLd('headline'),
    jsonLd('name'),
    jsonLd('title'),
    meta('og:title'),
    microdata('headline'),
    microdata('name'),
    meta('twitter:title'),
    meta('headline'),
    { name: 'title', read: ({ title }) => title },
  ],
  summary: [jsonLd('description'), meta('og:description'), microdata('description'), meta('twitter:description'), meta('description')],
  image: [
    jsonLd('image', 'url', 'contentUrl'),
    meta('og:image:secure_url'),
    meta('og:image'),
    microdata('image', 'image url'),
    meta('twitter:image'),
    meta('twitter:image:src'),
  ],
  published: [
    jsonLd('datePublished'),
    baiduDate('pubDate'),
    meta('article:published_time'),
    meta('og:published_time'),
    microdata('datePublished'),
    microdata('dateCreated'),
    meta('datepublished'),
    meta('pubdate'),
    meta('publishdate'),
    meta('dcterms.date'),
    meta('dc.date'),
    meta('date'),
    { name: 'time', read: ({ times }) => times.find(time => parseDate(time) !== undefined) },
  ],
  updated: [
    jsonLd('dateModified'),
    baiduDate('upDate'),
    meta('article:modified_time'),
    meta('og:updated_time'),
    microdata('dateModified'),
    meta('datemodified'),
  ],
  author: [
    jsonLd('author', 'name'),
    meta('article:author'),
    microdata('author'),
    meta('author'),
    meta('twitter:creator'),
    meta('dc.creator'),
  ],
  account: [jsonLd('publisher', 'name'), meta('og:site_name'), microdata('publisher'), meta('application-name')],
  language: [
    jsonLd('inLanguage', 'alternateName', 'name'),
    microdata('inLanguage'),
    { name: 'html lang', read: ({ language }) => language },
    meta('og:locale'),
  ],
}
