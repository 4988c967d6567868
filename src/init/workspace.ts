import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, join, posix } from 'node:path'

/** How packages are installed in a folder, and where it stands in its repository: what a workflow has to know. */
export interface Workspace {
  manager: 'npm' | 'pnpm' | 'yarn' | 'bun'
  /** Whether `package.json` says which version of the package manager it is for. */
  isPinned: boolean
  /** Whether `package.json` names weekloom, so that an install brings it. */
  hasWeekloom: boolean
  /** The folder below that of the repository, with a closing slash; empty for that folder itself. */
  below: string
  /** What `.gitignore` says of a folder or of one above it; by its plain lines alone. */
  isIgnored: (folder: string) => boolean
}

const lockFiles: readonly (readonly [file: string, manager: Workspace['manager']])[] = [
  ['package-lock.json', 'npm'],
  ['pnpm-lock.yaml', 'pnpm'],
  ['yarn.lock', 'yarn'],
  ['bun.lock', 'bun'],
  ['bun.lockb', 'bun'],
]

/** Reads it from the lock file and `package.json` of a folder. */
export function readWorkspace(cwd: string): Workspace {
  const text = existsSync(join(cwd, 'package.json')) ? readFileSync(join(cwd, 'package.json'), 'utf8') : ''
  return {
    manager: lockFiles.find(([file]) => existsSync(join(cwd, file)))?.[1] ?? 'npm',
    isPinned: text.includes('"packageManager"'),
    hasWeekloom: text.includes('"weekloom"'),
    below: belowRepository(cwd),
    isIgnored: folder =>
      ignoredIn(cwd).some(name => `${folder}/`.startsWith(`${name}/`) || (!name.includes('/') && folder.split('/').includes(name))),
  }
}

function ignoredIn(cwd: string): string[] {
  const file = join(cwd, '.gitignore')
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split(/\r?\n/) : []
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
