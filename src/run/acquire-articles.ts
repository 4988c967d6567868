import { extractArticle } from '../article/extract-article.js'
import { pickDefined } from '../entry/pick-defined.js'
import { identityOf } from '../links/identify-link.js'
import { makeProblem, type Outcome, type Problem } from '../problems.js'
import { type ArticleRecord, noteArticle, noteFailure } from '../store/article-record.js'
import { readArticle, writeArticle } from '../store/article-records.js'
import { decideFreshness } from '../store/freshness.js'
import type { Article, SourceItem } from '../types.js'
import type { PageReport } from './report.js'
import type { RunContext } from './run-context.js'

/** A page that entries stand for. */
interface Want {
  url: string
  key: string
}

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
  const articles = new Map<string, Article>()
  const remember = (want: Want, article: Article) => {
    const { html: _, ...known } = article
    const keys = [want.key, article.key, ...(article.aliases ?? [])].map(identityOf)
    for (const key of keys) articles.set(key, known)
    return keys
  }
  const pages: PageReport[] = []
  const open: OpenWant[] = []
  for (const want of distinctWants(items)) {
    const record = await readKept(want, run)
    if (record?.article) remember(want, record.article)
    const { act } = decideFreshness(record, {
      now: run.settings.now,
      mode: run.settings.network,
      ...pickDefined(run.settings.fetch, 'maxAge'),
    })
    if (act === 'fetch') open.push({ want, record: record ?? { key: want.key } })
    else pages.push(reportKept(want, record))
  }
  const done = new Set<string>()
  const fetchOne = async ({ want, record }: OpenWant): Promise<PageReport> => {
    const outcome = await fetchArticle(want, run)
    const { now, store } = run.settings
    if (outcome.ok) {
      await writeArticle(store, noteArticle(record, outcome.value, now))
      for (const key of remember(want, outcome.value)) done.add(key)
      return { ...want, article: outcome.value.key, state: 'fetched', at: now }
    }
    const failure = noteFailure(record, outcome.problem, now)
    if (failure !== record) await writeArticle(store, failure)
    run.report(addRetryTime(outcome.problem, failure))
    return failure === record || endsHost.has(outcome.problem.code)
      ? reportUnasked(want, failure, outcome.problem)
      : reportKept(want, failure)
  }
  await Promise.all(
    [...groupByHost(open)].map(([host, wants]) =>
      fetchFromHost(host, wants, {
        run,
        fetchOne,
        articleOf: key => (done.has(identityOf(key)) ? articles.get(identityOf(key)) : undefined),
        pages,
      }),
    ),
  )
  return { articles, pages: pages.sort((a, b) => (a.key < b.key ? -1 : 1)) }
}

interface OpenWant {
  want: Want
  /** What is kept of the page so far. */
  record: ArticleRecord
}

interface HostWork {
  run: RunContext
  /** Asks for a page and keeps what came of it. */
  fetchOne: (open: OpenWant) => Promise<PageReport>
  /** The article, where another address of it has brought it in this run. */
  articleOf: (key: string) => Article | undefined
  pages: PageReport[]
}

/** After these nothing more is asked of the host in this run: it would only make things worse, or the run is over. */
const endsHost: ReadonlySet<string> = new Set(['WECHAT_VERIFICATION', 'FETCH_BUDGET', 'FETCH_ABORTED'])

async function fetchFromHost(host: string, wants: readonly OpenWant[], { run, fetchOne, articleOf, pages }: HostWork): Promise<void> {
  const { settings } = run
  let stopped: Pick<Problem, 'code'> | undefined
  let begun = 0
  const work = async () => {
    for (let open = wants[begun++]; open !== undefined; open = wants[begun++]) {
      const { want, record } = open
      settings.signal.throwIfAborted()
      const twin = articleOf(want.key)
      if (twin) pages.push({ ...want, article: twin.key, state: 'fetched' })
      else if (stopped) pages.push(reportUnasked(want, record, stopped))
      else {
        const page = await fetchOne(open)
        pages.push(page)
        const { code } = page
        if (code !== undefined && endsHost.has(code)) stopped ??= { code }
        settings.onProgress({
          step: 'fetch',
          subject: host,
          done: Math.min(begun, wants.length),
          total: wants.length,
          item: want.url,
          ...(code === undefined ? {} : { problem: code }),
        })
      }
    }
  }
  await Promise.all(Array.from({ length: settings.fetch.perHost ?? 1 }, work))
}

/** When the page is asked for again, for whoever reads the problem. */
function addRetryTime(problem: Problem, { outcome }: ArticleRecord): Problem {
  if (outcome?.retryAt === undefined || problem.data?.['retryAt'] !== undefined) return problem
  return { ...problem, data: { ...problem.data, retryAt: outcome.retryAt } }
}

async function fetchArticle(want: Want, { fetcher, report }: RunContext): Promise<Outcome<Article>> {
  const fetched = await (await fetcher()).fetch(want.url, { as: 'bytes' })
  if (!fetched.ok) return fetched
  if (fetched.value.kind === 'not-modified') {
    return { ok: false, problem: makeProblem('FETCH_NOT_MODIFIED_UNASKED', { url: want.url }, `${want.url} answered “not modified”.`) }
  }
  const extracted = extractArticle(fetched.value.page)
  if (extracted.ok) extracted.problems?.forEach(report)
  return extracted
}

/** Each page once; short addresses first, since a page asked for by one proves the long one too. */
function distinctWants(items: readonly SourceItem[]): Want[] {
  const wants = new Map<string, Want>()
  for (const { wants: want } of items) if (want && !wants.has(identityOf(want.key))) wants.set(identityOf(want.key), want)
  const isShort = ({ key }: Want) => key.startsWith('wechat:s/')
  return [...wants.values()].sort((a, b) => Number(isShort(b)) - Number(isShort(a)))
}

/** What the store has of a page, under the key that is asked for or one that the ledger knows to be the same. */
async function readKept({ key }: Want, { settings, ledger, report }: RunContext): Promise<ArticleRecord | undefined> {
  const own = await readArticle(settings.store, key, report)
  if (own?.article) return own
  const known = await ledger.find([key])
  for (const alias of known ? [known.key, ...known.aliases] : []) {
    if (identityOf(alias) === identityOf(key)) continue
    const other = await readArticle(settings.store, alias, report)
    if (other?.article) return other
  }
  return own
}

function groupByHost(open: readonly OpenWant[]): Map<string, OpenWant[]> {
  const hosts = new Map<string, OpenWant[]>()
  for (const item of open) {
    const { host } = new URL(item.want.url)
    const list = hosts.get(host)
    if (list) list.push(item)
    else hosts.set(host, [item])
  }
  return hosts
}

function reportKept(want: Want, record: ArticleRecord | undefined): PageReport {
  const { article, fetchedAt, outcome } = record ?? {}
  return {
    ...want,
    ...(article ? { article: article.key } : {}),
    state: article ? 'stored' : outcome ? 'failed' : 'waiting',
    ...(fetchedAt === undefined ? {} : { at: fetchedAt }),
    ...(outcome ? pickDefined(outcome, 'at', 'code', 'times', 'retryAt') : {}),
  }
}

/** A page that was not asked for, or in vain, while the store may have it from before. */
function reportUnasked(want: Want, record: ArticleRecord, { code }: Pick<Problem, 'code'>): PageReport {
  return { ...reportKept(want, record), ...(record.article ? {} : { state: 'waiting' }), code }
}
