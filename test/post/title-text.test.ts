import { describe, expect, it } from 'vitest'
import { isLabel, titleIn, variantIn } from '../../src/post/title-text.js'

describe('titleIn', () => {
  it.each([
    ['1. 榫卯入门：', '榫卯入门'],
    ['3、[万字总结] 种菜', '[万字总结] 种菜'],
    ['（1）种菜', '种菜'],
    ['[ 210422 ] 种菜 [ from 阿木 ]', '种菜'],
    ['《采茶手记》', '采茶手记'],
    ['读《采茶手记》与《山》', '读《采茶手记》与《山》'],
    ['《采茶手记》与《山》', '《采茶手记》与《山》'],
    ['芦苇 | 风【二】「三」｜四', '芦苇 | 风【二】「三」｜四'],
    ['10.15 Catalina', '10.15 Catalina'],
    ['什么木头最耐潮？', '什么木头最耐潮？'],
    ['C++', 'C++'],
    ['Read the Room', 'Read the Room'],
    ['视频编码入门', '视频编码入门'],
    ['chrome://flags 小技巧：', 'chrome://flags 小技巧'],
    ['用 x[0](y) 的技巧', '用 x[0](y) 的技巧'],
  ])('takes "%s" for "%s"', (text, title) => {
    expect(titleIn(text)).toBe(title)
  })

  it.each([
    '点击进入',
    '链接',
    'via',
    'Link',
    '本文',
    '这篇文章',
    '[ 原文 ]',
    '点击此处查看详情',
    '点击链接阅读原文',
    '详情请点击这里',
    'click here to read more',
    'See the docs',
    '图片',
    'image',
    'https://example.org/a',
    'example.org',
    'hhttps://x',
    '@ada',
    '——',
    '🎉',
    '1.',
    '',
  ])('finds no title in "%s"', text => {
    expect(titleIn(text)).toBeUndefined()
  })
})

describe('variantIn', () => {
  it.each([
    ['上篇', '上篇'],
    ['点击进入part1', 'part1'],
    ['（下）', '下'],
    ['中文版', '中文版'],
    ['第二部分', '第二部分'],
    ['风筝', undefined],
    ['上海', undefined],
  ])('finds in "%s": %s', (text, form) => {
    expect(variantIn(text)).toBe(form)
  })
})

describe('isLabel', () => {
  it.each(['链接：', '- 论文链接：', '原文：', '文章解读：', 'A：', 'via ', ''])('says yes to "%s"', text => {
    expect(isLabel(text)).toBe(true)
  })

  it.each(['榫卯入门：', '五座桥 '])('says no to "%s"', text => {
    expect(isLabel(text)).toBe(false)
  })
})

it('does not look long for a form in a long text of nothing but marks', () => {
  expect(variantIn('。'.repeat(1_000_000))).toBeUndefined()
})
