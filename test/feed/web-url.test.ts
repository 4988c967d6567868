import { describe, expect, it } from 'vitest'
import { toWebUrl } from '../../src/feed/web-url.js'

describe('toWebUrl', () => {
  it.each(['https://example.org', 'HTTP://Example.org/a%20b?x=1', 'https://mp.weixin.qq.com/s?__biz=Mz==&mid=1#rd'])(
    'leaves %s as it is',
    url => expect(toWebUrl(url)).toBe(url),
  )

  it.each([
    ['https://例子.测试/路 径?查=询', 'https://xn--fsqu00a.xn--0zwm56d/%E8%B7%AF%20%E5%BE%84?%E6%9F%A5=%E8%AF%A2'],
    ['https://example.org/a|b?c={d}&e=[f]', 'https://example.org/a%7Cb?c=%7Bd%7D&e=%5Bf%5D'],
    ['https://example.org/#a#b', 'https://example.org/#a%23b'],
    ['https://example.org/100%', 'https://example.org/100%25'],
  ])('writes %s so that it is legal', (text, url) => expect(toWebUrl(text)).toBe(url))

  it.each(['/relative', 'javascript:alert(1)', 'data:image/png;base64,AA', 'https://', 'https://xn--a.example', '', undefined])(
    'refuses %s',
    text => {
      expect(toWebUrl(text)).toBeUndefined()
    },
  )
})
