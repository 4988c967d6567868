import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { readPlace } from '../../src/cli/read-place.js'

describe('an address that was named by hand', () => {
  let port = 0
  let asked: string[] = []
  let close = () => {}
  beforeEach(async () => {
    asked = []
    for (const name of ['http_proxy', 'https_proxy', 'HTTP_PROXY', 'HTTPS_PROXY']) vi.stubEnv(name, '')
    const server = createServer(({ url = '', headers: { host = '' } }, response) => {
      asked.push(host.replace(/:\d+$/, '') + url)
      const target = new URL(url, 'http://a.test').searchParams.get('to')
      if (target === null) response.end('<title>Loom</title>')
      else response.writeHead(302, { location: target }).end()
    })
    await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
    port = (server.address() as AddressInfo).port
    close = () => {
      server.closeAllConnections()
      server.close()
    }
  })
  afterEach(() => {
    close()
    vi.unstubAllEnvs()
  })

  const read = async (address: string) => {
    const outcome = await readPlace(address)
    return outcome.ok ? outcome.value.finalUrl : outcome.problem.code
  }

  it('may be in a private network, and lead to another there on the same host', async () => {
    const origin = `http://127.0.0.1:${port}`
    expect(await read(`${origin}/a`)).toBe(`${origin}/a`)
    expect(await read(`${origin}/?to=/b`)).toBe(`${origin}/b`)
  })

  it('may be in a private network by its address of IPv6', async () => {
    const server = createServer((_, response) => response.end('<title>Loom</title>'))
    const isThere = await new Promise<boolean>(done => server.on('error', () => done(false)).listen(0, '::1', () => done(true)))
    if (!isThere) return
    const origin = `http://[::1]:${(server.address() as AddressInfo).port}`
    expect(await read(`${origin}/a`)).toBe(`${origin}/a`)
    server.closeAllConnections()
    server.close()
  })

  it.each(['127.0.0.2', 'localhost', '[::1]', '10.0.0.1', '169.254.169.254'])('leads to no other host there, such as %s', async host => {
    const target = `http://${host}:${port}/secret`
    expect(await read(`http://127.0.0.1:${port}/?to=${encodeURIComponent(target)}`)).toBe('FETCH_REFUSED')
    expect(asked).toHaveLength(1)
  })
})
