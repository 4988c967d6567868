import { htmlToText } from '../text/html.js'
import { cutText, toPlain } from '../text/plain.js'
import type { Entry } from '../types.js'

/** So much HTML holds what stands above the first thing of an issue, and a summary's worth of text behind it. */
const beginning = 8000
const summaryLength = 200

/**
 * Summaries that tell issues apart. Many weeklies begin each issue with the same lines ("本刊每周五发布，欢迎投稿"), and lists of entries would show
 * them for every issue. So one that states no summary gets the beginning of its text without the lines that the issue before it has as well.
 * Later issues have no say: what has been published stays as it is. An issue that shares no line is left to {@link presentEntry}.
 *
 * @param entries newest first
 */
export function summarizeIssues(entries: readonly Entry[]): Entry[] {
  const summarized: Entry[] = []
  /** Lines of the issue before, by source: the list is gone through from its end. */
  const before = new Map<string, ReadonlySet<string>>()
  for (const entry of [...entries].reverse()) {
    summarized.push(entry.kind === 'issue' && entry.summary === undefined ? summarize(entry, before) : entry)
  }
  return summarized.reverse()
}

function summarize(entry: Entry, before: Map<string, ReadonlySet<string>>): Entry {
  const { source } = entry.origins[0]
  const lines = (entry.html ?? '').slice(0, beginning).split('\n')
  const known = before.get(source)
  before.set(source, new Set(lines.map(wordsOf).filter(words => words !== '')))
  const own = known === undefined ? lines : lines.filter(line => !known.has(wordsOf(line)))
  if (own.length === lines.length) return entry
  const summary = toPlain(htmlToText(own.join('\n')))
  return summary === '' ? entry : { ...entry, summary: cutText(summary, summaryLength) }
}

/** The words of a line of HTML, of which each block begins one. Only issues that share some are read as HTML, which takes many times as long. */
function wordsOf(line: string): string {
  return line.replace(/<[^<>]*>/g, '').trim()
}
