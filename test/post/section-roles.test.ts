import { describe, expect, it } from 'vitest'
import { isSectionName, roleOf } from '../../src/post/section-roles.js'

describe('roleOf', () => {
  it.each([
    ['本周推荐阅读', 'reading'],
    ['云原生 相关推荐阅读', 'reading'],
    ['文章', 'reading'],
    ['Articles & blog posts', 'reading'],
    ['每周读者问答提炼', 'questions'],
    ['QA 整理', 'questions'],
    ['项目进展', 'releases'],
    ['钟楼 1.2.0 版本发布', 'releases'],
    ['社区活动推荐', 'events'],
    ['直播预告', 'events'],
    ['社区本周 Contributor', 'contributors'],
    ['新手任务计划', 'contributors'],
    ['科技动态', 'news'],
    ['封面图', undefined],
  ])('gives "%s" the role %s', (heading, role) => {
    expect(roleOf(heading)).toBe(role)
  })

  it('asks the patterns of a config first', () => {
    expect(roleOf('本周推荐阅读', { news: [/推荐/] })).toBe('news')
    expect(roleOf('Fresh LEAVES', { reading: ['leaves'] })).toBe('reading')
  })
})

describe('isSectionName', () => {
  it.each(['工具', '封面图', '本周话题', 'Tools', '文章'])('says yes to "%s"', heading => {
    expect(isSectionName(heading)).toBe(true)
  })

  it.each(['写给孩子的天气课', 'Docker 1.12 发布之后，集群编排的六种新写法与教训'])('says no to "%s"', heading => {
    expect(isSectionName(heading)).toBe(false)
  })
})
