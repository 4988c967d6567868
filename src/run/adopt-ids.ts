import { parsedFeedForm } from '../entry/document-forms.js'
import { isPartId } from '../entry/part-entries.js'
import { identifyLink } from '../links/identify-link.js'
import { addAdoptedIds } from '../store/adopted-ids.js'
import { openLedger } from '../store/ledger.js'
import type { LedgerClaim } from '../store/ledger-record.js'
import type { Report as Tell } from '../store/records.js'
import { anObjectOf, assertForm } from '../text/form.js'
import type { ParsedFeed, Store } from '../types.js'
import { isAtomId } from './check-made.js'

/**
 * Takes over the ids of a feed that was there before weekloom, so that its subscribers see nothing twice: every item's
 * address leads to its id in the ledger, and later runs publish issues and articles under it. Items without an address or
 * an id cannot be told again and are left out, and so are those with an id that items of other addresses have too: it names none of them; and questions, releases and events,
 * whose ids stand on that of their issue.
 * Gives the number of ids taken over; what the ledger knows by another id already keeps that.
 *
 * @param report is told of damaged records of the store (`STORE_RECORD_DAMAGED`)
 */
export async function adoptIds(feed: ParsedFeed, store: Store, report: Tell): Promise<number> {
  assertForm(feed, anObjectOf(parsedFeedForm), 'The feed whose ids are taken over')
  const items = feed.entries.flatMap(({ id, url, published }) => {
    const link = identifyLink(url ?? '')
    return id === undefined || link.kind === 'invalid' || isPartId(id) ? [] : [{ id, link, published }]
  })
  const keysOf = new Map<string, Set<string>>()
  for (const { id, link } of items) keysOf.set(id, (keysOf.get(id) ?? new Set()).add(link.key))
  const claims = items
    .filter(({ id }) => keysOf.get(id)?.size === 1)
    .map(
      ({ id, link, published }): LedgerClaim => ({
        id,
        keys: [link.key],
        url: link.url,
        ...(published === undefined ? {} : { firstSeen: published, published, dated: { from: 'feed', precision: 'second' } }),
      }),
    )
  const records = await openLedger(store, report).claimAll(claims)
  const taken = records.flatMap(({ id }, index) => (id === claims[index]?.id ? [id] : []))
  const plain = taken.filter(id => !isAtomId(id))
  if (plain.length > 0) await addAdoptedIds(store, plain)
  return taken.length
}
