import { identityOf } from '../links/identify-link.js'

/** Each key once, sorted: of two spellings of one WeChat key, the one that has `sn`. */
export function distinctKeys(keys: readonly string[]): string[] {
  const byIdentity = new Map<string, string>()
  for (const key of [...keys].sort()) byIdentity.set(identityOf(key), key)
  return [...byIdentity.values()].sort()
}
