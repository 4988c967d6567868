import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startPageServer } from '../../fixtures/page-server.js'
import { aggregate } from '../../src/aggregate.js'
import { runBuild } from '../../src/build/run-build.js'
import type { Options } from '../../src/run/options.js'
import { servePreview } from '../../src/serve/start-preview.js'
import { weekly } from '../../src/sources/weekly.js'
import { memoryStore } from '../../src/store/memory-store.js'
import type { Store } from '../../src/types.js'
import { cgiPage, shortAddress } from '../wechat/small-page.js'

let cwd: string
let store: Store
beforeEach(async () => {
  cwd = mkdtempSync(join(tmpdir(), 'weekloom-run-build-'))
  mkdirSync(join(cwd, 'posts'))
  writePost(1, shortAddress)
  store = memoryStore()
  const server = await startPageServer({ respond: () => ({ body: cgiPage({ title: '怎样织一匹布' }) }) })
  await aggregate(options({ store, hosts: { 'mp.weixin.qq.com': server.origin } }))
  await server.close()
  // What the ledger does not know yet.
  writePost(2, shortAddress.replace('AbC', 'XyZ'))
})
afterEach(() => rmSync(cwd, { recursive: true, force: true }))

function writePost(day: number, link: string): void {
  writeFileSync(join(cwd, `posts/${day}.md`), `---\ntitle: Weekly ${day}\ndate: 2024-05-0${day}\n---\n\n## Reading\n\n- [织布](${link})\n`)
}

function options(more: Partial<Options>): Options {
  return {
    site: { title: 'Loom Weekly', url: 'https://loomstack.example/' },
    sources: [weekly('posts/*.md')],
    cwd,
    now: '2024-06-01T00:00:00.000Z',
    ...more,
  }
}

/** A store of which only reading is allowed. */
function sealed(open: Store): Store {
  const refuse = () => Promise.reject(new Error('It can only be read.'))
  return { get: key => open.get(key), keys: prefix => open.keys(prefix), set: refuse, remove: refuse, exclusively: refuse }
}

const dry = { purpose: 'build', dryRun: true, acceptChurn: false } as const

it('a build that wrote its feeds, but could not note what it published, says both', async () => {
  await aggregate(options({ store, network: 'frozen' }))
  const built = runBuild(options({ store: sealed(store), network: 'frozen' }), { ...dry, dryRun: false })
  const message = expect.stringMatching(/^The feeds were written into .*public.feeds, but what was published could not be noted: published/)
  await expect(built).rejects.toMatchObject({
    message,
    hint: expect.stringContaining('build again'),
    problem: { code: 'STORE_UNUSABLE', message },
  })
  expect(existsSync(join(cwd, 'public/feeds/rss.xml'))).toBe(true)
})

describe('a run that only looks', () => {
  it('needs a store for reading alone when it is frozen', async () => {
    const look = await runBuild(options({ store: sealed(store), network: 'frozen' }), dry)
    expect(look.files.map(({ state }) => state)).toContain('created')
    expect(look.newest.map(({ title }) => title)).toContain('怎样织一匹布')
    const built = await runBuild(options({ store, network: 'frozen' }), { ...dry, dryRun: false })
    expect(built.files).toEqual(look.files)
    await expect(runBuild(options({ store: sealed(store), network: 'frozen' }), { ...dry, dryRun: false })).rejects.toThrow(
      'could not be written',
    )
  })

  it('keeps what was fetched and no id where it asks the network', async () => {
    const server = await startPageServer({ respond: () => ({ body: cgiPage({ title: '又一匹布', mid: 2650000002 }) }) })
    const keysOf = async () => {
      const keys: string[] = []
      for await (const key of store.keys('')) if (!key.startsWith('cache/')) keys.push(key)
      return keys
    }
    const before = await keysOf()
    const look = await runBuild(options({ store, hosts: { 'mp.weixin.qq.com': server.origin } }), dry)
    await server.close()
    expect(look.newest.map(({ title }) => title)).toContain('又一匹布')
    expect((await keysOf()).filter(key => !before.includes(key))).toEqual([expect.stringMatching(/^articles\//)])
  })

  it('does with a file where the folder of the store should be', async () => {
    writeFileSync(join(cwd, 'store'), '')
    const { files } = await runBuild(options({ store: 'store', network: 'frozen' }), dry)
    expect(files.length).toBeGreaterThan(0)
  })

  it('serves a preview, which scripts of other sites cannot read', async () => {
    const stopper = new AbortController()
    const served: string[] = []
    await servePreview({
      options: async () => options({ store: sealed(store), network: 'frozen' }),
      host: '127.0.0.1',
      port: 0,
      isPublic: false,
      watch: () => [],
      signal: stopper.signal,
      onBuilt({ url }) {
        void fetch(`${url}rss.xml`)
          .then(async answer => void served.push(await answer.text(), String(answer.headers.get('access-control-allow-origin'))))
          .finally(() => stopper.abort())
      },
    })
    expect(served).toEqual([expect.stringContaining('怎样织一匹布'), 'null'])
  })
})
