import { posix } from 'node:path'
import type { Post } from '../types.js'
import type { ReadPost } from './read-post.js'
import type { SiteLanguage } from './site-config.js'

/** The language of a post in a site that has several: by a folder, by `index.zh.md`, else the main one. */
export function languageOfPost(path: string, languages: readonly SiteLanguage[]): SiteLanguage | undefined {
  const ending = languageEnding(path, languages)
  const steps = stepsOf(path)
  const isOf = ({ tag, contentFolder, folders = [] }: SiteLanguage) =>
    (contentFolder !== undefined && path.startsWith(`${posix.normalize(contentFolder)}/`)) ||
    ending === tag.toLowerCase() ||
    folders.some(folder => steps.includes(folder))
  return languages.find(isOf) ?? languages.find(({ isMain }) => isMain)
}

/** Folders, in small letters. */
function stepsOf(path: string): string[] {
  return posix.dirname(path).toLowerCase().split('/')
}

/** The language that the name of a file ends with, in small letters: `zh` of `issue-1.zh.md`. */
export function languageEnding(path: string, languages: readonly SiteLanguage[]): string | undefined {
  const ending = /\.([\w-]+)\.[a-z]+$/i.exec(path)?.[1]?.toLowerCase()
  return languages.some(({ tag }) => tag.toLowerCase() === ending) ? ending : undefined
}

type PostInLanguage = Pick<ReadPost, 'path' | 'isIssue'> & Partial<Pick<ReadPost, 'post'>>

/** Posts of a site parted by language. */
export interface LanguageParts<Kept> {
  /** Those in the language that has most issues; all, in a site in one language. */
  chosen: readonly Kept[]
  others: readonly Kept[]
  /** Tags of other languages that have issues. */
  left: readonly string[]
}

/**
 * A site may hold each issue in several languages: a feed has one, that with most issues.
 *
 * @param main tag of the site's own language, where folders have to tell
 */
export function inOneLanguage<Kept extends PostInLanguage>(
  posts: readonly Kept[],
  languages: readonly SiteLanguage[],
  main?: string,
): LanguageParts<Kept> {
  const parts = partByLanguage(posts, languages)
  return parts.left.length > 0 ? parts : partByLanguage(posts, languagesOfFolders(posts, main))
}

function partByLanguage<Kept extends PostInLanguage>(posts: readonly Kept[], languages: readonly SiteLanguage[]): LanguageParts<Kept> {
  const languageOf = ({ path }: Kept) => languageOfPost(path, languages)
  const issues = posts.filter(({ isIssue }) => isIssue)
  const [first, ...rest] = languages
    .map(language => ({ language, count: issues.filter(issue => languageOf(issue) === language).length }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count || Number(b.language.isMain) - Number(a.language.isMain))
  if (first === undefined) return { chosen: posts, others: [], left: [] }
  return {
    chosen: posts.filter(post => languageOf(post) === first.language),
    others: posts.filter(post => languageOf(post) !== first.language),
    left: rest.map(({ language }) => language.tag),
  }
}

/** What folders of languages are called, in small letters. */
const languageFolder = /^(?:ar|cn|de|en|es|fa|fr|hi|id|it|ja|jp|ko|kr|nl|pl|pt|ru|th|tr|tw|uk|vi|zh)(?:[-_](?:[a-z]{2}|hans|hant)){0,2}$/

/** The languages of a site whose config tells none: folders called like some, where issues have the names of those in another one or outside. */
function languagesOfFolders(posts: readonly PostInLanguage[], main?: string): SiteLanguage[] {
  const named = new Map<string, Map<string, PostInLanguage>>()
  for (const issue of posts.filter(({ isIssue }) => isIssue)) {
    const folder = stepsOf(issue.path).find(step => languageFolder.test(step)) ?? ''
    const names = named.get(folder) ?? new Map()
    named.set(folder, names.set(nameIn(issue.path, folder), issue))
  }
  const isTranslated = ([folder, names]: readonly [string, ReadonlyMap<string, PostInLanguage>]) => {
    const isSure = (other: string) => main !== undefined || (folder !== '' && other !== '')
    const shared = [...names].filter(([name, issue]) =>
      [...named].some(([other, those]) => {
        const twin = other === folder ? undefined : those.get(name)
        return twin !== undefined && (isSure(other) || haveCommonLink(issue, twin))
      }),
    )
    return shared.length >= 2 && shared.length * 2 >= names.size
  }
  const folders = [...named].filter(isTranslated).map(([folder]) => folder)
  if (folders.length < 2) return []
  const own = main ?? 'zh'
  const first = folders.find(folder => folder === '') ?? folders.find(folder => folder.slice(0, 2) === own.slice(0, 2)) ?? folders[0]
  return folders.map(folder => ({
    tag: folder || own,
    isMain: folder === first,
    isAtRoot: true,
    ...(folder === '' ? {} : { folders: [folder] }),
    permalinks: {},
  }))
}

/** What an issue is called within its language: the path without the folder of that, which may stand above the issue or in a folder of its own. */
function nameIn(path: string, folder: string): string {
  const steps = path.toLowerCase().split('/')
  return steps.filter(step => step !== folder).join('/')
}

/** Where one folder alone is called like a language, it may be one of a subject (`it`), with issues that speak of other things. */
function haveCommonLink({ post: one }: PostInLanguage, { post: other }: PostInLanguage): boolean {
  if (one === undefined || other === undefined) return true
  const known = new Set(keysOf(one))
  return keysOf(other).some(key => known.has(key))
}

function keysOf({ sections }: Post): string[] {
  return sections.flatMap(({ links }) => links.map(({ key }) => key))
}
