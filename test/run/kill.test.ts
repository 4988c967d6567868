import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type PageServer, startPageServer } from '../../fixtures/page-server.js'
import { pages } from '../../fixtures/wechat/pages.js'
import { rounds } from '../rounds.js'

const cli = join(import.meta.dirname, '../../dist/cli.js')
const articles = 10 * rounds(30)
const kills = rounds(25)
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

function startBuild(name: string, output = name): { child: ChildProcess; ended: Promise<number | null> } {
  const child = spawn(process.execPath, [cli, '--quiet', '--store', `store-${name}`, '--out', `out-${output}`], {
    cwd,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  return { child, ended: new Promise(resolve => child.on('close', resolve)) }
}

/** Texts by path; nothing for a folder that is not there yet. */
function filesBelow(folder: string): Map<string, string> {
  if (!existsSync(join(cwd, folder))) return new Map()
  const files = readdirSync(join(cwd, folder), { recursive: true, withFileTypes: true }).filter(entry => entry.isFile())
  return new Map(
    files.map(entry => [
      join(entry.parentPath, entry.name).slice(join(cwd, folder).length),
      readFileSync(join(entry.parentPath, entry.name), 'utf8'),
    ]),
  )
}

/** Mids of the articles that the store has. Every record is whole, whenever it is looked at. */
function storedMids(name: string): Set<string> {
  const mids = new Set<string>()
  for (const [path, text] of filesBelow(`store-${name}`)) {
    if (!path.endsWith('.json')) continue
    const record: unknown = JSON.parse(text)
    if (path.startsWith('/articles/') && typeof record === 'object' && record !== null && 'article' in record)
      mids.add(/(\d+)-\d+\.json$/.exec(path)?.[1] ?? path)
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

/** Kills a build so many milliseconds after a request of its, or after its start. Says whether it was still at work then. */
async function buildAndKill(name: string, { request = 0, delay }: { request?: number; delay: number }): Promise<boolean> {
  const { child, ended } = startBuild(name)
  let requests = 0
  const kill = () => setTimeout(() => child.kill('SIGKILL'), delay)
  if (request === 0) kill()
  else
    onRequest = () => {
      if (++requests === request) kill()
    }
  const code = await ended
  onRequest = () => {}
  return code === null
}

const midsOf = (paths: readonly string[]) => paths.map(path => /mid=(\d+)/.exec(path)?.[1] ?? path)

describe('a build that is killed', () => {
  it(`at ${kills} random moments (seed ${seed}) asks for no article twice that it had kept, and ends with the bytes of an unbroken run`, {
    timeout: 180_000,
  }, async () => {
    expect(await startBuild('whole').ended).toBe(0)
    const finished = filesBelow('out-whole')
    const random = randomNumbers(seed)
    let killed = 0
    let tries = 0
    const killAt = async (moment: { request?: number; delay: number }) => {
      expect(++tries).toBeLessThan(2 * kills)
      const kept = storedMids('broken')
      server.requests.length = 0
      if (await buildAndKill('broken', moment)) killed++
      const asked = midsOf(server.requests)
      expect(asked.filter(mid => kept.has(mid))).toEqual([])
      expect(new Set(asked).size).toBe(asked.length)
      // The feeds are those of a whole run, or not there yet.
      for (const [path, text] of filesBelow('out-broken'))
        if (!path.includes('/.weekloom-')) expect(text === finished.get(path), path).toBe(true)
    }
    // First while it fetches, a few pages at a time, as long as so many are left.
    const most = 30
    while (killed < kills - Math.ceil(kills / 3) && storedMids('broken').size <= articles - most)
      await killAt({ request: 1 + Math.floor(random() * most), delay: random() * 25 })
    // Then with nothing left to fetch, at any moment: starting, settling ids, writing feeds.
    expect(await startBuild('broken').ended).toBe(0)
    const started = performance.now()
    expect(await startBuild('broken').ended).toBe(0)
    const length = performance.now() - started
    while (killed < kills) {
      if (killed % 2 === 0) rmSync(join(cwd, 'out-broken'), { recursive: true, force: true })
      await killAt({ delay: random() * length })
    }
    expect(await startBuild('broken').ended).toBe(0)
    expect(storedMids('broken').size).toBe(articles)
    expect(filesBelow('out-broken')).toEqual(finished)
  })
})

describe('two builds at once over one store', () => {
  it('lose nothing, corrupt nothing, and give the same bytes', { timeout: 120_000 }, async () => {
    const builds = [startBuild('shared'), startBuild('shared', 'second')]
    expect(await Promise.all(builds.map(build => build.ended))).toEqual([0, 0])
    expect(storedMids('shared').size).toBe(articles)
    expect(filesBelow('out-shared')).toEqual(filesBelow('out-second'))
    expect([...filesBelow('store-shared').keys()].filter(path => path.includes('damaged') || path.includes('.tmp'))).toEqual([])
  })
})
