import { identityOf } from '../links/identify-link.js'
import { publicAddress } from '../links/secrets.js'
import type { ProblemCode } from '../problem-catalogue.js'
import type { Problem } from '../problems.js'
import { dropAbsent } from '../text/drop-absent.js'
import type { Article, Instant } from '../types.js'
import { isArticle } from './article-form.js'
import { type FailedTry, failedTryForms, noteTry } from './failed-try.js'
import { type Fields, writeRecordText } from './record-text.js'
import { isInstant, isObjectOf, isText } from './shape.js'

/** How the last try to have a page failed. */
interface FailedPage extends FailedTry {
  /** Where the page says that the article has moved to. */
  target?: string
  /** Name of the extractor of the user's own that was asked about the page. */
  reader?: string
}

/** What was had of a linked page. A failure never takes away an article that was had. */
export interface ArticleRecord {
  /** See `LinkIdentity.key`. */
  key: string
  article?: Article
  /** When the article was had. */
  fetchedAt?: Instant
  /** The address that answered with the article, where extractors of the user's own were asked by it and it is not the article's. */
  answeredBy?: string
  /** The last try, where that failed. */
  outcome?: FailedPage
}

/** These tell of the run, its options and its limits, or of the host, not of the page: nothing is kept of them. */
const tellsNothing: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'FETCH_BUDGET',
  'FETCH_ABORTED',
  'FETCH_LATER',
  'WECHAT_VERIFICATION',
  'FETCH_HOST_UNKNOWN',
  'FETCH_REFUSED',
  'FETCH_SCHEME',
])

/**
 * The record after the page was had.
 *
 * @param answeredBy the address that answered, where it matters who reads it
 */
export function noteArticle(record: ArticleRecord, article: Article, now: Instant, answeredBy = article.url): ArticleRecord {
  return { key: record.key, article, fetchedAt: now, ...(answeredBy === article.url ? {} : { answeredBy }) }
}

/**
 * The record after a try that failed.
 *
 * @param reader name of the user's own extractor that was asked about the page, and answered
 */
export function noteFailure(record: ArticleRecord, problem: Problem, now: Instant, reader?: string): ArticleRecord {
  if (tellsNothing.has(problem.code)) return record
  const target = problem.data?.['target']
  const more = dropAbsent({ target: target === undefined ? undefined : publicAddress(target), reader })
  return { ...record, outcome: { ...noteTry(record.outcome, problem, now), ...more } }
}

/**
 * Brings together what two runs had of one page: the article had last, and the failure that came last unless the article
 * was had after it. In whatever order records are merged, and however often, the result is the same.
 */
export function mergeArticleRecords(a: ArticleRecord, b: ArticleRecord): ArticleRecord {
  const { article, fetchedAt, answeredBy } = laterOf(a, b, record => record.article && { at: record.fetchedAt, what: record.article })
  const { outcome } = laterOf(a, b, record => record.outcome && { at: record.outcome.at, what: record.outcome })
  return {
    // With `sn` where one of them has it.
    key: a.key.length > b.key.length || (a.key.length === b.key.length && a.key >= b.key) ? a.key : b.key,
    ...(article ? dropAbsent({ article, fetchedAt, answeredBy }) : {}),
    ...(outcome === undefined || (article !== undefined && (fetchedAt ?? '') >= outcome.at) ? {} : { outcome }),
  }
}

/** Takes the fields of a stored record for one of this page, or says what is wrong with them. */
export function readArticleRecord(key: string, fields: Fields): ArticleRecord | string {
  const { key: kept, article, fetchedAt, answeredBy, outcome } = fields
  if (typeof kept !== 'string' || identityOf(kept) !== identityOf(key)) return `It is of another page than ${key}.`
  if (article !== undefined && !isArticle(article)) return 'Its `article` has not the fields of an article.'
  if (fetchedAt !== undefined && !isInstant(fetchedAt)) return 'Its `fetchedAt` is no date.'
  return {
    key: kept,
    ...dropAbsent({ article, fetchedAt }),
    ...(isText(answeredBy) ? { answeredBy } : {}),
    // A failure that this version does not know is not worth an article: it is tried again.
    ...(isFailedPage(outcome) ? { outcome } : {}),
  }
}

const isFailedPage = isObjectOf<FailedPage>({ ...failedTryForms, target: isText, reader: isText }, ['retryAt', 'target', 'reader'])

/** Of two records the one that has something later; of one moment, the one whose text is greater, so that the order does not matter. */
function laterOf(
  a: ArticleRecord,
  b: ArticleRecord,
  part: (record: ArticleRecord) => { at: Instant | undefined; what: object } | undefined,
): ArticleRecord {
  const [first, second] = [part(a), part(b)]
  if (!first || !second) return first ? a : b
  const [at = '', other = ''] = [first.at, second.at]
  return at > other || (at === other && writeRecordText(first.what) >= writeRecordText(second.what)) ? a : b
}
