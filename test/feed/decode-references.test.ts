import { decodeHTMLStrict } from 'entities/decode'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeReferences } from '../../src/feed/decode-references.js'

/** The same rule put down in the plainest way, for names that HTML has. */
function oneByOne(text: string): string {
  return text.replace(/&[a-zA-Z][a-zA-Z\d]{0,31};/g, reference => decodeHTMLStrict(reference))
}

const pieces = fc.oneof(
  fc.constantFrom(
    '&lt;',
    '&gt;',
    '&amp;',
    '&quot;',
    '&apos;',
    '&nbsp;',
    '&nGt;',
    '&nLt;',
    '&bne;',
    '&hellip;',
    '&CounterClockwiseContourIntegral;',
  ),
  fc.constantFrom('&', ';', '&;', '&lt', '&amp', 'lt;', '&nobody;', '&am', '# ', '<p>', '中文', '😀', 'é'),
  fc.string({ unit: 'binary', maxLength: 8 }),
)

describe('references', () => {
  it('are resolved once, each by itself, whatever stands around them', () => {
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }), list => {
        const text = list.join('')
        expect(decodeReferences(text)).toBe(oneByOne(text))
      }),
    )
  })

  it('are resolved the same in a text of any length', () => {
    for (const reference of ['&nGt;', '&lt;', '&amp;lt;', '&#x1F600;', '&nothing;', '中&', '&'])
      for (const count of [1, 7, 30, 149, 150, 6553, 6554, 20_000])
        expect(decodeReferences(reference.repeat(count))).toBe(decodeReferences(reference).repeat(count))
  })

  it('do not take what a text before them left behind', () => {
    expect(decodeReferences('&amp;&lt;&gt;&quot;t;t;amp;')).toBe('&<>"t;t;amp;')
    for (const cut of ['&', '&l', '&lt', '& &am', '& &quot']) expect(decodeReferences(cut)).toBe(cut)
  })
})
