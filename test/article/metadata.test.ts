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
    [
      'none of a comment that is an article',
      '<article class="comment"><time datetime="2020-01-01">a</time></article><time>2023-11-15</time>',
    ],
  ])('has of several dates %s', (_title, html) => {
    expect(read(`<title>t</title>${html}`).published).toBe('2023-11-15T00:00:00.000Z')
  })

  it('has the date of its head line, where navigation and the like would have another', () => {
    const html =
      '<p class="post-meta">By <a rel="author" href="/ann">Ann</a>, <time datetime="2023-11-15">x</time></p><nav><time datetime="2020-01-01">a</time></nav>'
    expect(read(`<title>t</title>${html}`)).toMatchObject({ published: '2023-11-15T00:00:00.000Z', authors: [{ name: 'Ann' }] })
  })

  it.each([
    ['written beside the text', '<p class="post-date">Published on: November 15, 2023</p>', '2023-11-15T00:00:00.000Z'],
    [
      'in the title of an abbreviation',
      '<abbr class="published" title="2023-11-15T10:13:20+08:00">then</abbr>',
      '2023-11-15T02:13:20.000Z',
    ],
    ['of no year', '<p class="post-date">November 15</p>', undefined],
    ['of a comment', '<div class="comment"><p class="date">2023-11-15</p></div>', undefined],
  ])('has a date %s', (_title, html, published) => {
    expect(read(`<title>t</title>${html}`).published).toBe(published)
  })

  it.each([
    ['of several meta elements', '<meta name="author" content="Ann"><meta name="author" content="Ben">', ['Ann', 'Ben']],
    ['without the word before it', '<div class="byline">Written by <b>Ann Weaver</b></div>', ['Ann Weaver']],
    ['once, where a title follows it', '<p class="author">Ann Weaver</p><p class="author">Ann Weaver Chief Spinner</p>', ['Ann Weaver']],
    ['without an address behind it', '<meta name="author" content="Ann Weaver - https://ann.example/">', ['Ann Weaver']],
    ['that is none', '<meta name="author" content=". ."><p class="author">Read more</p>', []],
    ['of a list of articles', [...'ABCDE'].map(name => `<p class="author">${name}nn</p>`).join(''), []],
    ['of a comment', '<div class="comments"><p class="author">Ann</p></div>', []],
    [
      'of the first of several posts',
      '<div><div><p class="author">Ann</p></div></div><div><div><p class="author">Ben</p></div></div>',
      ['Ann'],
    ],
    ['and the one beside it', '<div><p class="author">Ann</p> and <p class="author">Ben</p></div>', ['Ann', 'Ben']],
    ['before the name at a network', '<meta name="twitter:creator" content="@ann"><p class="author">Ann</p>', ['Ann']],
  ])('has the name of an author %s', (_title, html, names) => {
    expect(read(`<title>t</title>${html}`).authors.map(({ name }) => name)).toEqual(names)
  })

  it.each([
    ['behind the heading', '<title>Warp - and weft - Loom Notes</title><h1>Warp - and weft</h1>', 'Warp - and weft'],
    ['that it states', '<title>Warp | Loom</title><meta property="og:site_name" content="Loom">', 'Warp'],
    ['before the title', '<title>Loom: Warp | Loom</title><meta property="og:site_name" content="Loom">', 'Loom: Warp'],
    ['that nobody states', '<title>Warp | Loom</title>', 'Warp | Loom'],
    ['that is its heading', '<title>Warp | Loom</title><h1>Loom</h1>', 'Warp | Loom'],
  ])('has a title tag without the name of the site, %s', (_title, html, title) => {
    expect(read(html).title).toBe(title)
  })

  it.each([
    ['the only one', '<h1>Warp <a href="#w">#</a></h1>', 'h1'],
    ['behind what meta elements state', '<h1>Warp</h1><meta name="dc:title" content="Warp">', 'meta dc.title'],
  ])('has a heading for its title: %s', (_title, html, from) => {
    expect(read(html)).toMatchObject({ title: 'Warp', from: { title: from } })
  })

  it('passes over an Open Graph title that is the name of the site, where the title tag says more', () => {
    const names = '<meta property="og:title" content="Loom"><meta property="og:site_name" content="Loom">'
    expect(read(`${names}<title>Warp | Loom</title>`)).toMatchObject({ title: 'Warp', from: { title: 'title' } })
    expect(read(`${names}<title>Loom</title>`)).toMatchObject({ title: 'Loom', from: { title: 'meta og:title' } })
  })

  it.each([
    ['/a/p1', '/a/warp', '/a/warp'],
    ['/a/p1/amp', '/a/p1', '/a/p1'],
    ['/a/p1/2', '/a/p1', '/a/p1'],
    ['/a/p1/', '/a/p1', '/a/p1'],
    ['/?p=12', '/a/warp', '/a/warp'],
    ['/a/p1', '/a', '/a/p1'],
    ['/a/p1', '/blog', '/a/p1'],
    ['/p1', '/zh-cn/posts/', '/p1'],
    ['/p1', '/index.html', '/p1'],
    ['/p1', '/', '/p1'],
    ['/view.php?id=12', '/view.php', '/view.php?id=12'],
    ['/view.php?from=12', '/view.php', '/view.php'],
  ])('has for its address, at %s where it calls itself %s: %s', (path, canonical, own) => {
    const url = `https://loomstack.example${path}`
    for (const tag of [`<link rel="canonical" href="${canonical}">`, `<meta property="og:url" content="${canonical}">`]) {
      const outcome = extractArticle({ url, body: `<title>t</title>${tag}` }, { body: false })
      expect(outcome.ok && outcome.value.url).toBe(`https://loomstack.example${own}`)
    }
  })

  it.each([
    ['<meta content="https://loomstack.example/warp" property="og:url">', 'https://loomstack.example/warp'],
    ['<link href="https://loomstack.example/?p=12" rel="canonical">', 'https://loomstack.example/?p=12'],
    ['<link rel="canonical" href="https://loomstack.example/en/">', 'a.html'],
    ['<!-- saved from url=(0033)https://loomstack.example/en/ -->', 'https://loomstack.example/en/'],
    ['', 'a.html'],
  ])('has for its address, where it lies on a disk and says %s: %s', (tag, own) => {
    const outcome = extractArticle({ url: 'a.html', body: `${tag}<title>t</title>` }, { body: false })
    expect(outcome).toMatchObject({ ok: true, value: { url: own } })
  })

  it.each(['comment', 'post comment-open'])('is read from the article with the heading of the page, also when its class is %s', name => {
    const html = `<article class="${name}"><header><h1>Warp</h1><p>By <a rel="author" href="/ann">Ann</a> on <time>2023-11-15</time></p></header></article>`
    expect(read(`<title>Warp | Loomstack</title>${html}`)).toMatchObject({
      title: 'Warp',
      published: '2023-11-15T00:00:00.000Z',
      authors: [{ name: 'Ann' }],
    })
  })

  it.each([
    'Posted on T by jane under tech',
    'Posted on T by jane doe.',
    'posted in tech by jane on T',
    'T by jane doe',
    'T · tutorials · 5 min read',
    'tutorials · T',
    'Posted T, filed under weaving',
    'T | no comments',
    'Last updated T',
    'Publicado el T por Ana en notas',
    'publié le T par Jean',
    'Опубликовано T автор Иван в заметках',
    'T with 3 comments',
  ])('has the date of the line: %s', line => {
    for (const name of ['p', 'li'])
      expect(read(`<title>t</title><article><${name}>${line.replace('T', '<time>2023-11-15</time>')}</${name}></article>`).published).toBe(
        '2023-11-15T00:00:00.000Z',
      )
  })

  it.each([
    ['text', '<p>On <time datetime="1969-07-20">that day</time> two people walked on the moon, and a third one flew around it alone.</p>'],
    ['text in Chinese', '<p><time datetime="1969-07-20">1969 年 7 月 20 日</time>，人类首次登上月球。</p>'],
    [
      'a sentence',
      '<p>The first version of the protocol was released on <time datetime="1969-07-20">20 July</time>, and it was quickly adopted.</p>',
    ],
    ['a few words', '<p>Meet us on <time datetime="1969-07-20">Sunday</time></p>'],
    ['a list of appointments', '<ul><li><time datetime="1969-07-20">Sunday</time>: meeting</li></ul>'],
    ['an appointment', '<p>On <time datetime="1969-07-20">Sunday</time> we meet.</p>'],
    ['a list of releases', '<ul><li>released on <time datetime="1969-07-20">20 July</time> by the team</li></ul>'],
    ['a quotation', '<blockquote>To weave is to wait. <cite class="author">Ann Weaver</cite> <time>1969-07-20</time></blockquote>'],
    [
      'a book',
      '<div itemscope itemtype="https://schema.org/Book"><meta itemprop="datePublished" content="1969-07-20"><meta itemprop="author" content="Ann"><time itemprop="datePublished">1969-07-20</time><b itemprop="author">Ann</b></div>',
    ],
  ])('has no date and no author out of %s', (_title, html) => {
    const article = read(`<title>t</title><article>${html}</article>`)
    expect(article).not.toHaveProperty('published')
    expect(article.authors).toEqual([])
    const after = read(
      `<title>t</title><article>${html}<p class="line">By <b class="author">Ben</b> on <time>2023-11-15</time></p></article>`,
    )
    expect(after).toMatchObject({ published: '2023-11-15T00:00:00.000Z', authors: [{ name: 'Ben' }] })
  })

  it.each([
    '<p class="meta">woven with care on <time>2023-11-15</time> by Ada</p>',
    '<p>Published on <time>2023-11-15</time> by Ada Weaver · 5 min read</p>',
    '<p>posted by <a href="/ada">ada</a> in <a href="/warp">warp</a>, <time>2023-11-15</time></p>',
    '<p>Publié le <time datetime="2023-11-15">15 novembre 2023</time> par Ada</p>',
    '<p>发布于 <time>2023-11-15</time>，作者 Ada</p>',
    '<p><span>Posted <time>2023-11-15</time></span></p>',
    '<ul><li>Ada Weaver</li><li><time>2023-11-15</time></li></ul>',
    '<header><time>2023-11-15</time></header>',
  ])('has a date out of %s', html => {
    expect(read(`<title>t</title><article>${html}</article>`).published).toBe('2023-11-15T00:00:00.000Z')
  })

  it('has no date where a program wrote that it knows none', () => {
    const meta = '<meta property="article:published_time" content="0001-01-01T00:00:00+00:00">'
    expect(read(`<title>t</title>${meta}`)).not.toHaveProperty('published')
    expect(read(`<title>t</title>${meta}<time>2023-11-15</time>`).published).toBe('2023-11-15T00:00:00.000Z')
  })

  it('has what meta elements say in microdata of an article, of the page, and beside all of it', () => {
    const meta = '<meta itemprop="datePublished" content="2023-11-15">'
    for (const begin of ['', '<div itemscope>', '<div itemscope itemtype="https://schema.org/WebPage">'])
      expect(read(`<title>t</title>${begin}${meta}`).published).toBe('2023-11-15T00:00:00.000Z')
  })

  it('has no title of two headings', () => {
    expect(extractArticle({ url: 'https://loomstack.example/', body: '<h1>Warp</h1><h1>Weft</h1>' })).toMatchObject({
      ok: false,
      problem: { code: 'ARTICLE_TITLE_MISSING' },
    })
  })

  it('takes `name` of JSON-LD for the title, where `headline` tells what it is and the page is called by the other', () => {
    const json = '{"@type":"Article","name":"Warp","headline":"set of threads in a loom"}'
    expect(read(`<title>Warp - Loom Notes</title><script type="application/ld+json">${json}</script>`).title).toBe('Warp')
    expect(read(`<title>Threads</title><script type="application/ld+json">${json}</script>`).title).toBe('set of threads in a loom')
  })

  it('reads each name of a property, and passes over a picture that is the sign of the site', () => {
    expect(
      read(
        '<meta property="x:title og:title" content="t"><meta property="og:image" content="/favicon-32.png"><meta name="twitter:image" content="/a.jpg">',
      ),
    ).toMatchObject({ title: 't', image: 'https://loomstack.example/a.jpg' })
  })

  it('has the picture that a link names, and the author of a property outside of any item', () => {
    expect(read('<title>t</title><link rel="image_src" href="/a.jpg"><p itemprop="author"><b itemprop="name">Ann</b></p>')).toMatchObject({
      image: 'https://loomstack.example/a.jpg',
      authors: [{ name: 'Ann' }],
    })
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
