import { stat } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { findFiles } from '../sources/find-files.js'

/** Which files are watched. */
export interface Watched {
  /** Files and glob patterns, from `cwd`. */
  patterns: readonly string[]
  /** Absolute paths, taken as they are. */
  paths: readonly string[]
  cwd: string
}

/**
 * Tells whenever a file of the patterns is new, gone or changed since this was called. It looks rather than listens: the system's own notices miss new folders and what editors
 * write beside and rename, and differ from system to system. Ends when the signal says so.
 *
 * @param watched is asked each time, since what is watched can change too
 * @param interval milliseconds between two looks
 */
export async function watchFiles(watched: () => Watched, interval: number, signal: AbortSignal): Promise<AsyncIterable<void>> {
  return changesSince(await signatureOf(watched()), watched, interval, signal)
}

async function* changesSince(
  first: string,
  watched: () => Watched,
  interval: number,
  signal: AbortSignal,
): AsyncGenerator<void, void, undefined> {
  let before = first
  while (await pause(interval, signal)) {
    const now = await signatureOf(watched())
    if (now === before) continue
    before = now
    yield
  }
}

export async function signatureOf({ patterns, paths, cwd }: Watched): Promise<string> {
  const files = patterns.length === 0 ? [] : await findFiles(patterns, cwd)
  const marks = await Promise.all(
    [...paths, ...files.map(({ absolutePath }) => absolutePath)].map(async path => {
      const found = await stat(path).catch(() => undefined)
      return `${path} ${found?.mtimeMs} ${found?.size}`
    }),
  )
  return marks.join('\n')
}

/** Whether there is anything to go on for after the pause. */
async function pause(milliseconds: number, signal: AbortSignal): Promise<boolean> {
  try {
    await wait(milliseconds, undefined, { signal })
    return true
  } catch {
    return false
  }
}
