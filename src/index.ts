/**
 * All public names of weekloom: the pure part, and what touches the network, the store and the disk.
 *
 * @module
 */
export { type Aggregated, aggregate } from './aggregate.js'
export { type WrittenFile, writeFiles } from './build/write-files.js'
export * from './core.js'
export type { EntryField, EntryPattern, FieldPatterns } from './entry/match-entry.js'
export type { IssuePart } from './entry/part-entries.js'
export type { ArchivePlan } from './entry/plan-archive.js'
export { adoptIds } from './run/adopt-ids.js'
export type { ChurnReport } from './run/find-churn.js'
export {
  type ContentLevel,
  defineConfig,
  type ExtendingConfig,
  type FailPolicy,
  type FeedOptions,
  type Hook,
  type Options,
  type ProgressEvent,
} from './run/options.js'
export type { OutputFile } from './run/output-file.js'
export {
  type Cause,
  causesOf,
  type HostReport,
  type PageReport,
  type Report,
  type SourceReport,
  type Totals,
  totalsOf,
} from './run/report.js'
export type { FetchOptions } from './run/request-options.js'
export type { SiteOptions } from './run/site-options.js'
export { createHandler, type HandlerOptions } from './serve/create-handler.js'
export { toNodeListener } from './serve/node-listener.js'
export type { Served, ServedFile } from './serve/served-files.js'
export { type ArticlesOptions, articles } from './sources/articles.js'
export { type FeedParser, type FeedsOptions, feeds } from './sources/feeds.js'
export type { EntryFilters } from './sources/filter-items.js'
export { type OpmlOptions, opml } from './sources/opml.js'
export { type WeeklyOptions, weekly } from './sources/weekly.js'
export { fileStore } from './store/file-store.js'
export { memoryStore } from './store/memory-store.js'
export { type UnstorageLike, unstorageStore } from './store/unstorage-store.js'
export type { TextPattern } from './text/linear-pattern.js'
export { version } from './version.js'
