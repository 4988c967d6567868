import { readFile } from 'node:fs/promises'
import { extractArticle } from '../article/extract-article.js'
import { addressEntry } from '../entry/article-entry.js'
import { articleToEntry } from '../entry/to-entries.js'
import { identifyLink } from '../links/identify-link.js'
import { causeOf, makeProblem, type Problem } from '../problems.js'
import type { Source, SourceItem, SourceTools } from '../types.js'
import { listedItem, readList, savedList } from './article-lists.js'
import { type EntryFilters, makeFilter } from './filter-items.js'
import { findFiles, nothingFound } from './find-files.js'
import { assertSourceOptions, readPlaces } from './source-schemas.js'

/** What `articles()` can be told, with the filters. */
export interface ArticlesOptions extends EntryFilters {
  /**
   * Name of the source, in reports.
   * @default 'articles'
   * @example 'album'
   */
  name?: string
  /**
   * Pages of an album that are read at most; each has 10 or 20 articles, the newest or the first ones as the album has them.
   * @default 5
   * @example 1
   */
  pages?: number
}

/**
 * Single pages as a source: each address becomes an entry once its page has been had; until then it is called by its
 * address. An album (`/mp/appmsgalbum`, also its JSON with `f=json`) gives an entry for each of its articles, and so does an account's history.
 *
 * A path (ending in `.html`, `.htm` or `.json`, also as a pattern) is a page saved on this machine: the article in it, whole, or the articles that it
 * lists. Nothing is asked for it. What the page of a list names is asked for as robots.txt allows.
 *
 * @param pages addresses of articles, of WeChat or of any other site; addresses of albums; paths of saved pages
 */
export function articles(pages: string | readonly string[], options: ArticlesOptions = {}): Source {
  assertSourceOptions('articles', options)
  const places = readPlaces('articles', pages)
  const { name = 'articles', pages: mostPages = 5, ...filters } = options
  const filterItems = makeFilter(filters, name, 'articles')
  async function* readAll(tools: SourceTools): AsyncGenerator<SourceItem> {
    for (const text of places) {
      tools.signal.throwIfAborted()
      if (isPath(text)) yield* readSaved(text, name, tools)
      else yield* readAddress(text, { name, mostPages }, tools)
    }
  }
  return { name, files: places.filter(isPath), read: tools => filterItems(readAll(tools), tools) }
}

/** A path, not an address: `saved/*.html`, but not `https://…` and not `example.org/page.html`, which has lost its scheme. */
function isPath(text: string): boolean {
  return (
    /\.(?:html?|json)$/i.test(text) &&
    !/^(?:[a-z][a-z0-9+.-]+:\/\/|\/\/|[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:cn|com|org|net|io|dev)\/)/i.test(text)
  )
}

async function* readAddress(
  text: string,
  { name, mostPages }: { name: string; mostPages: number },
  tools: SourceTools,
): AsyncGenerator<SourceItem> {
  const link = identifyLink(text)
  const { kind, key, url } = link
  if (kind === 'invalid') {
    const meant = /^[\w.-]+\.[a-z]{2,}(?:\/|$)/i.test(text) ? `; did you mean https://${text}?` : '.'
    tools.report(makeProblem('LINK_INVALID', { source: name, url: text }, `“${text}” is not an address${meant}`))
  } else if (kind === 'wechat-album' || isHistory(url)) {
    // The form that was asked for: `identifyLink` leaves out what does not say which album it is.
    const asked = kind === 'wechat-album' && /[?&]f=json(?:&|$)/.test(text) ? `${url}&f=json` : url
    yield* readList(asked, { name, mostPages }, tools)
  } else yield { entry: addressEntry(url, key, name), wants: { url, key } }
}

/** Pages of WeChat that list what an account has published. */
function isHistory(url: string): boolean {
  return /^https:\/\/mp\.weixin\.qq\.com\/(?:mp\/(?:profile_ext|getmasssendmsg)|profile)(?:\?|$)/.test(url)
}

async function* readSaved(
  pattern: string,
  source: string,
  { cwd, report, hooks, extractors = [] }: SourceTools,
): AsyncGenerator<SourceItem> {
  const files = await findFiles(pattern, cwd)
  if (files.length === 0) report(nothingFound(source, [pattern], cwd))
  for (const { path, absolutePath } of files) {
    const refuse = (problem: Problem) => report({ ...problem, where: { source, file: path } })
    let body: Uint8Array
    try {
      body = new Uint8Array(await readFile(absolutePath))
    } catch (error) {
      refuse(makeProblem('POST_UNREADABLE', {}, `${path} cannot be read.`, { cause: causeOf(error) }))
      continue
    }
    const list = savedList({ url: path, body })
    if (list) {
      for (const article of list.articles) yield listedItem(article, list, { source })
      continue
    }
    const outcome = extractArticle({ url: path, body }, { extractors })
    outcome.problems?.forEach(refuse)
    const article = outcome.ok && hooks ? await hooks.article(outcome.value) : outcome.ok ? outcome.value : undefined
    if (article) yield { entry: articleToEntry(article, { source }) }
    else if (!outcome.ok) refuse(outcome.problem)
  }
}
