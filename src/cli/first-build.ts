import { relative } from 'node:path'
import type { BuildResult } from '../build/run-build.js'
import { showDay } from '../entry/present-date.js'
import { isFinding } from '../run/fail-policy.js'
import { causesOf, totalsOf } from '../run/report.js'
import { counted } from '../text/counted.js'

/** What somebody sees who has just set weekloom up: the newest entries, what waits, and how to go on. `run` is what runs commands of packages there. */
export function showFirstBuild({ report, output, newest, baseUrl, timeZone }: BuildResult, run: string): string {
  const { failed, waiting } = totalsOf(report)
  // Why pages could not be had stands in the summary.
  const told = new Set(causesOf(report).map(cause => cause.code))
  const problems = report.problems.filter(problem => problem.level !== 'note' && !told.has(problem.code) && !isFinding(problem)).length
  const issue = newest.find(({ kind }) => kind === 'issue')
  const lines = [
    ...(newest.length > 0 ? ['\nNewest entries'] : []),
    ...newest.map(({ title, published, account }) => {
      const day = published === undefined ? undefined : showDay(published, timeZone)
      return `  ${day ?? ' '.repeat(10)}  ${title}${account ? `  · ${account.name}` : ''}`
    }),
    '',
    ...(waiting + failed > 0
      ? [
          `${counted(waiting + failed, 'article')} could not be had yet: the entries are made of the weekly's own words.`,
          `Every run asks for more of them: ${run} weekloom update`,
        ]
      : []),
    ...(problems > 0 ? [`${counted(problems, 'problem')} in posts and pages: ${run} weekloom build says what to do.`] : []),
    '',
    ...(issue?.url === undefined
      ? []
      : [
          `Is ${issue.url} the address of that issue on your site? If not, correct \`url\` in the config before the next build: ids are built on it.`,
        ]),
    `See them on this machine: ${run} weekloom serve`,
    `The feeds are in ${relative('.', output)}. Once they are published, people subscribe to ${new URL('atom.xml', baseUrl).href}`,
  ]
  return lines.join('\n')
}
