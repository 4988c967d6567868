import { posix } from 'node:path'
import type { SiteLanguage } from './site-config.js'

/** The language of a post in a site that has several: by the folder of its content, by `index.zh.md`, else the main one. */
export function languageOfPost(path: string, languages: readonly SiteLanguage[]): SiteLanguage | undefined {
  const ending = languageEnding(path, languages)
  const isOf = ({ tag, contentFolder }: SiteLanguage) =>
    (contentFolder !== undefined && path.startsWith(`${posix.normalize(contentFolder)}/`)) || ending === tag.toLowerCase()
  return languages.find(isOf) ?? languages.find(({ isMain }) => isMain)
}

/** The language that the name of a file ends with, in small letters: `zh` of `issue-1.zh.md`. */
export function languageEnding(path: string, languages: readonly SiteLanguage[]): string | undefined {
  const ending = /\.([\w-]+)\.[a-z]+$/i.exec(path)?.[1]?.toLowerCase()
  return languages.some(({ tag }) => tag.toLowerCase() === ending) ? ending : undefined
}

/** Posts of a site parted by language. */
export interface LanguageParts<Kept> {
  /** Those in the language that has most issues; all, in a site in one language. */
  chosen: readonly Kept[]
  others: readonly Kept[]
  /** Tags of other languages that have issues. */
  left: readonly string[]
}

/** A site may hold each issue in several languages: a feed has one, that with most issues. */
export function inOneLanguage<Kept extends { path: string; isIssue: boolean }>(
  posts: readonly Kept[],
  languages: readonly SiteLanguage[],
): LanguageParts<Kept> {
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
