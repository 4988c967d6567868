import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { feedFormats } from '../feed/feed-addresses.js'
import type { Fetcher } from '../fetch/fetcher.js'
import { makeProblem, type Problem, WeekloomError } from '../problems.js'
import type { Options } from '../run/options.js'
import { type Settings, settleOptions } from '../run/settings.js'
import { hashText } from '../store/hash-text.js'
import { readPings, writePings } from '../store/ping-record.js'

/** What became of the news of one feed at one hub. */
export interface Ping {
  hub: string
  /** Address of the feed. */
  feed: string
  /** `due` is what a dry run would tell. */
  state: 'told' | 'unchanged' | 'due' | 'failed'
}

/** What a hub was told, and what it did not take. */
export interface PingResult {
  pings: readonly Ping[]
  problems: readonly Problem[]
}

const markDigits = 20

/**
 * Tells the WebSub hubs of the options which of the written feeds have changed since they were last told (`hub.mode=publish`), and keeps what
 * each took. Throws a `WeekloomError` when the options name no hub, or no feed was written yet.
 * @param config file that the options stand in
 */
export async function pingHubs(
  options: Options,
  { dryRun, config = 'the options' }: { dryRun: boolean; config?: string },
): Promise<PingResult> {
  const settings = settleOptions(options)
  if (settings.hubs.length === 0)
    throw new WeekloomError(`There is no \`hub\` in ${config}.`, "Name one: hub: 'https://pubsubhubbub.appspot.com/'")
  const feeds = writtenFeeds(settings)
  if (feeds.size === 0)
    throw new WeekloomError(`There are no feeds in ${settings.output}.`, 'Run weekloom build, publish what it wrote, then ping.')
  const problems: Problem[] = []
  const pings: Ping[] = []
  const fetcher = dryRun ? undefined : await openFetcher(settings)
  try {
    for (const hub of settings.hubs) pings.push(...(await pingHub(hub, feeds, settings, fetcher, problem => problems.push(problem))))
  } finally {
    await fetcher?.close()
  }
  return { pings, problems }
}

/** Address → mark of the text, of every feed that lies in the output folder. */
function writtenFeeds({ feeds, output, baseUrl }: Settings): Map<string, string> {
  const written = new Map<string, string>()
  for (const folder of feeds.flatMap(feed => foldersOf(feed, output))) {
    for (const { file } of Object.values(feedFormats)) {
      const path = join(output, folder, file)
      if (existsSync(path)) written.set(new URL(folder + file, baseUrl).href, hashText(readFileSync(path, 'utf8'), markDigits))
    }
  }
  return written
}

/** Where a feed lies; of one that stands for one by tag, section or account each, where all of these do. */
function foldersOf({ folder, per }: Settings['feeds'][number], output: string): string[] {
  if (per === undefined) return [folder]
  const path = join(output, folder)
  if (!existsSync(path)) return []
  return readdirSync(path, { withFileTypes: true }).flatMap(entry => (entry.isDirectory() ? [`${folder}${entry.name}/`] : []))
}

async function pingHub(
  hub: string,
  feeds: ReadonlyMap<string, string>,
  { store }: Settings,
  fetcher: Fetcher | undefined,
  report: (problem: Problem) => void,
): Promise<Ping[]> {
  const place = hashText(hub, markDigits)
  const before = await readPings(store, place, report)
  const told: Record<string, string> = {}
  const pings: Ping[] = []
  for (const [feed, mark] of feeds) {
    const isDue = before[feed] !== mark
    const problem = isDue && fetcher ? await tell(hub, feed, fetcher) : undefined
    if (problem) report(problem)
    const kept = problem ? before[feed] : mark
    if (kept !== undefined) told[feed] = kept
    pings.push({ hub, feed, state: !isDue ? 'unchanged' : problem ? 'failed' : fetcher ? 'told' : 'due' })
  }
  if (fetcher) await writePings(store, place, told)
  return pings
}

async function tell(hub: string, feed: string, fetcher: Fetcher): Promise<Problem | undefined> {
  const outcome = await fetcher.post(hub, { 'hub.mode': 'publish', 'hub.url': feed })
  if (outcome.ok) return undefined
  const { code, message } = outcome.problem
  return makeProblem('PING_FAILED', { url: hub }, `${hub} could not be told of ${feed}.`, { cause: `${message} (${code})`, data: { feed } })
}

async function openFetcher({ fetch, hosts, hubs, signal }: Settings): Promise<Fetcher> {
  const { createFetcher } = await import('../fetch/fetcher.js')
  const named = new Set(hubs.map(hub => new URL(hub).hostname))
  return createFetcher({ ...fetch, hosts, signal, allows: host => named.has(host) })
}
