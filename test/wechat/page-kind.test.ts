import { describe, expect, it } from 'vitest'
import type { Page } from '../../src/types.js'
import { wechatExtractor } from '../../src/wechat/extract-wechat.js'
import { longAddress, noticePage, shortAddress } from './small-page.js'

function extract(body: string, finalUrl = shortAddress) {
  const page: Page = {
    url: shortAddress,
    finalUrl,
    status: 200,
    mediaType: 'text/html',
    body,
    fetchedAt: '2026-01-01T00:00:00.000Z',
    from: 'store',
  }
  return wechatExtractor.extract(page, { body: true })
}

const notices: readonly (readonly [title: string, code: string, detail?: string])[] = [
  ['该内容已被发布者删除', 'WECHAT_DELETED'],
  ['The content has been deleted by the author.', 'WECHAT_DELETED'],
  ['此帐号已自主注销，内容无法查看', 'WECHAT_DELETED'],
  ['账号已注销', 'WECHAT_DELETED'],
  ['This account has been deactivated', 'WECHAT_DELETED'],
  ['此内容因违规无法查看', 'WECHAT_VIOLATION'],
  ['Unable to view this content because it violates regulations', 'WECHAT_VIOLATION'],
  ['此帐号已被屏蔽, 内容无法查看', 'WECHAT_VIOLATION'],
  ['此内容被投诉且经审核涉嫌侵权，无法查看', 'WECHAT_VIOLATION'],
  ['此文章已由第三方辟谣', 'WECHAT_VIOLATION'],
  ['环境异常', 'WECHAT_VERIFICATION', '当前环境异常，完成验证后即可继续访问。'],
  ['访问过于频繁，请用微信扫描二维码进行访问', 'WECHAT_VERIFICATION'],
  ['操作频繁，请稍后再试', 'WECHAT_VERIFICATION'],
  ['Too many requests', 'WECHAT_VERIFICATION'],
  ['链接已过期', 'WECHAT_LINK_EXPIRED'],
  ['The link has expired', 'WECHAT_LINK_EXPIRED'],
  ['参数错误', 'WECHAT_PARAMETER_ERROR'],
  ['Parameter error', 'WECHAT_PARAMETER_ERROR'],
  ['该公众号已迁移', 'WECHAT_MIGRATED'],
  ['The account has been migrated', 'WECHAT_MIGRATED'],
  ['此帐号处于帐号迁移流程中', 'WECHAT_UNAVAILABLE'],
  ['此内容发送失败无法查看', 'WECHAT_UNAVAILABLE'],
  ['系统出错', 'WECHAT_UNAVAILABLE'],
  ['System error', 'WECHAT_UNAVAILABLE'],
  ['该内容暂时无法查看', 'WECHAT_UNAVAILABLE'],
  ['请在微信客户端打开链接', 'WECHAT_UNAVAILABLE'],
  ['一句还没有人见过的话', 'WECHAT_UNAVAILABLE'],
  ['该图文已删除', 'WECHAT_DELETED'],
  ['此內容已被發佈者刪除', 'WECHAT_DELETED'],
  ['内容已被投稿人删除', 'WECHAT_DELETED'],
  ['此內容因違規無法查看', 'WECHAT_VIOLATION'],
  ['该公众号已注销', 'WECHAT_DELETED'],
  ['该公众号已被永久封禁', 'WECHAT_VIOLATION'],
  ['此内容因违规无法查看', 'WECHAT_VIOLATION', '相关内容已被删除'],
  ['此内容无法查看', 'WECHAT_VIOLATION', '涉嫌违反相关法律法规和政策'],
  ['该账号主体已完成迁移', 'WECHAT_MIGRATED'],
  ['页面已失效', 'WECHAT_LINK_EXPIRED'],
  ['Link expired', 'WECHAT_LINK_EXPIRED'],
  ['Environment abnormal', 'WECHAT_VERIFICATION'],
  ['Open it in Weixin', 'WECHAT_UNAVAILABLE'],
  ['此帳號已自主註銷，內容無法查看', 'WECHAT_DELETED'],
  ['The account has been voluntarily deleted. Content unavailable.', 'WECHAT_DELETED'],
  ['此帳號已被屏蔽，內容無法查看', 'WECHAT_VIOLATION'],
  ['此公眾號已遷移', 'WECHAT_MIGRATED'],
  ['訪問過於頻繁，請用微信掃描二維碼進行訪問', 'WECHAT_VERIFICATION'],
  ['連結已過期', 'WECHAT_LINK_EXPIRED'],
  ['參數錯誤', 'WECHAT_PARAMETER_ERROR'],
]

describe('pages of WeChat that are no article', () => {
  it.each(notices.map(([title, code, detail = '']) => ({ title, code, detail })))(
    'names the notice 「$title」 $code',
    ({ title, code, detail }) => {
      const outcome = extract(noticePage(title, detail))
      expect(outcome).toMatchObject({ ok: false, problem: { code, data: { reason: title }, where: { url: shortAddress } } })
    },
  )

  it('gives the rule and the account of a violation', () => {
    const scripts = "window.cgiData = { del_reason_id: '20004', del_reason: '违反&nbsp;法规', user_name: 'gh_1', nick_name: 'A&amp;B', };"
    expect(extract(noticePage('此内容因违规无法查看', '由用户投诉', scripts))).toMatchObject({
      ok: false,
      problem: { code: 'WECHAT_VIOLATION', data: { rule: '违反 法规', account: 'A&B', userName: 'gh_1', reasonId: '20004' } },
    })
  })

  it('gives the target of an account that has moved', () => {
    const target = 'https://mp.weixin.qq.com/s?__biz=MzA5OTk5OTk4OQ==&amp;mid=1&amp;idx=1'
    expect(extract(noticePage('该公众号已迁移', '', `var transferTargetLink = '${target}'.html(false);`))).toMatchObject({
      ok: false,
      problem: { code: 'WECHAT_MIGRATED', data: { target: target.replaceAll('&amp;', '&') } },
    })
  })

  it.each([
    [
      'without the session of whoever asked',
      `${longAddress}&chksm=c&key=SECRET&uin=UIN&pass_ticket=T&exportkey=E#rd`,
      { target: longAddress },
    ],
    ['only where it is an article of WeChat', 'http://169.254.169.254/x', { target: undefined }],
  ])('gives the target of an account that has moved, or of a captcha, %s', (_, target, data) => {
    const moved = extract(noticePage('该公众号已迁移', '', `var transferTargetLink="${target}";`))
    const captcha = extract(`<script>window.cgiData={poc_token:"x",cap_appid:"1",target_url:"${target}"}</script>`)
    expect(moved).toMatchObject({ problem: { code: 'WECHAT_MIGRATED' } })
    expect(captcha).toMatchObject({ problem: { code: 'WECHAT_VERIFICATION' } })
    for (const outcome of [moved, captcha]) {
      expect(!outcome.ok && outcome.problem.data?.['target']).toBe(data.target)
      expect(JSON.stringify(outcome)).not.toMatch(/SECRET|UIN|pass_ticket|exportkey|chksm/)
    }
  })

  it('gives the address that a captcha stands before', () => {
    const body = `<title></title><div class="weui-msg"></div><script>var PAGE_MID='mmbizwap:secitptpage/verify.html';window.cgiData = { target_url : "${shortAddress}", cap_appid : "1", poc_token : "x", }</script>`
    expect(extract(body)).toMatchObject({ ok: false, problem: { code: 'WECHAT_VERIFICATION', data: { target: shortAddress } } })
  })

  it.each([
    [
      'a captcha by the address that answered',
      '<p></p>',
      'https://mp.weixin.qq.com/mp/wappoc_appmsgcaptcha?poc_token=x',
      'WECHAT_VERIFICATION',
    ],
    [
      'a captcha of megabytes by its words',
      `<script>${'x;'.repeat(500_000)}</script><h2>环境异常</h2><p>完成验证后即可继续访问</p><a>去验证</a>`,
      shortAddress,
      'WECHAT_VERIFICATION',
    ],
    ['an album', '<ul class="album__list js_album_list"><li class="album__list-item"></li></ul>', shortAddress, 'WECHAT_NOT_ARTICLE'],
    ['an album by its address', '<p>x</p>', 'https://mp.weixin.qq.com/mp/appmsgalbum?__biz=MzA=&album_id=1', 'WECHAT_NOT_ARTICLE'],
    ['the list of an album as JSON', '{"base_resp":{"ret":0},"getalbum_resp":{"article_list":[]}}', shortAddress, 'WECHAT_NOT_ARTICLE'],
    [
      'an account',
      "<title>关于公众号</title><script>var PAGE_MID='mmbizwap:wxverify/info.html';</script>",
      shortAddress,
      'WECHAT_NOT_ARTICLE',
    ],
    ['the history of an account', '<title>某号</title><script>var msgList = {"list":[]};</script>', shortAddress, 'WECHAT_NOT_ARTICLE'],
    [
      'a parameter error without words',
      "<div class='weui-msg'></div><script>var ret = '-2';</script>",
      shortAddress,
      'WECHAT_PARAMETER_ERROR',
    ],
    [
      'a captcha by its data',
      '<script>window.cgiData = {"target_url":"","cap_appid":"1","poc_token":"x"}</script>',
      shortAddress,
      'WECHAT_VERIFICATION',
    ],
    [
      'the error page of a server',
      '<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center><hr><center>nginx</center></body></html>',
      shortAddress,
      'WECHAT_UNAVAILABLE',
    ],
    ['an empty shell', '<title></title><div id="app"></div>', shortAddress, 'WECHAT_UNAVAILABLE'],
    [
      'the small page without a notice box',
      '<title>该内容暂时无法查看</title><div class="mesg-block"><p>该内容暂时无法查看</p></div>',
      shortAddress,
      'WECHAT_UNAVAILABLE',
    ],
    ['nothing at all', '', shortAddress, 'WECHAT_UNAVAILABLE'],
    ['some other page', `<p>${'不是文章。'.repeat(100)}</p>`, shortAddress, 'WECHAT_NOT_ARTICLE'],
  ])('knows %s', (_title, body, finalUrl, code) => {
    expect(extract(body, finalUrl)).toMatchObject({ ok: false, problem: { code } })
  })

  it('is not misled by the words of an article or of its scripts', () => {
    const body = `<script>var text = {"del":"该内容已被发布者删除"}; var tpl = '<div class="weui-msg__title">环境异常</div>'; var msgList = null</script>
<h1 id="activity-name">该内容已被发布者删除：一页的生平</h1><div id="js_content"><p>链接已过期，参数错误，secitptpage/verify。</p></div>`
    expect(extract(body)).toMatchObject({ ok: true, value: { title: '该内容已被发布者删除：一页的生平' } })
  })

  it('is not misled by templates that a notice holds in its scripts', () => {
    const body = noticePage('该内容已被发布者删除', '', `var tpl = '<div id="js_content">{{content}}</div>';`)
    expect(extract(body)).toMatchObject({ ok: false, problem: { code: 'WECHAT_DELETED' } })
  })
})
