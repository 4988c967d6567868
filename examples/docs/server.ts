import { createServer } from 'node:http'
import { aggregate, createHandler, memoryStore, toNodeListener, weekly } from 'weekloom'

const { files } = await aggregate({
  site: { title: 'Example Weekly', url: 'https://example.org/' },
  sources: [weekly('content/blog/*weekly*/index.md', { url: '/blog/:slug/' })],
  baseUrl: 'https://example.org/feeds/',
  store: memoryStore(),
})
const handler = createHandler(files, { base: '/feeds/', moved: { 'index.xml': 'issues/atom.xml' } })

// Node
createServer(toNodeListener(handler)).listen(Number(process.env['PORT'] ?? 8080))
// Workers, Deno, Bun; in Hono: app.all('/feeds/*', context => handler(context.req.raw))
export default { fetch: handler }
