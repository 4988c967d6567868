import type { ProblemCode } from '../problem-catalogue.js'
import type { Problem } from '../problems.js'
import type { Instant } from '../types.js'

/** When a failure is tried again, as problems say in `data.again`. */
type Again = 'soon' | 'later' | 'rarely' | 'never'

const hour = 3_600_000
/** Milliseconds of a day. */
export const day = 24 * hour

/** Milliseconds to wait after the first, second … failure in a row; the last one stays. */
const delays: Readonly<Record<Again, readonly number[]>> = {
  soon: [0, hour, 6 * hour, day],
  later: [day],
  rarely: [30 * day],
  never: [],
}

/** For problems that do not say it themselves: how likely the page is another one next time. */
const againByCode: Readonly<Partial<Record<ProblemCode, Again>>> = {
  WECHAT_DELETED: 'rarely',
  WECHAT_VIOLATION: 'rarely',
  WECHAT_LINK_EXPIRED: 'rarely',
  WECHAT_PARAMETER_ERROR: 'rarely',
  WECHAT_MIGRATED: 'rarely',
  WECHAT_NOT_ARTICLE: 'rarely',
  WECHAT_PAGE_CUT: 'soon',
  ARTICLE_TITLE_MISSING: 'rarely',
  ARTICLE_TOO_LARGE: 'rarely',
}

/** Nobody's `Retry-After` keeps a page away for longer. */
const longestDelay = 30 * day

/**
 * When to ask again after a failure; absent for what only changes with the address or the options.
 *
 * @param times failures in a row, this one included
 */
export function retryTime(problem: Problem, now: Instant, times: number): Instant | undefined {
  const table = delays[readAgain(problem)]
  const delay = table[Math.min(times, table.length) - 1]
  if (delay === undefined) return undefined
  const stated = Date.parse(problem.data?.['retryAt'] ?? '') - Date.parse(now)
  return addTime(now, Number.isNaN(stated) ? delay : Math.min(Math.max(stated, 0), longestDelay))
}

/** Whether a kept moment until which something is left alone is still to come. One that nobody may ask for was written by a clock that was wrong: it is not believed. */
export function isAhead(until: Instant, now: Instant): boolean {
  return until > now && until <= addTime(now, longestDelay)
}

/** Whether a moment was written by a clock that was wrong: more than a day ahead, as the clocks of two machines are never quite one. */
export function liesAhead(moment: Instant, now: Instant): boolean {
  return moment > now && moment > addTime(now, day)
}

/** The moment so many milliseconds later. Beyond any calendar it stays at the end of the last year that an Instant can state. */
export function addTime(instant: Instant, milliseconds: number): Instant {
  const time = Date.parse(instant) + milliseconds
  return new Date(Math.min(time, Date.UTC(9999, 11, 31))).toISOString()
}

function readAgain(problem: Problem): Again {
  const stated = problem.data?.['again']
  return isAgain(stated) ? stated : (againByCode[problem.code] ?? 'later')
}

function isAgain(text: string | undefined): text is Again {
  return text !== undefined && Object.hasOwn(delays, text)
}
