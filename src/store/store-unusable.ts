import { causeOf, makeProblem, WeekloomError } from '../problems.js'

/** What a store could not do with a place. */
export type Deed = 'read' | 'written' | 'removed'

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
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const reason = reasons[code]
  const problem = makeProblem(
    'STORE_UNUSABLE',
    { file: place },
    `${place} in the store could not be ${deed}${reason === undefined ? '' : `: ${reason}`}.`,
    { cause: causeOf(error) },
  )
  return new WeekloomError(problem.message, problem.hint, { cause: error, problem })
}
