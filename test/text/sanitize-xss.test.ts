import { load } from 'cheerio'
import type { AnyNode } from 'domhandler'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import vectors from '../../fixtures/text/xss-vectors.json' with { type: 'json' }
import { allowedElements } from '../../src/text/allowed-html.js'
import { sanitizeHtml } from '../../src/text/sanitize.js'

/** Frames around an element that the parser adds by itself. */
const ownElements = new Set(['html', 'head', 'body', 'tbody'])
const addresses = new Set(['href', 'src', 'poster', 'cite'])
const ownAttributes = new Set(['controls', 'preload'])

/** All that a browser would find in the HTML and that may not be there. */
function findDanger(html: string): string[] {
  const found: string[] = []
  const left: AnyNode[] = [...load(html).root().contents().get()]
  for (let node = left.pop(); node !== undefined; node = left.pop()) {
    if (node.type === 'comment' || node.type === 'directive') found.push(`${node.type} ${node.data}`)
    if (!('attribs' in node)) continue
    const attributes = allowedElements.get(node.name)
    if (attributes === undefined && !ownElements.has(node.name)) found.push(`<${node.name}>`)
    for (const [name, value] of Object.entries(node.attribs)) {
      if (attributes?.[name] === undefined && !ownAttributes.has(name)) found.push(`${name} on <${node.name}>`)
      if (addresses.has(name) && !/^(?:https?:\/\/|mailto:)/.test(value)) found.push(`${name}="${value}"`)
    }
    left.push(...node.children)
  }
  return found
}

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
      { numRuns: 500 },
    )
  })

  it('gives the same for HTML that a stricter parser has read before', () => {
    for (const { html } of vectors) expect(findDanger(sanitizeHtml(load(html).root().get()))).toEqual([])
  })
})
