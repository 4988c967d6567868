import { existsSync, readdirSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join, resolve } from 'node:path'
import { say } from '../cli/say.js'
import type { Options } from '../run/options.js'
import { type Settings, settleOptions } from '../run/settings.js'
import { toNodeListener } from '../serve/node-listener.js'
import { buildFiles, mountAt, type Preview, shownFiles, tellWhole } from '../serve/preview-files.js'
import type { ServedFile } from '../serve/served-files.js'
import { signatureOf } from '../serve/watch-files.js'
import { unwrittenStore } from '../store/unwritten-store.js'
import { decodePercent } from '../text/url.js'
import type { PluginOptions } from './plugin-options.js'
import { configPlaces, siteOptions } from './site-config.js'

/** A step of a server such as Connect, which Vite has. Where steps before it took a part of the address off, `originalUrl` has the whole. */
export type Middleware = (
  message: IncomingMessage & { originalUrl?: string | undefined },
  answer: ServerResponse,
  next: (error?: unknown) => void,
) => void

/** Where and for whom a preview is. */
export interface PreviewPlace {
  /** Folder of the site. */
  root: string
  /** Path of the site's own pages. */
  home: string
  /** Whether what is asked for under this host may be told. */
  isAllowed(host: string): boolean
}

/** The config is looked at so often at most, in milliseconds: a page asks for hundreds of files. */
const interval = 500
/** What may be a feed or lie beside one, though the last build had none there: the config may have changed. */
const feedLike = /\.(?:xml|json|opml|html|ics)$/
const problems: readonly string[] = ['problems', 'problems.json']

/** A site, as its config says. */
interface OpenedSite {
  options: Options
  /** Path of the feeds. */
  base: string
  /** Whether nothing of the site's own stands there. */
  isApart: boolean
  answer: ReturnType<typeof toNodeListener>
  /** What the posts and the store look like. */
  look(): Promise<string>
}

/**
 * Answers for the feeds in a development server: for the files that a build would write below the path of `baseUrl`, made of the posts and the store when one is asked for, and anew when a post, the store or
 * the config has changed since; beside them what is wrong. All else is left to the server. Nothing is written, and no network asked.
 */
export function openSitePreview(given: PluginOptions, { root, home, isAllowed }: PreviewPlace): Middleware {
  let site: OpenedSite | undefined
  let preview: Preview | undefined
  let served: readonly ServedFile[] = []
  let looked = Number.NEGATIVE_INFINITY
  const looks: { config?: string; content?: string } = {}
  let isMistaken = false
  let turn: Promise<unknown> = Promise.resolve()

  /** Whether a step could be taken; tells what stopped it. */
  const attempt = async (step: () => Promise<void>): Promise<boolean> => {
    try {
      await step()
      return true
    } catch (error) {
      const failure = tellWhole(error)
      say(`weekloom: ${failure}`)
      served = shownFiles(preview ?? { url: '', files: [], problems: [] }, failure)
      return false
    }
  }
  const open = async () => {
    const options = await siteOptions(given, root)
    const settings = settleOptions(options)
    const base = new URL(settings.baseUrl).pathname
    const answer = site?.base === base ? site.answer : toNodeListener(mountAt(base, () => served))
    // What is read of posts is kept in memory from one build to the next.
    const store = unwrittenStore(settings.store, [])
    const look = () => lookAtContent(settings, options.store)
    site = { options: { ...options, store, network: 'frozen' }, base, isApart: base !== '/' && base !== home, answer, look }
  }
  /** Reads the config, unless it was read and is the same. */
  const refresh = async () => {
    if (performance.now() - looked < interval) return
    const now = await signatureOf({ patterns: [], paths: configPlaces(given, root), cwd: root })
    looked = performance.now()
    if (now === looks.config) return
    looks.config = now
    delete looks.content
    isMistaken = !(await attempt(open))
  }
  /** Makes the feeds, unless they were made and nothing has changed. */
  const build = async ({ options, look }: OpenedSite, origin: string) => {
    // Addresses in the feeds are those under which they are asked for: a telephone knows this machine by another name than a browser on it.
    const now = `${origin}\n${await look()}`
    if (now === looks.content) return
    looks.content = now
    await attempt(async () => {
      preview = await buildFiles(options, origin, new AbortController().signal)
      served = shownFiles(preview)
    })
  }
  /** Whether a build writes a file at a path, or what is wrong is told there. */
  const isThere = ({ base, isApart }: OpenedSite, path: string) => {
    const below = decodePercent(path.slice(base.length))
    return path.startsWith(base) && ((isApart && problems.includes(below)) || preview?.files.some(file => file.path === below) === true)
  }
  /** Whether a path can have no feed, as far as is known without looking anew: a page asks for hundreds of files, which should not wait for a build. */
  const isOthers = (at: OpenedSite, path: string) =>
    !path.startsWith(at.base) || (!at.isApart && !isThere(at, path) && !feedLike.test(path))
  /** The site, where it has a feed or a file beside it at a path. */
  const find = async (path: string, origin: string) => {
    await refresh()
    if (site === undefined || isOthers(site, path)) return undefined
    if (!isMistaken) await build(site, origin)
    return isThere(site, path) ? site : undefined
  }
  return (message, answer, next) => {
    const [path = '/'] = (message.originalUrl ?? message.url ?? '/').split(/[?#]/)
    const { ':authority': authority, ':scheme': scheme, host = authority } = message.headers
    if (typeof host !== 'string' || !isAllowed(host)) return next()
    const origin = `${scheme ?? ('encrypted' in message.socket ? 'https' : 'http')}://${host}/`
    // One after the other, so that feeds that are asked for at the same time come of one build.
    const found = turn.then(() => find(path, origin))
    turn = found.catch(() => {})
    if (site !== undefined && isOthers(site, path) && !feedLike.test(path)) return next()
    found
      .then(at => {
        if (at === undefined) return next()
        message.url = message.originalUrl ?? message.url
        at.answer(message, answer)
      })
      .catch(next)
  }
}

/** What posts and store look like. A file of the store is written beside its place and renamed, so that its folder tells of it. */
async function lookAtContent({ sources, cwd }: Settings, store: Options['store'] = '.weekloom'): Promise<string> {
  const patterns = sources.flatMap(({ files = [] }) => files)
  return signatureOf({ patterns, paths: typeof store === 'string' ? foldersBelow(resolve(cwd, store), 3) : [], cwd })
}

/** A folder and those below it, without caches. */
function foldersBelow(folder: string, depth: number): string[] {
  const below = depth > 0 && existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : []
  return [
    folder,
    ...below.flatMap(entry => (entry.isDirectory() && entry.name !== 'cache' ? foldersBelow(join(folder, entry.name), depth - 1) : [])),
  ]
}
