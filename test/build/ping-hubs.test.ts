import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { pingHubs } from '../../src/build/ping-hubs.js'
import { WeekloomError } from '../../src/problems.js'
import type { Options } from '../../src/run/options.js'
import { memoryStore } from '../../src/store/memory-store.js'

let cwd: string
let server: Server
let taken: { method: string | undefined; type: string | undefined; body: string }[]
let statuses: number[]

beforeEach(async () => {
  cwd = mkdtempSync(join(tmpdir(), 'weekloom-ping-'))
  taken = []
  statuses = []
  server = createServer((request, response) => {
    let body = ''
    request.on('data', data => {
      body += data
    })
    request.on('end', () => {
      taken.push({ method: request.method, type: request.headers['content-type'], body })
      response.writeHead(statuses.shift() ?? 204, { location: 'https://elsewhere.example/' }).end()
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
})
afterEach(async () => {
  rmSync(cwd, { recursive: true, force: true })
  await new Promise(resolve => server.close(resolve))
})

function options(more: Partial<Options> = {}): Options {
  const { port } = server.address() as AddressInfo
  return {
    site: { title: 'Loom Weekly', url: 'https://loomstack.example/' },
    sources: [{ name: 'none', async *read() {} }],
    feeds: { feed: {}, issues: { of: 'issues' } },
    output: 'public/feeds',
    hub: 'https://hub.example.org/publish?key=1',
    hosts: { 'hub.example.org': `http://127.0.0.1:${port}` },
    store: memoryStore(),
    cwd,
    ...more,
  }
}

function write(path: string, text: string): void {
  mkdirSync(join(cwd, 'public/feeds/issues'), { recursive: true })
  writeFileSync(join(cwd, 'public/feeds', path), text)
}

const states = ({ pings }: { pings: readonly { feed: string; state: string }[] }) =>
  Object.fromEntries(pings.map(({ feed, state }) => [feed.slice('https://loomstack.example/feeds/'.length), state]))

describe('pingHubs', () => {
  it('tells a hub of every written feed once, and of none again until it changes', async () => {
    write('rss.xml', 'a')
    write('issues/feed.json', 'b')
    const all = options()
    expect(states(await pingHubs(all, { dryRun: false }))).toEqual({ 'rss.xml': 'told', 'issues/feed.json': 'told' })
    expect(taken).toEqual([
      {
        method: 'POST',
        type: 'application/x-www-form-urlencoded',
        body: 'hub.mode=publish&hub.url=https%3A%2F%2Floomstack.example%2Ffeeds%2Frss.xml',
      },
      {
        method: 'POST',
        type: 'application/x-www-form-urlencoded',
        body: 'hub.mode=publish&hub.url=https%3A%2F%2Floomstack.example%2Ffeeds%2Fissues%2Ffeed.json',
      },
    ])
    expect(states(await pingHubs(all, { dryRun: false }))).toEqual({ 'rss.xml': 'unchanged', 'issues/feed.json': 'unchanged' })
    write('rss.xml', 'c')
    expect(states(await pingHubs(all, { dryRun: false }))).toEqual({ 'rss.xml': 'told', 'issues/feed.json': 'unchanged' })
    expect(taken.length).toBe(3)
  })

  it('tells of the feeds that stand for one, each', async () => {
    mkdirSync(join(cwd, 'public/feeds/tags/云原生'), { recursive: true })
    write('tags/云原生/rss.xml', 'a')
    const { pings } = await pingHubs(options({ feeds: { feed: {}, tags: { per: 'tag' } } }), { dryRun: true })
    expect(pings.map(({ feed }) => feed)).toEqual([`https://loomstack.example/feeds/tags/${encodeURIComponent('云原生')}/rss.xml`])
  })

  it('tells nobody in a dry run', async () => {
    write('rss.xml', 'a')
    const all = options()
    for (let round = 0; round < 2; round++) expect(states(await pingHubs(all, { dryRun: true }))).toEqual({ 'rss.xml': 'due' })
    expect(taken).toEqual([])
  })

  it.each([404, 301, 400])('keeps the news for the next time when the hub answers %i', async status => {
    write('rss.xml', 'a')
    write('atom.xml', 'b')
    const all = options()
    statuses = [status]
    const first = await pingHubs(all, { dryRun: false })
    expect(states(first)).toEqual({ 'rss.xml': 'failed', 'atom.xml': 'told' })
    expect(first.problems).toMatchObject([{ code: 'PING_FAILED', level: 'error', where: { url: 'https://hub.example.org/publish?key=1' } }])
    expect(first.problems[0]?.cause).toContain(String(status))
    expect(states(await pingHubs(all, { dryRun: false }))).toEqual({ 'rss.xml': 'told', 'atom.xml': 'unchanged' })
  })

  it('remembers each hub for itself', async () => {
    write('rss.xml', 'a')
    const all = options({ hub: ['https://hub.example.org/one', 'https://hub.example.org/two'] })
    statuses = [204, 410]
    const { pings } = await pingHubs(all, { dryRun: false })
    expect(pings.map(({ hub, state }) => [hub, state])).toEqual([
      ['https://hub.example.org/one', 'told'],
      ['https://hub.example.org/two', 'failed'],
    ])
    expect((await pingHubs(all, { dryRun: false })).pings.map(({ state }) => state)).toEqual(['unchanged', 'told'])
  })

  it('never asks a private address that the options do not open', async () => {
    write('rss.xml', 'a')
    const { problems } = await pingHubs(options({ hub: 'http://127.0.0.1:1/', hosts: {} }), { dryRun: false })
    expect(problems).toMatchObject([{ code: 'PING_FAILED', cause: expect.stringContaining('FETCH_REFUSED') }])
    expect(taken).toEqual([])
  })

  it('refuses to run without a hub or without feeds', async () => {
    await expect(pingHubs(options(), { dryRun: false })).rejects.toThrow(WeekloomError)
    write('rss.xml', 'a')
    await expect(pingHubs(options({ hub: [] }), { dryRun: false, config: 'my.config.ts' })).rejects.toThrow('no `hub` in my.config.ts')
  })
})
