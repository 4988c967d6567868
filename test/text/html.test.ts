import { type AnyNode, isTag, isText } from 'domhandler'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeEntities, escapeAttribute, escapeText, htmlToText, maxDepth, parseHtml, startTag } from '../../src/text/html.js'

describe('escaping', () => {
  it('is undone by decoding', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        expect(decodeEntities(escapeText(text))).toBe(text)
        expect(decodeEntities(escapeAttribute(text))).toBe(text)
        expect(escapeAttribute(text)).not.toMatch(/["<>]/)
      }),
    )
  })

  it('decodes once only, and what browsers decode', () => {
    expect(decodeEntities('MOSN&amp;SOFA &amp;lt; &#20013;&#x6587; &nbsp &copy &unknown; &')).toBe(
      'MOSN&SOFA &lt; 中文 \u00a0 © &unknown; &',
    )
  })
})

/** Start tags and texts of a tree; other nodes by their type. */
const outline = (nodes: readonly AnyNode[]): unknown[] =>
  nodes.map(node => (isTag(node) ? [startTag(node), ...outline(node.children)] : isText(node) ? node.data : node.type))

describe('parseHtml and startTag', () => {
  it.each([
    ['<p class="a">今天 &amp; x &lt; y<br>z</p>', [['<p class="a">', '今天 & x < y', ['<br>'], 'z']]],
    ['<!-- c --><ul><li>a</li><li>b</li></ul>', ['comment', ['<ul>', ['<li>', 'a'], ['<li>', 'b']]]],
    [
      '<script>if (a < b && c) {}</script><style>a > b {}</style>',
      [
        ['<script>', 'if (a < b && c) {}'],
        ['<style>', 'a > b {}'],
      ],
    ],
    ['<img alt="&quot;&lt;" hidden>', [['<img alt="&quot;&lt;" hidden>']]],
    ['<!doctype html><svg viewbox="0 0 1 1"><path d="M0 0"></path></svg>', ['directive', ['<svg viewbox="0 0 1 1">', ['<path d="M0 0">']]]],
  ])('read and write %s', (html, expected) => {
    expect(outline(parseHtml(html).children)).toEqual(expected)
  })

  it('flatten what is nested too deep, and lose no text', () => {
    const root = parseHtml(`${'<div>'.repeat(5000)}in${'</div>'.repeat(5000)}<p>out</p>`)
    let depth = 0
    let node = root.children[0]
    while (node !== undefined && isTag(node)) {
      depth++
      node = node.children[0]
    }
    expect(depth).toBe(maxDepth + 1)
    expect(root.children).toHaveLength(2)
    expect(htmlToText(root.children)).toBe('in\nout')
  })

  it('never throw', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('<', '>', '/', '!', '-', '[', 'a', 'p', ' ', '"', '=', '&', ';', '\u0000') }),
        html => outline(parseHtml(html).children).length >= 0,
      ),
    )
  })
})

describe('htmlToText', () => {
  it.each([
    ['<h1>标题</h1><p>a  b\n c<br>d</p><p>e</p>', '标题\na b c\nd\ne'],
    ['<div><div><p>a</p></div></div><div>b</div>', 'a\nb'],
    ['a<br><br><br><br>b', 'a\n\nb'],
    ['<ul><li>a<li>b</ul>c', 'a\nb\nc'],
    ['<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>', 'a b\nc'],
    ['<pre>  a\n    b\n</pre>c  d', 'a\n    b\nc d'],
    ['<head><title>t</title></head>a<script>b</script><style>c</style><noscript>d</noscript><template>e</template>', 'a'],
    ['a<b>b</b><!-- c -->d &lt;e&gt;&nbsp;f', 'abd <e> f'],
    ['<p>a</p>\n\n  <p>b</p>', 'a\nb'],
    ['', ''],
  ])('reads %j', (html, expected) => {
    expect(htmlToText(html)).toBe(expected)
  })

  it('survives any depth', () => {
    expect(htmlToText(`${'<b><p>'.repeat(50_000)}x`)).toBe('x')
  })
})
