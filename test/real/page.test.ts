import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { startPageServer } from '../../fixtures/page-server.js'
import { aggregate, discoverFeeds, memoryStore, type Options, weekly, writeFiles } from '../../src/index.js'
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

/** What axe-core calls serious or worse, with everything unfolded. */
async function findBarriers(page: OpenPage): Promise<unknown> {
  await page.evaluate(`document.querySelectorAll('details').forEach(details => { details.open = true })`)
  await page.evaluate(axe)
  return page.evaluate(
    `axe.run().then(({ violations }) => violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => id + ': ' + nodes.slice(0, 3).map(node => node.html).join(' ')))`,
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
      expect(await page.evaluate(`document.querySelector('#status').textContent`)).toBe('已复制')
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
