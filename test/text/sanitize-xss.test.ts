import { load } from 'cheerio'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import vectors from '../../fixtures/text/xss-vectors.json' with { type: 'json' }
import { sanitizeHtml } from '../../src/text/sanitize.js'
import { rounds } from '../rounds.js'
import { findDanger } from './find-danger.js'

describe('sanitizeHtml on hostile HTML', () => {
  it.each(vectors)('leaves nothing that runs of: $name', ({ html }) => {
    for (const baseUrl of [undefined, 'https://example.org/a/b']) {
      const clean = sanitizeHtml(html, baseUrl === undefined ? {} : { baseUrl })
      expect(findDanger(clean)).toEqual([])
      expect(findDanger(`<svg>${clean}</svg>`).filter(found => found !== '<svg>')).toEqual([])
      expect(sanitizeHtml(clean)).toBe(clean)
    }
  })

  it('leaves nothing that runs of vectors cut and mixed at random', () => {
    const piece = fc.tuple(fc.constantFrom(...vectors), fc.nat(80), fc.nat(80)).map(([{ html }, from, to]) => html.slice(from, from + to))
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.constantFrom(...vectors.map(({ html }) => html))), { maxLength: 6 }), pieces => {
        const clean = sanitizeHtml(pieces.join(''))
        expect(findDanger(clean)).toEqual([])
        expect(sanitizeHtml(clean)).toBe(clean)
      }),
      { numRuns: rounds(500) },
    )
  })

  it('gives the same for HTML that a stricter parser has read before', () => {
    for (const { html } of vectors) expect(findDanger(sanitizeHtml(load(html).root().get()))).toEqual([])
  })
})
