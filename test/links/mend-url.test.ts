import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import cases from '../../fixtures/links/mended.json' with { type: 'json' }
import { mendUrl } from '../../src/links/mend-url.js'
import { rounds } from '../rounds.js'

describe('mendUrl', () => {
  it.each(cases)('makes of $text: $url', ({ text, url, mended }) => {
    expect(mendUrl(text)).toEqual(url === undefined ? undefined : { url, mended })
  })

  it('never throws, gives web and mail addresses only, and has nothing to mend in them', () => {
    const pieces = fc.constantFrom(
      'h',
      't',
      'p',
      's',
      ':',
      '：',
      '/',
      '／',
      '//',
      'www.',
      'example.org',
      '，',
      '。',
      '(',
      ')',
      '<',
      '>',
      '](',
      '&amp;',
      ' ',
      '文',
      '@',
      'https://',
      '%EF%BC%8C',
      '\u200b',
      'javascript:',
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.webUrl(),
          fc.array(pieces, { maxLength: 14 }).map(all => all.join('')),
        ),
        text => {
          const address = mendUrl(text)
          if (address === undefined) return
          expect(address.url).toMatch(/^(?:https?:\/\/[^/]|mailto:)/)
          expect(mendUrl(address.url)?.url).toBe(address.url)
        },
      ),
      { numRuns: rounds(5000) },
    )
  })

  it('leaves good addresses alone', () => {
    // Some characters are good at the end of an address, and still never meant as part of it.
    const good = fc.webUrl({ withQueryParameters: true }).filter(url => /[\w/]$/.test(url))
    fc.assert(
      fc.property(good, url => {
        expect(mendUrl(url)).toEqual({ url: new URL(url).href, mended: false })
      }),
    )
  })
})
