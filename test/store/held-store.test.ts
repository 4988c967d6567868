import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fileStore } from '../../src/store/file-store.js'
import { hashText } from '../../src/store/hash-text.js'
import { lockPrefix } from '../../src/store/whole-file.js'
import type { Store } from '../../src/types.js'
import { collect } from './conformance.js'
import { holdFiles } from './held-files.js'
import { temporaryFolders } from './temporary-folder.js'

const newFolder = temporaryFolders()
const hold = holdFiles()

const longKey = `pages/${'x'.repeat(400)}`
const lockOf = (folder: string) => join(folder, `${lockPrefix}${hashText('turn', 20)}`)

describe('fileStore while another program has a file open', () => {
  it('waits to read it', async () => {
    const store = fileStore(newFolder())
    await store.set('a', 'text')
    hold(store.placeOf?.('a') ?? '', 2)
    expect(await store.get('a')).toBe('text')
  })

  it('waits to take its lock, and to let it go', async () => {
    const folder = newFolder()
    const store = fileStore(folder)
    hold(lockOf(folder), 2)
    await store.exclusively?.('turn', async () => {
      hold(lockOf(folder), 2)
    })
  })

  it.each([
    ['get', (store: Store) => store.get(longKey)],
    ['keys', (store: Store) => collect(store.keys('pages/'))],
  ])('says so in %s when it stays open', async (_, work) => {
    const store = fileStore(newFolder())
    await store.set(longKey, 'text')
    hold(store.placeOf?.(longKey) ?? '', 99)
    await expect(work(store)).rejects.toMatchObject({
      message: expect.stringContaining('could not be read: another program has it open.'),
      problem: { code: 'STORE_UNUSABLE' },
    })
  })

  it('says so when its lock stays open', async () => {
    const folder = newFolder()
    const store = fileStore(folder)
    const done = store.exclusively?.('turn', async () => {
      hold(lockOf(folder), 99)
    })
    await expect(done).rejects.toMatchObject({ problem: { code: 'STORE_UNUSABLE' } })
  })
})
