import { type AddressInfo, createServer, type Server } from 'node:net'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createFetcher } from '../../src/fetch/fetcher.js'
import { problemCatalogue } from '../../src/problem-catalogue.js'
import { rounds } from '../rounds.js'
import { fakeTime } from './fake-time.js'

let server: Server
let answer: Uint8Array
let port: number
beforeAll(async () => {
  server = createServer(socket => {
    socket.on('error', () => {})
    socket.once('data', () => socket.end(answer))
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  port = (server.address() as AddressInfo).port
})
afterAll(() => server.close())

const known = fc.constantFrom(
  'Content-Type: text/html; charset=utf-16',
  'Content-Encoding: gzip',
  'Content-Encoding: br, deflate',
  'Content-Length: 3',
  'Content-Length: -1',
  'Transfer-Encoding: chunked',
  'Location: /x',
  'Location: http://[',
  'Retry-After: 99999999999999',
  'Retry-After: Wed',
  'ETag: "\u00ff"',
  'Connection: close',
  'Connection: upgrade\r\nUpgrade: h2c',
  '__proto__: x',
)
const line = fc.oneof({ arbitrary: known, weight: 12 }, { arbitrary: fc.string().map(text => `X-Any: ${text}`), weight: 2 }, fc.string())
const status = fc.oneof(
  fc.integer({ min: 0, max: 999 }),
  fc.constant(200),
  fc.constantFrom(100, 101, 200, 204, 301, 302, 304, 407, 429, 503),
)

it('turns whatever a server sends into a page or a problem of the catalogue', { timeout: 60_000 }, async () => {
  const fetcher = createFetcher({
    allows: () => true,
    allowPrivate: true,
    proxy: {},
    lookup: async () => [{ address: '127.0.0.1', family: 4 }],
    pause: { '*': 0 },
    headersTimeout: 500,
    bodyTimeout: 500,
    timeout: 1000,
    tries: 1,
    ...fakeTime(),
  })
  let host = 0
  await fc.assert(
    fc.asyncProperty(status, fc.array(line, { maxLength: 5 }), fc.uint8Array({ maxLength: 60 }), async (code, lines, body) => {
      answer = Buffer.concat([Buffer.from([`HTTP/1.1 ${code} X`, ...lines, '', ''].join('\r\n'), 'latin1'), body])
      // Another name each time: one host that fails so often would be put on hold.
      const outcome = await fetcher.fetch(`http://h${host++}.test:${port}/`)
      if (outcome.ok) expect(outcome.value.kind).toBe('page')
      else expect(problemCatalogue).toHaveProperty(outcome.problem.code)
    }),
    { numRuns: rounds(300) },
  )
  await fetcher.close()
})
