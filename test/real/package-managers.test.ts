import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../..')
/** The package managers and runtimes besides npm and Node, as npm packages. */
const packages = ['pnpm@12.21.0', '@yarnpkg/cli-dist@4.18.1', 'bun@1.4.5', 'deno@2.9.6']

let cwd: string
let tarball: string
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'weekloom-managers-'))
  const npm = (args: string[], at: string) => execFileSync('npm', [...args, '--loglevel=error'], { cwd: at, encoding: 'utf8' })
  npm(['pack', '--pack-destination', cwd], root)
  tarball = join(cwd, readdirSync(cwd).find(name => name.endsWith('.tgz')) ?? '')
  writeFileSync(join(cwd, 'package.json'), '{"private":true}')
  npm(['install', '--no-audit', '--no-fund', ...packages], cwd)
}, 300_000)
afterAll(() => rmSync(cwd, { recursive: true, force: true }))

/** Runs a command line in a folder of the test, with the programs at hand. */
function run(folder: string, line: string): { status: number | null; said: string } {
  const env = { ...process.env, PATH: `${join(cwd, 'node_modules/.bin')}:${process.env['PATH']}`, YARN_ENABLE_TELEMETRY: '0' }
  const { status, stdout, stderr } = spawnSync('sh', ['-c', line], { cwd: join(cwd, folder), encoding: 'utf8', env })
  return { status, said: stdout + stderr }
}

/** A Hugo site without packages, which a lock file says is its manager's. */
function makeSite(name: string, lock: string): void {
  const site = join(cwd, name)
  mkdirSync(join(site, '.git'), { recursive: true })
  cpSync(join(root, 'fixtures/weekly/content'), join(site, 'content'), { recursive: true })
  writeFileSync(join(site, 'hugo.toml'), 'baseURL = "https://loom.example/"\ntitle = "Loom"\n')
  writeFileSync(join(site, 'package.json'), '{"name":"site","private":true}')
  if (lock !== '') writeFileSync(join(site, lock), '')
}

describe('a site of another package manager', () => {
  it.each([
    ['pnpm', '', 'pnpm add --save-dev', 'pnpm install --frozen-lockfile', 'pnpm exec'],
    ['yarn', 'yarn.lock', 'yarn add --dev', 'yarn install --immutable', 'yarn run'],
    ['bun', '', 'bun add --dev', 'bun install --frozen-lockfile', 'bunx'],
  ])(
    'is set up and built with %s, by the commands that init names',
    (name, lock, add, install, runs) => {
      makeSite(name, lock)
      const added = run(name, `${add} ${tarball}`)
      expect(added.status, added.said).toBe(0)
      const { status, said } = run(name, `${runs} weekloom init --yes --frozen`)
      expect(status, said).toBe(0)
      expect(said).toContain(`See them on this machine: ${runs} weekloom serve`)
      expect(readFileSync(join(cwd, name, '.github/workflows/weekloom.yml'), 'utf8')).toContain(`- run: ${runs} weekloom build`)
      expect(readFileSync(join(cwd, name, 'static/feeds/atom.xml'), 'utf8')).toMatch(/<title[^>]*>Loom</)
      expect(run(name, install).status).toBe(0)
      const again = run(name, `${runs} weekloom build --frozen`)
      expect(again.said).toContain('nothing changed')
      expect(again.status, again.said).toBe(0)
    },
    180_000,
  )

  it('may be one without a folder of packages, as Yarn has it', () => {
    expect(existsSync(join(cwd, 'yarn/node_modules'))).toBe(false)
  })
})

describe('another runtime', () => {
  const program = `import { parsePost, parseFeed, writeRss } from 'weekloom/core'
const post = parsePost('---\\ntitle: 周报\\ndate: 2024-01-05\\n---\\n')
const feed = parseFeed(writeRss({ info: { title: 'Loom & co' }, entries: [] }))
console.log(post.ok && post.value.title, feed.ok && feed.value.info.title)\n`

  it.each([
    ['Bun', 'bun run'],
    ['Deno', 'deno run --allow-read'],
  ])('reads a post and writes a feed: %s', (_, runs) => {
    writeFileSync(join(cwd, 'bun/core.mjs'), program)
    expect(run('bun', `${runs} core.mjs`).said.trim()).toBe('周报 Loom & co')
  })

  it('builds what is in the store: Bun', () => {
    const { status, said } = run('bun', 'bunx --bun weekloom build --frozen')
    expect(status, said).toBe(0)
  })

  it('fetches nothing where private addresses could not be refused: Bun', () => {
    const { status, said } = run('bun', 'bunx --bun weekloom update')
    expect(said).toContain('Nothing can be fetched under Bun')
    expect(status).toBe(2)
  })
})
