import { placeInUserCode } from '../build/user-place.js'
import { causeOf } from '../problems.js'
import { nameAwaited } from '../run/until-stopped.js'
import { exitCodes, explainCrash } from './exit.js'
import { say } from './say.js'

type Listener = (failure: string) => void
let listener: Listener | undefined

/** Has failures that nothing waits for told to a listener, which goes on after them. */
export function outliveStrayErrors(listen: Listener): void {
  listener = listen
}

/** Ends the process in a sentence, not in a stack trace, at a failure that nothing waits for, and at a wait that nothing ends. */
export function explainStrayErrors(): void {
  process.on('uncaughtException', onStray).on('unhandledRejection', onStray)
}

/** Ends the process when it runs out of things to do while the work is not done; gives what says that it is. */
export function explainEndlessWaits(): () => void {
  const onEnd = () => {
    say(
      `weekloom: ${nameAwaited() ?? 'something'} never answered, and nothing goes on that could change that.\n  → Look for a promise that is never resolved.`,
    )
    process.exit(exitCodes.crash)
  }
  process.once('beforeExit', onEnd)
  return () => process.off('beforeExit', onEnd)
}

/** Ends a process whose work is done, where a timer or a connection of somebody's code would keep it for ever. What is still to be written is waited for. */
export function endLeftOvers(): void {
  setInterval(() => {
    if (process.stdout.writableLength + process.stderr.writableLength > 0) return
    say('weekloom: all is done, but something that your code began (a timer, a connection) still goes on; it is ended.')
    process.exit()
  }, 3000).unref()
}

function onStray(error: unknown): void {
  const place = placeInUserCode(error)
  const failure = `code of yours failed where nothing waits for it${place === undefined ? '' : ` (${place})`}: ${causeOf(error)}`
  if (listener) listener(failure)
  else if (place === undefined && error instanceof Error && error.stack?.includes('\n')) process.exit(explainCrash(error))
  else {
    say(`weekloom: ${failure}\n  → Await what it begins, or catch what that throws.`)
    process.exit(exitCodes.crash)
  }
}
