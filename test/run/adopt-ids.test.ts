import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { aggregate } from '../../src/aggregate.js'
import { runBuild } from '../../src/build/run-build.js'
import { adoptIds } from '../../src/run/adopt-ids.js'
import { weekly } from '../../src/sources/weekly.js'
import { memoryStore } from '../../src/store/memory-store.js'
import type { Entry, ParsedFeed } from '../../src/types.js'

it('issues and articles go on under the ids of the feed that was there before', async () => {
  const old: ParsedFeed = {
    format: 'rss',
    info: {},
    entries: [
      {
        id: 'tag:loomstack.example,2022:issue-7',
        url: 'http://loomstack.example/loom-weekly-20220107',
        published: '2022-01-07T07:00:00.000Z',
      },
      { id: 'old-guid-of-an-article', url: 'https://mp.weixin.qq.com/s/zBhvDWnp-5-Z1rU7K1ngLC' },
      { id: 'nowhere' },
    ],
  }
  const store = memoryStore()
  expect(await adoptIds(old, store, () => {})).toBe(2)
  const { feeds } = await aggregate({
    site: { title: 'Loom Weekly', url: 'https://loomstack.example/' },
    sources: [weekly('fixtures/weekly/content/zh/blog/*weekly*/index.md')],
    cwd: join(import.meta.dirname, '../..'),
    store,
    network: 'frozen',
    feeds: { feed: { limit: false } },
  })
  const ids = feeds['feed']?.entries.map(entry => entry.id)
  expect(ids).toContain('tag:loomstack.example,2022:issue-7')
  expect(ids).toContain('old-guid-of-an-article')
  expect(ids).not.toContain('https://loomstack.example/loom-weekly-20220107/')
})

it('an id that items of several addresses have names none of them, and one that the ledger has another for is not counted', async () => {
  const item = (id: string, name: string) => ({ id, url: `https://loomstack.example/${name}/` })
  const feed = (...entries: ParsedFeed['entries'][number][]): ParsedFeed => ({ format: 'rss', info: {}, entries })
  const store = memoryStore()
  expect(await adoptIds(feed(item('same', 'a'), item('same', 'b'), item('c', 'c'), item('c', 'c')), store, () => {})).toBe(2)
  expect(await adoptIds(feed(item('same', 'a')), store, () => {})).toBe(1)
  expect(await adoptIds(feed(item('other', 'c'), item('d', 'd')), store, () => {})).toBe(1)
})

it('an issue does not get the id of a question, a release or an event out of it', async () => {
  const parts = ['question-ada', 'release-loom-1.0', 'event-hours'].map(name => ({
    id: `https://loomstack.example/p/3/#${name}`,
    url: 'https://loomstack.example/p/3/',
  }))
  expect(await adoptIds({ format: 'rss', info: {}, entries: parts }, memoryStore(), () => {})).toBe(0)
})

it('plain ids that were taken over are written as they are, and one note of the run tells of them; others are no less invalid', async () => {
  const output = mkdtempSync(join(tmpdir(), 'weekloom-adopt-'))
  onTestFinished(() => rmSync(output, { recursive: true, force: true }))
  const store = memoryStore()
  const id = '65f0 <a1> & 期'
  await adoptIds({ format: 'rss', info: {}, entries: [{ id, url: 'https://a.example/1' }] }, store, () => {})
  const entry = (url: string, own: string): Entry => ({
    id: own,
    keys: [url],
    url,
    title: own,
    published: '2024-05-30T04:00:00.000Z',
    authors: [],
    tags: [],
    kind: 'issue',
    state: 'full',
    origins: [{ source: 'own', kind: 'post' }],
  })
  const build = (...entries: Entry[]) =>
    runBuild(
      {
        site: { title: 'A', url: 'https://a.example/' },
        sources: [
          {
            name: 'own',
            async *read() {
              for (const each of entries) yield { entry: each }
            },
          },
        ],
        store,
        output,
        feeds: { feed: {}, issues: { of: 'issues' } },
      },
      { purpose: 'build', dryRun: false, acceptChurn: false },
    )
  const first = await build(entry('https://a.example/1', 'https://a.example/1'))
  expect(first.report.problems.map(({ code, level, message }) => [code, level, message])).toEqual([
    ['FEED_ID_ADOPTED', 'note', `1 id taken over, no address or URN as Atom asks for: ${id}.`],
  ])
  expect(first.failures).toEqual([])
  const written = ['atom.xml', 'rss.xml', 'feed.json'].map(name => readFileSync(join(output, name), 'utf8'))
  expect(written).toEqual([
    expect.stringContaining('<id>65f0 &lt;a1&gt; &amp; 期</id>'),
    expect.stringContaining('<guid isPermaLink="false">65f0 &lt;a1&gt; &amp; 期</guid>'),
    expect.stringContaining(JSON.stringify(id)),
  ])
  const second = await build(entry('https://a.example/1', 'https://a.example/1'), entry('https://a.example/2', 'seven'))
  expect(second.failures).toHaveLength(2)
  expect(second.failures[0]).toContain('<id> is "seven"')
})
