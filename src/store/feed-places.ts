import type { Store } from '../types.js'
import { slugOf } from './key-slug.js'
import type { Fields } from './record-text.js'
import { type Report, readRecord, writeRecord } from './records.js'
import { isObjectOf, isOneOf, isText } from './shape.js'

/** Where a feed really stands that a source names by another address. */
export interface FeedPlace {
  /** The address that the source names. */
  url: string
  target: string
  /** A permanent redirect led there, or the page at the address names it. */
  by: 'redirect' | 'page'
}

const isPlace = isObjectOf<FeedPlace>({ url: isText, target: isText, by: isOneOf('redirect', 'page') }, [])

/** The place remembered for an address. */
export function readFeedPlace(store: Store, url: string, report: Report): Promise<FeedPlace | undefined> {
  return readRecord(store, keyOf(url), fields => readFields(url, fields), report)
}

/** Remembers the place of a feed; one that is equal is not touched. */
export function writeFeedPlace(store: Store, place: FeedPlace): Promise<void> {
  return writeRecord(store, keyOf(place.url), fields => readFields(place.url, fields), place)
}

/** Forgets the place of a feed. */
export function forgetFeedPlace(store: Store, url: string): Promise<void> {
  return store.remove(keyOf(url))
}

function keyOf(url: string): string {
  return `feeds/${slugOf(url)}.json`
}

function readFields(url: string, fields: Fields): FeedPlace | string {
  return isPlace(fields) && fields.url === url ? fields : 'It has not the fields of a place of a feed.'
}
