import { causeOf } from '../problems.js'
import { Fault, type FetchCode } from './fetch-problem.js'

/** Code of the underlying error → cause, what happened, and whether one more try can help. */
const causes: Readonly<Record<string, readonly [code: FetchCode, happened: string, canRetry: boolean]>> = {
  ENOTFOUND: ['FETCH_DNS', 'is not known to the name server', false],
  ENODATA: ['FETCH_DNS', 'has no address', false],
  EAI_AGAIN: ['FETCH_DNS', 'could not be looked up, the name server does not answer', true],
  ESERVFAIL: ['FETCH_DNS', 'could not be looked up, the name server failed', true],
  ETIMEOUT: ['FETCH_DNS', 'could not be looked up in time', true],
  ECONNREFUSED: ['FETCH_CONNECT', 'refused the connection', true],
  EHOSTUNREACH: ['FETCH_CONNECT', 'cannot be reached', true],
  ENETUNREACH: ['FETCH_CONNECT', 'cannot be reached', true],
  EADDRNOTAVAIL: ['FETCH_CONNECT', 'cannot be reached', true],
  UND_ERR_CONNECT_TIMEOUT: ['FETCH_TIMEOUT', 'could not be connected in time', true],
  ETIMEDOUT: ['FETCH_TIMEOUT', 'could not be connected in time', true],
  UND_ERR_HEADERS_TIMEOUT: ['FETCH_TIMEOUT', 'did not begin to answer in time', true],
  UND_ERR_BODY_TIMEOUT: ['FETCH_TIMEOUT', 'stopped sending in the middle of the page', true],
  ECONNRESET: ['FETCH_RESET', 'reset the connection', true],
  ECONNABORTED: ['FETCH_RESET', 'reset the connection', true],
  EPIPE: ['FETCH_RESET', 'closed the connection', true],
  UND_ERR_SOCKET: ['FETCH_RESET', 'closed the connection before the answer was complete', true],
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: ['FETCH_BODY', 'sent another number of bytes than it announced', true],
  UND_ERR_HEADERS_OVERFLOW: ['FETCH_PROTOCOL', 'sent headers beyond all measure', false],
  EPROTO: ['FETCH_TLS', 'does not speak TLS', false],
  DEPTH_ZERO_SELF_SIGNED_CERT: ['FETCH_TLS', 'shows a certificate that it signed itself', false],
  SELF_SIGNED_CERT_IN_CHAIN: ['FETCH_TLS', 'shows a certificate of an unknown authority', false],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: ['FETCH_TLS', 'shows a certificate of an unknown authority', false],
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: ['FETCH_TLS', 'shows a certificate of an unknown authority', false],
}

/** Families of codes that are too many to list. */
const causeFamilies: readonly (readonly [prefix: string, code: FetchCode, happened: string])[] = [
  ['HPE_', 'FETCH_PROTOCOL', 'did not answer in HTTP'],
  ['HTTPParserError', 'FETCH_PROTOCOL', 'did not answer in HTTP'],
  // Undici asserts that nobody answers 101 unasked.
  ['ERR_ASSERTION', 'FETCH_PROTOCOL', 'did not answer in HTTP'],
  ['CERT_', 'FETCH_TLS', 'shows a certificate that is not valid'],
  ['ERR_TLS_', 'FETCH_TLS', 'shows a certificate that is not valid'],
  ['ERR_SSL_', 'FETCH_TLS', 'does not speak TLS'],
  ['UND_ERR_PRX_TLS', 'FETCH_TLS', 'could not be reached securely through the proxy'],
]

/** Without a connection no other address of the host can be had either. */
const unreached: ReadonlySet<FetchCode> = new Set(['FETCH_DNS', 'FETCH_CONNECT', 'FETCH_TLS'])
const connectTimeouts: ReadonlySet<string> = new Set(['UND_ERR_CONNECT_TIMEOUT', 'ETIMEDOUT'])

/** The fault behind an error of the network; a fault passes unchanged. */
export function toNetworkFault(error: unknown, host: string): Fault {
  if (error instanceof Fault) return error
  const code = codeOf(error)
  const row = causes[code]
  if (row !== undefined) {
    const isUnreached = unreached.has(row[0]) || connectTimeouts.has(code)
    return new Fault(row[0], `${host} ${row[1]}.`, { cause: describe(error), canRetry: row[2], isUnreached })
  }
  const family = causeFamilies.find(([prefix]) => code.startsWith(prefix))
  if (family !== undefined) {
    return new Fault(family[1], `${host} ${family[2]}.`, { cause: describe(error), isUnreached: unreached.has(family[1]) })
  }
  return new Fault('FETCH_CONNECT', `${host} could not be asked.`, { cause: describe(error) })
}

/** Several addresses tried in vain come as one error without a text of its own. */
function describe(error: unknown): string {
  return error instanceof AggregateError ? error.errors.map(causeOf).join('; ') : causeOf(error).trim().replaceAll(/\s+/g, ' ')
}

/** The error's code; for one of undici's parser, which has none at times, its name. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return ''
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name
}
