import type { FetchStats } from '../fetch/fetch-tally.js'
import type { Fetcher } from '../fetch/fetcher.js'
import { hideSecrets } from '../links/secrets.js'
import { causeOf, makeProblem, type Problem } from '../problems.js'
import { forgetHeldHost, readHeldHosts, writeHeldHost } from '../store/held-hosts.js'
import { type Ledger, openLedger } from '../store/ledger.js'
import { openTextCache, type TextCache } from '../store/text-cache.js'
import { dropAbsent } from '../text/drop-absent.js'
import type { Instant } from '../types.js'
import { version } from '../version.js'
import type { Options } from './options.js'
import { type Settings, settleOptions } from './settings.js'

/** What all stages of a run work with. */
export interface RunContext {
  settings: Settings
  ledger: Ledger
  /** What sources made of their documents, kept between runs. */
  texts: TextCache
  /** Made when the network is first asked, so that a frozen run never opens it. */
  fetcher(): Promise<Fetcher>
  /** Addresses of the texts that sources asked for in this run. */
  pagesRead: Set<string>
  /** Pictures that lie in files, as sources told of them: paths below the working folder, by address. */
  pictures: Map<string, string>
  /** Hosts that sources named so far: no other is asked. */
  named: Set<string>
  problems: Problem[]
  report(problem: Problem): void
  /** What was asked of each host. */
  hostStats(): Promise<FetchStats['hosts']>
  /** Ends all connections. */
  close(): Promise<void>
}

/** Checks the options and prepares a run. Throws a `WeekloomError` for options that cannot be. */
export function openRun(options: Options): RunContext {
  const settled = settleOptions(options)
  const problems: Problem[] = []
  const report = (problem: Problem) => {
    problems.push(withoutSecrets(problem))
  }
  const settings = { ...settled, onProgress: harmless(settled.onProgress, report) }
  const named = new Set<string>()
  const putOff = new Map<string, Instant>()
  let fetcher: Promise<Fetcher> | undefined
  return {
    settings,
    ledger: openLedger(settings.store, report),
    texts: openTextCache(settings.store, 'posts', version),
    pagesRead: new Set(),
    pictures: new Map(),
    fetcher: () => (fetcher ??= openFetcher(settings, { named, putOff, report })),
    named,
    problems,
    report,
    async hostStats() {
      const { hosts = {} } = (await fetcher)?.stats() ?? {}
      // A host that is left alone since an earlier run may be one that no source names any more.
      return Object.fromEntries(Object.entries(hosts).filter(([host, { requests }]) => requests > 0 || named.has(host)))
    },
    async close() {
      const opened = await fetcher
      await opened?.close()
      // Asked for all the same, they answered: what an earlier run was told holds no more.
      const asked = settings.network === 'refresh' ? Object.entries(opened?.stats().hosts ?? {}) : []
      for (const [host, { requests, failures }] of asked) if (requests > failures) await forgetHeldHost(settings.store, host)
      for (const [host, until] of putOff) await writeHeldHost(settings.store, { host, until })
    },
  }
}

/** Who looks on costs the run nothing: the first time that it fails is a problem, and it is called no more. */
function harmless(onProgress: Settings['onProgress'], report: RunContext['report']): Settings['onProgress'] {
  let isFailed = false
  return event => {
    try {
      if (!isFailed) onProgress(event)
    } catch (error) {
      isFailed = true
      report(makeProblem('HOOK_FAILED', {}, 'onProgress stopped.', { cause: causeOf(error) }))
    }
  }
}

/** Reports are printed, kept and shown by CI to everybody; the address of a feed may hold a token. */
function withoutSecrets({ where, message, cause, data, ...problem }: Problem): Problem {
  const shownData = data && Object.fromEntries(Object.entries(data).map(([name, value]) => [name, hideSecrets(value)]))
  return {
    ...problem,
    message: hideSecrets(message),
    where: where.url === undefined ? where : { ...where, url: hideSecrets(where.url) },
    ...dropAbsent({ cause: cause && hideSecrets(cause), data: shownData }),
  }
}

/** A site that is named with or without `www.` may redirect to its other form. */
function otherForm(host: string): string {
  return host.startsWith('www.') ? host.slice(4) : `www.${host}`
}

/** @param run.putOff gets the hosts that ask for a rest which is longer than the run */
async function openFetcher(
  { fetch, hosts, budget, signal, store, network, now }: Settings,
  { named, putOff, report }: Pick<RunContext, 'named' | 'report'> & { putOff: Map<string, Instant> },
): Promise<Fetcher> {
  const { createFetcher } = await import('../fetch/fetcher.js')
  const fetcher = createFetcher({
    ...fetch,
    hosts,
    budget,
    signal,
    allows: host => named.has(host) || named.has(otherForm(host)),
    onPutOff: (host, until) => void putOff.set(host, until),
  })
  if (network === 'refresh') return fetcher
  for (const { host, until } of await readHeldHosts(store, now, report)) fetcher.hold(host, until, 'It asked for that in an earlier run.')
  return fetcher
}
