import { describe, expect, it } from 'vitest'
import { callFeed } from '../../src/run/feed-names.js'
import { settleOptions } from '../../src/run/settings.js'

const titles = (language?: string) =>
  settleOptions({
    site: { title: '河畔', url: 'https://example.org/', ...(language === undefined ? {} : { language }) },
    sources: [{ name: 'none', read: async function* () {} }],
    feeds: { feed: {}, issues: { of: 'issues' }, articles: { of: 'articles' }, latest: { limit: 5 }, own: { title: 'Mine' } },
  }).feeds.map(({ title }) => title)

describe('titles of feeds that are given none', () => {
  it('are Chinese on Chinese sites, which sites are when they say nothing', () => {
    for (const language of [undefined, 'zh', 'zh-CN', 'zh-Hans', 'zh-Hans-HK', 'ZH-sg'])
      expect(titles(language)).toEqual(['河畔', '河畔 · 周刊', '河畔 · 文章', '河畔 · latest', 'Mine'])
  })

  it('have traditional characters where the language says so', () => {
    for (const language of ['zh-Hant', 'zh-TW', 'zh-HK', 'zh-hk', 'zh-Hant-HK', 'zh-MO'])
      expect(titles(language).slice(1, 3)).toEqual(['河畔 · 週刊', '河畔 · 文章'])
  })

  it('are the names of the feeds in other languages', () => {
    for (const language of ['en', 'ja', 'zhx'])
      expect(titles(language).slice(1, 4)).toEqual(['河畔 · issues', '河畔 · articles', '河畔 · latest'])
  })

  it('take no name for one of the table that is none', () => {
    for (const name of ['constructor', '__proto__', 'toString']) expect(callFeed(name, 'zh-CN')).toBe(name)
  })
})
