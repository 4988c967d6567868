import { describe, expect, it } from 'vitest'
import { findOutOfSequence } from '../../src/sources/post-sequence.js'

const files = (...dates: string[]) => dates.map((date, index) => ({ path: `weekly-${index}.md`, published: `${date}T07:00:00.000Z` }))
const suspects = (...dates: string[]) => findOutOfSequence(files(...dates), 'weekly', 'UTC').map(problem => problem.where.file)

describe('an issue out of sequence', () => {
  it('is named when its year is wrong and both neighbours agree', () =>
    expect(suspects('2022-01-07', '2021-01-14', '2022-01-21')).toEqual(['weekly-1.md']))
  it('is told by the days of its zone, as the posts state them', () => {
    const midnights = ['2022-01-07', '2021-01-14', '2022-01-21'].map((day, index) => ({
      path: `weekly-${index}.md`,
      published: new Date(`${day}T00:00+08:00`).toISOString(),
    }))
    expect(findOutOfSequence(midnights, 'weekly', 'Asia/Shanghai')[0]?.message).toBe(
      'The issue is dated 2021-01-14, its neighbours 2022-01-07 and 2022-01-21.',
    )
  })
  it('is not looked for where the neighbours themselves are far apart', () =>
    expect(suspects('2019-01-07', '2021-01-14', '2023-01-21')).toEqual([]))
  it('is not looked for where names do not follow dates', () =>
    expect(suspects('2020-03-27', '2023-04-21', '2021-04-30', '2023-05-05', '2021-06-11')).toEqual([]))
  it('is no issue that is a few weeks late', () => expect(suspects('2022-01-07', '2022-03-14', '2022-01-21')).toEqual([]))
  it('stands beside the issues of the numbers next to its own', () => {
    const numbered = [1, 2, 3, 9, 10, 11, 20, 21].map(number => ({
      path: `issue-${number}.md`,
      published: new Date(Date.UTC(2019, number, 1)).toISOString(),
    }))
    expect(findOutOfSequence(numbered, 'weekly', 'UTC')).toEqual([])
  })
  it('is not looked for where names say nothing of the order', () =>
    expect(suspects('2020-03-27', '2021-04-30', '2023-05-05', '2021-06-11', '2023-10-06')).toEqual([]))
  it('has no neighbours among files that are called otherwise', () => {
    const named = (
      [
        ['weekly-0.md', '2022-01-07'],
        ['weekly-2.md', '2022-01-14'],
        ['weekly20200226.md', '2020-02-26'],
        ['weekly/3.md', '2022-01-21'],
      ] as const
    ).map(([path, day]) => ({ path, published: `${day}T07:00:00.000Z` }))
    expect(findOutOfSequence(named, 'weekly', 'UTC')).toEqual([])
  })
})
