import type { ProblemCode } from '../problem-catalogue.js'
import type { Instant } from '../types.js'
import type { ArticleRecord } from './article-record.js'
import { isDue } from './failed-try.js'
import { addTime, day } from './retry-time.js'

/** The page was had, and whoever read it saw no article in it: another may see one. */
const refusals: ReadonlySet<ProblemCode> = new Set<ProblemCode>(['ARTICLE_TITLE_MISSING', 'ARTICLE_REFUSED', 'WECHAT_NOT_ARTICLE'])

/**
 * Whether a page is asked for, by what is kept of it. A good article is had once, and again only when `refresh` asks, when it is
 * older than `maxAge`, or when an extractor of the user's own is asked about the page that did not read it. A failure is tried
 * again when its time has come, and never takes away what was had before.
 *
 * @param options.maxAge days after which an article is read again; by default never
 * @param options.reader name of the user's own extractor that is asked about the page
 */
export function isToFetch(
  { article, fetchedAt = '', outcome }: Partial<ArticleRecord>,
  options: { now: Instant; network: 'auto' | 'frozen' | 'refresh'; maxAge?: number; reader?: string | undefined },
): boolean {
  const { now, network, maxAge, reader } = options
  if (network !== 'auto') return network === 'refresh'
  const isOld = maxAge !== undefined && (fetchedAt === '' || fetchedAt > now || addTime(fetchedAt, maxAge * day) <= now)
  const isRefused = outcome !== undefined && refusals.has(outcome.code)
  const isReadOtherwise = reader !== undefined && (isRefused ? outcome.reader : article?.extractor) !== reader
  if (article && !isOld && !isReadOtherwise) return false
  return outcome === undefined || (isRefused && isReadOtherwise) || isDue(outcome, now)
}
