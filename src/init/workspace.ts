import { existsSync } from 'node:fs'
import { basename, dirname, join, posix } from 'node:path'
import { npm, type PackageManager, packageManagers } from './package-managers.js'
import { readText } from './read-text.js'

/** How packages are installed in a folder, and where it stands in its repository: what a workflow has to know. */
export interface Workspace {
  manager: PackageManager
  /** Its lock file, from the folder of the repository on. It stands in the folder itself or, where that is a part of a larger whole, in one above. */
  lock: string
  /** Whether `package.json` says which version of the package manager it is for. */
  isPinned: boolean
  /** Whether `package.json` names weekloom, so that an install brings it. */
  hasWeekloom: boolean
  /** The folder below that of the repository, with a closing slash; empty for that folder itself. */
  below: string
  /** The branch that is checked out, where git says so. */
  branch?: string
  /** Host of the repository that pushes go to, where it is known: `github.com`. */
  host?: string
  /** What `.gitignore` says of a folder or of one above it; by its plain lines alone. */
  isIgnored: (folder: string) => boolean
}

/** Reads it from the lock file and `package.json` of a folder. */
export function readWorkspace(cwd: string): Workspace {
  const text = readText(join(cwd, 'package.json'))
  const below = belowRepository(cwd)
  return {
    ...findLock(cwd, below),
    isPinned: text.includes('"packageManager"'),
    hasWeekloom: text.includes('"weekloom"'),
    below,
    ...readGit(join(cwd, below.replace(/[^/]+\//g, '../'), '.git')),
    isIgnored: folder =>
      ignoredIn(cwd).some(name => `${folder}/`.startsWith(`${name}/`) || (!name.includes('/') && folder.split('/').includes(name))),
  }
}

function readGit(folder: string): Pick<Workspace, 'branch' | 'host'> {
  const [, branch] = /^ref: refs\/heads\/([\w./-]+)\s*$/.exec(readText(join(folder, 'HEAD'))) ?? []
  const [, host] =
    /^\[remote "origin"\]\s{1,9}url ?= ?(?:[a-z+]+:\/\/)?(?:[^@/\s]{1,200}@)?([\w.-]+\.[a-z]+)[:/]/m.exec(
      readText(join(folder, 'config')),
    ) ?? []
  return { ...(branch === undefined ? {} : { branch }), ...(host === undefined ? {} : { host }) }
}

/** The nearest lock file from the folder up to that of its repository; that of npm in the folder where there is none. */
function findLock(cwd: string, below: string): Pick<Workspace, 'manager' | 'lock'> {
  let folder = cwd
  for (let path = below; ; path = path.replace(/[^/]+\/$/, '')) {
    for (const manager of packageManagers) {
      const name = manager.locks.find(lock => existsSync(join(folder, lock)))
      if (name !== undefined) return { manager, lock: `${path}${name}` }
    }
    if (path === '') return { manager: npm, lock: `${below}package-lock.json` }
    folder = dirname(folder)
  }
}

function ignoredIn(cwd: string): string[] {
  const lines = readText(join(cwd, '.gitignore')).split(/\r?\n/)
  return lines.map(line => line.trim().replace(/^\/|\/\*{0,2}$/g, '')).filter(line => line !== '' && !/^[#!]/.test(line))
}

/** `website/` for a site in that folder of a repository; a folder in no repository counts as one itself. */
function belowRepository(cwd: string): string {
  let below = ''
  for (let folder = cwd; dirname(folder) !== folder; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return below
    below = `${posix.join(basename(folder), below)}/`.replace(/\/{2,}/g, '/')
  }
  return ''
}
