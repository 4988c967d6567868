import { createHash, randomUUID } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { hashText } from '../store/hash-text.js'
import { version } from '../version.js'
import type { BuildResult } from './run-build.js'

/**
 * What a frozen build came from and what came of it. A frozen build depends on nothing but its config, its posts, its store and what stands
 * in its output folder; while all of these are the same files, the next one would find out the same, so it need not look.
 */
export interface BuildTrace {
  /** Files that were read and written. */
  files: readonly string[]
  /** Folders in which another file would be read too. */
  folders: readonly string[]
  /** Folders of which every file counts: the store. */
  trees: readonly string[]
  /** One mark over all of them. */
  mark: string
  result: BuildResult
}

/** Posts that were parsed before, and traces: made of what is marked already. */
const passedOver = /^(?:cache\/(?:posts|builds)\/|.*(?:^|\/)\.(?:lock|tmp)-)/

/** One mark over the files: name, place on the disk, size, and when it was changed; whatever is written anew has another. */
export function markPlaces({ files, folders, trees }: Pick<BuildTrace, 'files' | 'folders' | 'trees'>): string {
  const hash = createHash('sha256')
  for (const path of [...files, ...folders, ...trees.flatMap(listTree)]) hash.update(`${path}\0${stampOf(path)}\n`)
  return hash.digest('base64')
}

function stampOf(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false, bigint: true })
  return stat ? `${stat.ino} ${stat.size} ${stat.mtimeNs} ${stat.ctimeNs}` : 'none'
}

function listTree(root: string): string[] {
  try {
    return readdirSync(root, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => join(entry.parentPath, entry.name))
      .filter(
        path =>
          !passedOver.test(
            path
              .slice(root.length + 1)
              .split('\\')
              .join('/'),
          ),
      )
      .sort()
  } catch {
    return []
  }
}

/**
 * Where the trace of a command line is kept: in the store where it is the usual one, else beside the caches of other tools. The name says
 * what the trace depends on besides files: this very program, the command line, the variables that it reads.
 */
export function tracePlaces(args: readonly string[], cwd: string): string[] {
  const program = stampOf(fileURLToPath(import.meta.url))
  const key = [version, program, process.version, cwd, process.env['WEEKLOOM_IMAGES'] ?? '', ...args].join('\0')
  const name = `${hashText(key, 32)}.json`
  return [join(cwd, '.weekloom/cache/builds', name), join(cwd, 'node_modules/.cache/weekloom', name)]
}

/** What a build with this command line gave, when nothing that it depends on has changed since. */
export function findUnchanged(args: readonly string[], cwd: string): BuildResult | undefined {
  for (const place of tracePlaces(args, cwd)) {
    try {
      const trace: BuildTrace = JSON.parse(readFileSync(place, 'utf8'))
      if (trace.mark !== markPlaces(trace)) return undefined
      return { ...trace.result, report: { ...trace.result.report, now: new Date().toISOString() } }
    } catch {
      // No trace, or one that was damaged: the build is made.
    }
  }
  return undefined
}

/** Keeps a trace, whole. One that cannot be written costs the next build its time, and nothing else. */
export function keepTrace(place: string, trace: BuildTrace): void {
  try {
    mkdirSync(dirname(place), { recursive: true })
    const temporary = `${place}.${randomUUID()}`
    writeFileSync(temporary, JSON.stringify(trace))
    renameSync(temporary, place)
  } catch {
    // A folder of which only reading is allowed.
  }
}
