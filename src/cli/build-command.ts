import { basename, relative, resolve } from 'node:path'
import { type Command, Option } from 'commander'
import type { BuildResult } from '../build/run-build.js'
import { WeekloomError } from '../problems.js'
import { defaultFeeds, type Options } from '../run/options.js'
import { untilStopped } from '../run/until-stopped.js'
import { stoppable } from './interrupt.js'
import { showProgress } from './progress.js'
import { say } from './say.js'

/** What the command line gives. */
export interface BuildFlags {
  site?: string
  title?: string
  language?: string
  timeZone?: string
  out?: string
  baseUrl?: string
  store?: string
  config?: string
  frozen?: boolean
  refresh?: boolean
  all?: boolean
  dryRun?: boolean
  acceptChurn?: boolean
  json?: boolean
  report?: string
  quiet?: boolean
}

/** Adds `build` (also the command without a name) and `update`. */
export function addBuildCommands(program: Command): void {
  addReadingOptions(program.command('build', { isDefault: true }))
    .description('read the sources, fetch what is missing, write the feeds')
    .argument('[files...]', 'weekly posts, as a pattern or a list; without them the config file says what is read')
    .option('--out <folder>', 'folder that the feeds are written into')
    .option('--base-url <url>', 'address under which that folder is published')
    .option('--all', 'no limits on entries and bytes')
    .option('--dry-run', 'write no feed and no id, say what would be; what is fetched is kept')
    .option('--accept-churn', 'write although many published ids are gone')
    .option('--json', 'print the report as JSON on stdout')
    .option('--report <file>', 'write the report as JSON into a file')
    .action((files: string[], flags: BuildFlags) => build(files, flags, 'build'))
  addReadingOptions(program.command('update'))
    .description('fetch what is missing into the store, write no feed')
    .argument('[files...]', 'weekly posts, as a pattern or a list')
    .option('--json', 'print the report as JSON on stdout')
    .option('--report <file>', 'write the report as JSON into a file')
    .action((files: string[], flags: BuildFlags) => build(files, flags, 'update'))
}

/** The options of every command that reads the sources. */
export function addReadingOptions(command: Command): Command {
  return command
    .option('--site <url>', 'home page of the site; permalinks are built on it')
    .option('--title <text>', 'name of the site')
    .option('--language <tag>', 'language of the feeds, e.g. zh-CN')
    .option('--time-zone <name>', 'zone of dates without a zone, e.g. Asia/Shanghai')
    .option('--store <folder>', 'folder that keeps fetched articles and ids (default: .weekloom)')
    .option('--config <file>', 'config file (default: weekloom.config.{ts,mts,js,mjs,json})')
    .option('--frozen', 'open no connection: only what the store has')
    .addOption(new Option('--refresh', 'ask for every page again').conflicts('frozen'))
    .option('--quiet', 'say nothing but problems that are errors')
}

async function build(files: string[], flags: BuildFlags, purpose: 'build' | 'update'): Promise<void> {
  await stoppable(async ({ signal }) => {
    const progress = showProgress({ quiet: flags.quiet ?? false })
    if (!flags.quiet) await tellUnread(files, flags)
    await assertReportFile(files, flags)
    try {
      const options = { ...(await untilStopped(readOptions(files, flags), signal, 'the config')), signal, onProgress: progress.event }
      const { runBuild } = await import('../build/run-build.js')
      const result = await runBuild(options, {
        purpose,
        dryRun: flags.dryRun ?? false,
        acceptChurn: flags.acceptChurn ?? false,
        ...(flags.report === undefined ? {} : { reportFile: resolve(flags.report) }),
      })
      progress.end()
      const { tellResult } = await import('./summary.js')
      process.exitCode = tellResult(result, { json: flags.json ?? false, quiet: flags.quiet ?? false })
      if (purpose === 'build' && flags.frozen && !flags.dryRun) await keepTrace(options, result, files, flags)
    } catch (error) {
      throw await locateInConfig(error, files, flags)
    } finally {
      progress.end()
    }
  })
}

/** A report is written over none of the files that the config is made of. */
async function assertReportFile(files: readonly string[], flags: BuildFlags): Promise<void> {
  const config = await configPath(files, flags)
  if (flags.report === undefined || config === undefined) return
  const { listConfigFiles } = await import('../build/config-files.js')
  if (listConfigFiles(config).includes(resolve(flags.report)))
    throw new WeekloomError(
      `The report would be written over ${flags.report}, which the config is made of.`,
      'Choose another place with --report.',
    )
}

/** Remembers what this frozen build came from, so that the next one ends at once while nothing has changed. */
async function keepTrace(options: Options, result: BuildResult, files: readonly string[], flags: BuildFlags): Promise<void> {
  const { traceBuild } = await import('../build/trace-build.js')
  const config = await configPath(files, flags)
  const command = { args: process.argv.slice(2), cwd: process.cwd(), began: performance.timeOrigin }
  await traceBuild(options, result, { ...command, ...(config === undefined ? {} : { config }) })
}

/** The config file that counts: the one that is named, else, when no posts are named, the one that lies here. */
export async function configPath(files: readonly string[], { config }: Pick<BuildFlags, 'config'>): Promise<string | undefined> {
  if (config !== undefined || files.length > 0) return config
  return (await import('../build/load-config.js')).findConfig(process.cwd())
}

/** An error with the place in the config of what is mistaken there. */
export async function locateInConfig(error: unknown, files: readonly string[], flags: BuildFlags): Promise<unknown> {
  const config = await configPath(files, flags)
  if (config === undefined) return error
  const { listConfigFiles } = await import('../build/config-files.js')
  return (await import('../build/load-config.js')).locateMistakes(error, listConfigFiles(config))
}

/** Says which configs are not read: whoever changes one of two wonders why nothing happens. */
export async function tellUnread(files: readonly string[], flags: BuildFlags): Promise<void> {
  const path = await configPath(files, flags)
  if (path === undefined || flags.config !== undefined) return
  const unread = (await import('../build/load-config.js')).findUnread(path)
  if (unread.length > 0) say(`${basename(path)} is read, ${unread.join(', ')} beside it is not: remove one, or name one with --config.`)
}

/** Options of the config file with those of the command line over them; files on the command line stand in for its sources. */
export async function readOptions(files: readonly string[], flags: BuildFlags): Promise<Options> {
  const path = await configPath(files, flags)
  const config = path === undefined ? undefined : await (await import('../build/load-config.js')).loadConfig(path)
  if (!config && files.length === 0) {
    throw new WeekloomError(`There is no config file in ${process.cwd()}, and no posts were named.`, await sayHowToBegin(process.cwd()))
  }
  const site = { ...(config?.site ?? defaultSite(flags)), ...siteFlags(flags) }
  // Feeds of nothing would replace those of before, for one mistyped letter.
  const { findFiles, slashHint } = await import('../sources/find-files.js')
  if (files.length > 0 && (await findFiles(files, process.cwd())).length === 0) {
    throw new WeekloomError(
      `No file matches ${files.join(', ')} in ${process.cwd()}.`,
      slashHint(...files).hint ?? 'Correct the pattern; it is relative to the folder that you are in.',
    )
  }
  const sources = files.length > 0 ? [(await import('../sources/weekly.js')).weekly(files)] : (config?.sources ?? [])
  return {
    ...(config ?? (await import('../build/load-config.js')).optionsOfEnvironment()),
    site,
    sources,
    // Paths on the command line start from the working folder, those of the config from its own.
    ...(files.length > 0 ? { cwd: process.cwd() } : {}),
    ...(flags.out === undefined ? {} : { output: config ? resolve(flags.out) : flags.out }),
    ...(flags.baseUrl === undefined ? {} : { baseUrl: flags.baseUrl }),
    ...(flags.store === undefined ? {} : { store: resolve(flags.store) }),
    ...(flags.frozen ? { network: 'frozen' } : flags.refresh ? { network: 'refresh' } : {}),
    ...(flags.all ? withoutLimits(config?.feeds) : {}),
  }
}

/** For somebody whose config is called otherwise, who is in the wrong folder, or who has none yet. */
async function sayHowToBegin(cwd: string): Promise<string> {
  const { findConfigAbove, findMisnamed } = await import('../build/load-config.js')
  const misnamed = findMisnamed(cwd)
  if (misnamed !== undefined)
    return `${misnamed} is not read: a config is called weekloom.config.ts, .mts, .js, .mjs or .json. Rename it, or name it with --config.`
  const above = findConfigAbove(cwd)
  if (above !== undefined) return `There is one above: add --config ${relative(cwd, above)}, or run weekloom in its folder.`
  return 'Run npx weekloom init to set the site up, or name the posts: weekloom build "content/blog/*weekly*/index.md" --site https://example.org --out public/feeds'
}

function defaultSite({ site }: BuildFlags): Options['site'] {
  if (site === undefined)
    throw new WeekloomError(
      'The address of the site is not known: where posts are named, a config file is read only when it is named too.',
      'Add --site https://example.org, or --config weekloom.config.ts.',
    )
  return { title: URL.canParse(site) ? new URL(site).host : site, url: site }
}

function siteFlags({ site, title, language, timeZone }: BuildFlags): Partial<Options['site']> {
  return {
    ...(site === undefined ? {} : { url: site }),
    ...(title === undefined ? {} : { title }),
    ...(language === undefined ? {} : { language }),
    ...(timeZone === undefined ? {} : { timeZone }),
  }
}

function withoutLimits(feeds: Options['feeds'] = defaultFeeds): Pick<Options, 'feeds'> {
  return { feeds: Object.fromEntries(Object.entries(feeds).map(([name, feed]) => [name, { ...feed, limit: false, maxBytes: false }])) }
}
