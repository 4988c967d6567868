import { join } from 'node:path'
import { expect, it } from 'vitest'
import { aggregate } from '../../src/aggregate.js'
import { adoptIds } from '../../src/run/adopt-ids.js'
import { weekly } from '../../src/sources/weekly.js'
import { memoryStore } from '../../src/store/memory-store.js'
import type { ParsedFeed } from '../../src/types.js'

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
