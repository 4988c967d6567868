import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../..')
const post = (title: string) =>
  `---\ntitle: ${title}\ndate: 2023-05-05\n---\n\n### 本周推荐阅读\n\n- 读 [好文](https://loomstack.example/good)\n`

let cwd: string
let running: ChildProcess | undefined
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'weekloom-serve-'))
  writeFileSync(join(cwd, 'weekly-1.md'), post('织机周报 第 1 期'))
})
afterEach(() => {
  running?.kill('SIGKILL')
  rmSync(cwd, { recursive: true, force: true })
})

interface Served {
  url: string
  stderr: () => string
  /** Resolves when the command says something that matches. */
  says(pattern: RegExp): Promise<void>
  ended: Promise<number | null>
  child: ChildProcess
}

function serve(...args: string[]): Promise<Served> {
  const child = spawn(process.execPath, [join(root, 'dist/cli.js'), 'serve', ...args], { cwd, env: { ...process.env, NO_COLOR: '1' } })
  running = child
  let stdout = ''
  let stderr = ''
  const waiting = new Set<() => void>()
  child.stdout.on('data', data => {
    stdout += data
    for (const check of waiting) check()
  })
  child.stderr.on('data', data => {
    stderr += data
    for (const check of waiting) check()
  })
  const ended = new Promise<number | null>(resolve => child.on('close', resolve))
  const says = (pattern: RegExp) =>
    new Promise<void>((resolve, reject) => {
      const check = () => {
        if (!pattern.test(stdout + stderr)) return
        waiting.delete(check)
        resolve()
      }
      waiting.add(check)
      check()
      void ended.then(status => reject(new Error(`ended with ${status}: ${stderr}`)))
    })
  return says(/Serving|What the store has|build failed|^\}$/m).then(() => ({
    url: /http:[^\s"]+\//.exec(stdout + stderr)?.[0] ?? '',
    stderr: () => stderr,
    says,
    ended,
    child,
  }))
}

describe('weekloom serve', () => {
  it('serves feeds, a page and the problems on loopback, builds again when a post changes, and ends at Ctrl-C', async () => {
    const { url, says, ended, child, stderr } = await serve('*.md', '--site', 'https://loomstack.example/', '--port', '0', '--frozen')
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/feeds\/$/)
    const first = await fetch(`${url}rss.xml`)
    expect(first.headers.get('content-type')).toBe('application/rss+xml; charset=utf-8')
    const text = await first.text()
    expect(text).toContain('织机周报 第 1 期')
    expect(text).toContain(`${url}rss.xml`)
    const tag = first.headers.get('etag') ?? ''
    const ask = () => fetch(`${url}rss.xml`, { headers: { 'if-none-match': tag } })
    expect((await ask()).status).toBe(304)
    const page = await fetch(url)
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
    const report = await fetch(`${url}problems.json`)
    expect(await report.json()).toEqual({ problems: expect.any(Array) })
    expect((await fetch(`${url}problems`)).headers.get('content-type')).toBe('text/html; charset=utf-8')

    writeFileSync(join(cwd, 'weekly-1.md'), post('织机周报 第 1 期（改）'))
    await says(/Serving[\s\S]*Serving/)
    const changed = await ask()
    expect(changed.status).toBe(200)
    expect(await changed.text()).toContain('第 1 期（改）')

    child.kill('SIGINT')
    expect([await ended, stderr().includes('at ')]).toEqual([0, false])
  })

  it('serves what the store has at once, while articles are still fetched, and stops in the middle', async () => {
    const silent = createServer(() => {}).listen(0, '127.0.0.1')
    await once(silent, 'listening')
    const address = silent.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    writeFileSync(
      join(cwd, 'weekly-2.md'),
      post('织机周报 第 2 期').replace('loomstack.example/good', `mp.weixin.qq.com/s/${'a'.repeat(22)}`),
    )
    const site = { title: 'Loom', url: 'https://loomstack.example/' }
    const hosts = { 'mp.weixin.qq.com': `http://127.0.0.1:${port}` }
    writeFileSync(join(cwd, 'weekloom.config.json'), JSON.stringify({ site, sources: [{ weekly: '*.md' }], hosts }))
    const { url, ended, child, stderr } = await serve('--port', '0')
    expect(await (await fetch(`${url}atom.xml`)).text()).toContain('织机周报 第 2 期')
    child.kill('SIGINT')
    expect([await ended, /^ +at /m.test(stderr())]).toEqual([0, false])
    silent.closeAllConnections()
    silent.close()
  })

  it('serves under the path at which the feeds will be published, and sends there who asks above it', async () => {
    const site = { title: 'Loom', url: 'https://loomstack.example/blog/' }
    const config = { site, sources: [{ weekly: '*.md' }], output: 'static/订阅', network: 'frozen' }
    writeFileSync(join(cwd, 'weekloom.config.json'), JSON.stringify(config))
    const { url } = await serve('--port', '0')
    expect(new URL(url).pathname).toBe('/blog/%E8%AE%A2%E9%98%85/')
    expect(await (await fetch(`${url}atom.xml`)).text()).toContain(`href="${url}atom.xml"`)
    for (const [asked, answered] of [
      ['/', ''],
      ['/blog', ''],
      ['/atom.xml', 'atom.xml'],
      ['/problems', 'problems'],
    ] as const) {
      const answer = await fetch(new URL(asked, url))
      expect([answer.status, answer.url]).toEqual([200, url + answered])
    }
    expect((await fetch(new URL('/blog/nothing', url))).status).toBe(404)
  })

  it('goes on with the last build when the config is broken, says so, and recovers', async () => {
    const config = join(cwd, 'weekloom.config.json')
    const good = { site: { title: 'Loom', url: 'https://loomstack.example/' }, sources: [{ weekly: '*.md' }], network: 'frozen' }
    writeFileSync(config, JSON.stringify(good))
    const { url, says } = await serve('--port', '0')
    writeFileSync(config, '{')
    await says(/build failed/)
    expect(await (await fetch(`${url}atom.xml`)).text()).toContain('>Loom</title>')
    expect(await (await fetch(`${url}problems.json`)).json()).toMatchObject({ failure: expect.stringMatching(/not valid JSON/) })
    writeFileSync(config, JSON.stringify({ ...good, site: { ...good.site, title: 'Loom again' } }))
    await says(/failed[\s\S]*Serving/)
    expect(await (await fetch(`${url}atom.xml`)).text()).toContain('>Loom again</title>')
    expect(readFileSync(config, 'utf8')).toContain('Loom again')
  })

  it('builds again when a file changes that the config imports or extends, also one that was gone meanwhile', async () => {
    const put = (name: string, text: string) => writeFileSync(join(cwd, name), text)
    const title = (name: string) => `export const title: string = '${name}'\n`
    put('base.json', '{ "site": { "title": "Base", "url": "https://loomstack.example/", "description": "before" } }')
    put('shared.ts', title('One'))
    put('title.ts', `export { title } from './shared.js'\n`)
    put(
      'weekloom.config.ts',
      `import { weekly } from 'weekloom'
import { title } from './title'
export default { extends: './base.json', site: { title, url: 'https://loomstack.example/' }, sources: [weekly('*.md')], network: 'frozen' }\n`,
    )
    const { url, says } = await serve('--port', '0')
    const shows = (text: string) => expect.poll(async () => (await fetch(`${url}atom.xml`)).text(), { timeout: 20_000 }).toContain(text)
    await shows('>One</title>')
    put('shared.ts', title('Two'))
    await shows('>Two</title>')
    put('base.json', '{ "site": { "title": "Base", "url": "https://loomstack.example/", "description": "afterwards" } }')
    await shows('afterwards')
    rmSync(join(cwd, 'shared.ts'))
    await says(/build failed/)
    put('shared.ts', title('Three'))
    await shows('>Three</title>')
  })

  it('says what to do where the port is in use, and what to do about a mistake in the config, also when it is quiet', async () => {
    const config = join(cwd, 'weekloom.config.json')
    const good = { site: { title: 'Loom', url: 'https://loomstack.example/' }, sources: [{ weekly: '*.md' }], network: 'frozen' }
    writeFileSync(config, JSON.stringify(good))
    const taken = createServer(() => {}).listen(0, '127.0.0.1')
    await once(taken, 'listening')
    const address = taken.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    await expect(serve('--port', String(port))).rejects.toThrow(/is in use: another program[\s\S]*choose another port with --port/)
    taken.closeAllConnections()
    taken.close()
    const { says, stderr } = await serve('--port', '0', '--quiet', '--json')
    expect(stderr()).toBe('')
    writeFileSync(config, JSON.stringify({ ...good, site: {} }))
    await says(/build failed/)
  })

  it.each([
    [['*.md', '--site', 'https://loomstack.example/', '--host', '0.0.0.0'], /other machines can reach[\s\S]*--public/],
    [['*.md', '--site', 'https://loomstack.example/', '--port', 'http'], /number from 0 to 65535/],
    [['*.md'], /address of the site is not known/],
  ])('refuses %s', async (args, message) => {
    await expect(serve(...args)).rejects.toThrow(message)
    await expect(serve(...args)).rejects.toThrow(/ended with 2/)
  })
})
