import { posix } from 'node:path'
import type { DetectedSite } from './detect-site.js'
import type { ReadPost } from './find-weeklies.js'

/** An address pattern for `weekly({ url })`, and what it does not cover. */
export interface ProposedPermalink {
  pattern: string
  /** Where it comes from, for people. */
  evidence: string
  /** Posts that state an address of their own in their front matter. */
  stated: number
}

/** Named styles of Jekyll. */
const jekyllStyles: Readonly<Record<string, string>> = {
  date: '/:categories/:year/:month/:day/:title:output_ext',
  pretty: '/:categories/:year/:month/:day/:title/',
  none: '/:categories/:title:output_ext',
}

/** The addresses that the site gives its weeklies, as far as its config says. */
export function proposePermalink({ generator, root, config }: DetectedSite, issues: readonly ReadPost[]): ProposedPermalink {
  const [first] = issues
  const folder = first ? folderOf(first.path, generator.name, root, config.contentFolder) : ''
  const section = folder.split('/')[0] ?? ''
  const own = config.permalinks[section] ?? config.permalinks[folder] ?? config.permalinks['']
  const template = own === undefined ? generator.permalink : translate(jekyllStyles[own] ?? own, generator.name)
  const isFlat = config.flags['cleanUrls'] === true
  const pattern = template
    .replace('/:folder', folder === '' ? '' : `/${folder}`)
    .replace(':section', section)
    .replace(/\.html$/, isFlat ? '' : '.html')
    .replace(/\/$/, generator.name === 'Astro' && config.flags['trailingSlash'] === false ? '' : '/')
  // VitePress and VuePress keep a date in the name; an index.md is its folder's page.
  const keepsDate = /^Vu?i?t?e?Press$/.test(generator.name)
  const named = keepsDate ? pattern.replace(':name', ':slug') : pattern
  const isBundle = first !== undefined && /(^|\/)index\.[a-z]+$/i.test(first.path)
  return {
    pattern: isBundle ? named.replace(/\.html$/, '/') : named,
    evidence: own === undefined ? `what ${generator.name} does by default` : `the site's config: ${own}`,
    stated: issues.filter(({ front }) => /^(?:url|permalink|slug)\s{0,9}[:=]/m.test(front)).length,
  }
}

/** The folder of a post as it shows in addresses: below the content, without that of the main language. */
function folderOf(path: string, generator: string, root: string, contentFolder: string | undefined): string {
  const isBundle = /(^|\/)index(\.[\w-]+)?\.[a-z]+$/i.test(path)
  const folder = posix.dirname(isBundle ? posix.dirname(path) : path)
  const usual = (baseFolders[generator] ?? ['content']).map(base => posix.join(root, base))
  const bases = contentFolder === undefined ? usual : [posix.join(root, contentFolder), ...usual]
  const base = bases.find(each => folder === each || folder.startsWith(`${each}/`)) ?? posix.join(root, '.')
  const below = posix.relative(base, folder)
  return generator === 'Hugo' ? below.replace(/^(?:zh|en|ja|ko)(?:-[a-z]+)?(?:\/|$)/i, '') : below.replace(/(?:^|\/)_posts$/, '')
}

const baseFolders: Readonly<Record<string, readonly string[]>> = {
  Hugo: ['content'],
  Astro: ['src/content', 'src/data', 'src/pages', 'content'],
  Hexo: ['source/_posts'],
  Jekyll: ['_posts'],
  Eleventy: ['content', 'src', '.'],
}

/** The placeholders of Hugo, Hexo and Jekyll in our own words. What has no counterpart is left out, with its slash. */
function translate(permalink: string, generator: string): string {
  // Hugo's `:slug` is the title where a post states no slug; Hexo and Jekyll take both from the name of the file.
  const ofHugo = (placeholder: string) => (/^:(?:slug|title)$/.test(placeholder) ? ':title' : ':slug')
  return `/${permalink}`
    .replace(/:(?:slugorcontentbasename|slugorfilename|contentbasename|filename|title|slug|name)\b/g, placeholder =>
      generator === 'Hugo' ? ofHugo(placeholder) : generator === 'Jekyll' ? ':name' : ':slug',
    )
    .replace(/:(?:i_month)\b/g, ':month')
    .replace(/:(?:i_day)\b/g, ':day')
    .replace(/:sections\b/g, ':folder')
    .replace(':output_ext', '.html')
    .replace(/\/:(?!folder|section|slug|name|title|path|issue|year|month|day)[a-z_]+(?:\[[^\]]{0,20}\])?/g, '')
    .replace(/\/{2,}/g, '/')
}
