import { describe, expect, it } from 'vitest'
import type { Page } from '../../src/types.js'
import { wechatExtractor } from '../../src/wechat/extract-wechat.js'
import { bodyPage, cgiPage, longAddress, longKey, shortAddress } from './small-page.js'

function extract(body: string | Uint8Array, url = shortAddress, options = { body: true }) {
  const page: Page = { url, finalUrl: url, status: 200, mediaType: 'text/html', body, fetchedAt: '2026-01-01T00:00:00.000Z', from: 'store' }
  return wechatExtractor.extract(page, options)
}

function articleOf(body: string | Uint8Array, url = shortAddress) {
  const outcome = extract(body, url)
  if (!outcome.ok) throw new Error(outcome.problem.message)
  return outcome.value
}

describe('wechatExtractor', () => {
  it('gives what the page states, with the place of each, and nothing else', () => {
    expect(articleOf(cgiPage(), longAddress)).toEqual({
      key: longKey,
      url: longAddress,
      title: '怎样织一匹布',
      authors: [{ name: '织女' }],
      kind: 'article',
      published: '2023-11-14T22:13:20.000Z',
      account: { name: '试验织坊', id: 'MzA5OTk5OTk4OQ==', userName: 'gh_0123456789ab', alias: 'test-weave' },
      extractor: 'wechat',
      from: {
        title: 'cgiDataNew.title',
        kind: 'cgiDataNew.item_show_type',
        key: 'page',
        authors: 'cgiDataNew.author',
        published: 'cgiDataNew.ori_create_time',
        account: 'cgiDataNew.nick_name',
        'account.id': 'cgiDataNew.bizuin',
        'account.userName': 'cgiDataNew.user_name',
        'account.alias': 'cgiDataNew.alias',
      },
    })
  })

  it('reads the fields that few pages have', () => {
    const page = cgiPage({
      title: 'A &amp;lt; B &lt;T&gt; &quot;x&quot;',
      desc: '见&amp;lt;a href=&amp;quot;x&amp;quot;&amp;gt;#话题&amp;lt;/a&amp;gt;，再见\n下一行',
      modify_time: 1_700_003_600,
      cdn_url: 'http://mmbiz.qpic.cn/mmbiz_jpg/abc/0?wx_fmt=jpeg&amp;amp;from=appmsg',
      cdn_url_1_1: 'https://mmbiz.qpic.cn/mmbiz_jpg/square/0?wx_fmt=jpeg',
      cdn_url_235_1: 'https://mmbiz.qpic.cn/mmbiz_jpg/wide/0?wx_fmt=jpeg',
      round_head_img: 'http://mmbiz.qpic.cn/mmbiz_png/head/0?wx_fmt=png',
      copyright_info: {
        copyright_stat: 2,
        reprint_type: 3,
        platform: '原来的号',
        reprint_url: 'http://mp.weixin.qq.com/s?__biz=MzU5OTk5OTk3Nw%3D%3D&amp;mid=7&amp;idx=2&amp;sn=ab',
      },
      appmsgalbuminfo: { title: '一册' },
      public_tag_info: { tags: [{ tag_name: '一册' }, { tag_name: '二册' }] },
      topic_infos: [{ topic: '#织布' }],
      ip_wording: { country_name: '中国', province_name: '浙江' },
      is_pay_subscribe: 1,
      source_url: 'https://example.org/full?a=1&amp;b=2',
    })
    expect(articleOf(page)).toMatchObject({
      title: 'A &lt; B <T> "x"',
      summary: '见#话题，再见 下一行',
      updated: '2023-11-14T23:13:20.000Z',
      image: 'https://mmbiz.qpic.cn/mmbiz_jpg/abc/0?wx_fmt=jpeg',
      images: {
        square: 'https://mmbiz.qpic.cn/mmbiz_jpg/square/0?wx_fmt=jpeg',
        wide: 'https://mmbiz.qpic.cn/mmbiz_jpg/wide/0?wx_fmt=jpeg',
      },
      account: { image: 'https://mmbiz.qpic.cn/mmbiz_png/head/0?wx_fmt=png' },
      original: false,
      reprint: { account: '原来的号', url: 'https://mp.weixin.qq.com/s?__biz=MzU5OTk5OTk3Nw==&mid=7&idx=2&sn=ab' },
      albums: ['一册', '二册'],
      topics: ['织布'],
      place: '浙江',
      paid: true,
      sourceUrl: 'https://example.org/full?a=1&b=2',
    })
  })

  it.each([
    ['5', 'video'],
    ['6', 'audio'],
    ['7', 'audio'],
    ['17', 'article'],
  ])('gives what is stated of a message with item_show_type %s', (type, kind) => {
    expect(articleOf(cgiPage({ item_show_type: Number(type), desc: '只有一句话' }))).toMatchObject({
      kind,
      title: '怎样织一匹布',
      summary: '只有一句话',
    })
  })

  it.each([
    ['5', ['WECHAT_KIND_PARTIAL']],
    ['7', ['WECHAT_KIND_PARTIAL']],
    ['0', []],
  ])('says that of a message with item_show_type %s only a part is read: %s', (type, codes) => {
    const outcome = extract(cgiPage({ item_show_type: Number(type), desc: '只有一句话' }))
    expect(outcome.ok && (outcome.problems ?? []).map(problem => problem.code)).toEqual(codes)
  })

  it('gives a video message its cover and a link, and an audio message its recording, where no body plays them', () => {
    const video = articleOf(
      cgiPage({ item_show_type: 5, desc: '一段', cdn_url: 'http://mmbiz.qpic.cn/cover/0?wx_fmt=jpeg', content_noencode: '' }),
    )
    expect(video.html).toBe(
      `<figure data-kind="video"><img src="https://mmbiz.qpic.cn/cover/0?wx_fmt=jpeg" alt=""><figcaption><a href="${shortAddress}">视频</a></figcaption></figure><p>一段</p>`,
    )
    const page = cgiPage({ item_show_type: 7, content_noencode: '' }).replace(
      '</body>',
      `<script>var a = { voiceid: "MzA5OTk5_1" }</script></body>`,
    )
    const audio = articleOf(page)
    expect(audio.attachments).toEqual([
      { url: 'https://res.wx.qq.com/voice/getvoice?mediaid=MzA5OTk5_1', type: 'audio/mpeg', title: '怎样织一匹布' },
    ])
    expect(audio.html).toContain('音频 怎样织一匹布')
  })

  it('gives a message of a kind that is not known its text and pictures', () => {
    const page = cgiPage({ item_show_type: 17, desc: '短短一句', picture_page_info_list: [{ cdn_url: 'https://mmbiz.qpic.cn/a/0' }] })
    expect(articleOf(page)).toMatchObject({
      kind: 'article',
      html: '<p>短短一句</p>\n<p><img src="https://mmbiz.qpic.cn/a/0" alt=""></p>',
    })
  })

  it.each([16, 17])('keeps the lines and pictures of a message of another kind (%i) that is a text as it was typed', item_show_type => {
    const page = bodyPage('短文 <b>\n第二行', { item_show_type, picture_page_info_list: [{ cdn_url: 'https://mmbiz.qpic.cn/a/0' }] })
    expect(articleOf(page)).toMatchObject({
      html: '<p>短文 &lt;b&gt;<br>第二行</p>\n<p><img src="https://mmbiz.qpic.cn/a/0" alt=""></p>',
    })
    const html = '<section><b>粗</b></section>'
    expect(articleOf(bodyPage(html, { item_show_type }))).toMatchObject({ html: '<p><b>粗</b></p>' })
  })

  it('keeps what was typed as the text of a video', () => {
    expect(articleOf(bodyPage('简介 <b>\n第二行', { item_show_type: 5 })).html).toContain('</figure><p>简介 &lt;b&gt;<br>第二行</p>')
  })

  it('gives a pointer the words of the account that shares it, and a link', () => {
    const copyright_info = {
      copyright_stat: 2,
      reprint_type: 2,
      platform: '别的号',
      reprint_url: 'http://mp.weixin.qq.com/s?__biz=MzU5OTk5OTk3Nw==&mid=7&idx=2&sn=ab',
      guide_words: '请读。',
    }
    const article = articleOf(bodyPage('<p>别人的全文</p>', { copyright_info }))
    expect(article.kind).toBe('share')
    expect(article.html).toBe(
      '<p>请读。</p>\n<p><a href="https://mp.weixin.qq.com/s?__biz=MzU5OTk5OTk3Nw==&amp;mid=7&amp;idx=2&amp;sn=ab">怎样织一匹布 - 别的号</a></p>',
    )
  })

  it.each([
    ['its first line', '今天说说怎样织布。\n第二行', '今天说说怎样织布。'],
    [
      'its first sentences, cut at one of them',
      '织布机坏了。修了三天才修好，每天从早到晚都在换零件。'.repeat(8),
      '织布机坏了。修了三天才修好，每天从早到晚都在换零件。织布机坏了。修了三天才修好，每天从早到晚都在换零件。织布机坏了。…',
    ],
    ['more than a first line that is too short', '早。\n今天说说怎样织一匹好布。', '早。 今天说说怎样织一匹好布。'],
  ])('gives a text message without a title of its own %s', (_title, text, title) => {
    const article = articleOf(cgiPage({ item_show_type: 10, title: text, text_page_info: { content_noencode: text, is_user_title: 0 } }))
    expect(article.title).toBe(title)
    expect(article.kind).toBe('text')
    expect(article).not.toHaveProperty('summary')
  })

  it('keeps the title that a text message has of its own', () => {
    const page = cgiPage({
      item_show_type: 10,
      title: '自己的标题',
      text_page_info: { content_noencode: '正文 Map<String>\n<a href="https://example.org/">链接</a>', is_user_title: 1 },
    })
    expect(articleOf(page)).toMatchObject({
      title: '自己的标题',
      html: '<p>正文 Map&lt;String&gt;<br><a href="https://example.org/">链接</a></p>',
    })
  })

  it('gives a picture message without any title its beginning', () => {
    const page = cgiPage({
      title: '',
      item_show_type: 8,
      desc: '织布机旁的一天。\n从早到晚。',
      picture_page_info_list: [{ cdn_url: 'https://mmbiz.qpic.cn/a/0' }],
    })
    expect(articleOf(page)).toMatchObject({ title: '织布机旁的一天。', kind: 'pictures' })
  })

  it('gives a picture message its text and all its pictures, not the watermarks', () => {
    const picture = (name: string) => ({
      cdn_url: `https://mmbiz.qpic.cn/mmbiz_png/${name}/0?wx_fmt=png&amp;from=appmsg`,
      width: 1080,
      height: 1440,
      watermark_info: { cdn_url: 'http://mmbiz.qpic.cn/w/0' },
    })
    const article = articleOf(bodyPage('一段[加油]\n\n另一段', { item_show_type: 8, picture_page_info_list: [picture('a'), picture('b')] }))
    expect(article.kind).toBe('pictures')
    expect(article.html).toBe(
      [
        '<p>一段[加油]</p>',
        '<p>另一段</p>',
        ...['a', 'b'].map(
          name => `<p><img src="https://mmbiz.qpic.cn/mmbiz_png/${name}/0?wx_fmt=png" alt="" width="1080" height="1440"></p>`,
        ),
      ].join('\n'),
    )
  })

  it('reads metadata alone when the body is not wanted', () => {
    const page = bodyPage('<p>正文</p>')
    const whole = articleOf(page)
    const outcome = extract(page, shortAddress, { body: false })
    expect(whole.html).toBe('<p>正文</p>')
    const { html: _, ...metadata } = whole
    const { html: __, ...from } = metadata.from
    expect(outcome).toEqual({ ok: true, value: { ...metadata, from } })
  })

  it('gives the same of bytes as of text', () => {
    const page = bodyPage('<p>正文</p><img data-src="https://mmbiz.qpic.cn/a/0">', { author: '作者🌏' })
    expect(articleOf(new TextEncoder().encode(page))).toEqual(articleOf(page))
  })

  it('reads what stood before the damage, then the other places', () => {
    const [before = ''] = bodyPage('x', { desc: 'd' }).split('ori_create_time')
    const page = `<div class="a" id="js_content"><p>显示的正文</p></div>${before}`
    expect(articleOf(page)).toMatchObject({ title: '怎样织一匹布', authors: [{ name: '织女' }], html: '<p>显示的正文</p>' })
    expect(articleOf(page)).not.toHaveProperty('published')
  })

  it('takes no data of an article that writes about such pages', () => {
    const page = `<div id="js_content"><pre>window.cgiDataNew = { title: 'x', nick_name: 'y' }; var msg_title = 'z';</pre></div><script>var msg_title = "真的标题";</script>`
    expect(articleOf(page).title).toBe('真的标题')
  })

  it('takes the heading of the article for its title, not the name of the platform in the title tag', () => {
    const page = `<head><title>微信公众平台</title></head><body><h1 id="activity-name">真正的标题</h1><div id="js_content">x</div></body>`
    expect(articleOf(page)).toMatchObject({ title: '真正的标题', from: { title: '#activity-name' } })
  })

  it.each([
    '<div id="js_content">x</div>',
    '<div id="js_content"><svg><title>icon</title></svg>x</div>',
    '<title> 微信公众平台\n</title><div id="js_content">x</div>',
  ])('has no title to give when the page states none: %s', page => {
    expect(extract(page)).toMatchObject({ ok: false, problem: { code: 'ARTICLE_TITLE_MISSING' } })
  })
})

describe('identity of an article', () => {
  const short = 'wechat:s/AbCdEfGhIjKlMnOpQrStUv'

  it('keeps the short address when the page was asked for by it', () => {
    expect(articleOf(cgiPage({ link: longAddress }))).toMatchObject({ key: longKey, url: shortAddress, aliases: [short] })
  })

  it('takes the short form of a page that was asked for by the long one as an alias', () => {
    expect(articleOf(cgiPage({ user_info: { short_link: shortAddress } }), longAddress)).toMatchObject({
      key: longKey,
      url: longAddress,
      aliases: [short],
    })
  })

  it('brings a temporary address to the long one', () => {
    const article = articleOf(cgiPage(), 'https://mp.weixin.qq.com/s?src=11&timestamp=1700000000&ver=1&signature=abc')
    expect(article).toMatchObject({ key: longKey, url: longAddress })
    expect(article.aliases).toHaveLength(1)
  })

  it('keeps the temporary address when the page states no check value', () => {
    const article = articleOf(cgiPage({ sn: '' }), 'https://mp.weixin.qq.com/s?src=11&timestamp=1700000000&ver=1&signature=abc')
    expect(article.key).toBe('wechat:MzA5OTk5OTk4OQ==/2650000001/1')
    expect(article.url).toContain('timestamp=1700000000')
  })

  it('believes a page that is another article than its address names, and says so', () => {
    const asked = 'https://mp.weixin.qq.com/s?__biz=MzA5OTk5OTk4OQ==&mid=2650000002&idx=1&sn=ff'
    const outcome = extract(cgiPage(), asked)
    expect(outcome).toMatchObject({
      ok: true,
      value: { key: longKey, url: longAddress },
      problems: [{ code: 'WECHAT_OTHER_ARTICLE', level: 'warning', where: { url: asked } }],
    })
    expect(outcome.ok && outcome.value.aliases).toBeFalsy()
  })

  it('falls back on the address when the page does not state the numbers', () => {
    expect(articleOf('<h1 id="activity-name">题</h1><div id="js_content">x</div>', longAddress)).toMatchObject({
      key: longKey,
      url: longAddress,
    })
  })
})

describe('older templates', () => {
  it('reads a page of 2016', () => {
    const page = `<html><head><script>var biz = "MzA5OTk5OTk4OQ=="; var sn = "0123456789abcdef0123456789abcdef" || ""; var mid = "2650000001" || ""; var idx = "1" || "" ;</script>
<title>旧文一篇</title></head><body><div id="page-content"><h2 class="rich_media_title" id="activity-name">旧文一篇</h2><em id="post-date" class="rich_media_meta rich_media_meta_text">2016-05-04</em>
<em class="rich_media_meta rich_media_meta_text">老作者</em><a id="post-user">老号</a><span class="profile_meta_value">old-weave</span>
<div class="rich_media_content" id="js_content"><p>正文。</p></div></div>
<script>var ct = "1462327200"; var nickname = "老号"; var user_name = "gh_old"; var msg_title = "旧文一篇"; var msg_desc = "一\\x0a二"; var msg_cdn_url = "http://mmbiz.qpic.cn/mmbiz/abc/0?wx_fmt=jpeg"; var msg_source_url = 'http://example.org/';</script></body></html>`
    expect(articleOf(page, longAddress)).toMatchObject({
      key: longKey,
      title: '旧文一篇',
      published: '2016-05-04T02:00:00.000Z',
      authors: [{ name: '老作者' }],
      account: { name: '老号', userName: 'gh_old', alias: 'old-weave' },
      summary: '一 二',
      image: 'https://mmbiz.qpic.cn/mmbiz/abc/0?wx_fmt=jpeg',
      sourceUrl: 'http://example.org/',
      html: '<p>正文。</p>',
    })
  })

  it('reads the date of a page that has no other in the time of China', () => {
    const page = `<title>题</title><div id="page-content"><em id="post-date" class="rich_media_meta rich_media_meta_text">2017-01-02</em><div id="js_content">x</div></div>`
    expect(articleOf(page)).toMatchObject({ title: '题', published: '2017-01-01T16:00:00.000Z', authors: [] })
  })

  it('reads a page in English by the same places', () => {
    const page = `<html><head><meta property="og:title" content="A &amp; B" /><meta name="author" content="Ann&nbsp;Weaver" /><meta property="og:description" content="one\\x0atwo \\x26lt;b\\x26gt;" /><title></title></head>
<body><h1 id="activity-name">A &amp; B</h1><a id="js_name"> Loom Weekly </a><em id="publish_time">yesterday</em><div id="js_content" style="visibility: hidden; opacity: 0;"><p>Body</p></div><script>window.LANG = "en"; var ct = "1700000000";</script></body></html>`
    const article = articleOf(page)
    expect(article).toMatchObject({
      title: 'A & B',
      authors: [{ name: 'Ann Weaver' }],
      account: { name: 'Loom Weekly' },
      published: '2023-11-14T22:13:20.000Z',
      html: '<p>Body</p>',
    })
    expect(article).not.toHaveProperty('language')
  })
})
