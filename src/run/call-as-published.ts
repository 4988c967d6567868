import { identifyLink, identityOf } from '../links/identify-link.js'
import { readPublished } from '../store/last-output.js'
import type { Entry } from '../types.js'
import type { RunContext } from './run-context.js'

/**
 * Items of somebody's feed keep the id under which they were published. Their feed may come to call them otherwise (https for http, addresses for numbers), it may move, or
 * a weekly may recommend one of them later: none of that must bring them to subscribers anew. The ledger does not know items, so what was last published tells.
 *
 * An entry is what was published under an id when that is the id of one of its items, or an address that names it, or when another of its keys and its date are those that were published.
 */
export async function callAsPublished(
  entries: readonly Entry[],
  run: Pick<RunContext, 'settings' | 'ledger' | 'report'>,
): Promise<Entry[]> {
  if (!entries.some(isItem)) return [...entries]
  const idOf = await readPublishedIds(run)
  const taken = new Set(entries.map(({ id }) => id))
  const called: Entry[] = []
  for (const entry of entries) {
    const id = isItem(entry) ? idOf(entry) : undefined
    const isFree = id !== undefined && !taken.has(id)
    if (isFree && (await run.ledger.find(entry.keys)) === undefined) {
      taken.add(id)
      called.push({ ...entry, id })
    } else called.push(entry)
  }
  return called
}

/** An issue goes by its permalink. */
function isItem(entry: Entry): boolean {
  return entry.kind !== 'issue' && itemIds(entry).length > 0
}

function itemIds({ origins }: Entry): string[] {
  return origins.flatMap(({ kind, id }) => (kind === 'feed' && id !== undefined ? [id] : []))
}

/** The id under which an entry was last published as an item, in any feed of the run. */
async function readPublishedIds({
  settings,
  report,
}: Pick<RunContext, 'settings' | 'report'>): Promise<(entry: Entry) => string | undefined> {
  const ids = new Set<string>()
  const byName = new Map<string, string>()
  for (const { name } of settings.feeds) {
    const { ids: published, items = {} } = (await readPublished(settings.store, name, report)) ?? { ids: [] }
    for (const id of published) ids.add(id)
    for (const [id, [date = '', ...keys]] of Object.values(items).flatMap(Object.entries<readonly string[]>)) {
      const own = identifyLink(id)
      if (own.kind !== 'invalid') byName.set(identityOf(own.key), id)
      if (date !== '') for (const key of keys) byName.set(`${identityOf(key)} ${date}`, id)
    }
  }
  return entry => {
    const { published = '' } = entry
    const keys = entry.keys.map(identityOf)
    const names = [...keys, ...(published === '' ? [] : keys.map(key => `${key} ${published}`))]
    return itemIds(entry).find(id => ids.has(id)) ?? names.flatMap(name => byName.get(name) ?? [])[0]
  }
}
