import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type PageServer, startPageServer } from '../../fixtures/page-server.js'
import { aggregate } from '../../src/aggregate.js'
import { keepArchives } from '../../src/run/archives.js'
import { findChurnFailures } from '../../src/run/fail-policy.js'
import { keepPublished } from '../../src/run/find-churn.js'
import { feeds } from '../../src/sources/feeds.js'
import { memoryStore } from '../../src/store/memory-store.js'
import type { Store } from '../../src/types.js'

const HOST = 'https://blog.example'
const FEED = `${HOST}/feed.xml`

let answers: Record<string, string>
let server: PageServer
let store: Store
let day: number
beforeEach(async () => {
  store = memoryStore()
  answers = {}
  day = 1
  server = await startPageServer({ respond: path => (answers[path] === undefined ? { status: 500 } : { body: answers[path] }) })
})
afterEach(() => server.close())

/** The next day's build. */
async function build(feed: { limit?: number; archive?: number } = {}, urls: readonly string[] = [FEED]) {
  const made = await aggregate({
    site: { title: 'Loom Weekly', url: 'https://loomstack.example/' },
    sources: [feeds(urls)],
    feeds: { all: feed },
    store,
    hosts: { 'blog.example': server.origin },
    now: `2024-06-${String(day++).padStart(2, '0')}T00:00:00.000Z`,
  })
  await keepPublished(made.feeds, store)
  await keepArchives(made.archives, store)
  const entries = made.feeds['all']?.entries ?? []
  return {
    entries,
    ids: entries.map(({ id }) => id),
    shown: Object.fromEntries(entries.map(({ title, published }) => [title, published])),
    archives: made.archives['all'] ?? [],
    isHeld: findChurnFailures(made.report).length > 0,
  }
}

/** As if a run had been killed before it noted these posts. */
async function loseMet(...numbers: number[]) {
  for await (const key of store.keys('ledger/')) {
    const row = (await store.get(key)) ?? ''
    if (numbers.some(number => row.includes(`${HOST}/p/${number}"`))) await store.remove(key)
  }
}

/** Leaves in the store what is no copy of a document. */
async function loseFetched() {
  const keys: string[] = []
  for await (const key of store.keys('')) keys.push(key)
  for (const key of keys) if (/^(?:cache|feeds|sources)\//.test(key)) await store.remove(key)
}

interface Item {
  number: number
  guid?: string
  date?: string
}
const rss = (items: readonly Item[]) =>
  `<rss version="2.0"><channel><title>Blog</title><link>${HOST}/</link>${items
    .map(
      ({ number, guid = '', date }) =>
        `<item><title>Post ${number}</title><link>${HOST}/p/${number}</link><guid isPermaLink="false">${guid}</guid>${date === undefined ? '' : `<pubDate>${date}</pubDate>`}</item>`,
    )
    .join('')}</channel></rss>`
const dateOf = (number: number) => `0${number} May 2024 00:00:00 GMT`
const instantOf = (number: number) => `2024-05-0${number}T00:00:00.000Z`
/** Posts of these numbers, the newest first. */
const posts = (last: number, more: (number: number) => Omit<Item, 'number'>, first = 1) =>
  rss(Array.from({ length: last - first + 1 }, (_, index) => ({ number: last - index, ...more(last - index) })))
const byNumber = (number: number) => ({ guid: String(number), date: dateOf(number) })
const byLink = (number: number) => ({ guid: `${HOST}/p/${number}`, date: dateOf(number) })

describe('an item keeps its id', () => {
  it('though its feed calls it otherwise, fails for a while in a store that lost what was fetched, and comes back', async () => {
    answers['/feed.xml'] = posts(6, byNumber)
    const { ids } = await build()
    expect(ids[0]).toBe(`${FEED}#6`)
    answers['/feed.xml'] = posts(6, byLink)
    expect((await build()).ids).toEqual(ids)
    answers = {}
    await loseFetched()
    expect((await build()).ids).toEqual([])
    answers['/feed.xml'] = posts(6, byLink)
    expect((await build()).ids).toEqual(ids)
    answers['/feed.xml'] = posts(6, byNumber)
    expect((await build()).ids).toEqual(ids)
  })

  it('though the account of the last publication is lost or damaged', async () => {
    answers['/feed.xml'] = posts(6, byNumber)
    const { ids } = await build()
    answers['/feed.xml'] = posts(6, byLink)
    await build()
    await store.set('published/all.json', '<<<<<<< ours\n{}\n=======\n{}\n>>>>>>> theirs\n')
    expect((await build()).ids).toEqual(ids)
  })

  it('when the feed has moved while it was behind the limit, and the limit is raised', async () => {
    answers['/feed.xml'] = posts(3, byNumber)
    const { ids } = await build()
    answers['/feed.xml'] = posts(6, byNumber)
    await build({ limit: 2 })
    answers['/new.xml'] = posts(6, byNumber)
    await build({ limit: 2 }, [`${HOST}/new.xml`])
    expect((await build({}, [`${HOST}/new.xml`])).ids.slice(3)).toEqual(ids)
  })

  it('from a store of a version whose ledger knew no items, for good', async () => {
    answers['/feed.xml'] = posts(3, byNumber)
    const { ids } = await build()
    for await (const key of store.keys('ledger/')) await store.remove(key)
    answers['/feed.xml'] = posts(3, byLink)
    expect((await build()).ids).toEqual(ids)
    await store.remove('published/all.json')
    expect((await build()).ids).toEqual(ids)
    answers['/feed.xml'] = posts(3, byNumber)
    expect((await build()).ids).toEqual(ids)
  })

  it('in the archive, where nothing stands twice', async () => {
    const limited = { limit: 3, archive: 2 }
    const idsOf = (...numbers: number[]) => numbers.map(number => `${FEED}#${number}`)
    answers['/feed.xml'] = posts(6, byNumber)
    expect((await build(limited)).archives).toEqual([idsOf(1, 2), idsOf(3, 4)])
    answers['/feed.xml'] = posts(7, byLink)
    const archives = [idsOf(1, 2), idsOf(3, 4)]
    for (let round = 0; round < 3; round++) {
      const made = await build(limited)
      expect(made.archives).toEqual(archives)
      expect(made.ids).toEqual([`${HOST}/p/7`, ...idsOf(6, 5)])
    }
    expect((await build({ limit: 7 })).ids).toEqual([`${HOST}/p/7`, ...idsOf(6, 5, 4, 3, 2, 1)])
  })

  it('but not another item of a feed that has one, whose address stays', async () => {
    const only = (number: number) => rss([{ number: 0, ...byNumber(number) }])
    for (const number of [1, 2, 3, 2]) {
      answers['/feed.xml'] = only(number)
      expect((await build()).ids).toEqual([`${FEED}#${number}`])
    }
  })

  it('each its own, where one has now the address that another had on the same day', async () => {
    answers['/feed.xml'] = rss([{ number: 1, guid: 'a', date: dateOf(1) }])
    await build()
    answers['/feed.xml'] = rss([
      { number: 1, guid: 'b', date: dateOf(1) },
      { number: 2, guid: 'a', date: dateOf(1) },
    ])
    for (let round = 0; round < 2; round++) expect((await build()).ids.sort()).toEqual([`${FEED}#a`, `${FEED}#b`])
  })
})

describe('the date of an item stays', () => {
  const releases = (changed: Record<number, string>) =>
    `<feed xmlns="http://www.w3.org/2005/Atom"><title>Releases</title><id>urn:r</id><updated>2024-05-09T00:00:00Z</updated>${[3, 2, 1]
      .map(
        n =>
          `<entry><id>urn:r:${n}</id><title>v${n}</title><link href="${HOST}/r/${n}"/><updated>${changed[n] ?? instantOf(n)}</updated></entry>`,
      )
      .join('')}</feed>`

  it('when an entry that states its last change alone is mended; the change is told', async () => {
    answers['/feed.xml'] = releases({})
    const { shown } = await build()
    answers['/feed.xml'] = releases({ 1: '2024-05-20T00:00:00.000Z' })
    const { shown: later, entries } = await build()
    expect(later).toEqual(shown)
    expect(entries.map(({ title }) => title)).toEqual(['v3', 'v2', 'v1'])
    expect(entries[2]?.updated).toBe('2024-05-20T00:00:00.000Z')
  })

  it('when its feed dates all items anew, by each fetch or not at all', async () => {
    answers['/feed.xml'] = posts(5, byNumber)
    const { shown } = await build()
    for (const date of ['02 Jun 2024 00:00:00 GMT', '03 Jun 2024 00:00:00 GMT', undefined]) {
      answers['/feed.xml'] = posts(5, number => ({ guid: String(number), ...(date === undefined ? {} : { date }) }))
      const made = await build()
      expect(made.shown).toEqual(shown)
      expect(made.isHeld).toBe(false)
    }
  })
})

describe('an item without a date', () => {
  const undated = (number: number) => ({ guid: String(number) })

  it('is dated by the run that met it first, in the order of its feed, and stays so', async () => {
    answers['/feed.xml'] = posts(3, undated)
    const first = await build()
    expect(first.shown).toEqual({
      'Post 3': '2024-06-01T00:00:00.000Z',
      'Post 2': '2024-05-31T23:59:59.000Z',
      'Post 1': '2024-05-31T23:59:58.000Z',
    })
    expect(first.entries[0]?.dated).toEqual({ from: 'first-seen', precision: 'day', estimated: true })
    expect((await build()).entries).toEqual(first.entries)
  })

  it('stands beside the dated ones of another feed, a new one above', async () => {
    answers['/feed.xml'] = posts(2, undated)
    answers['/other.xml'] = posts(8, byLink, 5)
    const urls = [FEED, `${HOST}/other.xml`]
    await build({ limit: 3 }, urls)
    answers['/feed.xml'] = posts(3, undated)
    expect(Object.keys((await build({ limit: 4 }, urls)).shown)).toEqual(['Post 3', 'Post 2', 'Post 1', 'Post 8'])
  })

  it('stands where its feed has it, though a run was killed while it noted that feed', async () => {
    answers['/feed.xml'] = posts(12, undated)
    await build()
    // Rows are written some at once, so any may be missing.
    await loseMet(12, 11, 9, 4, 3, 1)
    const { entries } = await build()
    expect(entries.map(({ title }) => title)).toEqual([12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1].map(number => `Post ${number}`))
    expect(entries.map(({ published }) => published?.slice(8, 10))).toEqual(['02', '01', ...Array<string>(10).fill('31')])
  })

  it('is older than what stands above it, where its feed brings it in from behind', async () => {
    answers['/feed.xml'] = posts(6, undated, 4)
    await build()
    answers['/feed.xml'] = posts(7, undated)
    expect(Object.entries((await build()).shown)).toEqual([
      ['Post 7', '2024-06-02T00:00:00.000Z'],
      ['Post 6', '2024-06-01T00:00:00.000Z'],
      ...[5, 4, 3, 2, 1].map((number, index) => [`Post ${number}`, `2024-05-31T23:59:5${9 - index}.000Z`]),
    ])
  })

  it('is new below one that its feed pins to the top', async () => {
    const pinned = (...numbers: number[]) => rss([0, ...numbers].map(number => ({ number, ...undated(number) })))
    answers['/feed.xml'] = pinned()
    await build()
    answers['/feed.xml'] = rss([1, 0].map(number => ({ number, ...undated(number) })))
    await build()
    answers['/feed.xml'] = pinned(2, 1)
    expect(Object.entries((await build()).shown)[0]).toEqual(['Post 2', '2024-06-02T23:59:59.000Z'])
  })

  it('that a run with a clock ahead has dated is dated anew, in the order of its feed; a few minutes count for nothing', async () => {
    answers['/feed.xml'] = posts(3, undated)
    day = 29
    await build()
    day = 3
    const { entries } = await build()
    expect(entries.map(({ title, published }) => [title, published])).toEqual([
      ['Post 3', '2024-06-03T00:00:00.000Z'],
      ['Post 2', '2024-06-02T23:59:59.000Z'],
      ['Post 1', '2024-06-02T23:59:58.000Z'],
    ])
    day = 2
    expect((await build()).entries).toEqual(entries)
  })

  it('takes its true date once its feed states it', async () => {
    answers['/feed.xml'] = posts(2, undated)
    await build()
    answers['/feed.xml'] = posts(2, byNumber)
    expect((await build()).shown).toEqual({ 'Post 2': instantOf(2), 'Post 1': instantOf(1) })
  })

  it('is let go by its feed like any other, in whatever order that has its items', async () => {
    answers['/feed.xml'] = rss([1, 2, 3, 4, 5, 6].map(number => ({ number, ...undated(number) })))
    await build()
    answers['/feed.xml'] = rss([6, 7, 8, 9].map(number => ({ number, ...undated(number) })))
    expect((await build()).isHeld).toBe(false)
  })
})
