import type { Outcome, Problem, Where } from './problems.js'

/** A moment, always written `YYYY-MM-DDTHH:mm:ss.sssZ`, so that text sorts as time does. */
export type Instant = string

/** Plain text: no markup, no control characters, white space collapsed, trimmed. */
export type Plain = string

/** A person as feeds know one. */
export interface Person {
  name: Plain
  /** Address of their page. */
  url?: string
  /** Mail address. */
  email?: string
}

/** A WeChat Official Account, or the publication that stands behind an article of another site. */
export interface Account {
  name: Plain
  /** WeChat's `__biz`. */
  id?: string
  /** WeChat's user name (`gh_…`). */
  userName?: string
  /** The 微信号 that people search for. */
  alias?: string
  /** Address of the avatar. */
  image?: string
}

/** A file that belongs to an entry: what RSS calls enclosure. */
export interface Attachment {
  /** Absolute address. */
  url: string
  /** Media type. */
  type?: string
  /** Size in bytes. */
  length?: number
  title?: Plain
  /** Length in seconds. */
  duration?: number
}

/** Where a date was taken from and how exact it is. */
export interface Dating {
  /**
   * `page` and `feed`: what the article's page, or the item of a feed or a list, states. `front-matter`, `file-name`, `heading`, `text`: the places in a post. `twin`: the site's own post of
   * the same title. `neighbours`: between the dated articles of the account next to it. `issue`: the earliest issue that names it. `first-seen`: the first run that met it.
   */
  from: 'page' | 'feed' | 'front-matter' | 'file-name' | 'heading' | 'text' | 'twin' | 'neighbours' | 'issue' | 'first-seen'
  /** The smallest unit that is stated. */
  precision: 'second' | 'minute' | 'day'
  /** The date is worked out, not stated anywhere. */
  estimated?: true
}

/**
 * What a linked address is, judged by the address alone. `wechat` is an article of an Official Account, and only that; `issue` one of a tracker, also a pull request or a discussion;
 * `meeting` a room to join; `site` any other page of the web; `other` what is none.
 */
export type LinkKind = 'wechat' | 'repository' | 'release' | 'issue' | 'video' | 'meeting' | 'site' | 'image' | 'other'

/** What is known of an address without asking for it. */
export interface LinkIdentity {
  /** `wechat`: an article. `wechat-temporary`: a preview or a search result, which expires. `wechat-album`: a collection. `wechat-other`: any other page of that host. */
  kind: 'wechat' | 'wechat-album' | 'wechat-temporary' | 'wechat-other' | 'other' | 'invalid'
  /** Names the thing: `wechat:<biz>/<mid>/<idx>[/<sn>]`, `wechat:s/<22 characters>`, else the canonical address. Two keys are equal by biz, mid and idx. */
  key: string
  /** Canonical address: https where known to work, no tracking, nothing of anybody's session. */
  url: string
}

/** A link of a weekly post. */
export interface LinkRef {
  /** Canonical address. */
  url: string
  /** The link's text as a reader sees it. */
  text: Plain
  /** What the post calls the linked thing; absent when it gives it no name. */
  title?: Plain
  /** Heading of the section it stands in; empty before the first one. */
  section: string
  /** Line in the file, from 1. */
  line: number
  kind: LinkKind
  /** See {@link LinkIdentity.key}. */
  key: string
  /** What the weekly says about it. */
  note?: Plain
}

/** What a section is for, by its heading: articles to read, questions with answers, new versions, people who contributed, meetings and talks, news; `other` for all else. */
export type SectionRole = 'reading' | 'questions' | 'releases' | 'contributors' | 'events' | 'news' | 'other'

/** A part of a weekly post. What stands before the first heading is a section with an empty heading and level 0. */
export interface Section {
  heading: Plain
  /** 1 to 6; 0 for a bold paragraph or a quotation that plays the heading. */
  level: number
  /** Line in the file, from 1. */
  line: number
  role: SectionRole
  links: readonly LinkRef[]
}

/** A question of a reader, with its answer. */
export interface Question {
  /** Who asks, where the post says so. */
  asker?: Plain
  question: Plain
  answer?: Plain
  /** The answer as the issue shows it, with its links, code, lists and pictures; absent where it stands in raw HTML. */
  html?: string
  /** Address of the project that it is about. */
  project?: string
  /** Line in the file, from 1. */
  line: number
}

/** A release that the weekly announces. */
export interface Release {
  /** `owner/name`. */
  repository: Plain
  version?: Plain
  /** Address of the release. */
  url?: string
  /** What changed; several changes have `；` between them. */
  notes?: Plain
  /** The same as paragraphs with their links. */
  html?: string
  /** Line in the file, from 1. */
  line: number
}

/** A meeting that the weekly announces. */
export interface Meeting {
  topic: Plain
  start?: Instant
  end?: Instant
  /** IANA name of the zone that its times were read in. */
  timeZone?: string
  /** Address of the room, or of where to register. */
  url?: string
  /** Code to join with. */
  code?: Plain
  phones?: readonly Plain[]
  agenda?: readonly Plain[]
  /** Address of the recording. */
  replay?: string
  /** Line in the file, from 1. */
  line: number
}

/** Keys of a front matter that place a post: `url` in Hugo; `permalink` in Jekyll, Hexo, Eleventy and VuePress; `slug` in Hugo, Jekyll, Astro and Docusaurus; `abbrlink` and `urlname` in plugins of Hexo. */
export interface OwnAddress {
  url?: string
  permalink?: string
  slug?: string
  abbrlink?: string
  urlname?: string
  /** The day of a date with an offset, as it is written: `2026-01-31`. Only where it is another one in the zone that posts are read in. */
  day?: string
}

/** One issue of a weekly. */
export interface Post {
  /** Path of the file, as it was given. */
  path?: string
  /** Name of the file without its ending, or of the folder of an `index.md`. */
  slug: string
  /** Permalink. */
  url?: string
  title: Plain
  /** Number of the issue, where the title or the file name has one. */
  issue?: string
  published?: Instant
  dated?: Dating
  /** When the site may show it (`publishDate` of Hugo), where that is after its date. */
  notBefore?: Instant
  updated?: Instant
  authors: readonly Person[]
  tags: readonly string[]
  summary?: Plain
  /** Address of the cover; as written where the post's own address is not known. */
  image?: string
  /** BCP 47 tag. */
  language?: string
  /** What the front matter says of the post's own address, as it stands there; which of it counts is the site generator's to say. */
  own?: OwnAddress
  /** `draft: true`, `publish: false` or `permalink: false` in the front matter. */
  draft: boolean
  /** The issue as clean HTML. */
  html: string
  sections: readonly Section[]
  questions?: readonly Question[]
  releases?: readonly Release[]
  meetings?: readonly Meeting[]
}

/** A page as it was had: the one noun that is not JSON, since its body can be bytes. */
export interface Page {
  /** The address that was asked for. */
  url: string
  /** The address that answered, after redirects. */
  finalUrl: string
  /** Permanent redirects led here: the address to ask instead of the old one. */
  movedTo?: string
  /** Status of HTTP. */
  status: number
  /** Media type, without parameters. */
  mediaType: string
  /** Text, or bytes as they came. An {@link Extractor} is given text, or bytes that are UTF-8 by what they say of themselves. */
  body: string | Uint8Array
  fetchedAt: Instant
  /** `store`: had by an earlier run, and taken from what that kept. */
  from: 'network' | 'store'
}

/** What a place in a page or post says of a field. */
export interface StatedAt {
  /** The place, as `Article.from` calls it, or the part of a post. */
  place: string
  /** What stands there, as it is read; absent where it cannot be read as such a field. */
  value?: string
}

/** Where a field of an article or a post was taken from, and which places were passed over. */
export interface ExplainedField {
  field: string
  /** The place that was believed, with its value; absent where none states the field. */
  taken?: StatedAt
  /** Other places that state something, those of more trust first. */
  passedOver: readonly StatedAt[]
  /** Places in which the field stands on a known site, where none of them had it on this page: the site may have changed. */
  silent?: readonly string[]
}

/** Kinds of WeChat's messages; pages of other sites are `article`. `text` and `pictures` have no article around them; `share` points at the article of another account. */
export type ArticleKind = 'article' | 'pictures' | 'video' | 'audio' | 'text' | 'share'

/** A feed that a page names. */
export interface DiscoveredFeed {
  /** Absolute address. */
  url: string
  /** Media type as the page states it, in lower case, without parameters. */
  type?: string
  /** What the page calls the feed. */
  title?: Plain
}

/** What a page says of itself. What it does not state is absent. */
export interface Article {
  /** See {@link LinkIdentity.key}. */
  key: string
  /** Other keys that the page proves to be this article. */
  aliases?: readonly string[]
  /** Canonical address. */
  url: string
  title: Plain
  published?: Instant
  updated?: Instant
  authors: readonly Person[]
  account?: Account
  summary?: Plain
  /** Address of the cover. */
  image?: string
  /** Addresses of the cover in WeChat's other two forms. */
  images?: { square?: string; wide?: string }
  /** The body as clean HTML. */
  html?: string
  attachments?: readonly Attachment[]
  /** BCP 47 tag. */
  language?: string
  kind: ArticleKind
  /** WeChat's mark of an original (原创). */
  original?: boolean
  /** The article of another account that it is a copy of, or points at. */
  reprint?: { url?: string; account?: Plain }
  /** Names of the albums (合集) that it is in. */
  albums?: readonly Plain[]
  /** WeChat's hash topics without `#`; of other pages, their keywords. */
  topics?: readonly Plain[]
  /** Where it was published from, as WeChat tells it: a province or a country. */
  place?: Plain
  /** Only those who pay see the whole. */
  paid?: boolean
  /** Feeds that the page names, in its order. */
  feeds?: readonly DiscoveredFeed[]
  /** WeChat's "read the original" (阅读原文). */
  sourceUrl?: string
  /** Name of the extractor that read the page. */
  extractor: string
  /** Field → the place in the page where it stood. */
  from: Readonly<Record<string, string>>
}

/** Where an entry was met: the issue that recommends it, the list or the feed that has it. */
export interface Origin {
  /** Name of the source. */
  source: string
  kind: 'post' | 'article' | 'feed'
  /** Id of the issue or feed item. */
  id?: string
  /** Address of the issue, of the list, or of the site whose feed it is. */
  url?: string
  /** Address of the feed that has it, as its source names it. Never published: it may hold a token. */
  feed?: string
  /** Title of the issue, the list or the feed. */
  title?: Plain
  /** When the issue was published. */
  published?: Instant
  /** Heading of the issue's section that names it. */
  section?: Plain
  /** Line in the issue's file, from 1. */
  line?: number
  /** What the issue says about it. */
  note?: Plain
}

/** `issue`: a weekly itself. `article`: what it recommends. `item`: of somebody's feed. `question`, `release` and `event` are parts of an issue. */
export type EntryKind = 'issue' | 'article' | 'item' | 'question' | 'release' | 'event'

/** The one shape that all sources give and all outputs take. */
export interface Entry {
  /** Never changes once published; the same in RSS, Atom and JSON. */
  id: string
  /** All keys that name it, see {@link LinkIdentity.key}. */
  keys: readonly string[]
  /** Where it is read. */
  url: string
  title: Plain
  published?: Instant
  dated?: Dating
  updated?: Instant
  /** When a run first met it, of what neither states a date nor has an issue that does. Orders nothing; stands where a format demands a date. */
  firstSeen?: Instant
  authors: readonly Person[]
  account?: Account
  tags: readonly string[]
  summary?: Plain
  /** The text as clean HTML: writers trust it. */
  html?: string
  /** Address of the cover. */
  image?: string
  attachments?: readonly Attachment[]
  /** BCP 47 tag. */
  language?: string
  kind: EntryKind
  /** The meeting that an entry of the kind `event` announces. */
  meeting?: Meeting
  /** `partial`: made from the words of those who recommend it, since the page itself has not been had. */
  state: 'full' | 'partial'
  /** Where it was met, the earliest first. */
  origins: readonly [Origin, ...Origin[]]
}

/** What a feed says of itself. */
export interface FeedInfo {
  /** Names the feed wherever it stands; Atom alone has a place for it. @default its address, else that of its page, when it is written */
  id?: string
  title?: Plain
  /** The page that the feed belongs to. */
  homeUrl?: string
  /** The feed's own address. */
  feedUrl?: string
  description?: Plain
  /** BCP 47 tag, with hyphens. */
  language?: string
  authors?: readonly Person[]
  tags?: readonly string[]
  /** Address of its picture. */
  image?: string
  /** Who may do what with it, as it says. */
  rights?: Plain
  /** Name of the program that made it. @default 'weekloom' when it is written */
  generator?: Plain
  published?: Instant
  updated?: Instant
  /** Address of the next page or archive. */
  next?: string
  /** Addresses of WebSub hubs. */
  hubs?: readonly string[]
}

/** A feed that is to be written: what it says of itself, and its entries, newest first. */
export interface Feed {
  info: FeedInfo
  /** Heading that it stands under in lists of feeds, when it is one of many: of accounts, tags, sections. */
  group?: Plain
  /** That of its newest entry, never the clock; absent when empty. */
  updated?: Instant
  entries: readonly Entry[]
}

/** An item of somebody's feed, as it was sent. */
export interface ParsedEntry {
  /** `guid`, `id` or `rdf:about`, as it stands: often an address, and often not. */
  id?: string
  /** Absolute address of its page. */
  url?: string
  title?: Plain
  published?: Instant
  updated?: Instant
  authors?: readonly Person[]
  tags?: readonly string[]
  /** As sent, perhaps with markup: not sanitised. */
  summary?: string
  /** As sent: not sanitised. */
  html?: string
  /** Address of its picture. */
  image?: string
  attachments?: readonly Attachment[]
  /** BCP 47 tag, with hyphens. */
  language?: string
  rights?: Plain
  /** Address of the comments. */
  comments?: string
}

/** Somebody's feed, as it was sent. */
export interface ParsedFeed {
  /** `rdf` is RSS 0.90 and 1.0, `rss` all other versions. */
  format: 'rss' | 'atom' | 'rdf' | 'json'
  info: FeedInfo
  entries: readonly ParsedEntry[]
}

/** What the run knows of the site whose feeds it makes. */
export interface Site {
  title: Plain
  /** Address of the home page, absolute. */
  url: string
  description?: Plain
  /** BCP 47 tag. */
  language: string
  /** IANA name; dates without a zone in posts are read in it. */
  timeZone: string
  authors: readonly Person[]
  image?: string
  rights?: Plain
}

/** A place to keep texts under keys. Keys are made of segments with `/` between them. */
export interface Store {
  /** The text of a key; `undefined` for a key that has none. */
  get(key: string): Promise<string | undefined>
  /** Keeps a text under a key, in the place of what is there. */
  set(key: string, value: string): Promise<void>
  /** Forgets a key; does nothing for one that has no text. */
  remove(key: string): Promise<void>
  /** All keys that begin with the prefix, sorted. */
  keys(prefix: string): AsyncIterable<string>
  /**
   * Runs the work while nobody else, in this process or another, runs work of the same name. A store without it is
   * safe for one process at a time.
   */
  exclusively?<T>(name: string, work: () => Promise<T>): Promise<T>
  /** Where the text of a key is kept, as a person finds it: the path of a file. Problems name the key where a store cannot say. */
  placeOf?(key: string): string
}

/** Hooks as sources call them: each gives the changed value, or nothing when it is to be left out, and never fails. */
export interface SourceHooks {
  post(post: Post, where: Where): Promise<Post | undefined>
  link(link: LinkRef, post: Post, where: Where): Promise<LinkRef | undefined>
  article(article: Article): Promise<Article | undefined>
}

/** What a source is given to work with. */
export interface SourceTools {
  site: Site
  /** Folder that relative paths start from. */
  cwd: string
  /** Parts of issues that the run's outputs ask for: a source that has them gives them as entries. */
  parts?: readonly ('questions' | 'releases' | 'events')[]
  /**
   * Asks the network (or, in a frozen run, the store) for a text. The last good copy stands in for one that cannot be had.
   *
   * @param options.isGood an answer that it refuses is not kept, and given only where there is no copy. It may look at the copy too, but in a run that asks for everything again. One that is good `'for now'` is asked
   * for in full the next time, whether the server says that it has changed or not. @default any answer is good
   * @param options.discovered the address was found by following a page, not named by the user: robots.txt is obeyed. @default false
   * @param options.quiet problems, that of an answer for which the copy stands in among them, come with the outcome alone. @default false: they are reported as well
   */
  fetchText(
    url: string,
    options?: {
      discovered?: boolean
      isGood?: (page: Page, copy?: Page) => boolean | 'for now' | Promise<boolean | 'for now'>
      quiet?: boolean
    },
  ): Promise<Outcome<Page>>
  store: Store
  /**
   * The text that `make` makes of the source, kept between runs: the same source is never worked on twice. `source` must hold
   * all that the text depends on.
   */
  cached(source: string, make: () => string): Promise<string>
  report(problem: Problem): void
  /** Counts a feed for the account of the run: whether it was had, be it as the last good copy. */
  countFeed?(isHad: boolean): void
  /** The hooks of the run, for sources that read posts and pages themselves; none where there is no run. */
  hooks?: SourceHooks
  /** The run's own extractors, for sources that read pages themselves. */
  extractors?: readonly Extractor[]
  /** The moment of the run. */
  now: Instant
  /** Issues dated after `now` are kept. */
  future: boolean
  signal: AbortSignal
}

/** What a source yields: an entry and, where it stands for a linked page, which page that is. */
export interface SourceItem {
  entry: Entry
  /** The page that completes it. `discovered`: found by following a list, not named by the user, so robots.txt is obeyed. */
  wants?: { url: string; key: string; discovered?: true }
  /** Keys that its source shows for the same thing beside that of `wants`, without proof: they count until a page disagrees. */
  softKeys?: readonly string[]
  /** Called with the entry once its page has been had, or cannot be had: gives it its last form, or `undefined` to leave it out. Only for an item that `wants` a page. */
  refine?: (entry: Entry) => Entry | undefined
  /** A post of the site itself: never an entry of its own, but it completes the entry of the article of the same title. */
  twin?: true
  /** Pictures that it shows and that lie in files: the path below the run's working folder, by address. Those that feeds show are copied beside them. */
  pictures?: Readonly<Record<string, string>>
}

/** Reads documents and yields entries. */
export interface Source {
  readonly name: string
  /**
   * Files and glob patterns that it reads, from the run's working folder: whoever shows a preview watches them. A source that states them, also
   * none, reads nothing else of this machine. Once it has been read there may be more, such as pictures that posts name.
   */
  readonly files?: readonly string[]
  read(tools: SourceTools): AsyncIterable<SourceItem>
}

/**
 * Reads an article out of the pages of one kind of site. The first that matches is asked. It works on the page that it is given and on nothing else: no promise, no network, no clock.
 */
export interface Extractor {
  /** Stands in `Article.extractor` of what it reads, and in problems. */
  readonly name: string
  /** @param url the address that answered; `about:blank` for a saved page that states none */
  matches(url: URL): boolean
  /**
   * The article, or the problem why the page is none. Of an article it gives what the page states and leaves out the rest; dates may be any text that is one. `html` is made clean.
   *
   * @param options.body whether `html` is wanted
   */
  extract(page: Page, options: { body: boolean }): Outcome<Article>
}

/** Writes a feed as text of one format, beside RSS, Atom and JSON Feed: the option `outputs` of a run takes it. */
export interface Output {
  /** Name of the format, for messages. */
  readonly format: string
  /** Media type, without parameters. */
  readonly mediaType: string
  /** Name of its file in the folder of a feed. @default `feed.` with the format behind it */
  readonly file?: string
  /** The text in pieces, made as they are taken; the entries of the feed are as readers shall see them. The same feed gives the same text: no clock, no chance. */
  write(feed: Feed): Iterable<string>
}
