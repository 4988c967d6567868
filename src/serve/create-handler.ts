import { assertInput } from '../text/assert-input.js'
import { aFlag, assertForm, aText, aValue, optionsOf } from '../text/form.js'
import { readHttpDate } from './http-date.js'
import { acceptsGzip, findNamedTag } from './request-fields.js'
import { assertServed, type FileTable, type PreparedFile, type Served, tabulateFiles } from './served-files.js'

/** How a handler answers. */
export interface HandlerOptions {
  /**
   * Path under which the files stand.
   * @default '/'
   * @example '/feeds/'
   */
  base?: string
  /**
   * `Cache-Control` of what is found.
   * @default 'public, max-age=600'
   */
  cacheControl?: string
  /**
   * Lets scripts of any site read the files (CORS).
   * @default true
   */
  cors?: boolean
  /**
   * Old paths and where each has gone for good. Readers follow the 301 and keep the new address. A path is one below the base, or with `/` in front one
   * from the top of the host; the new one can be an absolute address too.
   * @example { 'index.xml': 'rss.xml', '/atom.xml': 'atom.xml' }
   */
  moved?: Readonly<Record<string, string>>
}

const aFieldValue = /* @__PURE__ */ aValue('a text of printable ASCII', value => typeof value === 'string' && /^[\t -~]*$/.test(value))
const aMove = /* @__PURE__ */ aValue('an object of texts', value => {
  return typeof value === 'object' && value !== null && Object.values(value).every(target => typeof target === 'string')
})
const anyOptions = /* @__PURE__ */ optionsOf<HandlerOptions>(() => ({ base: aText, cacheControl: aFieldValue, cors: aFlag, moved: aMove }))

const allowed = 'GET, HEAD, OPTIONS'
/** What stands for a folder. */
const pages = ['index.html', 'feeds.html']

/**
 * Makes a function that answers requests for feeds the way that feed readers like best: a strong `ETag` for each form, `Last-Modified`
 * from the feed and never from the clock (a second later than before when what it has answered changes without a newer date), 304 by either, HEAD, gzip, media types, CORS, `Cache-Control`. A range is answered with the whole,
 * an unknown path with 404, another method with 405. Needs nothing but the web's own globals (`Request`, `Response`, WebCrypto, streams), so it runs
 * in Workers, Deno, Bun, Node, and in any framework that takes such a function. Throws a `WeekloomError` for what can be served by none, and so does the function that it
 * gives, for what is no `Request`.
 *
 * @param served what is served, or a function that gives it, for content that changes: as long as it gives the same object, nothing is made anew
 */
export function createHandler(
  served: Served | (() => Served | Promise<Served>),
  options: HandlerOptions = {},
): (request: Request) => Promise<Response> {
  assertForm(options, anyOptions, 'The options of the handler')
  if (typeof served !== 'function') assertServed(served)
  const { base = '/', cacheControl = 'public, max-age=600', cors = true, moved = {} } = options
  const root = `/${base}/`.replace(/\/{2,}/g, '/')
  const targets = new Map(Object.entries(moved).map(([from, to]) => [from.startsWith('/') ? from : root + from, locate(to, root)]))
  const tables = new WeakMap<Served, Promise<FileTable>>()
  const moments = new Map<string, Moment>()
  const common: Record<string, string> = cors ? { 'access-control-allow-origin': '*', 'access-control-expose-headers': 'ETag' } : {}

  const tableOf = (content: Served): Promise<FileTable> => {
    assertServed(content)
    const table = tables.get(content) ?? tabulateFiles(content)
    tables.set(content, table)
    return table
  }

  const find = async (path: string): Promise<Found | undefined> => {
    const location = targets.get(path)
    if (location !== undefined) return { location }
    const table = await tableOf(typeof served === 'function' ? await served() : served)
    const prepare = path.startsWith(root) ? findFile(table, path.slice(root.length)) : undefined
    return prepare && { path, prepare }
  }

  return async request => {
    const given: Partial<Request> | undefined = request
    const isRequest = typeof given?.url === 'string' && typeof given.headers?.get === 'function'
    assertInput(isRequest, 'The request', request, 'a `Request` of the web: `toNodeListener` makes one of that of Node')
    const found = await find(pathOf(request.url))
    if (found === undefined) return refuse(404, 'Not found', common)
    if (request.method === 'OPTIONS')
      return new Response(null, { status: 204, headers: { ...common, ...preflight(request, cors), allow: allowed } })
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405, 'Method not allowed', { ...common, allow: allowed })
    const headers = { ...common, 'cache-control': cacheControl }
    return found.prepare === undefined
      ? new Response(null, { status: 301, headers: { ...headers, location: found.location } })
      : answer(request, await dateFile(found, moments), headers)
  }
}

/** When a file changed, as clients were told. */
interface Moment {
  tag: string
  time: number
}

/** A file, and the date of it that clients are told, in milliseconds since 1970. */
interface DatedFile extends PreparedFile {
  time: number | undefined
}

/**
 * Clients that know a file by its date alone (Thunderbird) must be told a later one when its content changes, which the newest of its entries need not be: an entry was
 * corrected, or one came in that is older than others. So each change of a path that the handler has seen is at least a second later than the one before.
 */
async function dateFile({ path, prepare }: FoundFile, moments: Map<string, Moment>): Promise<DatedFile> {
  const file = await prepare()
  const own = Math.floor(Date.parse(file.updated ?? '') / 1000) * 1000
  if (Number.isNaN(own)) return { ...file, time: undefined }
  const { tag } = file.plain
  const told = moments.get(path)
  const time = told === undefined ? own : told.tag === tag ? told.time : Math.max(own, told.time + 1000)
  moments.set(path, { tag, time })
  return { ...file, time }
}

/** What stands at a path: a file, or the place that it has moved to. */
type Found = FoundFile | { prepare?: never; location: string }

interface FoundFile {
  path: string
  prepare: () => Promise<PreparedFile>
}

/** Where something has moved to, as `Location` has it. */
function locate(target: string, root: string): string {
  if (URL.canParse(target)) return new URL(target).href
  return encodeURI(target.startsWith('/') ? target : root + target)
}

/** The decoded path of an address; empty for one that is malformed. */
function pathOf(url: string): string {
  try {
    return decodeURIComponent(new URL(url).pathname)
  } catch {
    return ''
  }
}

function findFile(table: FileTable, path: string): (() => Promise<PreparedFile>) | undefined {
  if (path !== '' && !path.endsWith('/')) return table.get(path)
  return pages.map(page => table.get(path + page)).find(file => file !== undefined)
}

function answer(request: Request, file: DatedFile, common: Readonly<Record<string, string>>): Response {
  const chosen = file.gzip && acceptsGzip(request.headers.get('accept-encoding')) ? file.gzip : file.plain
  const headers = new Headers(common)
  if (file.time !== undefined) headers.set('last-modified', new Date(file.time).toUTCString())
  if (file.gzip) headers.set('vary', 'Accept-Encoding')
  const known = findKnownTag(request.headers, file, chosen.tag)
  headers.set('etag', known ?? chosen.tag)
  if (known !== undefined) return new Response(null, { status: 304, headers })
  headers.set('content-type', file.contentType)
  headers.set('content-length', String(chosen.bytes.length))
  headers.set('x-content-type-options', 'nosniff')
  headers.set('accept-ranges', 'none')
  if (chosen === file.gzip) headers.set('content-encoding', 'gzip')
  const init: WorkersInit = { headers, encodeBody: 'manual' }
  return new Response(request.method === 'HEAD' ? null : chosen.bytes, init)
}

/** Cloudflare Workers compress what says that it is compressed, unless they are told that it is; elsewhere this says nothing. */
interface WorkersInit extends ResponseInit {
  encodeBody: 'manual'
}

/** The tag of the copy that the client has and that is good still; a client may have the one form and ask for the other. */
function findKnownTag(headers: Headers, { plain, gzip, time }: DatedFile, chosen: string): string | undefined {
  const named = headers.get('if-none-match')
  if (named !== null) return findNamedTag(named, [chosen, plain.tag, ...(gzip ? [gzip.tag] : [])])
  const since = readHttpDate(headers.get('if-modified-since') ?? '')
  return since !== undefined && time !== undefined && time <= since ? chosen : undefined
}

function preflight(request: Request, cors: boolean): Record<string, string> {
  if (!cors || !request.headers.has('access-control-request-method')) return {}
  return {
    'access-control-allow-methods': 'GET, HEAD',
    'access-control-allow-headers': 'If-None-Match, If-Modified-Since, Range',
    'access-control-max-age': '86400',
  }
}

function refuse(status: number, reason: string, headers: Readonly<Record<string, string>>): Response {
  return new Response(`${reason}\n`, {
    status,
    headers: { ...headers, 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
  })
}
