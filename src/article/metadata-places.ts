import { parseDate } from '../text/date.js'
import { asList, textOf } from './json-ld.js'
import type { PageMetadata } from './page-metadata.js'
import { titleWithoutSite } from './title-parts.js'

/** The fields that pages state in more than one place. */
export type PlacedField = 'title' | 'summary' | 'image' | 'published' | 'updated' | 'author' | 'account' | 'language'

/** A place where a page may state a field. */
export interface Place {
  /** How the place is called in `Article.from`. */
  readonly name: string
  read(metadata: PageMetadata): string | undefined
  /** All that the place states, where it may state several. */
  readAll?(metadata: PageMetadata): readonly string[]
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

const meta = (name: string): Place => ({
  name: `meta ${name}`,
  read: ({ metas }) => metas.get(name)?.[0],
  readAll: ({ metas }) => metas.get(name) ?? [],
})

/** Where any page may state each field, in order of trust: JSON-LD, Open Graph, microdata, other meta elements, `time`, the title tag. */
export const genericPlaces: Readonly<Record<PlacedField, readonly Place[]>> = {
  title: [
    { ...jsonLd('headline'), read: readHeadline },
    jsonLd('name'),
    jsonLd('title'),
    { ...meta('og:title'), read: readOgTitle },
    microdata('headline'),
    microdata('name'),
    meta('twitter:title'),
    meta('headline'),
    meta('citation-title'),
    meta('dc.title'),
    meta('parsely-title'),
    meta('weibo-article-title'),
    meta('sailthru-title'),
    { name: 'title', read: readTitleTag },
    { name: 'h1', read: ({ visible: { headings } }) => (headings.length === 1 ? headings[0] : undefined) },
    meta('title'),
  ],
  summary: [
    jsonLd('description'),
    meta('og:description'),
    microdata('description'),
    meta('twitter:description'),
    meta('description'),
    meta('dc.description'),
  ],
  image: [
    jsonLd('image', 'url', 'contentUrl'),
    meta('og:image:secure_url'),
    meta('og:image'),
    microdata('image', 'image url'),
    meta('twitter:image'),
    meta('twitter:image:src'),
    meta('parsely-image-url'),
    { name: 'link rel=image_src', read: ({ picture }) => picture },
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
    meta('publish_date'),
    meta('parsely-pub-date'),
    meta('citation-publication_date'),
    meta('weibo-article-create_at'),
    meta('sailthru-date'),
    meta('dc.date.issued'),
    meta('dc.issued'),
    meta('dc.created'),
    meta('dc.date'),
    meta('date'),
    { name: 'time', read: ({ visible: { times } }) => times.find(time => parseDate(time) !== undefined) },
    { name: 'date beside the text', read: ({ visible: { dates } }) => dates[0] },
  ],
  updated: [
    jsonLd('dateModified'),
    baiduDate('upDate'),
    meta('article:modified_time'),
    meta('og:updated_time'),
    microdata('dateModified'),
    meta('datemodified'),
    meta('dc.modified'),
    meta('last-modified'),
  ],
  author: [
    meta('article:author'),
    microdata('author'),
    meta('author'),
    meta('citation-author'),
    meta('dc.creator'),
    meta('parsely-author'),
    meta('sailthru-author'),
    { name: 'name beside the text', read: ({ visible: { names } }) => names[0], readAll: ({ visible: { names } }) => names },
    meta('twitter:creator'),
  ],
  account: [jsonLd('publisher', 'name'), meta('og:site_name'), microdata('publisher'), meta('application-name')],
  language: [
    jsonLd('inLanguage', 'alternateName', 'name'),
    microdata('inLanguage'),
    { name: 'html lang', read: ({ language }) => language },
    meta('og:locale'),
  ],
}

/** Some write in `headline` what the thing is, and its name in `name`: what the page calls itself by tells which is the title. */
function readHeadline({ article, metas, title }: PageMetadata): string | undefined {
  const [headline, name] = [textOf(article?.['headline']), textOf(article?.['name'])]
  const own = `${metas.get('og:title')?.[0] ?? ''} ${title ?? ''}`
  return headline !== undefined && name !== undefined && !own.includes(headline) && own.includes(name) ? undefined : headline
}

/** Where a site gives its own name for the title of each page, the title tag may know better. */
function readOgTitle({ metas, title }: PageMetadata): string | undefined {
  const own = metas.get('og:title')?.[0]
  return own === metas.get('og:site_name')?.[0] && title !== undefined && title !== own?.trim() ? undefined : own
}

/** The title tag without the name of the site, where the page's heading or its other words tell which part that is. */
function readTitleTag({ title, visible, metas, article }: PageMetadata): string | undefined {
  const sites = ['og:site_name', 'application-name'].flatMap(name => metas.get(name)?.[0] ?? [])
  return title === undefined
    ? undefined
    : titleWithoutSite(title, visible.headings, [...sites, ...asList(textOf(article?.['publisher'], 'name'))].map(String))
}
