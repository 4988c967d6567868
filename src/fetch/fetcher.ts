import { setMaxListeners } from 'node:events'
import { failed, type Outcome, WeekloomError } from '../problems.js'
import type { Instant } from '../types.js'
import { isRedirect } from './answer-status.js'
import { type AskTools, askHost } from './ask-host.js'
import { type FetcherOptions, settleOptions } from './fetch-options.js'
import { Fault, toFetchProblem } from './fetch-problem.js'
import { type Fetched, type FetchRequest, requestHeaders } from './fetch-request.js'
import { createTally, type FetchStats } from './fetch-tally.js'
import { createHostTurns, type Turn } from './host-turns.js'
import { assertMayAsk, followRedirect, type Journey, startJourney } from './journey.js'
import { createMirrors } from './mirrors.js'
import { openNetwork } from './network.js'
import { readPage } from './read-page.js'
import { createRobots, obeysRobots } from './robots.js'
import type { Answer } from './send-request.js'

export type { Fetched, FetcherOptions, FetchRequest }

/** Asks the network, politely and within bounds. */
export interface Fetcher {
  /**
   * Fetches an address. Never throws: a failure is a problem of a `FETCH_…` code with `where.url`, and in `data`: `again` (when to ask again, see {@link Again}),
   * `status`, `retryAt`, `target` (the address that failed, after redirects). A captcha page with status 200 is a page like any other.
   */
  fetch(url: string, request?: FetchRequest): Promise<Outcome<Fetched>>
  /**
   * Sends a form to an address by POST and gives the status of success that it answers with. Held to the same guard, turns and bounds as `fetch`,
   * and tried again where that can help, so only for what may arrive twice. A redirect is not followed: it ends as `FETCH_REDIRECT`.
   */
  post(url: string, form: Readonly<Record<string, string>>): Promise<Outcome<number>>
  /** Leaves a host alone until a moment, or for good: its fetches end as `FETCH_LATER` without a request. For what only the page shows, as a captcha. */
  hold(hostname: string, until: Instant | undefined, why: string): void
  /** What was done so far. */
  stats(): FetchStats
  /** Ends all sockets; what is under way ends as `FETCH_ABORTED`. */
  close(): Promise<void>
}

/** Bun puts something of its own in the place of undici, which does not ask before it connects: private addresses could not be refused. */
function assertGuarded(): void {
  if ('Bun' in globalThis)
    throw new WeekloomError(
      'Nothing can be fetched under Bun: private addresses could not be refused there.',
      'Run weekloom by Node: `bunx weekloom` without `--bun`. What is in the store can be built with `--frozen`.',
    )
}

/** Makes a fetcher. Throws a `WeekloomError` for options that cannot be, and under Bun. */
export function createFetcher(options: FetcherOptions): Fetcher {
  assertGuarded()
  const settings = settleOptions(options)
  const mirrors = createMirrors(settings.hosts)
  const stopper = new AbortController()
  const stop = () => stopper.abort()
  settings.signal?.addEventListener('abort', stop, { once: true })
  if (settings.signal?.aborted) stop()
  const { signal } = stopper
  // One listener for each host that waits: many are no leak.
  setMaxListeners(0, signal)
  const tally = createTally(settings)

  async function waitUntil(moment: number): Promise<void> {
    tally.assertTimeFor(moment)
    const wait = moment - settings.now()
    // A sleep that is cut short may reject; the check below says why it was.
    if (wait > 0) await settings.sleep(wait, signal).catch(() => {})
    if (signal.aborted) throw new Fault('FETCH_ABORTED', 'The run was stopped.')
  }

  const network = openNetwork(settings, mirrors, signal)
  const turns = createHostTurns(settings, mirrors, tally, waitUntil)
  const tools: AskTools = { settings, network, turns, tally, signal, waitUntil }
  const robots = createRobots(async url => {
    const outcome = await fetch(url, { accept: 'text/plain' })
    if (!outcome.ok) return outcome
    const body = outcome.value.kind === 'page' ? outcome.value.page.body : ''
    return { ok: true, value: typeof body === 'string' ? body : '' }
  }, settings.userAgent)

  /** Goes on from origin to origin; each has its own queue. */
  async function travel(journey: Journey, request: FetchRequest): Promise<Answer> {
    for (;;) {
      assertMayAsk(journey, settings, mirrors)
      if (obeysRobots(journey.url, request.discovered, settings.robots)) await robots.assertAllows(journey.url)
      const answer = await turns.take(journey.url, turn => stay(journey, request, turn))
      if (!isRedirect(answer.status)) return answer
    }
  }

  /** Follows redirects within an origin without giving its turn away: else they would wait behind all that is queued. */
  async function stay(journey: Journey, request: FetchRequest, turn: Turn): Promise<Answer> {
    const { origin } = journey.url
    for (;;) {
      const answer = await askHost(journey, { headers: requestHeaders(request, settings.userAgent) }, turn, tools)
      if (!isRedirect(answer.status)) return answer
      followRedirect(journey, answer, settings, mirrors)
      if (journey.url.origin !== origin || obeysRobots(journey.url, request.discovered, settings.robots)) return answer
    }
  }

  function fetch(url: string, request: FetchRequest = {}): Promise<Outcome<Fetched>> {
    return setOut(url, async journey => {
      const answer = await travel(journey, request)
      return readPage(answer, journey, url, request, new Date(settings.now()).toISOString())
    })
  }

  function post(url: string, form: Readonly<Record<string, string>>): Promise<Outcome<number>> {
    const headers = { ...requestHeaders({ accept: '*/*' }, settings.userAgent), 'content-type': 'application/x-www-form-urlencoded' }
    return setOut(url, async journey => {
      assertMayAsk(journey, settings, mirrors)
      const sent = { headers, form: new URLSearchParams(form).toString() }
      const { status } = await turns.take(journey.url, turn => askHost(journey, sent, turn, tools))
      if (isRedirect(status))
        throw new Fault('FETCH_REDIRECT', `${journey.url.hostname} answered ${status}: it takes nothing at this address.`)
      return { ok: true, value: status }
    })
  }

  /** Makes every fault on the way a problem. */
  async function setOut<T>(url: string, go: (journey: Journey) => Promise<Outcome<T>>): Promise<Outcome<T>> {
    let journey: Journey | undefined
    try {
      journey = startJourney(url, settings)
      return await go(journey)
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      // That there is no robots.txt is an answer.
      const isMissing = error.code === 'FETCH_GONE' && journey?.url.pathname === '/robots.txt'
      if (journey !== undefined && journey.askedHost === journey.url.hostname && !isMissing) tally.addFailure(journey.askedHost)
      return failed(toFetchProblem(error, url, wayOf(journey)))
    }
  }

  return {
    fetch,
    post,
    hold: (hostname, until, why) =>
      turns.hold(hostname.toLowerCase(), until === undefined ? Number.POSITIVE_INFINITY : Date.parse(until), why),
    stats: tally.stats,
    async close() {
      settings.signal?.removeEventListener('abort', stop)
      stop()
      await network.close()
    },
  }
}

/** Where redirects led to; nothing where there were none. */
function wayOf(journey: Journey | undefined): { target: string; isPermanent: boolean } | undefined {
  if (journey === undefined || journey.visited.size < 2) return undefined
  return { target: journey.url.href, isPermanent: !journey.isTemporary }
}
