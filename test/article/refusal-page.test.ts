import { isTag } from 'domhandler'
import { describe, expect, it } from 'vitest'
import { isRefusal } from '../../src/article/refusal-page.js'
import { parseHtml } from '../../src/text/html.js'

const empty = parseHtml('')

describe('isRefusal', () => {
  it.each([
    '404',
    '404 Not Found',
    'Error 403',
    'Oops! Page not found',
    'Page not found · Loom',
    'Sorry, this page is not available',
    'Just a moment...',
    'Attention Required! | Guard',
    'Access Denied',
    '502 Bad Gateway',
    'Are you a robot?',
    'Human Verification',
    'Sign in',
    '页面不存在',
    '抱歉，您访问的页面不存在',
    '该文章已被删除',
    '出错啦! - 织布坊',
    '404_织布坊',
    '安全验证',
    '登录 - 织布坊',
    'Site maintenance',
    '系统维护通知',
    'Before you continue to Loom',
    '提示信息 - 织布论坛',
  ])('knows a page by the title %s', title => {
    expect(isRefusal(empty, title, undefined)).toBe(true)
  })

  it.each([
    '404 Looms and how they jam',
    'Access denied: how we broke it',
    'Forbidden fruit',
    'Not found in translation',
    'Login flows explained',
    'Gone with the weft',
    '500 days of weaving',
    '验证码的设计',
    '登录系统设计与实现',
    '404 Not Found: a history of the error page',
    '系统维护的艺术',
    'Maintenance of looms',
    '验证 - 织布的基石',
    undefined,
  ])('takes an article for one whose title is %s', title => {
    expect(isRefusal(empty, title, undefined)).toBe(false)
  })

  const ask = (html: string, size: number) => {
    const document = parseHtml(`<main>${html}</main>`)
    const [root] = document.children
    return root !== undefined && isTag(root) ? isRefusal(document, 'Loom', { root, size }) : expect.unreachable()
  }

  it('knows a page that asks for proof of a human, and a form for comments that does', () => {
    const guard = '<div id="challenge-running">Wait</div>'
    expect(ask(guard, 300)).toBe(true)
    expect(ask(guard, 3_000)).toBe(false)
    expect(ask('<div class="comments"><form><div class="captcha"></div></form></div>', 300)).toBe(false)
  })

  it('knows a page that asks for a password', () => {
    expect(ask('<form><input type="Password"></form>', 300)).toBe(true)
    expect(ask('<form><input type="search"></form>', 300)).toBe(false)
  })
})
