import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { type PageServer, startPageServer } from '../../fixtures/page-server.js'
import { bodyPage, shortAddress } from '../wechat/small-page.js'

const root = join(import.meta.dirname, '../..')
const png = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.from('a picture')])
const good = 'https://mmbiz.qpic.cn/mmbiz_png/good/640?wx_fmt=png'
const blocked = 'https://mmbiz.qpic.cn/mmbiz_png/blocked/640?wx_fmt=png'
const elsewhere = 'https://loomstack.example/elsewhere.png'
const page = bodyPage(
  `<p>${[good, blocked, elsewhere].map(url => `<img data-src="${url}&amp;from=appmsg#imgIndex=0" data-w="10" data-ratio="1">`).join('经')}</p>`.replaceAll(
    `${elsewhere}&amp;from=appmsg#imgIndex=0`,
    elsewhere,
  ),
)

let server: PageServer
let cwd: string
beforeAll(async () => {
  server = await startPageServer({
    respond: path => {
      if (path.startsWith('/s/')) return { body: page }
      if (path.includes('/good/')) return { body: png, headers: { 'content-type': 'text/plain' } }
      return { body: '<html>blocked</html>', headers: { 'content-type': 'image/png' } }
    },
  })
})
afterAll(() => server.close())
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'weekloom-pictures-'))
})
afterEach(() => rmSync(cwd, { recursive: true, force: true }))

/** Runs `weekloom build` with a policy, and gives the text of the entry in each format. */
async function build(images: string): Promise<{ html: string; rss: string; files: string[]; asked: string[]; stderr: string }> {
  server.requests.length = 0
  writeFileSync(
    join(cwd, 'weekloom.config.ts'),
    `import { articles, defineConfig } from 'weekloom'
export default defineConfig({
  site: { title: 'Loom Weekly', url: 'https://loomstack.example/' },
  sources: [articles('${shortAddress}')],
  hosts: { 'mp.weixin.qq.com': '${server.origin}', 'mmbiz.qpic.cn': '${server.origin}' },
  fullText: true,
  images: '${images}',
})
`,
  )
  const { stderr } = await promisify(execFile)(process.execPath, [join(root, 'dist/cli.js'), 'build'], { cwd })
  const output = join(cwd, 'public/feeds')
  const [item] = JSON.parse(readFileSync(join(output, 'feed.json'), 'utf8')).items
  const files = readdirSync(output).includes('images') ? readdirSync(join(output, 'images')) : []
  return { html: item.content_html, rss: readFileSync(join(output, 'rss.xml'), 'utf8'), files, asked: [...server.requests], stderr }
}

it('images: no-referrer asks for every picture without a referrer, and copies none', async () => {
  const { html, files, asked } = await build('no-referrer')
  expect(html.match(/<img referrerpolicy="no-referrer"/g)).toHaveLength(3)
  expect(html).toContain(good)
  expect(html).not.toContain('data-src')
  expect(files).toEqual([])
  expect(asked).toHaveLength(1)
})

it('images: a template sends the pictures of guarded hosts, and only these, through the proxy', async () => {
  const { html, rss, asked } = await build('https://proxy.example/?url={url}')
  for (const url of [good, blocked]) expect(html).toContain(`src="https://proxy.example/?url=${encodeURIComponent(url)}"`)
  expect(html).toContain(`src="${elsewhere}"`)
  expect(rss).toContain('https://proxy.example/?url=')
  expect(asked).toHaveLength(1)
})

it('images: copy puts pictures beside the feeds by their content, and leaves those that are none where they are', async () => {
  const { html, files, stderr } = await build('copy')
  expect(stderr).toMatch(/^Fetching mmbiz\.qpic\.cn {2}0 of 2$/m)
  expect(stderr).toMatch(/^Fetching mmbiz\.qpic\.cn {2}2 of 2 {2}1 failed/m)
  expect(files).toHaveLength(1)
  expect(files[0]).toMatch(/^[0-9a-f]{32}\.png$/)
  expect(html).toContain(`src="https://loomstack.example/feeds/images/${files[0]}"`)
  expect(html).not.toContain('/good/')
  expect(html).toContain(blocked)
  expect(html).toContain(elsewhere)
  expect(readFileSync(join(cwd, 'public/feeds/images', files[0] ?? ''))).toEqual(png)
})
