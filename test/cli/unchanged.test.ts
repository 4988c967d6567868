import { spawnSync } from 'node:child_process'
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runBuild } from '../../src/build/run-build.js'
import { traceBuild } from '../../src/build/trace-build.js'
import { weekly } from '../../src/sources/weekly.js'

const cli = join(import.meta.dirname, '../../dist/cli.js')
let cwd: string
const put = (path: string, text: string) => {
  mkdirSync(dirname(join(cwd, path)), { recursive: true })
  writeFileSync(join(cwd, path), text)
}
const post = (title: string, date = '2024-01-05') =>
  `---\ntitle: ${title}\ndate: ${date}\n---\n\n### 推荐阅读\n\n- [一](https://mp.weixin.qq.com/s/aaaaaaaaaaaaaaaaaaaaaa)\n`
const config = (more = '', before = '') => `${before}import { defineConfig, weekly } from 'weekloom'
export default defineConfig({ site: { title: 'A', url: 'https://a.example/' }, sources: [weekly('posts/*.md', { pictures: 'copy' })], ${more} })\n`
const frozen = (args: string[] = [], env: Record<string, string> = {}) =>
  spawnSync(process.execPath, [cli, 'build', '--frozen', '--json', ...args], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1', ...env },
  })
const traces = () => {
  const folder = join(cwd, '.weekloom/cache/builds')
  return existsSync(folder) ? readdirSync(folder).map(name => join(folder, name)) : []
}
/** Marks the trace, so that an answer out of it can be told from a build. */
const mark = () => {
  const [trace = ''] = traces()
  writeFileSync(trace, readFileSync(trace, 'utf8').replace('"network":"frozen"', '"network":"from-the-trace"'))
}
const isFromTrace = ({ stdout }: { stdout: string }) => JSON.parse(stdout).network === 'from-the-trace'

beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'weekloom-unchanged-'))
  put('posts/a.md', `${post('A')}\n![](pic.gif)\n`)
  put('posts/pic.gif', 'GIF89a')
  put('posts/deep/b.md', post('B'))
  put('weekloom.config.ts', config())
})
afterEach(() => rmSync(cwd, { recursive: true, force: true }))

describe('a frozen build of what was built before', () => {
  it('is answered without being made, with the same account', () => {
    expect(JSON.parse(frozen().stdout).files).toContainEqual({ path: 'rss.xml', state: 'created' })
    expect(traces()).toHaveLength(1)
    const again = frozen()
    const { now, ...after } = JSON.parse(again.stdout)
    rmSync(traces()[0] ?? '')
    const built = frozen()
    const { now: _, ...before } = JSON.parse(built.stdout)
    expect(after).toEqual(before)
    expect(Date.now() - Date.parse(now)).toBeLessThan(600_000)
    expect(again.stderr.replace(/^(Reading|Writing).*\n/gm, '')).toBe(built.stderr.replace(/^(Reading|Writing).*\n/gm, ''))
    mark()
    expect(isFromTrace(frozen())).toBe(true)
  })

  const changes: readonly [string, () => void][] = [
    ['a picture that is copied', () => put('posts/pic.gif', 'GIF89a other')],
    ['a post', () => appendFileSync(join(cwd, 'posts/a.md'), '\nmore\n')],
    ['a new post', () => put('posts/c.md', post('C'))],
    ['a post that is gone', () => rmSync(join(cwd, 'posts/a.md'))],
    ['the config', () => put('weekloom.config.ts', config('future: true,'))],
    ['a config of another name', () => put('weekloom.config.json', '{}')],
    ['a record of the store', () => put('.weekloom/ledger/x.json', '{}')],
    ['a feed that somebody edited', () => appendFileSync(join(cwd, 'public/feeds/atom.xml'), ' ')],
    ['a feed that is gone', () => rmSync(join(cwd, 'public/feeds/rss.xml'))],
    ['a damaged trace', () => writeFileSync(traces()[0] ?? '', '{"files"')],
  ]
  it('is made again for each change of what it came from and of what came of it', () => {
    /** A build whose trace is taken; one that told something once has left none. */
    const settle = () => {
      if (traces().length > 0) mark()
      return isFromTrace(frozen())
    }
    for (const [what, change] of changes) {
      expect(settle() || settle() || settle(), `before ${what}`).toBe(true)
      change()
      expect(isFromTrace(frozen()), what).toBe(false)
    }
  })

  it('tells what is wrong with a feed when it was written, and then no more', () => {
    put('weekloom.config.ts', config('onEntry: entry => ({ ...entry, html: \'<a href="a.html">a</a>\' })'))
    const codes = () => JSON.parse(frozen().stdout).problems.map(({ code }: { code: string }) => code)
    expect(codes()).toContain('FEED_CONTENT_RELATIVE')
    expect(codes()).not.toContain('FEED_CONTENT_RELATIVE')
    expect(traces()).toHaveLength(1)
  })

  it('is made again where another config wrote a file more', () => {
    put('weekloom.config.ts', config('page: false, opml: false, feeds: { feed: {} }'))
    put('more.config.ts', config('page: false, opml: false, feeds: { feed: {}, more: {} }'))
    frozen()
    frozen(['--config', 'more.config.ts'])
    expect(existsSync(join(cwd, 'public/feeds/more/rss.xml'))).toBe(true)
    frozen()
    expect(existsSync(join(cwd, 'public/feeds/more/rss.xml'))).toBe(false)
  })

  it('leaves no trace where a post was changed while it went on', async () => {
    const options = { site: { title: 'A', url: 'https://a.example/' }, sources: [weekly('posts/*.md')], cwd, network: 'frozen' as const }
    const result = await runBuild(options, { purpose: 'build', dryRun: false, acceptChurn: false })
    const began = Date.now() + 1000
    put('posts/a.md', post('Changed'))
    await traceBuild(options, result, { args: [], cwd, began: began - 10_000 })
    expect(traces()).toEqual([])
    await traceBuild(options, result, { args: [], cwd, began })
    expect(traces()).toHaveLength(1)
  })

  it('is made for another command line, and for another environment', () => {
    frozen()
    mark()
    expect(isFromTrace(frozen(['--all']))).toBe(false)
    expect(isFromTrace(frozen([], { WEEKLOOM_IMAGES: 'keep' }))).toBe(false)
  })

  it.each([
    ['a config that asks the environment', () => put('weekloom.config.ts', config('future: process.env.X === "1",'))],
    [
      'a config that imports what is beside it',
      () => {
        put('more.ts', 'export const x = 1')
        put('weekloom.config.ts', config('', "import { x } from './more'\nvoid x\n"))
      },
    ],
    [
      'a config that asks for chance',
      () => put('weekloom.config.ts', config('onPost: post => ({ ...post, title: crypto.randomUUID() }),')),
    ],
    [
      'a source of its own',
      () => put('weekloom.config.ts', config().replace("weekly('posts/*.md', { pictures: 'copy' })", "{ name: 'own', async *read() {} }")),
    ],
    ['a picture that is missing', () => put('posts/z.md', `${post('Z')}\n![](none.gif)\n`)],
    ['a post of the future', () => put('posts/z.md', post('Z', '2999-01-01'))],
  ])('is always made for %s', (_, change) => {
    change()
    frozen()
    expect(traces()).toEqual([])
  })
})
