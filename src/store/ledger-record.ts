import { identityOf } from '../links/identify-link.js'
import type { Dating, Instant } from '../types.js'
import type { Fields } from './record-text.js'
import { liesAhead } from './retry-time.js'
import { isInstant, isList, isObjectOf, isOneOf, isText } from './shape.js'

/** What is remembered of a thing that was published: above all its id, which never changes. */
export interface LedgerRecord {
  /** The key that it was first known by, without `sn`. */
  key: string
  id: string
  /** Canonical address under which it was first seen. */
  url: string
  /** Other keys that were proved to name it, sorted, without `sn`. */
  aliases: readonly string[]
  firstSeen?: Instant
  published?: Instant
  /** Where `published` was taken from. */
  dated?: Dating
}

/** Another key of a thing, which leads to its record, perhaps by way of further keys. */
export interface LedgerAlias {
  key: string
  aliasOf: string
  /** No page proves it: a post shows both addresses for one article. A page that disagrees outweighs it. */
  soft?: true
}

/** What the ledger keeps under a key. */
export type LedgerRow = LedgerRecord | LedgerAlias

/** What a run knows of a thing that it is about to publish. */
export interface LedgerClaim {
  /** Keys that are proved to name it, its own first. Never empty. */
  keys: readonly string[]
  /** Keys that a post shows beside those for the same thing, without proof. */
  softKeys?: readonly string[]
  /** The id to give when it has none yet. */
  id: string
  url: string
  firstSeen?: Instant
  published?: Instant
  dated?: Dating
}

/** Where a date came from, the most trustworthy first; a date that states no origin comes after all. */
export const datingOrder: readonly Dating['from'][] = [
  'page',
  'feed',
  'front-matter',
  'twin',
  'file-name',
  'heading',
  'text',
  'neighbours',
  'issue',
  'first-seen',
]

/** Precisions, the finest first. */
export const precisionOrder: readonly Dating['precision'][] = ['second', 'minute', 'day']

const isDating = isObjectOf<Dating>(
  { from: isOneOf(...datingOrder), precision: isOneOf(...precisionOrder), estimated: value => value === true },
  ['estimated'],
)

const isRecordRow = isObjectOf<LedgerRecord>(
  { key: isText, id: isText, url: isText, aliases: isList(isText), firstSeen: isInstant, published: isInstant, dated: isDating },
  ['firstSeen', 'published', 'dated'],
)

const isAliasRow = isObjectOf<LedgerAlias>({ key: isText, aliasOf: isText, soft: value => value === true }, ['soft'])

/** When a run met the thing first, as the ledger has it. A moment ahead was written by a clock that was wrong, and is none. */
export function metAt({ firstSeen, published, dated }: LedgerRecord, now: Instant): Instant | undefined {
  const moment = dated?.from === 'first-seen' ? published : firstSeen
  return moment === undefined || liesAhead(moment, now) ? undefined : moment
}

export function isAlias(row: LedgerRow): row is LedgerAlias {
  return 'aliasOf' in row
}

/** Takes the fields of a stored row for that of this key, or says what is wrong with them. */
export function readLedgerRow(key: string, fields: Fields): LedgerRow | string {
  if (!isAliasRow(fields) && !isRecordRow(fields)) return 'It has not the fields of a ledger record.'
  return fields.key === identityOf(key) ? fields : `It is of another thing than ${key}.`
}
