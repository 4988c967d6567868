import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { settleOptions } from '../../src/fetch/fetch-options.js'
import { createFetcher, type FetcherOptions } from '../../src/fetch/fetcher.js'
import { createMirrors } from '../../src/fetch/mirrors.js'
import { openNetwork } from '../../src/fetch/network.js'
import { fakeTime } from './fake-time.js'
import { type FaultServer, startFaultServer } from './fault-server.js'

describe('the guard', () => {
  let server: FaultServer
  beforeAll(async () => {
    server = await startFaultServer()
  })
  beforeEach(() => {
    server.hits.length = 0
  })
  afterAll(() => server.close())

  async function fetchOnce(url: string, options: Partial<FetcherOptions> = {}) {
    const fetcher = createFetcher({ allows: () => true, proxy: {}, pause: { '*': 0 }, connectTimeout: 200, ...fakeTime(), ...options })
    const outcome = await fetcher.fetch(url)
    await fetcher.close()
    return outcome.ok ? outcome.value.kind : { code: outcome.problem.code, data: outcome.problem.data }
  }

  it.each([
    '127.0.0.1',
    '2130706433',
    '0x7f000001',
    '017700000001',
    '127.1',
    '0.0.0.0',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[::]',
    '[64:ff9b::127.0.0.1]',
    '127.0.0.1.',
  ])('makes no connection to the literal %s', async host => {
    expect(await fetchOnce(`http://${host}:${server.port}/good`)).toMatchObject({ code: 'FETCH_REFUSED' })
    expect(server.hits).toEqual([])
  })

  it('refuses a literal at the connection too, were it asked past the check of addresses', async () => {
    const settings = settleOptions({ allows: () => true, proxy: {} })
    const network = openNetwork(settings, createMirrors({}), new AbortController().signal)
    const { dispatcher, origin } = network.route(new URL(`http://127.0.0.1:${server.port}/good`))
    await expect(dispatcher.request({ origin, path: '/good', method: 'GET' })).rejects.toMatchObject({ code: 'FETCH_REFUSED' })
    await network.close()
    expect(server.hits).toEqual([])
  })

  it.each(['localhost', 'localhost.', 'anything.localhost'])('makes no connection to %s, which resolves to loopback', async host => {
    const lookup: FetcherOptions['lookup'] = async () => [
      { address: '::1', family: 6 },
      { address: '127.0.0.1', family: 4 },
    ]
    expect(await fetchOnce(`http://${host}:${server.port}/good`, { lookup })).toMatchObject({
      code: 'FETCH_REFUSED',
      data: { again: 'never', range: 'loopback' },
    })
    expect(server.hits).toEqual([])
  })

  it("resolves by the system's own resolver when none is handed in", async () => {
    expect(await fetchOnce(`http://localhost:${server.port}/good`, { allowPrivate: true })).toBe('page')
    expect(await fetchOnce(`http://localhost:${server.port}/good`)).toMatchObject({ code: 'FETCH_REFUSED' })
    expect(server.hits).toEqual(['good'])
  })

  it('connects to the very address that was checked: one lookup a connection', async () => {
    let lookups = 0
    const lookup: FetcherOptions['lookup'] = async () => {
      lookups++
      return [{ address: lookups === 1 ? '127.0.0.1' : '169.254.169.254', family: 4 }]
    }
    expect(await fetchOnce(`${server.origin}/good`, { lookup, allowPrivate: true })).toBe('page')
    expect(lookups).toBe(1)
  })

  it('checks every connection anew: a name that turns to the metadata service is refused', async () => {
    const answers = ['127.0.0.1', '169.254.169.254']
    const lookup: FetcherOptions['lookup'] = async () => [{ address: answers.shift() ?? '', family: 4 }]
    expect(await fetchOnce(`${server.origin}/reset-at-once`, { lookup, allowPrivate: true })).toMatchObject({ code: 'FETCH_REFUSED' })
    expect(server.hits).toEqual(['reset-at-once'])
  })

  it('opens private networks for the hosts alone that are named', async () => {
    const lookup: FetcherOptions['lookup'] = async () => [{ address: '127.0.0.1', family: 4 }]
    const allowPrivate = new Set(['own.test'])
    expect(await fetchOnce(`http://own.test:${server.port}/good`, { lookup, allowPrivate })).toBe('page')
    expect(await fetchOnce(`http://other.test:${server.port}/good`, { lookup, allowPrivate })).toMatchObject({ code: 'FETCH_REFUSED' })
    expect(await fetchOnce(`http://127.0.0.1:${server.port}/good`, { lookup, allowPrivate })).toMatchObject({ code: 'FETCH_REFUSED' })
    expect(server.hits).toEqual(['good'])
  })

  it('leaves forbidden addresses out of those that a name resolves to', async () => {
    const lookup: FetcherOptions['lookup'] = async () => [
      { address: '169.254.169.254', family: 4 },
      { address: '127.0.0.1', family: 4 },
    ]
    expect(await fetchOnce(`${server.origin}/good`, { lookup, allowPrivate: true })).toBe('page')
  })

  it.each([
    ['ENOTFOUND', 1, 'soon'],
    ['EAI_AGAIN', 2, 'soon'],
  ])('reports a name that gives %s after %i lookups', async (code, times, again) => {
    let lookups = 0
    const lookup: FetcherOptions['lookup'] = async () => {
      lookups++
      throw Object.assign(new Error(`getaddrinfo ${code} site.test`), { code })
    }
    expect(await fetchOnce(`${server.origin}/good`, { lookup })).toMatchObject({ code: 'FETCH_DNS', data: { again } })
    expect(lookups).toBe(times)
  })

  it('reports a name without addresses', async () => {
    expect(await fetchOnce(`${server.origin}/good`, { lookup: async () => [] })).toMatchObject({ code: 'FETCH_DNS' })
  })

  it('does not wait for a name server that never answers', async () => {
    expect(await fetchOnce(`${server.origin}/good`, { lookup: () => new Promise(() => {}), tries: 1 })).toMatchObject({
      code: 'FETCH_TIMEOUT',
    })
  })

  it('reports a refused connection, after two tries', async () => {
    const closed = await startFaultServer()
    await closed.close()
    const time = fakeTime()
    expect(await fetchOnce(`http://127.0.0.1:${closed.port}/`, { allowPrivate: true, ...time })).toMatchObject({
      code: 'FETCH_CONNECT',
      data: { again: 'soon' },
    })
    expect(time.waits).toHaveLength(1)
  })

  it('reports a host that does not speak TLS, without a retry', async () => {
    const time = fakeTime()
    expect(await fetchOnce(`https://127.0.0.1:${server.port}/`, { allowPrivate: true, ...time })).toMatchObject({ code: 'FETCH_TLS' })
    expect(time.waits).toEqual([])
  })

  it('asks only hosts that sources name', async () => {
    const asked: string[] = []
    const allows = (host: string) => {
      asked.push(host)
      return false
    }
    expect(await fetchOnce(`http://Site.TEST.:${server.port}/good`, { allows })).toMatchObject({ code: 'FETCH_HOST_UNKNOWN' })
    expect(asked).toEqual(['site.test'])
    expect(server.hits).toEqual([])
  })

  it.each([
    'ftp://site.test/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:,x',
    'no address',
    '',
    'http://',
    '//site.test/',
    `http://site.test/${'a'.repeat(9000)}`,
  ])('takes %.30s for no address', async url => {
    expect(await fetchOnce(url)).toMatchObject({ code: 'FETCH_SCHEME', data: { again: 'never' } })
  })
})
