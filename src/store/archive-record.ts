import type { Store } from '../types.js'
import type { Fields } from './record-text.js'
import { type Report, readRecord, writeRecord } from './records.js'
import { isList, isText } from './shape.js'

/** Which entries the archived documents of a feed hold. Readers never ask for a document again, so this must not change. */
export interface ArchiveRecord {
  /** The documents, oldest first: each is the ids of its entries, oldest first. */
  documents: readonly (readonly string[])[]
}

/** The documents that a feed of this name has; none when it never had any. */
export async function readArchive(store: Store, feed: string, report: Report): Promise<ArchiveRecord['documents']> {
  return (await readRecord(store, placeOf(feed), readArchiveRecord, report))?.documents ?? []
}

/** Keeps which entries the documents of a feed hold. */
export function writeArchive(store: Store, feed: string, documents: ArchiveRecord['documents']): Promise<void> {
  return writeRecord<ArchiveRecord>(store, placeOf(feed), readArchiveRecord, { documents })
}

function placeOf(feed: string): string {
  return `archives/${feed}.json`
}

const isDocuments = isList(isList(isText))

function readArchiveRecord({ documents }: Fields): ArchiveRecord | string {
  return isDocuments(documents) ? { documents } : 'Its `documents` are no list of lists of texts.'
}
