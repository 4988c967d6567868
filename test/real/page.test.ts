import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { startPageServer } from '../../fixtures/page-server.js'
import { aggregate, discoverFeeds, memoryStore, type Options, weekly, writeFiles } from '../../src/index.js'
import { writePage } from '../../src/page/write-page.js'
import { sampleArticle } from '../feed/sample-feed.js'
import { type Browser, type OpenPage, openBrowser } from './open-browser.js'
import { hasProgram, itWith } from './real-part.js'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const posts = join(process.env['WEEKLOOM_CORPUS'] ?? '', 'weekly/sofa-weekly')
const patience = 240_000

/** A site of the fixtures, whose articles are had with their covers, and one of real posts alone. */
const sites: Record<string, { site: Options['site']; posts: string; isThere: boolean }> = {
  'the demo': {
    site: { title: 'Loom Weekly', url: 'https://www.loomstack.example/', description: '织机社区每周精选' },
    posts: 'fixtures/weekly/content/zh/blog/*weekly*/index.md',
    isThere: true,
  },
  'real posts (WEEKLOOM_CORPUS)': {
    site: { title: 'A Weekly', url: 'https://weekly.example/', description: '真实的周报' },
    posts: `${posts}/*.md`,
    isThere: existsSync(posts),
  },
}

let browser: Browser
beforeAll(async () => {
  if (hasProgram('chromium')) browser = await openBrowser()
})
afterAll(() => browser?.close())

/** All that axe-core finds, slight or serious, with everything unfolded. */
async function findBarriers(page: OpenPage): Promise<unknown> {
  await page.evaluate(`document.querySelectorAll('details').forEach(details => { details.open = true })`)
  await page.evaluate(axe)
  return page.evaluate(
    `axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.slice(0, 3).map(node => node.html).join(' ')))`,
  )
}

const isSeen = (selector: string) => `document.querySelector('${selector}').checkVisibility()`
const textSeen = (selector: string) => `document.querySelector('${selector}').innerText`

for (const [name, { site, posts: pattern, isThere }] of Object.entries(sites)) {
  describe.skipIf(!isThere)(`feeds.html of ${name}`, () => {
    let folder: string
    let server: Server
    let address: string
    let titles: string[]
    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'weekloom-page-'))
      const pages = await startPageServer()
      const network = name === 'the demo' ? 'auto' : 'frozen'
      const hosts = { 'mp.weixin.qq.com': pages.origin }
      const run = await aggregate({
        site,
        sources: [weekly(pattern)],
        store: memoryStore(),
        hosts,
        network,
        feeds: { feed: { limit: false }, issues: { of: 'issues' } },
      })
      await writeFiles(run.files, folder)
      await pages.close()
      titles = run.feeds['feed']?.entries.filter(({ kind }) => kind === 'article').map(({ title }) => title) ?? []
      const html = readFileSync(join(folder, 'feeds.html'))
      server = createServer(({ url }, response) => {
        const more = url === '/trap' ? '<script>alert(1)</script><link rel="stylesheet" href="/x.css"><p style="color: #ccc">.</p>' : ''
        response.setHeader('content-type', 'text/html').end(html + more)
      })
      await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
      const at = server.address()
      address = `http://127.0.0.1:${typeof at === 'object' && at ? at.port : 0}/feeds/feeds.html`
    })
    afterAll(() => {
      server?.close()
      rmSync(folder, { recursive: true, force: true })
    })

    for (const width of [390, 1280]) {
      for (const theme of ['light', 'dark'] as const) {
        itWith(
          'chromium',
          `stands at ${width} pixels, ${theme}: no error, no request but for pictures, nothing beside the screen, no barrier`,
          async () => {
            const page = await browser.open(address, { width, theme })
            expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
            expect(await findBarriers(page)).toEqual([])
            expect(page.errors).toEqual([])
            expect(page.requests.filter(({ type }) => type !== 'Image')).toEqual([])
            if (name === 'the demo') expect(page.requests.length).toBeGreaterThan(0)
          },
          patience,
        )
      }
    }

    itWith('chromium', 'is refused what its policy does not name, so errors would be seen', async () => {
      const page = await browser.open(new URL('/trap', address).href, { width: 1280 })
      for (const refused of ['script-src-elem', 'style-src-elem', 'style-src-attr']) expect(page.errors.join()).toContain(refused)
    })

    itWith('chromium', 'names feeds that are there', async () => {
      const page = await browser.open(address, { width: 1280 })
      const found = discoverFeeds(String(await page.evaluate('document.documentElement.outerHTML')), address)
      const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      expect(found.length).toBe(4)
      for (const { url } of found) expect(files).toContain(url.slice(`${site.url}feeds/`.length))
    })

    itWith('chromium', 'finds an article by a part of its title, and goes back at Escape', async () => {
      const page = await browser.open(address, { width: 390 })
      const known = titles.at(-1) ?? ''
      expect(known).not.toBe('')
      await page.evaluate(`document.querySelector('#q').focus()`)
      await page.type(known.slice(0, 12))
      await expect.poll(() => page.evaluate(textSeen('#found'))).toContain(known)
      await expect.poll(() => page.evaluate(`document.querySelector('#status').textContent`)).toMatch(/找到 \d+ 条/)
      expect(await page.evaluate(isSeen('#all'))).toBe(false)
      await page.press('Escape')
      expect(await page.evaluate(isSeen('#all'))).toBe(true)
      await page.type('no such thing')
      await expect.poll(() => page.evaluate(`document.querySelector('#status').textContent`)).toMatch(/没有找到/)
    })

    itWith('chromium', 'shows every article without script, and nothing that would need it', async () => {
      const page = await browser.open(address, { width: 390, script: false })
      await page.evaluate(`document.querySelectorAll('details').forEach(details => { details.open = true })`)
      const seen = String(await page.evaluate(textSeen('body'))).replace(/\s+/g, ' ')
      for (const title of titles) expect(seen).toContain(title.slice(0, 150))
      expect(await page.evaluate(`[...document.querySelectorAll('form, button')].every(element => element.offsetWidth === 0)`)).toBe(true)
    })

    itWith('chromium', 'copies an address, and changes its colours even where storage is forbidden', async () => {
      const before = `
        navigator.clipboard.writeText = async text => { globalThis.copied = text }
        Object.defineProperty(globalThis, 'localStorage', { get() { throw new DOMException('forbidden') } })`
      const page = await browser.open(address, { width: 1280, before })
      await page.evaluate(`document.querySelector('.copy').click()`)
      expect(await page.evaluate('globalThis.copied')).toBe(`${site.url}feeds/atom.xml`)
      expect(await page.evaluate(`document.querySelector('#feed-0-said').textContent`)).toBe('已复制')
      const paper = () => page.evaluate('getComputedStyle(document.body).backgroundColor')
      const light = await paper()
      await page.evaluate(`document.querySelector('#theme').click()`)
      expect(await paper()).not.toBe(light)
      expect(await page.evaluate(`document.querySelector('#theme').getAttribute('aria-pressed')`)).toBe('true')
      expect(page.errors).toEqual([])
    })

    itWith('chromium', 'leads past its head by the keyboard', async () => {
      const page = await browser.open(address, { width: 1280 })
      await page.press('Tab')
      expect(await page.evaluate('document.activeElement.className')).toBe('skip')
      await page.press('Enter')
      expect(await page.evaluate('document.activeElement.id')).toBe('main')
    })
  })
}

describe('a page of unusual entries', () => {
  const info = { title: '河畔周报', homeUrl: 'https://weekly.example/', feedUrl: 'https://weekly.example/feeds/', language: 'zh-CN' }
  const issue = (number: number, note: string) =>
    ({
      source: 'w',
      kind: 'post',
      id: `https://weekly.example/${number}/`,
      title: `第 ${number} 期`,
      published: `2024-05-0${number}T04:00:00.000Z`,
      note,
    }) as const
  const twice = { ...sampleArticle(1), title: 'ＲＳＳ 与 Ｆeed', origins: [issue(1, '从头读起'), issue(2, '值得再读')] as const }
  const arabic = { ...sampleArticle(2), title: 'مقال عن «القارئ»!', origins: [issue(2, 'نص')] as const }
  const many = Array.from({ length: 130 }, (_, index) => ({
    ...sampleArticle(index + 3),
    title: `织法 ${index}`,
    origins: [{ source: 'list', kind: 'article' }] as const,
  }))
  const pages: Record<string, string> = {
    '/issues': writePage({ info, entries: [twice, arabic, ...many] }),
    '/weeks': writePage({ info, entries: many }),
    '/covers': writePage({
      info,
      entries: [
        { ...twice, image: 'https://gone.example/1.png' },
        { ...arabic, image: 'https://img.example/2.png' },
      ],
    }),
  }
  let server: Server
  let origin: string
  beforeAll(async () => {
    server = createServer(({ url }, response) => void response.setHeader('content-type', 'text/html').end(pages[url ?? '']))
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    const at = server.address()
    origin = `http://127.0.0.1:${typeof at === 'object' && at ? at.port : 0}`
  })
  afterAll(() => void server?.close())

  const status = `document.querySelector('#status').textContent`
  const search = (text: string) =>
    `{ const field = document.querySelector('#q'); field.value = ${JSON.stringify(text)}; field.dispatchEvent(new InputEvent('input')) }`

  itWith(
    'chromium',
    'finds an article by what any issue says of it, several words, full width or not, and says when not all are shown',
    async () => {
      const page = await browser.open(`${origin}/issues`, { width: 390 })
      for (const words of ['从头', '值得再读', 'rss feed', 'FEED　ｒｓｓ', '再读 RSS']) {
        await page.evaluate(search(words))
        expect([words, await page.evaluate(status)]).toEqual([words, '找到 1 条'])
      }
      await page.evaluate(search('织法'))
      expect(await page.evaluate(status)).toMatch(/^找到 130 条，这里是最近的 100 条/)
      expect(await page.evaluate(`document.querySelectorAll('#found > li').length`)).toBe(100)
    },
  )

  itWith('chromium', 'waits for the end of a word that an input method composes', async () => {
    const page = await browser.open(`${origin}/issues`, { width: 390 })
    const field = `document.querySelector('#q')`
    await page.evaluate(`${field}.value = 'zhi'; ${field}.dispatchEvent(new InputEvent('input', { isComposing: true }))`)
    expect(await page.evaluate(status)).toBe('')
    await page.evaluate(`${field}.value = '织法 7'; ${field}.dispatchEvent(new CompositionEvent('compositionend'))`)
    expect(await page.evaluate(status)).toMatch(/找到 \d+ 条/)
  })

  itWith('chromium', 'says beside the button that an address could not be copied, and moves nothing when it could', async () => {
    const before = `navigator.clipboard.writeText = async () => { if (!globalThis.may) throw new Error('no') }; document.execCommand = () => false`
    const page = await browser.open(`${origin}/issues`, { width: 390, before })
    const copy = `document.querySelector('.copy')`
    const place = () => page.evaluate(`document.querySelector('#weeks').getBoundingClientRect().top`)
    const at = await place()
    await page.evaluate(`globalThis.may = true; ${copy}.click()`)
    await expect.poll(() => page.evaluate(`${copy}.innerText`)).toContain('已复制')
    expect(await place()).toBe(at)
    await page.evaluate(`globalThis.may = false; ${copy}.click()`)
    await expect.poll(() => page.evaluate(`document.querySelector('#feed-0-said').innerText`)).toContain('已选中')
    const gap = `document.querySelector('#feed-0-said').getBoundingClientRect().top - ${copy}.getBoundingClientRect().bottom`
    expect(Number(await page.evaluate(gap))).toBeLessThan(40)
    expect(await page.evaluate('getSelection().toString()')).toContain('weekly.example/feeds/')
  })

  itWith('chromium', 'shows the cloth of a cover whose picture is gone, and no broken picture on it', async () => {
    const page = await browser.open(`${origin}/covers`, { width: 1280 })
    const shown = () =>
      page.evaluate(`[...document.querySelectorAll('#latest .cover')].map(cover => cover.querySelector('img')?.src ?? 'cloth')`)
    await expect.poll(shown).toEqual(['cloth', 'https://img.example/2.png'])
  })

  itWith('chromium', 'is printed dark on white, whatever colours were chosen', async () => {
    const before = `localStorage.setItem('weekloom-theme', 'dark')`
    const page = await browser.open(`${origin}/issues`, { width: 1280, before })
    const soft = () => page.evaluate(`getComputedStyle(document.querySelector('.by')).color`)
    expect(await soft()).toBe('rgb(170, 164, 152)')
    await page.print()
    expect(await soft()).toBe('rgb(95, 89, 79)')
  })

  itWith('chromium', 'keeps titles of another direction on its own side, and begins at its top where there is no issue', async () => {
    const page = await browser.open(`${origin}/issues`, { width: 1280 })
    expect(await page.evaluate(`getComputedStyle(document.querySelector('#latest .title[dir]')).textAlign`)).toBe('left')
    const weeks = await browser.open(`${origin}/weeks`, { width: 1280 })
    const top = (selector: string) => `document.querySelector('${selector}').getBoundingClientRect().top`
    expect(await weeks.evaluate(top('#weeks'))).toBe(await weeks.evaluate(top('#subscribe')))
  })
})
