import { describe, expect, it } from 'vitest'
import { bareAddressAt } from '../../src/post/bare-address.js'

function found(text: string): string | undefined {
  const colon = text.indexOf('://')
  return bareAddressAt(text, colon, colon, text.length)?.text
}

describe('bareAddressAt', () => {
  it.each([
    ['见https://example.org/a，推荐直接看。', 'https://example.org/a'],
    ['(https://example.org/a_(b))', 'https://example.org/a_(b)'],
    ['https://zh.wikipedia.org/wiki/开源。', 'https://zh.wikipedia.org/wiki/开源'],
    ['https://mp.weixin.qq.com/s/AAAAAAAAAAAAAAAAAAAAAA点击', 'https://mp.weixin.qq.com/s/AAAAAAAAAAAAAAAAAAAAAA'],
    ['**https://example.org/**', 'https://example.org/'],
    ['https://example.org/A*b_c?', 'https://example.org/A*b_c'],
    ['[https://example.org/a](b)', 'https://example.org/a'],
    ['https://example.org/?a=1&amp;b=2', 'https://example.org/?a=1&b=2'],
    ['hhttps://example.org', 'hhttps://example.org'],
    ['ttps://example.org', 'ttps://example.org'],
    ['ftp://example.org', undefined],
    ['https://', undefined],
    ['x://y', undefined],
  ])('finds in "%s": %s', (text, address) => {
    expect(found(text)).toBe(address)
  })
})
