import { identityOf } from '../links/identify-link.js'
import { readArticle } from '../store/article-records.js'
import type { Entry } from '../types.js'
import type { RunContext } from './run-context.js'

/** The entry with the body of its page. Bodies stay in the store until one is needed: a run holds none. */
export async function loadText<E extends Pick<Entry, 'keys' | 'html'>>(
  entry: E,
  { settings, report }: Pick<RunContext, 'settings' | 'report'>,
): Promise<E & Pick<Entry, 'html'>> {
  for (const key of new Set(entry.keys.map(identityOf))) {
    const html = (await readArticle(settings.store, key, report))?.article?.html
    if (html !== undefined) return { ...entry, html }
  }
  return entry
}
