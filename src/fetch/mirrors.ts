import { WeekloomError } from '../problems.js'

/** Where hosts are really asked. Addresses outside this file are always those of the original host. */
export interface Mirrors {
  /** Origin that stands in for a host; undefined when the host is asked itself. */
  originFor(hostname: string): string | undefined
  /** The original address behind one that a mirror redirects to; others come back unchanged. */
  toOriginal(target: URL, from: URL): URL
}

/** Reads the `hosts` map: host name → origin that is asked in its place. Throws a `WeekloomError` for an origin that cannot be one. */
export function createMirrors(hosts: Readonly<Record<string, string>>): Mirrors {
  const origins = new Map(Object.entries(hosts).map(([host, text]) => [host.toLowerCase(), readOrigin(host, text)]))
  return {
    originFor: hostname => origins.get(hostname),
    toOriginal(target, from) {
      const host =
        origins.get(from.hostname) === target.origin ? from.hostname : [...origins].find(([, origin]) => origin === target.origin)?.[0]
      if (host === undefined) return target
      // By setters, not by joining texts: a path that begins with `//` must not become a host.
      const original = new URL(target)
      original.protocol = from.protocol
      original.port = host === from.hostname ? from.port : ''
      original.hostname = host
      return original
    },
  }
}

function readOrigin(host: string, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if ((url?.protocol !== 'http:' && url?.protocol !== 'https:') || url.pathname !== '/' || url.search !== '') {
    throw new WeekloomError(`hosts: \`${text}\` for ${host} is no origin.`, 'Write it as http://127.0.0.1:8080, without a path.')
  }
  return url.origin
}
