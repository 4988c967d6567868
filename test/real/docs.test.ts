import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { feedFormats } from '../../src/feed/feed-addresses.js'
import { itWith } from './real-part.js'

const root = join(import.meta.dirname, '../..')
const example = (file: string) => readFileSync(join(root, 'examples/docs', file), 'utf8')

let cwd: string
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'weekloom-docs-'))
})
afterEach(() => rmSync(cwd, { recursive: true, force: true }))

it('the demo makes feeds, and changes nothing the second time', () => {
  const { stdout, stderr, status } = spawnSync('npm', ['run', 'demo'], { cwd: root, encoding: 'utf8' })
  expect(status).toBe(0)
  expect(stderr).toContain('nothing changed')
  expect(stdout).toContain('demo/public/feeds/atom.xml')
}, 240_000)

it('install.sh sets up a Hugo site without an answer: feeds, config, workflow', () => {
  execFileSync('npm', ['pack', '--pack-destination', cwd], { cwd: root, stdio: 'pipe' })
  const tarball = readdirSync(cwd).find(name => name.endsWith('.tgz'))
  writeFileSync(join(cwd, 'hugo.toml'), "baseURL = 'https://loom.example/'\ntitle = 'Loom'\n")
  for (const [n, day] of [
    [11, '2024-05-24'],
    [12, '2024-05-31'],
  ]) {
    mkdirSync(join(cwd, `content/blog/weekly-${n}`), { recursive: true })
    // Three links to pages that are not fetched: no network is asked.
    const links = ['a', 'b', 'c'].map(name => `- [${name}](https://${name}.example/${n})\n`).join('')
    writeFileSync(join(cwd, `content/blog/weekly-${n}/index.md`), `---\ntitle: 周报 ${n}\ndate: ${day}\n---\n\n### 推荐阅读\n\n${links}`)
  }
  const script = example('install.sh').replace('npm install weekloom', `npm install ./${tarball} --no-audit --no-fund`)
  expect(script).toContain(tarball)
  const { stderr, status } = spawnSync('sh', ['-ec', script], { cwd, encoding: 'utf8', input: '' })
  expect(stderr).toContain('Newest entries')
  expect(status).toBe(0)
  for (const path of ['weekloom.config.ts', '.github/workflows/weekloom.yml', 'static/feeds/atom.xml', '.weekloom'])
    expect(existsSync(join(cwd, path))).toBe(true)
}, 240_000)

itWith('nginx', 'nginx serves every file with its type, and moves the old address, with nginx/site.conf', async () => {
  const port = await freePort()
  const pages = [
    'rss.xml',
    'atom.xml',
    'issues/atom.xml',
    'feed.json',
    'feeds.opml',
    'feeds.html',
    'events.ics',
    'images/a.png',
    'images/a.jpg',
    'images/a.avif',
  ]
  for (const page of pages) {
    mkdirSync(join(cwd, 'html/feeds', page, '..'), { recursive: true })
    writeFileSync(join(cwd, 'html/feeds', page), '织机')
  }
  writeFileSync(
    join(cwd, 'nginx.conf'),
    `daemon off; pid ${cwd}/pid; error_log ${cwd}/error.log;
    ${process.getuid?.() === 0 ? 'user root;' : ''}
    events {}
    http { access_log off; ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(name => `${name}_temp_path ${cwd}/${name};`).join(' ')}
      server { listen 127.0.0.1:${port}; root ${cwd}/html; absolute_redirect off; ${example('nginx/site.conf')} } }`,
  )
  const nginx = spawn('nginx', ['-p', cwd, '-c', join(cwd, 'nginx.conf'), '-e', join(cwd, 'error.log')], { stdio: 'pipe' })
  try {
    const ask = (path: string) => fetch(`http://127.0.0.1:${port}${path}`, { redirect: 'manual' })
    for (let tries = 0; tries < 50; tries++) {
      if (
        await ask('/').then(
          () => true,
          () => false,
        )
      )
        break
      await wait(100)
    }
    const types = Object.fromEntries(
      await Promise.all(pages.map(async page => [page, (await ask(`/feeds/${page}`)).headers.get('content-type')])),
    )
    expect(types).toEqual({
      'rss.xml': `${feedFormats.rss.mediaType}; charset=utf-8`,
      'atom.xml': `${feedFormats.atom.mediaType}; charset=utf-8`,
      'issues/atom.xml': `${feedFormats.atom.mediaType}; charset=utf-8`,
      'feed.json': `${feedFormats.json.mediaType}; charset=utf-8`,
      'feeds.opml': 'text/x-opml; charset=utf-8',
      'feeds.html': 'text/html; charset=utf-8',
      'events.ics': 'text/calendar; charset=utf-8',
      'images/a.png': 'image/png',
      'images/a.jpg': 'image/jpeg',
      'images/a.avif': 'image/avif',
    })
    const moved = await ask('/index.xml')
    expect([moved.status, moved.headers.get('location')]).toEqual([301, '/feeds/issues/rss.xml'])
  } finally {
    nginx.kill('SIGQUIT')
    await once(nginx, 'exit')
  }
})

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  return typeof address === 'object' && address !== null ? address.port : 0
}
