import { createServer, type Server } from 'node:http'
import { causeOf, type Problem, WeekloomError } from '../problems.js'
import type { Options } from '../run/options.js'
import { untilStopped } from '../run/until-stopped.js'
import { guardHost } from './guard-host.js'
import { toNodeListener } from './node-listener.js'
import { buildFiles, type Handler, mountAt, type Preview, shownFiles, tellWhole } from './preview-files.js'
import type { ServedFile } from './served-files.js'
import { watchFiles } from './watch-files.js'

export interface PreviewRequest {
  /** Gives the options, anew for each build. */
  options: () => Promise<Options>
  host: string
  /** 0 for any that is free. */
  port: number
  /** Lets other machines in: without it only addresses of this machine itself are listened on. */
  isPublic: boolean
  /** Gives the files that are watched beside those of the sources, such as the config file, anew for each look. */
  watch: () => readonly string[]
  /** Milliseconds between two looks for changes. @default 500 */
  interval?: number
  signal: AbortSignal
  /** Is given what hears of failures that nothing waits for. */
  onStray?(hear: (failure: string) => void): void
  /** Is told that what the store has is served, while the first build fetches the rest. */
  onEarly?(url: string): void
  /** Is told of the first build and of every one after a change. */
  onBuilt(built: { url: string; problems: readonly Problem[]; failure?: string }): void
}

const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)$/i

/**
 * Serves the feeds as a build would write them, first from the store alone, since fetching can take minutes, and builds again when a post or the config changes; nothing is written but the store, and that only where the network is asked. Beside them
 * `problems` and `problems.json` say what is wrong. Ends when the signal says so. Throws a `WeekloomError` when the first build
 * cannot be, or the address cannot be had; a later build that fails leaves what was there.
 */
export async function servePreview(request: PreviewRequest): Promise<void> {
  const { signal, watch, interval = 500, onBuilt } = request
  if (!request.isPublic && !loopback.test(request.host)) {
    throw new WeekloomError(`${request.host} is an address that other machines can reach.`, 'Add --public when that is what you want.')
  }
  // Who asks before the first build is done waits for it.
  let begin: (handler: Handler) => void = () => {}
  const first = new Promise<Handler>(resolve => {
    begin = resolve
  })
  let current: Handler | undefined
  const answer = toNodeListener(async asked => (current ?? (await first))(asked))
  const server = createServer(guardHost(request.host, answer))
  const host = await listen(server, request)
  let show: ((failure?: string) => void) | undefined
  let stray: string | undefined
  request.onStray?.(failure => {
    stray = failure
    // One that comes while a build goes on is shown behind it.
    show?.(failure)
  })
  try {
    const readOptions = () => untilStopped(request.options(), signal, 'the config')
    let options = await readOptions()
    const watched = () => ({
      patterns: options.sources.flatMap(({ files = [] }) => files),
      paths: watch(),
      cwd: options.cwd ?? process.cwd(),
    })
    // What changes while the first build goes on counts too.
    const changes = await watchFiles(watched, interval, signal)
    let build: Preview = { url: host, files: [], problems: [] }
    let served: readonly ServedFile[] = []
    // One handler for all builds: it tells clients that know a file by its date alone of each change that it sees.
    const mounts = new Map<string, Handler>()
    const put = (failure?: string) => {
      served = shownFiles(build, failure)
      const base = new URL(build.url).pathname
      current = mounts.get(base) ?? mountAt(base, () => served)
      mounts.set(base, current)
      begin(current)
    }
    const tell = (failure?: string) => {
      put(failure)
      onBuilt({ url: build.url, problems: build.problems, ...(failure === undefined ? {} : { failure }) })
    }
    const tellBuilt = () => {
      show = tell
      tell()
      if (stray !== undefined) tell(stray)
    }
    if ((options.network ?? 'auto') === 'auto') {
      build = await buildFiles({ ...options, network: 'frozen', onProgress: () => {} }, host, signal)
      put()
      request.onEarly?.(build.url)
    }
    build = await buildFiles(options, host, signal)
    tellBuilt()
    for await (const _ of changes) {
      show = undefined
      stray = undefined
      try {
        options = await readOptions()
        build = await buildFiles(options, host, signal)
        tellBuilt()
      } catch (error) {
        if (signal.aborted) return
        tell(tellWhole(error))
        show = tell
      }
    }
  } catch (error) {
    if (!signal.aborted) throw error
  } finally {
    server.close()
    server.closeAllConnections()
  }
}

function listen(server: Server, { host, port }: PreviewRequest): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', error => {
      const isTaken = 'code' in error && error.code === 'EADDRINUSE'
      reject(
        isTaken
          ? new WeekloomError(
              `${host}:${port} is in use: another program listens there, perhaps another preview.`,
              'Stop that, or choose another port with --port; 0 takes any that is free.',
            )
          : new WeekloomError(`${host}:${port} cannot be listened on: ${causeOf(error)}`, 'Choose another with --port or --host.'),
      )
    })
    server.listen(port, host.replace(/^\[|\]$/g, ''), () => {
      const address = server.address()
      const own = typeof address === 'object' && address ? address.port : port
      resolve(`http://${host.includes(':') && !host.startsWith('[') ? `[${host}]` : host}:${own}/`)
    })
  })
}
