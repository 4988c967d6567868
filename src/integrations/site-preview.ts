import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { listConfigFiles } from '../build/config-files.js'
import { configNames } from '../build/load-config.js'
import { say } from '../cli/say.js'
import type { Options } from '../run/options.js'
import { settleOptions } from '../run/settings.js'
import { toNodeListener } from '../serve/node-listener.js'
import { buildFiles, mountAt, type Preview, shownFiles, tellWhole } from '../serve/preview-files.js'
import type { ServedFile } from '../serve/served-files.js'
import { signatureOf } from '../serve/watch-files.js'
import { decodePercent } from '../text/url.js'
import type { PluginOptions } from './plugin-options.js'
import { configFile, siteOptions } from './site-config.js'

/** A step of a server such as Connect, which Vite has. */
export type Middleware = (message: IncomingMessage, answer: ServerResponse, next: (error?: unknown) => void) => void

/**
 * Answers for the feeds in a development server: for what is below the path of `baseUrl`, made of the posts and the store when it is asked for, and anew when a post or the config has
 * changed since. All else is left to the server, also what a build has written there. Nothing is written, and no network asked.
 *
 * @param home path of the site's own pages: where the feeds stand right there, only what a build writes is shown
 * @param host gives the address of the server, once it has one
 */
export function openSitePreview(given: PluginOptions, root: string, home: string, host: () => string | undefined): Middleware {
  let options: Options | undefined
  let base: string | undefined
  let answerFor: ReturnType<typeof toNodeListener> = () => {}
  let preview: Preview = { url: '', files: [], problems: [] }
  let served: readonly ServedFile[] = []
  let turn: Promise<unknown> = Promise.resolve()

  /** What the config and the posts look like; where there is no config yet, the places where it is looked for. */
  const look = async () => {
    const config = configFile(given, root)
    const places = config === undefined ? configNames.map(name => join(root, name)) : listConfigFiles(config)
    const patterns = options?.sources.flatMap(({ files = [] }) => files) ?? []
    return signatureOf({ patterns, paths: typeof given.config === 'object' ? [] : places, cwd: options?.cwd ?? root })
  }
  const open = async () => {
    options = await siteOptions(given, root)
    const { pathname } = new URL(settleOptions(options).baseUrl)
    if (pathname !== base) answerFor = toNodeListener(mountAt(pathname, () => served))
    base = pathname
  }
  const build = async () => {
    await open()
    if (options === undefined) return
    preview = await buildFiles({ ...options, network: 'frozen' }, host() ?? 'http://localhost/', new AbortController().signal)
    served = shownFiles(preview)
  }
  const looks = new Map<typeof open, string>()
  /** Takes a step unless nothing has changed since it was taken last, and tells what stopped it. */
  const unlessSame = async (step: typeof open) => {
    const now = await look()
    if (looks.get(step) === now) return
    looks.set(step, now)
    try {
      await step()
    } catch (error) {
      const failure = tellWhole(error)
      say(`weekloom: ${failure}`)
      served = shownFiles(preview, failure)
    }
  }
  /** Whether there is a feed or a file beside it at a path. */
  const has = async (path: string) => {
    if (base === undefined) await unlessSame(open)
    if (base === undefined || !path.startsWith(base)) return false
    await unlessSame(build)
    const below = decodePercent(path.slice(base.length))
    const isApart = base !== '/' && base !== home
    return (isApart ? served : preview.files).some(file => file.path === below) || (isApart && below === '')
  }
  return (message, answer, next) => {
    const [path = '/'] = (message.url ?? '/').split(/[?#]/)
    if (base !== undefined && !path.startsWith(base)) return next()
    // One after the other, so that feeds that are asked for at the same time come of one build.
    const found = turn.then(() => has(path))
    turn = found.catch(() => {})
    found.then(isOurs => (isOurs ? answerFor(message, answer) : next())).catch(next)
  }
}
