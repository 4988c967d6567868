import type { Store } from '../types.js'
import type { Fields } from './record-text.js'
import { changeRecord, readRecord } from './records.js'
import { isList, isText } from './shape.js'

/** Where the ids are kept that a feed before this one gave, and Atom would not: numbers, words. Later builds find no fault with them. */
const place = 'adopted.json'

/** The plain ids that were taken over. */
export async function readAdoptedIds(store: Store): Promise<readonly string[]> {
  return (await readRecord(store, place, readFields, () => {}))?.ids ?? []
}

/** Keeps plain ids beside those of earlier feeds. */
export async function addAdoptedIds(store: Store, ids: readonly string[]): Promise<void> {
  await changeRecord(store, place, readFields, kept => ({ ids: [...new Set([...(kept?.ids ?? []), ...ids])].sort() }))
}

const isTexts = isList(isText)

function readFields({ ids }: Fields): { ids: readonly string[] } | string {
  return isTexts(ids) ? { ids } : 'Its `ids` are no list of texts.'
}
