import type { Entry } from '../types.js'
import { distinctKeys } from './distinct-keys.js'
import { normaliseTitle } from './normalise-title.js'
import { pickDefined } from './pick-defined.js'

/** Shorter titles (“公告”, “Hello”) are shared by chance. */
const shortestTitle = 5

/**
 * Recognises the site's own posts in the articles that its weeklies link to: a twin has the same title (normalised), and
 * no other twin and no other article has it. The entry's address and id stay those of the article; date, summary, cover
 * and text of the twin stand in where the article's page could not be had, and its key joins the entry's, so that a feed
 * of the site brings nothing twice.
 */
export function attachTwins(entries: readonly Entry[], twins: readonly Entry[]): Entry[] {
  const twinOf = uniqueByTitle(twins)
  const articleOf = uniqueByTitle(entries.filter(entry => entry.kind === 'article'))
  return entries.map(entry => {
    const title = normaliseTitle(entry.title)
    const twin = twinOf.get(title)
    return twin && articleOf.get(title) === entry ? completeByTwin(entry, twin) : entry
  })
}

function completeByTwin(entry: Entry, twin: Entry): Entry {
  return {
    ...entry,
    ...pickDefined(twin, 'summary', 'image', 'language'),
    ...pickDefined(entry, 'summary', 'image', 'language'),
    ...(entry.state === 'partial' ? pickDefined(twin, 'html') : {}),
    ...(entry.published === undefined && twin.published !== undefined
      ? { published: twin.published, dated: { from: 'twin', precision: twin.dated?.precision ?? 'day' } as const }
      : {}),
    keys: distinctKeys([...entry.keys, ...twin.keys]),
    authors: entry.authors.length > 0 ? entry.authors : twin.authors,
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
