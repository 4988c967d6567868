import { describe, expect, it } from 'vitest'
import { extractArticle } from '../../src/article/extract-article.js'

function read(html: string) {
  const outcome = extractArticle({ url: 'https://loomstack.example/a/', body: html }, { body: false })
  if (!outcome.ok) return expect.unreachable(outcome.problem.message)
  return outcome.value
}

const item = `<div itemscope itemtype="https://schema.org/BlogPosting"><h1 itemprop="headline">Micro</h1>
  <span itemprop="author" itemscope itemtype="https://schema.org/Person"><a itemprop="url" href="/ann"><span itemprop="name">Ann</span></a></span>
  <time itemprop="datePublished" datetime="2023-11-15T10:00:00Z">x</time><meta itemprop="dateModified" content="2023-11-16T10:00:00Z">
  <img itemprop="image" src="/cover.jpg"><p itemprop="description">How to.</p><div itemprop="publisher" itemscope><meta itemprop="name" content="Loom Times"></div>
  <div itemprop="articleBody">Text</div></div>`

describe('what a page says of itself', () => {
  it('is read from microdata of the first article, its author by the name of the item', () => {
    expect(read(`<title>Tag</title>${item}${item.replace('Micro', 'Other')}`)).toMatchObject({
      title: 'Micro',
      authors: [{ name: 'Ann' }],
      published: '2023-11-15T10:00:00.000Z',
      updated: '2023-11-16T10:00:00.000Z',
      image: 'https://loomstack.example/cover.jpg',
      summary: 'How to.',
      account: { name: 'Loom Times' },
      from: { title: 'microdata headline', author: 'microdata author', published: 'microdata datePublished' },
    })
  })

  it('is believed in a fixed order: JSON-LD, Open Graph, microdata, meta, title', () => {
    const places = [
      ['JSON-LD headline', '<script type="application/ld+json">{"@type":"Article","headline":"L"}</script>'],
      ['meta og:title', '<meta property="og:title" content="O">'],
      ['microdata headline', '<div itemscope itemtype="http://schema.org/Article"><i itemprop=headline>M</i></div>'],
      ['meta twitter:title', '<meta name="twitter:title" content="T">'],
      ['title', '<head><title>Z</title></head>'],
    ] as const
    for (const [at, [name]] of places.entries()) {
      const html = places.slice(at).map(([, text]) => text)
      expect(read(html.reverse().join('')).from['title']).toBe(name)
    }
  })

  it('passes over microdata of what is no article', () => {
    expect(read('<title>t</title><div itemscope itemtype="https://schema.org/Product"><b itemprop="name">Soap</b></div>').title).toBe('t')
  })

  it('is read from JSON-LD that templates have broken: line breaks in strings, CDATA', () => {
    const json = '{"@type":"Article","headline":"One\nline","keywords":"warp, weft"}'
    expect(read(`<script type="application/ld+json">//<![CDATA[\n${json}\n//]]></script>`)).toMatchObject({
      title: 'One line',
      topics: ['warp', 'weft'],
    })
  })

  it('has a date without a zone in Baidu’s form, which is one of Beijing', () => {
    const json = '{"@context":"https://ziyuan.baidu.com/contexts/cambrian.jsonld","title":"t","pubDate":"2023-11-15T10:13:20"}'
    expect(read(`<script type="application/ld+json">${json}</script>`).published).toBe('2023-11-15T02:13:20.000Z')
  })

  it.each([
    ['the one in the article', '<time datetime="2020-01-01">a</time><article><time datetime="2023-11-15">b</time></article>'],
    ['the one marked', '<article><time datetime="2020-01-01">a</time><time pubdate datetime="2023-11-15">b</time></article>'],
    ['none of comments', '<div class="comments"><time datetime="2020-01-01">a</time></div><time datetime="2023-11-15">b</time>'],
  ])('has of several dates %s', (_title, html) => {
    expect(read(`<title>t</title>${html}`).published).toBe('2023-11-15T00:00:00.000Z')
  })

  it('names its feeds', () => {
    expect(read('<title>t</title><link rel="alternate" type="application/rss+xml" title="All" href="/feed.xml">')).toMatchObject({
      feeds: [{ url: 'https://loomstack.example/feed.xml', type: 'application/rss+xml', title: 'All' }],
      from: { feeds: 'link rel=alternate' },
    })
  })

  it('resolves addresses against its base', () => {
    expect(read('<base href="https://cdn.example/x/"><title>t</title><meta property="og:image" content="a.jpg">').image).toBe(
      'https://cdn.example/x/a.jpg',
    )
  })
})
