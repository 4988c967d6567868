import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createFetcher, type FetcherOptions } from '../../src/fetch/fetcher.js'
import { fakeTime } from './fake-time.js'
import { type FaultServer, startFaultServer } from './fault-server.js'

describe('proxies', () => {
  let target: FaultServer
  let asked: string[]
  let proxy: string
  let close: () => void

  beforeEach(async () => {
    target = await startFaultServer()
    asked = []
    const server = createServer((request, response) => {
      asked.push(`${request.method} ${request.url} ${request.headers.host}`)
      response.setHeader('content-type', 'text/html')
      response.end('<p>by proxy')
    })
    server.on('connect', (request, client) => {
      asked.push(`${request.method} ${request.url}`)
      const tunnel = connect(target.port, '127.0.0.1', () => {
        client.write('HTTP/1.1 200 OK\r\n\r\n')
        tunnel.pipe(client).pipe(tunnel)
      })
      tunnel.on('error', () => {})
      client.on('error', () => {})
    })
    await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
    proxy = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    close = () => {
      server.closeAllConnections()
      server.close()
    }
  })
  afterEach(async () => {
    close()
    await target.close()
  })

  async function fetchOnce(url: string, options: Partial<FetcherOptions> = {}) {
    const fetcher = createFetcher({ allows: () => true, pause: { '*': 0 }, ...fakeTime(), ...options })
    const outcome = await fetcher.fetch(url)
    await fetcher.close()
    if (!outcome.ok) return outcome.problem.code
    return outcome.value.kind === 'page' ? outcome.value.page.body : outcome.value.kind
  }

  it('are asked for plain addresses by their whole address, and resolve the name', async () => {
    const lookup = () => Promise.reject(new Error('not here'))
    expect(await fetchOnce('http://site.test/a?b', { proxy: { http: proxy }, lookup })).toBe('<p>by proxy')
    expect(asked).toEqual(['GET http://site.test/a?b site.test'])
  })

  it('are asked for a tunnel for secure addresses', async () => {
    expect(await fetchOnce('https://site.test/a', { proxy: { https: proxy } })).toBe('FETCH_TLS')
    expect(asked).toEqual(['CONNECT site.test:443'])
  })

  it.each(['http://127.0.0.1/', 'http://2130706433/', 'https://[::1]/', 'http://169.254.169.254/'])('are not asked for %s', async url => {
    expect(await fetchOnce(url, { proxy: { http: proxy, https: proxy } })).toBe('FETCH_REFUSED')
    expect(asked).toEqual([])
  })

  it.each([
    'localhost',
    'LOCALHOST.',
    'a.localhost',
    'wiki',
    'wiki.internal',
    'nas.local',
    'a.localdomain',
    'a.home.arpa',
    'metadata.goog',
  ])('are not asked for %s, a name of a private network, unless those are allowed', async host => {
    expect(await fetchOnce(`http://${host}/`, { proxy: { http: proxy } })).toBe('FETCH_REFUSED')
    expect(await fetchOnce(`https://${host}/`, { proxy: { http: proxy } })).toBe('FETCH_REFUSED')
    expect(asked).toEqual([])
    const isMetadata = host === 'metadata.goog'
    expect(await fetchOnce(`http://${host}/`, { proxy: { http: proxy }, allowPrivate: true })).toBe(
      isMetadata ? 'FETCH_REFUSED' : '<p>by proxy',
    )
  })

  it.each(['localhost.example', 'internal.example', 'local.test', 'example.org'])('are asked for %s, a name like others', async host => {
    expect(await fetchOnce(`http://${host}/`, { proxy: { http: proxy } })).toBe('<p>by proxy')
  })

  it('are not asked for the hosts that go without, which stay guarded', async () => {
    const lookup: FetcherOptions['lookup'] = async () => [{ address: '127.0.0.1', family: 4 }]
    const options = { proxy: { http: proxy, none: 'site.test,b.test' }, lookup }
    expect(await fetchOnce(`${target.origin}/good`, options)).toBe('FETCH_REFUSED')
    expect(await fetchOnce(`${target.origin}/good`, { ...options, allowPrivate: true })).toContain('周报')
    expect(asked).toEqual([])
  })

  it('are not asked for a mirror', async () => {
    expect(
      await fetchOnce('http://site.test/good', { proxy: { http: proxy }, hosts: { 'site.test': `http://127.0.0.1:${target.port}` } }),
    ).toContain('周报')
    expect(asked).toEqual([])
  })

  it('come from the environment by default', async () => {
    vi.stubEnv('http_proxy', '')
    vi.stubEnv('HTTP_PROXY', proxy)
    vi.stubEnv('no_proxy', 'b.test')
    expect(await fetchOnce('http://site.test/')).toBe('<p>by proxy')
  })

  it('that cannot be reached are reported', async () => {
    expect(await fetchOnce('http://site.test/', { proxy: { http: 'http://127.0.0.1:1' } })).toBe('FETCH_CONNECT')
  })
})
