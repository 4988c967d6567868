import { pickDefined } from '../entry/pick-defined.js'
import type { ProblemCode } from '../problem-catalogue.js'
import type { Problem } from '../problems.js'
import type { ArticleRecord } from '../store/article-record.js'
import { dropAbsent } from '../text/drop-absent.js'
import type { Instant } from '../types.js'
import type { PageReport } from './report.js'

/** Why a page was not asked for, or in vain, and when to come back. */
export interface Hindrance {
  code: ProblemCode
  retryAt?: Instant
}

/** These tell of the host, not of the page: it has not failed, it waits. */
const tellsOfHost: ReadonlySet<ProblemCode> = new Set<ProblemCode>(['WECHAT_VERIFICATION', 'FETCH_LATER'])

/** A page as the store has it. */
export function reportKept(want: Pick<PageReport, 'url' | 'key'>, record: ArticleRecord | undefined): PageReport {
  const { article, fetchedAt, outcome } = record ?? {}
  return {
    url: want.url,
    key: want.key,
    ...(article ? { article: article.key } : {}),
    state: article ? 'stored' : outcome && !tellsOfHost.has(outcome.code) ? 'failed' : 'waiting',
    ...dropAbsent({ at: fetchedAt }),
    ...(outcome ? pickDefined(outcome, 'at', 'code', 'times', 'retryAt') : {}),
  }
}

/** A page that was not asked for, or in vain, while the store may have it from before. */
export function reportUnasked(want: Pick<PageReport, 'url' | 'key'>, record: ArticleRecord, hindrance: Hindrance): PageReport {
  return { ...reportKept(want, record), ...(record.article ? {} : { state: 'waiting' }), ...hindrance }
}

/** What keeps a page from being had, as a problem states it. */
export function hindranceOf({ code, data }: Problem): Hindrance {
  return { code, ...dropAbsent({ retryAt: data?.['retryAt'] }) }
}

/** The problem with the moment at which the page is asked for again, for whoever reads it. */
export function addRetryTime(problem: Problem, { outcome }: ArticleRecord): Problem {
  if (outcome?.retryAt === undefined || problem.data?.['retryAt'] !== undefined) return problem
  return { ...problem, data: { ...problem.data, retryAt: outcome.retryAt } }
}
