import { existsSync, linkSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { manifestName } from '../../src/build/manifest.js'
import { writeFiles } from '../../src/build/write-files.js'
import { holdFiles } from '../store/held-files.js'

const holdPath = holdFiles()
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'weekloom-held-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const files =
  (...paths: string[]) =>
  (body: string) =>
    paths.map(path => ({ path, mediaType: 'text/plain', body: [body] }))
const hold = (path: string, refuses: number, lets = 0) => holdPath(join(folder, path), refuses, lets)
/** All that stands in the folder. */
const standing = () => Object.fromEntries(readdirSync(folder).map(name => [name, readFileSync(join(folder, name), 'utf8')]))

describe('writeFiles while another program has an output open', () => {
  it.each(['a', 'b', 'gone', manifestName])('waits for %s', async path => {
    await writeFiles(files('a', 'b', 'gone')('old'), folder)
    hold(path, 2)
    await writeFiles(files('a', 'b')('new'), folder)
    expect(standing()).toMatchObject({ a: 'new', b: 'new' })
    expect(readdirSync(folder).sort()).toEqual([manifestName, 'a', 'b'])
  })

  it('waits for no file that it may not touch on other systems', async () => {
    vi.spyOn(process, 'platform', 'get').mockReturnValue('linux')
    await writeFiles(files('a')('old'), folder)
    hold('a', 1)
    await expect(writeFiles(files('a')('new'), folder)).rejects.toMatchObject({ problem: { code: 'OUTPUT_UNWRITABLE' } })
  })

  it('leaves all feeds as they were when one in the middle stays held', async () => {
    await writeFiles(files('a', 'b', 'gone')('old'), folder)
    const before = standing()
    // Read for comparison first; then held for good.
    const made = files(
      'a',
      'b',
      'c',
    )('new').map(file => ({
      ...file,
      get body() {
        if (file.path === 'c') hold('b', 6, 1)
        return file.body
      },
    }))
    await expect(writeFiles(made, folder)).rejects.toMatchObject({
      problem: { code: 'OUTPUT_UNWRITABLE', cause: expect.stringContaining('EBUSY'), hint: expect.stringContaining('as they were') },
    })
    expect(standing()).toEqual(before)
  })

  it('leaves all feeds as they were when one that is to go stays held', async () => {
    await writeFiles(files('a', 'gone')('old'), folder)
    const before = standing()
    hold('gone', 6)
    await expect(writeFiles(files('a', 'c')('new'), folder)).rejects.toThrow('could not be written')
    expect(standing()).toEqual(before)
  })

  it('names the feeds that it cannot put back', async () => {
    await writeFiles(files('a', 'b')('old'), folder)
    const made = files(
      'a',
      'b',
      'c',
    )('new').map(file => ({
      ...file,
      get body() {
        if (file.path === 'c') {
          hold('b', 6, 1)
          hold('a', 99, 2)
        }
        return file.body
      },
    }))
    await expect(writeFiles(made, folder)).rejects.toMatchObject({
      message: expect.stringMatching(/these could not be put back: a\.$/),
      problem: { hint: expect.not.stringContaining('as they were') },
    })
  })
})

describe('writeFiles on a disk that takes names in other letters for the same', () => {
  it.each([
    ['the same text', 'old'],
    ['another text', 'new'],
  ])('keeps a feed of %s whose name changes in case alone', async (_, body) => {
    await writeFiles(files('Feeds.opml')('old'), folder)
    // One file of two names, as on such a disk.
    linkSync(join(folder, 'Feeds.opml'), join(folder, 'feeds.opml'))
    const written = await writeFiles(files('feeds.opml')(body), folder)
    expect(written).toEqual([{ path: 'feeds.opml', state: body === 'old' ? 'unchanged' : 'changed' }])
    expect(readFileSync(join(folder, 'feeds.opml'), 'utf8')).toBe(body)
    await expect(writeFiles(files('feeds.opml')('newer'), folder)).resolves.toContainEqual({ path: 'feeds.opml', state: 'changed' })
  })

  it('tells names in other letters apart on every other disk', async () => {
    await writeFiles(files('Feeds.opml')('old'), folder)
    expect(await writeFiles(files('feeds.opml')('old'), folder)).toEqual([
      { path: 'feeds.opml', state: 'created' },
      { path: 'Feeds.opml', state: 'removed' },
    ])
    expect(existsSync(join(folder, 'Feeds.opml'))).toBe(false)
    writeFileSync(join(folder, 'FEEDS.opml'), 'by hand')
    await expect(writeFiles(files('FEEDS.opml')('new'), folder)).rejects.toMatchObject({ problem: { code: 'OUTPUT_FOREIGN' } })
  })
})
