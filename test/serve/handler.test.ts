import { createServer } from 'node:http'
import { createContext, runInContext } from 'node:vm'
import { EdgeVM } from '@edge-runtime/vm'
import { build } from 'esbuild'
import { Hono } from 'hono'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHandler } from '../../src/handler.js'
import { toNodeListener } from '../../src/serve/node-listener.js'
import { type Ask, askOver, conformance, feeds, files, handlerOptions } from './conformance.js'

type Handler = (request: Request) => Response | Promise<Response>

type AskByUrl = (url: string, init: { method: string; headers: Record<string, string> }) => Response | Promise<Response>

const askDirectly =
  (handler: () => AskByUrl): Ask =>
  async (method, path, headers = {}) => {
    const response = await handler()(`https://loomstack.example${path}`, { method, headers })
    return { status: response.status, headers: new Headers([...response.headers]), body: new Uint8Array(await response.arrayBuffer()) }
  }

function listening(handler: Handler): { port: () => number } {
  const server = createServer(toNodeListener(handler))
  beforeAll(() => new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve)))
  afterAll(() => new Promise(resolve => server.close(resolve)))
  return {
    port: () => {
      const address = server.address()
      return typeof address === 'object' && address ? address.port : 0
    },
  }
}

/** One script without imports, as a bundler for Workers makes it; a Node built-in in it would stop the bundler. */
async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: ['src/handler.ts'],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'weekloom',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    conditions: ['worker', 'browser'],
    logLevel: 'silent',
  })
  return outputFiles[0]?.text ?? ''
}

/** Makes a handler inside, and the requests with the `Request` that is there. */
const program = `{
  const handler = weekloom.createHandler(${JSON.stringify(feeds)}, ${JSON.stringify(handlerOptions)})
  ;(url, init) => handler(new Request(url, init))
}`

describe('a handler', () => {
  describe('by itself', () => {
    const handler = createHandler(feeds, handlerOptions)
    conformance(askDirectly(() => (url, init) => handler(new Request(url, init))))
  })

  describe("under Node's server", () => {
    const { port } = listening(createHandler(feeds, handlerOptions))
    conformance(askOver(port))

    it('refuses TRACE, for which there is no Request', async () => {
      expect((await askOver(port)('TRACE', '/feeds/rss.xml')).status).toBe(405)
    })

    it('takes a whole address for the path in it', async () => {
      expect((await askOver(port)('GET', 'http://loomstack.example/feeds/rss.xml')).status).toBe(200)
      expect((await askOver(port)('GET', 'http://loomstack.example')).status).toBe(404)
    })

    it('tells why a handler failed, to its owner alone', async () => {
      const errors: unknown[] = []
      const failing = createServer(
        toNodeListener(
          () => {
            throw new Error('no feed today')
          },
          error => errors.push(error),
        ),
      )
      await new Promise<void>(resolve => failing.listen(0, '127.0.0.1', resolve))
      const address = failing.address()
      const answer = await askOver(() => (typeof address === 'object' && address ? address.port : 0))('GET', '/')
      failing.close()
      expect([answer.status, Buffer.from(answer.body).toString()]).toEqual([500, 'Internal error\n'])
      expect(errors).toEqual([new Error('no feed today')])
    })

    it('takes a path that begins with two slashes for a path', async () => {
      expect((await askOver(port)('GET', '//feeds/rss.xml')).status).toBe(200)
      expect((await askOver(port)('GET', '//elsewhere.example/feeds/rss.xml')).status).toBe(404)
    })
  })

  describe("in Hono, under Node's server", () => {
    const handler = createHandler(feeds, handlerOptions)
    const app = new Hono().all('*', context => handler(context.req.raw))
    conformance(askOver(listening(request => app.fetch(request)).port))
  })

  describe('in the Edge Runtime, which has its own web globals, nothing of Node, and cannot compress', () => {
    let vm: EdgeVM
    let handler: AskByUrl
    beforeAll(async () => {
      vm = new EdgeVM()
      vm.evaluate(await bundle())
      handler = vm.evaluate(program)
      expect(vm.evaluate('typeof process + typeof Buffer + typeof require')).toBe('undefinedundefinedundefined')
    })
    conformance(
      askDirectly(() => handler),
      { compresses: false },
    )
  })

  describe('in a context that has web globals alone, as a Worker has', () => {
    let handler: AskByUrl
    beforeAll(async () => {
      const globals = { Blob, CompressionStream, Headers, Request, Response, TextDecoder, TextEncoder, URL, crypto }
      const context = createContext({ ...globals })
      runInContext(await bundle(), context)
      handler = runInContext(program, context)
    })
    conformance(askDirectly(() => handler))
  })
})

describe('a handler of files', () => {
  const get = (path: string, headers?: Record<string, string>) =>
    createHandler(files)(new Request(`https://loomstack.example${path}`, headers ? { headers } : {}))

  it.each([
    ['/', 'text/html; charset=utf-8'],
    ['/feeds.html', 'text/html; charset=utf-8'],
    ['/images/%E5%91%A8%E6%8A%A5.png', 'image/png'],
    ['/tiny.xml', 'application/rss+xml; charset=utf-8'],
    ['/events.ics', 'text/calendar; charset=utf-8'],
  ])('gives %s as %s', async (path, type) => {
    const response = await get(path)
    expect([response.status, response.headers.get('content-type')]).toEqual([200, type])
  })

  it('compresses neither pictures nor what would grow', async () => {
    for (const path of ['/images/%E5%91%A8%E6%8A%A5.png', '/tiny.xml']) {
      const { headers } = await get(path, { 'accept-encoding': 'gzip' })
      expect([headers.get('content-encoding'), headers.get('vary')]).toEqual([null, null])
    }
  })

  it('states no date for a file that has none, and answers no 304 by date then', async () => {
    const response = await get('/feeds.html', { 'if-modified-since': 'Fri, 31 Dec 2999 00:00:00 GMT' })
    expect([response.status, response.headers.get('last-modified')]).toEqual([200, null])
  })

  it('tells clients that send a date alone of each change, also of one that leaves the newest date as it was', async () => {
    const content = (body: string) => [
      { path: 'a.xml', mediaType: 'application/rss+xml', body: [body], updated: '2023-05-05T04:00:00.000Z' },
    ]
    let current = content('<rss/>')
    const handler = createHandler(() => current)
    const ask = (headers: Record<string, string> = {}) => handler(new Request('https://loomstack.example/a.xml', { headers }))
    const date = async () => (await ask()).headers.get('last-modified') ?? ''
    const first = await date()
    expect(first).toBe('Fri, 05 May 2023 04:00:00 GMT')
    current = content('<rss corrected=""/>')
    expect((await ask({ 'if-modified-since': first })).status).toBe(200)
    const second = await date()
    expect(second).toBe('Fri, 05 May 2023 04:00:01 GMT')
    expect((await ask({ 'if-modified-since': second })).status).toBe(304)
    current = content('<rss/>')
    expect((await ask({ 'if-modified-since': second })).status).toBe(200)
  })

  it('asks for content each time and makes anew only what is new', async () => {
    let made = 0
    const content = () => [
      {
        path: 'a.xml',
        mediaType: 'application/rss+xml',
        body: (function* () {
          made++
          yield `<rss n="${made}"/>`
        })(),
      },
    ]
    let current = content()
    const handler = createHandler(() => current)
    const ask = async () => (await handler(new Request('https://loomstack.example/a.xml'))).text()
    expect([await ask(), await ask(), made]).toEqual(['<rss n="1"/>', '<rss n="1"/>', 1])
    current = content()
    expect([await ask(), await ask(), made]).toEqual(['<rss n="2"/>', '<rss n="2"/>', 2])
  })

  it('keeps to itself when it is told to', async () => {
    const response = await createHandler(files, { cors: false })(new Request('https://loomstack.example/', { method: 'OPTIONS' }))
    expect([response.status, [...response.headers].map(([name]) => name)]).toEqual([204, ['allow']])
  })
})
