import { prunePages } from '../store/page-cache.js'
import type { RunContext } from './run-context.js'

/** Raw pages are kept for so many days, and so many bytes of them. */
const limits = { maxAge: 30, maxSize: 50_000_000 }

/** Keeps the caches small. A frozen run leaves raw pages alone: they may be all that there is. */
export async function pruneCache({ settings, texts, pagesRead }: RunContext): Promise<void> {
  const { store, network, now } = settings
  await texts.prune()
  if (network === 'frozen') return
  // What a source reads is not written anew while it stays the same: a run without such sources cannot tell what is of use.
  const shelves = pagesRead.size > 0 ? (['cache/pages/', 'sources/'] as const) : (['cache/pages/'] as const)
  for (const shelf of shelves) await prunePages(store, { now, ...limits, keep: pagesRead }, shelf)
}
