import type { Problem } from '../problems.js'
import { isTooMuch } from './find-churn.js'
import type { FailPolicy } from './options.js'
import type { Report } from './report.js'

/** Whether a problem is one of a feed as a file: of those that were just written, which the next build does not tell again. */
export function isFinding({ code, where }: Problem): boolean {
  return code.startsWith('FEED_') && where.file !== undefined
}

/** Why a run that came to its end has failed by the policies, a sentence each; empty when it has not. */
export function findFailures(report: Report, policies: readonly FailPolicy[]): string[] {
  return policies.flatMap(policy => {
    if (policy === 'churn') return findChurnFailures(report)
    if (policy === 'invalid') {
      const broken = report.problems.filter(problem => isFinding(problem) && problem.level === 'error')
      return broken.map(problem => `${problem.where.file}:${problem.where.line ?? 1} is invalid: ${problem.message}`)
    }
    if (policy === 'new-failures') {
      const fresh = report.pages.filter(page => page.state === 'failed' && page.times === 1 && page.at === report.now)
      return fresh.map(page => `${page.url} failed for the first time with ${page.code}`)
    }
    return (
      Object.entries(report.feeds)
        // An account or a tag may well have few.
        .filter(([name, entries]) => entries < policy.entriesBelow && !name.includes('/'))
        .map(([name, entries]) => `feed ${name} has ${entries} entries, fewer than ${policy.entriesBelow}`)
    )
  })
}

/** Feeds that would lose so many of their published ids that nothing should be written, or may do so for all that is known: also the last few, when no feed has anything any more. */
export function findChurnFailures({ churn, feeds }: Report): string[] {
  const isNothingLeft = Object.values(feeds).every(entries => entries === 0)
  return Object.entries(churn)
    .filter(([, feed]) => isNothingLeft || feed.damaged || isTooMuch(feed))
    .map(([name, { published, gone, ended, damaged }]) => {
      if (damaged) return `what feed ${name} published last cannot be read (STORE_RECORD_DAMAGED), so nothing says which ids it would lose`
      const shown = gone.slice(0, 5).join('\n    ')
      const more = gone.length > 5 ? `\n    and ${gone.length - 5} more` : ''
      return ended === undefined
        ? `feed ${name} would lose ${gone.length} of its ${published} published ids, so its subscribers would see them gone or anew:\n    ${shown}${more}`
        : `feeds ${ended.slice(0, 5).join(', ')}${ended.length > 5 ? ` and ${ended.length - 5} more` : ''} would be no more, with ${gone.length} of the ${published} published ids of ${name}, so their subscribers would be left with nothing`
    })
}
