import { causeOf, failed, makeProblem } from '../problems.js'
import type { Source, SourceItem, SourceTools } from '../types.js'
import type { SourceReport } from './report.js'
import type { RunContext } from './run-context.js'

/** What the sources gave, in their order, and how much each gave. */
export interface SourcesRead {
  items: SourceItem[]
  sources: SourceReport[]
}

/** Reads all sources. One that fails is a problem and costs no other; what it gave before stays. */
export async function readSources(run: RunContext): Promise<SourcesRead> {
  const items: SourceItem[] = []
  const sources: SourceReport[] = []
  for (const source of run.settings.sources) {
    const first = items.length
    try {
      for await (const item of source.read(toolsFor(run))) {
        items.push(item)
        if (item.wants) run.named.add(new URL(item.wants.url).hostname)
        run.settings.onProgress({ step: 'read', subject: source.name, done: items.length - first, total: 0, item: item.entry.title })
      }
    } catch (error) {
      run.settings.signal.throwIfAborted()
      run.report(makeProblem('SOURCE_FAILED', { source: source.name }, `The source ${source.name} stopped.`, { cause: causeOf(error) }))
    }
    sources.push(countItems(source, items.slice(first)))
  }
  return { items, sources }
}

function countItems({ name }: Source, items: readonly SourceItem[]): SourceReport {
  const posts = items.filter(({ entry }) => entry.kind === 'issue').length
  return { name, posts, links: items.filter(({ wants }) => wants !== undefined).length, entries: items.length }
}

function toolsFor({ settings, fetcher, named, report }: RunContext): SourceTools {
  const { site, cwd, store, now, future, signal, network } = settings
  return {
    site,
    cwd,
    store,
    now,
    future,
    signal,
    report,
    async fetchText(url) {
      if (network === 'frozen') return failed(makeProblem('FETCH_FROZEN', { url }, `${url} was not asked for: the run is frozen.`))
      if (URL.canParse(url)) named.add(new URL(url).hostname)
      const outcome = await (await fetcher()).fetch(url)
      if (!outcome.ok) return outcome
      if (outcome.value.kind === 'page') return { ...outcome, value: outcome.value.page }
      return failed(makeProblem('FETCH_NOT_MODIFIED_UNASKED', { url }, `${url} answered “not modified”.`))
    },
  }
}
