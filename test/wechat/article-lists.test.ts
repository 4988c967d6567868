import { describe, expect, it } from 'vitest'
import { parseAlbum } from '../../src/wechat/parse-album.js'
import { parseHistory } from '../../src/wechat/parse-history.js'
import { longAddress, longKey, noticePage, shortAddress } from './small-page.js'

const albumUrl = 'https://mp.weixin.qq.com/mp/appmsgalbum?__biz=MzA5OTk5OTk4OQ==&action=getalbum&album_id=1234567890123456789'

const listed = { title: '怎样织一匹布', url: `${longAddress}&chksm=abc#rd`, create_time: '1700000000', msgid: '2650000001', itemidx: '1' }
const second = { ...listed, title: '染', url: longAddress.replace('idx=1', 'idx=2').replace('https', 'http'), itemidx: '2' }

function albumJson(article_list: unknown, more: object = {}): string {
  return JSON.stringify({
    base_resp: { ret: 0 },
    getalbum_resp: { article_list, base_info: { title: '织造合集', nickname: '试验织坊' }, continue_flag: '0', ...more },
  })
}

function albumHtml(items: readonly (typeof listed)[], script = ''): string {
  const rows = items.map(
    ({ title, url, create_time, msgid, itemidx }) => `<li class="album__list-item js_album_item js_wx_tap_highlight wx_tap_cell"
      data-msgid="${msgid}" data-itemidx="${itemidx}" data-link="${url.replaceAll('&', '&amp;')}" data-title="${title}">
      <div class="album__item-img" style="background-image: url(https://mmbiz.qpic.cn/mmbiz_jpg/cover/0?wx_fmt=jpeg)"></div>
      <span class="album__item-title-wrp">${title}</span><span class="js_article_create_time album__item-info-item">${create_time}</span></li>`,
  )
  return `<!DOCTYPE html><html><head><title></title></head><body><div class="album__author-name">试验织坊</div>
    <div id="js_tag_name" class="album__label-title">#织造合集</div><ul class="album__list js_album_list">${rows.join('')}</ul><script>${script}</script></body></html>`
}

const articles = [
  { key: longKey, url: longAddress, title: '怎样织一匹布', published: '2023-11-14T22:13:20.000Z' },
  { key: longKey.replace('/1/', '/2/'), title: '染', published: '2023-11-14T22:13:20.000Z' },
]

describe('an album', () => {
  it('is read from its JSON', () => {
    expect(parseAlbum({ url: albumUrl, body: albumJson([listed, second]) })).toMatchObject({
      ok: true,
      value: { title: '织造合集', account: '试验织坊', articles },
    })
  })

  it('does not hang on items that stand in one another', () => {
    const item = '<div data-link="https://mp.weixin.qq.com/s/aaaaaaaaaaaaaaaaaaaaaa" data-title="t">'
    const body = `${item.repeat(240)}${'<b class="q r s">x</b>'.repeat(400_000)}`
    expect(parseAlbum({ url: 'https://mp.weixin.qq.com/mp/appmsgalbum?__biz=MzA3&album_id=1', body }).ok).toBe(true)
  })

  it('of one article has an object in place of the list', () => {
    expect(parseAlbum({ url: albumUrl, body: albumJson(listed) })).toMatchObject({ ok: true, value: { articles: articles.slice(0, 1) } })
  })

  it('is read from its page', () => {
    expect(parseAlbum({ url: albumUrl, body: new TextEncoder().encode(albumHtml([listed, second])) })).toMatchObject({
      ok: true,
      value: {
        title: '织造合集',
        account: '试验织坊',
        articles: articles.map(article => ({ ...article, image: 'https://mmbiz.qpic.cn/mmbiz_jpg/cover/0?wx_fmt=jpeg' })),
      },
    })
  })

  it.each([
    ['the JSON says that it goes on', albumJson([listed, second], { continue_flag: '1' }), true],
    ['the JSON says so with a number', albumJson([listed, second], { continue_flag: 1 }), true],
    ['the JSON says that it ends', albumJson([listed, second]), false],
    ['the script of the page says so', albumHtml([listed, second], "window.cgiData = { continue_flag: '1' * 1 }"), true],
    ['the script of the page says that it ends', albumHtml(Array(10).fill(listed), "window.cgiData = { continue_flag: '0' }"), false],
    ['a page is full and says nothing', albumHtml(Array(10).fill(second)), true],
    ['a page is not full', albumHtml([listed]), false],
  ])('names its next page when %s', (_, body, goesOn) => {
    const outcome = parseAlbum({ url: `${albumUrl}&scene=21#wechat_redirect`, body })
    const next = outcome.ok ? outcome.value.next : undefined
    const expected = `${albumUrl}&count=20&begin_msgid=2650000001&begin_itemidx=2&f=json`
    expect(next === undefined ? undefined : decodeURIComponent(next)).toBe(goesOn ? expected : undefined)
  })

  it.each([
    ['an empty album', albumJson(undefined), 'WECHAT_LIST_EMPTY'],
    ['no album', '<html><body>Nothing here</body></html>', 'WECHAT_UNAVAILABLE'],
    ['a notice', noticePage('该内容已被发布者删除'), 'WECHAT_DELETED'],
    ['damaged JSON', albumJson([listed]).slice(0, 100), 'WECHAT_LIST_EMPTY'],
  ])('that is %s gives the reason', (_, body, code) => {
    expect(parseAlbum({ url: 'https://mp.weixin.qq.com/mp/x', body })).toMatchObject({ ok: false, problem: { code } })
  })
})

const message = (title: string, url: string, more: object = {}) => ({
  app_msg_ext_info: { title, content_url: url, author: '织女', digest: '经&amp;nbsp;纬', cover: '', multi_app_msg_item_list: [], ...more },
  comm_msg_info: { datetime: 1_700_000_000, id: 1_000_000_727, type: 49 },
})
const temporary = '/s?timestamp=1500903767&amp;src=3&amp;ver=1&amp;signature=abc*def'
const list = {
  list: [
    message('怎样织一匹布', longAddress.replaceAll('&', '&amp;'), {
      multi_app_msg_item_list: [{ title: '染', content_url: shortAddress }],
    }),
    { comm_msg_info: { datetime: 1_700_000_001, type: 1, content: 'a text without an article' } },
    message('旧文', temporary),
  ],
}
const expected = [
  { key: longKey, title: '怎样织一匹布', author: '织女', published: '2023-11-14T22:13:20.000Z' },
  { url: shortAddress, title: '染', published: '2023-11-14T22:13:20.000Z' },
  { url: 'https://mp.weixin.qq.com/s?src=3&timestamp=1500903767&ver=1&signature=abc*def', title: '旧文' },
]

describe('a history of an account', () => {
  it.each([
    [
      'the page of a search engine',
      `<html><body><strong class="profile_nickname">试验织坊</strong><script>var msgList = ${JSON.stringify(list)};</script></body></html>`,
    ],
    [
      'the page of the app',
      `<html><body><strong id="nickname">试验织坊</strong><script>var msgList = '${JSON.stringify(list).replaceAll('"', '&quot;')}';</script></body></html>`,
    ],
  ])('is read from %s', (_, body) => {
    expect(parseHistory({ url: 'https://mp.weixin.qq.com/profile', body })).toMatchObject({
      ok: true,
      value: { account: '试验织坊', articles: expected },
    })
  })

  it('is read from the JSON of the app', () => {
    const body = JSON.stringify({ ret: 0, general_msg_list: JSON.stringify(list), can_msg_continue: 1 })
    expect(parseHistory({ url: 'history.json', body })).toMatchObject({ ok: true, value: { articles: expected } })
  })

  it('that was cut short gives what stood before the damage', () => {
    const text = JSON.stringify(list)
    const body = `<html><body><script>var msgList = ${text.slice(0, text.indexOf('旧文'))}`
    expect(parseHistory({ url: 'history.html', body })).toMatchObject({ ok: true, value: { articles: expected.slice(0, 2) } })
  })
})

describe('a list of a stranger', () => {
  it.each([
    ['lists within lists', '['.repeat(100_000)],
    ['an endless attribute', `<li data-link="${'x'.repeat(5_000_000)}`],
    ['a million items', '<li data-link="https://mp.weixin.qq.com/s/AbCdEfGhIjKlMnOpQrStUv" data-title="x">'.repeat(50_000)],
    ['a message list that never ends', `<script>var msgList = ${'{"list":['.repeat(50_000)}`],
  ])('with %s neither hangs nor throws', (_, body) => {
    expect(() => [parseAlbum({ url: albumUrl, body }), parseHistory({ url: albumUrl, body })]).not.toThrow()
  })
})
