import { describe, expect, it } from 'vitest'
import { formatMany } from '../../src/cli/summary.js'
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
