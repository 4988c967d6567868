import RssParser from 'rss-parser'
import { feedEntry } from '../entry/feed-entry.js'
import { fromRssParser } from '../feed/from-rss-parser.js'
import { guardSnippets } from '../feed/guard-snippets.js'
import { causeOf, failed, makeProblem, type Outcome } from '../problems.js'
import type { ParsedFeed, Source } from '../types.js'

export interface FeedsOptions {
  /**
   * Name of the source, in reports.
   * @default 'feeds'
   */
  name?: string
  /** Tags that every entry of these feeds gets. */
  tags?: readonly string[]
}

/**
 * Other sites' feeds as a source. They are fetched as everything else is (guarded, bounded, conditional) and read by
 * the package rss-parser; a feed that cannot be read is a problem and costs no other.
 *
 * @param urls addresses of RSS or Atom feeds
 */
export function feeds(urls: string | readonly string[], options: FeedsOptions = {}): Source {
  const name = options.name ?? 'feeds'
  return {
    name,
    async *read({ fetchText, report }) {
      for (const url of [urls].flat()) {
        const page = await fetchText(url)
        const parsed = page.ok ? await parse(String(page.value.body), url) : page
        if (!parsed.ok) {
          report({ ...parsed.problem, where: { source: name, url, ...parsed.problem.where } })
          continue
        }
        for (const item of parsed.value.entries) {
          const entry = feedEntry(item, { source: name, feed: parsed.value.info, feedUrl: url, tags: options.tags ?? [] })
          if (entry) yield { entry }
        }
      }
    },
  }
}

async function parse(text: string, url: string): Promise<Outcome<ParsedFeed>> {
  try {
    return { ok: true, value: fromRssParser(await guardedParser().parseString(text)) }
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
