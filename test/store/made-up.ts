import type { Problem } from '../../src/problems.js'
import type { Article } from '../../src/types.js'

/** A made-up article. */
export function makeArticle(key: string, more: Partial<Article> = {}): Article {
  return {
    key,
    url: 'https://mp.weixin.qq.com/s?__biz=MzA5MDA1MDAxMA==&mid=2650000001&idx=1',
    title: '茶会纪要',
    authors: [{ name: '林小雨' }],
    kind: 'article',
    extractor: 'wechat',
    from: { title: 'og:title' },
    ...more,
  }
}

/** Takes reports, for a test to look at. */
export function collectReports(): { problems: Problem[]; report: (problem: Problem) => void } {
  const problems: Problem[] = []
  return { problems, report: problem => void problems.push(problem) }
}
