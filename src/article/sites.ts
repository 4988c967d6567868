import type { PlacedField } from './metadata-places.js'

/** A site whose pages are read by CSS selectors. */
export interface SiteRow {
  /** Name of the extractor, and first part of the names of its fixtures. */
  name: string
  /** Held against the host of the address. */
  host: RegExp
  /** Held against the path: which of the site's pages are articles. */
  path: RegExp
  /** IANA name of the zone that the site writes its dates in. @default 'UTC' */
  timeZone?: string
  /** Where a field stands: the first element found counts, its text or, behind `@`, an attribute of it. What no row names is read as on any page. */
  fields: Partial<Record<PlacedField, readonly string[]>>
  /** Where the body stands. */
  body: readonly string[]
  /** Parts of the body that are none of the article. */
  without?: readonly string[]
}

/**
 * Sites with a body that can be read. To add one, add a row and a fixture: `fixtures/article/<name>--<oddity>.html` with `.expected.json` beside it.
 * Sorted by name.
 */
export const sites: readonly SiteRow[] = [
  {
    name: 'cnblogs',
    host: /^(?:www\.)?cnblogs\.com$/,
    path: /^\/[\w-]+\/(?:p|archive|articles)\/./,
    timeZone: 'Asia/Shanghai',
    fields: {
      title: ['#cb_post_title_url', '.postTitle a'],
      author: ['.postDesc a[href*="cnblogs.com"]', '#profile_block a'],
      published: ['#post-date'],
    },
    body: ['#cnblogs_post_body'],
    without: ['.cnblogs_code_toolbar'],
  },
  {
    name: 'juejin',
    host: /^juejin\.(?:cn|im)$/,
    path: /^\/(?:post|entry)\/\w+/,
    fields: {
      title: ['.article-title', '[itemprop="headline"]@content'],
      author: ['.author-info-block .username .name', '[itemprop="author"] [itemprop="name"]@content'],
      published: ['[itemprop="datePublished"]@content', '.author-info-block time@datetime'],
    },
    body: ['#article-root', '.article-content .markdown-body'],
    without: ['.copy-code-btn', '.code-block-extension-header'],
  },
  {
    name: 'segmentfault',
    host: /^segmentfault\.com$/,
    path: /^\/a\/\d+/,
    fields: {
      title: ['#sf-article h1', 'h1'],
      author: ['[itemprop="author"] [itemprop="name"]@content', '#sf-article .user-name'],
      published: ['[itemprop="datePublished"]@datetime', '[itemprop="datePublished"]@content'],
    },
    body: ['.article-content', '.article.fmt'],
  },
]
