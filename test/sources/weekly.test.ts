import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { aggregate } from '../../src/aggregate.js'
import { parsePosts } from '../../src/post/parse-post.js'
import { authorFiles } from '../../src/sources/author-names.js'
import { type WeeklyOptions, weekly } from '../../src/sources/weekly.js'
import { memoryStore } from '../../src/store/memory-store.js'

let cwd: string
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'weekloom-weekly-'))
  mkdirSync(join(cwd, 'posts'))
})
afterEach(() => rmSync(cwd, { recursive: true, force: true }))

async function read(posts: Record<string, string>, url?: WeeklyOptions['url']) {
  for (const [name, text] of Object.entries(posts)) writeFileSync(join(cwd, 'posts', name), text)
  const { feeds, report } = await aggregate({
    site: { title: 'Loom Weekly', url: 'https://loomstack.example/' },
    sources: [weekly('posts/*.md', url === undefined ? {} : { url })],
    store: memoryStore(),
    network: 'frozen',
    now: '2024-06-15T12:00:00.000Z',
    cwd,
  })
  const { problems } = report
  return {
    issues: feeds['issues']?.entries ?? [],
    articles: feeds['articles']?.entries ?? [],
    problems,
    codes: problems.map(({ code }) => code),
  }
}

it('reads a post as at its own address, whether or not it has links that are relative to that', async () => {
  const post = (body: string) => `---\ntitle: Weekly\ndate: 2024-05-31\n---\n\n${body}\n`
  const posts = {
    'plain.md': post('An [article](https://a.example/1).'),
    'relative.md': post('![](cover.png) [more](../more/) [top](#top)'),
    'itself.md': post('[This issue](itself), [home](/)'),
    'typing.md': post('[Slip](hhttps://a.example/2)'),
  }
  const { issues } = await read(posts, '/blog/:slug/')
  for (const [name, text] of Object.entries(posts)) {
    const url = `https://loomstack.example/blog/${name.replace('.md', '')}/`
    const outcome = parsePosts(text, { path: `posts/${name}`, url })
    const html = outcome.ok ? outcome.value[0]?.html : undefined
    expect(issues.find(({ id }) => id === url)?.html).toBe(html)
  }
})

it('gives each of two issues of one day an address of its own', async () => {
  const { issues, codes } = await read({
    'week.md': '## News (2024-05-30)\n\na\n\n## News (2024-05-31)\n\nb\n\n## News (2024-05-31)\n\nc\n',
  })
  expect(issues.map(({ id, html }) => [id.split('/').at(-1), /<p>(.)/.exec(html ?? '')?.[1]]).sort()).toEqual([
    ['week#2024-05-30', 'a'],
    ['week#2024-05-31', 'b'],
    ['week#2024-05-31-2', 'c'],
  ])
  expect(codes).not.toContain('POST_ADDRESS_SHARED')
})

it('keeps a post back until the day of publishing that it states beside its date', async () => {
  const post = (front: string) => `---\ntitle: A\ndate: 2024-05-31\n${front}\n---\n`
  const { issues, codes } = await read({ 'due.md': post('publishDate: 2024-06-01'), 'later.md': post('publish_date: 2999-01-01') })
  expect(issues.map(({ id, published }) => [id.split('/').at(-1), published])).toEqual([['due', '2024-05-30T16:00:00.000Z']])
  expect(codes).toContain('POST_FUTURE')
})

it('leaves out an issue of which the patterns give no address, with what it links, and says what they ask for', async () => {
  const link = '[春游](https://mp.weixin.qq.com/s/IIIIIIIIIIIIIIIIIIIII1)'
  const posts = {
    'slip.md': `---\ntitle: Slip\ndate: 2024-11-31\n---\n\n${link}\n`,
    'draft.md': '---\ntitle: Draft\ndraft: true\n---\n',
    'whole.md': '---\ntitle: Whole\ndate: 2024-05-31\n---\n\n[The slip](slip.md).\n',
  }
  const { issues, articles, problems } = await read(posts, '/weekly/:year/:title/')
  expect([issues.map(({ id }) => id), articles]).toEqual([['https://loomstack.example/weekly/2024/whole/'], []])
  const where = { source: 'weekly', file: 'posts/slip.md' }
  const message = '“Slip” is left out: "/weekly/:year/:title/" asks for the date, which cannot be told.'
  expect(problems.filter(({ code, where: { file } }) => /^POST_(?:ADDRESS|DATE)/.test(code) && file === where.file)).toMatchObject([
    { code: 'POST_DATE_UNREADABLE', where },
    { code: 'POST_ADDRESS_UNKNOWN', message, where },
  ])
  expect(problems.filter(({ code }) => code === 'POST_ADDRESS_UNKNOWN')).toHaveLength(1)
  expect((await read(posts, ['/weekly/:year/:title/', '/:slug/'])).issues.map(({ id }) => id)).toContain('https://loomstack.example/slip/')
  expect((await read(posts, () => undefined)).issues.map(({ id }) => id)).toContain('https://loomstack.example/slip')
})

it('ids of several issues in one file stay when the next one is put on top, where the patterns give each an address', async () => {
  const issue = (number: number) => `## 第 ${number} 期（2024-05-0${number}）\n\n- [a](https://a.example/${number})\n`
  const idsOf = async (text: string, url: string) =>
    (await read({ 'log.md': text }, url)).issues.map(({ id }) => id.replace('https://loomstack.example', ''))
  expect(await idsOf(issue(2) + issue(1), '/i/:issue/')).toEqual(['/i/2/', '/i/1/'])
  expect(await idsOf(issue(3) + issue(2) + issue(1), '/i/:issue/')).toEqual(['/i/3/', '/i/2/', '/i/1/'])
  expect(await idsOf(issue(3) + issue(2), '/:slug/')).toEqual(['/log/#2024-05-03', '/log/#2024-05-02'])
})

it('leaves out of a file of several issues those of which the patterns give no address', async () => {
  const text = '## Weekly 1 (2024-05-30)\n\na\n\n## Weekly (2024-05-31)\n\nb\n\n## Weekly 3 (2024-06-01)\n\nc\n'
  const { issues, codes } = await read({ 'all.md': text }, '/weekly/:issue/')
  expect(issues.map(({ id }) => id).sort()).toEqual(['https://loomstack.example/weekly/1/', 'https://loomstack.example/weekly/3/'])
  expect(codes).toContain('POST_ADDRESS_UNKNOWN')
})

it('says of a post of the future until when it is left out, and of one far ahead that its date is suspicious', async () => {
  const { problems } = await read({
    'next.md': '---\ntitle: Next\ndate: 2024-06-17T23:30:00+00:00\n---\n',
    'slip.md': '---\ntitle: Slip\ndate: 2042-06-01\n---\n',
    'idea.md': '---\ntitle: Idea\ndate: 9999-12-31\ndraft: true\n---\n',
  })
  expect(problems.filter(({ where, code }) => where.file !== 'posts/idea.md' && code.startsWith('POST'))).toMatchObject([
    { code: 'POST_FUTURE', message: '“Next” is dated 2024-06-18: it is left out until then.', where: { file: 'posts/next.md' } },
    { code: 'POST_FUTURE', message: '“Slip” is dated 2042-06-01: it is left out until then.' },
    { code: 'POST_DATE_SUSPICIOUS', message: '“Slip” is dated 2042-06-01, more than a year ahead.', where: { file: 'posts/slip.md' } },
  ])
  expect(problems.filter(({ where }) => where.file === 'posts/idea.md').map(({ code }) => code)).not.toContain('POST_DATE_SUSPICIOUS')
})

it('tells a date far ahead also where posts of the future are kept, and none that is held back on purpose', async () => {
  writeFileSync(join(cwd, 'posts/far.md'), '---\ntitle: Far\ndate: 2042-06-01\n---\n')
  const far = await aggregate({
    site: { title: 'Loom Weekly', url: 'https://loomstack.example/' },
    sources: [weekly('posts/*.md')],
    store: memoryStore(),
    network: 'frozen',
    now: '2024-06-15T12:00:00.000Z',
    future: true,
    cwd,
  }).then(({ report }) => report)
  expect(far.problems).toContainEqual(expect.objectContaining({ code: 'POST_DATE_SUSPICIOUS' }))
  const { problems } = await read({ 'held.md': '---\ntitle: Held\ndate: 2024-05-31\npublishDate: 2999-01-01\n---\n' })
  expect(problems.filter(({ where }) => where.file === 'posts/held.md').map(({ code }) => code)).toEqual(['POST_FUTURE'])
})

it('leads to a post that is left out by the address of its file', async () => {
  const { issues } = await read(
    { 'a.md': '---\ntitle: A\ndate: 2024-05-31\n---\n[Before](./b.md)\n', 'b.md': '---\ntitle: B\n---\n' },
    '/:year/:slug/',
  )
  expect(issues.map(({ html }) => /href="([^"]+)"/.exec(html ?? '')?.[1])).toEqual(['https://loomstack.example/b'])
})

it('leaves out a post of which Eleventy makes no page', async () => {
  const post = (permalink: string) => `---\ntitle: A\ndate: 2024-05-31\npermalink: ${permalink}\n---\n`
  const { issues, codes } = await read({ 'no.md': post('false'), 'yes.md': post('/yes/') })
  expect([issues.map(({ id }) => id), codes]).toEqual([['https://loomstack.example/yes'], expect.arrayContaining(['POST_DRAFT'])])
})

it.each([
  ['a promise', async () => '/a/', /“Weekly 1” it gave a promise: it must not be async/],
  ['a promise that fails', () => Promise.reject(new Error('x')), /a promise/],
  ['a number', () => 5, /must give a text, or nothing; for “Weekly 1” it gave 5/],
  ['a list', () => ['/a/'], /it gave \["\/a\/"\]/],
])('refuses %s for the address of an issue, before an id is made of it', async (_, url, message) => {
  writeFileSync(join(cwd, 'posts/weekly-1.md'), '---\ntitle: Weekly 1\ndate: 2024-05-31\n---\n')
  const store = memoryStore()
  const source = Reflect.apply(weekly, undefined, ['posts/*.md', { url }])
  const site = { title: 'Loom Weekly', url: 'https://loomstack.example/' }
  await expect(aggregate({ site, sources: [source], store, network: 'frozen', cwd })).rejects.toThrow(message)
  const kept: string[] = []
  for await (const key of store.keys('')) kept.push(key)
  expect(kept.filter(key => !key.startsWith('cache/'))).toEqual([])
})

it('says of a folder that a pattern is meant', async () => {
  const site = { title: 'Loom Weekly', url: 'https://loomstack.example/' }
  const { report } = await aggregate({ site, sources: [weekly('posts/')], store: memoryStore(), network: 'frozen', cwd })
  expect(report.problems.filter(({ code }) => code === 'POST_UNREADABLE')).toMatchObject([
    { message: 'posts/ is a folder.', hint: 'Name the posts in it by a pattern: posts/**/*.md' },
  ])
})

it.each([
  ['beside the posts', { 'posts/authors.yml': 'jane:\n  name: Jane Doe\n  title: Weaver\n  url: https://jane.example/\n' }],
  ['nearest to them', { 'posts/authors.yaml': 'Jane: { name: Jane Doe, url: "https://jane.example/" }', '_data/authors.yml': 'jane: J.' }],
  ['of the site', { '_data/authors.yml': 'jane: "[Jane Doe](https://jane.example/)"' }],
])('names authors whom posts name by a key as the table %s says, and leaves others as they are', async (_, files) => {
  mkdirSync(join(cwd, '_data'))
  for (const [path, text] of Object.entries(files)) writeFileSync(join(cwd, path), text)
  const { issues } = await read({ 'a.md': '---\ntitle: A\nauthors: [jane, John Roe, constructor]\n---\n' })
  expect(issues[0]?.authors).toEqual([{ name: 'Jane Doe', url: 'https://jane.example/' }, { name: 'John Roe' }, { name: 'constructor' }])
})

it.each([
  ['blog/2024/*.md', ['blog/2024', 'blog/2024/_data', 'blog', 'blog/_data', '_data']],
  ['../blog/*.md', ['../blog', '../blog/_data', '_data']],
  ['*.md', ['', '_data']],
])('looks for tables of authors from the posts of %s up, and in no folder that may hold all there is', (pattern, folders) => {
  expect(authorFiles([pattern])).toEqual(folders.map(folder => join(folder, 'authors.y{a,}ml')))
})

it('takes a table of authors that cannot be read for none', async () => {
  writeFileSync(join(cwd, 'posts/authors.yml'), 'jane: { name: "Jane\n')
  const { issues, codes } = await read({ 'a.md': '---\ntitle: A\nauthors: jane\ndate: 2024-05-31\n---\n' })
  expect([issues[0]?.authors, codes.filter(code => code !== 'SOURCE_EMPTY')]).toEqual([[{ name: 'jane' }], []])
})

it.each(['NFC', 'NFD'] as const)('gives the same address whether the disk has the name of a post as %s', async form => {
  const { issues } = await read({ ['edição-1.md'.normalize(form)]: '---\ntitle: A\ndate: 2024-05-31\n---\n\na\n' }, '/:slug/:path/')
  expect(issues.map(({ id }) => id)).toEqual(['https://loomstack.example/edi%C3%A7%C3%A3o-1/edi%C3%A7%C3%A3o-1/'])
})

it('says to write slashes where a pattern with backslashes finds nothing', async () => {
  const problemsOf = async (pattern: string) =>
    (await aggregate({ site: { title: 'A', url: 'https://a.example/' }, sources: [weekly(pattern)], store: memoryStore(), cwd })).report
      .problems
  for (const pattern of ['none\\*.md', 'none\\*weekly*\\*.md'])
    expect(await problemsOf(pattern)).toEqual([expect.objectContaining({ hint: expect.stringContaining('write / for it') })])
  expect(await problemsOf('none/*.md')).toContainEqual(expect.objectContaining({ hint: expect.stringContaining('Correct the pattern') }))
})
