import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createServer as createPageServer, get } from 'node:http'
import { join } from 'node:path'
import { createServer, type Plugin, type ViteDevServer } from 'vite'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { aggregate } from '../../src/aggregate.js'
import type { PluginOptions } from '../../src/integrations/plugin-options.js'
import weekloom from '../../src/integrations/vite.js'
import { site, useSite } from './site.js'

useSite()
// A server of Vite that runs tests shows no feeds.
beforeEach(() => vi.stubEnv('VITEST', undefined))

let server: ViteDevServer | undefined
afterEach(async () => server?.close())

const addressOf = (running: ViteDevServer | undefined) => {
  const address = running?.httpServer?.address()
  return typeof address === 'object' && address !== null ? address : { address: '', port: 0 }
}

/** Starts a development server in the folder of the site; gives what asks it. */
async function serve(options: PluginOptions, ...before: Plugin[]) {
  site.put('index.html', '<!doctype html><head><title>Site</title></head>')
  server = await createServer({
    root: site.root,
    base: '/club/',
    logLevel: 'silent',
    configFile: false,
    server: { port: 0, host: '127.0.0.1' },
    plugins: [...before, weekloom(options)],
  })
  await server.listen()
  const { port } = addressOf(server)
  return async (path: string) => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`)
    return { status: answer.status, type: answer.headers.get('content-type'), text: await answer.text() }
  }
}

it('the development server shows the feeds under the path of their address, as the posts are at the moment, and writes nothing', async () => {
  const { store: _, ...config } = site.config()
  const ask = await serve({ config })
  const first = await ask('/club/feeds/rss.xml')
  expect(first).toMatchObject({ status: 200, type: 'application/rss+xml; charset=utf-8' })
  expect(first.text).toContain('<title>Weekly 1</title>')
  site.issue(2)
  expect((await ask('/club/feeds/rss.xml')).text).toContain('<title>Weekly 2</title>')
  expect((await ask('/club/feeds/feeds.html')).text).toContain('<title>Loom')
  expect((await ask('/club/feeds/problems')).text).toContain('Problems')
  expect([existsSync(join(site.root, 'public')), existsSync(join(site.root, '.weekloom'))]).toEqual([false, false])
})

it('shows what `weekloom update` has put into the store meanwhile', async () => {
  const ask = await serve({ config: site.config({ store: join(site.root, '.weekloom') }) })
  const waiting = await ask('/club/feeds/problems.json')
  expect((await ask('/club/feeds/articles/rss.xml')).text).toContain('<title>Raft</title>')
  const page =
    '<!doctype html><html><head><meta property="og:title" content="Raft in depth"></head><body><h1 id="activity-name">Raft in depth</h1><div id="js_content"><p>Text.</p></div></body></html>'
  const server = createPageServer((_, answer) => void answer.end(page)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const host = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
  const { report } = await aggregate({
    ...site.config({ store: join(site.root, '.weekloom'), network: 'auto', hosts: { 'mp.weixin.qq.com': host } }),
    cwd: site.root,
  })
  server.close()
  expect(report.problems).toEqual([])
  expect((await ask('/club/feeds/articles/rss.xml')).text).toContain('<title>Raft in depth</title>')
  expect(waiting.status).toBe(200)
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
  await expect.poll(async () => (await ask('/club/feeds/problems.json')).text, { timeout: 10_000 }).toContain('failure')
  expect((await ask('/club/feeds/rss.xml')).text).toContain('<title>Weekly 1</title>')
  expect((await ask('/club/feeds/problems.json')).text).toContain('did you mean network')
  expect(site.said().split('did you mean network')).toHaveLength(2)
  config('network')
  await expect.poll(async () => (await ask('/club/feeds/problems.json')).text, { timeout: 10_000 }).not.toContain('failure')
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
  await expect.poll(async () => (await ask('/club/feeds/rss.xml')).text, { timeout: 10_000 }).toContain('<title>Weekly 1</title>')
})

it('a config that changes where the feeds are is followed', async () => {
  const config = (output: string) =>
    site.put('weekloom.config.json', JSON.stringify({ site: site.config().site, sources: [{ weekly: 'posts/*.md' }], output }))
  config('public/feeds')
  const ask = await serve({})
  expect((await ask('/club/feeds/rss.xml')).text).toContain('<title>Weekly 1</title>')
  config('public/news')
  await expect.poll(async () => (await ask('/club/news/rss.xml')).text, { timeout: 10_000 }).toContain('<title>Weekly 1</title>')
  expect((await ask('/club/feeds/rss.xml')).text).not.toContain('<title>Weekly 1</title>')
})

it('a step before it that takes the base off addresses, as that of Astro, hides no feeds', async () => {
  const step: Plugin = {
    name: 'step',
    enforce: 'pre',
    configureServer: ({ middlewares }) =>
      void middlewares.use((message, _, next) => {
        message.url = message.url?.replace(/^\/club/, '') ?? '/'
        next()
      }),
  }
  const ask = await serve({ config: site.config() }, step)
  expect((await ask('/club/feeds/rss.xml')).text).toContain('<title>Weekly 1</title>')
})

it('a feed that is new by the config is there at its first request, also where the feeds stand at the top', async () => {
  const config = (more: object) =>
    site.put(
      'weekloom.config.json',
      JSON.stringify({ site: site.config().site, sources: [{ weekly: 'posts/*.md' }], output: 'public', ...more }),
    )
  config({})
  const ask = await serve({})
  expect((await ask('/club/rss.xml')).text).toContain('<title>Weekly 1</title>')
  config({ feeds: { feed: {}, more: { of: 'issues' } } })
  await new Promise(resolve => setTimeout(resolve, 600))
  expect((await ask('/club/more/rss.xml')).text).toContain('<title>Weekly 1</title>')
})

it('addresses in the feeds are those under which they are asked for', async () => {
  const ask = await serve({ config: site.config() })
  const { port } = addressOf(server)
  expect((await ask('/club/feeds/atom.xml')).text).toContain(`http://127.0.0.1:${port}/club/feeds/atom.xml`)
  const named = await new Promise<string>((resolve, reject) => {
    get({ host: '127.0.0.1', port, path: '/club/feeds/atom.xml', headers: { host: `localhost:${port}` } }, message => {
      let text = ''
      message.setEncoding('utf8').on('data', part => (text += String(part)))
      message.on('end', () => resolve(text))
    }).on('error', reject)
  })
  expect(named).toContain(`http://localhost:${port}/club/feeds/atom.xml`)
})

it('a page of the site stays that of the site, also one below the feeds', async () => {
  site.put('feeds/index.html', '<!doctype html><title>About the feeds</title>')
  const ask = await serve({ config: site.config() })
  expect((await ask('/club/feeds/')).text).toContain('<title>About the feeds</title>')
})

it('a name that is not that of the server gets no feeds', async () => {
  const ask = await serve({ config: site.config() })
  await ask('/club/feeds/rss.xml')
  const answer = await new Promise<string>((resolve, reject) => {
    const { address, port } = addressOf(server)
    get({ host: address, port, path: '/club/feeds/rss.xml', headers: { host: 'evil.example' } }, message => {
      message.setEncoding('utf8').on('data', text => resolve(String(text)))
    }).on('error', reject)
  })
  expect(answer).not.toContain('Weekly 1')
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
