import { identityOf } from '../links/identify-link.js'
import { dropAbsent } from '../text/drop-absent.js'
import type { Dating, Instant } from '../types.js'
import { namesDiffer } from './key-slug.js'
import { datingOrder, type LedgerClaim, type LedgerRecord, type LedgerRow, precisionOrder } from './ledger-record.js'
import { liesAhead } from './retry-time.js'

/** A record that a key leads to, and whether a soft alias is on the way. */
export interface FoundRecord {
  record: LedgerRecord
  soft: boolean
}

/** What a claim comes to: the record, and the rows that must be written for it. */
export interface ClaimPlan {
  record: LedgerRecord
  rows: readonly LedgerRow[]
}

interface Dated {
  published?: Instant
  dated?: Dating
}

/**
 * Brings together two records of one thing. The id first seen stays (of one moment, the smaller), the other record's keys
 * become aliases. In whatever order records are merged, and however often, the result is the same.
 */
export function mergeLedgerRecords(a: LedgerRecord, b: LedgerRecord): LedgerRecord {
  const [first, second] = order(a) <= order(b) ? [a, b] : [b, a]
  return makeRecord(
    first,
    [...first.aliases, second.key, ...second.aliases],
    first.firstSeen ?? second.firstSeen,
    orderDate(first) <= orderDate(second) ? first : second,
  )
}

/** The record that several keys lead to: proof comes before soft aliases, and a record that the keys contradict is none. */
export function pickRecord(keys: readonly string[], found: readonly FoundRecord[]): FoundRecord | undefined {
  const fitting = found.filter(({ record }) => !namesDiffer(keys, [record.key, ...record.aliases]))
  const proved = fitting.filter(({ soft }) => !soft)
  const [first, ...rest] = (proved.length > 0 ? proved : fitting).sort((a, b) => (order(a.record) <= order(b.record) ? -1 : 1))
  if (first === undefined || first.soft) return first
  return { record: rest.reduce((record, other) => mergeUnlessDifferent(record, other.record), first.record), soft: false }
}

/**
 * What a claim changes in the ledger. An id that is there stays for ever; the earliest `firstSeen` and the best origin of a date are kept,
 * but no moment of a clock that was ahead;
 * every key leads to the record afterwards, but those that are proved to be another's.
 *
 * @param found what each key of the claim, soft ones included, leads to now
 */
export function planClaim(claim: LedgerClaim, found: ReadonlyMap<string, FoundRecord>): ClaimPlan {
  const keys = uniqueKeys(claim.keys)
  const softKeys = uniqueKeys(claim.softKeys ?? []).filter(key => !keys.includes(key) && !namesDiffer(keys, [key]))
  const reached = keys.map(key => found.get(key)).filter(one => one !== undefined)
  const shown = softKeys.map(key => soften(found.get(key))).filter(one => one !== undefined)
  const kept = pickRecord(keys, reached) ?? pickRecord(keys, shown)
  if (kept?.soft) return { record: kept.record, rows: softRows(keys, softKeys, kept.record, found) }
  const own = keys.filter(key => isFree(key, found, kept?.record))
  const start = kept?.record ?? { key: own[0] ?? claim.url, id: claim.id, url: claim.url, aliases: [] }
  const record = makeRecord(
    start,
    [...start.aliases, ...own],
    earliest(start.firstSeen, claim.firstSeen),
    rankDate(claim) < rankDate(start) || isMisdated(start, claim) ? claim : start,
  )
  const before = [...found.values()].find(one => one.record.key === record.key)?.record
  const replaced = reached.map(one => one.record.key).filter(key => record.aliases.includes(key))
  return {
    record,
    rows: [
      ...aliasRows(own, record, found, false),
      ...aliasRows(softKeys, record, found, true),
      ...(before !== undefined && isSame(before, record) ? [] : [record]),
      ...uniqueKeys(replaced).map(key => ({ key, aliasOf: record.key })),
    ],
  }
}

/** Keys can lead to two articles of WeChat that are surely not one: then the ledger keeps them apart. */
function mergeUnlessDifferent(a: LedgerRecord, b: LedgerRecord): LedgerRecord {
  return namesDiffer([a.key, ...a.aliases], [b.key, ...b.aliases]) ? a : mergeLedgerRecords(a, b)
}

/**
 * Rows for keys that do not lead to the record yet and are nobody else's. What a post shows is not changed by what another shows, only by proof.
 *
 * @param proved keys that are proved to be one: what contradicts any of them contradicts all
 */
function aliasRows(
  keys: readonly string[],
  record: LedgerRecord,
  found: ReadonlyMap<string, FoundRecord>,
  soft: boolean,
  proved: readonly string[] = [],
): LedgerRow[] {
  return keys
    .filter(key => key !== record.key && !(soft && contradicts([key], record)))
    .filter(key => {
      const there = found.get(key)
      return there === undefined || (there.soft && (!soft || contradicts(proved.includes(key) ? proved : [key], there.record)))
    })
    .map(key => ({ key, aliasOf: record.key, ...(soft ? { soft } : {}) }))
}

/** Rows for a claim that no proof leads to the record: one of its keys leads there softly, the others, proved to be the same as that, by way of it. */
function softRows(
  keys: readonly string[],
  softKeys: readonly string[],
  record: LedgerRecord,
  found: ReadonlyMap<string, FoundRecord>,
): LedgerRow[] {
  const leading = keys.find(key => found.get(key)?.record.key === record.key) ?? keys.find(key => !found.has(key)) ?? keys[0] ?? record.key
  const others = keys.filter(key => key !== leading && !found.has(key))
  return [...others.map(key => ({ key, aliasOf: leading })), ...aliasRows([leading, ...softKeys], record, found, true, keys)]
}

function contradicts(keys: readonly string[], { key: own, aliases }: LedgerRecord): boolean {
  return namesDiffer(keys, [own, ...aliases])
}

/** Whether a key is, or can become, one of the record: it leads nowhere, is only a soft alias, or leads to what was merged into it. */
function isFree(key: string, found: ReadonlyMap<string, FoundRecord>, kept: LedgerRecord | undefined): boolean {
  const there = found.get(key)
  return there === undefined || there.soft || there.record.key === kept?.key || kept?.aliases.includes(there.record.key) === true
}

function soften(found: FoundRecord | undefined): FoundRecord | undefined {
  return found && { ...found, soft: true }
}

function makeRecord(
  start: LedgerRecord,
  aliases: readonly string[],
  firstSeen: Instant | undefined,
  { published, dated }: Dated,
): LedgerRecord {
  const { key, id, url } = start
  return {
    key,
    id,
    url,
    aliases: uniqueKeys(aliases)
      .filter(alias => alias !== key)
      .sort(),
    ...dropAbsent({ firstSeen, published, dated: published === undefined ? undefined : dated }),
  }
}

function uniqueKeys(keys: readonly string[]): string[] {
  return [...new Set(keys.map(identityOf))]
}

function earliest(a: Instant | undefined, b: Instant | undefined): Instant | undefined {
  return a === undefined || (b !== undefined && b < a) ? b : a
}

/** Sorts records by when they were first seen, those that do not say it last. */
function order({ firstSeen = '~', id, key, url }: LedgerRecord): string {
  return JSON.stringify([firstSeen, id, key, url])
}

/** How much a date is to be trusted: the less, the better. A later date of the same worth changes nothing that was published. */
function rankDate({ published, dated }: Dated): number {
  if (published === undefined) return Number.POSITIVE_INFINITY
  if (dated === undefined) return datingOrder.length * precisionOrder.length
  return datingOrder.indexOf(dated.from) * precisionOrder.length + precisionOrder.indexOf(dated.precision)
}

/** No clock that tells a time before this is believed: a machine without a battery begins in 1970. */
const earliestNow = '2020'

/** Dated by the clock of a run that was ahead of the one of this run. */
function isMisdated(kept: Dated, { published, dated }: Dated): boolean {
  const isByClock = kept.dated?.from === 'first-seen' && dated?.from === 'first-seen'
  return isByClock && published !== undefined && published > earliestNow && liesAhead(kept.published ?? '', published)
}

function orderDate(record: Dated): string {
  const rank = rankDate(record)
  return rank === Number.POSITIVE_INFINITY
    ? '~'
    : JSON.stringify([String(rank).padStart(3, '0'), record.published, record.dated?.estimated ?? false])
}

function isSame(a: LedgerRecord, b: LedgerRecord): boolean {
  return order(a) === order(b) && orderDate(a) === orderDate(b) && JSON.stringify(a.aliases) === JSON.stringify(b.aliases)
}
