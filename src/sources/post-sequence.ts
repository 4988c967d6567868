import { showDay } from '../entry/present-date.js'
import { makeProblem, type Problem } from '../problems.js'
import type { Instant } from '../types.js'

/** An issue by its file, in the order of paths. */
export interface DatedFile {
  path: string
  published: Instant
}

/** Issues that come late or are filed in the wrong folder are off by weeks; a wrong year is off by more than this. */
const farDays = 180
const day = 86_400_000

/**
 * Issues whose date lies far from those of both neighbours by path, while the neighbours agree with each other: a wrong year,
 * mostly. `POST_DATE_SUSPICIOUS` for each; none where names do not follow dates.
 *
 * @param timeZone in which the days are told
 */
export function findOutOfSequence(files: readonly DatedFile[], source: string, timeZone: string): Problem[] {
  return files.flatMap((file, index) => {
    const [before, after] = [files[index - 1], files[index + 1]]
    if (!before || !after || daysBetween(before, after) > farDays) return []
    if (daysBetween(before, file) <= farDays || daysBetween(file, after) <= farDays) return []
    // Names that do not follow the dates (`weekly-0327`, `weekly-0421` of any year) say nothing of them.
    if ([files[index - 2], files[index + 2]].some(other => other && daysBetween(before, other) > farDays)) return []
    const [own, earlier, later] = [file, before, after].map(({ published }) => showDay(published, timeZone))
    const message = `The issue is dated ${own}, its neighbours ${earlier} and ${later}.`
    return [makeProblem('POST_DATE_SUSPICIOUS', { source, file: file.path }, message)]
  })
}

function daysBetween(a: DatedFile, b: DatedFile): number {
  return Math.abs(Date.parse(a.published) - Date.parse(b.published)) / day
}
