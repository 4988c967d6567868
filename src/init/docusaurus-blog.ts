import { posix } from 'node:path'
import { fixedFolder } from '../sources/find-files.js'
import { fillPermalink } from '../sources/permalink.js'
import type { DetectedSite } from './detect-site.js'
import { placePost } from './named-pages.js'
import type { ReadPost } from './read-post.js'

/** Where the posts of a blog of Docusaurus stand. */
interface BlogPlace {
  /** The folder that their glob fixes. */
  onDisk: string
  /** The same as it shows in addresses. */
  shown: string
  glob: string
}

/** Whether a post is one of a blog: addresses of docs hold no dates. */
export function isInBlog({ generator }: DetectedSite, { path }: Pick<ReadPost, 'path'>): boolean {
  return generator.name === 'Docusaurus' && !/^(?:i18n\/[^/]+\/docusaurus-plugin-content-)?docs\//.test(path)
}

/** The patterns of a blog with its folders filled in: the date in a path comes first, then the folders. With and without a date, where the glob leaves open which the next one is; a date alone only where issues have such names, or may have any. */
export function blogPatterns(
  patterns: readonly string[],
  { config }: DetectedSite,
  issues: readonly ReadPost[],
  { onDisk, shown, glob }: BlogPlace,
): string[] {
  const [own = '', dated = own] = patterns
  const { blogFolder = 'blog' } = config.texts
  const [translated] = /^i18n\/[^/]+\/[^/]+/.exec(onDisk) ?? []
  const starts = [posix.normalize(blogFolder), translated, onDisk.split('/')[0]]
  const start = starts.find(each => each !== undefined && `${onDisk}/`.startsWith(`${each}/`)) ?? ''
  const below = onDisk.slice(start.length)
  const route = below === '' ? shown : shown.slice(0, 1 - below.length)
  const place = (pattern: string) => posix.join(pattern.replace('/:folder', `/${route}`).replace('/:below', below))
  const base = fixedFolder(glob)
  const day = dated.replace('/:undatedpath', '')
  const forms = [dated, day, dated.replace('/:pathdate', '')]
  const placed = issues.map(issue => placePost(issue, base, 'UTC'))
  const used = new Set(placed.map(({ post, facts }) => forms.find(form => fillPermalink(place(form), post, facts) !== undefined)))
  const mayCome = forms.filter(form => glob.includes('*') && (form !== day || /(?:^|\/)\*(?:\.\w+|\/index\.\w+)$/.test(glob)))
  return [own, ...forms.filter(form => used.has(form) || mayCome.includes(form))].map(place)
}
