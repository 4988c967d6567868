import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from 'vitest'
import type { BuildResult } from '../../src/build/run-build.js'
import { columnsOf } from '../../src/cli/columns.js'
import { makeProgram } from '../../src/cli/program.js'
import { formatMany, summarize } from '../../src/cli/summary.js'
import { makeProblem } from '../../src/problems.js'

const undated = (count: number) =>
  Array.from({ length: count }, (_, index) => makeProblem('POST_DATE_MISSING', { file: `issue-${index}.md` }, 'The post states no date.'))
const untitled = makeProblem('POST_TITLE_MISSING', { file: 'issue-3.md' }, 'The post has no title.')

describe('problems of one kind', () => {
  it('are all told while they are few', () => expect(formatMany(undated(12)).match(/states no date/g)).toHaveLength(12))
  it('are shown by some examples when they are many, with their cure and how many more there are', () => {
    const text = formatMany([...undated(300), untitled])
    expect(text.match(/states no date/g)).toHaveLength(5)
    expect(text).toContain('Add `date:`')
    expect(text).toContain('The post has no title.')
    expect(text).toContain('295 more POST_DATE_MISSING')
  })
})

const result: BuildResult = {
  purpose: 'build',
  dryRun: false,
  isHeld: false,
  report: {
    format: 1,
    now: '2024-05-31T00:00:00.000Z',
    network: 'auto',
    sources: [],
    hosts: [],
    pages: [
      {
        url: 'https://a.example/',
        key: 'https://a.example/',
        state: 'failed',
        code: 'WECHAT_DELETED',
        at: '2024-05-31T00:00:00.000Z',
        times: 1,
      },
    ],
    feeds: {},
    churn: {},
    problems: [],
  },
  files: [],
  output: '/site/public/feeds',
  baseUrl: 'https://a.example/feeds/',
  newest: [],
  timeZone: 'UTC',
  failures: [],
}

describe('the closing account', () => {
  it('names each kind of note once, so that a post which is held back is no riddle', () => {
    const held = (code: 'POST_FUTURE' | 'POST_DRAFT', file: string) => makeProblem(code, { file, line: 3 }, 'The post is held back.')
    const problems = [held('POST_FUTURE', 'a.md'), held('POST_DRAFT', 'b.md'), held('POST_DRAFT', 'c.md')]
    const text = stripVTControlCharacters(summarize({ ...result, report: { ...result.report, problems } }))
    expect(text).toMatch(/^ {2}notes +1 × POST_FUTURE {2}The post is held back\.$/m)
    expect(text).toMatch(/^ +2 × POST_DRAFT {2}The post is held back\.$/m)
  })

  it('names what was published and is gone, as after a post was renamed', () => {
    const churn = {
      feed: { published: 12, gone: ['https://a.example/weekly/a/'] },
      tags: { published: 45, gone: ['https://a.example/weekly/b/'], ended: ['tags/kubernets'] },
    }
    const text = stripVTControlCharacters(summarize({ ...result, report: { ...result.report, churn } }))
    expect(text).toMatch(/^ {2}gone +1 of the 12 published ids of feed: https:\/\/a\.example\/weekly\/a\/$/m)
    expect(text).toMatch(/^ +1 feed of tags: tags\/kubernets$/m)
  })

  it.each([20, 40, 60])('tells all of its reasons on a terminal of %s columns, none of them cut', columns => {
    const narrow = stripVTControlCharacters(summarize(result, columns))
    expect(narrow.split(/\s+/)).toEqual(stripVTControlCharacters(summarize(result, 10_000)).split(/\s+/))
    expect(narrow).not.toContain('…')
    if (columns > 40) for (const line of narrow.split('\n')) expect(columnsOf(line)).toBeLessThan(columns)
  })
})

it('the help of a command indents what goes on, on a terminal of 60 columns', () => {
  const build = makeProgram().commands.find(command => command.name() === 'build')
  const lines =
    build
      ?.configureOutput({ getOutHelpWidth: () => 60 })
      .helpInformation()
      .split('\n') ?? []
  for (const line of lines.filter(each => each.includes('  '))) expect(line.length).toBeLessThanOrEqual(60)
})
