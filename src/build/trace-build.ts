import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { isBelow } from '../run/is-below.js'
import type { Options } from '../run/options.js'
import { findFiles, fixedFolder } from '../sources/find-files.js'
import { type BuildTrace, keepTrace, markPlaces, tracePlaces } from './build-trace.js'
import { configNames } from './load-config.js'
import { manifestName } from './manifest.js'
import type { BuildResult } from './run-build.js'

/** What a trace is kept for. */
export interface TracedCommand {
  args: readonly string[]
  cwd: string
  /** Path of the config, if there is one. */
  config?: string
  /** When it began, in milliseconds: what was changed since may have been read before. */
  began: number
}

/** A text that depends on nothing but itself and this package: no other module, no clock, no environment. */
const selfContained = (text: string): boolean =>
  !/\b(?:require|process|Date|random(?:UUID)?|performance|crypto|globalThis|global|fetch|readFile|extends|Intl|eval)\b|import\s*\(|import\.meta|\bfrom\s*['"](?!weekloom['"])|import\s*['"]/.test(
    text,
  )

/** More folders than that take longer to look at than a build. */
const mostFolders = 5000

/**
 * Whether the next build would find out the same, and write nothing: not when something was told that is told once (what is wrong with a feed that
 * was just written is), when the run failed, or while a post waits for its day.
 */
function isLasting({ files, failures, isHeld, report }: BuildResult): boolean {
  const isSame = files.every(file => file.state === 'unchanged')
  return (
    files.every(file => file.state !== 'removed') &&
    failures.length === 0 &&
    !isHeld &&
    Object.keys(report.churn).length === 0 &&
    !report.problems.some(({ code }) => code === 'POST_FUTURE' || code.startsWith('STORE_') || (!isSame && code.startsWith('FEED_')))
  )
}

/** Keeps what a frozen build came from, when all that it depends on can be known, for the next one, which has nothing to write. */
export async function traceBuild(options: Options, result: BuildResult, { args, cwd, config, began }: TracedCommand): Promise<void> {
  const { store = '.weekloom', sources } = options
  if (!isLasting(result) || typeof store !== 'string' || !sources.every(source => source.files !== undefined)) return
  if (config !== undefined && !selfContained(readFileSync(config, 'utf8'))) return
  const root = options.cwd ?? cwd
  const patterns = sources.flatMap(source => source.files ?? [])
  const found = await findFiles(patterns, root)
  const read = [...(config === undefined ? [] : [resolve(config)]), ...found.map(file => file.absolutePath)]
  if (read.some(path => (statSync(path, { throwIfNoEntry: false })?.ctimeMs ?? began) >= began)) return
  const folders = [...new Set(patterns.flatMap(pattern => listFolders(resolve(root, fixedFolder(pattern)))))]
  if (folders.length > mostFolders) return
  const storeFolder = resolve(root, store)
  const places = {
    // A config of another name would be taken instead.
    files: [
      ...configNames.map(name => join(cwd, name)),
      ...read,
      // Where another command line wrote a file more, this one has to remove it.
      join(result.output, manifestName),
      ...result.files.map(file => join(result.output, file.path)),
    ],
    folders: folders.sort(),
    trees: [storeFolder],
  }
  const [inStore = '', beside = ''] = tracePlaces(args, cwd)
  const place = isBelow(storeFolder, inStore) ? inStore : beside
  if (place === beside && !existsSync(join(cwd, 'node_modules'))) return
  // What is changed in the same tick of the disk's clock could not be told from what is marked.
  await sleep(20)
  const next: BuildResult = { ...result, files: result.files.map(file => ({ ...file, state: 'unchanged' })) }
  keepTrace(place, { ...places, mark: markPlaces(places), result: next } satisfies BuildTrace)
}

/** A folder and all below it, without those in which no posts stand. */
function listFolders(root: string): string[] {
  const found: string[] = []
  const open = [root]
  for (let folder = open.pop(); folder !== undefined && found.length <= mostFolders; folder = open.pop()) {
    if (!existsSync(folder)) {
      // Where it is to be: a folder above tells of its coming.
      found.push(folder, dirname(folder))
      continue
    }
    found.push(folder)
    for (const entry of readdirSync(folder, { withFileTypes: true }))
      if (entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules') open.push(join(folder, entry.name))
  }
  return found
}
