import { createServer, get } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { guardHost } from '../../src/serve/guard-host.js'

const toClose: (() => void)[] = []
afterEach(() => {
  for (const close of toClose.splice(0)) close()
})

/** Status of the answer to who asks for a name, from a preview that was given a host to listen on. */
async function statusOf(given: string, host: string): Promise<number | undefined> {
  const server = createServer(guardHost(given, (_, response) => void response.end('feeds')))
  toClose.push(() => server.close())
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  return new Promise((resolve, reject) => {
    get({ port, host: '127.0.0.1', headers: { host } }, response => {
      response.resume()
      resolve(response.statusCode)
    }).on('error', reject)
  })
}

describe('the preview', () => {
  it.each([
    ['127.0.0.1', 'localhost:4400'],
    ['127.0.0.1', '127.0.0.1:4400'],
    ['127.0.0.1', '127.1.2.3'],
    ['127.0.0.1', 'blog.LOCALHOST:4400'],
    ['::1', '[::1]:4400'],
    ['0.0.0.0', '192.168.1.7:4400'],
    ['::', '[fe80::7]:4400'],
    ['loom.example', 'Loom.Example:4400'],
  ])('on %s answers who asks for %s', async (given, host) => {
    expect(await statusOf(given, host)).toBe(200)
  })

  it.each([
    ['127.0.0.1', 'evil.example'],
    ['127.0.0.1', 'evil.example:4400'],
    ['127.0.0.1', 'localhost.evil.example'],
    ['127.0.0.1', 'notlocalhost'],
    ['127.0.0.1', '127.0.0.1.evil.example'],
    ['127.0.0.1', 'localhost@evil.example'],
    ['127.0.0.1', 'a b'],
    ['0.0.0.0', 'evil.example'],
    ['loom.example', 'evil.loom.example'],
  ])('on %s refuses who asks for %s', async (given, host) => {
    expect(await statusOf(given, host)).toBe(403)
  })
})
