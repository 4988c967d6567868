import type { RequestListener } from 'node:http'
import { isIP } from 'node:net'

/**
 * Answers only who asks for this machine: by an address, by `localhost` or a name below it, or by the name that was given to listen on. Any other name may be that of a
 * page elsewhere, made to resolve to this machine so that its scripts can read what stands here (DNS rebinding).
 */
export function guardHost(given: string, answer: RequestListener): RequestListener {
  return (message, response) => {
    if (isOwnHost(message.headers.host ?? '', [given])) return answer(message, response)
    response.writeHead(403, { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' })
    response.end('This name is not that of the preview. Ask for its address, or give the name with --host.\n')
  }
}

/** Whether a host that is asked for is this machine by itself, or by one of its names; a name with a dot in front has all below it. */
export function isOwnHost(asked: string, names: readonly string[]): boolean {
  const host = hostnameOf(asked)
  if (isIP(host) > 0 || /(?:^|\.)localhost$/.test(host)) return true
  return host !== '' && names.some(name => (name.startsWith('.') ? `.${host}`.endsWith(name) : host === hostnameOf(name)))
}

/** A host without port, brackets and the dot of the root zone, in the one spelling that a URL gives it; empty for none. */
function hostnameOf(host: string): string {
  const isAddress = isIP(host) === 6
  const origin = `http://${isAddress ? `[${host}]` : host}`
  return URL.canParse(origin) ? new URL(origin).hostname.replace(/^\[|[\].]$/g, '') : ''
}
