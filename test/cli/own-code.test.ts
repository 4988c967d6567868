import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Ended, runHere } from './run-here.js'

const cli = join(import.meta.dirname, '../../dist/cli.js')

let cwd: string
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'weekloom-own-'))
  writeFileSync(join(cwd, 'weekly-1.md'), '---\ntitle: Weekly 1\ndate: 2023-05-05\n---\n\ntext\n')
})
afterEach(() => rmSync(cwd, { recursive: true, force: true }))

/** A config of the user's: `more` stands among its options, `before` above them. */
function writeConfig(more: string, before = ''): void {
  writeFileSync(
    join(cwd, 'weekloom.config.ts'),
    `import { defineConfig, weekly } from 'weekloom'
${before}
export default defineConfig({
  site: { title: 'Weekly', url: 'https://example.org/' },
  sources: [weekly('*.md')],
  network: 'frozen',
  ${more}
})
`,
  )
}

/** The command in a process of its own; `onOutput` may end it. */
function weekloom(args: readonly string[], onOutput?: (text: string, kill: (signal: NodeJS.Signals) => void) => void): Promise<Ended> {
  return new Promise(resolve => {
    const child = spawn(process.execPath, [cli, ...args], { cwd, env: { ...process.env, NO_COLOR: '1' } })
    const ended: Ended = { status: -1, stdout: '', stderr: '' }
    for (const name of ['stdout', 'stderr'] as const)
      child[name].on('data', data => {
        ended[name] += data
        onOutput?.(ended.stdout + ended.stderr, signal => child.kill(signal))
      })
    child.on('close', status => resolve({ ...ended, status: status ?? -1 }))
  })
}

const slowly = "console.error('WAITING'); await new Promise(done => setTimeout(done, 60_000))"

describe('Ctrl-C', () => {
  it.each([
    ['onPost', `onPost: async post => { ${slowly}; return post },`, ''],
    ['onEntry', `onEntry: async entry => { ${slowly}; return entry },`, ''],
    ['a source of one’s own', `sources: [{ name: 'own', async *read() { ${slowly} } }],`, ''],
    ['the config', '', slowly],
  ])('stops within a second while %s is waited for, and nothing is written', async (_, more, before) => {
    writeConfig(more, before)
    let struck = 0
    const { status, stderr } = await weekloom([], (text, kill) => {
      if (struck > 0 || !text.includes('WAITING')) return
      struck = performance.now()
      kill('SIGINT')
    })
    expect(stderr).toContain('weekloom: stopped')
    expect(status).toBe(130)
    expect(performance.now() - struck).toBeLessThan(1000)
    expect(existsSync(join(cwd, 'public'))).toBe(false)
  })

  it.each([
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('is not the only one: so does %s, which ends with %i', async (signal, expected) => {
    writeConfig('', slowly)
    let struck = 0
    const { status, stderr } = await weekloom([], (text, kill) => {
      if (struck > 0 || !text.includes('WAITING')) return
      struck = performance.now()
      kill(signal)
    })
    expect(stderr).toContain('weekloom: stopped')
    expect(status).toBe(expected)
    expect(performance.now() - struck).toBeLessThan(1000)
  })

  it('stops between two entries that a hook works on without a pause', async () => {
    writeConfig('onEntry: entry => { console.error(`WORKING`); const end = Date.now() + 250; while (Date.now() < end); return entry },')
    for (let issue = 2; issue < 40; issue++) writeFileSync(join(cwd, `weekly-${issue}.md`), `---\ntitle: ${issue}\ndate: 2023-05-05\n---\n`)
    let struck = 0
    const { status } = await weekloom([], (text, kill) => {
      if (struck > 0 || !text.includes('WORKING')) return
      struck = performance.now()
      kill('SIGINT')
    })
    expect(status).toBe(130)
    expect(performance.now() - struck).toBeLessThan(1500)
    expect(existsSync(join(cwd, 'public'))).toBe(false)
  })
})

it('a function that gives no text for an address is refused with its place in the config, before anything is written', async () => {
  writeConfig("sources: [weekly('*.md', {\n    url: async post => post.slug,\n  })],")
  const { status, stderr } = await weekloom([])
  expect(stderr).toMatch(/weekloom\.config\.ts:8 {2}Option weekly\.url: must give a text, or nothing; for “Weekly 1” it gave a promise/)
  expect(status).toBe(2)
  expect(existsSync(join(cwd, 'public'))).toBe(false)
})

const strayConfigs: [string, string][] = [
  ['a promise that fails', "onEntry: entry => { Promise.reject(new Error('lost it')); return entry },"],
  ['a timer that throws', "onEntry: entry => { setTimeout(() => { throw new Error('lost it') }); return entry },"],
]

describe('a failure that nothing waits for', () => {
  it.each([...strayConfigs, ['a promise that fails with no error', "onEntry: entry => { Promise.reject('lost it'); return entry },"]])(
    'is told in a sentence, with its place where that is known: %s',
    async (_, more) => {
      writeConfig(`${more}\n  onArticle: article => article,`)
      const { status, stderr } = await weekloom([])
      expect(stderr).toMatch(/weekloom: code of yours failed where nothing waits for it/)
      expect(stderr).toContain('lost it')
      if (!more.includes("reject('")) expect(stderr).toMatch(/weekloom\.config\.ts:7\)/)
      expect(stderr).not.toMatch(/^\s+at /m)
      expect(status).toBe(3)
    },
  )

  it.each(strayConfigs)('is shown by serve, which goes on: %s', async (_, more) => {
    writeConfig(more)
    const { status, stderr } = await weekloom(['serve', '--port', '0'], (text, kill) => {
      if (text.includes('lost it')) setTimeout(kill, 300, 'SIGINT')
    })
    expect(stderr).toMatch(/Serving http:/)
    expect(stderr).not.toMatch(/^\s+at /m)
    expect(status).toBe(0)
  })
})

it.each([
  ['onPost', 'onPost: () => new Promise(() => {}),', ''],
  ['the config', '', 'await new Promise(() => {})'],
  ['the source own', "sources: [{ name: 'own', async *read() { await new Promise(() => {}) } }],", ''],
])('says that %s never answered, where nothing goes on any more', async (name, more, before) => {
  writeConfig(more, before)
  const { status, stderr } = await weekloom([])
  expect(stderr).toContain(`weekloom: ${name} never answered`)
  expect(status).toBe(3)
})

it('ends when all is done, though a timer of the config goes on for ever', async () => {
  writeConfig('', 'setInterval(() => {}, 1000)')
  const { status, stderr } = await weekloom([])
  expect(stderr).toContain('still goes on; it is ended')
  expect(status).toBe(0)
  expect(existsSync(join(cwd, 'public'))).toBe(true)
})

it('what a config and its hooks print goes to stderr with --json, so that stdout holds the value alone', async () => {
  writeConfig("onEntry: entry => { console.log('from a hook'); return entry },", "console.log('from the config'); console.table([1])")
  const { stdout, stderr } = await weekloom(['--json'])
  expect(JSON.parse(stdout)).toMatchObject({ format: 1 })
  expect(stderr).toContain('from the config')
  expect(stderr).toContain('from a hook')
})

it('an output that throws is told with its cause and its place, and leaves no empty folder', async () => {
  writeConfig("outputs: [{ format: 'txt', mediaType: 'text/plain', *write() { throw new Error('no ink') } }],")
  const { status, stderr } = await runHere([], cwd)
  expect(stderr).toMatch(/The output txt stopped at the feed “Weekly”\.\n {2}no ink \(.*weekloom\.config\.ts:7\)\n/)
  expect(status).toBe(2)
  expect(existsSync(join(cwd, 'public'))).toBe(false)
})
