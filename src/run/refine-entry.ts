import type { Entry } from '../types.js'
import { loadText } from './load-text.js'
import type { RunContext } from './run-context.js'
import { hearSignal, untilStopped } from './until-stopped.js'

type Refine = (entry: Entry) => Entry | undefined | Promise<Entry | undefined>

/** The entry as its source wants it once its page has been had; nothing when the source leaves it out. The source sees the body, of which the run keeps only what it changed. */
export async function refineEntry(entry: Entry, refine: Refine | undefined, run: RunContext): Promise<Entry | undefined> {
  if (!refine) return entry
  const whole = entry.state === 'full' && entry.html === undefined ? await loadText(entry, run) : entry
  const { signal } = run.settings
  await hearSignal(signal)
  const refined = await untilStopped(Promise.resolve(refine(whole)), signal, 'a source')
  if (refined === undefined || whole === entry || refined.html !== whole.html) return refined
  const { html: _, ...rest } = refined
  return rest
}
