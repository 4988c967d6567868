import { createStorage, defineDriver, prefixStorage } from 'unstorage'
import fsDriver from 'unstorage/drivers/fs'
import memoryDriver from 'unstorage/drivers/memory'
import { describe, expect, it } from 'vitest'
import { WeekloomError } from '../../src/problems.js'
import { unstorageStore } from '../../src/store/unstorage-store.js'
import { testStore } from './conformance.js'
import { temporaryFolders } from './temporary-folder.js'

const newFolder = temporaryFolders()

/** A driver as those for key-value servers are: texts only, no raw values. */
const textDriver = defineDriver(() => {
  const texts = new Map<string, string>()
  return {
    name: 'texts',
    hasItem: key => texts.has(key),
    getItem: key => texts.get(key) ?? null,
    setItem: (key, value) => void texts.set(key, value),
    removeItem: key => void texts.delete(key),
    getKeys: () => [...texts.keys()],
  }
})

testStore('unstorageStore over memory', () => unstorageStore(createStorage({ driver: memoryDriver() })))
testStore('unstorageStore over a folder', () => unstorageStore(createStorage({ driver: fsDriver({ base: newFolder() }) })))
testStore('unstorageStore over a driver without raw values', () => unstorageStore(createStorage({ driver: textDriver({}) })))
testStore('unstorageStore over a part of a storage', () =>
  unstorageStore(prefixStorage(createStorage({ driver: memoryDriver() }), 'weekloom')),
)

describe('unstorageStore', () => {
  it('leaves the rest of a storage alone', async () => {
    const storage = createStorage({ driver: memoryDriver() })
    await storage.setItem('somebody:else', { a: 1 })
    const store = unstorageStore(storage)
    await store.set('ledger/a.json', '{}')
    for await (const key of store.keys('')) expect(key).toBe('ledger/a.json')
  })

  it('refuses a value that is no text', async () => {
    const storage = createStorage({ driver: memoryDriver() })
    await storage.setItemRaw('ledger:a.json', { a: 1 })
    await expect(unstorageStore(storage).get('ledger/a.json')).rejects.toThrow(WeekloomError)
  })
})
