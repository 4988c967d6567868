import { describe, expect, it } from 'vitest'
import type { DetectedSite } from '../../src/init/detect-site.js'
import { generators } from '../../src/init/generators.js'
import { proposePermalink } from '../../src/init/propose-permalink.js'
import type { ReadPost } from '../../src/init/read-post.js'
import type { SiteConfig } from '../../src/init/site-config.js'
import { parsePost } from '../../src/post/parse-post.js'
import { fixedFolder } from '../../src/sources/find-files.js'
import { fillPermalink, pathFact } from '../../src/sources/permalink.js'

const issue = (path: string, front = ''): ReadPost => {
  const outcome = parsePost(`---\ntitle: A\ndate: 2024-05-31\n${front}\n---\n`, { path })
  if (!outcome.ok) throw new Error(outcome.problem.message)
  return { path, post: outcome.value, front, wechatLinks: 2, isIssue: true }
}

const siteOf = (name: string, config: Partial<SiteConfig>): DetectedSite => {
  const generator = generators.find(each => each.name === name)
  if (generator === undefined) throw new Error(name)
  const whole = { permalinks: {}, texts: {}, flags: {}, rewrites: [], languages: [], ...config }
  return { generator, evidence: '', root: '', config: whole, sectionsOf: steps => steps, routes: [] }
}

const propose = (name: string, permalink: string, issues: ReadPost[], flags: Record<string, boolean> = {}, timeZone = 'UTC') =>
  proposePermalink(siteOf(name, { permalinks: { '': permalink }, flags }), issues, issues, { timeZone })

describe('the address of an issue', () => {
  // What Hugo 0.111 makes of them.
  it.each([
    ['/s/:sections[:last]/:filename/', '/s/a/b/c/:slug/'],
    ['/s/:sections[1:last]/:filename/', '/s/b/c/:slug/'],
    ['/s/:sections[1:2]/:filename/', '/s/b/:slug/'],
    ['/s/:sections[last]/:filename/', '/s/d/:slug/'],
    ['/s/:sections[1]/:filename/', '/s/b/:slug/'],
    ['/s/:sections[2:]/:filename/', '/s/c/d/:slug/'],
    ['/s/:sections/:section/:filename/', '/s/a/b/c/d/a/:slug/'],
    ['/S/:slugorfilename', '/s/:slug/'],
    ['/s/:filename.html', '/s/:slug.html/'],
    ['/:year/:title/', '/:year/:title/'],
  ])('takes %s of Hugo for %s', (permalink, pattern) => {
    expect(propose('Hugo', permalink, [issue('content/a/b/c/d/weekly-1.md')])).toMatchObject({ patterns: [pattern], unknown: [] })
  })

  it.each([
    ['/:section/:slugorfilename/', '/weekly/:name/'],
    ['/:slug/', '/:name/'],
    ['/:filename/', '/:slug/'],
  ])('is without the date of the name where Hugo takes dates from names, for %s', (permalink, pattern) => {
    const issues = [issue('content/weekly/2026-01-05-weekly-1.md')]
    expect(propose('Hugo', permalink, issues, { datesByName: true })).toMatchObject({ patterns: [pattern] })
  })

  it('has the day that a date with an offset states, as Hugo has it, where the zone of the site has another one', () => {
    const plain = issue('content/weekly/weekly-1.md')
    const pattern = (date: string) => {
      const outcome = parsePost(`---\ntitle: A\ndate: ${date}\n---\n`, { path: plain.path, timeZone: 'Asia/Shanghai' })
      if (!outcome.ok) throw new Error(outcome.problem.message)
      return propose('Hugo', '/:year/:month/:day/:filename/', [{ ...plain, post: outcome.value }], {}, 'Asia/Shanghai').patterns
    }
    expect(pattern('2026-01-31T20:00:00Z')).toEqual(['/:ownyear/:ownmonth/:ownday/:slug/'])
    expect(pattern('2026-01-31T20:00:00+08:00')).toEqual(['/:year/:month/:day/:slug/'])
    expect(pattern('2026-01-31 20:00:00')).toEqual(['/:year/:month/:day/:slug/'])
  })

  it.each(['VitePress', 'VuePress'])('keeps a folder called content, which is none of pages for %s unless it says so', name => {
    const issues = [issue('content/weekly/1.md')]
    const patternOf = (config: Partial<SiteConfig>) =>
      proposePermalink(siteOf(name, config), issues, issues, { timeZone: 'UTC' }).patterns[0]
    expect(patternOf({})).toMatch(/^\/content\/weekly\//)
    expect(patternOf({ contentFolder: 'content' })).toMatch(/^\/weekly\//)
  })

  it.each([
    [{ blogFolder: 'content/blog' }, 'content/blog/weekly-1.md', '/blog/:undatedpath'],
    [{ blogFolder: './content/blog', blogRoute: 'news' }, 'content/blog/weekly-1.md', '/news/:undatedpath'],
    [{ blogRoute: '/' }, 'blog/weekly-1.md', '/:undatedpath'],
    [{}, 'blog/weekly-1.md', '/blog/:undatedpath'],
  ])('is below the route of the blog of Docusaurus, for %o', (texts, path, pattern) => {
    const issues = [issue(path)]
    expect(proposePermalink(siteOf('Docusaurus', { texts }), issues, issues, { timeZone: 'UTC' }).patterns).toEqual([pattern])
  })

  // What Jekyll 4.3 and Hexo 8 make of them.
  it.each([
    ['Jekyll', 'pretty', 'categories: [Tea News, weekly]', '/tea%20news/weekly/:year/:month/:day/:name/'],
    ['Jekyll', '/:categories/:title/', 'categories: tea news', '/tea/news/:name/'],
    ['Jekyll', 'date', '', '/:year/:month/:day/:name.html'],
    ['Hexo', ':category/:title.html', '', '/uncategorized/:slug.html'],
    ['Hexo', ':category/:title.html', 'categories: [Tea News]', '/Tea-News/:slug.html'],
  ])('holds the category that all issues share: %s, %s, %s', (generator, permalink, front, pattern) => {
    const path = generator === 'Hexo' ? 'source/_posts' : '_posts'
    const issues = [issue(`${path}/2024-05-31-a.md`, front), issue(`${path}/2024-06-07-b.md`, front)]
    expect(propose(generator, permalink, issues)).toMatchObject({ patterns: [pattern], unknown: [] })
  })

  // What Docusaurus 3.10 makes of them, whatever date the front matter states.
  it.each([
    ['blog/*/*-w-*.md', 'blog/2026/2026-03-05-w-6.md', '/blog/2026/03/05/2026/w-6'],
    ['blog/*/*/*/w-*.md', 'blog/2026/02/09/w-6.md', '/blog/2026/02/09/w-6'],
    ['blog/*/*-w-*/post.md', 'blog/2026/2026-02-16-w-7/post.md', '/blog/2026/02/16/2026/w-7/post'],
    ['blog/news/*.md', 'blog/news/2026-1-5-w.md', '/blog/2026/1/5/news/w'],
    ['blog/*.md', 'blog/w 5.md', '/blog/w%205'],
    ['blog/*/index.md', 'blog/w-5/index.md', '/blog/w-5'],
    ['blog/*/index.md', 'blog/2026-01-12-w-2/index.md', '/blog/2026/01/12/w-2'],
    ['blog/*.md', 'blog/2026-01-12.md', '/blog/2026/01/12'],
    ['blog/2026-01-12-w/index.md', 'blog/2026-01-12-w/index.md', '/blog/2026/01/12/w'],
    [
      'i18n/en/docusaurus-plugin-content-blog/*/*.md',
      'i18n/en/docusaurus-plugin-content-blog/a/2026-01-12-w.md',
      '/en/blog/2026/01/12/a/w',
    ],
    ['docs/news/*.md', 'docs/news/2026-01-12-w.md', '/docs/news/2026-01-12-w'],
  ])('is dated by the path alone in a blog of Docusaurus: %s has %s at %s', (glob, path, address) => {
    const one = issue(path)
    const { patterns } = proposePermalink(siteOf('Docusaurus', {}), [one], [one], { glob })
    const facts = { path: pathFact(path.slice(fixedFolder(glob).length + 1)), timeZone: 'UTC' }
    expect([patterns.length, fillPermalink(patterns, one.post, facts)]).toEqual([1, address])
  })

  it('is that of each where a blog of Docusaurus has dated and undated names and slugs, which stand below the blog itself', () => {
    const issues = [issue('blog/n/w-1.md'), issue('blog/n/2026-04-01-w-4.md'), issue('blog/n/w-5.md', 'slug: five')]
    const { patterns } = proposePermalink(siteOf('Docusaurus', { flags: { trailingSlash: true } }), issues, issues, { glob: 'blog/n/*.md' })
    expect(patterns).toEqual(['/blog/:ownslug/', '/blog/:pathdate/n/:undatedpath/', '/blog/n/:undatedpath/'])
  })

  it('is not known where categories differ, or a placeholder has no counterpart, and says so', () => {
    const issues = [issue('_posts/2024-05-31-a.md', 'category: a'), issue('_posts/2024-06-07-b.md', 'category: b')]
    expect(propose('Jekyll', '/:categories/:short_year/:title/', issues)).toMatchObject({
      patterns: ['/:name/'],
      unknown: [':categories', ':short_year'],
    })
  })
})
