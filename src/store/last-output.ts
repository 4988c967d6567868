import type { Store } from '../types.js'
import type { Fields } from './record-text.js'
import { type Report, readRecord, writeRecord } from './records.js'
import { isList, isText } from './shape.js'

/** What an output held when it was last published: what the churn guard compares with. */
export interface PublishedRecord {
  /** Ids in the order of the feed. */
  ids: readonly string[]
}

/** The ids last published under a name; nothing when it was never published. */
export async function readPublished(store: Store, output: string, report: Report): Promise<readonly string[] | undefined> {
  return (await readRecord(store, publishedPlace(output), readPublishedRecord, report))?.ids
}

/** Keeps the ids that were published under a name. */
export function writePublished(store: Store, output: string, ids: readonly string[]): Promise<void> {
  return writeRecord<PublishedRecord>(store, publishedPlace(output), readPublishedRecord, { ids })
}

function publishedPlace(output: string): string {
  return `published/${output}.json`
}

function readPublishedRecord(fields: Fields): PublishedRecord | string {
  const { ids } = fields
  return isTexts(ids) ? { ids } : 'Its `ids` are no list of texts.'
}

const isTexts = isList(isText)
