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
  /** What the site's title tag says around the title, for pages that show no more of the article than that. */
  around?: RegExp
  /** Where the body stands. */
  body: readonly string[]
  /** Parts of the body that are none of the article. */
  without?: readonly string[]
}

/** Chinese sites write their dates without a zone. */
const china = 'Asia/Shanghai'

/**
 * Sites whose pages say things where only a person would look. To add one, add a row and a fixture: `fixtures/article/<name>--<oddity>.html` with `.expected.json` beside it.
 * Sorted by name.
 */
export const sites: readonly SiteRow[] = [
  {
    name: 'cnblogs',
    host: /^(?:www\.)?cnblogs\.com$/,
    path: /^\/[\w-]+\/(?:p|archive|articles)\/./,
    timeZone: china,
    fields: {
      title: ['#cb_post_title_url', '.postTitle a'],
      author: ['.postDesc a[href*="cnblogs.com"]', '.postfoot a[href*="cnblogs.com"]', '#profile_block a'],
      published: ['#post-date'],
    },
    around: / - [^-]{1,60} - 博客园$/,
    body: ['#cnblogs_post_body'],
    without: ['.cnblogs_code_toolbar'],
  },
  {
    name: 'csdn',
    host: /^(?:[\w-]+\.)?blog\.csdn\.net$/,
    path: /^\/(?:[\w-]+\/)?article\/details\/\d+/,
    timeZone: china,
    fields: {
      title: ['#articleContentId', 'h1.title-article'],
      author: ['a.follow-nickName'],
      published: ['.blog-postTime@data-time', '.article-bar-top .time'],
    },
    around: /[-_] ?CSDN(?:博客|技术社区)?$/,
    body: ['#content_views'],
    without: ['.hide-preCode-box', '.hljs-button', '.pre-numbering'],
  },
  {
    name: 'dev.to',
    host: /^dev\.to$/,
    path: /^\/[\w-]+\/[\w-]+\/?$/,
    fields: {
      title: ['#main-title h1'],
      author: ['#article-show-container@data-author-name', '#main-title .crayons-link.fw-bold'],
      published: ['#main-title time@datetime'],
    },
    around: / - DEV Community.{0,30}$/,
    body: ['#article-body'],
    without: ['.highlight__panel'],
  },
  {
    name: 'github-discussion',
    host: /^github\.com$/,
    path: /^\/(?:orgs\/[\w-]+|[\w-]+\/[\w.-]+)\/discussions\/\d+/,
    fields: {
      title: ['.js-issue-title', 'h1 .markdown-title'],
      author: ['.js-discussion .timeline-comment-header .author', '.js-discussion .author'],
      published: ['.js-discussion relative-time@datetime', 'relative-time@datetime'],
    },
    body: ['.js-discussion .js-comment-body', '.js-comment-body'],
    without: ['.zeroclipboard-container'],
  },
  {
    name: 'github-issue',
    host: /^github\.com$/,
    path: /^\/[\w-]+\/[\w.-]+\/(?:issues|pull)\/\d+/,
    fields: {
      title: ['.js-issue-title', 'h1 .markdown-title'],
      author: ['.timeline-comment-header .author', '[data-testid="issue-body-header-author"]'],
      published: ['relative-time@datetime'],
    },
    body: ['.js-comment-body', '[data-testid="issue-body"] .markdown-body'],
    without: ['.zeroclipboard-container'],
  },
  {
    name: 'github-release',
    host: /^github\.com$/,
    path: /^\/[\w-]+\/[\w.-]+\/releases\/tag\/./,
    fields: {
      author: ['.Box-body a[data-hovercard-type="user"]:not(.user-mention), .Box-body a[href^="/apps/"]'],
      published: ['.Box-body relative-time@datetime', 'relative-time@datetime'],
    },
    body: ['[data-test-selector="body-content"]'],
    without: ['.zeroclipboard-container'],
  },
  {
    name: 'infoq.cn',
    host: /^(?:www\.|xie\.)?infoq\.cn$/,
    path: /^\/(?:article|news)\/[\w-]+/,
    timeZone: china,
    fields: {
      title: ['h1.article-title', '.article-title'],
      author: ['.article-main .com-author-name', '.com-author-name'],
      published: ['.article-main .date', '.date'],
    },
    around: /(?:_[^_]{1,60}){0,2}_InfoQ(?:精选文章|写作社区)?$/,
    body: ['.article-preview', '.article-typo'],
  },
  {
    name: 'juejin',
    host: /^juejin\.(?:cn|im)$/,
    path: /^\/(?:post|entry)\/\w+/,
    fields: {
      title: ['.article-title', '[itemprop="headline"]@content'],
      author: ['.author-info-block .username .name', '[itemprop="author"] [itemprop="name"]@content'],
      published: ['[itemprop="datePublished"]@content', '.author-info-block time@datetime'],
      image: ['.article-hero@src'],
    },
    around: / - 掘金$/,
    body: ['#article-root', '.article-content .markdown-body'],
    without: ['.copy-code-btn', '.code-block-extension-header', '.code-block-extension-lang'],
  },
  {
    name: 'medium',
    host: /^(?:[\w-]+\.)?medium\.com$/,
    path: /-[0-9a-f]{8,12}\/?$|^\/p\/[0-9a-f]{8,12}\/?$/,
    fields: { title: ['[data-testid="storyTitle"]'], author: ['[data-testid="authorName"]'] },
    around: / \| (?:by [^|]{1,80}(?: \| [^|]{1,80}){0,3}|Medium)$/,
    body: ['article section', 'article'],
    without: [
      'article [data-testid="storyTitle"]',
      'article .pw-post-title',
      'article .pw-post-byline-header',
      'article .speechify-ignore',
      // Blurred until the picture itself is there.
      'article img[src*="?q=20"]',
    ],
  },
  {
    name: 'oschina',
    host: /^(?:www|my)\.oschina\.net$/,
    path: /^\/(?:news\/\d+|(?:u\/\d+|[\w-]+)\/blog\/\d+)/,
    timeZone: china,
    fields: {
      title: ['.article-box__title'],
      author: ['.article-box__meta .item a', 'a.__user span'],
      published: ['.article-box__meta .item'],
    },
    around: / - (?:[^-]{1,60} - )?OSCHINA(?: - .{0,40})?$/,
    body: ['.article-detail .content', '.article-detail', '#articleContent'],
    without: ['.ad-wrap'],
  },
  {
    name: 'segmentfault',
    host: /^segmentfault\.com$/,
    path: /^\/a\/\d+/,
    timeZone: china,
    fields: {
      title: ['#sf-article h1', 'h1'],
      author: ['[itemprop="author"] [itemprop="name"]@content', '#sf-article .user-name'],
      published: ['[itemprop="datePublished"]@datetime', '[itemprop="datePublished"]@content'],
    },
    around: / - (?:[^-]{1,60} - )?SegmentFault 思否$/,
    body: ['.article-content', '.article.fmt'],
  },
  {
    name: 'stackexchange',
    host: /^(?:[\w.-]+\.)?(?:stackexchange|stackoverflow|serverfault|superuser|askubuntu)\.com$/,
    path: /^\/questions\/\d+/,
    fields: {
      title: ['#question-header h1'],
      author: ['#question .user-details[itemprop="author"] [itemprop="name"]', '#question .user-details[itemprop="author"] a'],
      published: ['[itemprop="dateCreated"]@datetime'],
    },
    body: ['#question .s-prose'],
  },
  {
    name: 'zhihu',
    host: /^zhuanlan\.zhihu\.com$/,
    path: /^\/p\/\d+/,
    timeZone: china,
    fields: {
      title: ['.Post-Title'],
      author: ['.Post-Author [itemprop="name"]@content', '.Post-Author .AuthorInfo-name'],
      published: ['[itemprop="datePublished"]@content', '.ContentItem-time'],
      image: ['img.TitleImage@src', '.Post-TitleImage img@src'],
    },
    around: /^\(\d{1,5}[^)]{0,30}\) | - 知乎(?:专栏)?$/g,
    body: ['.Post-RichTextContainer .RichText', '.Post-RichText'],
    without: ['.RichText-LinkCardContainer', '.RichText-ADLinkCardContainer', '.RichText-MCNLinkCardContainer'],
  },
]
