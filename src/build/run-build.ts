import { writeFileSync } from 'node:fs'
import { aggregate } from '../aggregate.js'
import { causeOf, WeekloomError } from '../problems.js'
import { findFailures } from '../run/fail-policy.js'
import type { Options } from '../run/options.js'
import type { Report } from '../run/report.js'
import { settleOptions } from '../run/settings.js'
import { compareFiles, type WrittenFile, writeFiles } from './write-files.js'

export interface BuildResult {
  purpose: 'build' | 'update'
  dryRun: boolean
  report: Report
  /** Nothing for `update`. */
  files: readonly WrittenFile[]
  /** Absolute path of the output folder. */
  output: string
  /** Why the run failed by its policy; empty when it did not. */
  failures: readonly string[]
}

export interface BuildRequest {
  purpose: 'build' | 'update'
  /** Says what would be written, and writes nothing into the output folder. */
  dryRun: boolean
  /** Where the report is written as JSON. */
  reportFile?: string
}

/** One run as the command and the plugins make it: aggregate, write, report, judge. */
export async function runBuild(options: Options, { purpose, dryRun, reportFile }: BuildRequest): Promise<BuildResult> {
  const { report, files } = await aggregate(options)
  const { output, failOn } = settleOptions(options)
  const written = purpose === 'update' ? [] : await (dryRun ? compareFiles : writeFiles)(files, output)
  if (reportFile !== undefined) writeReport(reportFile, { ...report, files: written })
  return { purpose, dryRun, report, files: written, output, failures: findFailures(report, failOn) }
}

function writeReport(file: string, report: object): void {
  try {
    writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`)
  } catch (error) {
    throw new WeekloomError(`The report could not be written to ${file}: ${causeOf(error)}`, 'Choose another place with --report.')
  }
}
