import { existsSync } from 'node:fs'
import { posix, relative, resolve, sep } from 'node:path'
import { glob, isDynamicPattern } from 'tinyglobby'
import { makeProblem, type Problem } from '../problems.js'

/** A file that a pattern found. */
export interface FoundFile {
  /** Relative to the working folder where it lies below it, with `/` on every system, and composed (NFC): macOS gives names decomposed, git elsewhere as they were added. */
  path: string
  /** As the disk has it. */
  absolutePath: string
  /** The path below the fixed part of its pattern: what an address can be made of. */
  below: string
}

/**
 * Files that the patterns name, each once, sorted by path in code-unit order, whatever the machine's locale.
 * A pattern that names an existing file is taken as that file, even when it holds `[` or `*`. One that begins with `!` leaves out what it
 * finds, wherever it stands in the list. Composed or decomposed, a pattern finds both.
 */
export async function findFiles(patterns: string | readonly string[], cwd: string): Promise<FoundFile[]> {
  const given = [patterns].flat().flatMap(pattern => formsOf(pattern.split(sep).join('/'), cwd))
  const isLeftOut = (pattern: string) => isExclusion(pattern) && !existsSync(resolve(cwd, pattern))
  const list = given.filter(pattern => !isLeftOut(pattern))
  const plain = list.filter(pattern => !isDynamicPattern(pattern) || existsSync(resolve(cwd, pattern)))
  const shared = sharedFolder(plain)
  const found = new Map<string, FoundFile>()
  const add = (path: string, below: string) => {
    const name = path.normalize()
    if (!found.has(name)) found.set(name, { path: name, absolutePath: resolve(cwd, path), below: below.normalize() })
  }
  for (const path of plain.map(path => posix.normalize(path))) add(path, shared === '' ? path : posix.relative(shared, path))
  for (const pattern of list) {
    if (plain.includes(pattern)) continue
    // looked for from the fixed folder on, which may be a link or lie behind one; links below it are not followed, since they can lead in a circle
    const folder = resolve(cwd, fixedFolder(pattern))
    const place = relative(cwd, folder).split(sep).join('/')
    for (const below of await glob(openPart(pattern), { cwd: folder, expandDirectories: false, followSymbolicLinks: false }))
      add(posix.join(place, below), below)
  }
  const excluded = given.filter(isLeftOut).map(pattern => pattern.slice(1))
  for (const { path } of excluded.length > 0 ? await findFiles(excluded, cwd) : []) found.delete(path)
  return [...found.values()].sort((a, b) => (a.path < b.path ? -1 : 1))
}

/** A pattern as it is written, composed and decomposed; a file as the disk has it. */
function formsOf(pattern: string, cwd: string): string[] {
  const forms = [...new Set([pattern, pattern.normalize('NFC'), pattern.normalize('NFD')])]
  const file = forms.find(form => existsSync(resolve(cwd, form))) ?? (isDynamicPattern(pattern) ? undefined : pattern)
  return file === undefined ? forms : [file]
}

/** The problem that patterns find no file. */
export function nothingFound(source: string, patterns: readonly string[], cwd: string): Problem {
  return makeProblem('SOURCE_EMPTY', { source }, `No file matches ${patterns.join(', ')} in ${cwd}.`, slashHint(...patterns))
}

/** What to do where patterns find nothing that are written as on Windows; elsewhere a backslash takes the next sign for itself. */
export function slashHint(...patterns: readonly string[]): { hint?: string } {
  const isOfWindows = sep === '/' && patterns.some(pattern => pattern.includes('\\'))
  return isOfWindows ? { hint: 'Where \\ stands between folders, write / for it: Windows alone reads that so.' } : {}
}

/** Whether a pattern leaves out what it finds: `!blog/*.en.md`. `!(a|b).md` finds files. */
export function isExclusion(pattern: string): boolean {
  return /^!(?!\()/.test(pattern)
}

/** The part of a pattern that holds for all that it matches: `content/blog/*weekly*` → `content/blog`. */
export function fixedFolder(pattern: string): string {
  const parts = pattern.split('/')
  const fixed = parts.findIndex(part => isDynamicPattern(part))
  return posix.normalize(parts.slice(0, fixed < 0 ? -1 : fixed).join('/') || (pattern.startsWith('/') ? '/' : '.')).replace(/^\.$/, '')
}

function openPart(pattern: string): string {
  const parts = pattern.split('/')
  return parts.slice(parts.findIndex(part => isDynamicPattern(part))).join('/')
}

/**
 * The folder that all files share, so that a list that the shell made of a pattern gives the addresses that the pattern
 * itself would give. The folder of an `index.md` is its name, never shared.
 */
function sharedFolder(paths: readonly string[]): string {
  const folders = paths.map(path => {
    const folder = posix.dirname(posix.normalize(path))
    return /^index\.[a-z]+$/i.test(posix.basename(path)) ? posix.dirname(folder) : folder
  })
  const [first, ...rest] = folders.map(folder => folder.split('/'))
  if (!first) return ''
  const length = rest.reduce((known, parts) => {
    const differs = parts.findIndex((part, index) => part !== first[index])
    return Math.min(known, differs < 0 ? parts.length : differs)
  }, first.length)
  return first.slice(0, length).join('/').replace(/^\.$/, '')
}
