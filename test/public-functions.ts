import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { toFeed } from '../src/bridge-feed.js'
import { fromRssParser } from '../src/bridge-rss-parser.js'
import * as core from '../src/core.js'
import { sampleFeed } from './feed/sample-feed.js'

const fixture = (path: string) => readFileSync(join(import.meta.dirname, '../fixtures', path), 'utf8')
const made = <T>(outcome: core.Outcome<T>): T => {
  if (outcome.ok) return outcome.value
  throw new Error(outcome.problem.message)
}

const feed = sampleFeed(3)
const [entry] = feed.entries
const text = fixture('weekly/content/zh/blog/loom-weekly-20210122/index.md')
const post = made(core.parsePost(text, { url: 'https://loom.example/blog/1/' }))
const page = { url: 'https://mp.weixin.qq.com/s/AbCdEfGhIjKlMnOpQrStUv', body: fixture('article/wechat--saved-by-a-browser.html') }
const article = made(core.extractArticle(page))
const sent = fixture('feed/parsed-atom--usual.xml')
const album = { getalbum_resp: { article_list: { title: 'A', url: 'https://mp.weixin.qq.com/s/AbCdEfGhIjKlMnOpQrStUv' } } }

/** A public function of the pure part or of a bridge, and what it is called with. */
export type Sample = readonly [work: (...given: never[]) => unknown, ...given: unknown[]]

/** Every one of them, with something to do. */
export const publicFunctions: Readonly<Record<string, Sample>> = {
  articleToEntry: [core.articleToEntry, article],
  atomChunks: [core.atomChunks, feed],
  autodiscoveryTags: [core.autodiscoveryTags, feed],
  calendarChunks: [core.calendarChunks, feed],
  checkFeed: [core.checkFeed, '<rss/>'],
  discoverFeeds: [core.discoverFeeds, '<link rel="feed" href="/a.xml">', 'https://a.example/'],
  explainArticle: [core.explainArticle, page],
  explainPost: [core.explainPost, text],
  extractArticle: [core.extractArticle, page],
  feedToEntries: [core.feedToEntries, made(core.parseFeed(sent))],
  fitFeed: [core.fitFeed, feed, 5000],
  identifyLink: [core.identifyLink, page.url],
  identityOf: [core.identityOf, 'wechat:a/1/1/b'],
  jsonChunks: [core.jsonChunks, feed],
  linkKind: [core.linkKind, 'https://github.com/a/b'],
  mergeEntries: [core.mergeEntries, [...feed.entries, ...core.postToEntries(post), { ...entry, tags: ['x'] }]],
  newestInstant: [core.newestInstant, feed.entries],
  opmlChunks: [core.opmlChunks, feed],
  pageChunks: [core.pageChunks, feed],
  parseAlbum: [core.parseAlbum, { url: page.url, body: JSON.stringify(album) }],
  parseDate: [core.parseDate, '2024-01-01 15:00'],
  parseFeed: [core.parseFeed, sent],
  parseHistory: [core.parseHistory, { url: page.url, body: '' }],
  parseOpml: [core.parseOpml, '<opml><body><outline text="A"><outline xmlUrl="https://a.example/"/></outline></body></opml>'],
  parsePost: [core.parsePost, text],
  parsePosts: [core.parsePosts, text],
  postToEntries: [core.postToEntries, post],
  presentEntry: [core.presentEntry, entry],
  rssChunks: [core.rssChunks, feed],
  sanitizeHtml: [core.sanitizeHtml, '<p onclick="x">a</p>'],
  selectEntries: [core.selectEntries, feed.entries],
  toFeed: [toFeed, feed],
  fromRssParser: [fromRssParser, { items: [{ title: 't', categories: ['a'], enclosure: { url: 'https://a.example/a.png' } }] }],
  writeAtom: [core.writeAtom, feed],
  writeCalendar: [core.writeCalendar, feed],
  writeJson: [core.writeJson, feed],
  writeOpml: [core.writeOpml, feed],
  writePage: [core.writePage, feed],
  writeRss: [core.writeRss, feed],
}

/** Calls a function as a program without types does, and takes all that it gives. */
export function call(work: (...given: never[]) => unknown, ...given: readonly unknown[]): unknown {
  const result: unknown = Reflect.apply(work, undefined, given)
  return isGenerator(result) ? [...result].join('') : result
}

function isGenerator(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && value !== null && 'next' in value && Symbol.iterator in value
}
