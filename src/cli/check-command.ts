import { existsSync, readdirSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Command } from 'commander'
import { checkFeed } from '../feed/check-feed.js'
import { type Problem, WeekloomError } from '../problems.js'
import { counted } from '../text/counted.js'
import { exitCodes } from './exit.js'
import { printJson } from './print-json.js'
import { formatMany, formatProblems, pickExamples } from './problem-lines.js'
import { isAddress, readPlace, textOf } from './read-place.js'
import { print } from './write.js'

const unchecked = 'Nothing was checked: correct the address, or try again when it answers.'

/** Adds `check`: whether feeds, one's own or others', are what readers and validators expect. */
export function addCheckCommand(program: Command): void {
  program
    .command('check')
    .description('check feeds: well-formed, required parts, ids, dates, absolute links, sizes')
    .argument('<feeds...>', 'files, folders, or addresses')
    .option('--json', 'print the findings as JSON on stdout')
    .action((places: string[], flags: { json?: boolean }) => check(places, flags.json ?? false))
}

async function check(places: readonly string[], json: boolean): Promise<void> {
  const results: Checked[] = []
  for (const feed of places.flatMap(findFeeds)) {
    const page = await readPlace(feed)
    const where = isAddress(feed) ? { url: feed } : { file: feed }
    const problems = page.ok
      ? checkFeed(textOf(page.value)).map(problem => ({ ...problem, where: { ...where, ...problem.where } }))
      : // What cannot be had was not checked, whatever it means for a build.
        [{ ...page.problem, level: 'error' as const, ...(isAddress(feed) ? { hint: unchecked } : {}) }]
    results.push({ feed, problems })
  }
  if (results.length === 0)
    throw new WeekloomError(
      `There is no feed in ${places.map(place => (isAddress(place) ? place : resolve(place))).join(', ')}.`,
      'Name a feed, or a folder that holds .xml, .json, .rss, .atom or .opml files.',
    )
  if (json) printJson(results)
  else print(describeAll(results))
  const isBroken = results.some(hasError)
  process.exitCode = isBroken ? exitCodes.policy : exitCodes.fine
}

/** A folder stands for the feeds below it. */
function findFeeds(place: string): string[] {
  if (!existsSync(place) || !statSync(place).isDirectory()) return [place]
  return readdirSync(place, { recursive: true, encoding: 'utf8' })
    .filter(name => /\.(xml|json|rss|atom|opml)$/i.test(name) && !/(^|[\\/])\./.test(name))
    .map(name => join(place, name))
    .sort()
}

interface Checked {
  feed: string
  problems: readonly Problem[]
}

function hasError({ problems }: Checked): boolean {
  return problems.some(problem => problem.level === 'error')
}

/** So many good feeds have a line each. */
const mostGood = 20

/** Each feed with what is wrong with it; faults that many share are told of all feeds together, by some examples. */
function describeAll(results: readonly Checked[]): string {
  const good = results.filter(({ problems }) => problems.length === 0)
  const all = results.flatMap(({ problems }) => problems)
  const isMany = pickExamples(all).more !== ''
  const listed = results.filter(result => (result.problems.length === 0 ? good.length <= mostGood : !isMany))
  return [
    good.length > mostGood ? `ok  ${counted(good.length, 'feed')}\n` : '',
    ...listed.map(describe),
    isMany ? formatMany(byKind(all), '--json has all', process.stdout) : '',
    results.length > 1 ? `${counted(results.length, 'feed')}, ${results.filter(hasError).length} with errors\n` : '',
  ].join('')
}

const levels = ['error', 'warning', 'note']

/** Those of one kind together, so that their cure is told once; the worst kinds first. */
function byKind(problems: readonly Problem[]): Problem[] {
  const codes = [...new Set(problems.map(({ code }) => code))]
  return problems.toSorted((a, b) => levels.indexOf(a.level) - levels.indexOf(b.level) || codes.indexOf(a.code) - codes.indexOf(b.code))
}

function describe({ feed, problems }: { feed: string; problems: readonly Problem[] }): string {
  if (problems.length === 0) return `ok  ${feed}\n`
  const count = (level: string) => problems.filter(problem => problem.level === level).length
  return `${feed}: ${counted(count('error'), 'error')}, ${counted(count('warning'), 'warning')}, ${counted(count('note'), 'note')}\n${formatProblems(problems, process.stdout)}`
}
