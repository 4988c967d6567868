import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { aggregate } from '../aggregate.js'
import { causeOf, WeekloomError } from '../problems.js'
import { keepArchives } from '../run/archives.js'
import { openCheck } from '../run/check-made.js'
import { findChurnFailures, findFailures } from '../run/fail-policy.js'
import type { Options } from '../run/options.js'
import { fileOf } from '../run/own-outputs.js'
import type { Report } from '../run/report.js'
import { settleOptions } from '../run/settings.js'
import { eachUntilStopped, hearSignal } from '../run/until-stopped.js'
import { fetchedThings, unwrittenStore } from '../store/unwritten-store.js'
import type { Entry } from '../types.js'
import { accountOf } from './build-account.js'
import { checkWritten } from './check-written.js'
import { compareFiles, type WrittenFile, writeFiles } from './write-files.js'

export interface BuildResult {
  purpose: 'build' | 'update'
  dryRun: boolean
  /** Nothing was written, since many published ids would be gone. */
  isHeld: boolean
  report: Report
  /** Nothing for `update`. */
  files: readonly WrittenFile[]
  /** Absolute path of the output folder. */
  output: string
  /** Absolute address of the output folder. */
  baseUrl: string
  /** A few of the newest entries of the first feed. */
  newest: readonly Entry[]
  /** The zone of the site, in which days are shown. */
  timeZone: string
  /** Why the run failed by its policy; empty when it did not. */
  failures: readonly string[]
}

export interface BuildRequest {
  purpose: 'build' | 'update'
  /** Says what would be written, and writes no feed and no id. What is fetched is kept; a frozen run fetches nothing, so it keeps nothing. */
  dryRun: boolean
  /** Writes feeds although many published ids are gone. */
  acceptChurn: boolean
  /** Whether the next run is held against the ids of this one; `false` for a first try, whose addresses may still be corrected. @default true */
  isBinding?: boolean
  /** Where the report is written as JSON. */
  reportFile?: string
}

/** One run as the command and the plugins make it: aggregate, write, report, judge. */
export async function runBuild(
  options: Options,
  { purpose, dryRun, acceptChurn, isBinding = true, reportFile }: BuildRequest,
): Promise<BuildResult> {
  const settings = settleOptions(options)
  const { output, baseUrl, failOn, store, network, site, outputs, signal } = settings
  const look = network === 'frozen' ? unwrittenStore(store) : unwrittenStore(store, fetchedThings)
  const run = await aggregate(dryRun ? { ...options, store: look } : options)
  await hearSignal(signal)
  const files = eachUntilStopped(run.files, signal, 'the outputs')
  const policies = acceptChurn || purpose === 'update' ? failOn.filter(policy => policy !== 'churn') : failOn
  const isHeld = policies.includes('churn') && findChurnFailures(run.report).length > 0
  const isWritten = purpose === 'build' && !isHeld && !dryRun
  const written = isWritten ? await writeFiles(files, output) : dryRun ? await compareFiles(files, output) : []
  if (isWritten) await noteWritten(() => (isBinding ? run.keepPublished() : keepArchives(run.archives, store)), output)
  const report = {
    ...run.report,
    problems: [...run.report.problems, ...(isWritten ? checkWritten(written, output, outputs.map(fileOf), await openCheck(store)) : [])],
  }
  const failures = findFailures(report, policies)
  if (reportFile !== undefined && written.some(({ path }) => resolve(output, path) === resolve(reportFile)))
    throw new WeekloomError(`The report would be written over the file ${reportFile} of the feeds.`, 'Choose another place with --report.')
  if (reportFile !== undefined) writeReport(reportFile, accountOf({ report, files: written, failures }))
  const newest = Object.values(run.feeds)[0]?.entries.slice(0, 5) ?? []
  return { purpose, dryRun, isHeld, report, files: written, output, baseUrl, newest, timeZone: site.timeZone, failures }
}

/** Notes what was published. That fails when the feeds are written already, which whoever reads of it has to know. */
async function noteWritten(note: () => Promise<void>, output: string): Promise<void> {
  try {
    await note()
  } catch (error) {
    if (!(error instanceof WeekloomError) || !error.problem) throw error
    const message = `The feeds were written into ${output}, but what was published could not be noted: ${error.message}`
    const hint = 'Let the store be written, and build again: until then no build misses ids that are gone since this one.'
    throw new WeekloomError(message, hint, { cause: error, problem: { ...error.problem, message, hint } })
  }
}

function writeReport(file: string, report: object): void {
  try {
    writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`)
  } catch (error) {
    throw new WeekloomError(`The report could not be written to ${file}: ${causeOf(error)}`, 'Choose another place with --report.')
  }
}
