import type { Entry, Feed } from '../../src/types.js'

const HOME = 'https://weekly.example.org/'

/** An article of an invented account, as a run makes it; each number gives another one, always the same. */
export function sampleArticle(number: number): Entry {
  const url = `https://mp.weixin.qq.com/s?__biz=MzAwMDAwMDAwMA==&mid=${2_247_480_000 + number}&idx=1&sn=${(number * 7919).toString(16).padStart(32, '0')}`
  const published = new Date(Date.UTC(2024, 4, 30, 4, 0, 0) - number * 86_400_000).toISOString()
  return {
    id: url,
    keys: [`wechat:MzAwMDAwMDAwMA==/${2_247_480_000 + number}/1`],
    url,
    title: `河畔手记 ${number}：Map<String, List> 与 a && b 的故事`,
    published,
    dated: { from: 'page', precision: 'second' },
    authors: number % 3 === 0 ? [] : [{ name: `作者${number % 5}` }],
    account: { name: '河畔观察', id: 'MzAwMDAwMDAwMA==' },
    tags: ['周报', 'R&D'],
    summary: `第 ${number} 篇：1 < 2，AT&T 的故事。`,
    html: `<p>正文 ${number}，<a href="https://example.org/?a=1&amp;b=2">链接</a></p><pre>a[b[0]]>c</pre><p><img src="https://mmbiz.qpic.cn/mmbiz_png/body${number}/640?wx_fmt=png" alt=""></p>`,
    image: `https://mmbiz.qpic.cn/mmbiz_jpg/cover${number}/0?wx_fmt=jpeg`,
    kind: 'article',
    state: 'full',
    origins: [
      {
        source: 'weekly',
        kind: 'post',
        id: `${HOME}blog/weekly-${number}/`,
        url: `${HOME}blog/weekly-${number}/`,
        title: `河畔周报 ${number}`,
        published,
        section: '本周推荐',
        note: '值得一读 & 收藏。',
      },
    ],
  }
}

/** A feed as a community would publish it, with `count` articles. */
export function sampleFeed(count: number): Feed {
  const entries = Array.from({ length: count }, (_, index) => sampleArticle(index + 1))
  const updated = entries[0]?.published
  return {
    info: {
      title: '河畔周报 & 文章',
      homeUrl: HOME,
      feedUrl: `${HOME}feeds/feed.xml`,
      description: '河畔社区每周推荐的文章',
      language: 'zh-CN',
      authors: [{ name: '河畔社区', url: HOME }],
      image: `${HOME}icon.png`,
      rights: 'CC BY 4.0',
      hubs: ['https://hub.example.org/'],
    },
    ...(updated === undefined ? {} : { updated }),
    entries,
  }
}
