import type { IncomingMessage, ServerResponse } from 'node:http'
import { assertInput } from '../text/assert-input.js'

/**
 * Lets a function from `Request` to `Response`, such as `createHandler` makes, answer Node's own server: `createServer(toNodeListener(handler))`.
 * Bodies of requests are not read. A handler that fails is answered with 500, which says nothing of why; a method that `Request` does not take, with 405.
 *
 * @param onError is given what a handler threw. @default makes a warning of Node of it, a line on stderr
 */
export function toNodeListener(
  handler: (request: Request) => Response | Promise<Response>,
  onError: (error: unknown) => void = warn,
): (message: IncomingMessage, answer: ServerResponse) => void {
  assertInput(
    typeof handler === 'function',
    'The handler',
    handler,
    'a function from `Request` to `Response`, as `createHandler` makes one',
  )
  return (message, answer) => {
    message.resume()
    const request = toRequest(message)
    if (request === undefined) return void answer.writeHead(405, { allow: 'GET, HEAD, OPTIONS' }).end()
    Promise.resolve(request)
      .then(handler)
      .then(response => send(response, answer))
      .catch((error: unknown) => {
        if (answer.headersSent) answer.destroy()
        else answer.writeHead(500, { 'content-type': 'text/plain; charset=utf-8' }).end('Internal error\n')
        onError(error)
      })
  }
}

function warn(error: unknown): void {
  process.emitWarning(`A request was answered with 500: ${error instanceof Error ? error.message : String(error)}`, 'weekloom')
}

/** The name of the host is what the client says it is: nothing should depend on it, so it is left out. */
function toRequest({ url = '/', method = 'GET', headers }: IncomingMessage): Request | undefined {
  const fields = new Headers()
  // Those of HTTP/2 that begin with a colon are no fields.
  for (const [name, value] of Object.entries(headers).filter(([name]) => !name.startsWith(':')))
    for (const each of [value ?? []].flat()) fields.append(name, each)
  try {
    // A target can be a whole address (RFC 9112, section 3.2.2); a path that begins with `//` would be read as one.
    const path = url.replace(/^https?:\/\/[^/?]*/i, '').replace(/^\/+/, '')
    return new Request(`http://localhost/${path}`, { method, headers: fields })
  } catch {
    return undefined
  }
}

async function send(response: Response, answer: ServerResponse): Promise<void> {
  answer.writeHead(response.status, Object.fromEntries(response.headers))
  answer.end(response.body === null ? undefined : new Uint8Array(await response.arrayBuffer()))
}
