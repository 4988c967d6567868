import type { Store } from '../types.js'
import type { Fields } from './record-text.js'
import { type Report, readRecord, writeRecord } from './records.js'
import { isTextByName } from './shape.js'

/** What a WebSub hub was last told of: address of a feed → mark of its text then. */
export type PingRecord = Readonly<Record<string, string>>

/** What a hub was last told of; nothing when it never was. */
export async function readPings(store: Store, place: string, report: Report): Promise<PingRecord> {
  return (await readRecord(store, placeOf(place), readPingRecord, report))?.told ?? {}
}

/** Keeps what a hub was told of. */
export function writePings(store: Store, place: string, told: PingRecord): Promise<void> {
  return writeRecord<{ told: PingRecord }>(store, placeOf(place), readPingRecord, { told })
}

function placeOf(place: string): string {
  return `pings/${place}.json`
}

function readPingRecord({ told }: Fields): { told: PingRecord } | string {
  return isTextByName(told) ? { told } : 'Its `told` is no text by address.'
}
