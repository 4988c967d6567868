import { readPublished } from '../store/last-output.js'
import type { Entry } from '../types.js'
import type { RunContext } from './run-context.js'

/**
 * Articles that were in the feeds before as items of somebody's feed, under the id of the item, keep that id: a weekly that recommends one of them later must not bring it to
 * subscribers anew. The ledger does not know items, so what was last published tells.
 */
export async function callAsPublished(
  articles: readonly Entry[],
  run: Pick<RunContext, 'settings' | 'ledger' | 'report'>,
): Promise<Entry[]> {
  const itemIds = ({ origins }: Entry) => origins.flatMap(({ kind, id }) => (kind === 'feed' && id !== undefined ? [id] : []))
  if (!articles.some(entry => itemIds(entry).length > 0)) return [...articles]
  const published = new Set<string>()
  for (const { name } of run.settings.feeds)
    for (const id of (await readPublished(run.settings.store, name, run.report))?.ids ?? []) published.add(id)
  const called: Entry[] = []
  for (const entry of articles) {
    const id = itemIds(entry).find(item => published.has(item))
    called.push(id === undefined || (await run.ledger.find(entry.keys)) !== undefined ? entry : { ...entry, id })
  }
  return called
}
