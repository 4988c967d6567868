import { isPermanentRedirect } from './answer-status.js'
import type { FetchSettings } from './fetch-options.js'
import { Fault } from './fetch-problem.js'
import { findRefusedRange, isLocalName, opensPrivate, refuseAddress } from './guard-address.js'
import type { Mirrors } from './mirrors.js'
import type { Answer } from './send-request.js'

/** The way from an address to its page: where it has come to and what is left of its limits. */
export interface Journey {
  /** The address to ask next; never that of a mirror. */
  url: URL
  /** Addresses that redirected, or are about to be asked. */
  readonly visited: Set<string>
  /** Where permanent redirects alone have led to. */
  permanentUrl?: string
  /** A temporary redirect was met: what comes after it is not permanent. */
  isTemporary: boolean
  /** The host that a request was last made to; none when it was turned away before. */
  askedHost?: string
  /** Times that an address was asked and a retry was worth it, plus one. */
  tried: number
  /** What is left of `timeout`, in milliseconds. */
  timeLeft: number
}

/** Begins at an address. Throws `FETCH_SCHEME` for a text that is no http or https address. */
export function startJourney(address: string, { timeout }: FetchSettings): Journey {
  const url = readAddress(address)
  return { url, visited: new Set([url.href]), isTemporary: false, tried: 1, timeLeft: timeout }
}

/** Throws unless the next address may be asked, as far as its spelling tells: range (`FETCH_REFUSED`), then host (`FETCH_HOST_UNKNOWN`). */
export function assertMayAsk({ url: { hostname } }: Journey, settings: FetchSettings, mirrors: Mirrors): void {
  const range = mirrors.originFor(hostname) === undefined ? rangeBySpelling(hostname, settings) : undefined
  if (range !== undefined) throw refuseAddress(hostname, range)
  if (!settings.allows(hostname)) throw new Fault('FETCH_HOST_UNKNOWN', `No source names the host ${hostname}.`)
}

/** The range that forbids a host. A proxy resolves names where nobody can check what it gets, so names of private networks do not get there. */
function rangeBySpelling(hostname: string, { allowPrivate, proxy }: FetchSettings): string | undefined {
  const isOpen = opensPrivate(allowPrivate, hostname)
  const isUnchecked = !isOpen && (proxy.http ?? proxy.https) !== undefined
  return findRefusedRange(hostname, isOpen) ?? (isUnchecked && isLocalName(hostname) ? 'private' : undefined)
}

/** Turns to where a redirect leads. Throws `FETCH_REDIRECT` for a loop, one too many and one to nowhere, `FETCH_SCHEME` for one out of the web. */
export function followRedirect(journey: Journey, answer: Answer, { maxRedirects }: FetchSettings, mirrors: Mirrors): void {
  const location = answer.headers.get('location') ?? ''
  if (location === '') throw new Fault('FETCH_REDIRECT', `${journey.url.hostname} answered ${answer.status} without saying where to.`)
  const url = mirrors.toOriginal(readAddress(toUtf8(location), journey.url), journey.url)
  if (journey.visited.has(url.href)) throw new Fault('FETCH_REDIRECT', 'The redirects lead in a circle.')
  if (journey.visited.size > maxRedirects) throw new Fault('FETCH_REDIRECT', `There are more than ${maxRedirects} redirects.`)
  journey.visited.add(url.href)
  journey.url = url
  journey.isTemporary ||= !isPermanentRedirect(answer.status)
  if (!journey.isTemporary) journey.permanentUrl = url.href
}

/** Length of the longest address that is asked for, in characters; servers take about as much. */
const maxAddress = 8192

/** An address as it is asked for: without fragment, without user name and password (they are never sent), without the dot of the root zone. */
function readAddress(text: string, base?: URL): URL {
  if (text.length > maxAddress) throw new Fault('FETCH_SCHEME', `The address has ${text.length} characters.`)
  if (!URL.canParse(text, base?.href)) throw new Fault('FETCH_SCHEME', `"${text.slice(0, 200)}" is no address.`)
  const url = new URL(text, base)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new Fault('FETCH_SCHEME', `${url.protocol} addresses are not fetched.`)
  url.hash = ''
  url.username = ''
  url.password = ''
  url.hostname = url.hostname.replace(/\.$/, '')
  return url
}

/** Header bytes beyond ASCII are UTF-8 in every `Location` that means anything. */
function toUtf8(latin1: string): string {
  return Buffer.from(latin1, 'latin1').toString('utf8')
}
