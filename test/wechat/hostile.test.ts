import { load } from 'cheerio'
import { describe, expect, it } from 'vitest'
import vectors from '../../fixtures/text/xss-vectors.json' with { type: 'json' }
import type { Page } from '../../src/types.js'
import { wechatExtractor } from '../../src/wechat/extract-wechat.js'
import { bodyPage, cgiPage, longAddress } from './small-page.js'

function extract(body: string) {
  const page: Page = {
    url: longAddress,
    finalUrl: longAddress,
    status: 200,
    mediaType: 'text/html',
    body,
    fetchedAt: '2026-01-01T00:00:00.000Z',
    from: 'store',
  }
  return wechatExtractor.extract(page, { body: true })
}

const active = 'script,style,iframe,object,embed,form,input,link,meta,base,svg,math,template'

/** Elements and attributes that could run something when a browser shows the HTML. */
function findDanger(html: string): string[] {
  const $ = load(html)
  const found: string[] = $('body')
    .find(active)
    .toArray()
    .map(element => `<${element.name}>`)
  for (const element of $('body *').toArray()) {
    if (!('attribs' in element)) continue
    for (const [name, value] of Object.entries(element.attribs)) {
      if (/^on|^style$|^srcdoc$/i.test(name) || /^\s*(?:javascript|data|vbscript):/i.test(value)) found.push(`${name}="${value}"`)
    }
  }
  return found
}

describe('a hostile page', () => {
  it.each(vectors)('runs nothing of: $name', ({ html }) => {
    const bodies = [
      bodyPage(html),
      bodyPage(html, { item_show_type: 8 }),
      cgiPage({ item_show_type: 10, text_page_info: { content_noencode: html } }),
    ]
    const pages = [
      ...bodies,
      `<h1 id="activity-name">t</h1><div id="js_content">${html}</div>`,
      cgiPage({ title: html, desc: html, author: html }),
    ]
    for (const page of pages) {
      const outcome = extract(page)
      expect(findDanger(outcome.ok ? (outcome.value.html ?? '') : '')).toEqual([])
    }
  })

  it.each([
    ['a body of 5 MB of nested boxes', bodyPage('<section>'.repeat(500_000))],
    [
      'a hundred thousand nested elements without any data',
      `<h1 id="activity-name">t</h1><div id="js_content">${'<div>'.repeat(100_000)}x`,
    ],
    ['spans around 200,000 line breaks', bodyPage(`${'<span>'.repeat(250)}${'<br>'.repeat(200_000)}x`)],
    ['strong text in strong text', bodyPage(`${'<strong>'.repeat(250)}${'x<br>'.repeat(100_000)}`)],
    ['100,000 marks of one footnote', bodyPage(`${'<sup>[1]</sup>'.repeat(100_000)}[1] https://example.org/`)],
    ['code in code', bodyPage(`${'<pre>'.repeat(250)}${'<code>x</code><br>'.repeat(100_000)}`)],
    ['data that never closes', `<script>window.cgiDataNew = {nick_name: 'n', title: 't', a: ${'{a:['.repeat(500_000)}`],
    ['a string that never closes', `<script>window.cgiDataNew = {nick_name: 'n', title: 't', a: '${'x'.repeat(5_000_000)}`],
    ['a million strings on one line', `<script>window.cgiDataNew = {nick_name: 'n', title: 't', ${"a:'b',".repeat(1_000_000)}`],
    ['a title of 1 MB', cgiPage({ title: '长'.repeat(1_000_000) })],
    ['escapes that expand', cgiPage({ title: '&amp;'.repeat(300_000), desc: '&amp;amp;amp;lt;'.repeat(100_000) })],
    ['a style of 5 MB', bodyPage(`<p style="${'background:url('.repeat(300_000)}"></p>`)],
    ['100,000 assignments', 'window.cgiDataNew = {'.repeat(100_000)],
    ['100,000 statements that do not end', `<h1 id="activity-name">t</h1><script>${'var ct = "'.repeat(100_000)}`],
    ['100,000 scripts that do not end', `<h1 id="activity-name">t</h1>${'<script '.repeat(100_000)}`],
    ['200,000 attributes that nearly are the one looked for', `<div ${'id=js_contentx '.repeat(200_000)}>`],
    [
      'a list of 300,000 expressions that are no values',
      `<h1 id="activity-name">t</h1><script>var album_info_list = [${'{a: f(x)\n'.repeat(300_000)}`,
    ],
    ['a choice of 200,000 choices', `<h1 id="activity-name">t</h1><script>var ct = ${"'' ? '' : ".repeat(200_000)}''`],
    ['200,000 names of recordings', `${cgiPage({ item_show_type: 7 })}${'voiceid : '.repeat(200_000)}`],
    ['100,000 pictures in vector graphics', bodyPage('<svg><image href="https://loomstack.example/a.png">'.repeat(100_000))],
    [
      '100,000 covers over pictures',
      bodyPage('<svg style="background:url(//mmbiz.qpic.cn/a)"><image href="//mmbiz.qpic.cn/b">'.repeat(100_000)),
    ],
    ['formulas in formulas', bodyPage('<section data-formula="x">'.repeat(100_000))],
    ['one declaration of 100,000 values', `<h1 id="activity-name">t</h1><script>var a=1${",ct='x'+1".repeat(100_000)}`],
    ['100,000 notices', '<div class="weui-msg__title">'.repeat(100_000)],
  ])('does not stop for %s', (_title, page) => {
    const outcome = extract(page)
    if (outcome.ok) expect([...outcome.value.title].length).toBeLessThanOrEqual(200)
    else expect(outcome.problem.code).toMatch(/^WECHAT_/)
  })
})
