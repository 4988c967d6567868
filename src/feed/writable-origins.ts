import { toPlain } from '../text/plain.js'
import type { Origin } from '../types.js'
import { toWebUrl } from './web-url.js'

/** Addresses of the issues, lists and feeds that have an entry, each once, without the entry's own. */
export function viaOf(origins: readonly Origin[], link: string | undefined): Set<string> {
  const via = new Set<string>()
  for (const origin of origins) {
    const url = toWebUrl(origin.url)
    if (url !== undefined && url !== link) via.add(url)
  }
  return via
}

/** The feed that an entry was taken from. */
export function sourceOf(origins: readonly Origin[]): { url: string; title: string } | undefined {
  for (const origin of origins) {
    const url = origin.kind === 'feed' ? toWebUrl(origin.url) : undefined
    if (url !== undefined) return { url, title: toPlain(origin.title ?? '') || toPlain(origin.source) || url }
  }
  return undefined
}
