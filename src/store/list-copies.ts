import type { Store } from '../types.js'

/** A list can name feeds that nobody else is to know, so it stays out of git. */
const shelf = 'cache/lists/'

/** The last good text of a list of feeds that lies on this machine. */
export function readListCopy(store: Store, name: string): Promise<string | undefined> {
  return store.get(shelf + name)
}

/** Keeps the text of a list, for when its file is damaged or gone. In a store that cannot be written to there is no copy, and no harm. */
export async function keepListCopy(store: Store, name: string, text: string): Promise<void> {
  await store.set(shelf + name, text.replace(/\r+\n/g, '\n')).catch(() => {})
}
