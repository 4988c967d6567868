import { describe, expect, it } from 'vitest'
import { attachTwins } from '../../src/entry/attach-twins.js'
import { normaliseTitle } from '../../src/entry/normalise-title.js'
import type { Entry } from '../../src/types.js'

const article = (id: string, title: string, more: Partial<Entry> = {}): Entry => ({
  id,
  keys: [`wechat:s/${id.padEnd(22, 'x')}`],
  url: `https://mp.weixin.qq.com/s/${id}`,
  title,
  authors: [],
  tags: [],
  kind: 'article',
  state: 'partial',
  origins: [{ source: 'weekly', kind: 'post' }],
  ...more,
})
const twin = (title: string, path = 'twin'): Entry =>
  article(path, title, {
    kind: 'issue',
    state: 'full',
    keys: [`https://loomstack.example/blog/${path}`],
    url: `https://loomstack.example/blog/${path}`,
    published: '2021-03-04T00:00:00.000Z',
    dated: { from: 'front-matter', precision: 'day' },
    summary: 'What it is about',
    html: '<p>Whole text</p>',
  })

describe('attachTwins', () => {
  it('gives an article that could not be had the date, summary and text of the post of the same title', () => {
    expect(
      attachTwins([article('a', 'Warp 存储引擎剖析 | 一条消息如何落盘')], [twin('Warp存储引擎剖析｜一条消息如何落盘')])[0],
    ).toMatchObject({
      id: 'a',
      url: 'https://mp.weixin.qq.com/s/a',
      published: '2021-03-04T00:00:00.000Z',
      dated: { from: 'twin', precision: 'day' },
      summary: 'What it is about',
      html: '<p>Whole text</p>',
    })
  })
  it('lets the article’s own page speak first, and still knows them to be one', () => {
    const full = article('a', 'Warp storage', {
      state: 'full',
      published: '2021-03-01T10:00:00.000Z',
      dated: { from: 'page', precision: 'second' },
      summary: 'Its own',
    })
    const [entry] = attachTwins([full], [twin('Warp Storage!')])
    expect(entry).toMatchObject({ published: '2021-03-01T10:00:00.000Z', summary: 'Its own' })
    expect(entry?.html).toBeUndefined()
    expect(entry?.keys).toContain('https://loomstack.example/blog/twin')
  })
  it.each([
    ['two posts have the title', [article('a', 'Warp storage')], [twin('Warp storage'), twin('Warp storage', 'other')]],
    ['two articles have the title', [article('a', 'Warp storage'), article('b', 'Warp storage')], [twin('Warp storage')]],
    ['the title is so short that it is shared by chance', [article('a', '公告')], [twin('公告')]],
  ])('recognises nothing when %s', (_, articles, twins) => expect(attachTwins(articles, twins)).toEqual(articles))
})

describe('normaliseTitle', () => {
  it('takes away what two places write differently', () => expect(normaliseTitle(' 「Ｗarp」 Storage：1.0 ')).toBe('warpstorage10'))
})
