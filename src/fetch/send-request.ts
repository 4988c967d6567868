import type { Dispatcher } from 'undici'
import { bringsPage } from './answer-status.js'
import type { FetchSettings } from './fetch-options.js'
import { Fault } from './fetch-problem.js'
import { toNetworkFault } from './network-fault.js'
import { acceptedCodings, collectBytes, tooLarge, unpackBody } from './read-body.js'

/** What a host answered. */
export interface Answer {
  status: number
  /** By name in lower case; of a header sent more than once, all values joined. Values are bytes read as Latin-1, so that they go back as they came. */
  headers: ReadonlyMap<string, string>
  /** Unpacked; empty unless the status brings a page. */
  body: Uint8Array
}

/** One request to be made. */
export interface Call {
  hostname: string
  origin: string
  /** Path and query. */
  path: string
  dispatcher: Dispatcher
  headers: Readonly<Record<string, string>>
  /** A form to be sent by POST; without one the call is a GET. */
  form?: string
  /** For all of it, in milliseconds. */
  timeout: number
  /** Hears of bytes as they come. */
  onBytes(count: number): void
}

/** A body nobody reads is drained up to this size, which saves the connection; beyond it the connection is closed. */
const drainedBytes = 16 * 1024

const nothing = new Uint8Array()

/** Makes one request within the limits, following nothing. Throws a `Fault` when no whole answer comes. */
export async function sendRequest(call: Call, settings: FetchSettings, signal: AbortSignal): Promise<Answer> {
  const stopper = new AbortController()
  const stop = () => stopper.abort(new Fault('FETCH_ABORTED', 'The run was stopped.'))
  const timer = setTimeout(
    () => stopper.abort(new Fault('FETCH_TIMEOUT', `${call.hostname} took longer than ${settings.timeout} ms.`, { canRetry: true })),
    call.timeout,
  )
  signal.addEventListener('abort', stop)
  if (signal.aborted) stop()
  try {
    // The race, since undici heeds a signal only once it has a connection.
    return await Promise.race([exchange(call, settings, stopper.signal), rejectOnAbort(stopper.signal)])
  } catch (error) {
    throw toNetworkFault(stopper.signal.aborted ? stopper.signal.reason : error, call.hostname)
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', stop)
  }
}

async function exchange(call: Call, settings: FetchSettings, signal: AbortSignal): Promise<Answer> {
  const { maxBytes, headersTimeout, bodyTimeout } = settings
  const { statusCode, headers, body } = await call.dispatcher.request({
    origin: call.origin,
    path: call.path,
    ...(call.form === undefined ? { method: 'GET' } : { method: 'POST', body: call.form }),
    headers: { ...call.headers, 'accept-encoding': acceptedCodings },
    headersTimeout,
    bodyTimeout,
    signal,
  })
  // A body that is destroyed half-read emits an error even when nobody waits for it.
  body.on('error', () => {})
  const answer = { status: statusCode, headers: joinHeaders(headers), body: nothing }
  if (!bringsPage(statusCode)) {
    await body.dump({ limit: drainedBytes, signal }).catch(() => {})
    return answer
  }
  if (Number(answer.headers.get('content-length')) > maxBytes) {
    body.destroy()
    throw tooLarge(maxBytes)
  }
  const packed = await collectBytes(body, maxBytes, call.onBytes)
  return { ...answer, body: await unpackBody(packed, answer.headers.get('content-encoding') ?? '', maxBytes) }
}

function joinHeaders(headers: Readonly<Record<string, string | string[] | undefined>>): Map<string, string> {
  return new Map(Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]))
}

function rejectOnAbort(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason)
    else signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}
