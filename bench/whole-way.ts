/**
 * The whole way, side by side with the script that everybody writes for it (rss-parser, p-limit, cheerio.load, feed): weekly posts that
 * link WeChat pages, and some feeds, to RSS, Atom and JSON. Pages and feeds come from a server of this machine in a process of its own;
 * each contender runs in a fresh process, in turns. Wall time, CPU time and peak memory, and how many times the script needs of ours.
 */
import { fork } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pages } from '../fixtures/wechat/pages.js'

export interface Task {
  /** Folder with the posts. */
  posts: string
  output: string
  store: string
  origin: string
  feeds: string[]
}

const issues = 12
const linksEach = 5
const feedCount = 10
const rounds = 3
const firstMid = 2247600000
const page = pages.find(({ name, kind }) => kind === 'article' && name.includes('weft'))

if (process.argv[2] === 'serve') serve()
else if (process.argv[2] !== undefined) await contend(process.argv[2])
else await compare()

function serve(): void {
  const [, mid = ''] = /mid=(\d+)/.exec(page?.urls[0] ?? '') ?? []
  const parts = (page?.html() ?? '').split(mid)
  const items = Array.from(
    { length: 20 },
    (_, index) =>
      `<item><title>News ${index}</title><link>https://news.example/${index}</link><guid>https://news.example/${index}</guid><pubDate>Fri, 0${(index % 9) + 1} Jul 2022 08:00:00 GMT</pubDate><description>${'Words of the news. '.repeat(200)}</description></item>`,
  )
  const server = createServer((request, response) => {
    const asked = /[?&]mid=(\d+)/.exec(request.url ?? '')?.[1]
    const body =
      asked === undefined
        ? `<?xml version="1.0"?><rss version="2.0"><channel><title>News</title><link>https://news.example/</link><description>n</description>${items.join('').replaceAll('news.example/', `news.example${request.url}/`)}</channel></rss>`
        : parts.join(asked)
    setTimeout(
      () => response.writeHead(200, { 'content-type': asked === undefined ? 'application/rss+xml' : 'text/html; charset=UTF-8' }).end(body),
      20,
    )
  })
  // The script parses for seconds on end; its idle connections must outlive that.
  server.keepAliveTimeout = 120_000
  process.on('disconnect', () => process.exit())
  server.listen(0, '127.0.0.1', () => {
    const address = server.address()
    process.send?.(typeof address === 'object' && address ? `http://127.0.0.1:${address.port}` : '')
  })
}

async function contend(name: string): Promise<void> {
  const task: Task = JSON.parse(process.argv[3] ?? '{}')
  const started = performance.now()
  const { run }: { run(task: Task): Promise<void> } = await import(name === 'ours' ? './whole-way-ours.js' : './whole-way-script.js')
  await run(task)
  const { user, system } = process.cpuUsage()
  process.send?.({ wall: performance.now() - started, cpu: (user + system) / 1000, memory: process.resourceUsage().maxRSS / 1024 }, () =>
    process.exit(),
  )
}

interface Cost {
  wall: number
  cpu: number
  memory: number
}

async function compare(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'weekloom-bench-'))
  const origin: string = await new Promise(resolve => child('serve').on('message', message => resolve(String(message))))
  const [, biz = ''] = /__biz=([^&]+)/.exec(page?.urls[0] ?? '') ?? []
  for (let issue = 0; issue < issues; issue++) {
    const links = Array.from(
      { length: linksEach },
      (_, index) =>
        `- [Article ${issue}-${index}](https://mp.weixin.qq.com/s?__biz=${biz}&mid=${firstMid + issue * linksEach + index}&idx=1&sn=00)`,
    )
    mkdirSync(join(folder, `posts/weekly-${issue}`), { recursive: true })
    writeFileSync(
      join(folder, `posts/weekly-${issue}/index.md`),
      `---\ntitle: "Weekly ${issue}"\ndate: 2022-07-${String(issue + 1).padStart(2, '0')}T15:00:00+08:00\n---\n\n### 本周推荐阅读\n\n${links.join('\n')}\n`,
    )
  }
  const costs: Record<string, Cost[]> = { ours: [], script: [] }
  for (let round = 0; round < rounds; round++) {
    for (const name of round % 2 === 0 ? ['ours', 'script'] : ['script', 'ours']) {
      const task: Task = {
        posts: join(folder, 'posts'),
        output: join(folder, name, String(round)),
        store: join(folder, 'store', String(round)),
        origin,
        feeds: Array.from({ length: feedCount }, (_, index) => `${origin}/feed-${index}`),
      }
      costs[name]?.push(await costOf(name, task))
    }
  }
  const task = { posts: join(folder, 'posts'), output: join(folder, 'ours/0'), store: join(folder, 'store/0'), origin, feeds: [] }
  const again = await costOf('ours', task)
  const best = (name: string, of: keyof Cost) => Math.min(...(costs[name] ?? []).map(cost => cost[of]))
  console.log(
    `${issues * linksEach} pages of ${((page?.html().length ?? 0) / 1e6).toFixed(1)} MB and ${feedCount} feeds; best of ${rounds} rounds`,
  )
  for (const [of, unit] of [
    ['wall', 'ms'],
    ['cpu', 'ms'],
    ['memory', 'MB'],
  ] as const) {
    console.log(
      `${of.padEnd(8)} ours ${best('ours', of).toFixed(0).padStart(6)} ${unit}   script ${best('script', of).toFixed(0).padStart(6)} ${unit}   ${(best('script', of) / best('ours', of)).toFixed(1)} times`,
    )
  }
  console.log(
    `second run, pages from the store: wall ${again.wall.toFixed(0)} ms, cpu ${again.cpu.toFixed(0)} ms (the script asks for everything again)`,
  )
  rmSync(folder, { recursive: true })
  process.exit(0)
}

function costOf(name: string, task: Task): Promise<Cost> {
  return new Promise((resolve, reject) => {
    let cost: Cost | undefined
    child(name, JSON.stringify(task))
      .on('message', (message: Cost) => {
        cost = message
      })
      .on('exit', () => (cost ? resolve(cost) : reject(new Error(`${name} failed`))))
  })
}

function child(...args: string[]) {
  // Nothing but what a user's program has: a loader of TypeScript takes more time and memory than the second run.
  return fork(fileURLToPath(import.meta.url), args, { execArgv: [], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
}
