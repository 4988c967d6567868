import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import { causeOf, makeProblem, type Problem, WeekloomError } from '../problems.js'
import type { OutputFile } from '../run/output-file.js'
import { makeFolder } from '../store/make-folder.js'
import { assertInput } from '../text/assert-input.js'

/** What became of a file. */
export interface WrittenFile {
  /** Path below the output folder, with `/` on every system. */
  path: string
  state: 'created' | 'changed' | 'unchanged' | 'removed'
}

const temporaryPrefix = '.weekloom-tmp-'

/** Names the files of the last build, so that only these are ever replaced or removed. */
export const manifestName = '.weekloom-files.json'

/**
 * Writes files into a folder: all of them or none, each whole, and only those that changed. What weekloom did not write
 * is never touched; what it wrote before and no longer makes is removed.
 *
 * Throws a `WeekloomError` when the folder cannot be written or holds another's file of that name; then it is as it was.
 */
export async function writeFiles(files: AsyncIterable<OutputFile> | Iterable<OutputFile>, folder: string): Promise<WrittenFile[]> {
  assertInput(typeof folder === 'string', 'The folder to write into', folder, 'a text')
  const isList = typeof files === 'object' && files !== null && (Symbol.asyncIterator in files || Symbol.iterator in files)
  assertInput(isList, 'What is written', files, 'files, as `aggregate` gives them')
  const root = resolve(folder)
  const known = readManifest(root)
  const staged: { path: string; temporary?: string; state: WrittenFile['state'] }[] = []
  const absent = new Set<string>()
  try {
    for await (const file of files) {
      const target = placeBelow(root, file.path)
      const exists = existsSync(target)
      if (!exists) for (const above of absentAbove(target)) absent.add(above)
      const temporary = stage(file.body, target, exists)
      if (temporary !== undefined && exists && !known.has(file.path)) {
        rmSync(temporary, { force: true })
        throw foreignFile(target)
      }
      staged.push({
        path: file.path,
        ...(temporary === undefined ? {} : { temporary }),
        state: temporary === undefined ? 'unchanged' : exists ? 'changed' : 'created',
      })
    }
    makeFolder(root)
    const made = new Set(staged.map(file => file.path))
    // First the names, then the files: a run that is killed in between must find its own files again.
    writeManifest(root, new Set([...known, ...made]))
    for (const { path, temporary } of staged) if (temporary !== undefined) renameSync(temporary, placeBelow(root, path))
    const gone = [...known].filter(path => !made.has(path) && existsSync(placeBelow(root, path)))
    for (const path of gone) rmSync(placeBelow(root, path))
    removeEmpty(new Set(gone.flatMap(path => foldersBelow(root, dirname(placeBelow(root, path))))))
    writeManifest(root, made)
    removeLeftOvers(root, made)
    return [...staged.map(({ path, state }) => ({ path, state })), ...gone.map(path => ({ path, state: 'removed' as const }))]
  } catch (error) {
    for (const { temporary } of staged) if (temporary !== undefined) rmSync(temporary, { force: true })
    removeEmpty(absent)
    throw error instanceof WeekloomError || (error instanceof Error && error.name === 'AbortError') ? error : notWritable(root, error)
  }
}

/** A folder and those above it, as far as they stand below the root, and no link leads to them: what that leads to is not ours. */
function foldersBelow(root: string, folder: string): string[] {
  if (!folder.startsWith(root + sep)) return []
  const isOurs = realpathSync(folder) === join(realpathSync(root), relative(root, folder))
  return [...(isOurs ? [folder] : []), ...foldersBelow(root, dirname(folder))]
}

/** The folders of a path that are not there yet. */
function absentAbove(path: string): string[] {
  const above = dirname(path)
  return above === path || existsSync(above) ? [] : [above, ...absentAbove(above)]
}

/** Removes folders that were made for files which are not written, or which are gone. */
function removeEmpty(folders: ReadonlySet<string>): void {
  for (const folder of [...folders].sort((a, b) => b.length - a.length)) {
    try {
      rmdirSync(folder)
    } catch {
      // Not made yet, or another's file is in it by now.
    }
  }
}

/** What {@link writeFiles} would do, without doing it. */
export async function compareFiles(files: AsyncIterable<OutputFile> | Iterable<OutputFile>, folder: string): Promise<WrittenFile[]> {
  const root = resolve(folder)
  const compared: WrittenFile[] = []
  for await (const { path, body } of files) {
    const target = placeBelow(root, path)
    if (existsSync(target)) compared.push({ path, state: readFileSync(target).equals(joinBytes(body)) ? 'unchanged' : 'changed' })
    else compared.push({ path, state: 'created' })
  }
  return compared
}

function joinBytes(body: OutputFile['body']): Buffer {
  return body instanceof Uint8Array ? Buffer.from(body) : Buffer.from([...body].join(''))
}

/** A path of an output, below the folder whatever it says. */
function placeBelow(root: string, path: string): string {
  const target = join(root, path)
  if (relative(root, target).startsWith(`..${sep}`)) throw new WeekloomError(`The output path ${path} leads out of the output folder.`)
  return target
}

/**
 * Compares the text with the file that is there, chunk by chunk; at the first difference goes over to a temporary file
 * beside it. Gives that file's path, or nothing when all is equal. The text is made once and never held whole.
 */
function stage(body: Iterable<string> | Uint8Array, target: string, exists: boolean): string | undefined {
  const chunks = body instanceof Uint8Array ? [body] : body
  const encoder = new TextEncoder()
  const current = exists ? openSync(target, 'r') : undefined
  const old = current === undefined ? undefined : new OldText(current)
  let temporary: { path: string; file: number } | undefined
  let equal = 0
  const diverge = () => {
    const path = join(dirname(target), `${temporaryPrefix}${process.pid}-${basename(target)}`)
    makeFolder(dirname(target))
    temporary = { path, file: openSync(path, 'w') }
    if (current !== undefined) copyStart(current, temporary.file, equal)
    return temporary
  }
  try {
    for (const chunk of chunks) {
      const bytes = typeof chunk === 'string' ? encoder.encode(chunk) : chunk
      if (!temporary && old?.goesOnWith(bytes)) equal += bytes.length
      else writeAll((temporary ?? diverge()).file, bytes)
    }
    // The new text may end where the old one goes on.
    if (!temporary && !old?.isAtEnd()) diverge()
    if (temporary) fsyncSync(temporary.file)
    return temporary?.path
  } catch (error) {
    if (temporary) rmSync(temporary.path, { force: true })
    throw error
  } finally {
    if (temporary) closeSync(temporary.file)
    if (current !== undefined) closeSync(current)
  }
}

/** A file that is there, read from its beginning on. */
class OldText {
  private readonly buffer = new Uint8Array(262_144)
  /** What is read and not yet compared stands between. */
  private from = 0
  private to = 0

  constructor(private readonly file: number) {}

  /** Whether these bytes come next; then it stands behind them. */
  goesOnWith(bytes: Uint8Array): boolean {
    for (let at = 0; at < bytes.length; ) {
      if (this.isAtEnd()) return false
      const length = Math.min(bytes.length - at, this.to - this.from)
      if (Buffer.compare(this.buffer.subarray(this.from, this.from + length), bytes.subarray(at, at + length)) !== 0) return false
      this.from += length
      at += length
    }
    return true
  }

  isAtEnd(): boolean {
    if (this.from < this.to) return false
    this.from = 0
    this.to = readSync(this.file, this.buffer)
    return this.to === 0
  }
}

function copyStart(from: number, to: number, length: number): void {
  const buffer = new Uint8Array(65_536)
  for (let at = 0; at < length; ) {
    const got = readSync(from, buffer, 0, Math.min(buffer.length, length - at), at)
    if (got === 0) return
    writeAll(to, buffer.subarray(0, got))
    at += got
  }
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at)
}

function readManifest(root: string): Set<string> {
  try {
    const { files }: { files?: unknown } = JSON.parse(readFileSync(join(root, manifestName), 'utf8'))
    return new Set(Array.isArray(files) ? files.filter(file => typeof file === 'string') : [])
  } catch {
    return new Set()
  }
}

function writeManifest(root: string, files: ReadonlySet<string>): void {
  const text = `${JSON.stringify({ about: 'Files that weekloom wrote here; it replaces and removes no others.', files: [...files].sort() }, null, 2)}\n`
  const path = join(root, manifestName)
  if (existsSync(path) && readFileSync(path, 'utf8') === text) return
  const temporary = join(root, `${temporaryPrefix}${process.pid}-${manifestName}`)
  writeFileSync(temporary, text)
  renameSync(temporary, path)
}

/** Removes the temporary files of runs that were killed; those of a run that still goes on stay. */
function removeLeftOvers(root: string, made: ReadonlySet<string>): void {
  for (const folder of new Set([root, ...[...made].map(path => dirname(join(root, path)))])) {
    for (const name of readdirSync(folder)) {
      if (name.startsWith(temporaryPrefix) && !isRunning(Number.parseInt(name.slice(temporaryPrefix.length), 10)))
        rmSync(join(folder, name), { force: true })
    }
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

function foreignFile(target: string): WeekloomError {
  return failure(makeProblem('OUTPUT_FOREIGN', { file: target }, `${target} is there already and was not written by weekloom.`))
}

function notWritable(root: string, error: unknown): WeekloomError {
  return failure(
    makeProblem('OUTPUT_UNWRITABLE', { file: root }, `The feeds could not be written into ${root}.`, { cause: causeOf(error) }),
  )
}

function failure(problem: Problem): WeekloomError {
  return new WeekloomError(problem.message, problem.hint, { problem })
}
