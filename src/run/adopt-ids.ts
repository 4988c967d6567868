import { parsedFeedForm } from '../entry/document-forms.js'
import { identifyLink } from '../links/identify-link.js'
import { openLedger } from '../store/ledger.js'
import type { LedgerClaim } from '../store/ledger-record.js'
import type { Report as Tell } from '../store/records.js'
import { anObjectOf, assertForm } from '../text/form.js'
import type { ParsedFeed, Store } from '../types.js'

/**
 * Takes over the ids of a feed that was there before weekloom, so that its subscribers see nothing twice: every item's
 * address leads to its id in the ledger, and later runs publish issues and articles under it. Items without an address or
 * an id cannot be told again and are left out. Gives the number of ids taken over.
 *
 * @param report is told of damaged records of the store (`STORE_RECORD_DAMAGED`)
 */
export async function adoptIds(feed: ParsedFeed, store: Store, report: Tell): Promise<number> {
  assertForm(feed, anObjectOf(parsedFeedForm), 'The feed whose ids are taken over')
  const claims: LedgerClaim[] = []
  for (const { id, url, published } of feed.entries) {
    const link = identifyLink(url ?? '')
    if (id === undefined || link.kind === 'invalid') continue
    claims.push({
      id,
      keys: [link.key],
      url: link.url,
      ...(published === undefined ? {} : { firstSeen: published, published, dated: { from: 'feed', precision: 'second' } }),
    })
  }
  await openLedger(store, report).claimAll(claims)
  return claims.length
}
