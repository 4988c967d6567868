import type { LookupAddress } from 'node:dns'
import { lookup } from 'node:dns/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { WeekloomError } from '../problems.js'
import type { Instant } from '../types.js'
import { userAgent } from '../version.js'

/** How a fetcher behaves. All times are in milliseconds. */
export interface FetcherOptions {
  /** Whether a host may be asked; gets the host name in lower case, without port. Redirects are held to it as well. Names of hosts that sources name, nothing else. */
  allows(host: string): boolean
  /**
   * Where hosts are really asked, for a mirror or a recording: `{ 'mp.weixin.qq.com': 'http://127.0.0.1:8080' }`.
   * The mirror gets path and query of the original and its own `Host` header; pages keep the original address.
   * Such a host has no pause, may be private, and is asked directly, never through a proxy.
   */
  hosts?: Readonly<Record<string, string>>
  /** Time between two requests to a host, by host name; `*` is for all others. Up to 30 % are added by chance. @default { 'mp.weixin.qq.com': 3000, '*': 1000 } */
  pause?: Readonly<Record<string, number>>
  /** Requests at once to one host. @default 1 */
  perHost?: number
  /** Requests at once to all hosts. @default 8 */
  total?: number
  /** For one try of an address, redirects included, from connecting to the last byte. @default 20000 */
  timeout?: number
  /** For name lookup, connecting and TLS. @default 10000 */
  connectTimeout?: number
  /** From the request to the end of the headers. @default 15000 */
  headersTimeout?: number
  /** Between two pieces of the body. @default 10000 */
  bodyTimeout?: number
  /** Size of a body in bytes, as sent and after unpacking. @default 8388608 */
  maxBytes?: number
  /** @default 5 */
  maxRedirects?: number
  /** How often an address is asked when that can help: no connection, reset, time-out, 429, 502, 503, 504. @default 2 */
  tries?: number
  /** @default name and version of this program, and the address of its project */
  userAgent?: string
  /** By host name: `obey` asks robots.txt for every page, `ignore` for none. @default {}: only pages that were discovered are held to it */
  robots?: Readonly<Record<string, 'obey' | 'ignore'>>
  /** Asks private, loopback, unique local and shared (100.64/10) addresses, of all hosts or of these. Metadata, link-local and multicast addresses stay closed. @default false */
  allowPrivate?: boolean | ReadonlySet<string>
  /** Bounds the whole run: requests made (redirects, retries and robots.txt count), minutes since the fetcher was made. @default no bounds */
  budget?: { readonly requests?: number; readonly minutes?: number }
  /**
   * Proxies for http and https addresses (that for http serves both when it is alone), and the hosts that go without (`none`, comma-separated, as NO_PROXY).
   * Through a proxy only the spelling of an address can be checked, since the proxy resolves the names: where there is one, names such as `localhost`, `wiki.internal` and those
   * without a dot are refused like private addresses; what other names resolve to, a proxy that reaches a private network must guard itself.
   * @default HTTP_PROXY, HTTPS_PROXY and NO_PROXY of the environment, also in lower case
   */
  proxy?: { readonly http?: string; readonly https?: string; readonly none?: string }
  /** Resolves a host name. What it gives is checked and then connected to, without a second lookup. @default the system's resolver */
  lookup?: LookupHost
  /** Milliseconds since 1970. @default Date.now */
  now?(): number
  /** Waits between requests (not the limits above, which are the network's own); ends early when the signal aborts. `now` must have advanced by then. @default a timer */
  sleep?(milliseconds: number, signal: AbortSignal): Promise<void>
  /** From 0 to less than 1. @default Math.random */
  random?(): number
  /** Is told of a host that asked by `Retry-After` to be left alone for longer than the fetcher waits. @default nobody is */
  onPutOff?(hostname: string, until: Instant): void
  /** Stops everything: what is under way and waiting ends as `FETCH_ABORTED`. */
  signal?: AbortSignal
}

/** Gives all addresses of a host name; rejects with the system's error code (`ENOTFOUND` …). */
export type LookupHost = (host: string) => Promise<readonly LookupAddress[]>

/** The options with nothing left open. */
export type FetchSettings = Required<Omit<FetcherOptions, 'signal'>> & Pick<FetcherOptions, 'signal'>

const defaultPause: Readonly<Record<string, number>> = { 'mp.weixin.qq.com': 3000, '*': 1000 }

const defaults = {
  hosts: {},
  perHost: 1,
  total: 8,
  timeout: 20_000,
  connectTimeout: 10_000,
  headersTimeout: 15_000,
  bodyTimeout: 10_000,
  maxBytes: 8 * 1024 * 1024,
  maxRedirects: 5,
  tries: 2,
  userAgent,
  robots: {},
  allowPrivate: false,
  budget: {},
  lookup: host => lookup(host, { all: true }),
  now: Date.now,
  sleep: (milliseconds, signal) => delay(milliseconds, undefined, { signal }),
  random: Math.random,
  onPutOff: () => {},
} satisfies Partial<FetchSettings>

/** Least value of the options that are counts. */
const leastCounts = { perHost: 1, total: 1, tries: 1, maxRedirects: 0, timeout: 1, maxBytes: 1 } as const

/** Fills in the defaults. Throws a `WeekloomError` for a count that is none. */
export function settleOptions(options: FetcherOptions): FetchSettings {
  const settings: FetchSettings = {
    ...defaults,
    proxy: readProxyEnvironment(process.env),
    ...options,
    pause: { ...defaultPause, ...options.pause },
  }
  for (const [name, least] of Object.entries(leastCounts) as [keyof typeof leastCounts, number][]) {
    if (!Number.isInteger(settings[name]) || settings[name] < least) {
      throw new WeekloomError(`fetch.${name} is ${settings[name]}.`, `It must be a whole number from ${least}.`)
    }
  }
  return settings
}

/** An empty variable is an unset one. */
function readProxyEnvironment(env: NodeJS.ProcessEnv): NonNullable<FetcherOptions['proxy']> {
  const http = env['http_proxy'] || env['HTTP_PROXY']
  const https = env['https_proxy'] || env['HTTPS_PROXY']
  const none = env['no_proxy'] || env['NO_PROXY']
  return { ...(http && { http }), ...(https && { https }), ...(none && { none }) }
}
