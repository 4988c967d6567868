import { expect, it } from 'vitest'
import { aggregate } from '../../src/aggregate.js'
import { findChurnFailures } from '../../src/run/fail-policy.js'
import { keepPublished } from '../../src/run/find-churn.js'
import { memoryStore } from '../../src/store/memory-store.js'
import type { Entry, Source, Store } from '../../src/types.js'

const FEED = 'https://blog.example/feed.xml'
const OTHER = 'https://other.example/feed.xml'

function itemOf(day: number | undefined, feed = FEED, name = `item-${day}`): Entry {
  const id = `${feed}#${name}`
  const published = day === undefined ? {} : { published: `2024-05-${String(day).padStart(2, '0')}T00:00:00.000Z` }
  return {
    id,
    keys: [id],
    url: 'https://blog.example/',
    title: name,
    ...published,
    authors: [],
    tags: [],
    kind: 'item',
    state: 'full',
    origins: [{ source: 'feeds', kind: 'feed', id, url: 'https://blog.example/', feed }],
  }
}
const days = (from: number, to: number, feed?: string) => Array.from({ length: to - from + 1 }, (_, index) => itemOf(from + index, feed))

/** What a build with these entries would say, after one that published those before. */
async function churnOf(before: readonly Entry[], now: readonly Entry[]) {
  const store: Store = memoryStore()
  const run = async (entries: readonly Entry[]) => {
    const source: Source = {
      name: 'feeds',
      async *read() {
        for (const entry of entries) yield { entry }
      },
    }
    const options = { site: { title: 'Loom', url: 'https://loom.example/' }, sources: [source], feeds: { all: {} }, store }
    return aggregate({ ...options, now: '2024-06-01T00:00:00.000Z' })
  }
  await keepPublished((await run(before)).feeds, store)
  const { report } = await run(now)
  return { gone: report.churn['all']?.gone.length ?? 0, stopped: findChurnFailures(report).length > 0 }
}

it('items that their feed has let go for newer ones are not gone', async () => {
  expect(await churnOf(days(1, 10), days(8, 17))).toEqual({ gone: 0, stopped: false })
  expect(await churnOf([...days(1, 10), ...days(1, 3, OTHER)], [...days(12, 21), ...days(1, 3, OTHER)])).toEqual({
    gone: 0,
    stopped: false,
  })
})

it('items without dates are let go as long as their feed has any', async () => {
  const undated = ['a', 'b', 'c', 'd', 'e', 'f'].map(name => itemOf(undefined, FEED, name))
  expect(await churnOf(undated.slice(0, 5), undated.slice(4))).toEqual({ gone: 0, stopped: false })
  expect(await churnOf(undated, [])).toEqual({ gone: 6, stopped: true })
})

it('items that come under other ids are gone, and so are those of a feed that has none any more', async () => {
  const renamed = Array.from({ length: 10 }, (_, index) => itemOf(index + 1, FEED, `new-${index}`))
  expect(await churnOf(days(1, 10), renamed)).toEqual({ gone: 10, stopped: true })
  expect(await churnOf([...days(1, 10), ...days(1, 3, OTHER)], days(1, 3, OTHER))).toEqual({ gone: 10, stopped: true })
})

it('the last few items of a run are not let go, as when a pattern is mistyped; few among others are', async () => {
  expect(await churnOf(days(1, 2), [])).toEqual({ gone: 2, stopped: true })
  expect(await churnOf([...days(1, 2), ...days(1, 3, OTHER)], days(1, 3, OTHER))).toEqual({ gone: 2, stopped: false })
})

it('most items of a small feed are not let go, as when the address of a young site changes; a third may be', async () => {
  expect(
    await churnOf([...days(1, 3), ...days(1, 1, OTHER)], [...days(11, 13, 'https://new.example/feed.xml'), ...days(1, 1, OTHER)]),
  ).toEqual({
    gone: 3,
    stopped: true,
  })
  expect(await churnOf([...days(1, 1), ...days(1, 2, OTHER)], days(1, 2, OTHER))).toEqual({ gone: 1, stopped: false })
})

it('items that a post recommends are not let go', async () => {
  const recommended = days(1, 10).map(
    (entry): Entry => ({ ...entry, kind: 'article', origins: [...entry.origins, { source: 'weekly', kind: 'post' }] }),
  )
  expect(await churnOf(recommended, days(11, 20))).toEqual({ gone: 10, stopped: true })
})

it('what was published and cannot be read any more is a failure, since nothing says what is gone', async () => {
  const store = memoryStore()
  const run = async (entries: readonly Entry[]) => {
    const source: Source = {
      name: 'feeds',
      async *read() {
        for (const entry of entries) yield { entry }
      },
    }
    const { feeds, report } = await aggregate({
      site: { title: 'Loom', url: 'https://loom.example/' },
      sources: [source],
      feeds: { all: {}, tags: { per: 'tag' } },
      store,
    })
    return { feeds, failures: findChurnFailures(report) }
  }
  const tagged = days(1, 6).map(entry => ({ ...entry, tags: ['alpha'] }))
  await keepPublished((await run(tagged)).feeds, store, ['tags'])
  for (const name of ['all', 'tags', 'tags/alpha']) {
    const key = `published/${name}.json`
    const whole = (await store.get(key)) ?? ''
    await store.set(key, `<<<<<<< HEAD\n${whole}=======\n${whole}>>>>>>> other\n`)
    expect((await run(tagged.slice(0, 1))).failures).toContainEqual(
      expect.stringContaining(`what feed ${name} published last cannot be read`),
    )
    await keepPublished((await run(tagged)).feeds, store, ['tags'])
    expect((await run(tagged)).failures).toEqual([])
  }
})

it('feeds of tags that are no more have lost all, though their entries are in others; one among many may go, and what is accepted is forgotten', async () => {
  const store = memoryStore()
  const run = async (tag: string, count: number, ...more: readonly string[]) => {
    const source: Source = {
      name: 'feeds',
      async *read() {
        for (const entry of days(1, count)) yield { entry: { ...entry, tags: [tag, ...more] } }
      },
    }
    const options = {
      site: { title: 'Loom', url: 'https://loom.example/' },
      sources: [source],
      feeds: { all: {}, tags: { per: 'tag' } },
    } as const
    const { feeds, report } = await aggregate({ ...options, store, now: '2024-06-01T00:00:00.000Z' })
    return { feeds, churn: report.churn, failures: findChurnFailures(report) }
  }
  // An older version forgot none of its groups and listed none: a build after it is not held for them.
  await keepPublished((await run('forgotten', 6)).feeds, store)
  expect((await run('alpha', 6)).churn).toEqual({})
  await keepPublished((await run('alpha', 6)).feeds, store, ['tags'])
  const renamed = await run('beta', 6)
  expect(renamed.churn).toEqual({
    tags: {
      published: 6,
      gone: days(1, 6)
        .map(({ id }) => id)
        .toReversed(),
      ended: ['tags/alpha'],
    },
  })
  expect(renamed.failures).toEqual([expect.stringContaining('feeds tags/alpha would be no more, with 6 of the 6 published ids of tags')])
  await keepPublished(renamed.feeds, store, ['tags'])
  expect((await run('beta', 6)).churn).toEqual({})
  // A tag of few entries may go as a few entries may, and one that is corrected beside many others.
  await keepPublished((await run('gamma', 3)).feeds, store, ['tags'])
  expect(await run('delta', 3)).toMatchObject({ churn: { tags: { published: 3, ended: ['tags/gamma'] } }, failures: [] })
  const others = ['a', 'b', 'c', 'd']
  await keepPublished((await run('kubernets', 9, ...others)).feeds, store, ['tags'])
  expect(await run('kubernetes', 9, ...others)).toMatchObject({
    churn: { tags: { published: 45, ended: ['tags/kubernets'] } },
    failures: [],
  })
})
