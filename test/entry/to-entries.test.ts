import { describe, expect, it } from 'vitest'
import { extractArticle } from '../../src/article/extract-article.js'
import { mergeEntries } from '../../src/entry/merge-entries.js'
import { articleToEntry, feedToEntries, postToEntries } from '../../src/entry/to-entries.js'
import { parseFeed } from '../../src/feed/parse-feed.js'
import { parsePost } from '../../src/post/parse-post.js'
import { WeekloomError } from '../../src/problems.js'
import { bodyPage, longAddress } from '../wechat/small-page.js'

function read<T>(outcome: { ok: true; value: T } | { ok: false }): T {
  if (!outcome.ok) throw new Error('It was not read.')
  return outcome.value
}
const post = (url?: string) =>
  read(
    parsePost(`---\ntitle: 周报 1\n---\n\n### 推荐\n\n- [怎样织一匹布](${longAddress})\n- [别处](https://a.example/1)\n`, {
      ...(url === undefined ? {} : { url }),
    }),
  )
const permalink = 'https://loomstack.example/weekly/1/'
const article = () => read(extractArticle({ url: longAddress, body: bodyPage('<p>正文</p>') }))
const feed = (url: string) => ({
  ...read(
    parseFeed(
      '{"version":"https://jsonfeed.org/version/1.1","title":"F","items":[{"id":"1","content_html":"<p>x<script>y</script></p>"},{"id":"1"}]}',
    ),
  ),
  info: { feedUrl: url },
})

describe('what was read as entries', () => {
  it('is the issue and its articles, of a post', () => {
    const [issue, link, ...more] = postToEntries(post(permalink))
    expect(issue).toMatchObject({ id: permalink, kind: 'issue', title: '周报 1' })
    expect(link).toMatchObject({
      title: '怎样织一匹布',
      kind: 'article',
      state: 'partial',
      origins: [{ source: 'weekly', url: permalink, section: '推荐' }],
    })
    expect(more).toEqual([])
  })
  it('calls a link without a name by its issue and section, and by the issue alone where the section is called as that', () => {
    const text = `# 周报 1\n\n> 原文：${longAddress}\n\n## 推荐\n\n前文说过，见${longAddress}&scene=1\n`
    const [, ...links] = postToEntries(read(parsePost(text, { url: permalink })))
    expect(links.map(({ title }) => title)).toEqual(['周报 1', '周报 1 · 推荐'])
  })
  it('is each link that is wanted', () => expect(postToEntries(post(), { url: permalink, links: () => true })).toHaveLength(3))
  it('is not to be had of a post without an address', () => expect(() => postToEntries(post())).toThrow(WeekloomError))
  it('is the whole article, of a page', () =>
    expect(articleToEntry(article())).toMatchObject({ state: 'full', html: '<p>正文</p>', origins: [{ source: 'articles' }] }))
  it('is one entry of an article and of the post that recommends it', () => {
    const merged = mergeEntries([...postToEntries(post(permalink)), articleToEntry(article())])
    expect(merged).toHaveLength(2)
    expect(merged.find(entry => entry.kind === 'article')).toMatchObject({
      state: 'full',
      origins: [{ kind: 'post' }, { kind: 'article' }],
    })
  })
  it('is each item once, of a feed, with clean HTML and an id that is its own among feeds', () => {
    const [one, other] = ['https://a.example/feed', 'https://b.example/feed'].map(url => feedToEntries(feed(url)))
    expect(one).toMatchObject([{ id: 'https://a.example/feed#1', html: '<p>x</p>' }])
    expect(mergeEntries([...(one ?? []), ...(other ?? [])])).toHaveLength(2)
  })
  it('has the address that is given, of a feed that states none', () =>
    expect(feedToEntries({ ...feed(''), info: {} }, { url: 'https://c.example/' })).toMatchObject([{ id: 'https://c.example/#1' }]))
})
