import type { Store } from '../types.js'

/** Runs work of one name after another, in the order asked; work of different names does not wait. */
export type Turns = <T>(name: string, work: () => Promise<T>) => Promise<T>

/** Makes a queue for each name, within this process. */
export function createTurns(): Turns {
  const last = new Map<string, Promise<unknown>>()
  return async (name, work) => {
    const turn = (last.get(name) ?? Promise.resolve()).then(work, work)
    last.set(name, turn)
    try {
      return await turn
    } finally {
      if (last.get(name) === turn) last.delete(name)
    }
  }
}

const turnsOfStores = new WeakMap<Store, Turns>()

/**
 * Runs work that reads a record, changes it and writes it, so that no other such work of the same name comes between.
 * A store that can (the file store) keeps other processes out too; for any other, this process takes turns.
 */
export function exclusively<T>(store: Store, name: string, work: () => Promise<T>): Promise<T> {
  if (store.exclusively) return store.exclusively(name, work)
  const turns = turnsOfStores.get(store) ?? createTurns()
  turnsOfStores.set(store, turns)
  return turns(name, work)
}
