import { describe, expect, it } from 'vitest'
import { readSiteConfig } from '../../src/init/site-config.js'

const languages = (text: string) =>
  readSiteConfig(text, 'config.ts').languages.map(({ tag, isMain, folders, title }) => [`${tag}${isMain ? ', main' : ''}`, folders, title])

describe('languages of a site in JavaScript', () => {
  it.each([
    [
      'by folder, beside the labels of its search, comments and quotes in them, and what is added from elsewhere',
      `export default {
         srcExclude: ['**/drafts/**', '**/README.md'], // author's
         themeConfig: { search: { options: { locales: { root: { button: '搜' }, en: {} } } } },
         locales: {
           root: { label: '中', lang: 'zh-CN', themeConfig: { nav: [{ title: 'x', lang: 'xx' }] } }, // root, the reader's
           'en': { lang: "en-US", title: "Loom's {news}", ...more },
           ...others, ja,
         },
       }`,
      [
        ['zh-CN, main', [], undefined],
        ['en', ['en'], "Loom's {news}"],
        ['ja', ['ja'], undefined],
      ],
    ],
    [
      'as a list',
      "export default defineConfig({ i18n: { locales: ['en', { path: 'cn', codes: ['zh-CN', 'zh'] }], defaultLocale: 'zh' } })",
      [
        ['en', ['en'], undefined],
        ['cn, main', ['cn', 'zh-cn', 'zh'], undefined],
      ],
    ],
    ['none where it has one', "export default { locales: { root: { lang: 'zh-CN' } } }", []],
    ['none of a list that is not closed', "export default { locales: [['en', 'zh'", []],
  ])('are read %s', (_, text, expected) => {
    expect(languages(text)).toEqual(expected)
  })

  it.each(['locales: {', 'locales: [`', '"', '/*', "{ a: '\\"])('do not hang on a text of nothing but %s', piece => {
    expect(readSiteConfig(piece.repeat(100_000), 'config.ts')).toBeDefined()
  })
})

it.each([
  ['disablePathToLower = true', true],
  ['disablepathtolower = true', true],
  ['[slugify]\npaths = "safe"', true],
  ['[slugify]\npaths = "off"', true],
  ['[slugify]\npaths = "on"', false],
  ['disablePathToLower = false', false],
])('whether names are kept as they are is read from %s', (text, keeps) => {
  expect(readSiteConfig(text, 'config.toml').flags['keepsNames']).toBe(keeps)
})
