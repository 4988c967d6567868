import { createInterface } from 'node:readline'
import type { Ask } from '../init/ask-setup.js'
import { say } from './say.js'
import { tell } from './write.js'

/** Asks a person at the terminal, one question after the other. */
export interface Asker {
  /** The answer; the proposal when it is empty, or when nobody is there to answer. A refused answer is asked for again. */
  ask: Ask
  close(): void
}

/** Questions on stderr, answers from stdin; Ctrl-C aborts the signal. Lines that a script pipes in are answers too. */
export function openAsker(stop: AbortController): Asker {
  const reader = createInterface({ input: process.stdin, output: process.stderr, terminal: process.stdin.isTTY && process.stderr.isTTY })
  reader.on('SIGINT', () => {
    process.stderr.write('\n')
    stop.abort()
    reader.close()
  })
  const lines = reader[Symbol.asyncIterator]()
  const ask: Asker['ask'] = async (question, proposal, refuse = () => undefined) => {
    tell(`${question}${proposal === '' ? '' : ` [${proposal}]`}: `)
    const { value, done } = await lines.next()
    stop.signal.throwIfAborted()
    const answer = typeof value === 'string' && value.trim() !== '' ? value.trim() : proposal
    const objection = await refuse(answer)
    if (objection === undefined || done) return answer
    say(`  ${objection}`)
    return ask(question, proposal, refuse)
  }
  return { ask, close: () => reader.close() }
}

/** Proposals for answers, as `--yes` wants it. */
export const silentAsker: Asker = { ask: async (_, proposal) => proposal, close() {} }
