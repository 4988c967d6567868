import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { configNames } from '../build/load-config.js'
import { causeOf, WeekloomError } from '../problems.js'
import { makeFolder } from '../store/make-folder.js'
import type { SetupFile } from './setup-files.js'

/** What became of a file of the setup. */
export interface SetFile {
  path: string
  state: 'written' | 'extended' | 'kept'
}

/** Refuses a folder that is set up already: a config by hand is never written over. */
export function assertNoConfig(cwd: string, force: boolean): void {
  const there = configNames.find(name => existsSync(join(cwd, name)))
  if (there !== undefined && !force)
    throw new WeekloomError(
      `${join(cwd, there)} is there already.`,
      'Run weekloom build; or write the config anew with --force. To take over the ids of a feed, run weekloom init --adopt with its address.',
    )
}

/** Writes the files of a setup. A workflow that is there is kept, lines are added once, so that a second run changes nothing. */
export function writeSetup(files: readonly SetupFile[], cwd: string): SetFile[] {
  return files.map(({ path, text, isAdded, isKept }) => {
    const target = join(cwd, path)
    try {
      const before = existsSync(target) ? readFileSync(target, 'utf8') : undefined
      const after = isAdded ? addLines(before ?? '', text) : isKept && before !== undefined ? before : text
      if (after === before) return { path, state: 'kept' as const }
      makeFolder(dirname(target))
      writeFileSync(target, after)
      return { path, state: isAdded && before !== undefined ? ('extended' as const) : ('written' as const) }
    } catch (error) {
      throw new WeekloomError(`${target} could not be written: ${causeOf(error)}`, 'Give this user the right to write there.')
    }
  })
}

function addLines(before: string, lines: string): string {
  const known = new Set(before.split(/\r?\n/).map(line => line.trim().replace(/\/$/, '')))
  const missing = lines.split('\n').filter(line => line !== '' && !known.has(line.replace(/\/$/, '')))
  if (missing.length === 0) return before
  return `${before}${before === '' || before.endsWith('\n') ? '' : '\n'}${missing.join('\n')}\n`
}
