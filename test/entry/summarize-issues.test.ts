import { describe, expect, it } from 'vitest'
import { summarizeIssues } from '../../src/entry/summarize-issues.js'
import type { Entry } from '../../src/types.js'

const lead = '<p>本刊每周五发布，<a href="https://weekly.example/">欢迎投稿</a>。</p>\n<h2>文章</h2>\n'
const issue = (number: number, html: string, change: Partial<Entry> = {}): Entry => {
  const id = `https://weekly.example/${number}/`
  return {
    id,
    keys: [id],
    url: id,
    title: `周报 ${number}`,
    authors: [],
    tags: [],
    html,
    kind: 'issue',
    state: 'full',
    ...change,
    origins: [{ source: 'weekly', kind: 'post', id }],
  }
}
const summaries = (entries: readonly Entry[]) => summarizeIssues(entries).map(({ summary }) => summary)

describe('summarizeIssues', () => {
  it('leaves out what the issue before begins with as well', () => {
    const issues = [
      issue(3, `${lead}<p>梳子的齿</p>`),
      issue(2, `${lead}<p>剪刀的轴</p>\n<p>一把好剪刀。</p>`),
      issue(1, `${lead}<p>水壶的嘴</p>`),
    ]
    expect(summaries(issues)).toEqual(['梳子的齿', '剪刀的轴 一把好剪刀。', undefined])
    expect(summaries(issues.slice(1))).toEqual(['剪刀的轴 一把好剪刀。', undefined])
  })
  it('leaves what is stated, what shares nothing and what has nothing of its own as it is', () =>
    expect(
      summaries([
        issue(4, '<p>另一种</p>'),
        issue(3, lead),
        issue(2, `${lead}<p>剪刀</p>`, { summary: '剪刀' }),
        issue(1, `${lead}<p>壶</p>`),
      ]),
    ).toEqual([undefined, undefined, '剪刀', undefined]))
  it('keeps the order, and articles as they are', () => {
    const article = issue(9, lead, { kind: 'article' })
    expect(summarizeIssues([issue(2, `${lead}<p>剪刀</p>`), article, issue(1, lead)]).map(({ url }) => url)).toEqual(
      [2, 9, 1].map(number => `https://weekly.example/${number}/`),
    )
    expect(summarizeIssues([article])).toEqual([article])
  })
})
