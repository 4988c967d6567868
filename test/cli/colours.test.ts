import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { coloursOn } from '../../src/cli/colours.js'
import { formatProblems } from '../../src/cli/problem-lines.js'
import { makeProblem } from '../../src/problems.js'

const problem = makeProblem('POST_DATE_MISSING', { file: 'a.md' }, 'The post states no date.')
const before = { stdout: process.stdout.isTTY, stderr: process.stderr.isTTY }
const terminals = (stdout: boolean, stderr: boolean) =>
  Object.assign(process.stdout, { isTTY: stdout || undefined }) && Object.assign(process.stderr, { isTTY: stderr || undefined })
beforeEach(() => {
  for (const name of ['NO_COLOR', 'FORCE_COLOR', 'CI']) vi.stubEnv(name, undefined)
  vi.stubEnv('TERM', 'xterm')
})
afterEach(() => terminals(before.stdout, before.stderr))

describe('colours', () => {
  it.each(['linux', 'win32'] as const)('stand on %s in what goes to a terminal, and in no file beside it', platform => {
    vi.spyOn(process, 'platform', 'get').mockReturnValue(platform)
    terminals(true, false)
    expect(formatProblems([problem])).not.toContain('\u001b')
    expect(formatProblems([problem], process.stdout)).toContain('\u001b')
    terminals(false, true)
    expect(formatProblems([problem])).toContain('\u001b')
    expect(formatProblems([problem], process.stdout)).not.toContain('\u001b')
  })

  it.each([
    [{ FORCE_COLOR: '1' }, false, true],
    [{ FORCE_COLOR: '0' }, true, false],
    [{ FORCE_COLOR: 'false' }, true, false],
    [{ NO_COLOR: '1' }, true, false],
    [{ NO_COLOR: '1', FORCE_COLOR: '1' }, true, false],
    [{ NO_COLOR: '', FORCE_COLOR: '' }, true, true],
    [{ TERM: 'dumb' }, true, false],
  ])('with %j on a terminal or not (%s) are there or not (%s)', (variables, isTerminal, expected) => {
    for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value)
    terminals(isTerminal, isTerminal)
    expect(coloursOn(process.stderr).red('a') !== 'a').toBe(expected)
  })
})
