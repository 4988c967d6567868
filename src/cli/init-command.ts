import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { SetFile } from '../init/write-setup.js'
import { WeekloomError } from '../problems.js'
import type { Options } from '../run/options.js'
import { untilStopped } from '../run/until-stopped.js'
import { counted } from '../text/counted.js'
import type { ParsedFeed } from '../types.js'
import { openAsker, silentAsker } from './ask.js'
import { stoppable } from './interrupt.js'
import { printJson } from './print-json.js'
import { say } from './say.js'
import { print, tell } from './write.js'

/** What the command line gives. */
interface InitFlags {
  site?: string
  url?: string[]
  title?: string
  language?: string
  timeZone?: string
  out?: string
  adopt: string[]
  yes?: boolean
  force?: boolean
  workflow: boolean
  build: boolean
  frozen?: boolean
  json?: boolean
}

/** What `--json` prints: what was found out and written, the tags to paste and where, the ids that were taken over, the first build. */
interface InitAccount {
  notes: readonly string[]
  files: readonly SetFile[]
  tags: { text: string; goesInto: string } | null
  adopted: readonly { feed: string; ids: number; items: number; issues: number }[]
  build: object | null
}

/** Adds `init`: from a site's folder to feeds, with as few questions as can be. */
export function addInitCommand(program: Command): void {
  program
    .command('init')
    .description('set a site up: find its weeklies, write a config and a workflow, build once')
    .argument('[files...]', 'weekly posts, as patterns; found by themselves without it')
    .option('--yes', 'ask nothing, take what was found')
    .option(
      '--adopt <feed>',
      'address or file of a feed whose ids are taken over, so that its subscribers see nothing twice; may be repeated',
      collect,
      [],
    )
    .option('--site <url>', 'home page of the site')
    .option('--url <pattern>', 'address of an issue, e.g. /blog/:slug/; may be repeated: the first counts that the issue can fill', collect)
    .option('--title <text>', 'name of the site')
    .option('--language <tag>', 'language of the feeds, e.g. zh-CN')
    .option('--time-zone <name>', 'zone of dates without a zone, e.g. Asia/Shanghai')
    .option('--out <folder>', 'folder that the feeds are written into')
    .option('--force', 'write a new config over the one that is there')
    .option('--no-workflow', 'write no workflow for GitHub Actions')
    .option('--frozen', 'open no connection for the build at the end')
    .option('--no-build', 'do not build at the end')
    .option('--json', 'print what was found and done as JSON on stdout')
    .action((files: string[], flags: InitFlags) => init(files, flags))
}

function collect(value: string, before: readonly string[] = []): string[] {
  return [...before, value]
}

async function init(files: readonly string[], flags: InitFlags): Promise<void> {
  const { findConfig } = await import('../build/load-config.js')
  const cwd = process.cwd()
  const config = findConfig(cwd)
  await stoppable(async stop => {
    const oldFeeds = await readOldFeeds(flags.adopt)
    const { limitAs } = await import('../init/adopt-feed.js')
    const limit = limitAs(oldFeeds.map(({ feed }) => feed))
    const items = oldFeeds.flatMap(({ feed }) => feed.entries.flatMap(({ url }) => url ?? []))
    // With a config in place there is nothing to set up, and ids can still be taken over.
    const isNew = config === undefined || flags.force || flags.adopt.length === 0
    const account: InitAccount = {
      ...(isNew ? await setUp(cwd, files, flags, { limit, items }, stop) : { notes: [], files: [], tags: null }),
      adopted: await adoptAll(oldFeeds, { limit, isNew }, cwd, stop),
      build: flags.build ? await buildOnce(cwd, flags.frozen ?? false, stop) : null,
    }
    if (flags.json) printJson(account)
  })
}

async function setUp(
  cwd: string,
  files: readonly string[],
  flags: InitFlags,
  { limit, items }: { limit: number | undefined; items: readonly string[] },
  stop: AbortController,
): Promise<Pick<InitAccount, 'notes' | 'files' | 'tags'>> {
  const { assertNoConfig, writeSetup } = await import('../init/write-setup.js')
  assertNoConfig(cwd, flags.force ?? false)
  const { proposeSetup } = await import('../init/propose-setup.js')
  const { site: url, title, language, timeZone, out: output } = flags
  const given = Object.fromEntries(
    Object.entries({ url, title, language, timeZone, output, limit }).filter(([, value]) => value !== undefined),
  )
  const named = { ...(files.length > 0 ? { patterns: files } : {}), ...(flags.url ? { permalinks: flags.url } : {}) }
  const proposal = await proposeSetup(cwd, { ...given, ...named }, items)
  say('Found')
  for (const note of proposal.notes) say(`  ${note}`)
  const asker = flags.yes ? silentAsker : openAsker(stop)
  try {
    const { askSetup, makeSetupFiles, readWeeklies, readWorkspace, writeDiscoveryTags } = await loadSetup()
    if (!flags.yes) say('\nReturn takes what stands in brackets.')
    const workspace = readWorkspace(cwd)
    const { host } = workspace
    const findPosts = async (patterns: readonly string[]) =>
      (await readWeeklies(cwd, patterns, proposal.setup.timeZone)).posts.map(({ path }) => path)
    const { setup, workflow } = await askSetup(proposal.setup, { ask: asker.ask, findPosts, workflow: flags.workflow, host })
    const states = writeSetup(makeSetupFiles(setup, proposal.site, { workflow, workspace }), cwd)
    say('\nWrote')
    for (const { path, state } of states) say(`  ${path}${state === 'written' ? '' : ` (${state})`}`)
    if (flags.workflow && !workflow && host !== undefined)
      say(
        `\nNo workflow was written. On ${host}, let a job run \`${workspace.manager.run} weekloom update\` once a day and commit .weekloom.`,
      )
    if (workflow && !workspace.hasWeekloom)
      say(
        `\nThe workflow installs what package.json names: add weekloom to it (${workspace.manager.add} weekloom), and commit the lock file.`,
      )
    say(`\nPaste this into ${proposal.site.generator.head}, so that readers find the feeds:`)
    const text = writeDiscoveryTags(setup, proposal.site.generator)
    if (flags.json) say(text.trimEnd())
    else print(text)
    const { plugin } = proposal.site.generator
    if (plugin !== undefined)
      say(
        `\nTo let each build of the site make the feeds, put \`import weekloom from '${plugin.from}'\` and \`${plugin.use}\` into ${plugin.goesInto}; else run ${workspace.manager.run} weekloom build before it.`,
      )
    return { notes: proposal.notes, files: states, tags: { text, goesInto: proposal.site.generator.head } }
  } finally {
    asker.close()
  }
}

async function loadSetup() {
  return {
    ...(await import('../init/ask-setup.js')),
    ...(await import('../init/find-weeklies.js')),
    ...(await import('../init/setup-files.js')),
    ...(await import('../init/workspace.js')),
  }
}

/** A feed whose ids are to be taken over. */
interface OldFeed {
  place: string
  feed: ParsedFeed
}

/** Reads the feeds whose ids are taken over: before anything is written, since a place may be mistaken. */
async function readOldFeeds(places: readonly string[]): Promise<OldFeed[]> {
  const { readPlace, textOf } = await import('./read-place.js')
  const { parseFeed } = await import('../feed/parse-feed.js')
  const feeds: OldFeed[] = []
  for (const place of places) {
    const page = await readPlace(place)
    const read = page.ok ? parseFeed(textOf(page.value), { url: place }) : page
    if (!read.ok) throw new WeekloomError(read.problem.message, read.problem.hint, { problem: read.problem })
    feeds.push({ place, feed: read.value })
  }
  return feeds
}

async function adoptAll(
  feeds: readonly OldFeed[],
  { limit, isNew }: { limit: number | undefined; isNew: boolean },
  cwd: string,
  { signal }: AbortController,
): Promise<InitAccount['adopted']> {
  if (feeds.length === 0) return []
  const { adoptFeed, describeAdoption } = await import('../init/adopt-feed.js')
  const config = await readConfig(cwd, signal)
  const adopted: InitAccount['adopted'][number][] = []
  for (const { place, feed } of feeds) {
    const adoption = await adoptFeed(feed, { ...config, signal })
    say(`\n${describeAdoption(place, feed, adoption).join('\n')}`)
    adopted.push({ feed: place, ids: adoption.ids, items: feed.entries.length, issues: adoption.known })
  }
  if (limit !== undefined)
    say(
      isNew
        ? `The config has \`limit: ${limit}\`, as many as were in the feed: subscribers would get older issues as new.`
        : `Where our feed holds more than ${counted(limit, 'issue')}, subscribers get the older ones as new: \`feeds: { feed: { limit: ${limit} } }\` in the config prevents it.`,
    )
  return adopted
}

async function readConfig(cwd: string, signal: AbortSignal): Promise<Options> {
  const { findConfig, loadConfig } = await import('../build/load-config.js')
  return untilStopped(loadConfig(findConfig(cwd) ?? resolve(cwd, 'weekloom.config.ts')), signal, 'the config')
}

/** The first build is bounded in time, so that somebody who tries it out sees feeds soon; the rest is fetched by later runs. */
async function buildOnce(cwd: string, isFrozen: boolean, { signal }: AbortController): Promise<object> {
  const { accountOf } = await import('../build/build-account.js')
  const { runBuild } = await import('../build/run-build.js')
  const { showProgress } = await import('./progress.js')
  const [{ summarize, tellFailures }, { writeProblems }] = await Promise.all([import('./summary.js'), import('./problem-lines.js')])
  const { isFinding } = await import('../run/fail-policy.js')
  const { showFirstBuild } = await import('./first-build.js')
  const { readWorkspace } = await import('../init/workspace.js')
  const { wasPublished } = await import('../init/was-published.js')
  const config = await readConfig(cwd, signal)
  const progress = showProgress({ quiet: false })
  say('')
  try {
    const options = {
      ...config,
      signal,
      onProgress: progress.event,
      budget: { minutes: 1, ...config.budget },
      ...(isFrozen ? { network: 'frozen' as const } : {}),
    }
    const isBinding = await wasPublished(config)
    const result = await runBuild(options, { purpose: 'build', dryRun: false, acceptChurn: true, isBinding })
    progress.end()
    // The next build finds them unchanged, and tells nothing of them.
    writeProblems(result.report.problems.filter(isFinding), false)
    tell(summarize(result))
    for (const [name, { published, gone, damaged }] of Object.entries(result.report.churn))
      if (!damaged)
        say(
          `\nFeed ${name} has lost ${gone.length} of its ${counted(published, 'published id')}: subscribers see these entries gone, or anew. If that was not meant, put the config back and build.`,
        )
    say(showFirstBuild(result, readWorkspace(cwd).manager.run))
    process.exitCode = tellFailures(result)
    return accountOf(result)
  } finally {
    progress.end()
  }
}
