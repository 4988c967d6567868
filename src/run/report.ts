import type { ProblemCode } from '../problem-catalogue.js'
import type { Problem } from '../problems.js'
import { dropAbsent } from '../text/drop-absent.js'
import type { Feed, Instant } from '../types.js'
import type { ChurnReport } from './find-churn.js'
import type { RunContext } from './run-context.js'

/** What became of a page that an entry stands for. */
export interface PageReport {
  url: string
  key: string
  /** Key of the article that it is; two addresses can be one article. */
  article?: string
  /** `fetched` in this run, `stored` by an earlier one, `failed` for good or until a later try, `waiting` for a later run. */
  state: 'fetched' | 'stored' | 'failed' | 'waiting'
  /** When it was had, or last asked for in vain. */
  at?: Instant
  /** Why it failed or waits. */
  code?: ProblemCode
  /** Failures in a row for this cause; 1 is a new one. */
  times?: number
  /** When it will be asked again at the earliest. */
  retryAt?: Instant
}

/** What a source gave. */
export interface SourceReport {
  name: string
  /** Issues of weeklies. */
  posts: number
  /** Links of theirs that became entries. */
  links: number
  /** Items of feeds. */
  items: number
  /** Feeds that were had, some perhaps only as the last good copy. */
  feeds: number
  /** Feeds of which nothing was had. */
  failedFeeds: number
  /** All entries, issues included. */
  entries: number
}

/** What was asked of a host. */
export interface HostReport {
  host: string
  /** Redirects, retries and robots.txt count. */
  requests: number
  /** Bytes received. */
  bytes: number
  /** Requests that ended in a problem. */
  failures: number
  /** It is left alone until then: it asked for that, gave no answer, or wants a captcha solved. */
  heldUntil?: Instant
}

/** The account of a run: plain data, fit for a file. */
export interface Report {
  format: 1
  now: Instant
  network: 'auto' | 'frozen' | 'refresh'
  sources: readonly SourceReport[]
  hosts: readonly HostReport[]
  /** Each wanted page once. */
  pages: readonly PageReport[]
  /** Entries by feed. */
  feeds: Readonly<Record<string, number>>
  /** What was published last time and is gone, by feed: ids that no entry has any more, and feeds of a `per` that are no more. */
  churn: Readonly<Record<string, ChurnReport>>
  problems: readonly Problem[]
}

/** Writes down what a run did. */
export async function makeReport(
  run: RunContext,
  { sources, pages, churn, feeds }: Pick<Report, 'sources' | 'pages' | 'churn'> & { feeds: Readonly<Record<string, Feed>> },
): Promise<Report> {
  const { now, network } = run.settings
  const hosts = Object.entries(await run.hostStats())
    .map(([host, stats]) => ({ host, ...stats }))
    .sort((a, b) => (a.host < b.host ? -1 : 1))
  const counts = Object.fromEntries(Object.entries(feeds).map(([name, { entries }]) => [name, entries.length]))
  return { format: 1, now, network, sources, hosts, pages, feeds: counts, churn, problems: run.problems }
}

/** The figures that a summary shows; articles are counted once, whatever addresses they have. */
export interface Totals extends Omit<SourceReport, 'name'> {
  fetched: number
  stored: number
  failed: number
  waiting: number
}

/** Adds up a report. */
export function totalsOf({ sources, pages }: Report): Totals {
  const sum = (field: keyof Omit<SourceReport, 'name'>) => sources.reduce((total, source) => total + source[field], 0)
  const count = (state: PageReport['state']) =>
    new Set(pages.filter(page => page.state === state).map(page => page.article ?? page.key)).size
  return {
    posts: sum('posts'),
    links: sum('links'),
    items: sum('items'),
    feeds: sum('feeds'),
    failedFeeds: sum('failedFeeds'),
    entries: sum('entries'),
    fetched: count('fetched'),
    stored: count('stored'),
    failed: count('failed'),
    waiting: count('waiting'),
  }
}

/** Why pages failed or wait. */
export interface Cause {
  code: ProblemCode
  pages: number
  /** When the first of them is asked again. */
  retryAt?: Instant
}

/** How many pages failed or wait, by cause, commonest first. */
export function causesOf({ pages }: Pick<Report, 'pages'>): Cause[] {
  const causes = new Map<ProblemCode, Cause>()
  for (const { code, retryAt } of pages) {
    if (code === undefined) continue
    const before = causes.get(code)
    const first = [before?.retryAt, retryAt].filter(at => at !== undefined).sort()[0]
    causes.set(code, { code, pages: (before?.pages ?? 0) + 1, ...dropAbsent({ retryAt: first }) })
  }
  return [...causes.values()].sort((a, b) => b.pages - a.pages || (a.code < b.code ? -1 : 1))
}
