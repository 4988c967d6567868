import type { Article, Entry } from '../types.js'
import { distinctKeys } from './distinct-keys.js'
import { pickDefined } from './pick-defined.js'

/**
 * Completes an entry by the page that it stands for. What the page states is taken; the rest stays as the weekly has it.
 * The id stays, and so do the origins.
 */
export function completeEntry(entry: Entry, article: Article): Entry {
  return {
    ...entry,
    keys: distinctKeys([...entry.keys, article.key, ...(article.aliases ?? [])]),
    url: article.url,
    title: article.title,
    ...pickDefined(article, 'updated', 'account', 'summary', 'image', 'attachments', 'html', 'language'),
    ...(article.published === undefined ? {} : { published: article.published, dated: { from: 'page', precision: 'second' } as const }),
    authors: article.authors.length > 0 ? article.authors : entry.authors,
    tags: [...new Set([...entry.tags, ...(article.topics ?? []), ...(article.albums ?? [])])],
    state: 'full',
  }
}

/** What is known of an article before its page has been had: it is called by its address. */
export function addressEntry(url: string, key: string, source: string): Entry {
  return {
    id: url,
    keys: [key],
    url,
    title: url.replace(/^https?:\/\//, ''),
    authors: [],
    tags: [],
    kind: 'article',
    state: 'partial',
    origins: [{ source, kind: 'article', url }],
  }
}
