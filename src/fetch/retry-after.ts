/** Longest wait within a run, in milliseconds: a host that asks for more is left alone for the rest of it. */
export const longestWait = 30_000

/** Farthest moment that a host may put us off to, in milliseconds from now: seven days. */
const farthestRetry = 7 * 24 * 3_600_000

/** Wait before the second try, in milliseconds; doubled for each further one. */
const firstBackoff = 1_000

/**
 * The moment, in milliseconds since 1970, that a `Retry-After` header names: seconds or an HTTP date in any of its three forms (RFC 9110, 10.2.3 and 5.6.7).
 * Undefined when it is absent or unreadable; never before `now`, never more than seven days after it.
 */
export function parseRetryAfter(header: string | undefined, now: number): number | undefined {
  const text = header?.trim() ?? ''
  const moment = /^\d+$/.test(text) ? now + Number(text) * 1000 : parseHttpDate(text)
  return moment === undefined ? undefined : Math.min(Math.max(moment, now), now + farthestRetry)
}

/** How long to wait before the next try, in milliseconds: doubled each time, with up to 30 % more by chance. */
export function backoffBefore(tried: number, random: number): number {
  return Math.round(firstBackoff * 2 ** (tried - 1) * (1 + 0.3 * random))
}

function parseHttpDate(text: string): number | undefined {
  if (!/^[A-Z][a-z]{2,8},? /.test(text)) return undefined
  const moment = Date.parse(text.endsWith('GMT') ? text : `${text} GMT`)
  return Number.isNaN(moment) ? undefined : moment
}
