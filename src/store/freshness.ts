import type { Instant } from '../types.js'
import type { ArticleRecord, FailedTry } from './article-record.js'
import { addTime, day } from './retry-time.js'

/** What a run may do: `auto` fetches what is missing, `frozen` opens no connection, `refresh` asks for everything again. */
export type FetchMode = 'auto' | 'frozen' | 'refresh'

/** What to do about a page: `use` what is kept, `fetch` it, or do without it for now (`wait`), with the reason. */
export interface Freshness {
  act: 'use' | 'fetch' | 'wait'
  why: 'kept' | 'old' | 'never had' | 'asked for' | 'due again' | 'failed lately' | 'frozen'
  /** When it is asked again, where that is known. */
  until?: Instant
}

/**
 * Decides about a page from what is kept of it. A good article is had once, and again only when `refresh` asks or it is
 * older than `maxAge`; a failure is tried again when its time has come, and never takes away what was had before.
 *
 * @param options.maxAge days after which an article is read again; by default never
 */
export function decideFreshness(record: ArticleRecord | undefined, options: { now: Instant; mode: FetchMode; maxAge?: number }): Freshness {
  const { now, mode, maxAge } = options
  const kept = record?.article !== undefined
  const act = kept ? 'use' : 'wait'
  if (mode === 'frozen') return { act, why: kept ? 'kept' : 'frozen' }
  if (mode === 'refresh') return { act: 'fetch', why: 'asked for' }
  const old = maxAge !== undefined && (record?.fetchedAt === undefined || addTime(record.fetchedAt, maxAge * day) <= now)
  if (kept && !old) return { act: 'use', why: 'kept' }
  if (record?.outcome === undefined) return { act: 'fetch', why: kept ? 'old' : 'never had' }
  return isDue(record.outcome, now)
    ? { act: 'fetch', why: 'due again' }
    : { act, why: 'failed lately', ...(record.outcome.retryAt === undefined ? {} : { until: record.outcome.retryAt }) }
}

function isDue(outcome: FailedTry, now: Instant): boolean {
  return outcome.retryAt !== undefined && outcome.retryAt <= now
}
