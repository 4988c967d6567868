import { identifyLink, identityOf } from '../links/identify-link.js'
import type { Ledger } from '../store/ledger.js'
import type { LedgerRecord } from '../store/ledger-record.js'
import type { Entry } from '../types.js'
import { readPublishedIds } from './published-ids.js'
import type { RunContext } from './run-context.js'

/** An entry under the id that it had, with what the ledger is to know it by. */
export interface RecalledEntry {
  entry: Entry
  /** Keys that prove to be its own. */
  keys: readonly string[]
  /** Names that tell it together with its date. */
  softKeys: readonly string[]
}

/**
 * Items of somebody's feed keep the id under which they were published. Their feed may come to call them otherwise (https for http, addresses for numbers), it may move, or
 * a weekly may recommend one of them later: none of that must bring them to subscribers anew.
 *
 * An item is what the ledger knows by its id or by another of its keys; else what had its address and its date, and is not in this run by itself. Only its id proves to be an item's
 * own: some feeds have one item, whose address stays.
 */
export async function recallEntries(
  entries: readonly Entry[],
  run: Pick<RunContext, 'settings' | 'ledger' | 'report'>,
): Promise<RecalledEntry[]> {
  const { ledger } = run
  const records: (LedgerRecord | undefined)[] = []
  // Where no feed is read, nobody has to look for ids.
  for (const entry of entries.some(each => idsOf(each).length > 0) ? entries : [])
    records.push((await ledger.find(idKeys(entry))) ?? (await ledger.find(entry.keys)))
  const taken = new Set(entries.map(({ id }, index) => records[index]?.id ?? id))
  const isNew = (entry: Entry, index: number) => records[index] === undefined && idsOf(entry).length > 0
  const publishedId = entries.some(isNew) ? await readPublishedIds(run) : () => undefined
  const recalled: RecalledEntry[] = []
  for (const [index, entry] of entries.entries()) {
    if (!isNew(entry, index)) {
      recalled.push(await withNames(entry, ledger))
      continue
    }
    const moved = await findByDate(entry, ledger)
    const id = [moved?.id, publishedId(entry, idsOf(entry))].find(before => before !== undefined && !taken.has(before)) ?? entry.id
    taken.add(id)
    recalled.push(await withNames({ ...entry, id }, ledger, moved?.id === id ? [moved.key] : []))
  }
  return recalled
}

/** Ids that feeds give to an entry; an issue goes by its permalink. */
function idsOf({ id, kind, origins }: Entry): string[] {
  if (kind !== 'item' && kind !== 'article') return []
  const ids = origins.flatMap(origin => (origin.kind === 'feed' && origin.id !== undefined ? [origin.id] : []))
  return ids.length === 0 && kind === 'item' ? [id] : ids
}

function idKeys(entry: Entry): string[] {
  return idsOf(entry).map(id => keyOfId(id, entry))
}

function keyOfId(id: string, { keys }: Entry): string {
  const named = identifyLink(id)
  return named.kind === 'invalid' || keys.includes(id) ? id : named.key
}

/** How the ledger calls what an item may share with others, such as its address. */
function softName(key: string): string {
  return `${identityOf(key)} item`
}

async function findByDate({ keys, published }: Entry, ledger: Ledger): Promise<LedgerRecord | undefined> {
  for (const key of published === undefined ? [] : keys) {
    const record = await ledger.find([softName(key)])
    if (record?.published === published) return record
  }
  return undefined
}

/** @param proved further keys that are its own */
async function withNames(entry: Entry, ledger: Ledger, proved: readonly string[] = []): Promise<RecalledEntry> {
  const own = [keyOfId(entry.id, entry), ...idKeys(entry), ...proved]
  if (entry.kind !== 'item') return { entry, keys: [own[0] ?? entry.url, ...entry.keys, ...proved], softKeys: [] }
  const isKnown = (await ledger.find(own)) !== undefined
  const keys = [...own]
  const softKeys: string[] = []
  for (const key of entry.keys.filter(other => !own.includes(other))) {
    if (!isKnown && (await ledger.find([key]))) keys.push(key)
    else if ((await ledger.find([softName(key)])) === undefined) softKeys.push(softName(key))
  }
  return { entry, keys, softKeys }
}
