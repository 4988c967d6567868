import { stripVTControlCharacters } from 'node:util'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { BuildResult } from '../../src/build/run-build.js'
import { columnsOf } from '../../src/cli/columns.js'
import { formatMany, writeProblems } from '../../src/cli/problem-lines.js'
import { makeProgram } from '../../src/cli/program.js'
import { summarize } from '../../src/cli/summary.js'
import { makeProblem } from '../../src/problems.js'

const undated = (count: number) =>
  Array.from({ length: count }, (_, index) => makeProblem('POST_DATE_MISSING', { file: `issue-${index}.md` }, 'The post states no date.'))
const untitled = makeProblem('POST_TITLE_MISSING', { file: 'issue-3.md' }, 'The post has no title.')

afterEach(() => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
})

describe('problems of one kind', () => {
  it('are all told while they are few', () => expect(formatMany(undated(12)).match(/states no date/g)).toHaveLength(12))
  it('are shown by some examples when they are many, with their cure and how many more there are', () => {
    const text = formatMany([...undated(300), untitled])
    expect(text.match(/states no date/g)).toHaveLength(5)
    expect(text).toContain('Add `date:`')
    expect(text).toContain('The post has no title.')
    expect(text).toContain('295 more POST_DATE_MISSING')
  })
  it('are cut on GitHub too, which shows the first ten of a step: those beside a line come first', () => {
    vi.stubEnv('GITHUB_ACTIONS', 'true')
    let text = ''
    vi.spyOn(process.stderr, 'write').mockImplementation(piece => {
      text += piece
      return true
    })
    const gone = Array.from({ length: 315 }, (_, index) =>
      makeProblem('FETCH_GONE', { url: `https://a.example/${index}` }, 'The page is gone.'),
    )
    const mended = makeProblem('LINK_MENDED', { file: 'a.md', line: 3 }, 'The address was mended.')
    writeProblems([...gone, ...undated(20), mended], false)
    const lines = text.trimEnd().split('\n')
    expect(lines).toHaveLength(1 + 5 + 5 + 1)
    expect(lines[0]).toMatch(/^::warning file=a\.md,line=3,title=LINK_MENDED::/)
    expect(lines[1]).toMatch(/^::warning file=issue-0\.md,title=POST_DATE_MISSING::/)
    expect(lines.at(-1)).toBe('… and 15 more POST_DATE_MISSING, 310 more FETCH_GONE; --report FILE has all')
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
    expect(text).toMatch(/^ {2}notes +1 × POST_FUTURE {2}a\.md:3 {2}The post is held back\.$/m)
    expect(text).toMatch(/^ +2 × POST_DRAFT {2}b\.md:3 {2}The post is held back\.$/m)
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

  const hosts = (count: number) =>
    Array.from({ length: count }, (_, index) => ({
      host: `${index}.example`,
      requests: index === 5 ? 40 : 1,
      bytes: 1000,
      failures: index === 300 ? 1 : 0,
    }))
  const lines = (report: Partial<BuildResult['report']>) =>
    stripVTControlCharacters(summarize({ ...result, report: { ...result.report, ...report } }, 10_000)).split('\n')

  it('has a line for each host while they are few', () => {
    expect(lines({ hosts: hosts(8) }).filter(line => line.includes('.example  '))).toHaveLength(8)
  })

  it('names of many hosts those that failed and those that were asked most, and sums up the others', () => {
    const told = lines({ hosts: hosts(500) })
    const first = told.findIndex(line => line.startsWith('  asked'))
    expect(told.slice(first, first + 3).map(line => line.trim().replace(/^asked +/, ''))).toEqual([
      '300.example  1 request, 1 kB, 1 failed',
      '5.example  40 requests, 1 kB',
      '0.example  1 request, 1 kB',
    ])
    expect(told[first + 8]?.trim()).toBe('and 492 more hosts  492 requests, 492 kB')
    expect(told.filter(line => line.includes('.example  '))).toHaveLength(8)
  })

  const nothing = { posts: 0, links: 0, items: 0, feeds: 0, failedFeeds: 0, entries: 0 }

  it('of a site of feeds alone tells of feeds and their items, and of no issues and articles', () => {
    const told = lines({ pages: [], sources: [{ ...nothing, name: 'opml', items: 20_000, feeds: 300, failedFeeds: 100, entries: 20_000 }] })
    expect(told[0]?.trim()).toMatch(/^read +20000 items of 300 feeds, 100 feeds failed$/)
    expect(told.join('\n')).not.toMatch(/issue|article/)
  })

  it('of a site of posts alone tells of no feeds, and of a source of one’s own its entries', () => {
    const told = lines({ sources: [{ ...nothing, name: 'weekly', posts: 2, links: 1, entries: 3 }] })
    expect(told[0]?.trim()).toMatch(/^read +2 issues, 1 link to articles$/)
    expect(lines({ sources: [{ ...nothing, name: 'own', entries: 3 }] })[0]).toMatch(/read +3 entries$/)
    expect(lines({})[0]).toMatch(/read +0 entries$/)
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
