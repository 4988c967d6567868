import { identityOf } from '../links/identify-link.js'
import { namesDiffer } from '../store/key-slug.js'
import type { Entry } from '../types.js'

/** Two keys that something shows for one thing, without proof. */
export interface ShownPair {
  key: string
  /** The one that would be only a soft alias. */
  other: string
}

/** Entries in which those that are shown to be one share a key. */
export interface JoinedEntries {
  entries: Entry[]
  /** Identities of the keys that no page proves to belong to the entries that have them now. */
  softKeys: ReadonlySet<string>
}

/**
 * Lets entries that are shown to be one thing share a key, so that merging brings them together. What pages prove outweighs what is shown: entries that are
 * proved to be different articles stay apart. The same entries and pairs give the same result in any order.
 *
 * @param entries merged by what is proved
 */
export function joinShown(entries: readonly Entry[], pairs: readonly ShownPair[]): JoinedEntries {
  const softKeys = new Set<string>()
  const groupOf = new Map<string, Group>()
  for (const entry of entries) {
    const keys = entry.keys.map(identityOf)
    const group: Group = { proved: keys, all: keys }
    for (const key of keys) groupOf.set(key, group)
  }
  const sorted = [...pairs].sort((a, b) => (`${a.key}\n${a.other}` < `${b.key}\n${b.other}` ? -1 : 1))
  for (const pair of sorted) {
    const [key, other] = [identityOf(pair.key), identityOf(pair.other)]
    const group = groupOf.get(key)
    const joining = groupOf.get(other)?.all ?? [other]
    if (!group || group === groupOf.get(other) || namesDiffer(group.all, joining)) continue
    const joined: Group = { proved: group.proved, all: [...group.all, ...joining] }
    for (const soft of joining) softKeys.add(soft)
    for (const member of joined.all) groupOf.set(member, joined)
  }
  const joined = entries.map(entry => {
    const group = groupOf.get(identityOf(entry.keys[0] ?? ''))
    const added = group ? group.all.filter(key => softKeys.has(key) || key === group.proved[0]) : []
    const own = new Set(entry.keys.map(identityOf))
    return added.some(key => !own.has(key)) ? { ...entry, keys: [...entry.keys, ...added.filter(key => !own.has(key))] } : entry
  })
  return { entries: joined, softKeys }
}

interface Group {
  /** Keys of the entry that leads the group. */
  proved: readonly string[]
  all: readonly string[]
}
