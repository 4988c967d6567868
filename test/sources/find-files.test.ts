import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findFiles } from '../../src/sources/find-files.js'

let cwd: string
const paths = [
  'content/blog/weekly-1/index.md',
  'content/blog/weekly-2/index.md',
  'content/blog/news.md',
  'content/blog/[draft]/index.md',
  'README.md',
]
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'weekloom-find-'))
  for (const path of paths) {
    mkdirSync(dirname(join(cwd, path)), { recursive: true })
    writeFileSync(join(cwd, path), 'x')
  }
})
afterAll(() => rmSync(cwd, { recursive: true, force: true }))

const below = async (patterns: string | string[]) => (await findFiles(patterns, cwd)).map(file => file.below)

describe('findFiles', () => {
  it('gives the path below the fixed part of a pattern', async () =>
    expect(await below('content/blog/*weekly*/index.md')).toEqual(['weekly-1/index.md', 'weekly-2/index.md']))
  it('gives the same for the list that the shell makes of the pattern', async () =>
    expect(await below(['content/blog/weekly-1/index.md', 'content/blog/weekly-2/index.md'])).toEqual([
      'weekly-1/index.md',
      'weekly-2/index.md',
    ]))
  it('keeps the folder of a single index.md, which is its name', async () =>
    expect(await below('content/blog/weekly-1/index.md')).toEqual(['weekly-1/index.md']))
  it('leaves out what a pattern with an exclamation mark finds, wherever it stands in the list', async () =>
    expect(await below(['!content/blog/weekly-2/*', 'content/blog/*weekly*/index.md'])).toEqual(['weekly-1/index.md']))
  it('takes a pattern that names an existing file as that file', async () =>
    expect(await below('content/blog/[draft]/index.md')).toEqual(['[draft]/index.md']))
  it('sorts by code unit and names each file once', async () =>
    expect((await findFiles(['content/**/*.md', 'content/blog/news.md', './README.md'], cwd)).map(file => file.path)).toEqual([
      'README.md',
      'content/blog/[draft]/index.md',
      'content/blog/news.md',
      'content/blog/weekly-1/index.md',
      'content/blog/weekly-2/index.md',
    ]))
  it.each(['linked/*weekly*/index.md', 'linked/blog/*weekly*/index.md'])(
    'goes through a link in the fixed part of a pattern: %s',
    async pattern => {
      rmSync(join(cwd, 'linked'), { force: true })
      symlinkSync(join(cwd, pattern.includes('/blog/') ? 'content' : 'content/blog'), join(cwd, 'linked'), 'junction')
      for (const each of [pattern, `${cwd}/${pattern}`]) {
        expect(await below(each)).toEqual(['weekly-1/index.md', 'weekly-2/index.md'])
        expect((await findFiles(each, cwd)).map(file => file.path)[0]).toBe(pattern.replace('*weekly*', 'weekly-1'))
      }
    },
  )
  it.each(['NFC', 'NFD'] as const)(
    'gives names that the disk has as %s composed, whatever form a pattern has, and opens them as they are',
    async form => {
      const path = 'números/edição-1/index.md'
      mkdirSync(dirname(join(cwd, path.normalize(form))), { recursive: true })
      writeFileSync(join(cwd, path.normalize(form)), form)
      for (const pattern of ['números/*ção*/index.md', path, 'números/**/*.md'])
        for (const written of [pattern.normalize('NFC'), pattern.normalize('NFD')]) {
          const found = await findFiles(written, cwd)
          expect(found.map(file => [file.path, file.below.split('/').at(-1)])).toEqual([[path.normalize('NFC'), 'index.md']])
          expect(readFileSync(found[0]?.absolutePath ?? '', 'utf8')).toBe(form)
          expect(await findFiles(['números/*/*.md', `!${written}`], cwd)).toEqual([])
        }
      rmSync(join(cwd, 'números'.normalize(form)), { recursive: true })
    },
  )
  it('finds nothing where nothing matches', async () => expect(await below('nothing/*.md')).toEqual([]))
})
