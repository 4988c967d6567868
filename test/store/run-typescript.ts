import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** Starts a script of this folder as a process of its own. */
export function startScript(name: string, ...given: readonly string[]): ChildProcess {
  return fork(fileURLToPath(new URL(name, import.meta.url)), given, {
    execArgv: ['--import', 'jiti/register'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
}

/** Waits for the end of a process: its exit code, or nothing when it was killed. */
export function endOf(child: ChildProcess): Promise<number | null> {
  return new Promise(resolve => child.once('exit', resolve))
}
