import { stripVTControlCharacters } from 'node:util'
import { vi } from 'vitest'
import { runProgram } from '../../src/cli/program.js'

/** How a command ended. */
export interface Ended {
  status: number
  stdout: string
  stderr: string
}

const start = process.cwd()

/** Runs the command in this process, which spares the time that a process takes to begin; `onOutput` is told all that was printed so far. */
export async function runHere(args: readonly string[], cwd: string, onOutput: (text: string) => void = () => {}): Promise<Ended> {
  const texts = { stdout: '', stderr: '' }
  const spies = (['stdout', 'stderr'] as const).map(name =>
    vi.spyOn(process[name], 'write').mockImplementation(text => {
      texts[name] += String(text)
      onOutput(texts[name])
      return true
    }),
  )
  process.chdir(cwd)
  process.exitCode = 0
  try {
    await runProgram(args)
    return {
      status: Number(process.exitCode),
      stdout: stripVTControlCharacters(texts.stdout),
      stderr: stripVTControlCharacters(texts.stderr),
    }
  } finally {
    process.exitCode = 0
    process.chdir(start)
    for (const spy of spies) spy.mockRestore()
  }
}
