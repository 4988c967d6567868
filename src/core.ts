/**
 * The pure part of weekloom: texts in, data and texts out. Needs nothing of Node, so it runs in browsers and Workers too.
 *
 * @module
 */
export { explainArticle } from './article/explain-article.js'
export { type ArticleInput, type ExtractOptions, extractArticle } from './article/extract-article.js'
export { fitFeed } from './entry/fit-feed.js'
export { mergeEntries } from './entry/merge-entries.js'
export { type PresentOptions, presentEntry } from './entry/present-entry.js'
export type { PicturePolicy, RewriteImage } from './entry/present-pictures.js'
export { newestInstant, type Selection, selectEntries } from './entry/select-entries.js'
export { articleToEntry, feedToEntries, type PostToEntriesOptions, postToEntries, type ToEntriesOptions } from './entry/to-entries.js'
export { type AutodiscoveryOptions, autodiscoveryTags } from './feed/autodiscovery.js'
export { checkFeed } from './feed/check-feed.js'
export { discoverFeeds } from './feed/discover-feeds.js'
export type { FeedFormat } from './feed/feed-addresses.js'
export type { OpmlFeed } from './feed/listed-feeds.js'
export { type ParseFeedOptions, parseFeed } from './feed/parse-feed.js'
export { type ParsedOpml, type ParseOpmlOptions, parseOpml, type Subscription } from './feed/parse-opml.js'
export { atomChunks, writeAtom } from './feed/write-atom.js'
export { type CalendarOptions, calendarChunks, writeCalendar } from './feed/write-calendar.js'
export { jsonChunks, writeJson } from './feed/write-json.js'
export { type OpmlOptions, opmlChunks, writeOpml } from './feed/write-opml.js'
export type { Rhythm, WriteOptions } from './feed/write-options.js'
export { rssChunks, writeRss } from './feed/write-rss.js'
export { identifyLink, identityOf } from './links/identify-link.js'
export { linkKind } from './links/link-kind.js'
export type { PageFeed, PageOptions } from './page/page-options.js'
export { pageChunks, writePage } from './page/write-page.js'
export { explainPost } from './post/explain-post.js'
export { type ParsePostOptions, parsePost, parsePosts } from './post/parse-post.js'
export type { RolePatterns } from './post/section-roles.js'
export { type ProblemCode, type ProblemLevel, problemCatalogue } from './problem-catalogue.js'
export { type Outcome, type Problem, WeekloomError, type Where } from './problems.js'
export { type ParsedDate, parseDate } from './text/date.js'
export { sanitizeHtml } from './text/sanitize.js'
export type {
  Account,
  Article,
  ArticleKind,
  Attachment,
  Dating,
  DiscoveredFeed,
  Entry,
  EntryKind,
  ExplainedField,
  Extractor,
  Feed,
  FeedInfo,
  Instant,
  LinkIdentity,
  LinkKind,
  LinkRef,
  Meeting,
  Origin,
  Output,
  OwnAddress,
  Page,
  ParsedEntry,
  ParsedFeed,
  Person,
  Plain,
  Post,
  Question,
  Release,
  Section,
  SectionRole,
  Site,
  Source,
  SourceHooks,
  SourceItem,
  SourceTools,
  StatedAt,
  Store,
} from './types.js'
export type { ArticleList, ListedArticle, ListInput } from './wechat/article-list.js'
export { wechatExtractor } from './wechat/extract-wechat.js'
export { parseAlbum } from './wechat/parse-album.js'
export { parseHistory } from './wechat/parse-history.js'
