import type { Store } from '../types.js'
import { findKeys, placeOf } from './key-path.js'
import { storeUnusable } from './store-unusable.js'

/** The part of an unstorage instance that is used. */
export interface UnstorageLike {
  getItemRaw(key: string): Promise<unknown>
  setItemRaw(key: string, value: unknown): Promise<void>
  removeItem(key: string): Promise<void>
  getKeys(base?: string): Promise<string[]>
}

/**
 * A store over an instance of unstorage, so over any of its drivers: `unstorageStore(createStorage({ driver }))`. Texts
 * come back as they were given (unstorage's own `getItem` turns `{"a":1}` into an object and `12` into a number). The
 * keys are those of a file store with `:` for `/`. Two processes may share it; of two that change one record at the same moment, the later wins.
 */
export function unstorageStore(storage: UnstorageLike): Store {
  const read = async (path: string): Promise<string | undefined> => toText(await storage.getItemRaw(toItem(path)), path)
  return {
    async get(key) {
      const { path, header } = placeOf(key)
      const text = await read(path)
      return text?.startsWith(header) ? text.slice(header.length) : undefined
    },

    async set(key, value) {
      const { path, header } = placeOf(key)
      const text = header + value
      if ((await read(path)) === text) return
      // Drivers without raw values mark bytes by this word and would decode a text that happens to begin with it.
      await storage.setItemRaw(toItem(path), text.startsWith('base64:') ? new TextEncoder().encode(text) : text)
    },

    async remove(key) {
      await storage.removeItem(toItem(placeOf(key).path))
    },

    async *keys(prefix) {
      yield* await findKeys(prefix, async folder => (await storage.getKeys(toItem(folder))).map(toPath), read)
    },
  }
}

function toItem(path: string): string {
  return path.replaceAll('/', ':')
}

function toPath(item: string): string {
  return item.replaceAll(':', '/')
}

/** Drivers give what they keep: a text, or its bytes. */
function toText(value: unknown, path: string): string | undefined {
  if (value === undefined || value === null) return undefined
  if (typeof value === 'string') return value
  if (value instanceof Uint8Array || value instanceof ArrayBuffer) return new TextDecoder('utf-8', { ignoreBOM: true }).decode(value)
  throw storeUnusable(
    'read',
    path,
    value instanceof Error ? value : new Error(`It holds a value of type ${typeof value}, which is no text.`),
  )
}
