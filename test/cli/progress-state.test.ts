import { describe, expect, it } from 'vitest'
import { columnsOf, cutColumns } from '../../src/cli/columns.js'
import { describeRow, noteProgress, type ProgressRow } from '../../src/cli/progress-state.js'
import type { ProgressEvent } from '../../src/index.js'

const fetched = (done: number, more: Partial<ProgressEvent> = {}): ProgressEvent => ({
  step: 'fetch',
  subject: 'a.example',
  done,
  total: 10,
  ...more,
})
const after = (events: readonly ProgressEvent[], pace = 1000): ProgressRow[] =>
  events.reduce<ProgressRow[]>((rows, event, index) => noteProgress(rows, event, index * pace), [])
const line = (events: readonly ProgressEvent[], now: number) => after(events).map(row => describeRow(row, now))

describe('progress', () => {
  it('has a row for each source, host and feed, in the order in which they began', () => {
    const rows = after([
      { step: 'read', subject: 'weekly', done: 1, total: 0 },
      fetched(0),
      { step: 'read', subject: 'weekly', done: 2, total: 0 },
    ])
    expect(rows.map(row => [row.subject, row.done])).toEqual([
      ['weekly', 2],
      ['a.example', 0],
    ])
  })

  it('tells what is done, failed and how long the rest will take at the pace so far', () => {
    expect(line([fetched(0), fetched(1), fetched(2, { problem: 'WECHAT_DELETED' }), fetched(3)], 3000)).toEqual([
      'Fetching a.example  3 of 10  1 failed  7 s left',
    ])
  })

  it('promises no time before there is a pace', () => expect(line([fetched(0), fetched(1)], 1000)).toEqual(['Fetching a.example  1 of 10']))

  it('says what waits and why when a host is left alone, and counts that as no failure', () => {
    expect(line([fetched(0), fetched(4), fetched(4, { problem: 'WECHAT_VERIFICATION' })], 9000)).toEqual([
      'Fetching a.example  4 of 10  6 wait: WECHAT_VERIFICATION',
    ])
  })

  it('tells long times in minutes and hours', () => {
    const row: ProgressRow = { step: 'fetch', subject: 'a', done: 3, total: 300, failed: 0, since: 0 }
    expect(describeRow(row, 9000)).toContain('15 min left')
    expect(describeRow(row, 180_000)).toContain('5 h left')
  })
})

describe('a line of a terminal', () => {
  it.each([
    ['abc', 3, 'abc'],
    ['abcd', 3, 'ab…'],
    ['社区周报', 8, '社区周报'],
    ['社区周报', 7, '社区周…'],
    ['社区周报', 6, '社区…'],
    ['a\u001b[2Jb', 10, 'a [2Jb'],
  ])('%j in %d columns is %j', (text, width, cut) => {
    expect(cutColumns(text, width)).toBe(cut)
    expect(columnsOf(cut)).toBeLessThanOrEqual(width)
  })
})
