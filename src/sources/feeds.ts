import RssParser from 'rss-parser'
import { feedEntry } from '../entry/feed-entry.js'
import { fromRssParser } from '../feed/from-rss-parser.js'
import { guardSnippets } from '../feed/guard-snippets.js'
import { causeOf, failed, makeProblem, type Outcome, type Problem } from '../problems.js'
import type { Page, ParsedFeed, Source } from '../types.js'
import { assertSourceOptions } from './source-schemas.js'

export interface FeedsOptions {
  /**
   * Name of the source, in reports.
   * @default 'feeds'
   * @example 'friends'
   */
  name?: string
  /**
   * Tags that every entry of these feeds gets.
   * @default none
   * @example ['friends']
   */
  tags?: readonly string[]
}

/**
 * Other sites' feeds as a source. They are fetched as everything else is (guarded, bounded, conditional) and read by
 * the package rss-parser; a feed that cannot be read is a problem and costs no other.
 *
 * @param urls addresses of RSS or Atom feeds
 */
export function feeds(urls: string | readonly string[], options: FeedsOptions = {}): Source {
  assertSourceOptions('feeds', options)
  const name = options.name ?? 'feeds'
  return {
    name,
    async *read({ fetchText, report }) {
      for (const url of [urls].flat()) {
        const tell = (problem: Problem) => report({ ...problem, where: { source: name, url, ...problem.where } })
        const read = new Map<Page, Outcome<ParsedFeed>>()
        const readOnce = async (page: Page) => {
          const outcome = read.get(page) ?? (await readFeedPage(page, url))
          if (!outcome.ok && !read.has(page)) tell(outcome.problem)
          read.set(page, outcome)
          return outcome
        }
        // A page that says “busy” with status 200 must not take the place of the feed that was read before.
        const had = await fetchText(url, { isGood: async page => (await readOnce(page)).ok })
        if (!had.ok) tell(had.problem)
        const parsed = had.ok ? await readOnce(had.value) : had
        if (!parsed.ok) continue
        for (const item of parsed.value.entries) {
          const entry = feedEntry(item, { source: name, feed: parsed.value.info, feedUrl: url, tags: options.tags ?? [] })
          if (entry) yield { entry }
        }
      }
    },
  }
}

/** The feed that a page is; `FEED_UNREADABLE` when it is none. */
export async function readFeedPage({ body }: Pick<Page, 'body'>, url: string): Promise<Outcome<ParsedFeed>> {
  try {
    return { ok: true, value: fromRssParser(await guardedParser().parseString(String(body))) }
  } catch (error) {
    return failed(makeProblem('FEED_UNREADABLE', { url }, `${url} cannot be read as a feed.`, { cause: causeOf(error) }))
  }
}

type ParseXml = (xml: string, done: (error: Error | null, tree: unknown) => void) => void

/** A parser of the package whose tree is guarded before the package strips tags from it. */
function guardedParser(): RssParser {
  const parser = new RssParser()
  const inner: { parseString: ParseXml } = Reflect.get(parser, 'xmlParser')
  const parseString: ParseXml = (xml, done) =>
    inner.parseString(xml, (error, tree) => {
      guardSnippets(tree)
      done(error, tree)
    })
  Reflect.set(parser, 'xmlParser', { parseString })
  return parser
}
