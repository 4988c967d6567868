import { accountOf } from '../build/build-account.js'
import type { BuildResult } from '../build/run-build.js'
import { problemCatalogue } from '../problem-catalogue.js'
import type { Problem } from '../problems.js'
import { causesOf, type HostReport, type Report, type Totals, totalsOf } from '../run/report.js'
import { counted } from '../text/counted.js'
import { coloursOn } from './colours.js'
import { wrapColumns } from './columns.js'
import { exitCodes } from './exit.js'
import { printJson } from './print-json.js'
import { placeOf, writeProblems } from './problem-lines.js'
import { say } from './say.js'
import { tell } from './write.js'

/** Says how a run ended, problems and the closing account on stderr, the report on stdout where it was asked for; gives the status of the command. */
export function tellResult(result: BuildResult, { json, quiet }: { json: boolean; quiet: boolean }): number {
  writeProblems(result.report.problems, quiet)
  if (!quiet) tell(summarize(result))
  if (json) printJson(accountOf(result))
  const status = tellFailures(result)
  if (result.isHeld) say(`  Nothing was written. ${whatToDo(result.report)}; --accept-churn writes all the same.`)
  return status
}

/** A feed may be held for what it would lose, or because nothing says what that is. */
function whatToDo({ churn }: Report): string {
  return Object.values(churn).some(({ damaged }) => damaged)
    ? 'Take the damaged record below `published/` of the store back from git'
    : 'Look for a changed site address, permalink, folder, tag or heading'
}

/** Says why a run failed by its policy, if it did; gives the status of the command. */
export function tellFailures({ failures }: BuildResult): number {
  for (const reason of failures) say(`weekloom: the run failed by its policy: ${reason}`)
  return failures.length > 0 ? exitCodes.policy : exitCodes.fine
}

/** The columns of the terminal that people read on; none where a program does. */
function terminalColumns(): number | undefined {
  return process.stderr.isTTY ? (process.stderr.columns ?? 80) : undefined
}

/** What is told beside the names has so much room at least. */
const leastRoom = 20

/** The closing account of a run, for people. */
export function summarize({ report, files, output, purpose, dryRun, isHeld }: BuildResult, columns = terminalColumns()): string {
  const totals = totalsOf(report)
  const rows: [string, string][] = [
    ['read', readLine(totals)],
    ...(report.sources.length > 1
      ? report.sources.map(({ name, entries }): [string, string] => ['', `${counted(entries, 'entry', 'entries')} of ${name}`])
      : []),
    ...(report.pages.length > 0 ? [articlesRow(totals)] : []),
    ...causesOf(report).map(({ code, pages, retryAt }): [string, string] => {
      const again = retryAt !== undefined && retryAt > report.now ? `, asked again from ${retryAt.slice(0, 16).replace('T', ' ')}Z` : ''
      return ['', `${pages} × ${code}${again}  ${problemCatalogue[code].why}`]
    }),
    ...noteRows(report.problems),
    ...hostRows(report.hosts),
  ]
  if (purpose === 'build') {
    const count = (state: string) => files.filter(file => file.state === state).length
    const changed = count('created') + count('changed') + count('removed')
    rows.push(['entries', entriesLine(report.feeds)])
    if (!isHeld) rows.push(...goneRows(report.churn))
    const done = changed === 0 ? `nothing changed (${counted(count('unchanged'), 'file')})` : filesLine(count)
    rows.push([dryRun ? 'would write' : 'files', isHeld ? 'none written' : done])
    rows.push(['in', output])
  }
  const width = Math.max(...rows.map(([name]) => name.length))
  const { dim } = coloursOn(process.stderr)
  const describe = ([name, value]: [string, string]) => {
    const plain = value.replace(/[\u0000-\u001f\u007f-\u009f]/g, ' ')
    const told = columns === undefined ? plain : wrapColumns(plain, Math.max(leastRoom, columns - width - 5))
    return `  ${dim(name.padEnd(width))}  ${told.replaceAll('\n', `\n${' '.repeat(width + 4)}`)}\n`
  }
  return rows.map(describe).join('')
}

/** What there is: a site of feeds alone has no issues, one of posts alone no items. */
function readLine({ posts, links, items, feeds, failedFeeds, entries }: Totals): string {
  const parts = [
    posts > 0 ? counted(posts, 'issue') : '',
    links > 0 ? `${counted(links, 'link')} to articles` : '',
    feeds > 0 ? `${counted(items, 'item')} of ${counted(feeds, 'feed')}` : '',
    failedFeeds > 0 ? `${counted(failedFeeds, 'feed')} failed` : '',
  ].filter(part => part !== '')
  return parts.length > 0 ? parts.join(', ') : counted(entries, 'entry', 'entries')
}

function articlesRow({ fetched, stored, failed, waiting }: Totals): [string, string] {
  return ['articles', `${fetched} fetched, ${stored} from the store, ${failed} failed, ${waiting} waiting`]
}

/** What is as it is meant, and still may surprise: a post that is held back, a feed that has moved. Each kind once, with an example. */
function noteRows(problems: readonly Problem[]): [string, string][] {
  const notes = new Map<string, Problem[]>()
  for (const problem of problems) if (problem.level === 'note') notes.set(problem.code, [...(notes.get(problem.code) ?? []), problem])
  return [...notes].map(([code, alike], index) => [
    index === 0 ? 'notes' : '',
    `${alike.length} × ${code}  ${alike.slice(0, 1).map(problem => placeOf(problem) + problem.message)}`,
  ])
}

/** So many hosts have a line each. */
const mostHosts = 8

/** All hosts where they are few; else those that failed most, then those that were asked most, and the rest in one line. */
function hostRows(hosts: readonly HostReport[]): [string, string][] {
  const told = hosts.length <= mostHosts ? hosts : hosts.toSorted((a, b) => b.failures - a.failures || b.requests - a.requests)
  const rest = told.slice(mostHosts)
  const sum = (field: 'requests' | 'bytes' | 'failures') => rest.reduce((total, host) => total + host[field], 0)
  const more = {
    host: `and ${counted(rest.length, 'more host')}`,
    requests: sum('requests'),
    bytes: sum('bytes'),
    failures: sum('failures'),
  }
  return [...told.slice(0, mostHosts), ...(rest.length > 0 ? [more] : [])].map((host, index) => [
    index === 0 ? 'asked' : '',
    describeHost(host),
  ])
}

function describeHost({ host, requests, bytes, failures, heldUntil }: HostReport): string {
  const parts = [counted(requests, 'request'), `${Math.ceil(bytes / 1000)} kB`, ...(failures > 0 ? [`${failures} failed`] : [])]
  return `${host}  ${parts.join(', ')}${heldUntil === undefined ? '' : `, left alone until ${heldUntil.slice(0, 16)}Z`}`
}

/** What was published and is gone: a post that was renamed comes up as new in readers. */
function goneRows(churn: Report['churn']): [string, string][] {
  const known = Object.entries(churn).filter(([, { damaged }]) => !damaged)
  const told = known.map(([name, { published, gone, ended }]) => {
    const all = ended ?? gone
    const shown = `${all.slice(0, mostGone).join(', ')}${all.length > mostGone ? ' …' : ''}`
    return ended === undefined
      ? `${gone.length} of the ${published} published ids of ${name}: ${shown}`
      : `${counted(ended.length, 'feed')} of ${name}: ${shown}`
  })
  const rest = told.length > mostGone ? [`and of ${counted(told.length - mostGone, 'feed')} more`] : []
  return [...told.slice(0, mostGone), ...rest].map((line, index) => [index === 0 ? 'gone' : '', line])
}

const mostGone = 3

/** `feed 60, issues 20, by-account 12 feeds`. */
function entriesLine(feeds: Readonly<Record<string, number>>): string {
  const counts = new Map<string, number>()
  for (const name of Object.keys(feeds)) {
    const [group = name, ...rest] = name.split('/')
    if (rest.length > 0) counts.set(group, (counts.get(group) ?? 0) + 1)
  }
  const single = Object.entries(feeds).filter(([name]) => !name.includes('/'))
  return [
    ...single.map(([name, entries]) => `${name} ${entries}`),
    ...[...counts].map(([name, count]) => `${name} ${counted(count, 'feed')}`),
  ].join(', ')
}

function filesLine(count: (state: string) => number): string {
  return (['created', 'changed', 'removed', 'unchanged'] as const)
    .map(state => [count(state), state] as const)
    .filter(([number]) => number > 0)
    .map(([number, state]) => `${number} ${state}`)
    .join(', ')
}
