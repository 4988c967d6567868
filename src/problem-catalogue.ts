/** How bad a problem is: `error` lost something, `warning` mended or left something out, `note` is for information. */
export type ProblemLevel = 'error' | 'warning' | 'note'

/** A row of the catalogue: what a code means, once for all its occurrences. */
interface ProblemKind {
  level: ProblemLevel
  /** Why it happens. */
  why: string
  /** What a user can do about it. */
  cure: string
}

/**
 * Every problem that weekloom can report. A code is permanent: it is never renamed and never given another meaning.
 * Rows stand grouped by room, in the order in which a run meets them.
 */
export const problemCatalogue = {
  // sources
  SOURCE_EMPTY: {
    level: 'error',
    why: 'A source that reads nothing is almost always a mistyped path.',
    cure: 'Correct the pattern; it is relative to the folder of the config file.',
  },
  SOURCE_FAILED: {
    level: 'error',
    why: 'A source stopped with an error of its own, or gave what is no entry; the other sources are not touched by it.',
    cure: 'See the cause; a source of your own should report problems and go on.',
  },
  ENTRY_MAP_FAILED: {
    level: 'error',
    why: 'A function of a source (`map`, `include`, `exclude`) stopped with an error, or gave what is no entry; the entry stays as it was.',
    cure: 'See the cause, and mend the function.',
  },
  ENTRY_FUTURE: {
    level: 'note',
    why: 'Items of feeds that are dated more than a day after the run stay out of feeds until then; they would stand above all others.',
    cure: 'Nothing to do; `future: true` keeps them.',
  },
  HOOK_FAILED: {
    level: 'error',
    why: 'A hook of the config stopped, or gave something else than it was called with; that one thing stays as it was.',
    cure: 'See the cause; a hook gives back the changed value, or `null` to leave it out.',
  },
  POST_UNREADABLE: {
    level: 'error',
    why: 'The file could not be opened.',
    cure: 'Check that the file exists and may be read.',
  },
  POST_DRAFT: {
    level: 'note',
    why: 'Posts with `draft: true`, `publish: false` or `permalink: false` stay out of feeds.',
    cure: 'Nothing to do; remove the key when the post is ready.',
  },
  POST_FUTURE: {
    level: 'note',
    why: 'Posts dated after the moment of the run stay out of feeds until then.',
    cure: 'Nothing to do; `future: true` keeps them.',
  },
  // text, links, post
  POST_FRONT_MATTER_BROKEN: {
    level: 'warning',
    why: 'The front matter is not valid YAML, TOML or JSON, so only the keys that could be read line by line were taken.',
    cure: 'Mend the front matter at the line named; often a quote is not closed or a value with a colon is not quoted.',
  },
  POST_TOO_LARGE: {
    level: 'error',
    why: 'A post has at most 1048576 characters, so that a broken file cannot stop a build.',
    cure: 'Split the file, or take it out of the source.',
  },
  POST_DATE_MISSING: {
    level: 'warning',
    why: 'Neither the front matter, the file name, a heading nor the first lines state a date that can be read.',
    cure: 'Add `date:` to the front matter.',
  },
  POST_DATE_UNREADABLE: {
    level: 'warning',
    why: 'A date is stated in a form that is not known, or names a day that does not exist.',
    cure: 'Write it as 2023-08-18T15:00:00+08:00 or 2023-08-18.',
  },
  POST_DATE_SUSPICIOUS: {
    level: 'warning',
    why: 'The date is far from the date in the folder or file name, or from the neighbouring issues, or more than a year ahead.',
    cure: 'Correct the date in the front matter or the name of the folder.',
  },
  POST_TITLE_MISSING: {
    level: 'warning',
    why: 'Neither the front matter nor a heading gives the post a title, so its file name was taken.',
    cure: 'Add `title:` to the front matter.',
  },
  LINK_MENDED: {
    level: 'warning',
    why: 'An address in the post is mistyped in a way that can be mended without doubt.',
    cure: 'Correct the address in the post.',
  },
  POST_ADDRESS_SHARED: {
    level: 'warning',
    why: 'An issue is known by its address: of several with the same one, the feeds hold one entry.',
    cure: 'Let `url` of the source give each issue an address of its own, e.g. with `:slug` or `:issue`; or take the file out of its patterns.',
  },
  POST_ADDRESS_UNKNOWN: {
    level: 'warning',
    why: 'No pattern of `url` can be filled. An issue is known by its address: with an invented one, subscribers would see it again when that changes.',
    cure: 'State in the post what the pattern asks for, or add one to `url` that asks for less, e.g. with `:slug`.',
  },
  LINK_PRIVATE: {
    level: 'warning',
    why: 'The post links an address of this machine or of a private network: it is never asked for, and readers cannot open it.',
    cure: 'Link a public address, or write the address as code when it is an example.',
  },
  LINK_INVALID: {
    level: 'warning',
    why: 'An address in the post cannot be read as one.',
    cure: 'Correct the address in the post.',
  },
  // fetch
  FETCH_FROZEN: {
    level: 'warning',
    why: 'A frozen run opens no connection, and this document is not kept in the store.',
    cure: 'Run `weekloom update` before, and keep the store.',
  },
  FETCH_REFUSED: {
    level: 'error',
    why: 'The address leads to a private, loopback or otherwise reserved network address, which no post may make this machine ask.',
    cure: 'Remove the link, or name the mirror under `hosts`, or set `fetch.allowPrivate` for a network of your own.',
  },
  FETCH_HOST_UNKNOWN: {
    level: 'note',
    why: 'Only hosts that a source names are asked, so a link that redirects to another host is not followed; a feed is.',
    cure: 'List the page in an `articles()` source if it should be fetched.',
  },
  FETCH_SCHEME: {
    level: 'warning',
    why: 'Only http and https addresses are fetched, and an address must name a host.',
    cure: 'Correct the address, or remove the link.',
  },
  FETCH_ROBOTS: {
    level: 'warning',
    why: 'The page was found by following other pages, and the robots.txt of its host forbids that, or could not be had.',
    cure: 'Name the page in an `articles()` source, or set `fetch.robots` for the host to `ignore` if its owner agrees.',
  },
  FETCH_BUDGET: {
    level: 'note',
    why: 'The run has made all the requests, or used all the time, that `budget` allows.',
    cure: 'Run it again: what was fetched is kept. Or raise `budget`.',
  },
  FETCH_ABORTED: {
    level: 'note',
    why: 'The run was stopped before the page was had.',
    cure: 'Run it again: what was fetched is kept.',
  },
  FETCH_DNS: {
    level: 'warning',
    why: 'The name of the host cannot be resolved: it is mistyped, gone, or the name server does not answer.',
    cure: 'Check the host name in the address, and the network.',
  },
  FETCH_CONNECT: {
    level: 'warning',
    why: 'No connection to the host could be made.',
    cure: 'Nothing to do if the host is down: it is asked again. Else check the network, firewall and proxy.',
  },
  FETCH_TLS: {
    level: 'warning',
    why: 'No secure connection could be made: the certificate is invalid, or the server does not speak TLS there.',
    cure: 'Check the address in a browser. Certificates of your own can be named in NODE_EXTRA_CA_CERTS.',
  },
  FETCH_TIMEOUT: {
    level: 'warning',
    why: 'The host took longer than the limits allow to connect, to answer, or to send the page.',
    cure: 'Nothing to do: it is asked again. Raise `fetch.timeout` for a slow host.',
  },
  FETCH_RESET: {
    level: 'warning',
    why: 'The host closed the connection before the answer was complete.',
    cure: 'Nothing to do: it is asked again.',
  },
  FETCH_PROTOCOL: {
    level: 'warning',
    why: 'What the host sent is no valid HTTP answer, or its headers are too large.',
    cure: 'Check the address: another kind of service may be running there.',
  },
  FETCH_REDIRECT: {
    level: 'warning',
    why: 'The page redirects without end, too often, or to nowhere.',
    cure: 'Open the address in a browser and replace it by the one where it ends.',
  },
  FETCH_LATER: {
    level: 'warning',
    why: 'The host asked to come back later, or is left alone because it keeps failing.',
    cure: 'Run it again after the time that the message or the closing account states: what was fetched is kept.',
  },
  FETCH_GONE: {
    level: 'warning',
    why: 'The host says that there is no such page (404) or that it was removed (410).',
    cure: 'Correct the address, or leave it: the entry keeps what the weekly says of it.',
  },
  FETCH_STATUS: {
    level: 'warning',
    why: 'The host answered with a status that brings no page.',
    cure: 'A 401 or 403 often means that it does not serve programs or data centres; a 5xx is asked again.',
  },
  FETCH_NOT_MODIFIED_UNASKED: {
    level: 'warning',
    why: 'The host answered 304 (not modified) although no stored copy was named, so there is nothing to show.',
    cure: 'Nothing to do: it is asked again.',
  },
  FETCH_TOO_LARGE: {
    level: 'warning',
    why: 'A page is limited in size, counted after unpacking, so that a hostile one cannot fill the memory.',
    cure: 'Raise `fetch.maxBytes` if the page is truly that large.',
  },
  FETCH_BODY: {
    level: 'warning',
    why: 'The body was cut off, or is not packed as its headers say.',
    cure: 'Nothing to do: it is asked again.',
  },
  FETCH_EMPTY: {
    level: 'warning',
    why: 'The host answered with success and no content.',
    cure: 'Nothing to do: it is asked again.',
  },
  FETCH_CHARSET: {
    level: 'note',
    why: 'The text holds bytes that its charset does not know; they were replaced.',
    cure: 'Nothing to do, unless the text is unreadable: then the page names a wrong charset.',
  },
  // pages
  WECHAT_DELETED: {
    level: 'warning',
    why: 'The author has deleted the article.',
    cure: 'Nothing to do: the entry keeps what the weekly says of it.',
  },
  WECHAT_VIOLATION: {
    level: 'warning',
    why: 'WeChat has taken the article down.',
    cure: 'Nothing to do: the entry keeps what the weekly says of it.',
  },
  WECHAT_VERIFICATION: {
    level: 'warning',
    why: 'WeChat asks for a captcha or says that it is asked too often, as it does to data centres and quick clients. That says nothing about the article.',
    cure: 'Run `weekloom update` later, or from a network at home, and keep the store.',
  },
  WECHAT_LINK_EXPIRED: {
    level: 'warning',
    why: 'The link is a temporary one (of a preview or a search engine) and has expired.',
    cure: 'Replace it in the post by the permanent address of the article.',
  },
  WECHAT_PARAMETER_ERROR: {
    level: 'warning',
    why: 'The address is cut short or mistyped: WeChat does not know it.',
    cure: 'Copy the address of the article again.',
  },
  WECHAT_MIGRATED: {
    level: 'warning',
    why: 'The account has moved, and the article with it.',
    cure: 'Replace the address in the post by the target named.',
  },
  WECHAT_UNAVAILABLE: {
    level: 'warning',
    why: 'WeChat says that the page cannot be seen at present, without a reason.',
    cure: 'Nothing to do: it is asked again later.',
  },
  WECHAT_NOT_ARTICLE: {
    level: 'warning',
    why: 'The page is an account, a history, an album or another page of WeChat that is no article.',
    cure: 'Link the article itself.',
  },
  WECHAT_OTHER_ARTICLE: {
    level: 'warning',
    why: 'The page states another account, message or place in it than the address that was asked for.',
    cure: 'Look at the address in the post: it may lead to the wrong article. What the page says was taken.',
  },
  WECHAT_PAGE_CUT: {
    level: 'warning',
    why: 'The page, or the data in it, ends too early: the download or the saved file is damaged. Half a download is not kept, and a good copy stays; of a saved page what stood before the damage was read.',
    cure: 'Nothing to do for a download: the page is asked for again in the next run. Save a saved page again.',
  },
  WECHAT_KIND_PARTIAL: {
    level: 'note',
    why: 'The message is a video or a recording. WeChat plays it in its own page only; title, account, date, cover and text were read.',
    cure: 'Nothing to do: the entry links to the message.',
  },
  WECHAT_LIST_EMPTY: {
    level: 'warning',
    why: 'The page was taken for an album or an account’s history, but lists no article in any form known.',
    cure: 'Open the address: the album may be empty, or ask for a login. A page saved from the browser can be read as a file.',
  },
  ARTICLE_TITLE_MISSING: {
    level: 'warning',
    why: 'The page states no title in any place known, so it is not taken for an article.',
    cure: 'Open the page: leave the link out where it is none to read; write an extractor for its site where its title stands elsewhere.',
  },
  ARTICLE_REFUSED: {
    level: 'warning',
    why: 'The page stands where an article was asked for: it is not there, or asks for a log-in or proof of a human.',
    cure: 'Open the page: leave the link out where the article is gone; write an extractor where it is the article.',
  },
  ARTICLE_TOO_LARGE: {
    level: 'error',
    why: 'A page is limited in size and in depth, so that a hostile page cannot stop a build.',
    cure: 'Nothing to do: the entry keeps what the weekly says of it.',
  },
  EXTRACTOR_FAILED: {
    level: 'error',
    why: 'An extractor of your own stopped, or gave something else than an article or a problem; the next one that matches the page read it instead.',
    cure: 'See the cause, and mend the extractor; `weekloom show` on the page says at once what it gives.',
  },
  // store
  STORE_UNUSABLE: {
    level: 'error',
    why: 'What was fetched and the ids of what was published must be kept, so a run does not go on when its store cannot be read or written.',
    cure: 'See the cause: let this user read and write the folder, make room on the disk, or choose another folder with `store`.',
  },
  STORE_RECORD_DAMAGED: {
    level: 'warning',
    why: 'A record of the store cannot be read: cut short, edited by hand, or left with the marks of a git conflict. It counts as absent, but for the text of a feed, of which what can be read is used; when a new one takes its place, its text is put aside under `damaged/`.',
    cure: 'Take the file back from git, above all in `ledger/` (ids), `archives/` and `published/` (without which `build` takes `--accept-churn`), or mend it. What was fetched needs nothing: it is had again.',
  },
  STORE_FORMAT_NEWER: {
    level: 'error',
    why: 'The store was written by a newer version of weekloom; an older one could lose what it does not know.',
    cure: 'Update weekloom, or choose another folder with `store`.',
  },
  FEED_UNREADABLE: {
    level: 'error',
    why: 'What the address answers is not a feed, or is too damaged.',
    cure: 'Open the address; where it shows a page, look there for the feed.',
  },
  FEED_CUT: {
    level: 'warning',
    why: 'The feed or list ends in the middle. The last good copy stands in, or what is whole was read.',
    cure: 'Nothing to do: it is asked again. `--refresh` takes what there is.',
  },
  FEED_EMPTIED: {
    level: 'warning',
    why: 'The feed or list is empty. The last good copy stands in.',
    cure: 'Nothing to do: it is asked again. `--refresh` takes what there is.',
  },
  OPML_UNREADABLE: {
    level: 'error',
    why: 'A list of feeds is OPML; this is something else, or too large.',
    cure: 'Export the list anew, and see that its path or address is right.',
  },
  FEED_IS_PAGE: {
    level: 'error',
    why: 'The address answers with a page that names its feed.',
    cure: 'Take the address of the feed, `data.feed`.',
  },
  FEED_DISCOVERED: {
    level: 'note',
    why: 'A source names a site; the feed that its page names was read.',
    cure: 'Nothing to do; to name the feed saves a request.',
  },
  FEED_MOVED: {
    level: 'note',
    why: 'The server redirects the feed for good. The new address is asked from now on.',
    cure: 'Put the new address, `data.target`, into the source.',
  },
  FEED_GONE: {
    level: 'warning',
    why: 'The server answers 410: the feed was taken away for good.',
    cure: 'Take the address out of the source.',
  },
  // feeds that are checked
  FEED_UNKNOWN: {
    level: 'error',
    why: 'Only RSS, Atom, JSON Feed and OPML are known as forms of feeds.',
    cure: 'See that the file is the feed itself and not a page about it.',
  },
  FEED_NOT_WELL_FORMED: {
    level: 'error',
    why: 'The text breaks the rules of XML or JSON themselves. Many readers then show nothing of the whole feed.',
    cure: 'Escape what stands there, or close what is open; write feeds by a writer that does so, not by a text template.',
  },
  FEED_VERSION_OLD: {
    level: 'warning',
    why: 'The feed is of a version that a later one has replaced.',
    cure: 'Write RSS 2.0, Atom 1.0, JSON Feed 1.1 or OPML 2.0.',
  },
  FEED_PART_MISSING: {
    level: 'error',
    why: 'The format demands a part that is not there, or is empty.',
    cure: 'Add the part named.',
  },
  FEED_PART_REPEATED: {
    level: 'error',
    why: 'A part that may stand once stands more often, and readers differ in which they take.',
    cure: 'Keep one of them.',
  },
  FEED_PART_UNKNOWN: {
    level: 'warning',
    why: 'The format has no part of this name; it is mistyped, or belongs to a namespace that was not given.',
    cure: 'Correct the name, or put the part into a namespace (in JSON Feed: begin its name with an underscore).',
  },
  FEED_PART_MISPLACED: {
    level: 'warning',
    why: 'Some readers take the last text of an item for its summary, so the summary has to stand before the full text.',
    cure: 'Put `description` before `content:encoded`.',
  },
  FEED_VALUE_INVALID: {
    level: 'error',
    why: 'A value is not of the kind that the format demands at this place.',
    cure: 'Correct the value named.',
  },
  FEED_ID_MISSING: {
    level: 'warning',
    why: 'Without an id readers guess by title, link or date, and show an item again whenever one of them changes.',
    cure: 'Give every item a `guid` that never changes.',
  },
  FEED_ID_REPEATED: {
    level: 'error',
    why: 'Readers show one of several items with the same id.',
    cure: 'Give every item an id of its own.',
  },
  FEED_ID_INVALID: {
    level: 'error',
    why: 'An id of Atom is an absolute address or URN; one of RSS is, unless it says isPermaLink="false".',
    cure: 'In RSS write `isPermaLink="false"`, in Atom an id such as tag:example.org,2024:1.',
  },
  FEED_ID_ADOPTED: {
    level: 'note',
    why: 'Ids that were taken over stay as readers know them.',
    cure: 'Nothing to do.',
  },
  FEED_DATE_INVALID: {
    level: 'error',
    why: 'A date that readers cannot read is replaced by the moment of fetching, and the order is lost.',
    cure: 'Write RSS dates as Thu, 30 May 2024 04:00:00 GMT, and those of Atom and JSON Feed as 2024-05-30T04:00:00Z.',
  },
  FEED_DATE_MISSING: {
    level: 'warning',
    why: 'Readers date an item without a date by the moment of fetching, and its order is lost.',
    cure: 'Add the date of publication.',
  },
  FEED_LINK_INVALID: {
    level: 'error',
    why: 'The format demands an absolute address here; readers cannot follow another.',
    cure: 'Write the whole address, from https:// on, with spaces and foreign letters percent-encoded.',
  },
  FEED_LINK_RELATIVE: {
    level: 'warning',
    why: 'Atom allows relative addresses, but most readers do not resolve them.',
    cure: 'Write the whole address, from https:// on.',
  },
  FEED_CONTENT_RELATIVE: {
    level: 'warning',
    why: 'A link or picture of the content has a relative address, which most readers do not resolve.',
    cure: 'Make the addresses in the content absolute.',
  },
  FEED_CONTENT_UNSAFE: {
    level: 'warning',
    why: 'Readers drop scripts, styles, forms and frames of the content, or refuse the item.',
    cure: 'Take them out before the feed is written.',
  },
  FEED_ENCLOSURE_REPEATED: {
    level: 'warning',
    why: 'Many readers know one enclosure of an item and ignore the others.',
    cure: 'Keep one, and give the others as `media:content`.',
  },
  FEED_AUTHOR_INVALID: {
    level: 'warning',
    why: 'RSS demands a mail address where it has an author of its own.',
    cure: 'Write mail@example.org (Name), or the name alone as `dc:creator`.',
  },
  FEED_AUTHOR_MISSING: {
    level: 'error',
    why: 'Atom demands an author for every entry, its own or that of the feed.',
    cure: 'Give the feed an author.',
  },
  FEED_SELF_MISSING: {
    level: 'warning',
    why: 'Readers and hubs know a feed by the address that it gives itself.',
    cure: 'Add a link rel="self" (in JSON Feed: `feed_url`) with the feed\'s own address.',
  },
  FEED_TOO_LARGE: {
    level: 'note',
    why: 'Some readers refuse feeds of more than 500 kB, and all fetch the whole again and again.',
    cure: 'Show fewer entries, or summaries, and put the rest into archives.',
  },
  // output
  IMAGE_NOT_COPIED: {
    level: 'note',
    why: 'With `images: copy`, and `pictures: copy` of `weekly()`, pictures are copied beside the feeds; this one could not be had, is too large, or of a type that is not copied.',
    cure: 'Nothing to do: the picture is shown from its own address, as it would be without copying. Of one that lies beside a post, see whether the cause names the file that you mean.',
  },
  PING_FAILED: {
    level: 'error',
    why: 'The hub did not take the news that a feed has changed; readers hear of it when they next look themselves.',
    cure: 'See the cause, then run `weekloom ping` again: only what the hub has not taken is sent.',
  },
  OUTPUT_UNWRITABLE: {
    level: 'error',
    why: 'The output folder could not be written: it may not, the disk is full, or a file stands where a folder should.',
    cure: 'See the cause, then build again: what was fetched is kept, and the last feeds are as they were.',
  },
  OUTPUT_FOREIGN: {
    level: 'error',
    why: 'Only files that weekloom wrote before are replaced, so that it never destroys what somebody else made.',
    cure: 'Choose another output folder, or remove the file.',
  },
} as const satisfies Record<string, ProblemKind>

/** The permanent name of a kind of problem. */
export type ProblemCode = keyof typeof problemCatalogue
