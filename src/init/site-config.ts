import { load as parseYaml } from 'js-yaml'
import { parse as parseToml } from 'smol-toml'
import { isTimeZone } from '../text/zone.js'
import { literalIn, partsAt, partsOf, withoutComments } from './read-script.js'

/** What a site's own config says of it. Nothing is run: a config in JavaScript is read as text. */
export interface SiteConfig {
  title?: string
  /** Absolute address of the home page. */
  url?: string
  language?: string
  timeZone?: string
  description?: string
  /** The permalink as the generator writes it: a pattern, or the patterns by section (Hugo). */
  permalinks: Readonly<Record<string, string>>
  /** Folder of the content, where it is not the usual one. */
  contentFolder?: string
  /** Other keys with a text, such as those that name folders. */
  texts: Readonly<Record<string, string>>
  /** Keys with a true or false value that change addresses, e.g. `cleanUrls`, or `uglyURLs.blog` for one in a table. */
  flags: Readonly<Record<string, boolean>>
  /** Keys that move pages by rules of their own, which are not followed. */
  rewrites: readonly string[]
  /** The languages of a site that has several. */
  languages: readonly SiteLanguage[]
}

export interface SiteLanguage {
  /** Its key in the site's config, which shows in addresses. */
  tag: string
  title?: string
  isMain: boolean
  /** Whether addresses are without its tag. */
  isAtRoot: boolean
  contentFolder?: string
  /** Names of folders, in small letters, that hold what is in this language wherever they stand; addresses show them as any other. */
  folders?: readonly string[]
  permalinks: Readonly<Record<string, string>>
}

type Table = Readonly<Record<string, unknown>>

/**
 * Reads a site's config by the ending of its name; what cannot be read gives nothing.
 *
 * @param parts tables of the config that stand in files of their own, by key, as in Hugo's `config/_default/`
 */
export function readSiteConfig(text: string, path: string, parts: Readonly<Record<string, unknown>> = {}): SiteConfig {
  const table = readConfigTable(text, path)
  // A config that only its generator can read still holds lines of `key: value`.
  return table === undefined ? ofScript(text) : ofTable({ ...table, ...parts })
}

/** The table that a config file holds; `undefined` for code, and for what cannot be read. */
export function readConfigTable(text: string, path: string): Table | undefined {
  try {
    // Tags by which MkDocs names functions and variables say nothing of a site.
    if (/\.ya?ml$/.test(path)) return tableOf(parseYaml(text.replace(/!{1,2}(?:python|ENV|relative)\b\S{0,200}/g, '')))
    if (path.endsWith('.toml')) return tableOf(parseToml(text))
    if (path.endsWith('.json')) return tableOf(JSON.parse(text))
  } catch {
    return undefined
  }
  return undefined
}

function ofTable(table: Table): SiteConfig {
  const languages = tableOf(table['languages'])
  const main = textAt(table, 'defaultContentLanguage', 'defaultcontentlanguage')
  const inMain = tableOf(main === undefined ? undefined : languages[main])
  const base = textAt(inMain, 'baseURL', 'baseurl') ?? textAt(table, 'baseURL', 'baseurl', 'baseUrl', 'base_url', 'site_url', 'url')
  // Jekyll and Hexo write the host in `url` and the folder in `baseurl` or `root`.
  const host = textAt(table, 'url')
  const folder = textAt(table, 'baseurl', 'root')
  const url = host !== undefined && folder?.startsWith('/') ? joinAddress(host, folder) : base
  return {
    ...pick('title', textAt(inMain, 'title') ?? textAt(table, 'title', 'site_name')),
    ...pick('url', isAddress(url) ? url : undefined),
    ...pick(
      'language',
      textAt(inMain, 'languageCode', 'locale') ?? textAt(table, 'languageCode', 'locale', 'language', 'lang', 'default_language') ?? main,
    ),
    ...pick('timeZone', zoneIn(textAt(table, 'timeZone', 'timezone'))),
    ...pick(
      'description',
      textAt(inMain, 'description') ?? textAt(tableOf(table['params']), 'description') ?? textAt(table, 'description', 'site_description'),
    ),
    ...pick(
      'contentFolder',
      textAt(inMain, 'contentDir', 'contentdir') ?? textAt(table, 'contentDir', 'contentdir', 'source_dir', 'docs_dir'),
    ),
    permalinks: permalinksOf(table),
    texts: textsIn(table),
    flags: {
      ...flagsOf(table),
      ...flagsOf(tableOf(table['uglyURLs']), 'uglyURLs.'),
      keepsNames:
        (table['disablePathToLower'] ?? table['disablepathtolower']) === true ||
        /^(?:off|safe)$/.test(textAt(tableOf(table['slugify']), 'paths') ?? ''),
      datesByName: listAt(tableOf(table['frontmatter'] ?? table['frontMatter']), 'date').includes(':filename'),
      datedNames: /:year/.test(textAt(table, 'new_post_name') ?? ''),
    },
    rewrites: [],
    languages: languagesOf(
      languages,
      main ?? 'en',
      textAt(table, 'contentDir', 'contentdir') ?? 'content',
      table['defaultContentLanguageInSubdir'] === true,
    ),
  }
}

function flagsOf(table: Table, before = ''): Record<string, boolean> {
  const flags: Record<string, boolean> = {}
  for (const [key, value] of Object.entries(table)) if (typeof value === 'boolean') flags[`${before}${key}`] = value
  return flags
}

/** None where there are not two: a site in one language shows it nowhere. */
function languagesOf(languages: Table, main: string, content: string, mainIsBelow: boolean): SiteLanguage[] {
  const tables = Object.entries(languages)
    .map(([tag, value]) => [tag, tableOf(value)] as const)
    .filter(([, table]) => table['disabled'] !== true)
  if (tables.length < 2) return []
  return tables.map(([tag, table]) => {
    const isMain = tag.toLowerCase() === main.toLowerCase()
    const contentFolder = textAt(table, 'contentDir', 'contentdir')
    return {
      tag,
      ...pick('title', textAt(table, 'title')),
      isMain,
      isAtRoot: isMain && !mainIsBelow,
      // Languages that share the folder are told apart by the names of files.
      ...pick('contentFolder', contentFolder === content ? undefined : contentFolder),
      permalinks: permalinksOf(table),
    }
  })
}

/** Hugo: by section, or by kind and section; Jekyll and Hexo: one text. */
function permalinksOf(table: Table): Record<string, string> {
  const single = textAt(table, 'permalink')
  if (single !== undefined) return { '': single }
  const all = tableOf(table['permalinks'])
  return textsIn({ ...all, ...tableOf(all['page']) })
}

function textsIn(table: Table): Record<string, string> {
  return Object.fromEntries(Object.entries(table).filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
}

/** What a file of a site's constants says: `website: 'x'`, `SITE_TITLE = 'x'`. */
export function readConstants(text: string): Pick<SiteConfig, 'title' | 'url' | 'description'> {
  const code = withoutComments(text)
  const first = (...keys: readonly string[]) => keys.map(key => literalIn(code, key)).find(value => value !== undefined)
  return {
    ...pick('title', first('SITE_TITLE', 'siteTitle', 'title')),
    ...pick('url', [first('SITE_URL', 'siteUrl', 'website'), first('site'), first('url'), first('homePage')].find(isAddress)),
    ...pick('description', first('SITE_DESCRIPTION', 'description', 'desc')),
  }
}

function ofScript(text: string): SiteConfig {
  const code = withoutComments(text)
  const literal = (key: string) => literalIn(code, key)
  const flag = (key: string) => new RegExp(`(?:^|[\\s{,])["']?${key}["']?\\s{0,9}:\\s{0,9}(true|false)\\b`).exec(code)?.[1]
  // Docusaurus: the folder of the blog, and where it is shown; `/` for the home page.
  const blog = /\bblog\s{0,9}:\s{0,9}(\{[^{}]{0,500})/.exec(code)?.[1] ?? ''
  const host = [literal('site'), literal('hostname'), literal('url')].find(isAddress)
  const base = literal('base') ?? literal('baseUrl')
  // Astro takes its folder without slashes, too.
  const isFolder = literal('site') === host ? /^[\w/]/ : /^\//
  const flags = ['cleanUrls', 'trailingSlash'].flatMap(key => {
    const value = flag(key) ?? (key === 'trailingSlash' ? ({ always: 'true', never: 'false' } as const)[literal(key) ?? ''] : undefined)
    return value === undefined ? [] : [[key, value === 'true'] as const]
  })
  // A page of Astro that is a file has no slash behind it.
  if (/\bbuild\s{0,9}:\s{0,9}\{[^}]{0,300}\bformat\s{0,9}:\s{0,9}["']file["']/.test(code)) flags.push(['trailingSlash', false])
  return {
    ...pick('title', literal('title')),
    ...pick('url', host === undefined ? undefined : base !== undefined && isFolder.test(base) ? joinAddress(host, base) : host),
    ...pick('language', literal('lang') ?? literal('defaultLocale')),
    ...pick('timeZone', zoneIn(literal('timeZone'))),
    ...pick('description', literal('description')),
    ...pick('contentFolder', literal('srcDir') ?? literal('input')),
    permalinks: {},
    texts: {
      ...textsIn(Object.fromEntries(['output', 'outDir', 'publicDir', 'base', 'baseUrl'].map(key => [key, literal(key)]))),
      ...pick('blogRoute', literalIn(blog, 'routeBasePath')),
      ...pick('blogFolder', literalIn(blog, 'path')),
    },
    flags: { ...Object.fromEntries(flags), isBaseUnread: base === undefined && /(?:^|[\s{])base(?:Url)?\s{0,9}[:,]/.test(code) },
    rewrites: /(?:^|[\s{,])rewrites\s{0,9}[:(]/.test(code) ? ['rewrites'] : [],
    languages: languagesOfScript(code, literal('defaultLocale')),
  }
}

/** `locales` by folder in VitePress and VuePress, where the main one has none, and as a list in Astro and Docusaurus. */
function languagesOfScript(code: string, main = ''): SiteLanguage[] {
  const all = partsAt(code, 'locales')
  // The search and the theme have some as well, without their tags.
  const locales = (all.find(parts => parts.some(part => shallowLiteral(part, 'lang'))) ?? all[0] ?? []).flatMap(localeOf)
  if (locales.length < 2) return []
  const first = locales.find(({ folders }) => folders.length === 0 || folders.includes(main.toLowerCase())) ?? locales[0]
  return locales.map(locale => ({ ...locale, isMain: locale === first, isAtRoot: true, permalinks: {} }))
}

/** Of `'en'`, of `en: { lang: 'en-US' }`, of `'/en/': {}`, of `{ path: 'en', codes: ['en-US'] }`; nothing for what is added from elsewhere. */
function localeOf(part: string): (Pick<SiteLanguage, 'tag' | 'title'> & { folders: readonly string[] })[] {
  const key = part.startsWith('{') ? literalIn(part, 'path') : /^["'`]?([\w/-]+)/.exec(part)?.[1]
  if (key === undefined) return []
  const name = key.replace(/^\/|\/$/g, '')
  const isRoot = name === '' || name === 'root'
  const codes = (partsAt(part, 'codes')[0] ?? []).flatMap(code => /[\w-]+/.exec(code)?.[0] ?? [])
  return [
    {
      tag: isRoot ? (shallowLiteral(part, 'lang') ?? 'root') : name,
      ...pick('title', shallowLiteral(part, 'title')),
      folders: isRoot ? [] : [name, ...codes].map(each => each.toLowerCase()),
    },
  ]
}

/** What an object in a script states itself, not one within it. */
function shallowLiteral(part: string, key: string): string | undefined {
  const own = partsOf(part.slice(Math.max(0, part.indexOf('{')))).find(each => new RegExp(`^["']?${key}\\b`).test(each))
  return own === undefined ? undefined : literalIn(own, key)
}

function joinAddress(host: string, folder: string): string {
  return new URL(folder.endsWith('/') ? folder : `${folder}/`, isAddress(host) ? host : `https://${host}`).href
}

function isAddress(text: string | undefined): text is string {
  return text !== undefined && /^https?:\/\//.test(text) && URL.canParse(text)
}

function zoneIn(name: string | undefined): string | undefined {
  return name !== undefined && isTimeZone(name) ? name : undefined
}

/** An object as it is; an empty one in the place of anything else. */
export function tableOf(value: unknown): Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value)) : {}
}

function listAt(table: Table, key: string): unknown[] {
  const value = table[key]
  return Array.isArray(value) ? value : [value]
}

function textAt(table: Table, ...keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const value = table[key]
    const text = Array.isArray(value) ? value[0] : value
    if (typeof text === 'string' && text.trim() !== '') return text.trim()
  }
  return undefined
}

function pick<K extends string>(key: K, value: string | undefined): { [P in K]?: string } {
  const picked: { [P in K]?: string } = {}
  if (value !== undefined) picked[key] = value
  return picked
}
