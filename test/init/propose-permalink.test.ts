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

const propose = (name: string, permalink: string, issues: ReadPost[], flags: Record<string, boolean> = {}) =>
  proposePermalink(siteOf(name, { permalinks: { '': permalink }, flags }), issues)

/** The address that patterns give a post below the fixed part of a glob. */
const addressBy = (patterns: readonly string[], glob: string, { path, post }: ReadPost) =>
  fillPermalink(patterns, post, { path: pathFact(path.slice(fixedFolder(glob).length + 1)), timeZone: 'UTC' })

describe('the address of an issue', () => {
  // What Hugo 0.111 makes of them.
  it.each([
    ['/s/:sections[:last]/:filename/', '/s/a/b/c/:lowerslug/'],
    ['/s/:sections[1:last]/:filename/', '/s/b/c/:lowerslug/'],
    ['/s/:sections[1:2]/:filename/', '/s/b/:lowerslug/'],
    ['/s/:sections[last]/:filename/', '/s/d/:lowerslug/'],
    ['/s/:sections[1]/:filename/', '/s/b/:lowerslug/'],
    ['/s/:sections[2:]/:filename/', '/s/c/d/:lowerslug/'],
    ['/s/:sections/:section/:filename/', '/s/a/b/c/d/a/:lowerslug/'],
    ['/S/:slugorfilename', '/s/:lowerownslug/', '/s/:lowerslug/'],
    ['/s/:filename.html', '/s/:lowerslug.html/'],
    ['/:year/:title/', '/:ownyear/:title/'],
  ])('takes %s of Hugo for %s', (permalink, ...patterns) => {
    const proposed = propose('Hugo', permalink, [issue('content/a/b/c/d/weekly-1.md')])
    expect(proposed).toMatchObject({ patterns: [':ownurl', ...patterns], unknown: [] })
  })

  it.each([
    ['/:section/:slugorfilename/', '/weekly/:lowerownslug/', '/weekly/:lowername/'],
    ['/:slug/', '/:lowerownslug/', '/:lowername/'],
    ['/:filename/', '/:lowerslug/'],
  ])('is without the date of the name where Hugo takes dates from names, for %s', (permalink, ...patterns) => {
    const issues = [issue('content/weekly/2026-01-05-weekly-1.md')]
    expect(propose('Hugo', permalink, issues, { datesByName: true })).toMatchObject({ patterns: [':ownurl', ...patterns] })
  })

  it('has the day that a date with an offset states, as Hugo has it, whatever the zone of the site', () => {
    const plain = issue('content/weekly/weekly-1.md')
    const { patterns } = propose('Hugo', '/:year/:month/:day/:filename/', [plain])
    const address = (date: string) => {
      const outcome = parsePost(`---\ntitle: A\ndate: ${date}\n---\n`, { path: plain.path, timeZone: 'Asia/Shanghai' })
      if (!outcome.ok) throw new Error(outcome.problem.message)
      return fillPermalink(patterns, outcome.value, { path: 'weekly-1', timeZone: 'Asia/Shanghai' })
    }
    expect(address('2026-01-31T20:00:00Z')).toBe('/2026/01/31/weekly-1/')
    expect(address('2026-01-31T20:00:00+08:00')).toBe('/2026/01/31/weekly-1/')
    expect(address('2026-01-31 20:00:00')).toBe('/2026/01/31/weekly-1/')
  })

  // What Hugo 0.111 makes of them; Astro 5, Zola and Jekyll by their rules.
  it.each([
    ['Hugo', 'content/posts/*.md', 'content/posts/weekly-1.md', 'content/posts/We E.md', '', '/posts/we-e/'],
    ['Hugo', 'content/posts/*.md', 'content/posts/weekly-1.md', 'content/posts/a.md', 'slug: My Slug', '/posts/my-slug/'],
    ['Hugo', 'content/posts/*.md', 'content/posts/weekly-1.md', 'content/posts/a.md', 'slug: a\nurl: /Foo/Bar/', 'Foo/Bar/'],
    ['Hugo', 'content/posts/*/*.md', 'content/posts/2022/w-1.md', 'content/posts/2023/c.md', 'slug: Cee', '/posts/2023/cee/'],
    [
      'Hugo',
      'content/posts/*/*/index.md',
      'content/posts/2022/w-1/index.md',
      'content/posts/2023/c/index.md',
      'slug: Cee',
      '/posts/2023/cee/',
    ],
    ['Astro', 'src/content/blog/*.md', 'src/content/blog/w-1.md', 'src/content/blog/W v1.4.md', '', '/blog/w-v14/'],
    ['Astro', 'src/content/blog/*.md', 'src/content/blog/w-1.md', 'src/content/blog/w-2.md', 'slug: Two', '/blog/Two/'],
    ['Astro', 'src/content/blog/w/*.md', 'src/content/blog/w/1.md', 'src/content/blog/w/2.md', 'slug: two', '/blog/two/'],
    ['Astro', 'src/pages/blog/*.md', 'src/pages/blog/w-1.md', 'src/pages/blog/W-2.md', 'slug: two', '/blog/W-2/'],
    ['Zola', 'content/blog/*.md', 'content/blog/w-1.md', 'content/blog/W 2.md', '', '/blog/w-2/'],
    ['Docusaurus', 'blog/*.md', 'blog/2026-01-12-w.md', 'blog/w-2.md', 'slug: /two', '/blog/two'],
    ['Docusaurus', 'blog/*-w-*.md', 'blog/2026-01-12-w-1.md', 'blog/the-w-2.md', '', '/blog/the-w-2'],
    ['Docusaurus', 'docs/w/*.md', 'docs/w/1.md', 'docs/w/2.md', 'slug: two', '/docs/w/two'],
    ['Eleventy', 'posts/*.md', 'posts/w-1.md', 'posts/w-2.md', 'permalink: /two/', 'two/'],
    ['VuePress', 'w/*.md', 'w/1.md', 'w/2.md', 'permalink: /two.html', 'two.html'],
    ['VitePress', 'w/*.md', 'w/1.md', 'w/2.md', 'permalink: /two.html\nslug: two', '/w/2.html'],
    ['Jekyll', '_posts/*.md', '_posts/2026-01-05-w.md', '_posts/2026-01-12-v.md', 'permalink: /two/', 'two/'],
  ])(
    'is that of a later one by the rules of %s, where %s finds %s today and %s with "%s" next',
    (name, glob, today, next, front, address) => {
      const { patterns } = proposePermalink(siteOf(name, {}), [issue(today)], glob)
      expect(addressBy(patterns, glob, issue(next, front))).toBe(address)
    },
  )

  it.each(['Hugo', 'Zola'])('keeps capitals where the config of %s says so', name => {
    const one = issue('content/posts/We-E.md', 'slug: Us')
    const { patterns } = proposePermalink(siteOf(name, { flags: { keepsNames: true } }), [one], 'content/posts/*.md')
    expect(addressBy(patterns, 'content/posts/*.md', one)).toBe('/posts/Us/')
  })

  it.each(['VitePress', 'VuePress'])('keeps a folder called content, which is none of pages for %s unless it says so', name => {
    const issues = [issue('content/weekly/1.md')]
    const patternOf = (config: Partial<SiteConfig>) => proposePermalink(siteOf(name, config), issues).patterns.at(-1)
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
    expect(proposePermalink(siteOf('Docusaurus', { texts }), issues).patterns.at(-1)).toBe(pattern)
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
    const { patterns, unknown } = propose(generator, permalink, issues)
    expect([patterns.at(-1), unknown]).toEqual([pattern, []])
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
    const { patterns } = proposePermalink(siteOf('Docusaurus', {}), [one], glob)
    expect(addressBy(patterns, glob, one)).toBe(address)
  })

  it('is that of each where a blog of Docusaurus has dated and undated names and slugs, which stand below the blog itself', () => {
    const issues = [issue('blog/n/w-1.md'), issue('blog/n/2026-04-01-w-4.md'), issue('blog/n/w-5.md', 'slug: five')]
    const { patterns } = proposePermalink(siteOf('Docusaurus', { flags: { trailingSlash: true } }), issues, 'blog/n/w-*.md')
    expect(patterns).toEqual(['/blog/:ownslug/', '/blog/:pathdate/n/:undatedpath/', '/blog/n/:undatedpath/'])
  })

  it('is not known where categories differ, or a placeholder has no counterpart, and says so', () => {
    const issues = [issue('_posts/2024-05-31-a.md', 'category: a'), issue('_posts/2024-06-07-b.md', 'category: b')]
    expect(propose('Jekyll', '/:categories/:short_year/:title/', issues)).toMatchObject({
      patterns: [':ownpermalink', '/:ownslug/', '/:name/'],
      unknown: [':categories', ':short_year'],
    })
  })
})
