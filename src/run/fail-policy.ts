import type { FailPolicy } from './options.js'
import type { Report } from './report.js'

/** Why a run that came to its end has failed by the policies, a sentence each; empty when it has not. */
export function findFailures(report: Report, policies: readonly FailPolicy[]): string[] {
  return policies.flatMap(({ entriesBelow }) =>
    Object.entries(report.feeds)
      .filter(([, entries]) => entries < entriesBelow)
      .map(([name, entries]) => `feed ${name} has ${entries} entries, fewer than ${entriesBelow}`),
  )
}
