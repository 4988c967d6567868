import { request as send } from 'node:http'
import { gunzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import type { HandlerOptions } from '../../src/handler.js'
import type { ServedFile } from '../../src/serve/served-files.js'
import type { Feed } from '../../src/types.js'

/** What came back, read as bytes and never decoded. */
export interface Answer {
  status: number
  headers: Headers
  body: Uint8Array
}

export type Ask = (method: string, path: string, headers?: Record<string, string>) => Promise<Answer>

/** The feeds that every platform serves under `/feeds/`. */
export const feeds: Record<string, Feed> = { feed: feedOf('feed', ''), notes: feedOf('notes', 'notes/') }

function feedOf(name: string, folder: string): Feed {
  const text = '<p>经线与纬线，一期一会。</p>'.repeat(40)
  return {
    info: { title: `Loom ${name}`, homeUrl: 'https://loomstack.example/', feedUrl: `https://loomstack.example/feeds/${folder}` },
    updated: '2023-05-05T04:00:00.500Z',
    entries: [
      {
        id: `https://loomstack.example/${name}/1`,
        keys: [`https://loomstack.example/${name}/1`],
        url: `https://loomstack.example/${name}/1`,
        title: '织机周报 <1>',
        published: '2023-05-05T04:00:00.500Z',
        authors: [],
        tags: [],
        html: text,
        kind: 'issue',
        state: 'full',
        origins: [{ source: 'weekly', kind: 'post' }],
      },
    ],
  }
}

/** The other way to fill a handler: files, as `aggregate` gives them. */
export const files: readonly ServedFile[] = [
  { path: 'feeds.html', mediaType: 'text/html', body: ['<!doctype html><title>订阅</title>', '<p>'.repeat(300)] },
  { path: 'images/周报.png', mediaType: 'image/png', body: new Uint8Array(2000) },
  { path: 'tiny.xml', mediaType: 'application/rss+xml', body: ['<rss/>'] },
  { path: 'events.ics', mediaType: 'text/calendar', body: ['BEGIN:VCALENDAR\r\n'], updated: '2023-05-05T04:00:00.000Z' },
]

const modified = 'Fri, 05 May 2023 04:00:00 GMT'
const text = (answer: Answer) => new TextDecoder().decode(answer.body)
const field = (answer: Answer, name: string) => answer.headers.get(name)

/** How the handler of every platform is made. */
export const handlerOptions: HandlerOptions = {
  base: '/feeds/',
  cacheControl: 'public, max-age=60',
  moved: {
    'old/index.xml': 'rss.xml',
    'away.xml': 'https://elsewhere.example/a.xml',
    '/index.xml': 'rss.xml',
    'top.xml': '/atom.xml',
  },
}

/** Asks over a socket, for the bytes as they are sent. */
export function askOver(port: () => number): Ask {
  return (method, path, headers = {}) =>
    new Promise<Answer>((resolve, reject) => {
      send({ port: port(), method, path, headers, agent: false }, response => {
        const chunks: Buffer[] = []
        response.on('data', chunk => chunks.push(chunk))
        response.on('end', () => {
          const { statusCode = 0, rawHeaders } = response
          const pairs = rawHeaders.flatMap((name, index): [string, string][] =>
            index % 2 === 0 ? [[name, rawHeaders[index + 1] ?? '']] : [],
          )
          resolve({ status: statusCode, headers: new Headers(pairs), body: new Uint8Array(Buffer.concat(chunks)) })
        })
      })
        .on('error', reject)
        .end()
    })
}

/** What is expected of a server of feeds, on every platform: {@link feeds} under a handler with {@link handlerOptions}. */
export function conformance(ask: Ask, { compresses = true }: { compresses?: boolean } = {}): void {
  const whole = () => ask('GET', '/feeds/rss.xml')

  it.each([
    ['/feeds/rss.xml', 'application/rss+xml; charset=utf-8', '<?xml'],
    ['/feeds/atom.xml', 'application/atom+xml; charset=utf-8', '<?xml'],
    ['/feeds/feed.json', 'application/feed+json', '{'],
    ['/feeds/notes/atom.xml', 'application/atom+xml; charset=utf-8', '<?xml'],
    ['/feeds/feeds.opml', 'text/x-opml; charset=utf-8', '<?xml'],
    ['/feeds/rss.xml?from=somewhere', 'application/rss+xml; charset=utf-8', '<?xml'],
  ])('gives %s as %s', async (path, type, start) => {
    const answer = await ask('GET', path)
    expect(answer.status).toBe(200)
    expect(field(answer, 'content-type')).toBe(type)
    expect(text(answer).startsWith(start)).toBe(true)
    expect(field(answer, 'content-length')).toBe(String(answer.body.length))
    expect(field(answer, 'x-content-type-options')).toBe('nosniff')
    expect(field(answer, 'cache-control')).toBe('public, max-age=60')
    expect(field(answer, 'access-control-allow-origin')).toBe('*')
    expect(field(answer, 'content-encoding')).toBeNull()
  })

  it('gives a strong tag that stays the same and differs between files', async () => {
    const [first, again, other] = [await whole(), await whole(), await ask('GET', '/feeds/atom.xml')]
    expect(field(first, 'etag')).toMatch(/^"[0-9a-f]{32}"$/)
    expect(field(again, 'etag')).toBe(field(first, 'etag'))
    expect(field(other, 'etag')).not.toBe(field(first, 'etag'))
  })

  it('dates a file by its feed', async () => {
    expect(field(await whole(), 'last-modified')).toBe(modified)
  })

  it.each<[string, (tag: string) => Record<string, string>, number]>([
    ['the tag', tag => ({ 'if-none-match': tag }), 304],
    ['the tag in its weak form', tag => ({ 'if-none-match': `W/${tag}` }), 304],
    ['the tag among others', tag => ({ 'if-none-match': `"x", ${tag},"y"` }), 304],
    ['any tag', () => ({ 'if-none-match': '*' }), 304],
    ['another tag', () => ({ 'if-none-match': '"another"' }), 200],
    ['its date', () => ({ 'if-modified-since': modified }), 304],
    ['a later date', () => ({ 'if-modified-since': 'Sat, 06 May 2023 00:00:00 GMT' }), 304],
    ['its date as RFC 850 writes it', () => ({ 'if-modified-since': 'Friday, 05-May-23 04:00:00 GMT' }), 304],
    ['its date as asctime() writes it', () => ({ 'if-modified-since': 'Fri May  5 04:00:00 2023' }), 304],
    ['an earlier date', () => ({ 'if-modified-since': 'Fri, 05 May 2023 03:59:59 GMT' }), 200],
    ['a date that is none', () => ({ 'if-modified-since': '2999-01-01' }), 200],
    ['another tag and its date', () => ({ 'if-none-match': '"another"', 'if-modified-since': modified }), 200],
    ['the tag and an earlier date', tag => ({ 'if-none-match': tag, 'if-modified-since': 'Mon, 01 Jan 2001 00:00:00 GMT' }), 304],
  ])('answers a client that has %s', async (_, headers, status) => {
    const tag = field(await whole(), 'etag') ?? ''
    for (const method of ['GET', 'HEAD']) {
      const answer = await ask(method, '/feeds/rss.xml', headers(tag))
      expect(answer.status).toBe(status)
      expect(field(answer, 'etag')).toBe(tag)
      expect(field(answer, 'last-modified')).toBe(modified)
      expect(field(answer, 'cache-control')).toBe('public, max-age=60')
      if (status === 304 || method === 'HEAD') expect(answer.body).toHaveLength(0)
      if (status === 304) expect(field(answer, 'content-type')).toBeNull()
    }
  })

  it('answers HEAD as GET, without the body', async () => {
    const [get, head] = [await whole(), await ask('HEAD', '/feeds/rss.xml')]
    expect(head.status).toBe(200)
    expect(head.body).toHaveLength(0)
    for (const name of ['content-type', 'content-length', 'etag', 'last-modified', 'vary', 'cache-control'])
      expect([name, field(head, name)]).toEqual([name, field(get, name)])
  })

  it.runIf(compresses)('compresses for those who take it, under a tag of its own', async () => {
    const plain = await whole()
    const packed = await ask('GET', '/feeds/rss.xml', { 'accept-encoding': 'br;q=1.0, gzip;q=0.8, *;q=0.1' })
    expect(field(packed, 'content-encoding')).toBe('gzip')
    expect(field(packed, 'content-length')).toBe(String(packed.body.length))
    expect(gunzipSync(packed.body).equals(plain.body)).toBe(true)
    expect(packed.body.length).toBeLessThan(plain.body.length)
    expect(field(packed, 'etag')).toMatch(/^"[0-9a-f]{32}"$/)
    expect(field(packed, 'etag')).not.toBe(field(plain, 'etag'))
    expect([field(packed, 'vary'), field(plain, 'vary')]).toEqual(['Accept-Encoding', 'Accept-Encoding'])
  })

  it.runIf(compresses)('knows the tags of both forms, whichever is asked for', async () => {
    const tags = [field(await whole(), 'etag'), field(await ask('GET', '/feeds/rss.xml', { 'accept-encoding': 'gzip' }), 'etag')]
    for (const tag of tags) {
      for (const accepted of ['gzip', 'identity']) {
        const answer = await ask('GET', '/feeds/rss.xml', { 'if-none-match': tag ?? '', 'accept-encoding': accepted })
        expect([answer.status, field(answer, 'etag'), field(answer, 'vary')]).toEqual([304, tag, 'Accept-Encoding'])
      }
    }
  })

  it.each(['', 'identity', 'gzip;q=0', 'br', '*;q=0', 'gzip;q=0, *', 'identity, gzip;q=0.5', 'identity;q=0'])(
    'sends to Accept-Encoding “%s” what it is',
    async accepted => {
      const answer = await ask('GET', '/feeds/rss.xml', { 'accept-encoding': accepted })
      expect(field(answer, 'content-encoding')).toBeNull()
      expect(text(answer).startsWith('<?xml')).toBe(true)
    },
  )

  it.each(['bytes=0-9', 'bytes=-5', 'bytes=9999999-', 'lines=1-2'])('answers the range %s with the whole', async range => {
    const answer = await ask('GET', '/feeds/rss.xml', { range })
    expect([answer.status, field(answer, 'accept-ranges'), field(answer, 'content-range')]).toEqual([200, 'none', null])
    expect(answer.body).toEqual((await whole()).body)
  })

  it.each([
    '/',
    '/feeds',
    '/feeds/none.xml',
    '/feeds/notes',
    '/feeds/notes/',
    '/rss.xml',
    '/feeds/%E0%A4%A',
    '/feeds/..%2Frss.xml',
    '/feeds/__proto__',
    '/feeds/constructor',
  ])('knows nothing of %s', async path => {
    for (const method of ['GET', 'HEAD', 'POST', 'OPTIONS']) {
      const answer = await ask(method, path)
      expect(answer.status).toBe(404)
      expect(field(answer, 'cache-control')).toBe('no-store')
      expect(field(answer, 'access-control-allow-origin')).toBe('*')
    }
  })

  it.each(['POST', 'PUT', 'DELETE', 'PATCH'])('refuses %s', async method => {
    const answer = await ask(method, '/feeds/rss.xml')
    expect([answer.status, field(answer, 'allow')]).toEqual([405, 'GET, HEAD, OPTIONS'])
  })

  it('lets scripts of other sites ask, conditionally too', async () => {
    const answer = await ask('OPTIONS', '/feeds/rss.xml', {
      origin: 'https://reader.example',
      'access-control-request-method': 'GET',
      'access-control-request-headers': 'if-none-match',
    })
    expect([answer.status, answer.body.length, field(answer, 'allow')]).toEqual([204, 0, 'GET, HEAD, OPTIONS'])
    expect(field(answer, 'access-control-allow-methods')).toBe('GET, HEAD')
    expect(field(answer, 'access-control-allow-headers')).toMatch(/if-none-match/i)
    expect(field(await whole(), 'access-control-expose-headers')).toBe('ETag')
  })

  it.each([
    ['/feeds/old/index.xml', '/feeds/rss.xml'],
    ['/feeds/away.xml', 'https://elsewhere.example/a.xml'],
    ['/index.xml', '/feeds/rss.xml'],
    ['/feeds/top.xml', '/atom.xml'],
  ])('leads from %s to %s for good', async (path, location) => {
    for (const method of ['GET', 'HEAD']) {
      const answer = await ask(method, path)
      expect([answer.status, field(answer, 'location')]).toEqual([301, location])
    }
    // A script that has a tag asks first, and may not be led away then.
    const headers = { origin: 'https://reader.example', 'access-control-request-method': 'GET' }
    expect((await ask('OPTIONS', path, headers)).status).toBe(204)
    expect((await ask('POST', path)).status).toBe(405)
  })
}
