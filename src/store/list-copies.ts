import { hideSecrets } from '../links/secrets.js'
import type { Store } from '../types.js'

/** The last good text of a list of feeds that lies on this machine. */
export async function readListCopy(store: Store, name: string): Promise<string | undefined> {
  return (await store.get(`lists/${name}`)) ?? store.get(`cache/lists/${name}`)
}

/**
 * Keeps the text of a list, for when its file is damaged or gone. One that names an address with a token stays in the cache, out of git. In a store that cannot be written to
 * there is no copy, and no harm.
 */
export async function keepListCopy(store: Store, name: string, text: string): Promise<void> {
  const [place, other] = hideSecrets(text) === text ? ['lists/', 'cache/lists/'] : ['cache/lists/', 'lists/']
  const kept = text.replace(/\r+\n/g, '\n')
  await store
    .set(place + name, kept)
    .then(() => store.remove(other + name))
    .catch(() => {})
}
