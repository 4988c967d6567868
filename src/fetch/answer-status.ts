import { type Again, Fault } from './fetch-problem.js'

/** Statuses whose body is what was asked for. 202 and 206 are not: the one is how firewalls challenge, the other brings a part. */
const pages = new Set([200, 203])

const redirects = new Set([301, 302, 303, 307, 308])

/** Redirects that say: replace the address. */
const permanentRedirects = new Set([301, 308])

/** Statuses of a host that is busy or being mended: one more try can help. */
const passing = new Set([429, 502, 503, 504])

/** Status → fault, for those with a meaning of their own; other statuses without a page are `FETCH_STATUS`. */
const faults: Readonly<Record<number, (host: string) => Fault>> = {
  204: host => new Fault('FETCH_EMPTY', `${host} answered 204, no content.`),
  205: host => new Fault('FETCH_EMPTY', `${host} answered 205, no content.`),
  404: host => new Fault('FETCH_GONE', `${host} answered 404: there is no such page.`, { data: { status: '404' } }),
  410: host => new Fault('FETCH_GONE', `${host} answered 410: the page was removed.`, { data: { status: '410' } }),
  429: host => new Fault('FETCH_LATER', `${host} answered 429: too many requests.`, { canRetry: true, data: { status: '429' } }),
}

/** The body is what was asked for. */
export function bringsPage(status: number): boolean {
  return pages.has(status)
}

/** What was sent has been taken, now or for later. */
export function isTaken(status: number): boolean {
  return status >= 200 && status < 300
}

/** The answer sends us elsewhere. */
export function isRedirect(status: number): boolean {
  return redirects.has(status)
}

/** The address should be replaced by the one that the answer names. */
export function isPermanentRedirect(status: number): boolean {
  return permanentRedirects.has(status)
}

/** The host is up and sure of its answer, whatever it is. */
export function isSettled(status: number): boolean {
  return !passing.has(status)
}

/** The fault of an answer whose status brings nothing; undefined for a page, a redirect and 304. */
export function findStatusFault(status: number, hasRetryAfter: boolean, host: string): Fault | undefined {
  if (bringsPage(status) || status === 304 || isRedirect(status)) return undefined
  const known = faults[status]
  if (known !== undefined) return known(host)
  if (status === 503 && hasRetryAfter) {
    return new Fault('FETCH_LATER', `${host} answered 503: not available now.`, { canRetry: true, data: { status: '503' } })
  }
  const again: Again = status >= 500 ? 'soon' : 'later'
  return new Fault('FETCH_STATUS', `${host} answered ${status}.`, {
    canRetry: passing.has(status),
    again,
    data: { status: String(status) },
  })
}
