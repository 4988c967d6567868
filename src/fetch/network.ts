import { type LookupFunction, Socket } from 'node:net'
import { Agent, buildConnector, type Dispatcher, EnvHttpProxyAgent } from 'undici'
import type { FetchSettings } from './fetch-options.js'
import { findRefusedRange, opensPrivate, refuseAddress } from './guard-address.js'
import type { Mirrors } from './mirrors.js'

/** The sockets of a fetcher. */
export interface Network {
  /** Which origin is asked for an address, and through which sockets. */
  route(url: URL): { origin: string; dispatcher: Dispatcher }
  /** Ends all sockets. */
  close(): Promise<void>
}

/** Size of all headers of an answer, in bytes. */
const maxHeaderSize = 64 * 1024

/**
 * Opens the two ways out: a guarded one, through the proxies of the settings where there are any, and a plain one for mirrors.
 * The signal ends sockets that are still connecting, which the dispatchers' own `destroy` leaves alone for as long as the connect time-out.
 */
export function openNetwork(settings: FetchSettings, mirrors: Mirrors, signal: AbortSignal): Network {
  const { proxy, connectTimeout: timeout } = settings
  const track = trackConnecting(signal)
  const guarded = { connect: track(guardConnect(settings)), maxHeaderSize }
  const outside =
    proxy.http === undefined && proxy.https === undefined
      ? new Agent(guarded)
      : new EnvHttpProxyAgent({
          ...guarded,
          // Plain http goes to the proxy as such: many refuse to open a tunnel to port 80.
          proxyTunnel: false,
          httpProxy: proxy.http ?? '',
          httpsProxy: proxy.https ?? '',
          noProxy: proxy.none ?? '',
        })
  const inside = new Agent({ connect: track(buildConnector({ timeout })), maxHeaderSize })
  return {
    route(url) {
      const mirror = mirrors.originFor(url.hostname)
      return mirror === undefined ? { origin: url.origin, dispatcher: outside } : { origin: mirror, dispatcher: inside }
    },
    async close() {
      await Promise.all([outside.destroy(), inside.destroy()])
    },
  }
}

/**
 * Connects to checked addresses only. A literal address is checked before, since no lookup is made for one; a name is resolved
 * by us and the very addresses that passed are handed to the socket, so that no second lookup can answer otherwise (DNS rebinding).
 */
function guardConnect({ connectTimeout: timeout, allowPrivate, lookup }: FetchSettings): buildConnector.connector {
  const checkedLookup: LookupFunction = (host, options, callback) => {
    lookup(host).then(
      found => {
        const ranges = found.map(({ address }) => findRefusedRange(address, opensPrivate(allowPrivate, host)))
        const open = found.filter((_, index) => ranges[index] === undefined)
        const [first] = open
        if (first === undefined) callback(found.length === 0 ? noAddress(host) : refuseAddress(host, ranges[0] ?? 'reserved'), [])
        else if (options.all) callback(null, open)
        else callback(null, first.address, first.family)
      },
      error => callback(error, []),
    )
  }
  const connect = buildConnector({ timeout, lookup: checkedLookup, autoSelectFamily: true })
  return (options, callback) => {
    const range = findRefusedRange(options.hostname, opensPrivate(allowPrivate, options.hostname))
    if (range === undefined) return connect(options, callback)
    callback(refuseAddress(options.hostname, range), null)
  }
}

/** Wraps connectors so that the signal destroys their unfinished sockets. (A socket's own `signal` option never lets go of the signal, nor the signal of the socket.) */
function trackConnecting(signal: AbortSignal): (connect: buildConnector.connector) => buildConnector.connector {
  const connecting = new Set<Socket>()
  signal.addEventListener('abort', () => {
    for (const socket of connecting) socket.destroy()
  })
  return connect => (options, callback) => {
    // Undici's connectors give their socket back, though the type does not say so.
    let socket: unknown
    socket = connect(options, (...result) => {
      if (socket instanceof Socket) connecting.delete(socket)
      callback(...result)
    })
    if (socket instanceof Socket) connecting.add(socket)
  }
}

function noAddress(host: string): Error {
  return Object.assign(new Error(`no address for ${host}`), { code: 'ENODATA' })
}
