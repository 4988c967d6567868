import { isTable } from '../text/form.js'
import type { Instant, Store } from '../types.js'
import { slugOf } from './key-slug.js'
import type { Fields } from './record-text.js'
import { type Report, readRecord, writeRecord } from './records.js'
import { addTime, day } from './retry-time.js'
import { isInstant, isObjectOf } from './shape.js'

/** Days for which a copy stays beside the feeds that have let its entry go: readers still show what they took. */
const keptDays = 30

/** The copies of pictures that lie beside the feeds of one place. */
interface CopiesRecord {
  /** Path → when the feeds let it go; empty while they show it. */
  copies: Readonly<Record<string, Instant | ''>>
}

const shelf = 'copies/'

const isCopies = isObjectOf<CopiesRecord>(
  { copies: value => isTable(value) && Object.values(value).every(left => left === '' || isInstant(left)) },
  [],
)

/** Notes which copies the feeds at an address show now, by path, and gives those besides that they have let go lately. */
export async function noteCopies(
  { store, site, baseUrl, now, network }: { store: Store; site: { url: string }; baseUrl: string; now: Instant; network: string },
  shown: ReadonlySet<string>,
  report: Report,
): Promise<string[]> {
  // A preview serves the same feeds under another host.
  const place = `${shelf}${slugOf(new URL(new URL(baseUrl).pathname, site.url).href)}.json`
  const { copies: before } = (await readRecord(store, place, readCopies, report)) ?? { copies: {} }
  const left = Object.entries(before).flatMap(([path, since]): [string, Instant][] => {
    // What a clock that was wrong has dated ahead begins anew.
    const date = since === '' || since > now ? now : since
    return !shown.has(path) && addTime(date, keptDays * day) > now ? [[path, date]] : []
  })
  const copies = Object.fromEntries([...left, ...[...shown].map(path => [path, ''] as const)])
  // What a frozen run does not show it may merely not have.
  if (network !== 'frozen' && Object.keys({ ...before, ...copies }).length > 0)
    await writeRecord<CopiesRecord>(store, place, readCopies, { copies })
  return left.map(([path]) => path)
}

/** The copies that lie beside any feeds that are made of the store. */
export async function readAllCopies(store: Store, report: Report): Promise<string[]> {
  const paths: string[] = []
  for await (const key of store.keys(shelf)) paths.push(...Object.keys((await readRecord(store, key, readCopies, report))?.copies ?? {}))
  return paths
}

function readCopies(fields: Fields): CopiesRecord | string {
  return isCopies(fields) ? fields : 'Its `copies` are no dates by path.'
}
