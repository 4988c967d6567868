import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { explainArticle } from '../../src/article/explain-article.js'
import type { Extractor } from '../../src/types.js'
import { cgiPage, noticePage, shortAddress } from '../wechat/small-page.js'

const fieldOf = (body: string, name: string, url = shortAddress) => explainArticle({ url, body }).find(({ field }) => field === name)

describe('explainArticle', () => {
  it('names the place that was believed and those that were passed over', () => {
    const body = cgiPage().replace('</head>', '<meta property="og:title" content="另一个题目"></head>')
    expect(fieldOf(body, 'title')).toEqual({
      field: 'title',
      taken: { place: 'cgiDataNew.title', value: '怎样织一匹布' },
      passedOver: [{ place: 'meta og:title', value: '另一个题目' }],
    })
  })

  it('shows a place whose value cannot be read as such a field', () => {
    expect(fieldOf(cgiPage({ sn: 'not a check value' }), 'sn')).toEqual({ field: 'sn', passedOver: [{ place: 'cgiDataNew.sn' }] })
  })

  it('explains pages of other sites by the places of any page', () => {
    const body = '<html><head><title>Warp · Loom</title><meta property="og:title" content="Warp"></head></html>'
    expect(fieldOf(body, 'title', 'https://loomstack.example/warp')).toEqual({
      field: 'title',
      taken: { place: 'meta og:title', value: 'Warp' },
      passedOver: [{ place: 'title', value: 'Warp · Loom' }],
    })
  })

  it('names the places of a known site that had nothing, where a field was read elsewhere or not at all', () => {
    const url = 'https://blog.csdn.net/weft/article/details/1'
    const page = readFileSync(new URL('../../fixtures/article/csdn--dates-of-beijing.html', import.meta.url), 'utf8')
    const silent = (body: string) =>
      explainArticle({ url, body }).flatMap(each => (each.silent ? [[each.field, each.silent, each.taken?.place]] : []))
    expect(silent(page)).toEqual([])
    const changed = page.replace(/articleContentId|title-article/g, 't').replace('id="content_views"', 'id="views"')
    expect(silent(changed)).toEqual([
      ['title', ['#articleContentId', 'h1.title-article'], expect.stringMatching(/title/)],
      ['html', ['#content_views'], expect.any(String)],
    ])
    expect(silent('<title>Looms-CSDN博客</title>').map(([field]) => field)).toEqual(['title', 'published', 'author', 'html'])
  })

  it("explains what an extractor of the caller's read, whatever it is called", () => {
    const url = 'https://wiki.example/raft'
    const body = '<html><head><title>Raft · Wiki</title></head><body><h1>Raft</h1></body></html>'
    const wiki = (name: string): Extractor => ({
      name,
      matches: () => true,
      extract: () => ({
        ok: true,
        value: {
          key: url,
          url,
          title: 'Raft',
          authors: [{ name: 'Lin' }, { name: 'Chen' }],
          kind: 'article',
          extractor: name,
          topics: ['log'],
          from: { title: 'main h1', author: '.by', topics: '.tags' },
        },
      }),
    })
    for (const name of ['wiki', 'wechat']) {
      const explained = explainArticle({ url, body }, { extractors: [wiki(name)] })
      expect(explained).toContainEqual({
        field: 'title',
        taken: { place: 'main h1', value: 'Raft' },
        passedOver: [
          { place: 'title', value: 'Raft' },
          { place: 'h1', value: 'Raft' },
        ],
      })
      expect(explained).toContainEqual({ field: 'author', taken: { place: '.by', value: 'Lin, Chen' }, passedOver: [] })
      expect(explained).toContainEqual({ field: 'topics', taken: { place: '.tags', value: '["log"]' }, passedOver: [] })
    }
  })

  it('has nothing to explain of a page that is no article', () => {
    expect(explainArticle({ url: shortAddress, body: noticePage('该内容已被发布者删除') })).toEqual([])
  })
})
