import type { Instant } from '../types.js'
import type { FetchSettings } from './fetch-options.js'
import { Fault } from './fetch-problem.js'

/** What a fetcher has done so far, for the report of a run. */
export interface FetchStats {
  /** Requests sent: redirects, retries and robots.txt count. */
  requests: number
  /** Bytes of bodies received, as they came over the wire. */
  bytes: number
  /** By host name. */
  hosts: Record<string, HostStats>
}

export interface HostStats {
  requests: number
  bytes: number
  /** Fetches whose request ended in a problem: never more than requests, since what is turned away without one is no failure of the host. */
  failures: number
  /** The host is left alone until then. */
  heldUntil?: Instant
}

/** Counts what is done and says when the budget is spent. */
export interface FetchTally {
  /** Counts a request about to be made. Throws a `Fault` when the budget does not allow it. */
  spend(hostname: string): void
  /** Throws a `Fault` when the budget ends before this moment. */
  assertTimeFor(moment: number): void
  addBytes(hostname: string, bytes: number): void
  /** Counts a fetch that failed at a host that was asked. */
  addFailure(hostname: string): void
  noteHold(hostname: string, until: Instant): void
  stats(): FetchStats
}

/** Makes the account of a fetcher; the minutes of its budget begin now. */
export function createTally({ budget, now }: FetchSettings): FetchTally {
  const hosts = new Map<string, HostStats>()
  const end = budget.minutes === undefined ? Number.POSITIVE_INFINITY : now() + budget.minutes * 60_000
  let requests = 0

  function statsOf(hostname: string): HostStats {
    const stats = hosts.get(hostname) ?? { requests: 0, bytes: 0, failures: 0 }
    hosts.set(hostname, stats)
    return stats
  }

  function assertTimeFor(moment: number): void {
    if (Math.max(moment, now()) >= end) throw new Fault('FETCH_BUDGET', `The ${budget.minutes} minutes of this run are over.`)
  }

  return {
    spend(hostname) {
      assertTimeFor(now())
      if (requests >= (budget.requests ?? Number.POSITIVE_INFINITY)) {
        throw new Fault('FETCH_BUDGET', `The ${budget.requests} requests of this run are used up.`)
      }
      requests++
      statsOf(hostname).requests++
    },
    assertTimeFor,
    addBytes(hostname, bytes) {
      statsOf(hostname).bytes += bytes
    },
    addFailure(hostname) {
      statsOf(hostname).failures++
    },
    noteHold(hostname, until) {
      statsOf(hostname).heldUntil = until
    },
    stats() {
      const copies = [...hosts].map(([hostname, stats]): [string, HostStats] => [hostname, { ...stats }])
      return { requests, bytes: copies.reduce((sum, [, { bytes }]) => sum + bytes, 0), hosts: Object.fromEntries(copies) }
    },
  }
}
