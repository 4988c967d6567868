import { completeEntry } from '../entry/article-entry.js'
import { compareNewest } from '../entry/canonical-order.js'
import { mergeEntries } from '../entry/merge-entries.js'
import { identifyLink, identityOf } from '../links/identify-link.js'
import type { LedgerClaim, LedgerRecord } from '../store/ledger-record.js'
import type { Article, Dating, Entry, Instant, SourceItem } from '../types.js'
import type { RunContext } from './run-context.js'

/**
 * Turns what the sources gave into the entries of a run: completed by the articles that were had, each thing once, with
 * the id and the date that the ledger keeps, so that neither ever moves. Newest first.
 */
export async function settleEntries(items: readonly SourceItem[], articles: ReadonlyMap<string, Article>, run: RunContext): Promise<Entry[]> {
  const completed: Entry[] = []
  for (const { entry, wants } of items) {
    const article = wants && articles.get(identityOf(wants.key))
    const full = article ? completeEntry(entry, article) : entry
    // Two addresses that a page once proved to be one article stay one, also when the page is no longer kept.
    const known = wants && (await run.ledger.find(full.keys))
    completed.push(known ? { ...full, keys: [...new Set([...full.keys, known.key, ...known.aliases])] } : full)
  }
  const merged = mergeEntries(completed)
  const linked = merged.filter(entry => entry.kind === 'article')
  const records = await run.ledger.claimAll(linked.map(entry => claimOf(entry, run.settings.now)))
  const settled = new Map(linked.map((entry, index) => [entry, settleEntry(entry, records[index])]))
  return merged.map(entry => settled.get(entry) ?? entry).sort(compareNewest)
}

function claimOf(entry: Entry, now: Instant): LedgerClaim {
  const issued = entry.origins.find(origin => origin.kind === 'post')
  const firstSeen = issued ? issued.published : now
  const own = identifyLink(entry.id).key
  return {
    id: entry.id,
    keys: [own, ...entry.keys.filter(key => key !== own)],
    url: entry.url,
    ...(firstSeen === undefined ? {} : { firstSeen }),
    ...(entry.published === undefined ? firstSeenDate(firstSeen, issued !== undefined) : datesOf(entry)),
  }
}

/** Never the build's clock where an issue has a date: all that is known then is when it was first recommended. */
function firstSeenDate(firstSeen: Instant | undefined, byIssue: boolean): { published?: Instant; dated?: Dating } {
  if (firstSeen === undefined) return {}
  return { published: firstSeen, dated: { from: byIssue ? 'issue' : 'first-seen', precision: 'day', estimated: true } }
}

function settleEntry(entry: Entry, kept: LedgerRecord | undefined): Entry {
  return kept ? { ...entry, id: kept.id, ...datesOf(kept) } : entry
}

function datesOf({ published, dated }: Pick<Entry, 'published' | 'dated'>): Pick<Entry, 'published' | 'dated'> {
  return { ...(published === undefined ? {} : { published }), ...(dated === undefined ? {} : { dated }) }
}
