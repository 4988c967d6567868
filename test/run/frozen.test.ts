import dns from 'node:dns'
import net from 'node:net'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { startPageServer } from '../../fixtures/page-server.js'
import { aggregate } from '../../src/aggregate.js'
import { totalsOf } from '../../src/run/report.js'
import { articles } from '../../src/sources/articles.js'
import { feeds } from '../../src/sources/feeds.js'
import { weekly } from '../../src/sources/weekly.js'
import { memoryStore } from '../../src/store/memory-store.js'

const options = {
  site: { title: 'Loom Weekly', url: 'https://loomstack.example/' },
  sources: [
    weekly('fixtures/weekly/content/zh/blog/*weekly*/index.md'),
    feeds('https://news.example/rss.xml'),
    articles('https://mp.weixin.qq.com/s/aaaaaaaaaaaaaaaaaaaaaa'),
  ],
  cwd: join(import.meta.dirname, '../..'),
  now: '2024-01-01T00:00:00.000Z',
} as const

it('a frozen run opens no socket and resolves no name, and says what it could not read', async () => {
  const connect = vi.spyOn(net.Socket.prototype, 'connect').mockImplementation(() => {
    throw new Error('A socket was opened.')
  })
  const lookups = [vi.spyOn(dns, 'lookup'), vi.spyOn(dns.promises, 'lookup')]
  const run = await aggregate({ ...options, store: memoryStore(), network: 'frozen' })
  expect(connect).not.toHaveBeenCalled()
  for (const lookup of lookups) expect(lookup).not.toHaveBeenCalled()
  expect(run.report.problems).toContainEqual(
    expect.objectContaining({ code: 'FETCH_FROZEN', where: expect.objectContaining({ url: 'https://news.example/rss.xml' }) }),
  )
  expect(totalsOf(run.report)).toMatchObject({ fetched: 0, stored: 0 })
  // The spies do see sockets: an ordinary connection trips them.
  expect(() => net.connect(9, '127.0.0.1')).toThrow('A socket was opened.')
})

it('a frozen run shows what earlier runs kept, feeds of others included', async () => {
  const rss =
    '<rss version="2.0"><channel><title>News</title><item><title>Hello</title><link>https://news.example/1</link><guid>1</guid></item></channel></rss>'
  const server = await startPageServer({
    respond: path => (path === '/rss.xml' ? { body: rss, headers: { 'content-type': 'application/rss+xml', etag: '"1"' } } : undefined),
  })
  const store = memoryStore()
  const hosts = { 'mp.weixin.qq.com': server.origin, 'news.example': server.origin }
  const first = await aggregate({ ...options, store, hosts })
  await server.close()
  const frozen = await aggregate({ ...options, store, hosts, network: 'frozen' })
  expect(frozen.feeds).toEqual(first.feeds)
  expect(frozen.feeds['feed']?.entries.map(entry => entry.title)).toContain('Hello')
})

it('the last good copy of a feed stands in while its host is down, and an unchanged one is not sent again', async () => {
  let mode: 'good' | 'down' = 'good'
  const seen: (string | undefined)[] = []
  const rss =
    '<rss version="2.0"><channel><title>News</title><item><title>Hello</title><link>https://news.example/1</link><guid>1</guid></item></channel></rss>'
  const server = await startPageServer({
    respond(_, request) {
      const condition = request.headers['if-none-match']
      seen.push(condition)
      if (mode === 'down') return { status: 500 }
      return condition === '"1"' ? { status: 304 } : { body: rss, headers: { 'content-type': 'application/rss+xml', etag: '"1"' } }
    },
  })
  const run = () =>
    aggregate({ ...options, sources: [feeds('https://news.example/rss.xml')], store, hosts: { 'news.example': server.origin } })
  const store = memoryStore()
  const titles = async () => (await run()).feeds['feed']?.entries.map(entry => entry.title)
  expect(await titles()).toEqual(['Hello'])
  expect(await titles()).toEqual(['Hello'])
  mode = 'down'
  const failing = await run()
  expect(failing.feeds['feed']?.entries.map(entry => entry.title)).toEqual(['Hello'])
  expect(failing.report.problems.map(problem => problem.code)).toEqual(['FETCH_STATUS'])
  expect(seen.slice(0, 3)).toEqual([undefined, '"1"', '"1"'])
  await server.close()
})
