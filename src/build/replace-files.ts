import { randomUUID } from 'node:crypto'
import { copyFileSync, existsSync, linkSync, lstatSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { causeOf } from '../problems.js'
import { isGone, processName } from '../store/process-name.js'
import { abandonedAfter, patientlySync } from '../store/whole-file.js'

/** One file takes the place of another; without `from`, what stands there goes. */
export interface Replacement {
  to: string
  from?: string
}

const temporaryPrefix = '.weekloom-tmp-'

/** A name in a folder, which nobody else uses, for what is made on the way to one of its files; it says which process makes it. */
export function temporaryIn(folder: string): string {
  return join(folder, `${temporaryPrefix}${processName}-${randomUUID()}`)
}

/** Removes from a folder what killed runs left: that of processes which are surely no more, and what is older than any run. */
export function removeLeftOvers(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(temporaryPrefix)) continue
    const [place, pid] = name.slice(temporaryPrefix.length).split('-')
    const path = join(folder, name)
    // When it got this name: as a link it is as old as the file that it keeps.
    const age = Date.now() - (lstatSync(path, { throwIfNoEntry: false })?.ctimeMs ?? Date.now())
    const maker = `${place}-${pid}`
    // In a container each run may have the same number.
    const isOver = maker === processName ? age > process.uptime() * 1000 : isGone(maker)
    if (isOver || age > abandonedAfter) removeQuietly(path)
  }
}

/** Not all could be replaced, and these could not be put back either. */
export class NotUndone extends Error {
  constructor(
    readonly paths: readonly string[],
    cause: unknown,
  ) {
    super(causeOf(cause), { cause })
  }
}

/**
 * Replaces files in this order, all of them or none: what stood there is kept beside them until the last is done, and put back when one fails. Throws
 * what the system says then, {@link NotUndone} where some stay replaced.
 */
export function replaceFiles(replacements: readonly Replacement[]): void {
  const undo: { to: string; work: () => void }[] = []
  const kept: string[] = []
  try {
    for (const { to, from } of replacements) {
      const old = existsSync(to) ? temporaryIn(dirname(to)) : undefined
      if (old !== undefined) kept.push(old)
      if (from === undefined) {
        if (old !== undefined) patientlySync(() => renameSync(to, old))
      } else {
        if (old !== undefined) keepBeside(to, old)
        patientlySync(() => renameSync(from, to))
      }
      undo.push({ to, work: () => (old === undefined ? rmSync(to, { force: true }) : renameSync(old, to)) })
    }
  } catch (error) {
    const stay = undo.reverse().filter(({ work }) => !succeeds(work))
    throw stay.length > 0
      ? new NotUndone(
          stay.map(({ to }) => to),
          error,
        )
      : error
  } finally {
    kept.forEach(removeQuietly)
  }
}

/** One that cannot be removed is cleared away by the next run. */
export function removeQuietly(path: string): void {
  succeeds(() => rmSync(path, { force: true }))
}

/** By a link where the disk has links: nothing is copied. */
function keepBeside(path: string, beside: string): void {
  try {
    linkSync(path, beside)
  } catch {
    patientlySync(() => copyFileSync(path, beside))
  }
}

function succeeds(work: () => void): boolean {
  try {
    patientlySync(work)
    return true
  } catch {
    return false
  }
}
