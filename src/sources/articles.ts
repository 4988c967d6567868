import { identifyLink } from '../links/identify-link.js'
import { makeProblem } from '../problems.js'
import type { Source } from '../types.js'

export interface ArticlesOptions {
  /**
   * Name of the source, in reports.
   * @default 'articles'
   */
  name?: string
}

/**
 * Single pages as a source: each address becomes an entry once its page has been had; until then it is called by its
 * address.
 *
 * @param urls addresses of articles, of WeChat or of any other site
 */
export function articles(urls: string | readonly string[], options: ArticlesOptions = {}): Source {
  const name = options.name ?? 'articles'
  return {
    name,
    async *read({ report }) {
      for (const text of [urls].flat()) {
        const { kind, key, url } = identifyLink(text)
        if (kind === 'invalid') {
          report(makeProblem('LINK_INVALID', { source: name, url: text }, `“${text}” is not an address.`))
          continue
        }
        yield {
          entry: {
            id: url,
            keys: [key],
            url,
            title: url.replace(/^https?:\/\//, ''),
            authors: [],
            tags: [],
            kind: 'article',
            state: 'partial',
            origins: [{ source: name, kind: 'article', url }],
          },
          wants: { url, key },
        }
      }
    },
  }
}
