import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type PageServer, startPageServer } from '../../fixtures/page-server.js'
import { aggregate, articles, memoryStore, type Options, weekly } from '../../src/index.js'

const posts = 'fixtures/weekly/content/zh/blog/*weekly*/index.md'
const store = memoryStore()
let server: PageServer
beforeAll(async () => {
  server = await startPageServer()
})
afterAll(() => server.close())

const run = async (hooks: Partial<Options>) => {
  const { feeds, report } = await aggregate({
    site: { title: 'Loom Weekly', url: 'https://loomstack.example/' },
    sources: [weekly(posts)],
    feeds: { all: { limit: false, maxBytes: false } },
    store,
    fullText: true,
    hosts: { 'mp.weixin.qq.com': server.origin },
    now: '2024-01-01T00:00:00.000Z',
    ...hooks,
  })
  const entries = feeds['all']?.entries ?? []
  return {
    entries,
    codes: report.problems.map(problem => problem.code),
    problems: report.problems,
    kind: (kind: string) => entries.filter(entry => entry.kind === kind),
  }
}

it('onPost changes an issue, or leaves it out with its links; its id stays', async () => {
  const before = await run({})
  const changed = await run({
    onPost: post => (post.issue === '1' ? null : { ...post, title: `! ${post.title}`, url: 'https://other.example/' }),
  })
  expect(changed.kind('issue').map(entry => entry.id)).toEqual(before.kind('issue').map(entry => entry.id))
  expect(changed.kind('issue').every(entry => entry.title.startsWith('! '))).toBe(true)
  const dropped = await run({ onPost: () => null })
  expect(dropped.entries).toEqual([])
})

it('onLink changes what a link says and where it leads, or leaves it out', async () => {
  const before = await run({})
  expect((await run({ onLink: () => null })).kind('article')).toEqual([])
  const moved = await run({ onLink: link => ({ ...link, url: 'https://moved.example/a' }), network: 'frozen' })
  expect(moved.kind('article').map(entry => [entry.url, entry.keys])).toEqual([['https://moved.example/a', ['https://moved.example/a']]])
  expect(moved.kind('article')[0]?.origins.length).toBeGreaterThan(10)
  expect(before.kind('article').length).toBeGreaterThan(10)
})

it('onArticle sees the body, changes the article in every run, or leaves its entries out; the store keeps it as the page has it', async () => {
  const bodies: boolean[] = []
  const changed = await run({
    onArticle: article => {
      bodies.push(article.html !== undefined)
      return { ...article, title: `! ${article.title}`, html: '<p>mine</p>' }
    },
  })
  const full = changed.kind('article').filter(entry => entry.state === 'full')
  expect(full.length).toBe(bodies.length)
  expect(bodies.filter(Boolean).length).toBeGreaterThan(3)
  expect(full.every(entry => entry.title.startsWith('! ') && entry.html === '<p>mine</p>')).toBe(true)
  expect((await run({ onArticle: () => null })).kind('article').every(entry => entry.state === 'partial')).toBe(true)
  expect((await run({})).entries.some(entry => entry.title.startsWith('! '))).toBe(false)
})

it('onArticle is called for saved pages too', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'weekloom-hooks-'))
  const { pages } = await import('../../fixtures/wechat/pages.js')
  writeFileSync(join(folder, 'page.html'), pages.find(page => page.kind === 'article')?.html() ?? '')
  const saved = (hooks: Partial<Options>) => run({ sources: [articles('*.html')], cwd: folder, store: memoryStore(), ...hooks })
  expect((await saved({})).entries).toHaveLength(1)
  expect((await saved({ onArticle: () => null })).entries).toEqual([])
  rmSync(folder, { recursive: true })
})

it('onEntry changes an entry but not its id, sees the text, or leaves it out', async () => {
  const before = await run({})
  const seen = new Set<string>()
  const changed = await run({
    onEntry: async entry => {
      if (entry.html !== undefined) seen.add(entry.kind)
      return { ...entry, id: 'x', keys: [], title: `! ${entry.title}` }
    },
  })
  expect(seen).toEqual(new Set(['issue', 'article']))
  expect(changed.entries.map(entry => entry.id)).toEqual(before.entries.map(entry => entry.id))
  expect(changed.entries.every(entry => entry.title.startsWith('! '))).toBe(true)
  expect(changed.entries.map(entry => entry.html)).toEqual(before.entries.map(entry => entry.html))
  expect((await run({ onEntry: entry => (entry.kind === 'issue' ? null : entry) })).kind('issue')).toEqual([])
})

it('a hook that gives nothing changes nothing', async () => {
  const nothing = () => undefined
  const before = await run({})
  expect((await run({ onPost: nothing, onLink: nothing, onArticle: nothing, onEntry: nothing })).entries).toEqual(before.entries)
})

it.each(['onPost', 'onLink', 'onArticle', 'onEntry'])('%s that throws is HOOK_FAILED, and the thing stays as it was', async name => {
  const before = await run({})
  const hook = () => {
    throw new Error('no such luck')
  }
  const { entries, problems } = await run({ [name]: hook })
  expect(entries).toEqual(before.entries)
  expect(problems.find(problem => problem.code === 'HOOK_FAILED')).toMatchObject({ message: `${name} stopped.`, cause: 'no such luck' })
})

it.each([
  ['onPost', '({ title: "x" })'],
  ['onPost', '({ ...given, authors: "Ann" })'],
  ['onLink', '({ ...given, url: 5 })'],
  ['onLink', '({ url: "https://x.example/" })'],
  ['onArticle', '({ title: "x" })'],
  ['onPost', '({ ...given, published: "yesterday" })'],
  ['onPost', '({ ...given, tags: [5] })'],
  ['onPost', '({ ...given, sections: [{}] })'],
  ['onPost', '({ ...given, questions: [{}] })'],
  ['onLink', '({ ...given, title: ["x"] })'],
  ['onLink', '({ ...given, note: 5 })'],
  ['onLink', '({ ...given, url: "nowhere" })'],
  ['onArticle', '({ ...given, summary: 5 })'],
  ['onArticle', '({ ...given, aliases: [5] })'],
  ['onArticle', '({ ...given, account: "x" })'],
  ['onEntry', '({ title: "x" })'],
  ['onEntry', '({ ...given, tags: [5] })'],
  ['onEntry', '({ ...given, published: "yesterday" })'],
  ['onEntry', '"x"'],
])('%s that gives %s is HOOK_FAILED, and the thing stays as it was', async (name, body) => {
  const before = await run({})
  const { entries, codes } = await run({ [name]: new Function('given', `return ${body}`) })
  expect(entries).toEqual(before.entries)
  expect(new Set(codes)).toContain('HOOK_FAILED')
})

it.each(['onPost', 'onArticle'])('%s may give a date as a Date', async name => {
  const hook = new Function('given', 'return { ...given, published: new Date("2023-12-01T00:00:00Z") }')
  // What a ledger has once dated stays so.
  const { entries, codes } = await run({ [name]: hook, store: memoryStore() })
  expect(codes).not.toContain('HOOK_FAILED')
  expect(entries.map(({ published }) => published)).toContain('2023-12-01T00:00:00.000Z')
})

it('onEntry may give a date as a Date, or as a text in any form', async () => {
  const dates = [new Date('2024-05-01T00:00:00Z'), '2024-05-01T08:00:00+08:00']
  const { entries } = await run({
    onEntry: new Function('dates', 'return entry => ({ ...entry, published: dates.reverse()[0], summary: undefined })')(dates),
  })
  expect(new Set(entries.map(({ published }) => published))).toEqual(new Set(['2024-05-01T00:00:00.000Z']))
  expect(entries.some(entry => 'summary' in entry)).toBe(false)
})
