import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createServer, type ViteDevServer } from 'vite'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { PluginOptions } from '../../src/integrations/plugin-options.js'
import weekloom from '../../src/integrations/vite.js'
import { site, useSite } from './site.js'

useSite()
// A server of Vite that runs tests shows no feeds.
beforeEach(() => vi.stubEnv('VITEST', undefined))

let server: ViteDevServer | undefined
afterEach(async () => server?.close())

/** Starts a development server in the folder of the site; gives what asks it. */
async function serve(options: PluginOptions) {
  site.put('index.html', '<!doctype html><head><title>Site</title></head>')
  server = await createServer({
    root: site.root,
    base: '/club/',
    logLevel: 'silent',
    configFile: false,
    server: { port: 0, host: '127.0.0.1' },
    plugins: [weekloom(options)],
  })
  await server.listen()
  const address = server.httpServer?.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return async (path: string) => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`)
    return { status: answer.status, type: answer.headers.get('content-type'), text: await answer.text() }
  }
}

it('the development server shows the feeds under the path of their address, as the posts are at the moment, and writes nothing', async () => {
  const ask = await serve({ config: site.config() })
  const first = await ask('/club/feeds/rss.xml')
  expect(first).toMatchObject({ status: 200, type: 'application/rss+xml; charset=utf-8' })
  expect(first.text).toContain('<title>Weekly 1</title>')
  site.issue(2)
  expect((await ask('/club/feeds/rss.xml')).text).toContain('<title>Weekly 2</title>')
  expect((await ask('/club/feeds/')).text).toContain('<title>Loom')
  expect((await ask('/club/feeds/problems')).text).toContain('Problems')
  expect(existsSync(join(site.root, 'public'))).toBe(false)
})

it('it leaves all else to the development server, and files below its path that it does not make', async () => {
  site.put('public/feeds/kept.txt', 'kept')
  const ask = await serve({ config: site.config() })
  expect((await ask('/club/')).text).toContain('<title>Site</title>')
  expect((await ask('/club/feeds/kept.txt')).text).toBe('kept')
})

it('of a config that is broken it shows what is wrong, keeps what there was, and goes on when it is mended', async () => {
  const config = (key: string) =>
    site.put(
      'weekloom.config.json',
      `{ "site": { "title": "Loom", "url": "https://loomstack.example/club/" }, "sources": [{ "weekly": "posts/*.md" }], "${key}": "frozen" }`,
    )
  config('network')
  const ask = await serve({})
  expect((await ask('/club/feeds/problems.json')).text).not.toContain('failure')
  config('netwrok')
  expect((await ask('/club/feeds/rss.xml')).text).toContain('<title>Weekly 1</title>')
  expect((await ask('/club/feeds/problems.json')).text).toContain('did you mean network')
  expect(site.said().split('did you mean network')).toHaveLength(2)
  config('network')
  expect((await ask('/club/feeds/problems.json')).text).not.toContain('failure')
})

it('without a config it says so once, and shows the pages of the site', async () => {
  const ask = await serve({})
  expect((await ask('/club/')).text).toContain('<title>Site</title>')
  expect((await ask('/club/')).status).toBe(200)
  expect(site.said().split('There is no weekloom.config file')).toHaveLength(2)
  site.put(
    'weekloom.config.json',
    '{ "site": { "title": "Loom", "url": "https://loomstack.example/club/" }, "sources": [{ "weekly": "posts/*.md" }] }',
  )
  expect((await ask('/club/feeds/rss.xml')).text).toContain('<title>Weekly 1</title>')
})

it('feeds that are asked for at the same time come of one build', async () => {
  let reads = 0
  const source = {
    name: 'own',
    files: ['posts/*.md'],
    async *read() {
      reads++
      yield* []
    },
  }
  const ask = await serve({ config: site.config({ sources: [source] }) })
  const answers = await Promise.all(['rss.xml', 'atom.xml', 'feed.json'].map(file => ask(`/club/feeds/${file}`)))
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
  expect(reads).toBe(1)
})

it.each([
  ['where the feeds stand right at the top', { output: 'public' }, '/club/rss.xml'],
  ['where the feeds have a host of their own', { baseUrl: 'https://feeds.example/' }, '/rss.xml'],
])('the home page of the site stays that of the site %s', async (_, more, feed) => {
  const ask = await serve({ config: site.config(more) })
  expect((await ask(feed)).text).toContain('<title>Weekly 1</title>')
  expect((await ask('/club/')).text).toContain('<title>Site</title>')
  expect((await ask('/club/problems')).text).not.toContain('Problems')
})
