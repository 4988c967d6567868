import type { Store } from '../types.js'
import { hashText } from './hash-text.js'

/** Texts that were made from other texts (a parsed post from its Markdown), to spare making them again. */
export interface TextCache {
  /** The text that was made from the source, if it is kept. */
  get(source: string): Promise<string | undefined>
  set(source: string, made: string): Promise<void>
  /** Removes all that this run had no use for. */
  prune(): Promise<void>
}

/**
 * Opens a shelf of the cache, `cache/<shelf>/<hash>.json`. A text is found by the hash of its source, so a source that changed is never answered with the old text.
 * A store that cannot be written to (a checkout of which only reading is allowed) costs time and nothing else.
 *
 * @param version of whatever makes the texts: another version finds nothing
 */
export function openTextCache(store: Store, shelf: string, version: string): TextCache {
  const used = new Set<string>()
  const place = (source: string): string => {
    const key = `cache/${shelf}/${hashText(`${version}\0${source}`, 40)}.json`
    used.add(key)
    return key
  }
  return {
    get: source => store.get(place(source)),
    set: (source, made) => store.set(place(source), made).catch(() => {}),
    async prune() {
      for await (const key of store.keys(`cache/${shelf}/`)) if (!used.has(key)) await store.remove(key).catch(() => {})
    },
  }
}
