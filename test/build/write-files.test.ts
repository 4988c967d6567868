import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { writeFiles } from '../../src/build/write-files.js'
import { processName } from '../../src/store/process-name.js'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'weekloom-write-'))
})
afterEach(() => {
  vi.restoreAllMocks()
  rmSync(folder, { recursive: true, force: true })
})

const file = (path: string, ...body: string[]) => ({ path, mediaType: 'text/plain', body })
const text = (path: string) => readFileSync(join(folder, path), 'utf8')

describe('writeFiles', () => {
  it('writes files into folders that it makes', async () => {
    expect(await writeFiles([file('rss.xml', '周', '刊'), file('issues/rss.xml', 'b')], folder)).toEqual([
      { path: 'rss.xml', state: 'created' },
      { path: 'issues/rss.xml', state: 'created' },
    ])
    expect(text('rss.xml')).toBe('周刊')
  })

  it('touches no file that has not changed', async () => {
    await writeFiles([file('a', 'same', 'text')], folder)
    const long = new Date('2020-01-01')
    for (const name of readdirSync(folder)) utimesSync(join(folder, name), long, long)
    expect(await writeFiles([file('a', 'sametext')], folder)).toEqual([{ path: 'a', state: 'unchanged' }])
    for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mtime).toEqual(long)
  })

  it.each([
    ['longer', ['text', ' and more']],
    ['shorter', ['te']],
    ['empty', []],
    ['different at the end', ['tex', 'T']],
    ['different at the start', ['Text']],
  ])('writes a text that became %s', async (_, body) => {
    await writeFiles([file('a', 'text')], folder)
    expect(await writeFiles([file('a', ...body)], folder)).toEqual([{ path: 'a', state: 'changed' }])
    expect(text('a')).toBe(body.join(''))
  })

  it('makes the text once, so that a generator can be given', async () => {
    await writeFiles([file('a', 'one', 'two', 'three')], folder)
    function* chunks() {
      yield 'one'
      yield 'two'
      yield 'four'
    }
    await writeFiles([{ path: 'a', mediaType: 'text/plain', body: chunks() }], folder)
    expect(text('a')).toBe('onetwofour')
  })

  it('leaves everything as it was when one file cannot be made', async () => {
    await writeFiles([file('a', 'old'), file('b', 'old')], folder)
    const broken = (function* () {
      yield 'new'
      throw new Error('no more')
    })()
    await expect(writeFiles([file('a', 'new'), { path: 'b', mediaType: 'text/plain', body: broken }], folder)).rejects.toThrow(
      'could not be written',
    )
    expect([text('a'), text('b')]).toEqual(['old', 'old'])
    expect(readdirSync(folder).filter(name => name.includes('tmp'))).toEqual([])
  })

  it('never overwrites a file that it did not write', async () => {
    writeFileSync(join(folder, 'rss.xml'), 'by hand')
    await expect(writeFiles([file('atom.xml', 'x'), file('rss.xml', 'new')], folder)).rejects.toMatchObject({
      problem: { code: 'OUTPUT_FOREIGN' },
    })
    expect(text('rss.xml')).toBe('by hand')
    expect(existsSync(join(folder, 'atom.xml'))).toBe(false)
  })

  it('removes what it wrote before and no longer makes, and nothing else', async () => {
    await writeFiles([file('a', 'a'), file('b/c', 'c')], folder)
    writeFileSync(join(folder, 'mine.txt'), 'mine')
    expect(await writeFiles([file('a', 'a')], folder)).toContainEqual({ path: 'b/c', state: 'removed' })
    expect(existsSync(join(folder, 'b'))).toBe(false)
    // What a link leads to is not ours, empty or not.
    mkdirSync(join(folder, 'elsewhere/sub'), { recursive: true })
    symlinkSync('elsewhere', join(folder, 'link'), 'junction')
    await writeFiles([file('a', 'a'), file('link/sub/c', 'c')], folder)
    await writeFiles([file('a', 'a')], folder)
    expect(existsSync(join(folder, 'elsewhere/sub'))).toBe(true)
    expect(text('mine.txt')).toBe('mine')
  })

  it('says with a code that a folder cannot be written', async () => {
    writeFileSync(join(folder, 'file'), '')
    await expect(writeFiles([file('a', 'a')], join(folder, 'file/below'))).rejects.toMatchObject({ problem: { code: 'OUTPUT_UNWRITABLE' } })
  })

  it.each(['../out', 'a/../../out'])('never leaves the folder for %s', async path => {
    await expect(writeFiles([file(path, 'x')], folder)).rejects.toThrow('leads out')
  })

  describe('clears the temporary files', () => {
    const [place = '', pid = ''] = processName.split('-')
    const leave = (maker: string) => writeFileSync(join(folder, `.weekloom-tmp-${maker}-1`), 'half')
    const left = async () => {
      await writeFiles([file('rss.xml', 'whole')], folder)
      return readdirSync(folder).filter(name => name.includes('tmp')).length
    }

    it('of a run that was killed', async () => {
      leave(`${place}-999999999`)
      expect(await left()).toBe(0)
    })

    it('but of no run that may still go on: in this process, of another user, in another container', async () => {
      for (const maker of [processName, `${place}-1`, `other-${pid}`, 'other-999999999']) leave(maker)
      expect(await left()).toBe(4)
    })

    it('of a run that had the number of this one before it began', async () => {
      leave(processName)
      vi.spyOn(process, 'uptime').mockReturnValue(0)
      vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 10)
      expect(await left()).toBe(0)
    })

    it('that are older than any run, whoever made them, by the moment that they got their names', async () => {
      leave('other-1')
      const long = new Date('2020-01-01')
      utimesSync(join(folder, '.weekloom-tmp-other-1-1'), long, long)
      expect(await left()).toBe(1)
      vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 3_700_000)
      expect(await left()).toBe(0)
    })
  })

  it('writes through a link to a file', async () => {
    await writeFiles([file('a', 'old')], folder)
    mkdirSync(join(folder, 'real'))
    renameSync(join(folder, 'a'), join(folder, 'real/b'))
    symlinkSync('real/b', join(folder, 'a'))
    await writeFiles([file('a', 'new')], folder)
    expect([text('real/b'), lstatSync(join(folder, 'a')).isSymbolicLink()]).toEqual(['new', true])
    expect(readdirSync(join(folder, 'real'))).toEqual(['b'])
  })

  it('says that its folder is a link to nothing', async () => {
    symlinkSync('nowhere', join(folder, 'out'))
    await expect(writeFiles([file('a', 'a')], join(folder, 'out'))).rejects.toMatchObject({
      problem: { code: 'OUTPUT_UNWRITABLE', cause: expect.stringContaining('is a link to nowhere, where no folder is') },
    })
  })
})
