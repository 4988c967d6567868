import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect } from 'vitest'
import vectors from '../../fixtures/text/xss-vectors.json' with { type: 'json' }
import { extractArticle } from '../../src/article/extract-article.js'
import { presentEntry } from '../../src/entry/present-entry.js'
import { sanitizeHtml } from '../../src/text/sanitize.js'
import { bodyPage, cgiPage, shortAddress } from '../wechat/small-page.js'
import { itWith } from './real-part.js'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'weekloom-xss-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A vector that runs says so: its `alert` writes here. A frame or a worker of it would ask for its parent's. */
const trap = `<!DOCTYPE html><meta charset="utf-8"><title>quiet</title><script>
  window.alert = window.confirm = window.prompt = window.print = () => { document.title = 'ran' }
</script>`
/** Clicks on links and hovers over all there is, once the page stands; then says that it got here. */
const provoke = `<script>
  addEventListener('load', () => {
    for (const element of document.body.querySelectorAll('*')) {
      for (const type of ['mouseover', 'mouseenter', 'focus', 'pointerenter', 'toggle', 'animationstart']) element.dispatchEvent(new Event(type))
      if (element.href && !/^https?:/.test(element.href)) element.click()
    }
    setTimeout(() => { document.title += ' to the end' }, 300)
  })
</script>`

/** The title of a page after a browser has opened it. */
function open(name: string, html: string): string {
  const file = join(folder, `${name}.html`)
  writeFileSync(file, `${trap}<body>${html}${provoke}`)
  const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking']
  const offline = ['--host-resolver-rules=MAP * ~NOTFOUND', `--user-data-dir=${join(folder, 'profile')}`, '--virtual-time-budget=2000']
  const dom = execFileSync('chromium', [...flags, ...offline, '--dump-dom', `file://${file}`], {
    encoding: 'utf8',
    timeout: 60_000,
    stdio: ['ignore', 'pipe', 'ignore'],
    maxBuffer: 1 << 26,
  })
  return /<title>([^<]*)<\/title>/.exec(dom)?.[1] ?? ''
}

const together = (htmls: readonly string[]) => htmls.map((html, index) => `<div data-vector="${index}">${html}</div>`).join('\n')

itWith(
  'chromium',
  'Chromium runs a vector that is not cleaned, so the trap works',
  () => {
    expect(open('trap', '<img src=x onerror=alert(1)>')).toMatch(/^ran/)
  },
  120_000,
)

itWith(
  'chromium',
  `none of ${vectors.length} vectors runs in Chromium once it is sanitised`,
  () => {
    expect(vectors.length).toBeGreaterThanOrEqual(60)
    expect(open('sanitised', together(vectors.map(({ html }) => sanitizeHtml(html, { baseUrl: 'https://loomstack.example/' }))))).toBe(
      'quiet to the end',
    )
  },
  120_000,
)

itWith(
  'chromium',
  'none runs in Chromium out of the body of an article, of a message, or out of its presented entry',
  () => {
    const bodies = vectors.flatMap(({ html }) => {
      const pages = [
        bodyPage(html),
        cgiPage({ item_show_type: 10, text_page_info: { content_noencode: html, content: html, is_user_title: 1 } }),
        cgiPage({ item_show_type: 8, content_noencode: html, title: html, desc: html, picture_page_info_list: [{ cdn_url: html }] }),
        `<html><body><script>var biz = "MzA5OTk5OTk4OQ==" || ""; var msg_title = "x";</script><div id="js_article"><div id="js_content">${html}</div></div></body></html>`,
      ]
      return pages.flatMap(body => {
        const outcome = extractArticle({ url: shortAddress, body })
        if (!outcome.ok) return []
        const { html: text = '', title, summary, image } = outcome.value
        const shown = presentEntry({
          id: shortAddress,
          keys: [],
          url: shortAddress,
          title,
          authors: [],
          tags: [],
          kind: 'article',
          state: 'full',
          html: text,
          ...(summary === undefined ? {} : { summary }),
          ...(image === undefined ? {} : { image }),
          origins: [{ source: title, kind: 'post', title, url: shortAddress, section: title, note: summary ?? title }],
        })
        return [text, shown.html ?? '']
      })
    })
    expect(bodies.length).toBeGreaterThan(vectors.length * 6)
    expect(open('articles', together(bodies))).toBe('quiet to the end')
  },
  180_000,
)
