import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type FaultyAnswer, type PageServer, startPageServer } from '../../fixtures/page-server.js'
import { aggregate } from '../../src/aggregate.js'
import { weekly } from '../../src/sources/weekly.js'
import { memoryStore } from '../../src/store/memory-store.js'
import type { Store } from '../../src/types.js'
import { cgiPage, longKey } from '../wechat/small-page.js'

/** Answers by path; other pages are not there. */
let answers: Record<string, FaultyAnswer>
let server: PageServer
beforeAll(async () => {
  server = await startPageServer({ respond: path => answers[path] ?? { status: 404 } })
})
afterAll(() => server.close())

let folder: string
let store: Store
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'weekloom-redirected-'))
  mkdirSync(join(folder, 'posts'))
  store = memoryStore()
  answers = {}
})
afterEach(() => rmSync(folder, { recursive: true }))

const blog = 'https://blog.example'
const to = (location: string, status = 302): FaultyAnswer => ({ status, headers: { location } })
const page = (title: string, head = ''): FaultyAnswer => ({
  body: `<!doctype html><html><head><title>${title}</title>${head}</head><body><article>${'<p>The weaver counts the threads again, and the count is one too few.</p>'.repeat(20)}</article></body></html>`,
})

/** A link to a page that is not there names a host, to which others may then lead. */
const named = ['www.blog.example', 'elsewhere.example', 'mp.weixin.qq.com'].map(host => `https://${host}/named`)

/** Entries of a weekly that links to addresses, each by a name of its own. */
async function run(links: Readonly<Record<string, string>>) {
  const lines = [...Object.entries(links), ...named.entries()].map(([name, url]) => `- [${name}](${url})\n`)
  writeFileSync(join(folder, 'posts/2023-05-05.md'), `---\ntitle: Weekly\ndate: 2023-05-05\n---\n\n## Reading\n\n${lines.join('')}`)
  const { feeds, report } = await aggregate({
    site: { title: 'Loom Weekly', url: 'https://loomstack.example/' },
    sources: [weekly('posts/*.md', { links: () => true })],
    feeds: { articles: { of: 'articles' } },
    store,
    cwd: folder,
    hosts: Object.fromEntries(
      ['blog.example', 'www.blog.example', 'elsewhere.example', 't.cn', 'mp.weixin.qq.com'].map(host => [host, server.origin]),
    ),
    now: '2024-01-01T00:00:00.000Z',
  })
  const entries = (feeds['articles']?.entries ?? []).filter(({ url = '' }) => !named.includes(url))
  return { entries, titles: entries.map(({ title }) => title).sort(), codes: report.problems.map(({ code }) => code) }
}

const two = { 'The first cloth': `${blog}/p1`, 'The second cloth': `${blog}/p2` }

describe('a temporary redirect', () => {
  it.each([302, 303, 307])('of status %i makes no one entry of two pages that it leads to the same third', async status => {
    answers = { '/p1': to('/today', status), '/p2': to('/today', status), '/today': page('Today', '<link rel=canonical href=/today>') }
    const { entries } = await run(two)
    expect(entries.map(({ url }) => url).sort()).toEqual([`${blog}/p1`, `${blog}/p2`])
    expect(entries.flatMap(({ keys }) => keys)).not.toContain(`${blog}/today`)
  })

  it.each(['/login', '/user/sign-in?next=/p1', '/maintenance', '/404.html'])('to %s leaves the words of the weekly', async door => {
    answers = { '/p1': to(door), '/p2': page('The second cloth'), [door]: page('A door') }
    const { titles, codes } = await run(two)
    expect(titles).toEqual(['The first cloth', 'The second cloth'])
    expect(codes).toContain('ARTICLE_REFUSED')
  })

  it.each([
    ['a slash', `${blog}/p1`, '/p1/'],
    ['a query', `${blog}/p1`, '/p1?lang=zh'],
    ['a host with www', `${blog}/p1`, 'https://www.blog.example/p1'],
    ['an address of a shortener', 'https://t.cn/A6xyz', `${blog}/posts/1`],
  ])('that changes %s proves what a permanent one would', async (_, asked, target) => {
    const { pathname, search } = new URL(target, blog)
    const isSamePath = asked.endsWith(pathname) && search === ''
    const answer = page('Cloth')
    let first = true
    answers = {
      get [new URL(asked).pathname]() {
        const redirects = first || !isSamePath
        first = false
        return redirects ? to(target) : answer
      },
      ...(isSamePath ? {} : { [pathname + search]: answer }),
    }
    const { entries } = await run({ Cloth: asked, Other: `${blog}/p9` })
    expect(entries).toMatchObject([{ title: 'Cloth', state: 'full', url: new URL(target, asked).href }, { title: 'Other' }])
  })
})

describe('a permanent redirect', () => {
  it.each([301, 308])('of status %i makes one entry of an old address and a new one', async status => {
    answers = { '/p1': to('/posts/1', status), '/posts/1': page('Cloth') }
    const { entries } = await run({ Old: `${blog}/p1`, New: `${blog}/posts/1` })
    expect(entries).toMatchObject([{ title: 'Cloth', url: `${blog}/posts/1` }])
  })

  it('is believed up to where a temporary one begins', async () => {
    answers = { '/p1': to('/posts/1', 301), '/posts/1': to('/today'), '/today': page('Cloth') }
    const { entries } = await run({ Old: `${blog}/p1` })
    expect(entries).toMatchObject([{ title: 'Cloth', url: `${blog}/posts/1` }])
    expect(entries[0]?.keys).toEqual(expect.arrayContaining([`${blog}/p1`, `${blog}/posts/1`]))
    expect(entries[0]?.keys).not.toContain(`${blog}/today`)
  })
})

describe('a redirect to a front page', () => {
  it.each([301, 302, 308])('of status %i leaves two entries with the words of the weekly', async status => {
    answers = { '/p1': to('/', status), '/p2': to('https://www.blog.example/', status), '/': page('Welcome') }
    const { titles, codes } = await run(two)
    expect(titles).toEqual(['The first cloth', 'The second cloth'])
    expect(codes.filter(code => code === 'ARTICLE_REFUSED')).toHaveLength(2)
  })

  it('gives its title where a page has become a site of its own, for good', async () => {
    answers = { '/loom': to('https://elsewhere.example/', 301), '/': page('Loom, the project') }
    expect((await run({ 'A loom': `${blog}/loom` })).titles).toEqual(['Loom, the project'])
  })

  it('gives its title where a front page was asked for, or a shortener', async () => {
    answers = { '/index.html': to('/', 301), '/': page('Welcome'), '/A6xyz': to('https://elsewhere.example/') }
    expect((await run({ Site: `${blog}/index.html`, Short: 'https://t.cn/A6xyz' })).titles).toEqual(['Welcome', 'Welcome'])
  })
})

it('a page of WeChat behind a temporary redirect is the article that it says it is', async () => {
  answers = { '/p1': to('https://mp.weixin.qq.com/s?x=1'), '/s?x=1': { body: cgiPage() } }
  const { entries } = await run({ Cloth: `${blog}/p1` })
  expect(entries).toMatchObject([{ title: '怎样织一匹布', state: 'full' }])
  expect(entries[0]?.keys).toContain(longKey)
})

describe('an address that a page calls its own', () => {
  const calls = (address: string) => `<link rel="canonical" href="${address}">`

  it('makes no one entry of pages with different titles', async () => {
    answers = { '/p1': page('Warp', calls('/loom')), '/p2': page('Weft', calls('/loom')), '/p3': page('Warp | Loom', calls('/loom')) }
    const links = { ...two, 'The first cloth again': `${blog}/p3` }
    const before = await run(links)
    expect(before.titles).toEqual(['Warp', 'Weft'])
    expect((await run(links)).entries).toEqual(before.entries)
  })

  it('makes one entry of a page and its other form', async () => {
    answers = { '/p1': page('Warp', calls('/p1')), '/p1/amp': page('Warp', calls('/p1')) }
    expect((await run({ Warp: `${blog}/p1`, Short: `${blog}/p1/amp` })).titles).toEqual(['Warp'])
  })
})
