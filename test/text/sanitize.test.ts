import { load } from 'cheerio'
import type { AnyNode } from 'domhandler'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import cases from '../../fixtures/text/sanitized.json' with { type: 'json' }
import { htmlToText, parseHtml, voidElements } from '../../src/text/html.js'
import { cleanText } from '../../src/text/plain.js'
import { sanitizeHtml } from '../../src/text/sanitize.js'
import { rounds } from '../rounds.js'

/** The tree as one line of text: each element with its attributes, `tbody` left out, since parsers add it. */
function outline(nodes: readonly AnyNode[]): string {
  const out: string[] = []
  const left: (AnyNode | string)[] = [...nodes].reverse()
  for (let node = left.pop(); node !== undefined; node = left.pop()) {
    if (typeof node === 'string') out.push(node)
    else if (node.type === 'text') out.push(node.data)
    else if ('attribs' in node) {
      const isShown = node.name !== 'tbody'
      if (isShown) out.push(`<${node.name} ${JSON.stringify(node.attribs)}>`)
      if (isShown && !voidElements.has(node.name)) left.push(`</${node.name}>`)
      left.push(...[...node.children].reverse())
    }
  }
  return out.join('')
}

const tags =
  'p div section span b i a ul ol li dl dt dd table caption colgroup col thead tbody tfoot tr td th pre h1 h2 blockquote figure img br hr details summary ruby rt video source form script svg style title textarea x-y'.split(
    ' ',
  )
const attributes = fc.constantFrom(
  '',
  ' href="https://example.org/a"',
  ' src="//example.org/b.png"',
  ' src=https://example.org/c.mp4 lang=zh',
  ' colspan=2 span=3 start=4 class=language-x open datetime=2023 data-kind=a',
  " title='\"<>&'",
)
const soup = fc
  .array(
    fc.oneof(
      { weight: 5, arbitrary: fc.tuple(fc.constantFrom(...tags), attributes).map(([tag, attribute]) => `<${tag}${attribute}>`) },
      { weight: 3, arbitrary: fc.constantFrom(...tags).map(tag => `</${tag}>`) },
      { weight: 3, arbitrary: fc.constantFrom('文', 'x', ' ', '\n', '&amp;', '&lt;b&gt;', '<', '\r', ' ', '<!-- c -->', '&nbsp') },
      { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 8 }) },
    ),
    { maxLength: 40 },
  )
  .map(pieces => pieces.join(''))

describe('sanitizeHtml', () => {
  it('makes no more than ten times as much of many links with a long base', () => {
    const html = '<a href=b>x</a>'.repeat(100_000)
    const clean = sanitizeHtml(html, { baseUrl: `http://example.org/${'a/'.repeat(950)}` })
    expect(clean.length).toBeLessThan(html.length * 10)
    expect(clean.endsWith('xxx')).toBe(true)
  })

  it.each(cases)('$name', ({ html, baseUrl, expected }) => {
    expect(sanitizeHtml(html, baseUrl === undefined ? {} : { baseUrl })).toBe(expected)
  })

  it('changes nothing when done again', () => {
    fc.assert(
      fc.property(fc.oneof(soup, fc.string({ unit: 'binary' })), html => {
        const once = sanitizeHtml(html)
        expect(sanitizeHtml(once)).toBe(once)
      }),
      { numRuns: rounds(2000) },
    )
  })

  it('means the same to a browser and to a lenient parser', () => {
    fc.assert(
      fc.property(soup, html => {
        const clean = sanitizeHtml(html)
        const browser = load(`<!doctype html><body><div>${clean}</div>`)('body > div').contents().get()
        // Only browsers know that the first line break in `pre` does not count.
        const lenient = parseHtml(clean.replace(/(<pre[^>]*>)\n/g, '$1')).children
        expect(outline(browser)).toBe(outline(lenient))
      }),
      { numRuns: rounds(2000) },
    )
  })

  it('writes XML characters only', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        const clean = sanitizeHtml(`${text}<img alt="${text}" src="https://example.org/a.png">`)
        expect(cleanText(clean)).toBe(clean)
      }),
    )
  })

  it('takes a tree as well as a text', () => {
    expect(sanitizeHtml(parseHtml('<p onclick=x>a</p>').children)).toBe('<p>a</p>')
  })

  it('ignores a base that is no address', () => {
    expect(sanitizeHtml('<a href="/x">a</a><a href="https://example.org/">b</a>', { baseUrl: 'nonsense' })).toBe(
      'a<a href="https://example.org/">b</a>',
    )
  })

  const many = 100_000
  it.each([
    ['nested elements', `${'<div>'.repeat(many)}x${'</div>'.repeat(many)}`],
    ['nested links', '<a href="https://example.org/"><b>x'.repeat(many)],
    ['nested tables', `${'<table><tr><td>'.repeat(many)}x`],
    ['text loose in tables', '<table>x'.repeat(many)],
    ['attributes', `<p ${Array.from({ length: many }, (_, i) => `a${i}=1`).join(' ')}>x</p>`],
    ['angle brackets', `${'<'.repeat(5 * many)}x`],
    ['ampersands', `${'&'.repeat(5 * many)}x`],
    ['open comments', `x${'<!--'.repeat(2 * many)}`],
    ['end tags of nothing', `${'</b>'.repeat(many)}x`],
    ['scripts that close themselves', `x${'<script/>'.repeat(many)}`],
  ])('survives a hundred thousand %s', (_name, html) => {
    const clean = sanitizeHtml(html)
    expect(htmlToText(clean)).toContain('x')
    expect(clean).not.toContain('<script')
  })
})
