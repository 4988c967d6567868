import { placeInUserCode } from '../build/user-place.js'
import { causeOf, WeekloomError } from '../problems.js'
import { version } from '../version.js'
import { stoppedStatus } from './interrupt.js'
import { say } from './say.js'

/** What the exit status says. */
export const exitCodes = { fine: 0, policy: 1, misuse: 2, crash: 3 } as const

/** What caused it, with its place in the user's own code, where the message does not say that itself. */
function causeBeside({ message, cause }: WeekloomError): string | undefined {
  if (cause === undefined || message.includes(causeOf(cause))) return undefined
  const place = placeInUserCode(cause)
  return `${causeOf(cause)}${place === undefined ? '' : ` (${place})`}`
}

/** Tells a person what stopped the run, never with a stack trace, and gives the exit status. */
export function explainCrash(error: unknown): number {
  if (error instanceof WeekloomError) {
    const code = error.problem ? ` [${error.problem.code}]` : ''
    const lines = [`weekloom: ${error.message}${code}`, error.problem?.cause ?? causeBeside(error), error.hint && `→ ${error.hint}`]
    say(lines.filter(Boolean).join('\n  '))
    return exitCodes.misuse
  }
  if (error instanceof Error && error.name === 'AbortError') {
    say('weekloom: stopped; what was fetched is kept, and no file was left half written.')
    return stoppedStatus()
  }
  const name = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  const place = error instanceof Error ? (error.stack?.split('\n')[1]?.trim() ?? '') : ''
  say(
    `weekloom: this should not have happened: ${name}\n  Please report it with these lines: weekloom ${version}, Node ${process.version}, ${process.platform}, ${place}`,
  )
  return exitCodes.crash
}
