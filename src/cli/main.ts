#!/usr/bin/env node
import { version } from '../version.js'
import { outliveReaders } from './broken-pipe.js'

outliveReaders()
const args = process.argv.slice(2)
if (args.length === 1 && args[0] === '--version') process.stdout.write(`${version}\n`)
else if (!(await tellUnchanged())) {
  const { runProgram } = await import('./program.js')
  const { wasInterrupted } = await import('./interrupt.js')
  const { endLeftOvers, explainEndlessWaits, explainStrayErrors } = await import('./stray-errors.js')
  explainStrayErrors()
  const isDone = explainEndlessWaits()
  await runProgram(args)
  isDone()
  if (wasInterrupted()) process.exit()
  endLeftOvers()
}

/** A frozen build of what it built before is answered from its trace, before anything else is loaded. */
async function tellUnchanged(): Promise<boolean> {
  if (!args.includes('--frozen') || args.some(arg => /^--(?:report|dry-run|help)\b/.test(arg))) return false
  const { findUnchanged } = await import('../build/build-trace.js')
  const result = findUnchanged(args, process.cwd())
  if (!result) return false
  const { tellResult } = await import('./summary.js')
  tellResult(result, { json: args.includes('--json'), quiet: args.includes('--quiet') })
  return true
}
