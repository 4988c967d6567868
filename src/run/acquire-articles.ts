import { findExtractor } from '../article/ask-extractors.js'
import { pickDefined } from '../entry/pick-defined.js'
import { identityOf } from '../links/identify-link.js'
import { type ArticleRecord, noteArticle, noteFailure } from '../store/article-record.js'
import { readArticle, writeArticle } from '../store/article-records.js'
import { isToFetch } from '../store/freshness.js'
import { dropAbsent } from '../text/drop-absent.js'
import type { Article, SourceItem } from '../types.js'
import { endsHost, groupByHost } from './by-host.js'
import { fetchArticle } from './fetch-article.js'
import { addRetryTime, type Hindrance, hindranceOf, reportKept, reportUnasked } from './page-report.js'
import { standFor } from './redirected-page.js'
import type { PageReport } from './report.js'
import type { RunContext } from './run-context.js'

/** A page that entries stand for. */
type Want = NonNullable<SourceItem['wants']>

/** The articles that could be had, without their bodies, by the identity of every key that names them. */
export interface Acquired {
  articles: ReadonlyMap<string, Article>
  /** What became of each wanted page. */
  pages: PageReport[]
}

/**
 * Gets the articles that the entries want: from the store, then from the network, host by host. What is fetched is in the
 * store before the next page is asked for. What cannot be had is a problem; the entry stays as the weekly has it.
 */
export async function acquireArticles(items: readonly SourceItem[], run: RunContext): Promise<Acquired> {
  const had = new Map<string, HadArticle>()
  const remember = (want: Want, keptAs: string, article: Article) => {
    const { html: _, ...known } = article
    const keys = [want.key, article.key, ...(article.aliases ?? [])].map(identityOf)
    const place = identityOf(keptAs)
    for (const key of keys) {
      const other = had.get(key)
      if (!other || takesPlace(place, other.keptAs, key)) had.set(key, { article: known, keptAs: place })
    }
    return keys
  }
  const look = async (want: Want, report: RunContext['report']): Promise<Looked> => {
    const record = await readKept(want, had.get(identityOf(want.key))?.keptAs, { ...run, report })
    if (record?.article) remember(want, record.key, record.article)
    const { now, network, fetch, extractors } = run.settings
    const reader = findExtractor(extractors, record?.answeredBy ?? record?.article?.url ?? want.url)?.name
    const isDue = isToFetch(record ?? {}, { now, network, ...pickDefined(fetch, 'maxAge'), reader })
    return { ...dropAbsent({ record }), isDue, reader }
  }
  const pages: PageReport[] = []
  const open: Want[] = []
  const sort = (want: Want, { record, isDue }: Looked) => {
    if (isDue) open.push(want)
    else pages.push(reportKept(want, record))
  }
  const missed: Want[] = []
  for (const want of distinctWants(items)) {
    const looked = await look(want, run.report)
    if (looked.record?.article) sort(want, looked)
    else missed.push(want)
  }
  // The page of another address may name it, which the run that fetched that page did not ask for twice either.
  for (const want of missed) sort(want, await look(want, () => {}))
  // A page asked for by a short address proves the long one too.
  open.sort((a, b) => Number(isShort(b.key)) - Number(isShort(a.key)))
  const done = new Set<string>()
  const fetchOne = async (want: Want, stopped: Hindrance | undefined): Promise<Fetched> => {
    // Read again, so that no body is held while a page waits for its turn, and that what another run had meanwhile is not asked for.
    const { record = { key: want.key }, isDue, reader } = await look(want, () => {})
    if (!isDue) return { page: reportKept(want, record) }
    if (stopped) return { page: reportUnasked(want, record, stopped) }
    const outcome = await fetchArticle(await shortenWant(want, run), record.article !== undefined, run)
    const { now, store, extractors } = run.settings
    if (outcome.ok) {
      const { article: read, finalUrl } = outcome.value
      const other = had.get(identityOf(read.key))
      const isAnother = other !== undefined && other.keptAs !== identityOf(record.key) && isContradicted(read, other.article)
      const article = isAnother
        ? standFor(
            read,
            want.url,
            (read.aliases ?? []).filter(key => key !== read.key),
          )
        : read
      await writeArticle(store, noteArticle(record, article, now, extractors.length > 0 ? finalUrl : undefined))
      for (const key of remember(want, record.key, article)) done.add(key)
      return { page: { url: want.url, key: want.key, article: article.key, state: 'fetched', at: now } }
    }
    // One that could not be used is asked again as soon as it is mended.
    const isUnused = outcome.problems?.some(({ code }) => code === 'EXTRACTOR_FAILED')
    const failure = noteFailure(record, outcome.problem, now, isUnused ? undefined : reader)
    if (failure !== record) await writeArticle(store, failure)
    const problem = addRetryTime(outcome.problem, failure)
    run.report(problem)
    const hindrance = hindranceOf(problem)
    if (endsHost(problem)) return { page: reportUnasked(want, failure, hindrance), stop: hindrance }
    return { page: failure === record ? reportUnasked(want, failure, hindrance) : reportKept(want, failure) }
  }
  await Promise.all(
    [...groupByHost(open)].map(([host, wants]) =>
      fetchFromHost(host, wants, {
        run,
        fetchOne,
        articleOf: key => (done.has(identityOf(key)) ? had.get(identityOf(key))?.article : undefined),
        pages,
      }),
    ),
  )
  run.settings.signal.throwIfAborted()
  const articles = new Map([...had].map(([key, { article }]) => [key, article]))
  return { articles, pages: pages.sort((a, b) => (a.key < b.key ? -1 : 1)) }
}

interface Looked {
  record?: ArticleRecord
  isDue: boolean
  /** Name of the user's own extractor that is asked about the page. */
  reader: string | undefined
}

interface HadArticle {
  article: Article
  /** The key under which the store keeps it. */
  keptAs: string
}

/**
 * Of the articles that name an address, its own page goes first; else the order is that of the keys, so that it is the same in every run. What was read later of a page
 * takes the place of what was had of it.
 */
function takesPlace(keptAs: string, other: string, key: string): boolean {
  return keptAs === other || (other !== key && (keptAs === key || keptAs < other))
}

interface Fetched {
  page: PageReport
  /** Nothing more is asked of the host, for this reason. */
  stop?: Hindrance
}

interface HostWork {
  run: RunContext
  /** Asks for a page, unless the host is not to be asked any more, and keeps what came of it. */
  fetchOne: (want: Want, stopped: Hindrance | undefined) => Promise<Fetched>
  /** The article, where another address of it has brought it in this run. */
  articleOf: (key: string) => Article | undefined
  pages: PageReport[]
}

async function fetchFromHost(host: string, wants: readonly Want[], { run, fetchOne, articleOf, pages }: HostWork): Promise<void> {
  const { settings } = run
  // By origin: that of http can be closed while that of https is open.
  const stopped = new Map<string, Hindrance>()
  let begun = 0
  let ended = 0
  const tell = (more: { item?: string; problem?: string } = {}) =>
    settings.onProgress({ step: 'fetch', subject: host, done: ended, total: wants.length, ...more })
  tell()
  const work = async () => {
    for (let want = wants[begun++]; want !== undefined; want = wants[begun++]) {
      settings.signal.throwIfAborted()
      const { hostname, origin } = new URL(want.url)
      const known = stopped.get(origin)
      const twin = articleOf(want.key)
      const { page, stop }: Fetched = twin
        ? { page: { url: want.url, key: want.key, article: twin.key, state: 'fetched' } }
        : await fetchOne(want, known)
      pages.push(page)
      if (twin) {
        ended++
        tell()
      }
      if (twin || known) continue
      if (stop) stopped.set(origin, stop)
      // Feeds and redirects of other pages may lead to the host too, for which only the page says that it is not to be asked.
      if (stop?.code === 'WECHAT_VERIFICATION') (await run.fetcher()).hold(hostname, undefined, `It ended with ${stop.code}.`)
      if (!stop) ended++
      tell({ item: want.url, ...dropAbsent({ problem: page.code }) })
    }
  }
  await Promise.all(Array.from({ length: settings.fetch.perHost ?? 1 }, work))
}

/** Whether two pages of different titles call the same third address their own; WeChat's say who they are. */
function isContradicted(read: Article, other: Article): boolean {
  const [one, two] = [read.title, other.title]
  return read.extractor !== 'wechat' && read.key === other.key && !one.includes(two) && !two.includes(one)
}

/** Each page once. */
function distinctWants(items: readonly SourceItem[]): Want[] {
  const wants = new Map<string, Want>()
  for (const { wants: want } of items) {
    if (!want) continue
    const known = wants.get(identityOf(want.key))
    // What somebody names is not discovered, whoever else discovers it.
    if (!known || (known.discovered && !want.discovered)) wants.set(identityOf(want.key), want)
  }
  return [...wants.values()]
}

/** Asked for by its short address where a page once proved that one: WeChat answers it more willingly than the long one. */
async function shortenWant(want: Want, { ledger }: RunContext): Promise<Want> {
  if (!want.key.startsWith('wechat:') || isShort(want.key)) return want
  const short = (await provedKeys(want.key, ledger)).find(isShort)
  return short === undefined ? want : { ...want, url: `https://mp.weixin.qq.com/s/${short.slice(shortKey.length)}` }
}

const shortKey = 'wechat:s/'

function isShort(key: string): boolean {
  return key.startsWith(shortKey)
}

/** All keys that pages prove to be one with this; what only a post shows proves nothing. */
async function provedKeys(key: string, ledger: RunContext['ledger']): Promise<readonly string[]> {
  const known = await ledger.find([key])
  const keys = known ? [known.key, ...known.aliases].sort() : []
  return keys.includes(identityOf(key)) ? keys : []
}

/** What the store has of a page, under the key that is asked for or one that a page or the ledger knows to be the same. */
async function readKept(
  { key }: Want,
  namedBy: string | undefined,
  { settings, ledger, report }: Pick<RunContext, 'settings' | 'ledger' | 'report'>,
): Promise<ArticleRecord | undefined> {
  const own = await readArticle(settings.store, key, report)
  if (own?.article) return own
  for (const alias of namedBy === undefined ? await provedKeys(key, ledger) : [namedBy]) {
    if (identityOf(alias) === identityOf(key)) continue
    const other = await readArticle(settings.store, alias, report)
    // What only a feed or a chain of pages knows to be one brings the entries together later, as it did in the run that learned it.
    if (other?.article && isNamedBy(other.article, key)) return other
  }
  return own
}

function isNamedBy({ key, aliases = [] }: Article, wanted: string): boolean {
  return [key, ...aliases].some(own => identityOf(own) === identityOf(wanted))
}
