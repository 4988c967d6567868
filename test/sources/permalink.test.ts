import { describe, expect, it } from 'vitest'
import { parsePost } from '../../src/post/parse-post.js'
import { explainPermalink, explainUnfilled, fillPermalink, pathFact } from '../../src/sources/permalink.js'

const read = (text: string, path: string) => {
  const outcome = parsePost(text, { path, timeZone: 'Asia/Shanghai' })
  if (!outcome.ok) throw new Error(outcome.problem.message)
  return outcome.value
}
const post = read('---\ntitle: "Weekly #12"\ndate: 2024-05-31T23:30:00Z\n---\n', 'content/2024-05-31-a b.md')
const facts = { path: '2024/05/a', timeZone: 'Asia/Shanghai' }

it.each([
  ['/blog/:slug/', '/blog/2024-05-31-a%20b/'],
  ['/:year/:month/:day/:name.html', '/2024/06/01/a%20b.html'],
  [':path', '2024/05/a'],
  ['https://x.example:8080/n-:issue', 'https://x.example:8080/n-12'],
])('%s gives %s, the day told in the zone of the source', (pattern, address) => {
  expect(fillPermalink(pattern, post, facts)).toBe(address)
})

it.each([
  [':path', '2024/A%20b/'],
  ['/posts/:path/', '/posts/2024/A%20b/'],
  ['/posts/:path.html', '/posts/2024/A%20b.html'],
  ['/posts/:lowerpath/', '/posts/2024/a-b/'],
])('%s gives %s for an issue in a folder of its own', (pattern, address) => {
  expect(fillPermalink(pattern, post, { ...facts, path: pathFact('2024/A b/index.md') })).toBe(address)
})

// What Hugo 0.111 makes of these titles.
it.each([
  ['Loom weekly: A/B tests', '/loom-weekly-a/b-tests/'],
  ['a - b -- c', '/a-b--c/'],
  ['第 3 期｜Go 1.22，发布！', '/第-3-期go-1.22发布/'],
  ['..dots. end.', '/..dots.-end./'],
  ['Ünïcode É  two  spaces', '/ünïcode-é-two-spaces/'],
  ['x~y_z#1', '/x~y_z%231/'],
  ['“quoted” — dash', '/quoted-dash/'],
  ['C++周刊 1', '/c-周刊-1/'],
  ['C++', '/c-/'],
  ['a + b', '/a--b/'],
  ['a+-b', '/a-b/'],
  ['x@y', '/x@y/'],
])('%s is the address of the title as Hugo writes it', (title, address) => {
  expect(fillPermalink('/:title/', { ...post, title }, facts)).toBe(encodeURI(address).replace('%2523', '%23'))
})

// What Hugo 0.111 makes of these names of files.
it.each([
  ['weekly-C++', 'weekly-c++'],
  ['C++ @ #1~2_3.v', 'c++-@-#1~2_3.v'],
  ['a + b', 'a-+-b'],
  ['weekly（特刊）15，A&B=%*!', 'weekly特刊15ab'],
])('%s is %s in addresses of Hugo', (slug, address) => {
  const path = encodeURIComponent(slug)
  for (const pattern of ['/:lowerslug/', '/:lowername/', '/:lowerpath/'])
    expect(fillPermalink(pattern, { ...post, slug }, { ...facts, path })).toBe(`/${encodeURI(address).replace('#', '%23')}/`)
})

it.each([
  ['2026/2026-3-05-w.md', '2026/3/05/2026/w/'],
  ['2026/03/05/w/index.md', '2026/03/05/w/'],
  ['w/index.md', 'w/'],
])('the date in the path %s, and the path without it, give %s', (path, address) => {
  const patterns = [':pathdate/:undatedpath/', ':undatedpath/']
  expect(fillPermalink(patterns, post, { ...facts, path: pathFact(path) })).toBe(address)
})

it('takes the name for the path of an issue whose folder is named itself', () => {
  expect(fillPermalink(':pathdate/:undatedpath', post, { ...facts, path: '' })).toBe('2024/05/31/a%20b')
})

describe('what a front matter states of the address', () => {
  const stating = (front: string) => read(`---\ntitle: A\n${front}\n---\n`, 'content/Weekly 12.md')

  it.each([
    ['url: /special/one/', 'special/one/'],
    ['url: special/one.html', 'special/one.html'],
    ['url: https://other.example/a', 'https://other.example/a'],
    ['slug: Second Week', 'blog/Second%20Week/'],
    ['slug: /第 3 期/', 'blog/%E7%AC%AC%203%20%E6%9C%9F/'],
    ['permalink: /not-asked-for/', 'blog/weekly-12/'],
    ['url: "/{{ title }}/"', 'blog/weekly-12/'],
    ['url: /:year/:slug/', 'blog/weekly-12/'],
    ['url: false', 'blog/weekly-12/'],
    ['tags: [a]', 'blog/weekly-12/'],
  ])('%s gives %s by the first pattern of a list that the post can fill', (front, address) => {
    expect(fillPermalink([':ownurl', 'blog/:ownslug/', 'blog/:lowerslug/'], stating(front), facts)).toBe(address)
  })

  it.each([
    ['2024/05/a.md', '/posts/2024/05/Two/'],
    ['2024/a b/index.md', '/posts/2024/Two/'],
    ['新闻/a.md', '/posts/%E6%96%B0%E9%97%BB/Two/'],
    ['a.md', '/posts/Two/'],
    ['index.md', '/posts/Two/'],
  ])('is a slug in place of the name in the path %s where the pattern asks for it', (path, address) => {
    const place = { ...facts, path: pathFact(path) }
    expect(fillPermalink('/posts/:ownpath/', stating('slug: Two'), place)).toBe(address)
    expect(fillPermalink('/posts/:ownpath/', stating('tags: []'), place)).toBeUndefined()
  })

  it('is written in small letters where the pattern asks for it', () => {
    expect(fillPermalink('/:lowerownslug/', stating('slug: Second Week'), facts)).toBe('/second-week/')
    expect(fillPermalink('/:lowerownpath/', stating('slug: Second Week'), facts)).toBe('/2024/05/second-week/')
    expect(fillPermalink(':ownpermalink', stating('permalink: /a/b.html'), facts)).toBe('a/b.html')
  })
})

it('gives no address when the post lacks what the pattern asks for', () => {
  expect(fillPermalink('/:year/:slug/', read('# A\n', 'a.md'), facts)).toBeUndefined()
})

it.each([
  ['/:year/:ownmonth/:day/:slug/', '"/:year/:ownmonth/:day/:slug/" asks for the date'],
  [['/:issue/:lowerownslug/', ':ownurl'], '"/:issue/:lowerownslug/" asks for the issue and the slug, ":ownurl" asks for the url'],
])('says what %s asks for that the post lacks', (patterns, told) => {
  expect(explainUnfilled(patterns, read('# A\n', 'a.md'), facts)).toBe(told)
})

it('refuses a placeholder that it does not know, and says which it knows', () => {
  expect(explainPermalink('/:titel/')).toBe('"/:titel/" holds :titel, which is no placeholder; did you mean :title?')
  expect(explainPermalink('/:categories/')).toMatch(/:categories, which is no placeholder; known are :slug, /)
  expect(explainPermalink('https://x.example:8080/:slug')).toBeUndefined()
})

it.each([
  ['abbrlink: 4a17b156', '/posts/:abbrlink.html', '/posts/4a17b156.html'],
  ['urlname: 第 3 期', '/:urlname/', '/%E7%AC%AC%203%20%E6%9C%9F/'],
  ['abbrlink:', '/posts/:abbrlink.html', undefined],
])('%s fills %s as plugins of Hexo have it: %s', (front, pattern, address) => {
  expect(fillPermalink(pattern, read(`---\ntitle: A\n${front}\n---\n`, 'a.md'), facts)).toBe(address)
})

// What github-slugger 2 makes of them.
it.each([
  ['2026-01-05 Weekly.1', '2026-01-05-weekly1'],
  ['Week_12 - news', 'week_12---news'],
  ['第 3 期：#1 ~ C++', '第-3-期1--c'],
])('%s is %s in addresses of Astro', (slug, address) => {
  expect(fillPermalink('/:githubslug/', { ...post, slug }, facts)).toBe(`/${encodeURI(address)}/`)
  expect(fillPermalink('/:githubpath/', post, { ...facts, path: encodeURIComponent(slug) })).toBe(`/${encodeURI(address)}/`)
})

it.each([
  ['2026-01-31T20:00:00Z', '2026/01/31'],
  ['2026-01-31T20:00:00.5+00:00', '2026/01/31'],
  ['2026-02-01 02:00 +0800', '2026/02/01'],
  ['2026-01-31 20:00', '2026/01/31'],
])('the day of %s as it is written is %s', (date, address) => {
  expect(fillPermalink(':ownyear/:ownmonth/:ownday', read(`---\ntitle: A\ndate: ${date}\n---\n`, 'a.md'), facts)).toBe(address)
})
