import { identityOf } from '../links/identify-link.js'
import { nowhere } from '../text/url.js'
import type { Store } from '../types.js'
import { exclusively } from './exclusive.js'
import { slugOf } from './key-slug.js'
import { type FoundRecord, pickRecord, planClaim } from './ledger-merge.js'
import { isAlias, type LedgerClaim, type LedgerRecord, type LedgerRow, readLedgerRow } from './ledger-record.js'
import { type Report, readRecord, writeRecord } from './records.js'

/** The memory of ids: which id each thing was published under, whatever address it is met by. */
export interface Ledger {
  /** The record that the keys lead to, if there is one; of several the one first seen. Writes nothing. */
  find(keys: readonly string[]): Promise<LedgerRecord | undefined>
  /** Makes or extends the records of things, in their order; gives each as it is kept now, with the id to publish. Writes only what changed. */
  claimAll(claims: readonly LedgerClaim[]): Promise<LedgerRecord[]>
}

/** Claims that are written under one lock: so few that no other run takes it for one left behind. */
const batchSize = 200
/** Files that are synced to disk at once. */
const writesAtOnce = 16
/** A claim can prove an earlier one of the same run wrong, which is then made again. Twice is enough for what pages prove; the bound is for pages that contradict each other. */
const mostRounds = 16
/** From alias to alias in so many steps at most. More means that aliases lead in a circle, which only a merge of two stores in git can bring about. */
const longestWay = 16

/** Where the row of a key is kept: `ledger/wechat/<biz>/<mid>-<idx>.json` and so on. */
export function ledgerPlace(key: string): string {
  return `ledger/${slugOf(key)}.json`
}

/**
 * Opens the ledger of a store. Rows are read when asked for and kept in memory for the run; before anything is written it is read
 * again, under a lock, so that two runs at once lose nothing.
 *
 * @param report is told of damaged records (`STORE_RECORD_DAMAGED`), which count as absent
 */
export function openLedger(store: Store, report: Report): Ledger {
  const rows: Rows = new Map()

  const readRow = async (key: string, known: Rows): Promise<LedgerRow | undefined> => {
    if (known.has(key)) return known.get(key)
    // Damage is reported once: what is read again under the lock was read before.
    const row = await readRecord(store, ledgerPlace(key), fields => readLedgerRow(key, fields), known === rows ? report : () => {})
    if (!known.has(key)) known.set(key, row && leadsNowhere(row) ? undefined : row)
    return known.get(key)
  }

  const follow = async (key: string, known: Rows): Promise<FoundRecord | undefined> => {
    let soft = false
    let row = await readRow(key, known)
    for (let way = 0; row !== undefined && isAlias(row); way++) {
      if (way === longestWay) return undefined
      soft ||= row.soft === true
      row = await readRow(row.aliasOf, known)
    }
    return row && { record: row, soft }
  }

  const followAll = async (keys: readonly string[], known: Rows): Promise<Map<string, FoundRecord>> => {
    const found = new Map<string, FoundRecord>()
    for (const key of keys.map(identityOf)) {
      const one = await follow(key, known)
      if (one) found.set(key, one)
    }
    return found
  }

  const plan = async (claim: LedgerClaim, known: Rows) =>
    planClaim(claim, await followAll([...claim.keys, ...(claim.softKeys ?? [])], known))

  const writeRows = async (changed: readonly LedgerRow[]): Promise<void> => {
    for (let start = 0; start < changed.length; start += writesAtOnce) {
      const some = changed.slice(start, start + writesAtOnce)
      await Promise.all(some.map(row => writeRecord(store, ledgerPlace(row.key), fields => readLedgerRow(row.key, fields), row)))
    }
  }

  const writeClaims = async (claims: readonly LedgerClaim[]): Promise<void> => {
    const fresh: Rows = new Map()
    const stages: [Map<string, LedgerRow>, Map<string, LedgerRow>, Map<string, LedgerRow>] = [new Map(), new Map(), new Map()]
    for (const claim of claims) {
      for (const row of (await plan(claim, fresh)).rows) {
        for (const stage of stages) stage.delete(row.key)
        stages[stageOf(row, fresh.get(row.key))].set(row.key, row)
        fresh.set(row.key, row)
      }
    }
    for (const stage of stages) await writeRows([...stage.values()])
    for (const [key, row] of fresh) rows.set(key, row)
  }

  const claimAll = async (claims: readonly LedgerClaim[]): Promise<LedgerRecord[]> => {
    for (let round = 1; ; round++) {
      const records: LedgerRecord[] = []
      const changing: LedgerClaim[] = []
      for (const claim of claims) {
        const { record, rows: changed } = await plan(claim, rows)
        records.push(record)
        if (changed.length > 0) changing.push(claim)
      }
      if (changing.length === 0 || round === mostRounds) return records
      for (let start = 0; start < changing.length; start += batchSize) {
        await exclusively(store, 'ledger', () => writeClaims(changing.slice(start, start + batchSize)))
      }
    }
  }

  return {
    async find(keys) {
      return pickRecord(keys, [...(await followAll(keys, rows)).values()])?.record
    },
    claimAll,
  }
}

/** Saved pages without an address were all called `about:blank` once, which made them one thing: such rows prove nothing. */
function leadsNowhere(row: LedgerRow): boolean {
  return row.key === nowhere || (isAlias(row) && row.aliasOf === nowhere)
}

type Rows = Map<string, LedgerRow | undefined>

/**
 * In which order rows are written, so that a killed run leaves a ledger that leads on: new aliases before their record (an
 * id is given out with its record, never before), records that another takes over last.
 */
function stageOf(row: LedgerRow, before: LedgerRow | undefined): 0 | 1 | 2 {
  if (!isAlias(row)) return 1
  return before === undefined ? 0 : 2
}
