import type { Report } from '../run/report.js'
import type { WrittenFile } from './write-files.js'

/** What a build has to say for itself. */
interface Account {
  report: Report
  files: readonly WrittenFile[]
  /** Why the run failed by its own policy. */
  failures: readonly string[]
}

/** The account of a build as `--json` prints it and `--report` keeps it: the report, what became of each file, and why the run failed by its policy. */
export function accountOf({ report, files, failures }: Account): object {
  return { ...report, files, failures }
}
