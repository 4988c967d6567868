import type { Store } from '../types.js'
import { memoryStore } from './memory-store.js'

/** Made anew at need, and by itself no reason for a run to end: what cannot be kept here is not. */
const caches = ['cache/']

/** What was asked of others, who should not be asked for it twice; beside it stand ids and what was published. */
export const fetchedThings: readonly string[] = [...caches, 'articles/', 'pictures/', 'feeds/', 'sources/']

/**
 * A store for looking only: it has what the other one has, and keeps in memory what is written, so that one of which only reading is allowed serves as well.
 * Caches are still kept where they can be.
 *
 * @param kept how keys begin that are written all the same
 */
export function unwrittenStore(store: Store, kept: readonly string[] = caches): Store {
  const written = memoryStore()
  const removed = new Set<string>()
  const isKept = (key: string) => kept.some(prefix => key.startsWith(prefix))
  return {
    async get(key) {
      return (await written.get(key)) ?? (removed.has(key) ? undefined : await store.get(key))
    },
    async set(key, value) {
      if (isKept(key)) return store.set(key, value)
      removed.delete(key)
      await written.set(key, value)
    },
    async remove(key) {
      if (isKept(key)) return store.remove(key)
      removed.add(key)
      await written.remove(key)
    },
    async *keys(prefix) {
      const found = new Set<string>()
      for await (const key of store.keys(prefix)) if (!removed.has(key)) found.add(key)
      for await (const key of written.keys(prefix)) found.add(key)
      yield* [...found].sort()
    },
    placeOf: key => store.placeOf?.(key) ?? key,
  }
}
