import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readAnyBody } from '../../src/article/readable-body.js'
import { htmlToText, parseHtml } from '../../src/text/html.js'

const folder = new URL('../../fixtures/article/', import.meta.url)
const sitePages = readdirSync(folder)
  .filter(file => file.endsWith('.html') && !/^(?:generic|wechat)--/.test(file))
  .map(file => file.replace('.html', ''))

/** Words, and Chinese characters one by one. */
const wordsOf = (text: string) => text.toLowerCase().match(/\p{Script=Han}|[\p{L}\p{N}]+/gu) ?? []

function share(of: readonly string[], within: readonly string[]): number {
  const left = new Map<string, number>()
  for (const word of within) left.set(word, (left.get(word) ?? 0) + 1)
  const found = of.filter(word => {
    const count = left.get(word) ?? 0
    left.set(word, count - 1)
    return count > 0
  })
  return found.length / of.length
}

const read = (html: string) => readAnyBody(parseHtml(html), { title: 'Title', baseUrl: 'https://loomstack.example/' })
const sentence = 'The weaver counts the threads again, and again the count is one too few. '
const paragraphs = (count: number) => `<p>${sentence.repeat(2)}</p>`.repeat(count)

describe('readAnyBody', () => {
  it.each(sitePages)('finds the body of %s without knowing the site, or finds none', name => {
    const { article } = JSON.parse(readFileSync(new URL(`${name}.expected.json`, folder), 'utf8')) as {
      article: { title: string; html?: string }
    }
    const body = readAnyBody(parseHtml(readFileSync(new URL(`${name}.html`, folder), 'utf8')), {
      title: article.title,
      baseUrl: 'https://loomstack.example/',
    })
    if (body === undefined) return
    if (article.html === undefined) return expect.unreachable(body.html)
    const [wanted, got] = [wordsOf(htmlToText(article.html)), wordsOf(htmlToText(body.html))]
    expect(share(wanted, got), 'of the body was found').toBeGreaterThan(0.9)
    expect(share(got, wanted), 'of what was found is the body').toBeGreaterThan(0.85)
  })

  it('finds nine in ten of these bodies at least, of ten sites or more', () => {
    const hasBody = (name: string) => readFileSync(new URL(`${name}.expected.json`, folder), 'utf8').includes('"html": ')
    const pages = sitePages.filter(hasBody)
    const found = pages.filter(name =>
      readAnyBody(parseHtml(readFileSync(new URL(`${name}.html`, folder), 'utf8')), { title: '', baseUrl: 'https://loomstack.example/' }),
    )
    expect(new Set(pages.map(name => name.split('--')[0])).size).toBeGreaterThanOrEqual(10)
    expect(found.length).toBeGreaterThanOrEqual(0.9 * pages.length)
  })

  it('says where the body stood', () => {
    expect(read(`<div class="wrap"><div id="main" class="post-content big">${paragraphs(3)}</div></div>`)?.from).toBe(
      'div#main.post-content',
    )
  })

  it('leaves out the title, where the body says it again, and what frames the text', () => {
    const html = read(
      `<article><header class="post-header"><h1>Title</h1><time>2023-11-15</time></header><h1>Title</h1>${paragraphs(3)}
        <div class="share-buttons">Share this with all of your friends, and with their friends too, please</div></article>`,
    )?.html
    expect(html).toMatch(/^<p>The weaver/)
    expect(html).not.toContain('Share')
  })

  it('lets in what only looks like a frame, when the text is in it', () => {
    expect(read(`<div class="sidebar nav"><p>x</p>${paragraphs(4)}</div><div>Menu</div>`)?.html).toContain('The weaver')
    expect(read(`<form id="aspnetForm"><div>${paragraphs(4)}</div></form>`)?.html).toContain('The weaver')
  })

  it('keeps a section and a heading whose id is made of a title', () => {
    const html = `<main>${paragraphs(2)}<section id="comments"><h2 id="related">Comments in code</h2>${paragraphs(2)}</section></main>`
    expect(read(html)?.html.match(/The weaver/g)).toHaveLength(8)
    expect(read(html)?.html).toContain('Comments in code')
  })

  it('finds the article beside comments that are longer', () => {
    const body = read(
      `<div class="entry-content">${paragraphs(2)}</div><div class="comments-area">${paragraphs(9).replaceAll('weaver', 'reader')}</div>`,
    )
    expect(body?.html).not.toContain('reader')
  })

  it.each([
    ['<div id="comments">', '</div>'],
    ['<div id="disqus_thread"><div>', '</div></div>'],
    ['<div class="comment-box">', '</div>'],
    ['<div class="gt-item">', '</div>'],
    ['<div class="tk-item">', '</div>'],
    ['<section id="comments"><article class="comment-body">', '</article></section>'],
    ['<section id="comments">', '</section>'],
    ['<section><article class="comment even">', '</article></section>'],
    ['<section><article itemscope itemtype="https://schema.org/Comment">', '</article></section>'],
    ['<ul><li class="comment byuser even" id="comment-12">', '</li></ul>'],
    ['<ul><li class="pingback">a</li><li class="comment">', '</li></ul>'],
  ])('takes a short body that the page marks, never the comments beside it: %s', (begin, end) => {
    const comments = `${begin}<ol>${`<li><p>${sentence.replace('weaver', 'reader')}</p></li>`.repeat(60)}</ol>${end}`
    for (const marked of ['<div class="post-content" itemprop="articleBody">', '<div class="entry-content">'])
      for (const size of [1, 6]) {
        const html = read(`<article><h1>Title</h1>${marked}<p>${sentence.repeat(size)}</p></div></article>${comments}`)?.html
        expect(html).toContain('weaver')
        expect(html).not.toContain('reader')
      }
    expect(read(`<article></article>${comments}`)).toBeUndefined()
  })

  it.each([
    ['one, in an article', '<article class="comment"><p>', '</p></article>', 1],
    ['five, in articles', '<article class="comment"><p>', '</p></article>', 5],
    ['a list of them', '<ol><li><article class="comment"><p>', '</p></article></li></ol>', 5],
    ['five that have no marks but those of their section', '<div><p>', '</p></div>', 5],
  ])('takes the article that is not marked, never the comments beside it: %s', (_title, begin, end, count) => {
    const comment = `${begin}${sentence.replace('weaver', 'reader').repeat(80)}${end}`
    const html = read(
      `<article class="post"><h1>Title</h1><div>${paragraphs(6)}</div></article><section id="comments">${comment.repeat(count)}</section>`,
    )?.html
    expect(html).toContain('weaver')
    expect(html).not.toContain('reader')
  })

  const someComment = `<article class="comment"><p>${sentence.replace('weaver', 'reader')}</p></article>`
  it.each(['<div class="post comments-open">', '<article class="post comment-open">', '<main><article class="post comment-policy">'])(
    'finds the article in what is called by the comments that it may have: %s',
    begin => {
      for (const title of ['<h1>Title</h1>', ''])
        for (const beside of ['', someComment]) {
          const html = read(`${begin}${title}<div>${paragraphs(4)}</div></article></main></div>${beside}`)?.html
          expect(html).toContain('The weaver')
          expect(html).not.toContain('reader')
        }
    },
  )

  it.each(['<article class="hentry comment">', '<article itemscope itemtype="https://schema.org/UserComments">'])(
    'takes the only article, and that with the title, for no comment: %s',
    begin => {
      const html = `${begin}<div>${paragraphs(4)}</div></article>`
      for (const page of [html, html.replace('<div>', '<h1>Title</h1>$&') + someComment]) {
        expect(read(page)?.html).toContain('The weaver')
        expect(read(page)?.html).not.toContain('reader')
      }
    },
  )

  it('keeps an item of a list that is called a comment, where the others are not', () => {
    const html = read(`<article>${paragraphs(3)}<ul><li class="code">One</li><li class="comment">Two</li></ul></article>`)?.html
    expect(html).toContain('<li>Two</li>')
  })

  it.each([
    [
      'asks to accept cookies',
      '<h1>Before you continue</h1><form action="/consent"><p>We use cookies and data to deliver and maintain our services and to see how they are used.</p>',
    ],
    [
      'asks so in Chinese',
      '<form action="/consent"><p>在您继续之前：我们使用 Cookie 和数据来提供并维护我们的服务，并了解它们是怎样被人使用的。</p>',
    ],
    ['wants JavaScript', '<p>JavaScript is disabled. To continue, please verify that you are not a robot by solving a puzzle.</p>'],
    ['wants another browser', '<p>Your browser is not supported. Please use a newer version of one of those that are listed here.</p>'],
    ['wants a newer browser', '<p>您的浏览器版本过低，请更换为较新的浏览器后再来访问本站。</p>'],
    [
      'asks for an age',
      '<div class="age-gate"><p>Are you of legal age where you live? You have to be to enter this site and see what it has.</p></div>',
    ],
    ['says that a topic is gone', '<div id="messagetext" class="alert_error"><p>抱歉，指定的主题不存在或已被删除或正在被审核</p></div>'],
  ])('finds none in a page that %s', (_title, html) => {
    const rest = '<p>Whoever comes here is told the same, in the same words, and nothing of what was asked for.</p>'.repeat(4)
    expect(read(`<main>${html}${rest}</main>`)).toBeUndefined()
  })

  it('finds none in the foot of a page whose script has not run', () => {
    expect(read(`<div id="app"></div><footer>${paragraphs(6)}</footer>`)).toBeUndefined()
    expect(read(`<div id="app"></div><div class="site-footer">${paragraphs(6)}</div>`)).toBeUndefined()
  })

  it('takes an article that speaks of cookies or of JavaScript', () => {
    expect(read(`<article>${paragraphs(3)}<p>We use cookies. Enable JavaScript.</p></article>`)?.html).toContain('cookies')
    expect(read(`<article><p>We use cookies.</p>${paragraphs(12)}</article>`)?.html).toContain('cookies')
  })

  it('puts a body together that the page broke in several parts of one name', () => {
    const part = (number: number) => `<div class="wrap"><div class="story-body story-body-${number}">${paragraphs(number)}</div></div>`
    expect(read(`<article>${part(1)}<div class="ad">Buy</div>${part(3)}</article>`)?.html.match(/The weaver/g)).toHaveLength(8)
    const cards = `<article>${part(1)}</article><article>${part(3)}</article>`
    expect(read(cards)?.html.match(/The weaver/g)).toHaveLength(6)
  })

  it('prefers an article in an open dialog to the stream hidden behind it', () => {
    const stream = `<div hidden><ul>${'<li><p>The reader reads on and on, and there is no end to what there is to be read.</p></li>'.repeat(30)}</ul></div>`
    expect(read(`${stream}<div class="modal"><article>${paragraphs(4)}</article></div>`)?.html).not.toContain('reader')
  })

  it('knows a lone article from a list of articles, though its headings lead elsewhere', () => {
    const tests = `<h2><a href="https://shop.example/x">A loom</a></h2>${paragraphs(1)}`.repeat(5)
    expect(read(`<article>${tests}</article>`)?.html.match(/A loom/g)).toHaveLength(5)
    expect(read(`<main>${tests}</main>`)).toBeUndefined()
  })

  it('leaves out a list of other articles of the site that stands below the text', () => {
    const card = `<div><h3><a href="/x">Other</a></h3><p>${sentence.replace('weaver', 'reader')}</p></div>`
    const html = (text: string) => `<div id="x"><div>${text}</div><div>${card.repeat(4)}</div></div>`
    expect(read(html(paragraphs(8)))?.html).not.toContain('reader')
    expect(read(html(paragraphs(1)))).toBeUndefined()
  })

  it('takes a marked body of pictures, and a short text that is the only article', () => {
    expect(read('<article class="markdown-body"><h2>One</h2><img src="/a.jpg" alt=""></article>')?.html).toContain('a.jpg')
    expect(read(`<article><p>${sentence.repeat(2)}</p></article>`)?.html).toContain('The weaver')
    expect(read(`<main><p>${sentence.repeat(2)}</p></main>`)).toBeUndefined()
  })

  it('leaves out the name of a language beside code, and keeps one in the text', () => {
    const code = '<div class="language-sh"><button>Copy</button><span class="lang">sh</span><pre><code>weave</code></pre></div>'
    expect(read(`<article>${paragraphs(3)}<p>In <span class="lang">sh</span>:</p>${code}</article>`)?.html).toMatch(
      /<p>In sh:<\/p><div><pre><code>weave<\/code><\/pre><\/div>$/,
    )
  })

  it('keeps code that a tool bar goes around, without the button that copies it', () => {
    const code = '<div class="code-toolbar"><pre class="line-numbers"><code>weave()</code></pre><div class="toolbar">Copy</div></div>'
    expect(read(`<article>${paragraphs(3)}${code}<span class="copy-btn">Copy</span></article>`)?.html).toMatch(
      /weave\(\)<\/code><\/pre><\/div>$/,
    )
  })

  it('finds the body of a page that leaves `html` and `body` out', () => {
    expect(read(`<title>t</title><div class="head">Home</div><div><p>x</p>${paragraphs(4)}</div>`)?.html).toContain('The weaver')
  })

  it('takes the first post of a topic, not the answers, and none of a list of posts', () => {
    const post = (name: string, text: string) => `<div class="post-body"><b class="author">${name}</b><time>x</time>${text}</div>`
    const topic = `<div>${post('ann', paragraphs(2))}${post('ben', paragraphs(4).replaceAll('weaver', 'reader'))}</div>`
    expect(read(topic)?.html).toContain('weaver')
    expect(read(topic)?.html).not.toContain('reader')
    const list = `<div><h2><a href="/x">One</a></h2><div class="post-content">${paragraphs(1)}</div></div>`.repeat(5)
    expect(read(`<div>${list}</div>`)).toBeUndefined()
  })

  it('leaves out what a site puts below an article by itself, and keeps what the author does', () => {
    const links = '<ul><li><a href="/x">One other article</a></li></ul>'
    const html = read(
      `<article>${paragraphs(3)}<h2>Further reading</h2>${links}<h2>Related posts</h2>${links}<h3>Comments</h3></article><p>x</p>`,
    )?.html
    expect(html).toMatch(/<h2>Further reading<\/h2><ul>.*<\/ul>$/)
    expect(read(`<article>${paragraphs(3)}<h2>Comments</h2><p>${sentence}</p></article>`)?.html).toContain('Comments')
  })

  it.each([
    ['a page of links', `<ul>${'<li><a href="/x">A title of some article, which is rather long</a></li>'.repeat(30)}</ul>`],
    ['a list of articles', `<main>${`<div><h2><a href="/x">One</a></h2>${paragraphs(1)}</div>`.repeat(5)}</main>`],
    ['a page of labels', '<div>Home</div><div>About</div><div>Log in to go on</div>'],
    ['a page without text', '<img src="a.jpg">'],
    ['nothing', ''],
  ])('finds none in %s', (_title, html) => {
    expect(read(html)).toBeUndefined()
  })

  it.each([
    ['articles in one another', '<article>x'.repeat(100_000)],
    ['marked bodies', `<div class="post-content">${sentence}</div>`.repeat(20_000)],
    ['frames', `<div class="comments">${sentence}`.repeat(20_000)],
    ['hidden roots', `<div hidden>${sentence}`.repeat(20_000)],
  ])('does not stop for %s', (_title, html) => {
    read(html)
  })
})
