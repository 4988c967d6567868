import { spawnSync } from 'node:child_process'
import { it } from 'vitest'

/** How parts are found that are more than one program. */
const probes: Readonly<Record<string, string>> = {
  // What newsboat holds is read from its database by Python.
  newsboat: 'command -v newsboat && command -v /usr/bin/python3',
  sfeed: 'command -v sfeed_update && command -v curl',
  'python3-feedparser': '/usr/bin/python3 -c "import feedparser"',
}

/**
 * A test that needs a program of this machine. Without the program it is skipped, and its title says so; with CI=true it
 * fails, so that no green run hides a missing part.
 *
 * @param timeout milliseconds, for programs that start slowly
 */
export function itWith(program: string, title: string, test: () => Promise<void> | void, timeout?: number): void {
  if (hasProgram(program)) it(title, test, timeout)
  else if (process.env['CI'] === 'true') {
    it(title, () => {
      throw new Error(`${program} is not installed on this machine.`)
    })
  } else it.skip(`${title} (skipped: ${program} is not installed)`, test)
}

/** Whether this machine has a program. */
export function hasProgram(program: string): boolean {
  return spawnSync('sh', ['-c', probes[program] ?? `command -v ${program}`]).status === 0
}
