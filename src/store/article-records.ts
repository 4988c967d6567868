import type { Store } from '../types.js'
import { type ArticleRecord, mergeArticleRecords, readArticleRecord } from './article-record.js'
import { slugOf } from './key-slug.js'
import { changeRecord, type Report, readRecord } from './records.js'
import { liesAhead } from './retry-time.js'

/** Where the record of a page is kept: `articles/wechat/<biz>/<mid>-<idx>.json`, `articles/wechat/s/<id>.json`, `articles/web/<host>/<hash>.json`. */
export function articlePlace(key: string): string {
  return `articles/${slugOf(key)}.json`
}

/**
 * What was had of a page; nothing when it was never asked for, or when its record is damaged (`STORE_RECORD_DAMAGED` is reported, so it is fetched again).
 *
 * @param key see `LinkIdentity.key`; with or without `sn`
 */
export function readArticle(store: Store, key: string, report: Report): Promise<ArticleRecord | undefined> {
  return readRecord(store, articlePlace(key), fields => readArticleRecord(key, fields), report)
}

/** Keeps what was had of a page, merged with what another run kept meanwhile; nothing is written where that changes nothing. Gives what is kept now. */
export function writeArticle(store: Store, record: ArticleRecord): Promise<ArticleRecord> {
  return changeRecord(
    store,
    articlePlace(record.key),
    fields => readArticleRecord(record.key, fields),
    kept => (kept ? mergeArticleRecords(withoutAhead(kept, record), record) : record),
  )
}

/** What is kept, without what is dated more than a day ahead of what was just had: that came from a clock that was wrong, and would stay the last word for ever. */
function withoutAhead({ outcome, ...kept }: ArticleRecord, { article, fetchedAt = '9999', ...record }: ArticleRecord): ArticleRecord {
  const moment = record.outcome?.at ?? fetchedAt
  const isAhead = (at = '') => liesAhead(at, moment)
  const { key } = kept
  return { ...(article && isAhead(kept.fetchedAt) ? { key } : kept), ...(outcome && !isAhead(outcome.at) ? { outcome } : {}) }
}
