import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type PageServer, startPageServer } from '../../fixtures/page-server.js'
import { aggregate, articles, type Extractor, memoryStore, type Options } from '../../src/index.js'

const url = 'https://wiki.example/raft'
const other = 'https://wiki.example/paxos'
const page = '<html><head><title>By its title tag</title></head><body><p>no article</p></body></html>'
let server: PageServer
const asked: string[] = []
beforeAll(async () => {
  server = await startPageServer({
    respond(path) {
      asked.push(path)
      if (path === '/old') return { status: 302, headers: { location: url } }
      return { body: path === '/bare' ? '<p>no title</p>' : page }
    },
  })
})
afterAll(() => server.close())

const run = async (options: Partial<Options>) => {
  const { feeds, files, report } = await aggregate({
    site: { title: 'Loom Weekly', url: 'https://loomstack.example/' },
    sources: [articles(url)],
    feeds: { all: {} },
    store: memoryStore(),
    fullText: true,
    hosts: { 'wiki.example': server.origin },
    now: '2024-01-01T00:00:00.000Z',
    ...options,
  })
  const texts: Record<string, string> = {}
  for await (const { path, body } of files) texts[path] = body instanceof Uint8Array ? '' : [...body].join('')
  return { entries: feeds['all']?.entries ?? [], texts, codes: report.problems.map(({ code }) => code), problems: report.problems }
}

const wiki = (more: object = {}): Extractor => ({
  name: 'wiki',
  matches: ({ hostname }) => hostname === 'wiki.example',
  extract: () => ({
    ok: true,
    value: { key: url, url, title: 'Raft', authors: [], kind: 'article', extractor: 'wiki', from: { title: 'h1' }, ...more },
  }),
})

it('an extractor of the options reads the pages of a run', async () => {
  const { entries, codes } = await run({ extractors: [wiki({ published: '2023-05-01', topics: ['log'] })] })
  expect(entries).toMatchObject([{ title: 'Raft', published: '2023-05-01T00:00:00.000Z', tags: ['log'], state: 'full' }])
  expect(codes).toEqual([])
})

it('it reads saved pages too, and what is wrong with it is told with the file', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'weekloom-extractors-'))
  writeFileSync(join(folder, 'raft.html'), page.replace('<head>', `<head><link rel="canonical" href="${url}">`))
  const saved = (extractor: Extractor) => run({ sources: [articles('raft.html')], cwd: folder, extractors: [extractor] })
  expect((await saved(wiki())).entries.map(({ title }) => title)).toEqual(['Raft'])
  const { entries, problems } = await saved(wiki({ title: 5 }))
  expect(entries.map(({ title }) => title)).toEqual(['By its title tag'])
  expect(problems).toMatchObject([{ code: 'EXTRACTOR_FAILED', where: { source: 'articles', file: 'raft.html' } }])
  rmSync(folder, { recursive: true, force: true })
})

it('one that stops costs nothing but its reading', async () => {
  const stopping: Extractor = {
    ...wiki(),
    extract: () => {
      throw new Error('no such luck')
    },
  }
  const { entries, problems } = await run({ extractors: [stopping] })
  expect(entries.map(({ title }) => title)).toEqual(['By its title tag'])
  expect(problems).toMatchObject([{ code: 'EXTRACTOR_FAILED', where: { url }, cause: 'no such luck' }])
})

it('one that says that a page is no article is believed, and the entry stays as it was named', async () => {
  const refusing: Extractor = {
    ...wiki(),
    extract: () => ({
      ok: false,
      problem: { code: 'ARTICLE_TITLE_MISSING', level: 'warning', message: 'No heading.', where: { url } },
    }),
  }
  const { entries, problems } = await run({ extractors: [refusing] })
  expect(entries).toMatchObject([{ title: 'wiki.example/raft', state: 'partial' }])
  expect(problems).toMatchObject([{ code: 'ARTICLE_TITLE_MISSING', message: 'No heading.' }])
})

it('what a hostile one gives is in no feed and on no page', async () => {
  const { texts, entries } = await run({
    extractors: [
      wiki({
        title: '<script>alert(1)</script>',
        html: `<p onclick="alert(1)">text</p><script>alert(1)</script><a href="javascript:alert(1)">a</a><img src="x" onerror="alert(1)"><iframe src="https://a.example/"></iframe>${'<div>'.repeat(1000)}`,
        summary: '<img src=x onerror=alert(1)>',
        image: 'javascript:alert(1)',
        authors: [{ name: '"><script>alert(1)</script>', url: 'javascript:alert(1)' }],
        account: { name: '<script>alert(1)</script>', image: 'javascript:alert(1)' },
        attachments: [{ url: 'javascript:alert(1)', type: '"><script>' }],
        topics: ['<script>alert(1)</script>'],
      }),
    ],
  })
  expect(entries).toHaveLength(1)
  expect(entries[0]?.html ?? '').not.toMatch(/<script|onclick|onerror|javascript:|<iframe/)
  for (const [path, text] of Object.entries(texts)) {
    expect(text, path).not.toMatch(/javascript:alert/)
    // As text it stands in references, or within a string of JSON.
    if (!path.endsWith('.json')) expect(text, path).not.toMatch(/<script>alert|<img src=x|onclick=|<iframe/)
  }
})

/** What runs over one store ask for, a day after one another. */
function runs(
  sources: Options['sources'],
): (extractors: readonly Extractor[], more?: Partial<Options>) => Promise<{ asked: string[]; titles: string[]; codes: string[] }> {
  const store = memoryStore()
  let day = 1
  return async (extractors, more = {}) => {
    asked.length = 0
    const now = `2024-01-${String(day++).padStart(2, '0')}T00:00:00.000Z`
    const { entries, codes } = await run({ sources, store, now, extractors, ...more })
    return { asked: asked.filter(path => path !== '/robots.txt').sort(), titles: entries.map(({ title }) => title).sort(), codes }
  }
}

const raftOnly: Extractor = { ...wiki(), matches: ({ pathname }) => pathname === '/raft' }
const before = 'By its title tag'

it('a new one has the pages asked for again that it reads, once; one of another name too; one that goes does not', async () => {
  const next = runs([articles([url, other])])
  expect(await next([])).toMatchObject({ asked: ['/paxos', '/raft'], titles: [before, before] })
  expect(await next([raftOnly], { network: 'frozen' })).toMatchObject({ asked: [], titles: [before, before] })
  expect(await next([raftOnly])).toMatchObject({ asked: ['/raft'], titles: [before, 'Raft'] })
  expect((await next([raftOnly])).asked).toEqual([])
  expect((await next([{ ...raftOnly, name: 'wiki-2' }])).asked).toEqual(['/raft'])
  expect(await next([])).toMatchObject({ asked: [], titles: [before, 'Raft'] })
})

it('one that could not be used has its pages asked for again until it is mended', async () => {
  const broken: Extractor = {
    ...wiki(),
    extract: () => {
      throw new Error('no such luck')
    },
  }
  const next = runs([articles([url, 'https://wiki.example/bare'])])
  const failed = { asked: ['/bare', '/raft'], codes: ['EXTRACTOR_FAILED', 'EXTRACTOR_FAILED', 'ARTICLE_TITLE_MISSING'].sort() }
  for (const _ of [1, 2]) {
    const { codes, ...rest } = await next([broken])
    expect({ ...rest, codes: codes.sort() }).toMatchObject({ ...failed, codes: failed.codes })
  }
  expect(await next([wiki()])).toMatchObject({ asked: ['/bare', '/raft'], titles: ['Raft'], codes: [] })
  expect((await next([wiki()])).asked).toEqual([])
})

it('a page in which others saw no article is asked for again for one, and not once more when it sees none either', async () => {
  const refusing: Extractor = {
    ...wiki(),
    extract: () => ({ ok: false, problem: { code: 'ARTICLE_TITLE_MISSING', level: 'warning', message: 'None.', where: {} } }),
  }
  const next = runs([articles('https://wiki.example/bare')])
  expect(await next([])).toMatchObject({ asked: ['/bare'], codes: ['ARTICLE_TITLE_MISSING'] })
  expect((await next([])).asked).toEqual([])
  expect((await next([refusing])).asked).toEqual(['/bare'])
  expect((await next([refusing])).asked).toEqual([])
  expect(await next([wiki(), refusing])).toMatchObject({ asked: [] })
  expect(await next([{ ...wiki(), name: 'wiki-2' }])).toMatchObject({ asked: ['/bare'], titles: ['Raft'] })
})

it.each([
  ['leads elsewhere', 'https://wiki.example/old', raftOnly],
  [
    'is not the article’s own',
    url,
    { ...wiki({ url: 'https://www.wiki.example/Raft', key: 'https://www.wiki.example/Raft' }), matches: raftOnly.matches },
  ],
])('a page whose address %s is not asked for at every run', async (_, address, extractor) => {
  const next = runs([articles(address)])
  expect((await next([extractor])).titles).toEqual(['Raft'])
  expect((await next([extractor])).asked).toEqual([])
})
