import { describe, expect, it } from 'vitest'
import { pages } from '../../fixtures/wechat/pages.js'
import { extractArticle } from '../../src/article/extract-article.js'
import { shortAddress } from './small-page.js'

const read = (body: string) => {
  const outcome = extractArticle({ url: shortAddress, body })
  return outcome.ok ? outcome.value : outcome.problem
}

/** Pages of each kind of message, made up. */
const messages = ['article', 'pictures', 'text', 'share'].flatMap(kind => pages.filter(page => page.kind === kind).slice(0, 2))

const withoutDoubleQuotes = (html: string, quote: string) =>
  html.replace(/<(?:div|h1|h2|a|span|em|strong|body)\s[^<>]*>/g, tag =>
    tag.replace(/="([^"'\s<>=`&]+)"/g, (_, value: string) => `=${quote}${value}${quote}`),
  )

describe('pages that programs have saved', () => {
  it.each([
    ['line breaks of Windows', (html: string) => html.replace(/\r?\n/g, '\r\n')],
    [
      'tags in capitals',
      (html: string) =>
        html.replace(/<(\/?)(div|h1|h2|a|span|em|meta|script|title|body)(?=[\s>])/g, (_, slash, name) => `<${slash}${name.toUpperCase()}`),
    ],
    ['attributes in single quotes', (html: string) => withoutDoubleQuotes(html, "'")],
    ['attributes without quotes', (html: string) => withoutDoubleQuotes(html, '')],
    ['no white space between tags', (html: string) => html.replace(/>\s+</g, '><')],
    ['no meta elements', (html: string) => html.replace(/<meta [^>]*>/g, '')],
  ])('are read the same with %s', (_, change) => {
    expect(messages.length).toBeGreaterThan(5)
    for (const page of messages) expect(read(change(page.html())), page.name).toEqual(read(page.html()))
  })
})

const numbers = `var biz = "" || "MzA5OTk5OTk4OQ=="; var mid = "" || "2650000001"; var idx = "" || "1"; var sn = "" || "0123456789abcdef0123456789abcdef";`

describe('pages without their data', () => {
  it('that point at another article give the words of the account, and a link', () => {
    const page = `<html><head><meta property="og:title" content="织机的历史"></head><body id="activity-detail"><div id="js_article">
      <p id="js_share_notice"><script>document.getElementById('js_share_notice').innerHTML = "请读。\\x0a\\x0a真的。".replace(/\\r/g,"");</script></p>
      <div id="js_share_content"><div id="js_share_author">别的号</div><div id="js_content"></div>
      <span data-url="http://mp.weixin.qq.com/s?__biz=MzU5OTk5OTk3Nw%3D%3D&amp;mid=7&amp;idx=2&amp;sn=ab&scene=45#wechat_redirect" id="js_share_source">阅读全文</span></div></div>
      <script>${numbers}</script></body></html>`
    const url = 'https://mp.weixin.qq.com/s?__biz=MzU5OTk5OTk3Nw==&mid=7&idx=2&sn=ab'
    expect(read(page)).toMatchObject({
      kind: 'share',
      reprint: { url, account: '别的号' },
      html: `<p>请读。</p>\n<p>真的。</p>\n<p><a href="${url.replaceAll('&', '&amp;')}">织机的历史 - 别的号</a></p>`,
    })
  })

  it('that are copies name whose article they are', () => {
    const page = `<html><head><title>题</title></head><body><div id="js_article"><strong class="original_primary_nickname">原来的号</strong><div id="js_content"><p>x</p></div></div>
      <script>${numbers} var reprint_type = '3' * 1; var copyright_stat = "2" * 1; var source_encode_biz = "MzU5OTk5OTk3Nw=="; var source_mid = "7"; var source_idx = "2";</script></body></html>`
    expect(read(page)).toMatchObject({
      kind: 'article',
      original: false,
      reprint: { account: '原来的号', url: 'https://mp.weixin.qq.com/s?__biz=MzU5OTk5OTk3Nw==&mid=7&idx=2' },
    })
  })

  it('and without scripts give what their elements say', () => {
    const page = `<html><head><meta property="og:title" content="一段话"></head><body class="zh_CN page_share_common page_share_text"><div id="js_article">
      <span id="copyright_logo">原创</span><div id="js_content"><p id="js_text_desc">第一行<br>第二行</p></div></div></body></html>`
    expect(read(page)).toMatchObject({ kind: 'text', title: '一段话', original: true, html: '第一行<br>第二行' })
    expect(read(page)).not.toHaveProperty('published')
  })

  it.each([
    ['2026年4月30日 12:00', '2026-04-30T04:00:00.000Z'],
    ['2026-04-30 12:00', '2026-04-30T04:00:00.000Z'],
    ['2026-04-30', '2026-04-29T16:00:00.000Z'],
    ['昨天 12:00', undefined],
  ])('and without scripts are dated by the words %s, in China’s time, where a script states nothing', (words, published) => {
    const page = (script = '') =>
      `<html><body><h1 id="activity-name">题</h1><em id="publish_time" class="rich_media_meta rich_media_meta_text">${words}</em><div id="js_content"><p>x</p></div>${script}</body></html>`
    expect({ published: undefined, ...read(page()) }).toMatchObject({ title: '题', published })
    expect(read(page('<script>var ct = "1700000000";</script>'))).toMatchObject({ published: '2023-11-14T22:13:20.000Z' })
  })

  it('give the albums that a template of 2024 states', () => {
    const page = `<html><body><h1 id="activity-name">题</h1><div id="js_content"><p>x</p></div><script>
      var publicTagInfo = [ { title: '织造笔记', size: '200' * 1, albumId: '2698309978880770049', tagId: '' * 1,
        id: 'https://x' ? (('https://x'.match(/[0-9]{8,}/)) ? ('https://x'.match(/[0-9]{8,}/))[0] : '') : '',
        continousReadOn: '1' * 1 },
      { title: '二册', albumId: '2' }, ];</script></body></html>`
    expect(read(page)).toMatchObject({ albums: ['织造笔记', '二册'] })
  })

  it('give all albums, past expressions that are no values, and all pictures', () => {
    const page = `<html><body><div id="js_article"></div><script>${numbers}
      window.item_show_type = '8' || ''; window.msg_title = '图' || ''; d.create_time = xml ? getXmlValue('ori_create_time.DATA') * 1 : '1700000000' * 1;
      window.album_info_list = [
        { title: '一册',
          id: 'a' ? (('a'.match(/[0-9]{8,}/)) ? ('a'.match(/[0-9]{8,}/))[0] : '') : '',
          size: '2' * 1 },
        { title: '二册' },
      ];
      window.picture_page_info_list = [
        { cdn_url: 'https://mmbiz.qpic.cn/a/0?wx_fmt=png', disable_theme_color: 'true' === 'true' ? 1 : 0, is_uploader: 'true' === 'true', },
        { cdn_url: 'https://mmbiz.qpic.cn/b/0?wx_fmt=png' },
      ];
      window.desc = "一\\x0a二 \\x26quot;三\\x26quot;".replace(/\\r/g, '').replace(/\\n/g, '<br>');</script></body></html>`
    expect(read(page)).toMatchObject({
      albums: ['一册', '二册'],
      published: '2023-11-14T22:13:20.000Z',
      html: '<p>一<br>二 "三"</p>\n<p><img src="https://mmbiz.qpic.cn/a/0?wx_fmt=png" alt=""></p>\n<p><img src="https://mmbiz.qpic.cn/b/0?wx_fmt=png" alt=""></p>',
    })
  })
})

describe('copies in an archive', () => {
  const stamp = '/web/20251112000000'
  const copyOf = (html: string) =>
    html.replace(/(src|content)="(?=https?:)/g, `$1="https://web.archive.org${stamp}im_/`).replace(/href="(?=https?:)/g, `href="${stamp}/`)
  const readCopy = (body: string | Uint8Array, url = `https://web.archive.org${stamp}/${shortAddress}`) => extractArticle({ url, body })

  it('are read as the page that was copied, with its identity', () => {
    for (const page of messages) {
      const outcome = readCopy(copyOf(page.html()))
      expect(outcome.ok ? { ...outcome.value, url: '' } : outcome.problem, page.name).toEqual({ ...read(page.html()), url: '' })
      expect(readCopy(new TextEncoder().encode(copyOf(page.html()))), page.name).toEqual(outcome)
    }
  })

  it('that state no numbers have the identity of the address in that of the copy', () => {
    const page = '<meta property="og:site_name" content="微信公众平台"><h1 id="activity-name">题</h1><div id="js_content">x</div>'
    const outcome = readCopy(page, `http://web.archive.org${stamp}id_/http://mp.weixin.qq.com/s/AbCdEfGhIjKlMnOpQrStUv?scene=1`)
    expect(outcome).toMatchObject({ ok: true, value: { key: 'wechat:s/AbCdEfGhIjKlMnOpQrStUv', url: shortAddress, extractor: 'wechat' } })
    expect(outcome.ok && outcome.value).not.toHaveProperty('account')
  })

  it('of a captcha are no captcha of the archive', () => {
    expect(readCopy('<script>window.cgiData={poc_token:"x"}</script>')).toMatchObject({ problem: { code: 'WECHAT_NOT_ARTICLE' } })
  })

  it.each([
    `https://loomstack.example${stamp}/${shortAddress}`,
    `https://web.archive.org${stamp}/https://loomstack.example/?u=${shortAddress}`,
  ])('of other sites are not taken for them: %s', url => {
    expect(readCopy('<title>题</title><h1 id="activity-name">题</h1><div id="js_content">x</div>', url)).toMatchObject({
      value: { extractor: 'generic' },
    })
  })
})

describe('a page that is cut short', () => {
  it('says so, and gives nothing that is not there', () => {
    for (const page of messages) {
      const whole = extractArticle({ url: shortAddress, body: page.html() })
      if (!whole.ok) return expect.unreachable(page.name)
      for (const share of [0.95, 0.6, 0.3, 0.1]) {
        const html = page.html()
        const outcome = extractArticle({ url: shortAddress, body: html.slice(0, Math.floor(html.length * share)) })
        if (!outcome.ok) {
          expect(outcome.problem.code).toMatch(/^(?:WECHAT_UNAVAILABLE|WECHAT_NOT_ARTICLE|ARTICLE_TITLE_MISSING)$/)
          continue
        }
        expect(outcome.value.title).toBe(whole.value.title)
        for (const field of ['published', 'account', 'original', 'paid'] as const)
          if (field !== 'account' && outcome.value[field] !== undefined) expect(outcome.value[field]).toEqual(whole.value[field])
      }
      const [before = ''] = page.html().split('ori_create_time')
      if (before.length < page.html().length)
        expect(extractArticle({ url: shortAddress, body: before })).toMatchObject({
          problems: [{ code: 'WECHAT_PAGE_CUT', level: 'warning' }],
        })
    }
  })
})
