import pLimit, { type LimitFunction } from 'p-limit'
import type { FetchSettings } from './fetch-options.js'
import { Fault } from './fetch-problem.js'
import type { FetchTally } from './fetch-tally.js'
import type { Mirrors } from './mirrors.js'
import { longestWait } from './retry-after.js'

/** A host's turn: while it is held, nobody else asks that host (with `perHost` 1). */
export interface Turn {
  /** Makes one request: waits for the host's pause, then for a global slot. Throws a `Fault` instead when the host is on hold. */
  request<T>(work: () => Promise<T>): Promise<T>
}

/** Who may ask which host when. */
export interface HostTurns {
  /** Waits for a turn of the address's host and keeps it while `work` runs. */
  take<T>(url: URL, work: (turn: Turn) => Promise<T>): Promise<T>
  /** Leaves a host alone until a moment (milliseconds since 1970; infinity for as long as the run goes on); those who wait for longer than `longestWait` are turned away. */
  hold(hostname: string, until: number, why: string): void
  /** Notes how a fetch ended, after its last try. Without a connection its origin is left alone at once; without an answer its host, after some in a row. */
  note(url: URL, reply: Reply): void
}

/** How a fetch ended: with an `answer`, or without a connection, without an answer over it, or with one that was broken off or says that the host is not well. */
export type Reply = 'answer' | 'unreached' | 'timeout' | 'broken'

/** What is known of one host. */
interface HostLine {
  readonly limit: LimitFunction
  readonly pause: number
  /** No request before this moment: the pause after the last one. */
  nextAt: number
  /** No request before this moment either, because the host said so or keeps failing. */
  heldUntil: number
  why: string
  /** Fetches in a row without an answer. */
  failures: number
  /** By origin to which there is no connection, until when it is not tried again. One of http can be closed while that of https is open. */
  readonly unreached: Map<string, number>
}

/**
 * Fetches in a row without an answer after which a host is taken to be down, so that hundreds of links to it do not cost two time-outs each. One page alone may take too
 * long, but hardly two; what is broken off can be an accident of some pages. Where there is no connection the first fetch says it all.
 */
const mostInARow: Readonly<Record<'timeout' | 'broken', number>> = { timeout: 2, broken: 5 }

/** How long a host that is down is left alone, in milliseconds. */
const downFor = 10 * 60_000

/**
 * Makes the queues: one for each host, one for all. A request takes its host's turn first and a global slot second: the other
 * way round, one slow host would hold all slots while its requests wait for each other.
 * The only file that knows p-limit, which deadlocks when a limit is taken inside itself.
 */
export function createHostTurns(
  settings: FetchSettings,
  mirrors: Mirrors,
  tally: FetchTally,
  waitUntil: (moment: number) => Promise<void>,
): HostTurns {
  const { perHost, total, pause, now, random } = settings
  const slots = pLimit(total)
  const lines = new Map<string, HostLine>()

  function lineOf(hostname: string): HostLine {
    const known = lines.get(hostname)
    if (known !== undefined) return known
    const ownPause = Object.hasOwn(pause, hostname) ? pause[hostname] : pause['*']
    const isMirrored = mirrors.originFor(hostname) !== undefined
    const line = {
      limit: pLimit(perHost),
      pause: isMirrored ? 0 : (ownPause ?? 0),
      nextAt: 0,
      heldUntil: 0,
      why: '',
      failures: 0,
      unreached: new Map(),
    }
    lines.set(hostname, line)
    return line
  }

  /** The earliest moment for the next request; throws when that is too far off. */
  function readyAt({ hostname, origin }: URL, line: HostLine): number {
    if (line.heldUntil - now() > longestWait) throw laterFault(hostname, line.heldUntil, line.why)
    const downUntil = line.unreached.get(origin) ?? 0
    if (downUntil > now()) throw laterFault(hostname, downUntil, `There was no connection to ${origin}.`)
    return Math.max(line.nextAt, line.heldUntil)
  }

  function hold(hostname: string, until: number, why: string): void {
    const line = lineOf(hostname)
    if (!(until > line.heldUntil)) return
    line.heldUntil = until
    line.why = why
    if (Number.isFinite(until)) tally.noteHold(hostname, new Date(until).toISOString())
  }

  return {
    take(url, work) {
      const line = lineOf(url.hostname)
      return line.limit(() =>
        work({
          async request(send) {
            const gap = line.pause * (1 + 0.3 * random())
            await waitUntil(now())
            for (let start = readyAt(url, line); start > now(); start = readyAt(url, line)) await waitUntil(start)
            // At once after the check, so that two turns of the host never start together.
            line.nextAt = now() + gap
            try {
              return await slots(send)
            } finally {
              line.nextAt = now() + gap
            }
          },
        }),
      )
    },
    hold,
    note({ hostname, origin }, reply) {
      const line = lineOf(hostname)
      const until = now() + downFor
      if (reply === 'unreached') {
        line.unreached.set(origin, until)
        tally.noteHold(hostname, new Date(until).toISOString())
        return
      }
      line.failures = reply === 'answer' ? 0 : line.failures + 1
      if (reply !== 'answer' && line.failures >= mostInARow[reply])
        hold(hostname, until, `${hostname} gave no answer ${line.failures} times in a row.`)
    },
  }
}

function laterFault(hostname: string, until: number, why: string): Fault {
  if (!Number.isFinite(until)) return new Fault('FETCH_LATER', `${hostname} is left alone in this run. ${why}`)
  const retryAt = new Date(until).toISOString()
  return new Fault('FETCH_LATER', `${hostname} is left alone until ${retryAt}. ${why}`, { data: { retryAt } })
}
