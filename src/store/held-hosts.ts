import type { Instant, Store } from '../types.js'
import type { Fields } from './record-text.js'
import { type Report, readRecord, writeRecord } from './records.js'
import { isAhead } from './retry-time.js'
import { isInstant, isObjectOf, isText } from './shape.js'

/** A host that asked to be left alone for longer than a run lasts. */
export interface HeldHost {
  host: string
  until: Instant
}

const isHeldHost = isObjectOf<HeldHost>({ host: isText, until: isInstant }, [])

const folder = 'cache/hosts/'

/** The hosts that are still to be left alone; forgets those whose time has come, or is too far to be true. */
export async function readHeldHosts(store: Store, now: Instant, report: Report): Promise<HeldHost[]> {
  const held: HeldHost[] = []
  const keys: string[] = []
  // Hosts are held by the clock of the machine, whatever the moment of the run.
  const clock = new Date().toISOString()
  const latest = clock > now ? clock : now
  for await (const key of store.keys(folder)) keys.push(key)
  for (const key of keys) {
    const one = await readRecord(store, key, readFields, report)
    if (one && one.until > now && isAhead(one.until, latest)) held.push(one)
    else await store.remove(key)
  }
  return held
}

/** Remembers that a host asked to be left alone. */
export function writeHeldHost(store: Store, held: HeldHost): Promise<void> {
  return writeRecord(store, placeOf(held.host), readFields, held)
}

/** Forgets that a host asked to be left alone. */
export function forgetHeldHost(store: Store, host: string): Promise<void> {
  return store.remove(placeOf(host))
}

function placeOf(host: string): string {
  return `${folder}${host}.json`
}

function readFields(fields: Fields): HeldHost | string {
  return isHeldHost(fields) ? fields : 'It has not the fields of a host that is left alone.'
}
