import { randomUUID } from 'node:crypto'
import { fsync } from 'node:fs'
import { open, readdir, rename, rm, stat, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'

/** Names of files that are not finished begin with it. */
const temporaryPrefix = '.tmp-'

/** Names of locks begin with it. */
export const lockPrefix = '.lock-'

/** A temporary file or a lock this old was left by a run that was killed. */
export const abandonedAfter = 3_600_000

/** Windows refuses to touch a file while another program (a scanner, a second run) has it open: milliseconds to wait before each further try. */
const delays = [5, 20, 100, 400, 1000]
const isBusy: ReadonlySet<string> = new Set(['EPERM', 'EACCES', 'EBUSY'])

const toDisk = promisify(fsync)

/** Writes a file so that at every moment the old or the new text is there, whole: temporary file beside it, sync, rename. */
export async function writeWholeFile(path: string, bytes: Uint8Array): Promise<void> {
  const temporary = temporaryPath(dirname(path))
  try {
    const file = await open(temporary, 'wx')
    try {
      await file.writeFile(bytes)
      // Not `file.sync()`: the files that Yarn gives programs in place of Node's have none.
      await toDisk(file.fd)
    } finally {
      await file.close()
    }
    await patiently(() => rename(temporary, path))
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {})
    throw error
  }
}

/** A name in the folder that nobody else uses. */
export function temporaryPath(folder: string): string {
  return join(folder, `${temporaryPrefix}${randomUUID()}`)
}

/** Removes what killed runs left in a folder. What cannot be removed stays: it is ignored anyway. */
export async function removeAbandoned(folder: string, now = Date.now()): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    if (!name.startsWith(temporaryPrefix) && !name.startsWith(lockPrefix)) continue
    const path = join(folder, name)
    const age = await stat(path).then(
      file => now - file.mtimeMs,
      () => 0,
    )
    if (age > abandonedAfter) await unlink(path).catch(() => {})
  }
}

/** Does a work on a file, again and again for a second and a half while another program holds that. */
export async function patiently<T>(work: () => T | Promise<T>): Promise<T> {
  for (const delay of process.platform === 'win32' ? delays : []) {
    try {
      return await work()
    } catch (error) {
      if (!isBusy.has(errorCode(error))) throw error
      await sleep(delay)
    }
  }
  return work()
}

/** Like {@link patiently}, and nothing else goes on meanwhile. */
export function patientlySync<T>(work: () => T): T {
  for (const delay of process.platform === 'win32' ? delays : []) {
    try {
      return work()
    } catch (error) {
      if (!isBusy.has(errorCode(error))) throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, delay)
    }
  }
  return work()
}

/** The code of a file system error, e.g. `ENOENT`; empty for anything else. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}
