import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'

/** What the server does for a path: `nth` counts the requests to it, from 1. */
type Deed = (request: IncomingMessage, response: ServerResponse, nth: number) => void

export interface FaultServer {
  port: number
  origin: string
  /** Paths in the order in which they were asked for. */
  hits: string[]
  /** Headers of the last request. */
  lastHeaders(): IncomingMessage['headers']
  close(): Promise<void>
}

export const goodPage = '<!doctype html><title>周报</title><p>第一期'

function page(body: string | Uint8Array, headers: Record<string, string | string[]> = {}, status = 200): Deed {
  return (_, response) => {
    response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', ...headers })
    response.end(body)
  }
}

function status(code: number, headers: Record<string, string> = {}): Deed {
  return page(code === 204 || code === 304 ? '' : `status ${code}`, headers, code)
}

function redirect(location: string, code = 302): Deed {
  return page('', { location }, code)
}

/** Writes to the socket itself, past all that `node:http` would mend. */
function raw(bytes: string | Uint8Array, after: 'end' | 'reset' | 'hang' = 'end'): Deed {
  return request => {
    const { socket } = request
    socket.write(bytes, () => {
      if (after === 'end') socket.end()
      // A moment later, so that the bytes before arrive first.
      if (after === 'reset') setTimeout(() => socket.resetAndDestroy(), 20)
    })
  }
}

function first(once: Deed, then: Deed): Deed {
  return (request, response, nth) => (nth === 1 ? once : then)(request, response, nth)
}

const good = page(goodPage)
const head = 'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n'
const zeros = Buffer.alloc(4 * 1024 * 1024)
const packed = gzipSync(goodPage.repeat(50))

/** 这是一个测试页面，我们的中文，没有声明 in the encodings that the standard library cannot write. */
const gbkText = Buffer.from('d5e2cac7d2bbb8f6b2e2cad4d2b3c3e6a3acced2c3c7b5c4d6d0cec4', 'hex')
const big5Text = Buffer.from('b36f ac4f a440 ad d3 b4fa b8d5 adb6 adb1 a141 a7da adcc aaba a4a4 a4e5'.replaceAll(' ', ''), 'hex')

export const faults: Readonly<Record<string, Deed>> = {
  good,
  // connections
  'reset-at-once': request => request.socket.resetAndDestroy(),
  'close-at-once': request => request.socket.destroy(),
  'reset-then-good': first(request => request.socket.resetAndDestroy(), good),
  'reset-mid-body': raw(`${head}Content-Length: 1000\r\n\r\n<p>half`, 'reset'),
  'close-mid-body': raw(`${head}Content-Length: 1000\r\n\r\n<p>half`),
  'close-mid-chunk': raw(`${head}Transfer-Encoding: chunked\r\n\r\nff\r\n<p>half`),
  'slow-headers': () => {},
  'slow-body': raw(`${head}Content-Length: 1000\r\n\r\n<p>half`, 'hang'),
  'trickling-headers': request => trickle(request, 'HTTP/1.1 200 OK\r\nX-Slow: ', 'a'),
  'trickling-body': request => trickle(request, `${head}Content-Length: 100000\r\n\r\n`, 'a'),
  'trickling-redirect': request => trickle(request, 'HTTP/1.1 302 Found\r\nLocation: /good\r\nContent-Length: 10000\r\n\r\n', 'a'),
  'slow-then-good': first(() => {}, good),
  'length-too-long': raw(`${head}Connection: close\r\nContent-Length: 1000\r\n\r\n<p>short`),
  'length-too-short': raw(`${head}Connection: close\r\nContent-Length: 8\r\n\r\n<p>short and more`),
  'length-twice': raw(`${head}Content-Length: 8\r\nContent-Length: 9\r\n\r\n<p>short!`),
  'length-and-chunks': raw(`${head}Content-Length: 8\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`),
  'endless-body': request => {
    request.socket.write(`${head}\r\n`)
    const more = () => {
      while (!request.socket.destroyed && request.socket.write(zeros.subarray(0, 65_536))) {}
      if (!request.socket.destroyed) request.socket.once('drain', more)
    }
    more()
  },
  'announced-too-large': raw(`${head}Content-Length: 99999999\r\n\r\n`, 'hang'),
  'no-length': raw(`${head}\r\n<p>until the end`),
  'switching-unasked': raw('HTTP/1.1 101 Switching Protocols\r\n\r\n'),
  'not-http': raw('SSH-2.0-OpenSSH_9.2\r\n'),
  'header-flood': raw(`${head}${Array.from({ length: 4000 }, (_, n) => `X-Flood-${n}: ${'f'.repeat(40)}\r\n`).join('')}\r\n<p>`),
  'header-giant': raw(`${head}X-Giant: ${'g'.repeat(200_000)}\r\n\r\n<p>`),
  'hints-flood': request => {
    const hint = 'HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n'
    const timer = setInterval(() => request.socket.write(hint.repeat(20)), 10)
    request.socket.once('close', () => clearInterval(timer))
  },
  // bodies
  'gzip-bomb': page(gzipSync(zeros), { 'content-encoding': 'gzip' }),
  'br-bomb': page(brotliCompressSync(zeros), { 'content-encoding': 'br' }),
  'deflate-bomb': page(deflateSync(zeros), { 'content-encoding': 'deflate' }),
  'gzip-twice-bomb': page(gzipSync(gzipSync(zeros)), { 'content-encoding': 'gzip, gzip' }),
  'gzip-many-times': page(packed, { 'content-encoding': Array.from({ length: 50 }, () => 'gzip').join(', ') }),
  'gzip-cut': page(packed.subarray(0, packed.length - 12), { 'content-encoding': 'gzip' }),
  'gzip-damaged': page(Buffer.concat([packed.subarray(0, 20), Buffer.alloc(30, 0xaa), packed.subarray(50)]), {
    'content-encoding': 'gzip',
  }),
  'gzip-by-name-only': page(goodPage, { 'content-encoding': 'gzip' }),
  'gzip-untold': page(gzipSync(goodPage)),
  'gzip-untold-twice': page(gzipSync(gzipSync(goodPage)), { 'content-encoding': 'gzip' }),
  'gzip-untold-bomb': page(gzipSync(zeros)),
  'gzip-good': page(gzipSync(goodPage), { 'content-encoding': 'x-gzip' }),
  'br-good': page(brotliCompressSync(goodPage), { 'content-encoding': 'BR' }),
  'deflate-good': page(deflateSync(goodPage), { 'content-encoding': 'deflate' }),
  'deflate-bare': page(deflateRawSync(goodPage), { 'content-encoding': 'deflate' }),
  'coding-unknown': page(goodPage, { 'content-encoding': 'constructor' }),
  'empty-200': page(''),
  'empty-gzip': page('', { 'content-encoding': 'gzip' }),
  'html-for-a-feed': page('<!doctype html><title>Log in</title>'),
  'binary-body': page(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1]), { 'content-type': 'image/png' }),
  'no-type': raw('HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n<p>untyped'),
  'verification-page': page('<!doctype html><title>环境异常</title><p>当前环境异常，完成验证后即可继续访问。'),
  // charsets
  'charset-header-wrong': page(goodPage, { 'content-type': 'text/html; charset=iso-8859-1' }),
  'charset-header-unknown': page(goodPage, { 'content-type': 'text/html; charset=klingon' }),
  'gbk-by-meta': page(Buffer.concat([Buffer.from('<meta charset="gb2312"><p>'), gbkText]), { 'content-type': 'text/html' }),
  'gbk-by-header': page(gbkText, { 'content-type': 'text/html; charset="GBK"' }),
  'gbk-against-header': page(Buffer.concat([Buffer.from('<meta charset=gbk><p>'), gbkText]), {
    'content-type': 'text/html; charset=ISO-8859-1',
  }),
  'gbk-undeclared': page(gbkText, { 'content-type': 'text/html' }),
  'big5-undeclared': page(big5Text, { 'content-type': 'text/html' }),
  'utf16le-marked': page(Buffer.from(`\ufeff${goodPage}`, 'utf16le'), { 'content-type': 'text/html' }),
  'utf16be-marked': page(Buffer.from(`\ufeff${goodPage}`, 'utf16le').swap16(), { 'content-type': 'text/html; charset=utf-8' }),
  'utf16-bare': page(Buffer.from('<?xml version="1.0"?><rss version="2.0"><channel></channel></rss>', 'utf16le'), {
    'content-type': 'text/xml',
  }),
  'utf8-broken': page(Buffer.concat([Buffer.from(`<meta charset="utf-8">${goodPage}的的`), Buffer.from([0xe4, 0xb8])])),
  // redirects
  'loop-a': redirect('/loop-b'),
  'loop-b': redirect('/loop-a'),
  'loop-self': redirect('/loop-self', 301),
  'redirect-chain': (request, response, nth) => redirect(`/redirect-chain?${nth}`)(request, response, nth),
  'redirect-to-loopback': redirect('http://127.0.0.1:1/secret'),
  'redirect-to-metadata': redirect('http://169.254.169.254/latest/meta-data/'),
  'redirect-to-decimal': redirect('http://2852039166/latest/meta-data/'),
  'redirect-to-private-name': redirect('http://private.test/secret'),
  'redirect-to-file': redirect('file:///etc/passwd'),
  'redirect-to-data': redirect('data:text/html,<p>'),
  'redirect-to-unlisted': redirect('https://elsewhere.test/'),
  'redirect-to-unlisted-relative': redirect('//elsewhere.test/good'),
  'redirect-nowhere': status(302),
  'redirect-garbage': redirect('http://[broken'),
  'redirect-good': redirect('/good', 302),
  'redirect-permanent': redirect('/redirect-permanent-2', 301),
  'redirect-permanent-2': redirect('good', 308),
  'redirect-mixed': redirect('/redirect-good', 301),
  'redirect-with-password': (request, response, nth) => redirect(`http://user:secret@${request.headers.host}/good`)(request, response, nth),
  'redirect-chinese': redirect(Buffer.from('/good?周报#top').toString('latin1')),
  'redirect-to-captcha': redirect('/mp/wappoc_appmsgcaptcha?poc_token=x&target_url=y'),
  'mp/wappoc_appmsgcaptcha': page('<title>验证</title>'),
  // statuses
  'not-modified': (request, response, nth) =>
    (request.headers['if-none-match'] === undefined ? good : page('', { etag: '"new"' }, 304))(request, response, nth),
  'not-modified-always': status(304),
  'etag-bytes': page(goodPage, { etag: 'W/"\xe9t\xe9, \\"', 'last-modified': 'yesterday, about noon' }),
  '429-seconds-then-good': first(status(429, { 'retry-after': '7' }), good),
  '429-date-then-good': first(status(429, { 'retry-after': 'Wed, 25 Nov 2026 08:00:09 GMT' }), good),
  '429-rfc850-then-good': first(status(429, { 'retry-after': 'Wednesday, 25-Nov-26 08:00:09 GMT' }), good),
  '429-asctime-then-good': first(status(429, { 'retry-after': 'Wed Nov 25 08:00:09 2026' }), good),
  '429-past-date-then-good': first(status(429, { 'retry-after': 'Wed, 25 Nov 2020 08:00:09 GMT' }), good),
  '429-garbage-then-good': first(status(429, { 'retry-after': 'soon' }), good),
  '429-hour': status(429, { 'retry-after': '3600' }),
  '429-forever': status(429, { 'retry-after': '9'.repeat(300) }),
  '429-twice': status(429, { 'retry-after': '2' }),
  '429-bare': status(429),
  '503-then-good': first(status(503), good),
  '503-twice': status(503),
  '503-hour': status(503, { 'retry-after': 'Wed, 25 Nov 2026 09:00:00 GMT' }),
  '502-then-good': first(status(502), good),
  '504-twice': status(504),
  '500': status(500),
  '400': status(400),
  '403': status(403),
  '404': status(404),
  '410': status(410),
  '451': status(451),
  '202': status(202),
  '204': status(204),
  '206': status(206),
  // keep-alive: the connection is closed exactly when the next request arrives on it
  'keep-alive-closed': (request, response, nth) => {
    if (nth === 2) request.socket.destroy()
    else page(goodPage, { connection: 'keep-alive' })(request, response, nth)
  },
  'robots.txt': page('User-agent: *\nDisallow: /private/\nAllow: /private/open\n', { 'content-type': 'text/plain' }),
  'redirect-to-private-page': redirect('/private/page'),
  'private/page': good,
  'private/open': good,
}

function trickle({ socket }: IncomingMessage, start: string, piece: string): void {
  socket.write(start)
  const timer = setInterval(() => socket.write(piece), 20)
  socket.once('close', () => clearInterval(timer))
}

/** Starts a loopback server that does every fault of the table at `/<its name>`. Errors of its own sockets are part of the game. */
export async function startFaultServer(deeds: Readonly<Record<string, Deed>> = faults): Promise<FaultServer> {
  const hits: string[] = []
  let headers: IncomingMessage['headers'] = {}
  const server = createServer((request, response) => {
    const name = (request.url ?? '').split('?', 1)[0]?.slice(1) ?? ''
    hits.push(name)
    headers = request.headers
    const deed = Object.hasOwn(deeds, name) ? deeds[name] : undefined
    const nth = hits.filter(hit => hit === name).length
    ;(deed ?? status(404))(request, response, nth)
  })
  server.on('connection', socket => socket.on('error', () => {}))
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  return {
    port,
    origin: `http://site.test:${port}`,
    hits,
    lastHeaders: () => headers,
    close: () =>
      new Promise(done => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}
