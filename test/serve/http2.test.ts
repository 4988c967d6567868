import { once } from 'node:events'
import { connect, createServer } from 'node:http2'
import { expect, it } from 'vitest'
import { createHandler } from '../../src/serve/create-handler.js'
import { toNodeListener } from '../../src/serve/node-listener.js'

it('a handler answers a server of HTTP/2 too, whose requests have fields that begin with a colon', async () => {
  const handler = createHandler([{ path: 'rss.xml', mediaType: 'application/rss+xml', body: ['<rss/>'] }])
  const listener = toNodeListener(handler)
  const server = createServer((request, response) => void Reflect.apply(listener, undefined, [request, response])).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const client = connect(`http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`)
  try {
    const request = client.request({ ':path': '/rss.xml' })
    const [headers] = await once(request, 'response')
    let text = ''
    for await (const part of request.setEncoding('utf8')) text += part
    expect([headers[':status'], headers['content-type'], text]).toEqual([200, 'application/rss+xml; charset=utf-8', '<rss/>'])
  } finally {
    client.close()
    server.close()
  }
})
