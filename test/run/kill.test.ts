import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type PageServer, startPageServer } from '../../fixtures/page-server.js'
import { pages } from '../../fixtures/wechat/pages.js'

const cli = join(import.meta.dirname, '../../dist/cli.js')
const articles = 300
const kills = 25
const seed = Number(process.env['WEEKLOOM_SEED'] ?? 7)

let server: PageServer
let cwd: string
/** Called at every request. */
let onRequest: () => void = () => {}

beforeAll(async () => {
  cwd = mkdtempSync(join(tmpdir(), 'weekloom-kill-'))
  const page = pages.find(({ kind }) => kind === 'article-2015')
  const [, biz = ''] = /__biz=([^&]+)/.exec(page?.urls[0] ?? '') ?? []
  const [, mid = ''] = /mid=(\d+)/.exec(page?.urls[0] ?? '') ?? []
  const parts = (page?.html() ?? '').split(mid)
  server = await startPageServer({
    respond(path) {
      onRequest()
      return { body: parts.join(/mid=(\d+)/.exec(path)?.[1] ?? '') }
    },
  })
  for (let issue = 0; issue < 10; issue++) {
    const links = Array.from({ length: articles / 10 }, (_, index) => {
      const own = 300_000_000 + issue * 100 + index
      return `- [Article ${own}](https://mp.weixin.qq.com/s?__biz=${biz}&mid=${own}&idx=1&sn=28ac0759fb00b9946f99783af23a7d95)`
    })
    mkdirSync(join(cwd, `posts/weekly-${issue}`), { recursive: true })
    writeFileSync(
      join(cwd, `posts/weekly-${issue}/index.md`),
      `---\ntitle: "Weekly ${issue}"\ndate: 2022-07-${issue + 10}T15:00:00+08:00\n---\n\n### 本周推荐阅读\n\n${links.join('\n')}\n`,
    )
  }
  writeFileSync(
    join(cwd, 'weekloom.config.json'),
    JSON.stringify({
      site: { title: 'Weekly', url: 'https://example.org/' },
      sources: [{ weekly: 'posts/*/index.md' }],
      baseUrl: 'https://example.org/feeds/',
      hosts: { 'mp.weixin.qq.com': server.origin },
      feeds: { feed: { limit: false }, issues: { of: 'issues' } },
    }),
  )
})
afterAll(async () => {
  await server.close()
  rmSync(cwd, { recursive: true, force: true })
})

function startBuild(name: string): { child: ChildProcess; ended: Promise<number | null> } {
  const child = spawn(process.execPath, [cli, '--quiet', '--store', `store-${name}`, '--out', `out-${name}`], {
    cwd,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  return { child, ended: new Promise(resolve => child.on('close', resolve)) }
}

function filesBelow(folder: string): Map<string, string> {
  const files = readdirSync(join(cwd, folder), { recursive: true, withFileTypes: true }).filter(entry => entry.isFile())
  return new Map(
    files.map(entry => [
      join(entry.parentPath, entry.name).slice(join(cwd, folder).length),
      readFileSync(join(entry.parentPath, entry.name), 'utf8'),
    ]),
  )
}

/** Mids of the articles that the store has whole. */
function storedMids(name: string): Set<string> {
  const mids = new Set<string>()
  try {
    for (const [path, text] of filesBelow(`store-${name}/articles`)) {
      if (path.endsWith('.json') && JSON.parse(text).article) mids.add(/(\d+)-\d+\.json$/.exec(path)?.[1] ?? path)
    }
  } catch {
    // No article was kept yet.
  }
  return mids
}

/** Numbers from 0 to less than 1, the same for the same seed. */
function randomNumbers(from: number): () => number {
  let state = from
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state / 2_147_483_648
  }
}

async function buildAndKill(name: string, moment: { request: number; delay: number } | { delay: number }): Promise<void> {
  const { child, ended } = startBuild(name)
  let requests = 0
  const kill = () => setTimeout(() => child.kill('SIGKILL'), moment.delay)
  if ('request' in moment) {
    onRequest = () => {
      if (++requests === moment.request) kill()
    }
  } else kill()
  await ended
  onRequest = () => {}
}

describe('a build that is killed', () => {
  it(`at ${kills} random moments (seed ${seed}) asks for no article twice that it had kept, and ends with the bytes of an unbroken run`, {
    timeout: 180_000,
  }, async () => {
    expect(await startBuild('whole').ended).toBe(0)
    const random = randomNumbers(seed)
    for (let kill = 0; kill < kills; kill++) {
      const kept = storedMids('broken')
      server.requests.length = 0
      const early = kill < kills - 5
      const delay = random() * (early ? 25 : 700)
      await buildAndKill('broken', early ? { request: 1 + Math.floor(random() * 20), delay } : { delay })
      const askedAgain = server.requests.map(path => /mid=(\d+)/.exec(path)?.[1] ?? '').filter(mid => kept.has(mid))
      expect(askedAgain).toEqual([])
    }
    expect(await startBuild('broken').ended).toBe(0)
    expect(storedMids('broken').size).toBe(articles)
    expect(filesBelow('out-broken')).toEqual(filesBelow('out-whole'))
  })
})

describe('two builds at once over one store', () => {
  it('lose nothing, corrupt nothing, and give the same bytes', { timeout: 120_000 }, async () => {
    const [first, second] = [
      startBuild('shared'),
      spawn(process.execPath, [cli, '--quiet', '--store', 'store-shared', '--out', 'out-second'], {
        cwd,
        stdio: ['ignore', 'ignore', 'inherit'],
      }),
    ]
    const [one, other] = await Promise.all([first.ended, new Promise<number | null>(resolve => second.on('close', resolve))])
    expect([one, other]).toEqual([0, 0])
    expect(storedMids('shared').size).toBe(articles)
    expect(filesBelow('out-shared')).toEqual(filesBelow('out-second'))
    for (const [path, text] of filesBelow('store-shared')) if (path.endsWith('.json')) expect(() => JSON.parse(text), path).not.toThrow()
    expect([...filesBelow('store-shared').keys()].filter(path => path.includes('damaged') || path.includes('.tmp'))).toEqual([])
  })
})
