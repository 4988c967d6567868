import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isTidyUrl, maxUrlLength, resolveLink, resolveUrl } from '../../src/text/url.js'
import { rounds } from '../rounds.js'

describe('resolveUrl', () => {
  it.each([
    ['https://EXAMPLE.org:443/a b', undefined, 'https://example.org/a%20b'],
    ['/x?y#z', 'https://example.org/a/b', 'https://example.org/x?y#z'],
    ['../c', 'http://example.org/a/b/', 'http://example.org/a/c'],
    ['//img.example.org/a.png', undefined, 'https://img.example.org/a.png'],
    ['//img.example.org/a.png', 'http://example.org/', 'http://img.example.org/a.png'],
    [' \u0000https://example.org/\n', undefined, 'https://example.org/'],
    ['https://例子.测试/路', undefined, 'https://xn--fsqu00a.xn--0zwm56d/%E8%B7%AF'],
    ['https://example.org/', 'nonsense', 'https://example.org/'],
    ['/x', undefined, undefined],
    ['/x', 'nonsense', undefined],
    ['', 'https://example.org/', undefined],
    ['mailto:a@example.org', undefined, undefined],
    ['java\tscript:alert(1)', 'https://example.org/', undefined],
    ['data:text/html,x', undefined, undefined],
    ['https://', undefined, undefined],
    ['http://[::1', undefined, undefined],
    [`https://example.org/${'x'.repeat(maxUrlLength)}`, undefined, undefined],
    [`https://example.org/${'文'.repeat(maxUrlLength / 4)}`, undefined, undefined],
  ])('resolves %j against %j', (text, base, expected) => {
    expect(resolveUrl(text, base)).toBe(expected)
  })

  it('never throws, and gives addresses that resolve to themselves', () => {
    const address = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.webUrl({ withFragments: true, withQueryParameters: true }),
      fc.string().map(text => `http://example.org/${text}`),
    )
    fc.assert(
      fc.property(address, fc.option(fc.webUrl(), { nil: undefined }), (text, base) => {
        const url = resolveUrl(text, base)
        if (url === undefined) return
        expect(url).toMatch(/^https?:\/\/[^/]/)
        expect(resolveUrl(url)).toBe(url)
      }),
    )
  })
})

describe('resolveLink', () => {
  it('takes mail addresses too, and nothing else', () => {
    expect(resolveLink('mailto:a@example.org')).toBe('mailto:a@example.org')
    expect(resolveLink('/x', 'https://example.org/')).toBe('https://example.org/x')
    for (const text of ['tel:1', 'ftp://example.org/', 'javascript:1', 'blob:https://example.org/1'])
      expect(resolveLink(text)).toBeUndefined()
  })
})

describe('isTidyUrl', () => {
  it.each(['https://example.org/', 'http://a.b-c.example.org/x/%E4/y.html?a=b&c=%zz#d/e?f', 'https://9a.example/@x:(1),;~!$*+'])(
    'knows %s',
    url => {
      expect(isTidyUrl(url)).toBe(true)
      expect(new URL(url).href).toBe(url)
    },
  )

  it('takes only what the URL standard would write just so', () => {
    const part = fc.constantFrom(
      ...'aZ0%.-_~/?#&=:@!$\'()*+,;|^\\"<>{}[] é中'.split(''),
      'https://',
      'http://',
      'a.example',
      'xn--',
      '%2e',
      '/../',
      '0x7f.1',
      ':443',
    )
    let tidy = 0
    fc.assert(
      fc.property(
        fc.oneof(
          fc.webUrl({ withFragments: true, withQueryParameters: true }),
          fc.array(part, { maxLength: 12 }).map(parts => `https://a.example/${parts.join('')}`),
          fc.array(part, { maxLength: 12 }).map(parts => `http://${parts.join('')}`),
        ),
        url => {
          if (!isTidyUrl(url)) return
          tidy++
          expect(new URL(url).href).toBe(url)
          expect(new URL(url, 'http://base.example/a/b').href).toBe(url)
        },
      ),
      { numRuns: rounds(5000) },
    )
    expect(tidy).toBeGreaterThan(rounds(500))
  })
})
