import { identifyLink, identityOf } from '../links/identify-link.js'
import { readPublished } from '../store/last-output.js'
import type { Entry } from '../types.js'
import type { RunContext } from './run-context.js'

/**
 * Tells the id under which an entry was last published as an item, in any feed of the run. Versions whose ledger did not know items kept no more than this.
 *
 * An entry is what was published under an id when that is one of `ids`, or an address that names it, or when another of its keys and its date are those that were published.
 */
export async function readPublishedIds({
  settings,
  report,
}: Pick<RunContext, 'settings' | 'report'>): Promise<(entry: Entry, ids: readonly string[]) => string | undefined> {
  const published = new Set<string>()
  const byName = new Map<string, string>()
  for (const { name } of settings.feeds) {
    const { ids, items = {} } = (await readPublished(settings.store, name, report)) ?? { ids: [] }
    for (const id of ids) published.add(id)
    for (const [id, [date = '', ...keys]] of Object.values(items).flatMap(Object.entries<readonly string[]>)) {
      const own = identifyLink(id)
      if (own.kind !== 'invalid') byName.set(identityOf(own.key), id)
      if (date !== '') for (const key of keys) byName.set(`${identityOf(key)} ${date}`, id)
    }
  }
  return (entry, ids) => {
    const { published: date = '' } = entry
    const keys = entry.keys.map(identityOf)
    const names = [...keys, ...(date === '' ? [] : keys.map(key => `${key} ${date}`))]
    return ids.find(id => published.has(id)) ?? names.flatMap(name => byName.get(name) ?? [])[0]
  }
}
