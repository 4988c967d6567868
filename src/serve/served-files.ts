import { feedAddresses } from '../feed/feed-addresses.js'
import { assertFeed } from '../feed/feed-form.js'
import { feedWriters } from '../feed/feed-writers.js'
import { opmlChunks } from '../feed/write-opml.js'
import { assertInput, isMistaken } from '../text/assert-input.js'
import { anObjectOf, assertForm, aText, aValue, makeForm } from '../text/form.js'
import type { Feed, Instant } from '../types.js'

/** A file to serve. The files that `aggregate` gives are such. */
export interface ServedFile {
  /** Path below the handler's base, with `/` between its parts and none in front. */
  path: string
  /** Media type without parameters; texts are sent as UTF-8. */
  mediaType: string
  body: Iterable<string> | Uint8Array
  /** When its content last changed by what it says itself; sent as `Last-Modified`. No such line without it. */
  updated?: Instant
}

/**
 * What a handler serves: files, such as those of `aggregate`, or feeds by name. Of feeds, the first stands at the top as
 * `rss.xml`, `atom.xml` and `feed.json`, each other in a folder of its name, and `feeds.opml` lists them all. Feeds are written as they are:
 * give their entries the form that readers shall see with `presentEntry` first.
 */
export type Served = Iterable<ServedFile> | AsyncIterable<ServedFile> | Readonly<Record<string, Feed>>

/** A body as it is sent. */
export interface Representation {
  bytes: Uint8Array<ArrayBuffer>
  /** Strong: the hash of these very bytes. */
  tag: string
}

/** A file that was asked for: made once, then kept. */
export interface PreparedFile {
  contentType: string
  updated: Instant | undefined
  plain: Representation
  /** Only of what gets smaller. */
  gzip: Representation | undefined
}

/** Files by path, each prepared when it is first asked for. */
export type FileTable = ReadonlyMap<string, () => Promise<PreparedFile>>

const isIterable = (value: unknown) => typeof value === 'object' && value !== null && Symbol.iterator in value
const aBody = /* @__PURE__ */ aValue('texts, or bytes', value => isIterable(value) || value instanceof Uint8Array)
const aFile = /* @__PURE__ */ makeForm<ServedFile>('a file with `path`, `mediaType` and `body`', () => ({
  demanded: { path: aText, mediaType: aText, body: aBody },
  optional: { updated: aText },
}))

/** Refuses what can be served by none with a `WeekloomError`. */
export function assertServed(served: unknown): void {
  const isFit = typeof served === 'object' && served !== null && !isMistaken(served)
  assertInput(isFit, 'What is served', served, 'files, or feeds by name')
}

const textTypes = /^text\/|[/+](?:xml|json)$|javascript$/

/** Lays out what is served. */
export async function tabulateFiles(served: Served): Promise<FileTable> {
  const table = new Map<string, () => Promise<PreparedFile>>()
  for await (const file of isFiles(served) ? served : feedFiles(served)) {
    assertForm(file, anObjectOf(aFile), 'What is served')
    let prepared: Promise<PreparedFile> | undefined
    table.set(file.path, () => (prepared ??= prepareFile(file)))
  }
  return table
}

function isFiles(served: Served): served is Iterable<ServedFile> | AsyncIterable<ServedFile> {
  return Symbol.iterator in served || Symbol.asyncIterator in served
}

function* feedFiles(feeds: Readonly<Record<string, Feed>>): Generator<ServedFile> {
  for (const [index, [name, feed]] of Object.entries(feeds).entries()) {
    assertFeed(feed, `The feed ${name}`)
    const folder = index === 0 ? '' : `${name}/`
    const addresses = feedAddresses(feed.info)
    for (const { format, file, mediaType, chunks } of feedWriters) {
      const selfUrl = addresses[format]
      const body = chunks(feed, selfUrl === undefined ? {} : { selfUrl })
      yield { path: `${folder}${file}`, mediaType, body, ...(feed.updated === undefined ? {} : { updated: feed.updated }) }
    }
  }
  yield { path: 'feeds.opml', mediaType: 'text/x-opml', body: opmlChunks(Object.values(feeds)) }
}

async function prepareFile({ mediaType, body, updated }: ServedFile): Promise<PreparedFile> {
  const bytes = body instanceof Uint8Array ? new Uint8Array(body) : new TextEncoder().encode([...body].join(''))
  const plain = { bytes, tag: await tagOf(bytes) }
  const isText = textTypes.test(mediaType)
  const packed = isText ? await compress(bytes) : undefined
  return {
    // JSON knows no charset: it is UTF-8.
    contentType: isText && !mediaType.endsWith('json') ? `${mediaType}; charset=utf-8` : mediaType,
    updated,
    plain,
    gzip: packed && packed.length < bytes.length ? { bytes: packed, tag: await tagOf(packed) } : undefined,
  }
}

async function tagOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return `"${[...hash.subarray(0, 16)].map(byte => byte.toString(16).padStart(2, '0')).join('')}"`
}

/** Nothing on a platform that cannot compress. */
async function compress(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (typeof CompressionStream === 'undefined') return undefined
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream('gzip'))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}
