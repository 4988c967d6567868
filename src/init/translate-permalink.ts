import { load as parseYaml } from 'js-yaml'
import type { DetectedSite } from './detect-site.js'
import type { ReadPost } from './read-post.js'

/** A permalink of a generator in the words of `weekly({ url })`; `/:folder`, `/:collection`, `/:below`, `:section` and `/:sections` are still to be filled. */
export interface AddressForm {
  /** First the one for posts that state a slug. */
  patterns: readonly string[]
  /** What was left out. */
  unknown: readonly string[]
}

/** Named styles of Jekyll. */
const jekyllStyles: Readonly<Record<string, string>> = {
  date: '/:categories/:year/:month/:day/:title:output_ext',
  pretty: '/:categories/:year/:month/:day/:title/',
  none: '/:categories/:title:output_ext',
  ordinal: '/:categories/:year/:y_day/:title:output_ext',
  weekdate: '/:categories/:year/W:week/:short_day/:title:output_ext',
}

/** What a placeholder becomes for a post without a slug of its own, and for one with it. */
type Names = Readonly<Record<string, readonly [usual: string, own: string]>>

const hugo: Names = {
  slug: [':title', ':ownslug'],
  title: [':title', ':title'],
  slugorcontentbasename: [':slug', ':ownslug'],
  slugorfilename: [':slug', ':ownslug'],
  contentbasename: [':slug', ':slug'],
  filename: [':slug', ':slug'],
  // The day of a date in the offset that is written with it.
  year: [':ownyear', ':ownyear'],
  month: [':ownmonth', ':ownmonth'],
  day: [':ownday', ':ownday'],
}

/** Where Hugo takes dates from names (`[frontmatter] date = [":filename"]`), what is left of a name is the slug. */
const hugoByNames: Names = {
  ...hugo,
  slug: [':name', ':ownslug'],
  slugorcontentbasename: [':name', ':ownslug'],
  slugorfilename: [':name', ':ownslug'],
}

const jekyll: Names = {
  title: [':name', ':ownslug'],
  slug: [':lowername', ':lowerownslug'],
  name: [':name', ':name'],
  output_ext: ['.html', '.html'],
}

const usual: Names = { slug: [':slug', ':slug'], name: [':name', ':name'] }

const names: Readonly<Record<string, Names>> = {
  Hugo: hugo,
  Jekyll: jekyll,
  Hexo: {
    title: [':folder/:slug', ':folder/:slug'],
    name: [':slug', ':slug'],
    post_title: [':title', ':title'],
    abbrlink: [':abbrlink', ':abbrlink'],
    urlname: [':urlname', ':urlname'],
  },
}

/** Placeholders for keys of a front matter. */
const stated = ['abbrlink', 'urlname'] as const

const shared = new Set([
  'year',
  'month',
  'day',
  'folder',
  'collection',
  'section',
  'ownslug',
  'pathdate',
  'below',
  'undatedpath',
  'sections',
])

/** Puts a permalink of a site into patterns of ours. */
export function addressForm(permalink: string, { generator, config }: DetectedSite, issues: readonly ReadPost[]): AddressForm {
  const known = generator.name === 'Hugo' && config.flags['datesByName'] ? hugoByNames : (names[generator.name] ?? usual)
  const unknown = new Set<string>()
  const write = (which: 0 | 1) =>
    `/${jekyllStyles[permalink] ?? permalink}`
      .replace(/\{[{%].{0,200}?[%}]\}/g, template => placeholdersOf(template) ?? left(template))
      .replace(/\/index\.html$/, '/')
      .replace(/:([a-z_]+)(?:\[[^\]]{0,20}\])?/g, (whole, name: string) => {
        if (name === 'categories' || name === 'category') return sharedCategory(issues, generator.name) ?? left(whole)
        if (stated.some(key => key === name && issues.every(({ post }) => post.own?.[key] === undefined))) return left(whole)
        const named = known[name]?.[which]
        if (named !== undefined) return generator.name === 'Hexo' && config.flags['datedNames'] ? named.replace(':slug', ':name') : named
        return shared.has(name) ? whole : left(whole)
      })
      .replace(/\/{2,}/g, '/')
  const left = (whole: string) => {
    unknown.add(whole)
    return ''
  }
  const own = config.permalinks[''] === undefined ? generator.ownPermalink : undefined
  const patterns = [...new Set([own ?? write(1), write(0)])]
  return { patterns, unknown: [...unknown] }
}

/** What a template of Eleventy stands for: `{{ page.fileSlug }}`, `{{ page.date | date: '%Y/%m' }}`. Of names, the first is without its date. */
function placeholdersOf(template: string): string | undefined {
  const [, name, form = ''] =
    /^\{\{-?\s{0,9}page\.(?:(fileSlug|filePathStem)|date\s{0,9}\|\s{0,9}date:\s{0,9}["']([^"']{1,40})["'])\s{0,9}-?\}\}$/.exec(template) ??
    []
  if (name !== undefined) return name === 'fileSlug' ? ':name' : '/:folder/:slug'
  const written = form.replace('%Y', ':year').replace('%m', ':month').replace('%d', ':day')
  return written === '' || written.includes('%') ? undefined : written
}

/** Fills in the folder of a post, its first section and those of its sections that are meant. `sectionsOf` says which folders are some. */
export function placeIn(pattern: string, folder: string, sectionsOf: (steps: readonly string[]) => readonly string[]): string {
  const steps = folder === '' ? [] : folder.split('/')
  const write = (some: readonly string[]) => some.map(step => `/${step}`).join('')
  return pattern
    .replace('/:folder', write(steps))
    .replace(/\/:sections(\[[^\]]{0,20}\])?/, (_, part = '') => write(partOf(sectionsOf(steps), part)))
    .replace(':section', steps[0] ?? '')
}

/** `[0]`, `[last]`, `[1:]`, `[:2]`, `[1:last]`, as Hugo takes parts of a list: without the one at the end of a range. */
function partOf(steps: readonly string[], part: string): readonly string[] {
  const index = (text: string) => (text === 'last' ? steps.length - 1 : Number(text))
  const range = /^\[(\d*|last):(\d*|last)\]$/.exec(part)
  if (range) return steps.slice(index(range[1] || '0'), range[2] ? index(range[2]) : undefined)
  const single = /^\[(\d+|last)\]$/.exec(part)?.[1]
  return single === undefined ? steps : steps.slice(index(single), index(single) + 1)
}

/** The categories as they show in addresses, where all issues have the same ones. */
function sharedCategory(issues: readonly ReadPost[], generator: string): string | undefined {
  const all = new Set(
    issues.map(({ front }) =>
      categoriesOf(front)
        .map(each => categorySlug(each, generator))
        .join('/'),
    ),
  )
  const [only = '', ...others] = all
  return others.length > 0 ? undefined : encodeURI(only === '' && generator === 'Hexo' ? 'uncategorized' : only)
}

/** Jekyll writes them in small letters and keeps spaces; Hexo keeps the case. */
function categorySlug(category: string, generator: string): string {
  return generator === 'Hexo' ? category.trim().replace(/[^\p{L}\p{M}\p{Nd}]+/gu, '-') : category.trim().toLowerCase()
}

function categoriesOf(front: string): string[] {
  try {
    const { categories, category }: { categories?: unknown; category?: unknown } = Object(parseYaml(front))
    if (typeof categories === 'string') return categories.split(/\s+/)
    const list = Array.isArray(categories) ? categories : [category]
    return list.filter(each => typeof each === 'string')
  } catch {
    return []
  }
}
