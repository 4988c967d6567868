import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '..')
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'Program Files '))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('scripts', () => {
  it.skipIf(process.platform === 'win32')('run Node on Windows from a folder with a space in its name', () => {
    const node = join(folder, 'node')
    symlinkSync(process.execPath, node)
    const script = `Object.defineProperty(process, 'platform', { value: 'win32' })
      const { run } = await import('./scripts/installed.mjs')
      run(${JSON.stringify(node)}, ['-p', '"r" + "un"'])`
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { cwd: root, encoding: 'utf8' })
    expect([stdout, stderr]).toEqual(['run\n', ''])
  })
})
