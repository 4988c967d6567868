import { makeProblem, type Problem, type Where } from '../problems.js'
import { cutText, toPlain } from '../text/plain.js'
import type { Dating, Instant } from '../types.js'
import type { Block } from './blocks.js'
import { frontTexts } from './front-fields.js'
import type { FrontTable } from './front-values.js'
import { statedDates } from './stated-dates.js'
import { visibleText } from './visible-text.js'

/** One of several issues of a file. */
export interface Issue {
  heading: Block
  blocks: readonly Block[]
  /** Its tokens: from this index, to before that. */
  from: number
  to: number
  published: Instant
  dated: Dating
  problems: Problem[]
}

/** At least this share of the headings of a level must state a date. */
const enough = 0.6

/** First and last day, also where one of them is short or no day of the calendar: `20230911-0917`, `20220222-20220229`. */
const span = /(?<!\d)\d{8,9}\s?[-–~]\s?\d{4,9}(?!\d)/

const day = 86_400_000
/** An issue further than this from both of its neighbours, which are near to each other, has a wrong date, in days. */
const suspiciousDays = 60

interface FileFacts {
  data: FrontTable
  path?: string | undefined
  timeZone: string
  where: Where
  offset: number
}

/**
 * Finds the issues of a file that holds several: headings of one level at the top of the document, most of them with a date. A file that
 * states one date for itself, in its front matter or its name, is one issue whatever its headings say.
 */
export function issuesIn(blocks: readonly Block[], file: FileFacts): { issues: Issue[]; problems: Problem[] } {
  const none = { issues: [], problems: [] }
  const name = (file.path ?? '').split('/').at(-1) ?? ''
  const isOfOneDay = statedDates(name, file.timeZone).length === 1 && !span.test(name)
  if (frontTexts(file.data, 'date').length > 0 || isOfOneDay) return none
  for (let level = 1; level <= 4; level++) {
    const headings = blocks.flatMap((heading, start) =>
      heading.heading === level && heading.top !== undefined ? [{ heading, start, top: heading.top }] : [],
    )
    const dated = headings.flatMap(place => {
      const date = statedDates(visibleText(place.heading), file.timeZone).at(-1)
      return date ? [{ ...place, date }] : []
    })
    if (dated.length < 2 || dated.length < enough * headings.length) continue
    const issues = dated.map(
      ({ heading, start, date, top }, index): Issue => ({
        heading,
        // what stands before the first issue is kept with it
        blocks: blocks.slice(index === 0 ? 0 : start, dated[index + 1]?.start),
        from: top,
        to: dated[index + 1]?.top ?? Number.MAX_SAFE_INTEGER,
        published: date.instant,
        dated: { from: 'heading', precision: date.precision },
        problems: [],
      }),
    )
    return { issues, problems: doubtful(issues, file) }
  }
  return none
}

function doubtful(issues: readonly Issue[], file: FileFacts): Problem[] {
  const far = (one: Issue, other: Issue) => Math.abs(Date.parse(one.published) - Date.parse(other.published)) > suspiciousDays * day
  return issues.flatMap((issue, index) => {
    const before = issues[index - 1] ?? issues[index + 2]
    const after = issues[index + 1] ?? issues[index - 2]
    if (!before || !after || !far(issue, before) || !far(issue, after) || far(before, after)) return []
    const where = { ...file.where, line: issue.heading.line + file.offset + 1 }
    return [
      makeProblem(
        'POST_DATE_SUSPICIOUS',
        where,
        `The date of "${nameOf(issue)}" is far from those of "${nameOf(before)}" and "${nameOf(after)}".`,
      ),
    ]
  })
}

function nameOf(issue: Issue): string {
  return cutText(toPlain(visibleText(issue.heading)), 60)
}
