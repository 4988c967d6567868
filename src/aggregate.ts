import type { ArchivePlan } from './entry/plan-archive.js'
import { summarizeIssues } from './entry/summarize-issues.js'
import { acquireArticles } from './run/acquire-articles.js'
import { keepArchives, planArchives } from './run/archives.js'
import { copyPictures } from './run/copy-pictures.js'
import { findChurn, keepPublished, namesOfGrouped } from './run/find-churn.js'
import { groupFeeds } from './run/group-feeds.js'
import { hookEntries } from './run/hooks.js'
import { makeFeeds } from './run/make-feeds.js'
import type { Options } from './run/options.js'
import type { OutputFile } from './run/output-file.js'
import { outputFiles } from './run/output-files.js'
import { pruneCache } from './run/prune-cache.js'
import { readSources } from './run/read-sources.js'
import { makeReport, type Report } from './run/report.js'
import { openRun } from './run/run-context.js'
import { settleEntries } from './run/settle-entries.js'
import type { Feed } from './types.js'

/** What a run gives. */
export interface Aggregated {
  /** The feeds by name: their entries as data. */
  feeds: Record<string, Feed>
  /** What the feeds of these names do not show any more, in documents as `archive/<number>/` below their folders holds them. */
  archives: Record<string, ArchivePlan>
  /** The feeds as files, made as they are read; `writeFiles` puts them into a folder. */
  files: AsyncIterable<OutputFile>
  /**
   * Keeps in the store what was published, for later runs: `report.churn` is held against it, and archives go on from it. Call it once the files are where their readers
   * find them; the command does so.
   */
  keepPublished: () => Promise<void>
  /** The account of the run: what was read, fetched, kept, and what went wrong. */
  report: Report
}

/**
 * The whole way, from sources to feeds: reads the sources, gets the articles that they want from the store and the
 * network, settles ids and dates, merges, and makes the feeds. Touches the network and the store, never the output folder.
 *
 * What goes wrong with one post, page or source is a problem in the report and costs nothing else. Throws a
 * `WeekloomError` for options that are wrong and a store that cannot be used, and the reason of its signal when it is stopped: an
 * `AbortError`, or the `TimeoutError` of `AbortSignal.timeout`.
 */
export async function aggregate(options: Options): Promise<Aggregated> {
  const opened = openRun(options)
  try {
    const { items, sources } = await readSources(opened)
    const { articles, pages } = await acquireArticles(items, opened)
    const settled = await settleEntries(items, articles, opened)
    const entries = await hookEntries(summarizeIssues(settled), opened.settings.hooks, opened)
    const run = { ...opened, settings: { ...opened.settings, feeds: groupFeeds(entries, opened.settings) } }
    const feeds = await makeFeeds(entries, run)
    const pictures = await copyPictures(feeds, run)
    const archives = await planArchives(entries, feeds, run)
    const { store } = opened.settings
    const grouped = namesOfGrouped(opened.settings.feeds)
    const churn = await findChurn(entries, run, grouped)
    await pruneCache(run)
    // Made anew each time that somebody reads them.
    const files = { [Symbol.asyncIterator]: () => outputFiles({ entries, feeds, archives, pictures }, run) }
    const keepAll = async () => {
      await keepPublished(feeds, store, grouped)
      await keepArchives(archives, store)
    }
    return { feeds, archives, files, keepPublished: keepAll, report: await makeReport(run, { sources, pages, churn, feeds }) }
  } finally {
    await opened.close()
  }
}
