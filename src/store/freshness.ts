import type { ProblemCode } from '../problem-catalogue.js'
import type { Instant } from '../types.js'
import type { ArticleRecord, FailedTry } from './article-record.js'
import { addTime, day, isAhead } from './retry-time.js'

/** What a run may do: `auto` fetches what is missing, `frozen` opens no connection, `refresh` asks for everything again. */
export type FetchMode = 'auto' | 'frozen' | 'refresh'

/** What to do about a page: `use` what is kept, `fetch` it, or do without it for now (`wait`), with the reason. */
export interface Freshness {
  act: 'use' | 'fetch' | 'wait'
  why: 'kept' | 'old' | 'read otherwise' | 'never had' | 'asked for' | 'due again' | 'failed lately' | 'frozen'
  /** When it is asked again, where that is known. */
  until?: Instant
}

/** The page was had, and whoever read it saw no article in it: another may see one. */
const refusals: ReadonlySet<ProblemCode> = new Set<ProblemCode>(['ARTICLE_TITLE_MISSING', 'ARTICLE_REFUSED', 'WECHAT_NOT_ARTICLE'])

/**
 * Decides about a page from what is kept of it. A good article is had once, and again only when `refresh` asks, when it is
 * older than `maxAge`, or when an extractor of the user's own is asked about the page that did not read it. A failure is tried
 * again when its time has come, and never takes away what was had before.
 *
 * @param options.maxAge days after which an article is read again; by default never
 * @param options.reader name of the user's own extractor that is asked about the page
 */
export function decideFreshness(
  record: ArticleRecord | undefined,
  options: { now: Instant; mode: FetchMode; maxAge?: number; reader?: string | undefined },
): Freshness {
  const { now, mode, maxAge, reader } = options
  const kept = record?.article !== undefined
  const act = kept ? 'use' : 'wait'
  if (mode === 'frozen') return { act, why: kept ? 'kept' : 'frozen' }
  if (mode === 'refresh') return { act: 'fetch', why: 'asked for' }
  const { fetchedAt = '' } = record ?? {}
  const old = maxAge !== undefined && (fetchedAt === '' || fetchedAt > now || addTime(fetchedAt, maxAge * day) <= now)
  const isRefused = record?.outcome !== undefined && refusals.has(record.outcome.code)
  const otherwise = reader !== undefined && (isRefused ? record.outcome?.reader : record?.article?.extractor) !== reader
  if (kept && !old && !otherwise) return { act: 'use', why: 'kept' }
  if (record?.outcome === undefined) return { act: 'fetch', why: !kept ? 'never had' : old ? 'old' : 'read otherwise' }
  if (isRefused && otherwise) return { act: 'fetch', why: 'read otherwise' }
  return isDue(record.outcome, now)
    ? { act: 'fetch', why: 'due again' }
    : { act, why: 'failed lately', ...(record.outcome.retryAt === undefined ? {} : { until: record.outcome.retryAt }) }
}

/** Whether what failed is tried again. What is dated ahead of the run was written by a clock that was wrong. */
export function isDue({ at, retryAt }: Pick<FailedTry, 'at' | 'retryAt'>, now: Instant): boolean {
  return at > now || (retryAt !== undefined && !isAhead(retryAt, now))
}
