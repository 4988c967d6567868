import type { Store } from '../types.js'

/** A store that lives as long as the process: for tests, and for servers that need nothing kept. */
export function memoryStore(): Store {
  const texts = new Map<string, string>()
  return {
    async get(key) {
      return texts.get(key)
    },
    async set(key, value) {
      texts.set(key, value)
    },
    async remove(key) {
      texts.delete(key)
    },
    async *keys(prefix) {
      yield* [...texts.keys()].filter(key => key.startsWith(prefix)).sort()
    },
  }
}
