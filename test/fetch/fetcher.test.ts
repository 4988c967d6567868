import { once } from 'node:events'
import { createServer } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { createFetcher, type Fetcher, type FetcherOptions, type FetchRequest } from '../../src/fetch/fetcher.js'
import { WeekloomError } from '../../src/problems.js'
import { fakeTime } from './fake-time.js'
import { type FaultServer, goodPage, startFaultServer } from './fault-server.js'

let server: FaultServer
let fetcher: Fetcher | undefined
beforeAll(async () => {
  server = await startFaultServer()
})
beforeEach(() => {
  server.hits.length = 0
})
afterEach(() => fetcher?.close())
afterAll(() => server.close())

function start(options: Partial<FetcherOptions> = {}): Fetcher {
  fetcher = createFetcher({
    allows: () => true,
    allowPrivate: true,
    proxy: {},
    pause: { '*': 0 },
    lookup: async () => [{ address: '127.0.0.1', family: 4 }],
    ...fakeTime(),
    ...options,
  })
  return fetcher
}

function portOf(listening: ReturnType<typeof createServer>): number {
  const address = listening.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

it('opens nothing under Bun, whose connections cannot be guarded', () => {
  vi.stubGlobal('Bun', {})
  expect(() => start()).toThrow(WeekloomError)
})

async function codeOf(name: string, request?: FetchRequest): Promise<string> {
  const outcome = await (fetcher ?? start()).fetch(`${server.origin}/${name}`, request)
  return outcome.ok ? outcome.value.kind : outcome.problem.code
}

describe('a page', () => {
  it('says where it came from and when', async () => {
    const outcome = await start().fetch(`${server.origin}/redirect-good#part`)
    expect(outcome).toEqual({
      ok: true,
      value: {
        kind: 'page',
        page: {
          url: `${server.origin}/redirect-good#part`,
          finalUrl: `${server.origin}/good`,
          status: 200,
          mediaType: 'text/html',
          body: goodPage,
          fetchedAt: '2026-11-25T08:00:00.000Z',
          from: 'network',
        },
      },
    })
  })

  it('comes as bytes when asked for', async () => {
    const outcome = await start().fetch(`${server.origin}/gzip-good`, { as: 'bytes' })
    expect(outcome).toMatchObject({ ok: true, value: { page: { body: new TextEncoder().encode(goodPage) } } })
  })

  it('notes characters that could not be read', async () => {
    const outcome = await start().fetch(`${server.origin}/utf8-broken`)
    expect(outcome).toMatchObject({ ok: true, problems: [{ code: 'FETCH_CHARSET', level: 'note', data: { encoding: 'utf-8' } }] })
  })

  it('survives a keep-alive connection that closes under the request', async () => {
    start()
    expect([await codeOf('keep-alive-closed'), await codeOf('keep-alive-closed')]).toEqual(['page', 'page'])
    expect(server.hits).toHaveLength(3)
  })
})

describe('conditional requests', () => {
  it('send validators back byte for byte', async () => {
    const outcome = await start().fetch(`${server.origin}/etag-bytes`)
    if (!outcome.ok) throw new Error(outcome.problem.message)
    const { etag, lastModified } = outcome.value
    await fetcher?.fetch(`${server.origin}/etag-bytes`, { ...(etag && { etag }), ...(lastModified && { lastModified }) })
    expect(server.lastHeaders()).toMatchObject({ 'if-none-match': 'W/"\xe9t\xe9, \\"', 'if-modified-since': 'yesterday, about noon' })
  })

  it('keep the old validators where a 304 states none, and take the new ones', async () => {
    const outcome = await start().fetch(`${server.origin}/not-modified`, { etag: '"old"', lastModified: 'then' })
    expect(outcome).toEqual({ ok: true, value: { kind: 'not-modified', etag: '"new"', lastModified: 'then' } })
  })

  it.each(['"a"\r\nCookie: x', 'e\u0000', '周', 'e'.repeat(2000), ''])('leave out a validator that cannot be sent: %j', async etag => {
    start()
    expect(await codeOf('not-modified', { etag })).toBe('page')
    expect(server.lastHeaders()).not.toHaveProperty('if-none-match')
  })

  it('go through redirects', async () => {
    start()
    await codeOf('redirect-good', { etag: '"old"' })
    expect(server.lastHeaders()).toMatchObject({ 'if-none-match': '"old"' })
  })
})

describe('a host on hold', () => {
  it('is not asked again after it put us off for longer than the run waits', async () => {
    start()
    expect([await codeOf('429-hour'), await codeOf('good'), await codeOf('good')]).toEqual(['FETCH_LATER', 'FETCH_LATER', 'FETCH_LATER'])
    expect(server.hits).toEqual(['429-hour'])
    expect(fetcher?.stats().hosts['site.test']).toMatchObject({ requests: 1, failures: 1, heldUntil: '2026-11-25T09:00:00.000Z' })
  })

  it('is asked again once the time has come', async () => {
    const time = fakeTime()
    start(time)
    await codeOf('429-hour')
    await time.sleep(3_590_000, new AbortController().signal)
    expect(await codeOf('good')).toBe('page')
    expect(time.waits.at(-1)).toBe(10_000)
  })

  it('can be put on hold from outside, for what only a page shows', async () => {
    start().hold('SITE.test', '2026-11-26T08:00:00.000Z', 'It asks for a captcha.')
    const outcome = await fetcher?.fetch(`${server.origin}/good`)
    expect(outcome).toMatchObject({
      problem: {
        code: 'FETCH_LATER',
        message: expect.stringContaining('captcha'),
        data: { retryAt: '2026-11-26T08:00:00.000Z', again: 'later' },
      },
    })
    expect(server.hits).toEqual([])
  })

  it('ignores a hold until no date', async () => {
    start().hold('site.test', 'tomorrow', '')
    expect(await codeOf('good')).toBe('page')
  })

  it('is told of when it asks for more than the run waits, and not for less', async () => {
    const told: string[][] = []
    start({ onPutOff: (...one) => void told.push(one) })
    await codeOf('429-twice')
    expect(told).toEqual([])
    await codeOf('429-hour')
    expect(told).toEqual([['site.test', '2026-11-25T09:00:04.000Z']])
  })

  it('costs one fetch where there is no connection, and its other port is asked all the same', async () => {
    const time = fakeTime()
    start(time)
    const closed = createServer().listen(0, '127.0.0.1')
    await once(closed, 'listening')
    const port = portOf(closed)
    await new Promise(done => closed.close(done))
    const codes = await Promise.all(
      [`http://site.test:${port}/1`, `http://site.test:${port}/2`, `${server.origin}/good`, `http://site.test:${port}/3`].map(async url => {
        const outcome = await fetcher?.fetch(url)
        return outcome?.ok ? 'page' : outcome?.problem.code
      }),
    )
    expect(codes).toEqual(['FETCH_CONNECT', 'FETCH_LATER', 'page', 'FETCH_LATER'])
    // Two tries of the first, and the other port.
    expect(fetcher?.stats().hosts['site.test']).toMatchObject({ requests: 3, failures: 1, heldUntil: expect.any(String) })
    await time.sleep(600_000, new AbortController().signal)
    expect(await fetcher?.fetch(`http://site.test:${port}/4`)).toMatchObject({ problem: { code: 'FETCH_CONNECT' } })
  })

  it('is left alone where its name leads nowhere', async () => {
    const asked: string[] = []
    start({
      lookup: async host => {
        asked.push(host)
        throw Object.assign(new Error('no such name'), { code: 'ENOTFOUND' })
      },
    })
    expect([await codeOf('good'), await codeOf('good'), await codeOf('404')]).toEqual(['FETCH_DNS', 'FETCH_LATER', 'FETCH_LATER'])
    expect(asked).toEqual(['site.test'])
  })

  it('is left alone after two fetches in a row that it keeps waiting', async () => {
    start({ tries: 1, timeout: 50 })
    const codes: string[] = []
    for (const name of ['slow-headers', 'good', 'slow-headers', 'slow-body', 'good']) codes.push(await codeOf(name))
    expect(codes).toEqual(['FETCH_TIMEOUT', 'page', 'FETCH_TIMEOUT', 'FETCH_TIMEOUT', 'FETCH_LATER'])
  })

  it('is left alone after five fetches in a row that it breaks off, not before', async () => {
    start({ tries: 1 })
    const codes: string[] = []
    for (const name of ['reset-at-once', 'reset-at-once', '404', ...Array.from({ length: 5 }, () => 'reset-at-once'), 'good'])
      codes.push(await codeOf(name))
    expect(codes).toEqual(['FETCH_RESET', 'FETCH_RESET', 'FETCH_GONE', ...Array.from({ length: 5 }, () => 'FETCH_RESET'), 'FETCH_LATER'])
    expect(server.hits).toHaveLength(8)
  })
})

describe('a budget', () => {
  it('of requests counts redirects and retries', async () => {
    start({ budget: { requests: 4 } })
    expect([await codeOf('redirect-good'), await codeOf('503-then-good'), await codeOf('good')]).toEqual(['page', 'page', 'FETCH_BUDGET'])
    expect(server.hits).toHaveLength(4)
  })

  it('ends a fetch in the middle when it is spent there', async () => {
    start({ budget: { requests: 1 } })
    expect(await codeOf('redirect-good')).toBe('FETCH_BUDGET')
    expect(server.hits).toEqual(['redirect-good'])
  })

  it('of minutes sleeps for nothing that would come too late', async () => {
    const time = fakeTime()
    start({ ...time, random: () => 0, pause: { '*': 25_000 }, budget: { minutes: 1 } })
    const codes = await Promise.all(Array.from({ length: 5 }, () => codeOf('good')))
    expect(codes).toEqual(['page', 'page', 'page', 'FETCH_BUDGET', 'FETCH_BUDGET'])
    expect(time.waits).toEqual([25_000, 25_000])
  })
})

describe('stopping', () => {
  const limits = { timeout: 600_000, headersTimeout: 600_000, connectTimeout: 600_000 }

  it('ends what is under way, what waits for its turn and what sleeps', { timeout: 5_000 }, async () => {
    const stopper = new AbortController()
    const { now, random } = fakeTime()
    const sleepless = createFetcher({
      allows: () => true,
      allowPrivate: true,
      proxy: {},
      lookup: host => (host === 'silent.test' ? new Promise(() => {}) : Promise.resolve([{ address: '127.0.0.1', family: 4 }])),
      pause: { 'paused.test': 600_000, '*': 0 },
      ...limits,
      now,
      random,
      signal: stopper.signal,
    })
    const urls = [
      'http://site.test:PORT/slow-headers',
      'http://site.test:PORT/good',
      'http://silent.test/',
      'http://other.test:PORT/slow-body',
    ]
    await sleepless.fetch(`http://paused.test:${server.port}/good`)
    const all = [...urls, 'http://paused.test:PORT/good'].map(url => sleepless.fetch(url.replace('PORT', String(server.port))))
    await expect.poll(() => server.hits.length).toBe(3)
    stopper.abort()
    const codes = (await Promise.all(all)).map(outcome => (outcome.ok ? 'page' : outcome.problem.code))
    expect(codes).toEqual(Array.from({ length: 5 }, () => 'FETCH_ABORTED'))
    await sleepless.close()
  })

  it('by close ends what is under way, and lets nothing begin', { timeout: 5_000 }, async () => {
    const closing = start(limits)
    const pending = codeOf('slow-headers')
    await expect.poll(() => server.hits.length).toBe(1)
    await closing.close()
    expect([await pending, await codeOf('good')]).toEqual(['FETCH_ABORTED', 'FETCH_ABORTED'])
    expect(server.hits).toEqual(['slow-headers'])
  })

  it('reaches any number of hosts that wait, without a warning of leaks', { timeout: 5_000 }, async () => {
    const warnings: Error[] = []
    const onWarning = (warning: Error) => warnings.push(warning)
    process.on('warning', onWarning)
    const { sleep: _, ...time } = fakeTime()
    const waiting = createFetcher({ allows: () => true, proxy: {}, ...time })
    const all = Array.from({ length: 40 }, (_, n) => {
      waiting.hold(`h${n}.test`, '2026-11-25T08:00:20.000Z', '')
      return waiting.fetch(`http://h${n}.test/`)
    })
    await new Promise(done => setTimeout(done, 20))
    await waiting.close()
    expect((await Promise.all(all)).every(outcome => !outcome.ok && outcome.problem.code === 'FETCH_ABORTED')).toBe(true)
    process.off('warning', onWarning)
    expect(warnings).toEqual([])
  })

  it('before it begins makes no request', async () => {
    start({ signal: AbortSignal.abort() })
    expect(await codeOf('good')).toBe('FETCH_ABORTED')
    expect(server.hits).toEqual([])
  })
})

describe('options', () => {
  it.each([
    { total: 0 },
    { perHost: 1.5 },
    { tries: 0 },
    { maxRedirects: -1 },
    { maxBytes: Number.NaN },
    { hosts: { a: 'nowhere' } },
    { hosts: { a: 'ftp://b' } },
    { hosts: { a: 'http://b/path' } },
  ])('refuse %j as misuse', options => {
    expect(() => start(options)).toThrow(WeekloomError)
  })

  it('can be left open', async () => {
    fetcher = createFetcher({ allows: () => false })
    expect(await codeOf('good')).toBe('FETCH_HOST_UNKNOWN')
  })
})

it('counts what it did', async () => {
  start()
  await codeOf('redirect-good')
  await codeOf('404')
  expect(fetcher?.stats()).toEqual({
    requests: 3,
    bytes: new TextEncoder().encode(goodPage).length,
    hosts: { 'site.test': { requests: 3, bytes: new TextEncoder().encode(goodPage).length, failures: 1 } },
  })
})
