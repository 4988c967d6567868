import { copyFileSync, existsSync, linkSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { causeOf } from '../problems.js'
import { patientlySync } from '../store/whole-file.js'

/** One file takes the place of another; without `from`, what stands there goes. */
export interface Replacement {
  to: string
  from?: string
}

export const temporaryPrefix = '.weekloom-tmp-'

/** A name beside a file for what is made on the way to it; the number in it says which process makes it. */
export function temporaryBeside(path: string, purpose = ''): string {
  return join(dirname(path), `${temporaryPrefix}${process.pid}${purpose}-${basename(path)}`)
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
    for (const [index, { to, from }] of replacements.entries()) {
      const old = existsSync(to) ? temporaryBeside(to, `.old${index}`) : undefined
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
  removeQuietly(beside)
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
