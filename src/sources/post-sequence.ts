import { showDay } from '../entry/present-date.js'
import { makeProblem, type Problem } from '../problems.js'
import { compareNatural } from '../text/natural-order.js'
import type { Instant } from '../types.js'

/** An issue by its file. */
export interface DatedFile {
  path: string
  published: Instant
}

/** Issues that come late or are filed in the wrong folder are off by weeks; a wrong year is off by more than this. */
const farDays = 180
const day = 86_400_000
/** Issues on either side that are looked at. */
const reach = 2

/**
 * Issues whose date lies far from those of their neighbours by path, while the neighbours agree with each other and stand in order: a wrong
 * year, mostly. Numbers in paths count as numbers; where names say nothing of the order, neighbours seldom agree. `POST_DATE_SUSPICIOUS` for each.
 *
 * @param timeZone in which the days are told
 */
export function findOutOfSequence(files: readonly DatedFile[], source: string, timeZone: string): Problem[] {
  const ordered = [...files].sort((a, b) => compareNatural(a.path, b.path))
  return ordered.flatMap((file, index) => {
    const before = ordered.slice(Math.max(0, index - reach), index)
    const after = ordered.slice(index + 1, index + 1 + reach)
    const [previous, next] = [before.at(-1), after[0]]
    if (!previous || !next || !agree([...before, ...after]) || [previous, next].some(other => stemOf(other) !== stemOf(file))) return []
    if (isNear(previous, file) || isNear(file, next)) return []
    const [own, earlier, later] = [file, previous, next].map(({ published }) => showDay(published, timeZone))
    const message = `The issue is dated ${own}, its neighbours ${earlier} and ${later}.`
    return [makeProblem('POST_DATE_SUSPICIOUS', { source, file: file.path }, message)]
  })
}

/** What stands before the first number: files that are called otherwise are no neighbours. */
function stemOf({ path }: DatedFile): string {
  return /^\D*/.exec(path)?.[0] ?? ''
}

function agree(files: readonly DatedFile[]): boolean {
  const steps = files.slice(1).map((file, index) => daysBetween(files[index] ?? file, file))
  return steps.every(step => step >= 0 && step <= farDays) || steps.every(step => step <= 0 && step >= -farDays)
}

function isNear(a: DatedFile, b: DatedFile): boolean {
  return Math.abs(daysBetween(a, b)) <= farDays
}

function daysBetween(a: DatedFile, b: DatedFile): number {
  return (Date.parse(b.published) - Date.parse(a.published)) / day
}
