import { identifyLink, identityOf } from '../links/identify-link.js'
import { failed, makeProblem, type Outcome } from '../problems.js'
import { parseDate } from '../text/date.js'
import { isTable } from '../text/form.js'
import { decodeEntities } from '../text/html.js'
import { copyString, toLine } from '../text/plain.js'
import { isNumbered, nowhere, resolveUrl } from '../text/url.js'
import type { Article, Page, Person, Plain } from '../types.js'
import { stating } from '../wechat/stated.js'
import { asList, textOf } from './json-ld.js'
import { genericPlaces, type Place, type PlacedField } from './metadata-places.js'
import type { PageMetadata } from './page-metadata.js'
import { isListing } from './same-address.js'

/** Who reads, and what is known of the site besides what every page may state. */
export interface SiteKnowledge {
  /** Name of the extractor. */
  name: string
  /** IANA name; dates without a zone are read in it. @default 'UTC' */
  timeZone?: string
  /** Places that go before the generic ones. */
  places?: Partial<Record<PlacedField, readonly Place[]>>
}

/** The article that a page's metadata describes, without a body; `ARTICLE_TITLE_MISSING` when no place states a title. */
export function articleOfMetadata(page: Page, metadata: PageMetadata, site: SiteKnowledge): Outcome<Article> {
  const from: Record<string, string> = {}
  const first = <T>(field: PlacedField, places: readonly Place[] = [], read: (place: Place) => T | undefined): T | undefined => {
    for (const place of places) {
      const value = read(place)
      if (value === undefined) continue
      from[field] = place.name
      return value
    }
    return undefined
  }
  const take = <T>(field: PlacedField, read: (text: string) => T | undefined) =>
    first(field, [...(site.places?.[field] ?? []), ...genericPlaces[field]], place => {
      const text = place.read(metadata)
      return text === undefined ? undefined : read(text.slice(0, 5_000))
    })
  const people = (place: Place) => namesOf(place.readAll?.(metadata) ?? [place.read(metadata)])
  const readInstant = (text: string) => parseDate(text, { timeZone: site.timeZone ?? 'UTC' })?.instant
  const title = take('title', text => plainOf(text, 300))
  if (title === undefined) return failed(makeProblem('ARTICLE_TITLE_MISSING', { url: page.url }, 'The page states no title.'))
  const accountName = take('account', text => plainOf(text, 100))
  const topics = topicsOf(metadata, from)
  const feeds = metadata.feeds.map(({ url, type, title }) => ({ url: copyString(url), ...stating({ type, title }) }))
  if (feeds.length > 0) from['feeds'] = 'link rel=alternate'
  const authors =
    first('author', site.places?.author, place => people(place)?.slice(0, 1)) ??
    authorsOfJsonLd(metadata, from) ??
    first('author', genericPlaces.author, people)
  const value: Article = {
    ...identityOfPage(page, metadata),
    title,
    authors: authors ?? [],
    kind: 'article',
    extractor: site.name,
    from,
    ...stating({
      published: take('published', readInstant),
      updated: take('updated', readInstant),
      account: accountName === undefined ? undefined : { name: accountName },
      summary: take('summary', text => plainOf(text, 500)),
      image: take('image', text => (iconName.test(text) ? undefined : resolveUrl(text.trim(), baseOf(page, metadata)))),
      language: take('language', readLanguage),
      topics: topics.length > 0 ? topics : undefined,
      feeds: feeds.length > 0 ? feeds : undefined,
    }),
  }
  return { ok: true, value }
}

/** The sign of the site is no cover of an article. */
const iconName = /\/(?:favicon|apple-touch-icon|icon-\d)[\w.-]{0,60}(?:[?#].{0,200})?\s*$/i

/** What relative addresses of a page are relative to. */
export function baseOf(page: Page, { base }: PageMetadata): string {
  return (base === undefined ? undefined : resolveUrl(base, page.finalUrl)) ?? page.finalUrl
}

/** Canonical is what the page names so, where that can be one page of the same host; else the address that answered, or the path of a page that states none. */
function identityOfPage(page: Page, metadata: PageMetadata): Pick<Article, 'key' | 'url' | 'aliases'> {
  const saved = page.finalUrl === nowhere ? { key: page.url, url: page.url } : undefined
  const answered = saved ?? identifyLink(page.finalUrl)
  const stated = resolveUrl(metadata.canonical ?? metadata.metas.get('og:url')?.[0] ?? '', page.finalUrl)
  const canonical = stated !== undefined && canBeCanonical(stated, page.finalUrl) ? identifyLink(stated) : answered
  const others = [(saved ?? identifyLink(page.url)).key, answered.key].filter(key => identityOf(key) !== identityOf(canonical.key))
  return { key: canonical.key, url: canonical.url, ...(others.length > 0 ? { aliases: [...new Set(others)] } : {}) }
}

/** Ends of an address that show the same page in another form, or a part of it. */
const otherForms = /^\/(?:amp|print|index|page|comment|\d{1,2}$)/i

/** A canonical address that is the same for all pages of a site is a slip of many templates: that of the front page, of a list, or of a folder above the page. */
function canBeCanonical(canonical: string, answered: string): boolean {
  const [a, b] = [new URL(canonical), new URL(answered)]
  if (answered === nowhere) return !isListing(a)
  const bare = (url: URL) => url.pathname.replace(/\/$/, '')
  const host = (url: URL) => url.hostname.replace(/^(?:www|m)\./, '')
  const [folder, path] = [bare(a), bare(b)]
  const isAbove = path.startsWith(`${folder}/`) && !otherForms.test(path.slice(folder.length))
  const isOne = folder === path ? a.search !== '' || !isNumbered(b.search) : !isAbove && !isListing(a)
  return host(a) === host(b) && isOne
}

function authorsOfJsonLd({ article }: PageMetadata, from: Record<string, string>): readonly Person[] | undefined {
  const people = asList(article?.['author'] ?? article?.['creator'])
    .slice(0, 20)
    .flatMap(author => {
      const plain = nameOf(textOf(author, 'name') ?? '')
      const url = isTable(author) && typeof author['url'] === 'string' ? resolveUrl(author['url']) : undefined
      return plain === undefined ? [] : [{ name: plain, ...(url === undefined ? {} : { url: copyString(url) }) }]
    })
  if (people.length === 0) return undefined
  from['author'] = 'JSON-LD author'
  return people
}

const mostTopics = 30

function topicsOf({ article, metas }: PageMetadata, from: Record<string, string>): readonly Plain[] {
  const keywords = asList(article?.['keywords']).flatMap(word => (typeof word === 'string' ? word.slice(0, 2000).split(/[,，、]/) : []))
  const places = { 'JSON-LD keywords': keywords, 'meta article:tag': metas.get('article:tag') ?? [] }
  for (const [place, words] of Object.entries(places)) {
    const topics = new Set(words.slice(0, mostTopics).flatMap(word => plainOf(word, 60) ?? []))
    if (topics.size === 0) continue
    from['topics'] = place
    return [...topics]
  }
  return []
}

const mostAuthors = 20

/** Each name once; absent where there is none. */
function namesOf(texts: readonly (string | undefined)[]): readonly Person[] | undefined {
  const names = new Set(texts.slice(0, mostAuthors).flatMap(text => nameOf((text ?? '').slice(0, 2000)) ?? []))
  return names.size > 0 ? [...names].map(name => ({ name })) : undefined
}

/** A name without the word that introduces it; an address is none. */
function nameOf(text: string): Plain | undefined {
  const name = /^\s*https?:/i.test(text) ? undefined : plainOf(text, 100)
  if (name === undefined || !/\p{L}/u.test(name)) return undefined
  return name.replace(/^(?:written\s)?by\s(?=\S)/i, '').replace(/(\S)\s[-–—|(]?\s?https?:\S{1,90}$/i, '$1')
}

function plainOf(text: string, max: number): Plain | undefined {
  return toLine(decodeEntities(text), max)
}

function readLanguage(text: string): string | undefined {
  const tag = text.trim().replaceAll('_', '-')
  return /^[a-z]{2,3}(?:-[a-z0-9]{2,8}){0,3}$/i.test(tag) ? copyString(tag) : undefined
}
