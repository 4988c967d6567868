import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import cases from '../../fixtures/links/kinds.json' with { type: 'json' }
import { identifyLink } from '../../src/links/identify-link.js'
import { linkKind } from '../../src/links/link-kind.js'

describe('linkKind', () => {
  it.each(cases)('calls $url $kind', ({ url, kind }) => {
    expect(linkKind(url)).toBe(kind)
  })

  it('says wechat of articles only, and other of what is no address of the web', () => {
    fc.assert(
      fc.property(fc.oneof(fc.webUrl({ withQueryParameters: true }), fc.string(), fc.constantFrom(...cases.map(({ url }) => url))), url => {
        const { kind } = identifyLink(url)
        expect(linkKind(url) === 'wechat').toBe(kind === 'wechat')
        expect(linkKind(url) === 'other').toBe(kind === 'invalid')
      }),
    )
  })
})
