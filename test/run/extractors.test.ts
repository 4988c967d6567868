import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type PageServer, startPageServer } from '../../fixtures/page-server.js'
import { aggregate, articles, type Extractor, memoryStore, type Options } from '../../src/index.js'

const url = 'https://wiki.example/raft'
const page = '<html><head><title>By its title tag</title></head><body><p>no article</p></body></html>'
let server: PageServer
beforeAll(async () => {
  server = await startPageServer({
    respond: path => (path === '/robots.txt' ? undefined : { body: page }),
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
