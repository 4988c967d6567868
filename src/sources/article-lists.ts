import type { Outcome } from '../problems.js'
import { dropAbsent } from '../text/drop-absent.js'
import type { Entry, SourceItem, SourceTools } from '../types.js'
import type { ArticleList, ListedArticle, ListInput } from '../wechat/article-list.js'
import { parseAlbum } from '../wechat/parse-album.js'
import { parseHistory } from '../wechat/parse-history.js'

/** The articles of an album or a history, page by page. Stops at the first page that cannot be had, with its problem. */
export async function* readList(
  url: string,
  { name, mostPages }: { name: string; mostPages: number },
  { fetchText, report, signal }: SourceTools,
): AsyncGenerator<SourceItem> {
  const seen = new Set<string>()
  let first: ArticleList | undefined
  let next: string | undefined = url
  for (let page = 0; page < mostPages && next !== undefined; page++) {
    signal.throwIfAborted()
    const fetched = await fetchText(next, { discovered: page > 0, isGood: async page => parseList(page).ok })
    const outcome: Outcome<ArticleList> = fetched.ok ? parseList(fetched.value) : fetched
    if (!outcome.ok) {
      report({ ...outcome.problem, where: { source: name, ...outcome.problem.where } })
      return
    }
    const list: ArticleList = outcome.value
    first ??= list
    const fresh = list.articles.filter(({ key }) => !seen.has(key))
    for (const article of fresh) {
      seen.add(article.key)
      yield listedItem(article, { ...list, ...first }, { source: name, url })
    }
    // A page that brings nothing new would bring it for ever.
    next = fresh.length > 0 ? list.next : undefined
  }
}

/** The list in a saved page; absent when it has none. */
export function savedList(page: ListInput): ArticleList | undefined {
  const outcome = parseList(page)
  return outcome.ok ? outcome.value : undefined
}

function parseList(page: ListInput): Outcome<ArticleList> {
  const album = parseAlbum(page)
  if (album.ok) return album
  const history = parseHistory(page)
  return history.ok ? history : album
}

/** The entry of a listed article, by the words of the list until its page has been had. */
export function listedItem(
  { url, key, title, published, author, summary, image }: ListedArticle,
  list: Pick<ArticleList, 'title' | 'account'>,
  { source, url: listUrl }: { source: string; url?: string },
): SourceItem {
  const entry: Entry = {
    id: url,
    keys: [key],
    url,
    title,
    ...(published === undefined ? {} : { published, dated: { from: 'feed', precision: 'second' } as const }),
    authors: author === undefined ? [] : [{ name: author }],
    ...(list.account === undefined ? {} : { account: { name: list.account } }),
    tags: list.title === undefined ? [] : [list.title],
    ...dropAbsent({ summary, image }),
    kind: 'article',
    state: 'partial',
    origins: [{ source, kind: 'article', ...dropAbsent({ url: listUrl, title: list.title }) }],
  }
  return { entry, wants: { url, key, discovered: true } }
}
