/** Whether a text has the form of a BCP 47 tag, as far as browsers and feed readers look. */
export function isLanguageTag(text: string): boolean {
  // `chinese` has the form of a tag, and is none.
  if (Object.hasOwn(names, text.trim().toLowerCase())) return false
  try {
    return Intl.getCanonicalLocales(text).length === 1
  } catch {
    return false
  }
}

/** The language tag that a text states, with hyphens (`zh_CN` is one); what is none is not believed. */
export function languageOf(text: string | undefined): string | undefined {
  const tag = text?.trim().replaceAll('_', '-')
  return tag !== undefined && /^[a-z]{1,8}(?:-[a-z\d]{1,8})*$/i.test(tag) ? tag : undefined
}

/** Languages by the names that people give in place of a tag. */
const names: Readonly<Record<string, string>> = {
  chinese: 'zh-CN',
  中文: 'zh-CN',
  简体中文: 'zh-CN',
  zhcn: 'zh-CN',
  繁體中文: 'zh-TW',
  english: 'en',
  英文: 'en',
  japanese: 'ja',
  日本語: 'ja',
  korean: 'ko',
  한국어: 'ko',
}

/** What a language must be, with the tag that is meant where that can be told. */
export function explainLanguage(text: string): string {
  const dashed = text.trim().replaceAll('_', '-')
  const meant = isLanguageTag(dashed) ? dashed : names[text.trim().toLowerCase()]
  return `must be a BCP 47 tag of a language, such as en or zh-TW${meant === undefined ? '' : `; did you mean ${meant}?`}`
}
