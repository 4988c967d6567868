/** The folder's name for `…/index.md` (and its translations), else the file's name without its ending; a date before it stays. */
export function slugOf(path: string | undefined): string {
  const names = (path ?? '')
    .normalize()
    .replace(/\\/g, '/')
    .split('/')
    .filter(name => name !== '' && name !== '.')
  const file = (names.at(-1) ?? '').replace(/\.(?:md|mdx|markdown|mdown|mkd)$/i, '').replace(/\.(?:[a-z]{2}(?:[-_][A-Za-z]{2,4})?)$/, '')
  return /^_?index$/i.test(file) ? (names.at(-2) ?? file) : file
}

/** BCP 47 tag in the path: a folder `zh`, `zh-CN`, `en`, or `index.zh.md`. */
export function languageOfPath(path: string | undefined): string | undefined {
  const match =
    /(?:^|[/\\])(zh|en|ja|ko|fr|de|es|pt|ru)(?:[-_]([a-z]{2}|hans|hant))?[/\\]|\.(zh|en|ja|ko)(?:[-_]([a-z]{2}|hans|hant))?\.mdx?$/i.exec(
      path ?? '',
    )
  const language = match?.[1] ?? match?.[3]
  if (language === undefined) return undefined
  const region = match?.[2] ?? match?.[4]
  if (region === undefined) return language.toLowerCase()
  return `${language.toLowerCase()}-${region.length === 2 ? region.toUpperCase() : region.charAt(0).toUpperCase() + region.slice(1).toLowerCase()}`
}
