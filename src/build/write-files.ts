import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  lstatSync,
  openSync,
  readFileSync,
  readSync,
  realpathSync,
  rmdirSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { causeOf, makeProblem, type Problem, WeekloomError } from '../problems.js'
import { isBelow } from '../run/is-below.js'
import type { OutputFile } from '../run/output-file.js'
import { makeFolder } from '../store/make-folder.js'
import { patientlySync } from '../store/whole-file.js'
import { assertInput } from '../text/assert-input.js'
import { manifestName, manifestOf, namesIn } from './manifest.js'
import { NotUndone, type Replacement, removeLeftOvers, removeQuietly, replaceFiles, temporaryIn } from './replace-files.js'

/** What became of a file. */
export interface WrittenFile {
  /** Path below the output folder, with `/` on every system. */
  path: string
  state: 'created' | 'changed' | 'unchanged' | 'removed'
}

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
  const staged: { path: string; target: string; temporary: string | undefined; state: WrittenFile['state'] }[] = []
  const manifests: string[] = []
  const absent = new Set<string>()
  try {
    const manifest = join(root, manifestName)
    const manifestText = patientlySync(() => (existsSync(manifest) ? readFileSync(manifest, 'utf8') : ''))
    const known = namesIn(manifestText)
    const knownNames = byFoldedName(known)
    const otherwiseCalled: Replacement[] = []
    for await (const file of files) {
      const target = followLink(placeBelow(root, file.path))
      const exists = existsSync(target)
      if (!exists) for (const above of absentAbove(target)) absent.add(above)
      let temporary = stage(file.body, target, exists)
      const state = temporary === undefined ? 'unchanged' : exists ? 'changed' : 'created'
      const namesake = known.has(file.path) ? undefined : namesakeOf(root, file.path, knownNames)
      if (namesake !== undefined) {
        // Put there anew, since a disk keeps the old name where the same file takes its own place.
        temporary ??= copyBeside(target)
        otherwiseCalled.push({ to: placeBelow(root, namesake) })
      } else if (temporary !== undefined && exists && !known.has(file.path)) {
        removeQuietly(temporary)
        throw foreignFile(target)
      }
      staged.push({ path: file.path, target, temporary, state })
    }
    makeFolder(root)
    const made = new Set(staged.map(file => file.path))
    const madeNames = byFoldedName(made)
    const gone = [...known].filter(path => !made.has(path) && existsSync(placeBelow(root, path)) && !namesakeOf(root, path, madeNames))
    // First the names, then the files: a run that is killed in between must find its own files again.
    const texts = [manifestText, manifestOf(new Set([...known, ...made])), manifestOf(made)]
    const [first = [], last = []] = [1, 2].map(index => {
      const [before, text = ''] = texts.slice(index - 1)
      if (text === before) return []
      const from = temporaryIn(root)
      manifests.push(from)
      writeFileSync(from, text)
      return [{ from, to: manifest }]
    })
    replaceFiles([
      ...first,
      ...otherwiseCalled,
      ...staged.flatMap(({ target, temporary }) => (temporary === undefined ? [] : [{ from: temporary, to: target }])),
      ...gone.map(path => ({ to: placeBelow(root, path) })),
      ...last,
    ])
    removeEmpty(new Set(gone.flatMap(path => foldersBelow(root, dirname(placeBelow(root, path))))))
    for (const place of new Set([root, ...staged.map(({ target }) => dirname(target))])) removeLeftOvers(place)
    return [...staged.map(({ path, state }) => ({ path, state })), ...gone.map(path => ({ path, state: 'removed' as const }))]
  } catch (error) {
    for (const temporary of [...staged.flatMap(file => file.temporary ?? []), ...manifests]) removeQuietly(temporary)
    removeEmpty(absent)
    throw error instanceof WeekloomError || (error instanceof Error && error.name === 'AbortError') ? error : notWritable(root, error)
  }
}

/** Names by what a disk may take for the same: one in other letters, or decomposed. */
function byFoldedName(names: ReadonlySet<string>): Map<string, string> {
  return new Map([...names].map(name => [foldName(name), name]))
}

function foldName(name: string): string {
  return name.normalize('NFC').toLowerCase()
}

/** Another of the names that is this very file, on a disk that takes `Feeds.opml` and `feeds.opml` for one. */
function namesakeOf(root: string, path: string, names: ReadonlyMap<string, string>): string | undefined {
  const other = names.get(foldName(path))
  if (other === undefined || other === path) return undefined
  const [one, two] = [path, other].map(name => lstatSync(placeBelow(root, name), { bigint: true, throwIfNoEntry: false }))
  return one && two && one.ino === two.ino && one.dev === two.dev ? other : undefined
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
    if (existsSync(target))
      compared.push({ path, state: patientlySync(() => readFileSync(target)).equals(joinBytes(body)) ? 'unchanged' : 'changed' })
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
  if (!isBelow(root, target)) throw new WeekloomError(`The output path ${path} leads out of the output folder.`)
  return target
}

/** What a file that is a link leads to: that is what its owner has published. */
function followLink(path: string): string {
  return existsSync(path) && lstatSync(path).isSymbolicLink() ? realpathSync(path) : path
}

/**
 * Compares the text with the file that is there, chunk by chunk; at the first difference goes over to a temporary file
 * beside it. Gives that file's path, or nothing when all is equal. The text is made once and never held whole.
 */
function stage(body: Iterable<string> | Uint8Array, target: string, exists: boolean): string | undefined {
  const chunks = body instanceof Uint8Array ? [body] : body
  const encoder = new TextEncoder()
  const current = exists ? patientlySync(() => openSync(target, 'r')) : undefined
  const old = current === undefined ? undefined : new OldText(current)
  let temporary: { path: string; file: number } | undefined
  let equal = 0
  const diverge = () => {
    const path = temporaryIn(dirname(target))
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
    if (temporary) removeQuietly(temporary.path)
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

function copyBeside(target: string): string {
  const copy = temporaryIn(dirname(target))
  patientlySync(() => copyFileSync(target, copy))
  return copy
}

function foreignFile(target: string): WeekloomError {
  return failure(makeProblem('OUTPUT_FOREIGN', { file: target }, `${target} is there already and was not written by weekloom.`))
}

function notWritable(root: string, error: unknown): WeekloomError {
  const told = `The feeds could not be written into ${root}`
  const extra = { cause: causeOf(error) }
  if (!(error instanceof NotUndone)) return failure(makeProblem('OUTPUT_UNWRITABLE', { file: root }, `${told}.`, extra))
  const paths = error.paths.map(path => relative(root, path).split(sep).join('/')).join(', ')
  const hint = 'See the cause, then build again: until then new and old feeds stand side by side.'
  return failure(
    makeProblem('OUTPUT_UNWRITABLE', { file: root }, `${told}, and these could not be put back: ${paths}.`, { ...extra, hint }),
  )
}

function failure(problem: Problem): WeekloomError {
  return new WeekloomError(problem.message, problem.hint, { problem })
}
