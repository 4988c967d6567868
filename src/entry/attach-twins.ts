import type { Entry } from '../types.js'
import { distinctKeys } from './distinct-keys.js'
import { normaliseTitle } from './normalise-title.js'
import { pickDefined } from './pick-defined.js'

/** Shorter titles (“公告”, “Hello”) are shared by chance. */
const shortestTitle = 5

/**
 * Recognises the site's own posts in the articles that its weeklies link to: a twin has the same title (normalised), and
 * no other twin and no other article has it. The entry's address and id stay those of the article; date, summary, cover
 * and text of the twin stand in where the article's page could not be had, also for what an item of a feed says of it, and its key joins the entry's, so that a feed
 * of the site brings nothing twice. An article that has its key already has that twin, whatever it is called.
 *
 * @param hasPage whether the article's own page was had. @default what is full comes of one
 */
export function attachTwins(
  entries: readonly Entry[],
  twins: readonly Entry[],
  hasPage: (entry: Entry) => boolean = ({ state }) => state === 'full',
): Entry[] {
  if (twins.length === 0) return [...entries]
  const byKey = new Map(twins.flatMap(twin => twin.keys.map((key): [string, Entry] => [key, twin])))
  const twinOf = uniqueByTitle(twins)
  const articleOf = uniqueByTitle(entries.filter(entry => entry.kind === 'article'))
  return entries.map(entry => {
    if (entry.kind !== 'article') return entry
    const title = normaliseTitle(entry.title)
    const known = entry.keys.find(key => byKey.has(key))
    const twin = known === undefined ? articleOf.get(title) === entry && twinOf.get(title) : byKey.get(known)
    return twin ? completeByTwin(entry, twin, hasPage(entry)) : entry
  })
}

function completeByTwin(entry: Entry, twin: Entry, hasPage: boolean): Entry {
  const [first, second] = hasPage ? [entry, twin] : [twin, entry]
  const takesDate = twin.published !== undefined && (entry.published === undefined || !hasPage)
  return {
    ...entry,
    ...pickDefined(second, 'summary', 'image', 'language'),
    ...pickDefined(first, 'summary', 'image', 'language'),
    ...(hasPage ? {} : pickDefined(twin, 'html')),
    ...(takesDate ? { published: twin.published, dated: { from: 'twin', precision: twin.dated?.precision ?? 'day' } as const } : {}),
    keys: distinctKeys([...entry.keys, ...twin.keys]),
    authors: first.authors.length > 0 ? first.authors : second.authors,
    tags: [...new Set([...entry.tags, ...twin.tags])],
  }
}

function uniqueByTitle(entries: readonly Entry[]): Map<string, Entry> {
  const found = new Map<string, Entry | undefined>()
  for (const entry of entries) {
    const title = normaliseTitle(entry.title)
    if (title.length >= shortestTitle) found.set(title, found.has(title) ? undefined : entry)
  }
  const unique = new Map<string, Entry>()
  for (const [title, entry] of found) if (entry) unique.set(title, entry)
  return unique
}
