import { makeProblem, type Problem, WeekloomError } from '../problems.js'
import type { Store } from '../types.js'
import { exclusively } from './exclusive.js'
import { type Fields, readRecordText, writeRecordText } from './record-text.js'

/** Takes the fields of a record for what they should be, or says in a sentence why they cannot be. */
export type RecordReader<T> = (fields: Fields) => T | string

/** Is told of records that cannot be read. */
export type Report = (problem: Problem) => void

/** Where damaged texts are kept for a person to look at. */
const damagedFolder = 'damaged/'

/**
 * Reads a record. A damaged one is reported (`STORE_RECORD_DAMAGED`) and counts as absent; it stays where it is, since a
 * frozen run writes nothing, until a new record takes its place, see {@link writeRecord}.
 * Throws a `WeekloomError` (`STORE_FORMAT_NEWER`) for a record of a newer version: such a store must not be written to.
 */
export async function readRecord<T extends object>(
  store: Store,
  key: string,
  read: RecordReader<T>,
  report: Report,
): Promise<T | undefined> {
  const text = await store.get(key)
  if (text === undefined) return undefined
  const record = understand(store, key, text, read)
  if (typeof record !== 'string') return record
  report(damageOf(store, key, `The record ${key} of the store is damaged and was not used.`, record))
  return undefined
}

/** Writes a record; one that is equal is not touched. A damaged text that stands there is put aside under `damaged/` first. */
export async function writeRecord<T extends object>(store: Store, key: string, read: RecordReader<T>, fields: T): Promise<void> {
  const text = await store.get(key)
  if (text !== undefined && typeof understand(store, key, text, read) === 'string') await store.set(damagedFolder + key, text)
  await store.set(key, writeRecordText(fields))
}

/** Reads a record, changes it and writes it, with nobody in between. Gives what is kept now. */
export function changeRecord<T extends object>(
  store: Store,
  key: string,
  read: RecordReader<T>,
  change: (kept: T | undefined) => T,
): Promise<T> {
  return exclusively(store, key, async () => {
    const changed = change(await readRecord(store, key, read, () => {}))
    await writeRecord(store, key, read, changed)
    return changed
  })
}

/** The problem that what is kept under a key is damaged. */
export function damageOf(store: Store, key: string, message: string, cause: string): Problem {
  return makeProblem('STORE_RECORD_DAMAGED', { file: placeIn(store, key) }, message, { cause })
}

function placeIn(store: Store, key: string): string {
  return store.placeOf?.(key) ?? key
}

function understand<T extends object>(store: Store, key: string, text: string, read: RecordReader<T>): T | string {
  const found = readRecordText(text)
  if (found.state === 'whole') return read(found.fields)
  if (found.state === 'damaged') return found.cause
  const problem = makeProblem(
    'STORE_FORMAT_NEWER',
    { file: placeIn(store, key) },
    `The record ${key} of the store has format ${found.format}, which this version of weekloom does not know.`,
  )
  throw new WeekloomError(problem.message, problem.hint, { problem })
}
