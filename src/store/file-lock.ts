import { randomUUID } from 'node:crypto'
import { constants, copyFileSync, linkSync, readFileSync, renameSync, rmSync, unlinkSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { isGone, processName } from './process-name.js'
import { errorCode, patiently, temporaryPath } from './whole-file.js'

/** Locks are held for one small write or a few; one that does not change for so long was left by a machine that stopped. */
const patience = 20_000
/** What file systems without hard links (FAT, there on Windows the last; some network folders) answer to one. */
const hasNoLinks: ReadonlySet<string> = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EINVAL', 'EMLINK', 'EISDIR'])

/**
 * Waits until this process alone holds the lock file; gives the function that lets it go. The lock of a killed process is taken
 * over at once when that ran on this machine and in this container, else after 20 seconds in which nothing happened to it; no clock of another machine is trusted.
 */
export async function takeFileLock(path: string): Promise<() => Promise<void>> {
  const token = `${processName} ${randomUUID()}`
  const own = temporaryPath(dirname(path))
  try {
    writeFileSync(own, token, { flag: 'wx' })
    await waitForLock(path, own)
  } finally {
    rmSync(own, { force: true })
  }
  return async () => {
    if ((await readHolder(path)) === token) await patiently(() => unlinkSync(path))
  }
}

async function waitForLock(path: string, own: string): Promise<void> {
  let seen: string | undefined
  let since = 0
  while (!(await placeLock(own, path))) {
    const holder = await readHolder(path)
    if (holder === undefined) continue
    if (holder !== seen) {
      seen = holder
      since = performance.now()
    }
    if (isGone(holder.split(' ')[0] ?? '') || performance.now() - since > patience) await breakLock(path, holder)
    else await sleep(2 + Math.random() * 10)
  }
}

/**
 * Makes a finished file the lock, unless there is one. By a link, so that a lock names its holder from its first moment on: one
 * without a name, left by a process killed while it wrote, would keep everybody waiting.
 */
async function placeLock(own: string, path: string): Promise<boolean> {
  try {
    await patiently(() => linkOrCopy(own, path))
    return true
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false
    throw error
  }
}

/** Windows answers EPERM also for a lock that another program has open; a copy does no harm then, since it replaces nothing. */
function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to)
  } catch (error) {
    if (!hasNoLinks.has(errorCode(error))) throw error
    copyFileSync(from, to, constants.COPYFILE_EXCL)
  }
}

async function readHolder(path: string): Promise<string | undefined> {
  try {
    return await patiently(() => readFileSync(path, 'utf8'))
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined
    throw error
  }
}

/** Takes the lock away. Two may try at once: who finds that it took away a newer lock than the one it saw gives that back. */
async function breakLock(path: string, holder: string): Promise<void> {
  const aside = temporaryPath(dirname(path))
  try {
    await patiently(() => renameSync(path, aside))
    if ((await readHolder(aside)) !== holder) await placeLock(aside, path)
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error
  } finally {
    if ((await readHolder(aside)) !== undefined) await patiently(() => unlinkSync(aside))
  }
}
