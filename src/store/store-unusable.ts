import { causeOf, makeProblem, WeekloomError } from '../problems.js'
import { errorCode } from './whole-file.js'

/** What a store could not do with a place. */
type Deed = 'read' | 'written' | 'removed'

/** What the codes of a file system mean in plain words. */
const reasons: Readonly<Record<string, string>> = {
  EACCES: 'this user may not',
  EPERM: 'this user may not',
  EBUSY: 'another program has it open',
  EROFS: 'the disk can only be read',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota of this user is used up',
  ENOTDIR: 'a file stands where a folder should',
  EEXIST: 'a file stands where a folder should',
  EISDIR: 'a folder stands where a file should',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
}

/** The error for a store that cannot be used, which ends the run. */
export function storeUnusable(deed: Deed, place: string, error: unknown): WeekloomError {
  const reason = reasons[errorCode(error)]
  const problem = makeProblem(
    'STORE_UNUSABLE',
    { file: place },
    `${place} in the store could not be ${deed}${reason === undefined ? '' : `: ${reason}`}.`,
    { cause: causeOf(error) },
  )
  return new WeekloomError(problem.message, problem.hint, { cause: error, problem })
}

/** Does a work at a place of a store; what fails becomes the error that ends the run. */
export async function orUnusable<T>(deed: Deed, place: string, work: (place: string) => Promise<T>): Promise<T> {
  try {
    return await work(place)
  } catch (error) {
    throw error instanceof WeekloomError ? error : storeUnusable(deed, place, error)
  }
}
