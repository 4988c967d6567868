import type { Store } from '../types.js'
import { exclusively } from './exclusive.js'
import { orUnusable } from './store-unusable.js'

/**
 * A store of somebody else's making whose failures end the run as those of our own do: a `WeekloomError` (`STORE_UNUSABLE`) that
 * names the place and the cause. `null` for what is not there, as databases have it, is nothing.
 */
export function nameFailures(store: Store): Store {
  return {
    get: key => orUnusable('read', key, async () => asText(await store.get(key))),
    set: (key, value) => orUnusable('written', key, () => store.set(key, value)),
    remove: key => orUnusable('removed', key, () => store.remove(key)),
    async *keys(prefix) {
      const found: string[] = []
      await orUnusable('read', prefix, async () => {
        for await (const key of store.keys(prefix)) found.push(key)
      })
      yield* found
    },
    // Turns are those of the inner store: two runs over it must not come between each other.
    exclusively: (name, work) => exclusively(store, name, work),
    placeOf: key => store.placeOf?.(key) ?? key,
  }
}

function asText(given: unknown): string | undefined {
  const value = given ?? undefined
  if (value === undefined || typeof value === 'string') return value
  throw new TypeError(`It gave what is no text, but of the type ${typeof value}.`)
}
