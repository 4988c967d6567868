import { describe, expect, it } from 'vitest'
import { memoryStore } from '../../src/store/memory-store.js'
import { unwrittenStore } from '../../src/store/unwritten-store.js'
import { collect, testStore } from './conformance.js'

testStore('unwrittenStore', () => unwrittenStore(memoryStore()))

describe('an unwritten store', () => {
  it('has what the other has, changed and without what was removed, and leaves that as it was', async () => {
    const inner = memoryStore()
    for (const key of ['a', 'b', 'c']) await inner.set(key, key)
    const store = unwrittenStore(inner)
    await store.set('a', 'changed')
    await store.remove('b')
    await store.set('d', 'new')
    expect(await collect(store.keys(''))).toEqual(['a', 'c', 'd'])
    expect([await store.get('a'), await store.get('b'), await store.get('c'), await store.get('d')]).toEqual([
      'changed',
      undefined,
      'c',
      'new',
    ])
    await store.set('b', 'again')
    expect(await store.get('b')).toBe('again')
    await store.remove('d')
    expect(await store.get('d')).toBeUndefined()
    expect(await collect(inner.keys(''))).toEqual(['a', 'b', 'c'])
    expect([await inner.get('a'), await inner.get('b')]).toEqual(['a', 'b'])
  })

  it('keeps caches in the other', async () => {
    const inner = memoryStore()
    const store = unwrittenStore(inner)
    await store.set('cache/posts/1.json', '1')
    expect(await inner.get('cache/posts/1.json')).toBe('1')
    await store.remove('cache/posts/1.json')
    expect(await inner.get('cache/posts/1.json')).toBeUndefined()
  })
})
