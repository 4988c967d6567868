import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect } from 'vitest'
import { type PageServer, startPageServer } from '../../fixtures/page-server.js'
import { columnsOf } from '../../src/cli/columns.js'
import { itWith } from './real-part.js'

const root = join(import.meta.dirname, '../..')
let sockets = 0
let socket = ''
const tmux = (...args: string[]) => execFileSync('tmux', ['-L', socket, ...args], { encoding: 'utf8' })
const screen = () => tmux('capture-pane', '-p', '-t', 'run')

let cwd: string
let server: PageServer
beforeEach(async () => {
  cwd = mkdtempSync(join(tmpdir(), 'weekloom-terminal-'))
  server = await startPageServer({ respond: () => new Promise(resolve => setTimeout(() => resolve(undefined), 120)) })
  writeFileSync(
    join(cwd, 'weekloom.config.ts'),
    `import { weekly } from 'weekloom'
export default {
  site: { title: 'Loom', url: 'https://loomstack.example/' },
  sources: [weekly(${JSON.stringify(join(root, 'fixtures/weekly/content/zh/blog/*weekly*/index.md'))})],
  hosts: { 'mp.weixin.qq.com': '${server.origin}' },
}`,
  )
})
afterEach(async () => {
  try {
    tmux('kill-server')
  } catch {
    // It ended by itself.
  }
  await server.close()
  rmSync(cwd, { recursive: true, force: true })
})

/** Starts the command in a terminal of that size; the shell stays, and says how the command ended. */
function start(columns: number, rows: number, command: string): void {
  const line = `trap : INT; env -u CI TERM=screen ${process.execPath} ${join(root, 'dist/cli.js')} ${command}; echo "status=$?"; cat`
  // a server that is still going down takes no session
  socket = `weekloom-${process.pid}-${++sockets}`
  tmux('-f', '/dev/null', 'new-session', '-d', '-s', 'run', '-x', String(columns), '-y', String(rows), '-c', cwd, 'sh', '-c', line)
}

/** Waits until the screen shows it; gives the screen. */
async function shows(expected: RegExp): Promise<string> {
  for (let tries = 0; tries < 300; tries++) {
    const text = screen()
    if (expected.test(text)) return text
    await wait(50)
  }
  throw new Error(`The screen never showed ${expected}:\n${screen()}`)
}

describe('in a terminal', () => {
  itWith(
    'tmux',
    'progress is live: one line for the source and one for the host, written over, gone at the end',
    async () => {
      start(100, 30, 'build')
      const early = await shows(/Fetching mp\.weixin\.qq\.com {2}([2-9]|1\d) of \d+/)
      expect(early.match(/Fetching mp\.weixin/g)).toHaveLength(1)
      expect(early.match(/Reading weekly/g)).toHaveLength(1)
      const later = await shows(/ [1-9]\d of \d+.* left/)
      expect(later.match(/Fetching mp\.weixin/g)).toHaveLength(1)
      const end = await shows(/status=0/)
      expect(end).not.toContain('Fetching')
      expect(end).toMatch(/read +16 issues/)
      expect(end).toMatch(/files +11 created/)
    },
    60_000,
  )

  itWith(
    'tmux',
    'no line is wrapped in 60 columns',
    async () => {
      start(60, 30, 'build')
      const live = (await shows(/ [5-9] of \d+/)).split('\n').filter(line => line.trim() !== '')
      expect(live.length).toBeLessThanOrEqual(3)
      for (const line of live) expect(columnsOf(line)).toBeLessThan(60)
      const end = await shows(/status=0/)
      const table = end.split('\n').filter(line => /^ {2}(read|articles|entries|files|in|asked) /.test(line))
      expect(table).toHaveLength(6)
    },
    60_000,
  )

  itWith(
    'tmux',
    'Ctrl-C in the middle stops at once, says what is kept, leaves no half file, and the next run goes on',
    async () => {
      start(80, 24, 'build')
      await shows(/ [5-9] of \d+/)
      tmux('send-keys', '-t', 'run', 'C-c')
      const end = await shows(/status=130/)
      expect(end).toContain('what was fetched is kept')
      expect(end).not.toContain('Fetching')
      expect(existsSync(join(cwd, 'public'))).toBe(false)
      tmux('kill-server')
      const asked = server.requests.length
      start(80, 24, 'build')
      await shows(/status=0/)
      expect(server.requests.length - asked).toBeLessThan(new Set(server.requests).size)
      expect(readFileSync(join(cwd, 'public/feeds/atom.xml'), 'utf8')).toContain('</feed>')
    },
    60_000,
  )
})
