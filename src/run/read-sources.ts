import { type IssuePart, issueParts } from '../entry/part-entries.js'
import { pickDefined } from '../entry/pick-defined.js'
import { causeOf, failed, makeProblem, type Outcome, type Problem } from '../problems.js'
import { asKept, readSourceText, writeSourceText } from '../store/source-texts.js'
import { dropAbsent } from '../text/drop-absent.js'
import type { EntryKind, Page, Source, SourceItem, SourceTools } from '../types.js'
import { adoptItem } from './adopt-item.js'
import { sourceHooks } from './hooks.js'
import type { SourceReport } from './report.js'
import type { RunContext } from './run-context.js'
import { eachUntilStopped } from './until-stopped.js'

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
    const feeds = { feeds: 0, failedFeeds: 0 }
    const tools = { ...toolsFor(run), countFeed: (isHad: boolean) => void feeds[isHad ? 'feeds' : 'failedFeeds']++ }
    try {
      for await (const given of eachUntilStopped(source.read(tools), run.settings.signal, `the source ${source.name}`)) {
        const item = adoptItem(given)
        items.push(item)
        for (const [url, path] of Object.entries(item.pictures ?? {})) if (!run.pictures.has(url)) run.pictures.set(url, path)
        if (item.wants) run.named.add(new URL(item.wants.url).hostname)
        run.settings.onProgress({ step: 'read', subject: source.name, done: items.length - first, total: 0, item: item.entry.title })
      }
    } catch (error) {
      run.settings.signal.throwIfAborted()
      // What a source was told is mistaken: that is no failure to go on after, since ids would be made of it.
      if (error instanceof Error && 'mistakes' in error) throw error
      run.report(makeProblem('SOURCE_FAILED', { source: source.name }, `The source ${source.name} stopped.`, { cause: causeOf(error) }))
    }
    sources.push({ ...countItems(source, items.slice(first)), ...feeds })
  }
  return { items, sources }
}

function countItems({ name }: Source, read: readonly SourceItem[]): Omit<SourceReport, 'feeds' | 'failedFeeds'> {
  const own = read.filter(({ twin }) => !twin)
  const count = (kind: EntryKind) => own.filter(({ entry }) => entry.kind === kind).length
  const links = read.filter(({ wants }) => wants !== undefined).length
  return { name, posts: count('issue'), links, items: count('item'), entries: own.length }
}

function toolsFor(run: RunContext): SourceTools {
  const { site, cwd, store, now, future, signal, extractors } = run.settings
  const hooks = sourceHooks(run.settings.hooks, run)
  const cached = async (source: string, make: () => string) => {
    const kept = await run.texts.get(source)
    if (kept !== undefined) return kept
    const made = make()
    await run.texts.set(source, made)
    return made
  }
  return {
    site,
    cwd,
    store,
    now,
    future,
    signal,
    report: run.report,
    hooks,
    extractors,
    cached,
    parts: askedParts(run.settings),
    fetchText: (url, options) => fetchText(url, run, options),
  }
}

/** The parts of issues that are shown somewhere. */
function askedParts({ feeds, calendar }: RunContext['settings']): IssuePart[] {
  return issueParts.filter(part => feeds.some(feed => feed.of === part) || (part === 'events' && calendar !== false))
}

const keepWhole =
  'Run `weekloom update` before, and commit the store. What has a token in its address is in its `cache/` alone, which git leaves out: a CI can keep that in its own cache.'

/** Asks for a text with what the last answer wants to be asked with; the last good copy stands in for a failure, and for an answer that is no good. */
async function fetchText(
  url: string,
  { settings, fetcher, named, pagesRead, report }: RunContext,
  { discovered = false, isGood = async () => true, quiet = false }: Parameters<SourceTools['fetchText']>[1] = {},
): Promise<Outcome<Page>> {
  const tell = (problems: readonly Problem[] = []) => {
    if (!quiet) problems.forEach(report)
  }
  const { store, network } = settings
  pagesRead.add(url)
  const kept = await readSourceText(store, url, report)
  if (network === 'frozen') {
    return kept
      ? { ok: true, value: kept.page }
      : failed(makeProblem('FETCH_FROZEN', { url }, `${url} was not asked for: the run is frozen.`, { hint: keepWhole }))
  }
  if (URL.canParse(url)) named.add(new URL(url).hostname)
  const marks = kept && network !== 'refresh' ? pickDefined(kept, 'etag', 'lastModified') : {}
  const outcome = await (await fetcher()).fetch(url, { ...marks, discovered })
  if (!outcome.ok) {
    if (!kept) return outcome
    const problems = [outcome.problem]
    tell(problems)
    return { ok: true, value: kept.page, problems }
  }
  tell(outcome.problems)
  const answer = outcome.value
  const moved = dropAbsent({ movedTo: answer.permanentUrl })
  if (answer.kind === 'page') {
    const page = { ...asKept(answer.page), ...moved }
    const good = await isGood(page, network === 'refresh' ? undefined : kept?.page)
    if (!good) return { ...outcome, value: kept?.page ?? page }
    const { etag, lastModified, ...bare } = answer
    await writeSourceText(store, { ...(good === 'for now' ? bare : answer), page }, kept)
    return { ...outcome, value: page }
  }
  if (!kept) return failed(makeProblem('FETCH_NOT_MODIFIED_UNASKED', { url }, `${url} answered “not modified”.`))
  await writeSourceText(store, { ...kept, ...answer }, kept)
  return { ok: true, value: { ...kept.page, ...moved } }
}
