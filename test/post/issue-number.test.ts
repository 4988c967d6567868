import { describe, expect, it } from 'vitest'
import { issueNumber } from '../../src/post/issue-number.js'

describe('issueNumber', () => {
  it.each([
    ['园艺周刊（第 128期）：土', '128'],
    ['大前端周刊 第7期 （本期小编：阿木）', '7'],
    ['第一百二十三期', '123'],
    ['第十二期', '12'],
    ['周报 #101 | 2020-02-17', '101'],
    ['Garden Weekly Issue 12', '12'],
    ['This Week in Kites 128', '128'],
    ['Vol. 3: Roots', '3'],
    ['Dev weekly 2023-Aug-07', undefined],
    ['Weekly 2016-04-25', undefined],
    ['每周精选【7/15 - 7/19】', undefined],
    ['0312 直播预告', undefined],
  ])('finds in the title "%s": %s', (title, number) => {
    expect(issueNumber(undefined, [title], '')).toBe(number)
  })

  it.each([
    ['issue-12', '12'],
    ['issue-0004', '4'],
    ['issue-0112', '112'],
    ['weekly-11', '11'],
    ['058', '58'],
    ['#4', '4'],
    ['118-人生', '118'],
    ['no322-2025.02.10', '322'],
    ['HelloGarden08', '8'],
    ['weekly-0430', undefined],
    ['weekly-20190719', undefined],
    ['2018-02-05-weekly-05', undefined],
    ['2016-05-20-weekly', undefined],
    ['20170424-20170430', undefined],
    ['2023Aug07', undefined],
  ])('finds in the name %s: %s', (slug, number) => {
    expect(issueNumber(undefined, ['a'], slug)).toBe(number)
  })

  it.each([
    ['posts/2024/05/31/index.md', '31', undefined],
    ['posts/2024/5/7.md', '7', undefined],
    ['2024\\05\\31-weekly.md', '31-weekly', undefined],
    ['2024/05/31/weekly-7.md', 'weekly-7', '7'],
    ['posts/issue/31/index.md', '31', '31'],
    ['posts/2024/31/index.md', '31', '31'],
    ['posts/2024/05/131/index.md', '131', '131'],
    ['posts/2024/05/45.md', '45', '45'],
    ['weekly/2024/05/12.md', '12', undefined],
    ['weekly/2024/05/05-issue-5.md', '05-issue-5', '5'],
    ['weekly/2024/05/05-第5期.md', '05-第5期', '5'],
    ['weekly/2024-05-05-no.5.md', '2024-05-05-no.5', '5'],
    ['weekly/2024/05/05-memo-5.md', '05-memo-5', undefined],
  ])('finds in the path %s no day: %s, %s', (path, slug, number) => {
    expect(issueNumber(undefined, ['a'], slug, path)).toBe(number)
  })

  it('believes the front matter first', () => {
    expect(issueNumber('0128', ['第 7 期'], 'issue-9')).toBe('128')
  })
})
