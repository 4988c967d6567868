import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import { dropAbsent } from '../text/drop-absent.js'
import type { Instant, Page, Store } from '../types.js'
import { slugOf } from './key-slug.js'
import { type Fields, findDamage } from './record-text.js'
import { damageOf, type Report, readRecord, writeRecord } from './records.js'
import { addTime, day } from './retry-time.js'
import { isAmount, isInstant, isObjectOf, isOneOf, isText } from './shape.js'

/** A page as it is kept: what the server said of it, without its body, which stands in a key of its own. */
interface PageNote {
  url: string
  finalUrl: string
  status: number
  mediaType: string
  fetchedAt: Instant
  /** Opaque: sent back as it came. */
  etag?: string
  lastModified?: string
  body: 'text' | 'bytes'
  /** Characters of the kept body: one that differs is another run's, or was changed by a person or a program. */
  length: number
}

/** A page with what the server wants to be asked with next time. */
export interface CachedPage {
  page: Page
  etag?: string
  lastModified?: string
}

/** No page is larger; a kept one that grows beyond it was not written by a run. */
const largestPage = 64 * 1024 * 1024

const zip = promisify<string | Uint8Array, { level: number }, Buffer>(gzip)
const unzip = promisify<Uint8Array, { maxOutputLength: number }, Buffer>(gunzip)

const isNote = isObjectOf<PageNote>(
  {
    url: isText,
    finalUrl: isText,
    status: isAmount,
    mediaType: isText,
    fetchedAt: isInstant,
    etag: isText,
    lastModified: isText,
    body: isOneOf('text', 'bytes'),
    length: isAmount,
  },
  ['etag', 'lastModified'],
)

/** Where pages are kept: those that can be had again compressed, texts that sources read as they are, so that git keeps what changed in them. */
export type Shelf = 'cache/pages/' | 'sources/'

/** What is said of a body whose note is lost. */
const unknown: Pick<PageNote, 'status' | 'mediaType' | 'fetchedAt' | 'etag' | 'lastModified'> = {
  status: 0,
  mediaType: '',
  fetchedAt: '1970-01-01T00:00:00.000Z',
}
/** What every body begins with that is kept compressed, and no text that a source reads. */
const zipped = 'H4sI'

/**
 * A page had before, by the address that was asked for. What cannot be read of the cache is simply not there: it can be had again. What sources read is kept in git,
 * and used although its note is lost or its text was changed, but then it is asked for in full the next time.
 *
 * @param report is told of damage to what is kept in git (`STORE_RECORD_DAMAGED`)
 */
export async function readPage(
  store: Store,
  url: string,
  shelf: Shelf = 'cache/pages/',
  report: Report = () => {},
): Promise<CachedPage | undefined> {
  const place = notePlace(url, shelf)
  const isInGit = shelf === 'sources/'
  const note = await readNote(store, place, isInGit ? report : () => {})
  const kept = note === undefined || note.url === url ? await store.get(bodyPlace(place)) : undefined
  const isAsWritten = kept?.length === note?.length
  if (kept === undefined || !(isAsWritten || isInGit)) return undefined
  const isText = isInGit && !kept.startsWith(zipped)
  const damage = isText && !isAsWritten ? findDamage(kept) : undefined
  if (damage !== undefined) report(damageOf(store, bodyPlace(place), `The text ${bodyPlace(place)} of the store is damaged.`, damage))
  if (isText && !isAsWritten && kept.trim() === '') return undefined
  const body = isText ? kept : await unzip(Buffer.from(kept, 'base64'), { maxOutputLength: largestPage }).catch(() => undefined)
  if (body === undefined) return undefined
  const { finalUrl, status, mediaType, fetchedAt, etag, lastModified } = note ?? { ...unknown, finalUrl: url }
  return {
    page: { url, finalUrl, status, mediaType, body: note?.body === 'text' ? body.toString() : body, fetchedAt, from: 'store' },
    ...(isAsWritten ? dropAbsent({ etag, lastModified }) : {}),
  }
}

/** Keeps a page. */
export async function writePage(store: Store, { page, etag, lastModified }: CachedPage, shelf: Shelf = 'cache/pages/'): Promise<void> {
  const { url, finalUrl, status, mediaType, fetchedAt, body } = page
  const place = notePlace(url, shelf)
  const kept = shelf === 'sources/' && typeof body === 'string' ? body : (await zip(body, { level: 1 })).toString('base64')
  const note: PageNote = {
    url,
    finalUrl,
    status,
    mediaType,
    fetchedAt,
    ...dropAbsent({ etag, lastModified }),
    body: typeof body === 'string' ? 'text' : 'bytes',
    length: kept.length,
  }
  await store.set(bodyPlace(place), kept)
  await writeRecord(store, place, readNoteFields, note)
}

/** Removes a page. */
export async function removePage(store: Store, url: string, shelf: Shelf = 'cache/pages/'): Promise<void> {
  const place = notePlace(url, shelf)
  await store.remove(place)
  await store.remove(bodyPlace(place))
}

/**
 * Removes the pages of a shelf that are too old, then the oldest until the rest fits.
 *
 * @param limits.keep addresses of pages that stay whatever their age: what a source still reads is its last good copy
 * @param limits.maxAge days
 * @param limits.maxSize characters of all kept bodies together
 */
export async function prunePages(
  store: Store,
  limits: { now: Instant; maxAge: number; maxSize: number; keep?: ReadonlySet<string> },
  shelf: Shelf = 'cache/pages/',
): Promise<void> {
  const keys: string[] = []
  for await (const key of store.keys(shelf)) keys.push(key)
  // By their places: a page whose note is lost has no address any more.
  const kept = new Set([...(limits.keep ?? [])].map(url => notePlace(url, shelf)))
  const pages: (Pick<PageNote, 'fetchedAt' | 'length'> & { place: string })[] = []
  for (const place of keys.filter(key => key.endsWith('.json'))) {
    const { fetchedAt = '', length = 0 } = (await readNote(store, place, () => {})) ?? {}
    pages.push({ place, fetchedAt, length })
  }
  const noted = new Set([...pages.map(({ place }) => place), ...kept].flatMap(place => [place, bodyPlace(place)]))
  for (const key of keys) if (!noted.has(key)) await store.remove(key)
  const oldest = addTime(limits.now, -limits.maxAge * day)
  let size = 0
  for (const { place, fetchedAt, length } of pages.sort((a, b) => (a.fetchedAt > b.fetchedAt ? -1 : 1))) {
    size += length
    if (kept.has(place) || (fetchedAt >= oldest && size <= limits.maxSize)) continue
    await store.remove(place)
    await store.remove(bodyPlace(place))
  }
}

function notePlace(url: string, shelf: Shelf): string {
  return `${shelf}${slugOf(url)}.json`
}

function bodyPlace(place: string): string {
  return `${place.slice(0, -5)}.body`
}

function readNote(store: Store, place: string, report: Report): Promise<PageNote | undefined> {
  return readRecord(store, place, readNoteFields, report)
}

function readNoteFields(fields: Fields): PageNote | string {
  return isNote(fields) ? fields : 'It has not the fields of a page.'
}
