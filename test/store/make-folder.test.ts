import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { makeFolder } from '../../src/store/make-folder.js'

let cwd: string
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'weekloom-folder-'))
})
afterEach(() => rmSync(cwd, { recursive: true, force: true }))

it('makes a folder with all above it, and takes one that is there', () => {
  makeFolder(join(cwd, 'a/b/c'))
  makeFolder(join(cwd, 'a/b/c'))
  makeFolder(join(cwd, 'a/d'))
  expect([statSync(join(cwd, 'a/b/c')).isDirectory(), existsSync(join(cwd, 'a/d'))]).toEqual([true, true])
})

it('throws where a file stands in the way', () => {
  writeFileSync(join(cwd, 'file'), '')
  expect(() => makeFolder(join(cwd, 'file'))).toThrow('EEXIST')
  expect(() => makeFolder(join(cwd, 'file/a'))).toThrow('ENOTDIR')
})

it.skipIf(!existsSync('/proc/self'))('throws, and does not wait for ever, where the system denies a folder whose parent is there', () => {
  expect(() => makeFolder('/proc/weekloom')).toThrow('ENOENT')
  expect(() => makeFolder('/proc/weekloom/feeds')).toThrow('ENOENT')
})
