import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type PageServer, startPageServer } from '../../fixtures/page-server.js'
import { aggregate } from '../../src/aggregate.js'
import { findChurnFailures } from '../../src/run/fail-policy.js'
import type { Options } from '../../src/run/options.js'
import { feeds } from '../../src/sources/feeds.js'
import { weekly } from '../../src/sources/weekly.js'
import { bodyPage } from '../wechat/small-page.js'

let cwd: string
let server: PageServer
/** Names of the items that the two feeds have, the newest first; those of `/undated.xml` state no date. */
let items: number[]
beforeEach(async () => {
  cwd = mkdtempSync(join(tmpdir(), 'weekloom-merged-'))
  mkdirSync(join(cwd, 'posts'))
  items = [3, 2, 1]
  server = await startPageServer({
    respond(path) {
      if (!path.endsWith('.xml')) return { body: bodyPage('<p>Text</p>', { title: path, mid: Number(path.slice(-3)) }) }
      const date = (item: number) => (path === '/undated.xml' ? '' : `<pubDate>0${item} May 2024 00:00:00 GMT</pubDate>`)
      const all = items.map(
        item => `<item>\n<title>${path} ${item}</title>\n<guid>https://news.example${path}/${item}</guid>\n${date(item)}</item>\n`,
      )
      return { body: `<rss version="2.0"><channel><title>News</title>\n${all.join('')}</channel></rss>\n` }
    },
  })
})
afterEach(async () => {
  await server.close()
  rmSync(cwd, { recursive: true, force: true })
})

const hasGit = spawnSync('git', ['--version']).status === 0

function git(...args: string[]): number | null {
  const own = ['-c', 'user.name=Loom', '-c', 'user.email=loom@example.org', '-c', 'core.autocrlf=false']
  return spawnSync('git', [...own, ...args], { cwd, encoding: 'utf8' }).status
}

/** What `update` and `build` do, on the given day of June. */
async function build(day: number, network: Options['network'] = 'auto') {
  const {
    feeds: made,
    archives,
    keepPublished,
    report,
  } = await aggregate({
    site: { title: 'Loom Weekly', url: 'https://loomstack.example/' },
    sources: [weekly('posts/*.md', { url: '/:slug/' }), feeds(['https://news.example/dated.xml', 'https://news.example/undated.xml'])],
    feeds: { all: { limit: false }, few: { limit: 6, archive: 2 }, accounts: { of: 'articles', per: 'account' } },
    hosts: { 'news.example': server.origin, 'mp.weixin.qq.com': server.origin },
    cwd,
    now: `2024-06-${String(day).padStart(2, '0')}T00:00:00.000Z`,
    network,
  })
  await keepPublished()
  const dates = Object.fromEntries((made['all']?.entries ?? []).map(({ id, published, firstSeen }) => [id, { published, firstSeen }]))
  return { dates, archived: archives['few'] ?? [], problems: report.problems, failures: findChurnFailures(report) }
}

function addPost(name: number) {
  const links = [name, name + 20].map(id => `- [Link ${id}](https://mp.weixin.qq.com/s/aaaaaaaaaaaaaaaaaaa${100 + id})\n`)
  writeFileSync(
    join(cwd, `posts/${name}.md`),
    `---\ntitle: Weekly ${name}\ndate: 2024-05-${10 + name}\n---\n\n### 本周推荐阅读\n\n${links.join('')}`,
  )
}

function commit() {
  git('add', '-A')
  expect(git('commit', '-q', '-m', 'x')).toBe(0)
}

it.skipIf(!hasGit)(
  'two branches that both updated and built give one store, with the ids and dates of the branch that is gone on with',
  async () => {
    git('init', '-q', '-b', 'main')
    addPost(1)
    await build(1)
    commit()
    git('checkout', '-q', '-b', 'other')
    addPost(3)
    items = [5, 4, 3, 2, 1]
    const theirs = await build(3)
    commit()
    git('checkout', '-q', 'main')
    addPost(2)
    items = [6, 4, 3, 2, 1]
    const ours = await build(2)
    commit()
    expect(git('merge', 'other')).toBe(1)
    git('add', '.weekloom')
    expect(git('commit', '-q', '-m', 'merge')).toBe(0)
    const texts = readdirSync(join(cwd, '.weekloom'), { recursive: true, encoding: 'utf8', withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    expect(texts.filter(text => /^[<>=]{7}/m.test(text))).toEqual([])

    const frozen = await build(4, 'frozen')
    expect(frozen).toMatchObject({ problems: [], failures: [], dates: ours.dates })
    items = [7, 6, 5, 4, 3, 2, 1]
    const next = await build(5)
    expect(next).toMatchObject({ problems: [], failures: [], dates: ours.dates })
    expect(Object.keys(next.dates).sort()).toEqual(
      [
        ...new Set([
          ...Object.keys(ours.dates),
          ...Object.keys(theirs.dates),
          ...['dated', 'undated'].map(name => `https://news.example/${name}.xml/7`),
        ]),
      ].sort(),
    )
    for (const [id, date] of Object.entries(theirs.dates)) if (!(id in ours.dates)) expect(next.dates[id]).toEqual(date)
    const archived = next.archived.flat()
    expect(new Set(archived).size).toBe(archived.length)
    expect(next.archived.slice(0, ours.archived.length - 1)).toEqual(ours.archived.slice(0, -1))
    for (const id of theirs.archived.flat()) expect(archived).toContain(id)
  },
)
