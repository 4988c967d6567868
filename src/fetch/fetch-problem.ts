import type { ProblemCode } from '../problem-catalogue.js'
import { makeProblem, type Problem } from '../problems.js'

/**
 * What an outcome means for the store, in `data.again` of every problem of this room:
 * `soon` the next run asks again · `later` not before `data.retryAt`, or a day · `rarely` in weeks · `never` not until the address or the options change.
 */
export type Again = 'soon' | 'later' | 'rarely' | 'never'

/** Cause → when to ask again. `FETCH_STATUS` of a 5xx is `soon`, and a robots.txt that cannot be had makes `FETCH_ROBOTS` `later`. */
const againByCode = {
  FETCH_SCHEME: 'never',
  FETCH_REFUSED: 'never',
  FETCH_HOST_UNKNOWN: 'never',
  FETCH_ROBOTS: 'rarely',
  FETCH_BUDGET: 'soon',
  FETCH_ABORTED: 'soon',
  // Mostly this machine is without a network, which tells nothing of the page.
  FETCH_DNS: 'soon',
  FETCH_CONNECT: 'soon',
  FETCH_TLS: 'later',
  FETCH_TIMEOUT: 'soon',
  FETCH_RESET: 'soon',
  FETCH_PROTOCOL: 'later',
  FETCH_REDIRECT: 'later',
  FETCH_LATER: 'later',
  FETCH_GONE: 'rarely',
  FETCH_STATUS: 'later',
  FETCH_NOT_MODIFIED_UNASKED: 'soon',
  FETCH_TOO_LARGE: 'rarely',
  FETCH_BODY: 'soon',
  FETCH_EMPTY: 'soon',
} as const satisfies Partial<Record<ProblemCode, Again>>

/** The codes that end a fetch. */
export type FetchCode = keyof typeof againByCode

/** Why a fetch ends without a page. Thrown inside this room only: `fetch` turns it into a problem. */
export class Fault extends Error {
  override readonly name = 'Fault'
  constructor(
    readonly code: FetchCode,
    message: string,
    readonly more: FaultFacts = {},
  ) {
    super(message)
  }
}

export interface FaultFacts {
  /** Message of the network, of zlib … */
  cause?: string
  /** Overrides the table of causes. */
  again?: Again
  /** Asking once more within the run can help. */
  canRetry?: boolean
  /** There was no connection over which to ask, whatever the address: the name, the port or the certificate is no good. */
  isUnreached?: boolean
  data?: Readonly<Record<string, string>>
}

/**
 * The problem that a fault is: `where` names the address asked for. Where redirects led elsewhere, `data.target` is the address that failed, and `data.permanent` says
 * that all of them were permanent.
 */
export function toFetchProblem(fault: Fault, asked: string, way?: { target: string; isPermanent: boolean }): Problem {
  const { cause, again = againByCode[fault.code], data } = fault.more
  const led = way === undefined ? {} : { target: way.target, ...(way.isPermanent ? { permanent: 'true' } : {}) }
  return makeProblem(fault.code, { url: asked }, fault.message, {
    ...(cause === undefined ? {} : { cause }),
    data: { again, ...data, ...led },
  })
}
