import { describe, expect, it } from 'vitest'
import { extractArticle } from '../../src/article/extract-article.js'
import { longKey, shortAddress } from './small-page.js'

const article = (body: string, url = shortAddress) => {
  const outcome = extractArticle({ url, body })
  return outcome.ok ? outcome.value : outcome.problem
}

const numbers = `window.biz = '' || '' || 'MzA5OTk5OTk4OQ=='; window.mid = '' || '' || '2650000001';
  window.idx = '' || '' || '1'; window.sn = '' || '' || '0123456789abcdef0123456789abcdef'; window.ct = '1700000000' || '';`

describe('templates between 2019 and 2024', () => {
  it('are read where they choose between an app’s data and their own', () => {
    const page = `<!DOCTYPE html><html><head><title></title><meta property="og:title" content="织\\x26amp;染"></head><body id="activity-detail">
      <div id="js_article"><div class="rich_media_content" id="js_content" style="visibility: hidden;"><p>正文</p></div></div>
      <script>${numbers} var d = {};
        d.nick_name = (xml ? getXmlValue('nick_name.DATA') : '试验&amp;织坊').html(false);
        var user_name = xml ? getXmlValue('user_name.DATA') : 'gh_0123456789ab';
        window.hd_head_img = xml ? getXmlValue('hd_head_img.DATA') || '' : 'http://wx.qlogo.cn/mmhead/abc/0' || '';
        d.title="a library";</script></body></html>`
    expect(article(page)).toMatchObject({
      key: longKey,
      title: '织&染',
      kind: 'article',
      published: '2023-11-14T22:13:20.000Z',
      account: { name: '试验&织坊', userName: 'gh_0123456789ab', image: 'https://wx.qlogo.cn/mmhead/abc/0' },
      html: '<p>正文</p>',
    })
  })

  it('give a picture message its pictures and its text out of variables', () => {
    const page = `<!DOCTYPE html><html><head><title></title></head><body class="page_share_img"><div id="js_article" class="share_content_page"></div>
      <script>${numbers} window.item_show_type = '8' || ''; window.msg_title = window.title = '两张图' || ''; var nickname = htmlDecode("试验织坊");
        window.picture_page_info_list = [
          { width: '1080' * 1, height: '720' * 1, cdn_url: 'https://mmbiz.qpic.cn/mmbiz_jpg/one/0?wx_fmt=jpeg\\x26amp;from=appmsg',
            watermark_info: { cdn_url: 'https://mmbiz.qpic.cn/mmbiz_jpg/mark/0?wx_fmt=jpeg' } },
          { cdn_url: '//mmbiz.qpic.cn/mmbiz_png/two/0?wx_fmt=png' },
        ].slice(0, 20);
        window.desc = "第一段\\x0a第二段 &amp; 更多";</script></body></html>`
    expect(article(page)).toMatchObject({ title: '两张图', kind: 'pictures', account: { name: '试验织坊' } })
    expect(article(page)).toHaveProperty('html', expect.stringContaining('<p>第一段<br>第二段 &amp; 更多</p>'))
    expect(article(page)).toHaveProperty(
      'html',
      expect.stringMatching(/one\/0\?wx_fmt=jpeg"[^>]*width="1080"[^>]*>[\s\S]*two\/0\?wx_fmt=png/),
    )
    expect(article(page)).toHaveProperty('html', expect.not.stringContaining('mark'))
  })

  it('give a text message its text, and a title that is its beginning', () => {
    const page = `<!DOCTYPE html><html><head><title></title></head><body class="page_share_text"><div id="js_article"><div id="js_content"></div></div>
      <script>${numbers} window.item_show_type = '10' || ''; window.msg_title = window.title = '正文第一段。\\x0a\\x0a正文第二段。' || '';</script></body></html>`
    expect(article(page)).toMatchObject({ kind: 'text', html: '<p>正文第一段。</p>\n<p>正文第二段。</p>' })
  })
})

describe('scripts in other forms', () => {
  const content = '<h1 id="activity-name">题</h1><div id="js_content"><p>x</p></div>'
  const minified = `biz="MzA5OTk5OTk4OQ==",mid=""||"2650000001",idx='1',sn="0123456789abcdef0123456789abcdef",ct="1700000000",nickname="织\\"坊"`

  it.each([
    ['a date without quotes', 'var ct = 1700000000;', { published: '2023-11-14T22:13:20.000Z' }],
    [
      'one declaration for all',
      `var a=1,${minified};`,
      { key: longKey, published: '2023-11-14T22:13:20.000Z', account: { name: '织"坊', id: 'MzA5OTk5OTk4OQ==' } },
    ],
  ])('are read: %s', (_, script, expected) => {
    expect(article(`${content}<script>${script}</script>`)).toMatchObject(expected)
  })

  it.each([
    ['what is passed to a function', 'f(x,ct="1700000000")'],
    ['a declaration that calculates', 'var a=f(1),ct="1700000000"'],
    ['a small number', 'var ct=17'],
  ])('do not make a date of %s', (_, script) => {
    expect(article(`${content}<script>${script}</script>`)).not.toHaveProperty('published')
  })
})

describe('addresses that pages give of themselves', () => {
  it.each(['?nwr_flag=1#wechat_redirect', '?poc_token=abc&scene=1', '#rd'])('are the same article behind %s', tail => {
    const page = `<html><head><meta property="og:title" content="题"><meta property="og:url" content="${shortAddress}${tail}"></head>
      <body><div id="js_article"><div id="js_content"><p>x</p></div></div><script>${numbers}</script></body></html>`
    expect(article(page, `${shortAddress}${tail}`)).toMatchObject({
      key: longKey,
      url: shortAddress,
      aliases: ['wechat:s/AbCdEfGhIjKlMnOpQrStUv'],
    })
  })
})

describe('a paid article', () => {
  it('that was not paid for gives what it shows, and no mark in its title', () => {
    const page = `<html><head></head><body><div id="js_article"><h1 id="activity-name">织锦<span>已付费</span></h1>
      <div id="js_content"><p>试读</p><div class="pay__mask"></div><mp-pay-preview-filter><p>再读</p></mp-pay-preview-filter></div></div>
      <script>${numbers} var msg_title = '织锦'.html(false); var is_pay_subscribe = '1' * 1;</script></body></html>`
    expect(article(page)).toMatchObject({ title: '织锦', paid: true, html: expect.stringContaining('试读') })
  })
})
