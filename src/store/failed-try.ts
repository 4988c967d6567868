import { type ProblemCode, problemCatalogue } from '../problem-catalogue.js'
import type { Problem } from '../problems.js'
import { dropAbsent } from '../text/drop-absent.js'
import type { Instant } from '../types.js'
import { isAhead, retryTime } from './retry-time.js'
import { type Forms, isAmount, isInstant } from './shape.js'

/** How the last try to have something failed. */
export interface FailedTry {
  code: ProblemCode
  at: Instant
  /** When it is tried again; absent for never, unless asked for. */
  retryAt?: Instant
  /** Failures in a row with this code. */
  times: number
}

/** The forms of its fields, `retryAt` optional. A code that this version does not know is none. */
export const failedTryForms: Forms<FailedTry> = {
  code: value => typeof value === 'string' && Object.hasOwn(problemCatalogue, value),
  at: isInstant,
  retryAt: isInstant,
  times: isAmount,
}

/** The try that failed now, after the one that failed before. */
export function noteTry(before: FailedTry | undefined, problem: Problem, now: Instant): FailedTry {
  const times = before?.code === problem.code ? before.times + 1 : 1
  return { code: problem.code, at: now, times, ...dropAbsent({ retryAt: retryTime(problem, now, times) }) }
}

/** Whether what failed is tried again. What is dated ahead of the run was written by a clock that was wrong. */
export function isDue({ at, retryAt }: Pick<FailedTry, 'at' | 'retryAt'>, now: Instant): boolean {
  return at > now || (retryAt !== undefined && !isAhead(retryAt, now))
}
