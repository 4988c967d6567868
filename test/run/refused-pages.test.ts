import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type PageServer, startPageServer } from '../../fixtures/page-server.js'
import { aggregate } from '../../src/aggregate.js'
import { weekly } from '../../src/sources/weekly.js'
import { memoryStore } from '../../src/store/memory-store.js'
import type { Store } from '../../src/types.js'

/** Pages by path; others are not there. */
let pages: Record<string, string>
let server: PageServer
beforeAll(async () => {
  server = await startPageServer({
    respond: path => {
      const body = pages[path]
      return body === undefined ? { status: 503 } : { body }
    },
  })
})
afterAll(() => server.close())

let folder: string
let store: Store
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'weekloom-refused-'))
  mkdirSync(join(folder, 'posts'))
  store = memoryStore()
  pages = {}
  server.requests.length = 0
  const lines = '- [深入理解 Raft 一致性协议](https://blog.example/p1)\n'
  writeFileSync(join(folder, 'posts/2023-05-05.md'), `---\ntitle: Weekly\ndate: 2023-05-05\n---\n\n## Reading\n\n${lines}`)
})
afterEach(() => rmSync(folder, { recursive: true }))

const page = (title: string, body = '') => `<!doctype html><html><head><title>${title}</title></head><body>${body}</body></html>`
const article = `<article>${'<p>The weaver counts the threads again, and again the count is one too few.</p>'.repeat(20)}</article>`

async function run(now = '2024-01-01T00:00:00.000Z', maxAge?: number) {
  server.requests.length = 0
  const { feeds, report } = await aggregate({
    site: { title: 'Loom Weekly', url: 'https://loomstack.example/' },
    sources: [weekly('posts/*.md', { links: () => true })],
    feeds: { articles: { of: 'articles' } },
    store,
    cwd: folder,
    hosts: { 'blog.example': server.origin },
    now,
    ...(maxAge === undefined ? {} : { fetch: { maxAge } }),
  })
  const entries = feeds['articles']?.entries ?? []
  return { entries, codes: report.problems.map(({ code }) => code), asked: [...server.requests] }
}

describe('a page that stands in the place of an article, with a status of success', () => {
  it.each([
    'Just a moment...',
    'Log in',
    '登录',
    '403 Forbidden',
    'Page not found',
    '安全验证',
    'Access Denied',
    '502 Bad Gateway',
    '系统维护中',
  ])('leaves the words of the weekly in the entry: %s', async title => {
    pages = { '/p1': page(title, '<p>Try again later.</p>') }
    const { entries, codes } = await run()
    expect(entries).toMatchObject([{ title: '深入理解 Raft 一致性协议', state: 'partial' }])
    expect(codes).toContain('ARTICLE_REFUSED')
  })

  it('is asked for again a day later, and gives way to the article', async () => {
    pages = { '/p1': page('Just a moment...') }
    await run()
    pages = { '/p1': page('Understanding Raft', article) }
    expect((await run('2024-01-01T06:00:00.000Z')).asked).toEqual([])
    expect(await run('2024-01-02T06:00:00.000Z')).toMatchObject({
      asked: ['/p1'],
      entries: [{ title: 'Understanding Raft', state: 'full' }],
    })
  })

  it('does not take the place of an article that was had', async () => {
    pages = { '/p1': page('Understanding Raft', article) }
    await run()
    pages = { '/p1': page('登录') }
    const { entries, codes, asked } = await run('2024-01-05T00:00:00.000Z', 1)
    expect({ codes, asked }).toMatchObject({ codes: expect.arrayContaining(['ARTICLE_REFUSED']), asked: ['/p1'] })
    expect(entries).toMatchObject([{ title: 'Understanding Raft', state: 'full' }])
  })
})
