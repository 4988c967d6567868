/**
 * A long run: 2,000 pages over loopback, one in twenty of them a fault. Memory after garbage collection at page 500 and at page 2,000
 * should be the same but for what is known of 1,500 more articles; it fails when the heap has grown by more than 20 MB.
 *
 *     npm run bench -- soak [pages]
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPageServer } from '../fixtures/page-server.js'
import { pages } from '../fixtures/wechat/pages.js'
import { aggregate, fileStore, type Source } from '../src/index.js'

const count = Number(process.argv[2] ?? 2000)
const folder = mkdtempSync(join(tmpdir(), 'weekloom-soak-'))
const page = pages.find(({ kind }) => kind === 'article-2018')
const [, biz = ''] = /__biz=([^&]+)/.exec(page?.urls[0] ?? '') ?? []
const [, mid = ''] = /mid=(\d+)/.exec(page?.urls[0] ?? '') ?? []
const parts = (page?.html() ?? '').split(mid)
const faults = ['drop', { status: 404 }, { body: '' }, { body: 'x'.repeat(9_000_000) }, { status: 200, body: '<html>' }] as const

let asked = 0
const server = await startPageServer({
  respond(path) {
    asked++
    const own = /mid=(\d+)/.exec(path)?.[1] ?? ''
    return Number(own) % 20 === 0 ? faults[(Number(own) / 20) % faults.length] : { body: parts.join(own) }
  },
})
const links: Source = {
  name: 'links',
  async *read() {
    for (let index = 0; index < count; index++) {
      const own = `${2_650_000_001 + index}/1`
      const url = `https://mp.weixin.qq.com/s?__biz=${biz}&mid=${own.slice(0, -2)}&idx=1&sn=0123456789abcdef0123456789abcdef`
      const key = `wechat:${biz}/${own}`
      yield {
        entry: {
          id: url,
          keys: [key],
          url,
          title: `Article ${index}`,
          authors: [],
          tags: [],
          kind: 'article',
          state: 'partial',
          origins: [{ source: 'links', kind: 'article' }],
        },
        wants: { url, key },
      }
    }
  },
}
const heaps: number[] = []
const started = performance.now()
const { report } = await aggregate({
  site: { title: 'Soak', url: 'https://example.org/' },
  sources: [links],
  store: fileStore(folder),
  hosts: { 'mp.weixin.qq.com': server.origin },
  onProgress({ step, done }) {
    if (step !== 'fetch' || (done !== Math.round(count / 4) && done !== count)) return
    globalThis.gc?.()
    const { heapUsed, external, rss } = process.memoryUsage()
    heaps.push(heapUsed / 1e6)
    console.log(
      `page ${String(done).padStart(5)}   heap ${(heapUsed / 1e6).toFixed(1)} MB   external ${(external / 1e6).toFixed(1)} MB   process ${(rss / 1e6).toFixed(0)} MB`,
    )
  },
})
const counted = new Map<string, number>()
for (const { state, code } of report.pages) counted.set(code ?? state, (counted.get(code ?? state) ?? 0) + 1)
console.log(
  `${asked} requests in ${((performance.now() - started) / 1000).toFixed(1)} s: ${[...counted].map(([name, pages]) => `${pages} ${name}`).join(', ')}`,
)
if ((heaps.at(-1) ?? 0) - (heaps[0] ?? 0) > 20) process.exitCode = 1
await server.close()
rmSync(folder, { recursive: true })
