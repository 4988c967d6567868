import { describe, expect, it } from 'vitest'
import { fromRssParser } from '../src/bridge-rss-parser.js'
import { aggregate, type Entry, feedToEntries, memoryStore, mergeEntries, type Options, parseFeed, type Source } from '../src/index.js'

const entry = (number: number): Entry => ({
  id: `https://a.example/${number}`,
  keys: [`https://a.example/${number}`],
  url: `https://a.example/${number}`,
  title: `Entry ${number}`,
  published: `2024-05-${String(number).padStart(2, '0')}T08:00:00.000Z`,
  authors: [],
  tags: [],
  kind: 'article',
  state: 'full',
  origins: [{ source: 'own', kind: 'article' }],
})
const own = (...numbers: number[]): Source => ({
  name: 'own',
  async *read() {
    for (const number of numbers) yield { entry: entry(number) }
  },
})
const options = (more: Partial<Options> = {}): Options => ({
  site: { title: 'Example', url: 'https://example.org/' },
  sources: [own(1, 2, 3)],
  store: memoryStore(),
  network: 'frozen',
  feeds: { feed: {} },
  ...more,
})
const textOf = (body: Iterable<string> | Uint8Array) => (body instanceof Uint8Array ? body.length : [...body].join(''))
async function read(files: Awaited<ReturnType<typeof aggregate>>['files']): Promise<Record<string, unknown>> {
  const texts: Record<string, unknown> = {}
  for await (const { path, body } of files) texts[path] = textOf(body)
  return texts
}

describe('aggregate as a library', () => {
  it('gives files that can be read again, and bodies too', async () => {
    const { files } = await aggregate(
      options({ outputs: [{ format: 'txt', mediaType: 'text/plain', write: ({ entries }) => entries.map(({ title }) => title) }] }),
    )
    const once = await read(files)
    expect(Object.values(once).every(text => text !== '')).toBe(true)
    expect(await read(files)).toEqual(once)
    for await (const { body } of files) expect(textOf(body)).toEqual(textOf(body))
  })

  it('keeps what was published when it is told to, for archives and for the report of a later run', async () => {
    const store = memoryStore()
    const feeds = { feed: { limit: 2, archive: 2 } } as const
    const first = await aggregate(options({ store, feeds, sources: [own(2, 3, 4, 5, 6, 7, 8, 9)] }))
    await first.keepPublished()
    const later = await aggregate(options({ store, feeds, sources: [own(1, 2, 3, 4, 5, 6, 7, 8, 9, 10)] }))
    expect(later.archives['feed']?.[0]).toEqual(first.archives['feed']?.[0])
    await later.keepPublished()
    const { report } = await aggregate(options({ store, feeds, sources: [own(1)] }))
    expect(report.churn['feed']?.gone).toHaveLength(2)
  })

  it('takes what a hook changes in place as what it gives, but for what names the entry', async () => {
    const { feeds } = await aggregate(
      options({
        onEntry: given => {
          Object.assign(given, { title: `${given.title}!`, id: 'x', keys: [] })
        },
      }),
    )
    expect(feeds['feed']?.entries.map(({ id, title }) => [id, title])).toEqual(
      [3, 2, 1].map(number => [entry(number).id, `Entry ${number}!`]),
    )
  })

  it.each([
    ['throws', 'HALF'],
    ['leaves it no entry', undefined],
  ])('keeps the entry as it was where a hook changes it in place and %s', async (_, title) => {
    const { feeds, report } = await aggregate(
      options({
        onEntry: given => {
          Object.assign(given, { title })
          if (title !== undefined) throw new Error('stopped')
        },
      }),
    )
    expect(feeds['feed']?.entries.map(each => each.title)).toEqual(['Entry 3', 'Entry 2', 'Entry 1'])
    expect(report.problems.map(({ code }) => code)).toEqual(['HOOK_FAILED', 'HOOK_FAILED', 'HOOK_FAILED'])
  })

  it("takes the date that a source of one's own gives each time, though it gives the same id", async () => {
    const store = memoryStore()
    const rolling = (published: string): Source => ({
      name: 'rolling',
      async *read() {
        yield { entry: { ...entry(1), kind: 'item', published } }
      },
    })
    await (await aggregate(options({ store, sources: [rolling('2024-05-01T00:00:00.000Z')] }))).keepPublished()
    const { feeds } = await aggregate(options({ store, sources: [rolling('2024-06-01T00:00:00.000Z')] }))
    expect(feeds['feed']?.entries[0]?.published).toBe('2024-06-01T00:00:00.000Z')
  })

  it('lets an onProgress that throws cost no entry, and says so once', async () => {
    const onProgress = () => {
      throw new Error('no')
    }
    const { feeds, report } = await aggregate(options({ onProgress }))
    expect(feeds['feed']?.entries).toHaveLength(3)
    expect(report.problems).toMatchObject([{ code: 'HOOK_FAILED', message: 'onProgress stopped.' }])
  })

  it('refuses an entry of a source whose id is empty, since all such would be one', async () => {
    const nameless: Source = {
      name: 'nameless',
      async *read() {
        yield { entry: { ...entry(1), id: '' } }
      },
    }
    const { report } = await aggregate(options({ sources: [nameless] }))
    expect(report.problems).toMatchObject([
      { code: 'SOURCE_FAILED', cause: expect.stringContaining('The `id` of the entry that it yields') },
    ])
  })
})

it('feedToEntries tells items of two feeds without an address by theirs, though their ids are alike', () => {
  const entries = ['a', 'b'].flatMap(name => {
    const feed = parseFeed(
      JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', title: name, items: [{ id: '1', url: `https://${name}.example/1` }] }),
    )
    return feed.ok ? feedToEntries(feed.value) : []
  })
  expect(
    mergeEntries(entries)
      .map(({ id }) => id)
      .sort(),
  ).toEqual(['https://a.example/1', 'https://b.example/1'])
})

it('fromRssParser refuses a promise and an outcome', () => {
  for (const given of [Promise.resolve({ items: [] }), { ok: true, value: { items: [] } }])
    expect(() => Reflect.apply(fromRssParser, undefined, [given])).toThrow('The feed to take over must be what rss-parser gave')
})
