import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'

const command = join(import.meta.dirname, '../../dist/cli.js')
let cwd: string
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'weekloom-ping-'))
})
afterEach(() => rmSync(cwd, { recursive: true, force: true }))

function ping(...args: string[]) {
  return spawnSync(process.execPath, [command, 'ping', ...args], { cwd, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } })
}

function writeConfig(more: object): void {
  const site = { title: 'Loom Weekly', url: 'https://loomstack.example/' }
  writeFileSync(join(cwd, 'weekloom.config.json'), JSON.stringify({ site, sources: [{ weekly: 'posts/*.md' }], output: 'public', ...more }))
}

it('ping says what it would tell, what it could not tell, and what was misused', () => {
  expect(ping()).toMatchObject({ status: 2, stdout: '' })
  writeConfig({})
  expect(ping()).toMatchObject({ status: 2, stderr: expect.stringMatching(/no `hub` in .*weekloom\.config\.json/) })
  // Nothing listens there, and a private address is not asked unless the options open it.
  writeConfig({ hub: 'http://127.0.0.1:9/' })
  expect(ping()).toMatchObject({ status: 2, stderr: expect.stringContaining('There are no feeds') })
  mkdirSync(join(cwd, 'public'))
  writeFileSync(join(cwd, 'public/rss.xml'), '<rss/>')
  expect(ping('--dry-run')).toMatchObject({
    status: 0,
    stdout: 'due        https://loomstack.example/rss.xml  http://127.0.0.1:9/\n',
  })
  const { status, stdout, stderr } = ping('--json')
  expect(status).toBe(1)
  expect(JSON.parse(stdout)).toMatchObject({ pings: [{ state: 'failed' }], problems: [{ code: 'PING_FAILED' }] })
  expect(stderr).toContain('PING_FAILED')
})
