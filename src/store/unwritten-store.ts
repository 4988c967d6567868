import type { Store } from '../types.js'
import { memoryStore } from './memory-store.js'

/** Made anew at need, and by itself no reason for a run to end: what cannot be kept here is not. */
const cachePrefix = 'cache/'

/**
 * A store for looking only: it has what the other one has, and keeps in memory what is written, so that one of which only reading is allowed serves as well.
 * Caches are still kept where they can be.
 */
export function unwrittenStore(store: Store): Store {
  const written = memoryStore()
  const removed = new Set<string>()
  const isCache = (key: string) => key.startsWith(cachePrefix)
  return {
    async get(key) {
      return (await written.get(key)) ?? (removed.has(key) ? undefined : await store.get(key))
    },
    async set(key, value) {
      if (isCache(key)) return store.set(key, value)
      removed.delete(key)
      await written.set(key, value)
    },
    async remove(key) {
      if (isCache(key)) return store.remove(key)
      removed.add(key)
      await written.remove(key)
    },
    async *keys(prefix) {
      const found = new Set<string>()
      for await (const key of store.keys(prefix)) if (!removed.has(key)) found.add(key)
      for await (const key of written.keys(prefix)) found.add(key)
      yield* [...found].sort()
    },
  }
}
