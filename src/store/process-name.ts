import { readlinkSync } from 'node:fs'
import { hostname } from 'node:os'
import { hashText } from './hash-text.js'
import { errorCode } from './whole-file.js'

/** Where a number means one process: a machine, and in it a container, in which numbers begin anew. */
const place = hashText(`${hostname()} ${numbersOf()}`, 8)

/** Names this process for others that use the same folders. */
export const processName = `${place}-${process.pid}`

/** Whether the process of a name is surely no more; of another machine or container nothing is sure. */
export function isGone(name: string): boolean {
  const [at, pid] = name.split('-')
  if (at !== place) return false
  try {
    process.kill(Number(pid), 0)
    return false
  } catch (error) {
    // EPERM: it is there, and another user's.
    return errorCode(error) === 'ESRCH'
  }
}

function numbersOf(): string {
  try {
    return readlinkSync('/proc/self/ns/pid')
  } catch {
    return ''
  }
}
