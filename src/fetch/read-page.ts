import { makeProblem, type Outcome } from '../problems.js'
import { decodeBody } from '../text/decode-body.js'
import type { Instant, Page } from '../types.js'
import { Fault } from './fetch-problem.js'
import { type Fetched, type FetchRequest, receivedValidators, sentValidators } from './fetch-request.js'
import type { Journey } from './journey.js'
import type { Answer } from './send-request.js'

/** Media types that are texts. */
const textual = /^text\/|[/+](?:xml|json|html|xhtml|rss|atom|rdf|yaml|javascript|ecmascript|toml|markdown)\b/

/** What a server says when it does not know (RFC 9110, 8.3). */
const unknownType = 'application/octet-stream'

/** Share of unreadable characters from which a reader is told. */
const noticedShare = 0.001

/**
 * What a final answer brings: a page, or the word that the stored copy is still good.
 * Throws `FETCH_NOT_MODIFIED_UNASKED` and `FETCH_EMPTY`; notes `FETCH_CHARSET` where characters were lost.
 */
export function readPage(answer: Answer, journey: Journey, asked: string, request: FetchRequest, fetchedAt: Instant): Outcome<Fetched> {
  const { status, headers, body: bytes } = answer
  const { hostname, href: finalUrl } = journey.url
  const moved = journey.permanentUrl === undefined ? {} : { permanentUrl: journey.permanentUrl }
  if (status === 304) {
    const sent = sentValidators(request)
    if (Object.keys(sent).length === 0) throw new Fault('FETCH_NOT_MODIFIED_UNASKED', `${hostname} answered 304 to a plain request.`)
    return { ok: true, value: { kind: 'not-modified', ...sent, ...receivedValidators(headers), ...moved } }
  }
  if (bytes.length === 0) throw new Fault('FETCH_EMPTY', `${hostname} answered ${status} with an empty body.`)
  const contentType = headers.get('content-type') ?? ''
  const mediaType = contentType.split(';', 1)[0]?.trim().toLowerCase() || unknownType
  const decoded = request.as !== 'bytes' && isText(mediaType, bytes) ? decodeBody(bytes, contentType) : undefined
  const page: Page = { url: asked, finalUrl, status, mediaType, body: decoded?.text ?? bytes, fetchedAt, from: 'network' }
  const value: Fetched = { kind: 'page', page, ...receivedValidators(headers), ...moved }
  if (decoded === undefined || decoded.unreadable < noticedShare) return { ok: true, value }
  const lost = `${(decoded.unreadable * 100).toFixed(1)} % of the characters beyond ASCII are no ${decoded.encoding}.`
  return { ok: true, value, problems: [makeProblem('FETCH_CHARSET', { url: asked }, lost, { data: { encoding: decoded.encoding } })] }
}

/** A type that says nothing is taken for text unless there are zero bytes at the beginning. */
function isText(mediaType: string, bytes: Uint8Array): boolean {
  return textual.test(mediaType) || (mediaType === unknownType && !bytes.subarray(0, 512).includes(0))
}
