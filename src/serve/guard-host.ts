import type { RequestListener } from 'node:http'
import { isIP } from 'node:net'

/**
 * Answers only who asks for this machine: by an address, by `localhost` or a name below it, or by the name that was given to listen on. Any other name may be that of a
 * page elsewhere, made to resolve to this machine so that its scripts can read what stands here (DNS rebinding).
 */
export function guardHost(given: string, answer: RequestListener): RequestListener {
  const own = hostnameOf(given)
  return (message, response) => {
    const host = hostnameOf(message.headers.host ?? '')
    if (isIP(host) > 0 || /(?:^|\.)localhost$/.test(host) || (host !== '' && host === own)) return answer(message, response)
    response.writeHead(403, { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' })
    response.end('This name is not that of the preview. Ask for its address, or give the name with --host.\n')
  }
}

/** A host without port, brackets and the dot of the root zone, in the one spelling that a URL gives it; empty for none. */
function hostnameOf(host: string): string {
  const isAddress = isIP(host) === 6
  const origin = `http://${isAddress ? `[${host}]` : host}`
  return URL.canParse(origin) ? new URL(origin).hostname.replace(/^\[|[\].]$/g, '') : ''
}
