import { findStatusFault, isSettled, isTaken } from './answer-status.js'
import type { FetchSettings } from './fetch-options.js'
import { Fault } from './fetch-problem.js'
import type { FetchTally } from './fetch-tally.js'
import type { HostTurns, Reply, Turn } from './host-turns.js'
import type { Journey } from './journey.js'
import type { Network } from './network.js'
import { backoffBefore, longestWait, parseRetryAfter } from './retry-after.js'
import { type Answer, sendRequest } from './send-request.js'

/** What asking takes, shared by all fetches of a fetcher. */
export interface AskTools {
  settings: FetchSettings
  network: Network
  turns: HostTurns
  tally: FetchTally
  signal: AbortSignal
  /** Sleeps until a moment, in milliseconds since 1970. Throws a `Fault` when the run is stopped, or its time ends before. */
  waitUntil(moment: number): Promise<void>
}

/** What is sent with an address. */
export interface Sent {
  headers: Readonly<Record<string, string>>
  /** A form to be sent by POST, to which any status of success is an answer. */
  form?: string
}

/**
 * Asks for the next address of a journey, once more after a while where that can help. Gives a page, a redirect or 304; throws a `Fault` for all else.
 * The host's turn is kept while waiting, so that nobody bothers a host that asked for a rest.
 */
export async function askHost(journey: Journey, sent: Sent, turn: Turn, tools: AskTools): Promise<Answer> {
  const { settings, turns, waitUntil } = tools
  const { hostname } = journey.url
  for (;;) {
    const { answer, fault } = await askOnce(journey, sent, turn, tools)
    if (fault === undefined) {
      turns.note(journey.url, 'answer')
      return answer
    }
    const retryAt =
      answer !== undefined && fault.more.canRetry ? parseRetryAfter(answer.headers.get('retry-after'), settings.now()) : undefined
    if (retryAt !== undefined) turns.hold(hostname, retryAt, `It answered ${answer?.status}.`)
    const isTooLong = retryAt !== undefined && retryAt - settings.now() > longestWait
    if (isTooLong) settings.onPutOff(hostname, new Date(retryAt).toISOString())
    if (!fault.more.canRetry || isTooLong || journey.tried >= settings.tries) {
      if (journey.askedHost === hostname) turns.note(journey.url, replyOf(fault, answer))
      throw retryAt === undefined ? fault : addRetryAt(fault, retryAt)
    }
    // A wait that the host asked for is kept by its turn.
    if (retryAt === undefined) await waitUntil(settings.now() + backoffBefore(journey.tried, settings.random()))
    journey.tried++
    journey.timeLeft = settings.timeout
  }
}

function replyOf({ code, more }: Fault, answer: Answer | undefined): Reply {
  if (answer !== undefined) return isSettled(answer.status) ? 'answer' : 'broken'
  if (more.isUnreached) return 'unreached'
  if (code === 'FETCH_TIMEOUT') return 'timeout'
  return more.canRetry ? 'broken' : 'answer'
}

type Attempt = { answer: Answer; fault?: undefined } | { answer?: Answer; fault: Fault }

async function askOnce(journey: Journey, sent: Sent, turn: Turn, tools: AskTools): Promise<Attempt> {
  const { settings, network, tally, signal } = tools
  const { hostname, pathname, search } = journey.url
  try {
    const answer = await turn.request(async () => {
      tally.spend(hostname)
      journey.askedHost = hostname
      const began = performance.now()
      const call = { hostname, ...network.route(journey.url), path: pathname + search, ...sent, timeout: Math.max(journey.timeLeft, 1) }
      try {
        return await sendRequest({ ...call, onBytes: count => tally.addBytes(hostname, count) }, settings, signal)
      } finally {
        journey.timeLeft -= performance.now() - began
      }
    })
    if (sent.form !== undefined && isTaken(answer.status)) return { answer }
    const fault = findStatusFault(answer.status, answer.headers.has('retry-after'), hostname)
    return fault === undefined ? { answer } : { answer, fault }
  } catch (error) {
    if (error instanceof Fault) return { fault: error }
    throw error
  }
}

function addRetryAt(fault: Fault, retryAt: number): Fault {
  return new Fault(fault.code, fault.message, { ...fault.more, data: { ...fault.more.data, retryAt: new Date(retryAt).toISOString() } })
}
