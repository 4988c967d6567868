import { dropAbsent } from '../text/drop-absent.js'
import { isTable } from '../text/form.js'
import type { Store } from '../types.js'
import type { Fields } from './record-text.js'
import { type Report, readRecord, writeRecord } from './records.js'
import { isList, isText } from './shape.js'

/** What an output held when it was last published: what the churn guard compares with. */
export interface PublishedRecord {
  /** Ids in the order of the feed. */
  ids: readonly string[]
  /** Items of other feeds among them, by the address of the feed: id → date, empty where the item has none, and the other keys that name it. */
  items?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>
  /** Of an output that stands for one by tag, section or account each: their names. */
  groups?: readonly string[]
}

/** What was last published under a name; nothing when it never was. */
export function readPublished(store: Store, output: string, report: Report): Promise<PublishedRecord | undefined> {
  return readRecord(store, publishedPlace(output), readPublishedRecord, report)
}

/** Keeps what was published under a name. */
export function writePublished(store: Store, output: string, published: PublishedRecord): Promise<void> {
  return writeRecord<PublishedRecord>(store, publishedPlace(output), readPublishedRecord, published)
}

/** Forgets what was published under a name. */
export function forgetPublished(store: Store, output: string): Promise<void> {
  return store.remove(publishedPlace(output))
}

function publishedPlace(output: string): string {
  return `published/${output}.json`
}

function readPublishedRecord(fields: Fields): PublishedRecord | string {
  const { ids, items, groups } = fields
  if (!isTexts(ids)) return 'Its `ids` are no list of texts.'
  if (items !== undefined && !isItems(items)) return 'Its `items` are no dates by id and feed.'
  if (groups !== undefined && !isTexts(groups)) return 'Its `groups` are no list of texts.'
  return { ids, ...dropAbsent({ items, groups }) }
}

function isItems(value: unknown): value is NonNullable<PublishedRecord['items']> {
  return isTable(value) && Object.values(value).every(dates => isTable(dates) && Object.values(dates).every(isTexts))
}

const isTexts = isList(isText)
