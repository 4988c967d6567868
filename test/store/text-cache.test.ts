import { describe, expect, it } from 'vitest'
import { memoryStore } from '../../src/store/memory-store.js'
import { openTextCache } from '../../src/store/text-cache.js'
import { collect } from './conformance.js'

describe('the cache of texts', () => {
  it('finds what was made of a source, but not of a changed one, or by another version', async () => {
    const store = memoryStore()
    await openTextCache(store, 'posts', '1').set('# 茶', '{"title":"茶"}')
    expect(await openTextCache(store, 'posts', '1').get('# 茶')).toBe('{"title":"茶"}')
    expect(await openTextCache(store, 'posts', '1').get('# 茶 ')).toBeUndefined()
    expect(await openTextCache(store, 'posts', '2').get('# 茶')).toBeUndefined()
    expect(await openTextCache(store, 'others', '1').get('# 茶')).toBeUndefined()
  })

  it('loses what a run had no use for, on its own shelf only', async () => {
    const store = memoryStore()
    const first = openTextCache(store, 'posts', '1')
    for (const source of ['a', 'b', 'c']) await first.set(source, source)
    await openTextCache(store, 'others', '1').set('a', 'a')
    const second = openTextCache(store, 'posts', '1')
    await second.get('a')
    await second.set('d', 'd')
    await second.prune()
    expect(await Promise.all(['a', 'b', 'c', 'd'].map(source => second.get(source)))).toEqual(['a', undefined, undefined, 'd'])
    expect(await collect(store.keys('cache/others/'))).toHaveLength(1)
  })
})
