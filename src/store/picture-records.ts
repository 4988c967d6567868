import type { Problem } from '../problems.js'
import type { Instant, Store } from '../types.js'
import { type FailedTry, failedTryForms, noteTry } from './failed-try.js'
import { slugOf } from './key-slug.js'
import type { Fields } from './record-text.js'
import { type Report, readRecord, writeRecord } from './records.js'
import { isObjectOf, isText } from './shape.js'

/** How the last try to copy a picture failed. */
interface FailedCopy extends FailedTry {
  message: string
}

/** What is known of a picture that is copied beside the feeds. */
export interface PictureRecord {
  /** Its address, as entries show it. */
  url: string
  /** Path of the copy below the output folder: `images/<hash>.<type>`. */
  path?: string
  /** The last try, where that failed. */
  failure?: FailedCopy
}

const isFailure = isObjectOf<FailedCopy>({ ...failedTryForms, message: isText }, ['retryAt'])

/** A path that a damaged or foreign record names is never followed out of the folder. */
const pathForm = /^images\/[0-9a-f]{32}\.[a-z]{3,4}$/

const isPicture = isObjectOf<PictureRecord>(
  { url: isText, path: value => typeof value === 'string' && pathForm.test(value), failure: isFailure },
  ['path', 'failure'],
)

/** The record of a picture by its address. */
export function readPicture(store: Store, url: string, report: Report): Promise<PictureRecord | undefined> {
  return readRecord(store, placeOf(url), fields => readFields(url, fields), report)
}

/** Keeps the record of a picture; one that is equal is not touched. */
export function writePicture(store: Store, record: PictureRecord): Promise<void> {
  return writeRecord(store, placeOf(record.url), fields => readFields(record.url, fields), record)
}

/** The record after a try that failed. */
export function noteFailedCopy(record: PictureRecord, problem: Problem, now: Instant): PictureRecord {
  return { ...record, failure: { ...noteTry(record.failure, problem, now), message: problem.message } }
}

/** Where the bytes of a copy are kept, so that a build into an empty folder asks for nothing. */
function bytesPlace(path: string): string {
  return `${shelf}${path.slice(path.lastIndexOf('/') + 1)}`
}

const shelf = 'cache/pictures/'

/** The bytes of a copy, if they are kept; whether they are whole is the caller's to check. */
export async function readPictureBytes(store: Store, path: string): Promise<Uint8Array | undefined> {
  const kept = await store.get(bytesPlace(path))
  return kept === undefined ? undefined : new Uint8Array(Buffer.from(kept, 'base64'))
}

/** Keeps the bytes of a copy. */
export async function writePictureBytes(store: Store, path: string, bytes: Uint8Array): Promise<void> {
  await store.set(bytesPlace(path), Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64'))
}

/** Removes the bytes of all copies but these. */
export async function prunePictureBytes(store: Store, paths: Iterable<string>): Promise<void> {
  const wanted = new Set([...paths].map(bytesPlace))
  const keys: string[] = []
  for await (const key of store.keys(shelf)) keys.push(key)
  for (const key of keys) if (!wanted.has(key)) await store.remove(key)
}

function placeOf(url: string): string {
  return `pictures/${slugOf(url)}.json`
}

function readFields(url: string, fields: Fields): PictureRecord | string {
  if (!isPicture(fields)) return 'It has not the fields of a picture.'
  return fields.url === url ? fields : `It is of another picture than ${url}.`
}
