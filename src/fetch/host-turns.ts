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
  /** Waits for a turn of the host and keeps it while `work` runs. */
  take<T>(hostname: string, work: (turn: Turn) => Promise<T>): Promise<T>
  /** Leaves a host alone until a moment (milliseconds since 1970); those who wait for longer than `longestWait` are turned away. */
  hold(hostname: string, until: number, why: string): void
  /** Counts fetches in a row that got no answer; the fifth puts the host on hold. An answer starts the count anew. */
  note(hostname: string, answered: boolean): void
}

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
}

/** Fetches in a row without an answer after which a host is taken to be down, so that hundreds of links to it do not cost two time-outs each. */
const failuresUntilDown = 5

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
    const line = { limit: pLimit(perHost), pause: isMirrored ? 0 : (ownPause ?? 0), nextAt: 0, heldUntil: 0, why: '', failures: 0 }
    lines.set(hostname, line)
    return line
  }

  /** The earliest moment for the next request; throws when that is too far off. */
  function readyAt(hostname: string, line: HostLine): number {
    if (line.heldUntil - now() > longestWait) throw laterFault(hostname, line)
    return Math.max(line.nextAt, line.heldUntil)
  }

  function hold(hostname: string, until: number, why: string): void {
    const line = lineOf(hostname)
    if (!(until > line.heldUntil)) return
    line.heldUntil = until
    line.why = why
    tally.noteHold(hostname, new Date(until).toISOString())
  }

  return {
    take(hostname, work) {
      const line = lineOf(hostname)
      return line.limit(() =>
        work({
          async request(send) {
            const gap = line.pause * (1 + 0.3 * random())
            await waitUntil(now())
            for (let start = readyAt(hostname, line); start > now(); start = readyAt(hostname, line)) await waitUntil(start)
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
    note(hostname, answered) {
      const line = lineOf(hostname)
      line.failures = answered ? 0 : line.failures + 1
      if (line.failures >= failuresUntilDown) hold(hostname, now() + downFor, `${hostname} gave no answer ${line.failures} times in a row.`)
    },
  }
}

function laterFault(hostname: string, { heldUntil, why }: HostLine): Fault {
  const retryAt = new Date(heldUntil).toISOString()
  return new Fault('FETCH_LATER', `${hostname} is left alone until ${retryAt}. ${why}`, { data: { retryAt } })
}
