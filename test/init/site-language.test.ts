import { expect, it } from 'vitest'
import type { DetectedSite } from '../../src/init/detect-site.js'
import { generators } from '../../src/init/generators.js'
import type { ReadPost } from '../../src/init/read-post.js'
import type { SiteConfig, SiteLanguage } from '../../src/init/site-config.js'
import { languageOf, zoneOf } from '../../src/init/site-language.js'
import { parsePost } from '../../src/post/parse-post.js'

const issue = (title: string, body: string, path = 'content/a.md', date = '2026-01-05'): ReadPost => {
  const front = `title: ${title}\ndate: ${date}`
  const outcome = parsePost(`---\n${front}\n---\n${body}\n`, { path })
  if (!outcome.ok) throw new Error(outcome.problem.message)
  return { path, post: outcome.value, front, wechatLinks: 2, isIssue: true }
}

const languages = (...tags: string[]): SiteLanguage[] =>
  tags.map((tag, at) => ({ tag, isMain: at === 0, isAtRoot: true, folders: [tag.toLowerCase()], permalinks: {} }))

const siteOf = (config: Partial<SiteConfig>): DetectedSite => ({
  generator: generators[0] as DetectedSite['generator'],
  evidence: '',
  root: '',
  config: { permalinks: {}, texts: {}, flags: {}, rewrites: [], languages: [], ...config },
  sectionsOf: steps => steps,
  routes: [],
})

const chinese = '本周的文章谈到了前端构建工具的新版本，以及如何迁移。'
const english =
  'This week is about new build tools and how to move to them, with a few words on what is to come in the next releases of each.'

it.each([
  ['fr-FR', 'Veille hebdomadaire n°1', 'Les articles de la semaine', 'fr-FR'],
  ['de', 'Wochenschau 1', 'Was diese Woche geschah', 'de'],
  ['ru_RU', 'Еженедельник 1', 'Статьи этой недели', 'ru-RU'],
  ['ru', 'Weekly 1', 'Links', 'ru'],
  ['zh-cn', 'Frontend Weekly 1', chinese, 'zh-CN'],
  ['zh', '周刊 1', english, 'zh-CN'],
  ['zh-Hant', '週刊 1', chinese, 'zh-Hant'],
  ['yue', '週刊 1', chinese, 'yue'],
  ['en', 'Frontend Weekly 1', chinese, 'zh-CN'],
  ['fr', '周刊 1', chinese, 'zh-CN'],
  ['en-GB', 'Frontend Weekly 1', `${english} [前端工具](https://a.example/)`, 'en-GB'],
  ['zh-CN', 'Frontend Weekly 1', english, 'en'],
  ['ja', '週刊 1', '今週の記事です。ビルドツールについて。', 'ja'],
  ['ja', '周刊 1', chinese, 'zh-CN'],
  ['en', '주간 소식 1', '이번 주의 글', 'ko'],
  ['default', 'Weekly 1', english, 'en'],
  [undefined, 'Frontend Weekly 1', chinese, 'zh-CN'],
  [undefined, 'Weekly 1', `${english} [前端工具](https://a.example/)`, 'en'],
])('a site that states %s, with %s and "%s", is in %s', (language, title, body, expected) => {
  expect(languageOf(siteOf(language === undefined ? {} : { language }), [issue(title, body)])).toBe(expected)
})

it.each([
  ['fr', 'en-US', 'content/fr/a.md', 'fr'],
  ['fr', 'en-US', 'content/a.md', 'en-US'],
  ['fr', 'fr', 'content/a.md', 'en'],
])('of a site in en and %s that states %s, %s is in %s', (other, language, path, expected) => {
  expect(languageOf(siteOf({ language, languages: languages('en', other) }), [issue('A 1', 'b', path)])).toBe(expected)
})

it.each([
  ['zh-CN', '2026-01-05', 'Asia/Shanghai'],
  ['ko', '2026-01-05T10:00:00+09:00', 'Asia/Seoul'],
  ['fr-FR', '2026-01-05T10:00:00+08:00', 'Asia/Shanghai'],
  ['fr-FR', '2026-01-05', new Intl.DateTimeFormat('en').resolvedOptions().timeZone],
])('a site in %s with dates such as %s is in %s', (language, date, zone) => {
  expect(zoneOf([issue('A 1', 'b', 'content/a.md', date)], language)).toBe(zone)
})
