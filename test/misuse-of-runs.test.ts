import { describe, expect, it } from 'vitest'
import * as library from '../src/index.js'

const site = { title: 'T', url: 'https://a.example/' }
const entry = {
  id: 'https://a.example/1',
  keys: ['https://a.example/1'],
  url: 'https://a.example/1',
  title: 'T',
  authors: [],
  tags: [],
  kind: 'item',
  state: 'full',
  origins: [{ source: 's', kind: 'feed' }],
}

/** Values of every sort that JavaScript has, sound for little. */
const odd: readonly unknown[] = [
  ...[undefined, null, 5, Number.NaN, 'x', true, [], {}, [null], [5], () => {}, new Map(), new Date(0), Promise.resolve()],
  { ok: true, value: 1 },
]

const call = (work: (...given: never[]) => unknown, ...given: readonly unknown[]): unknown => Reflect.apply(work, undefined, given)

async function run(options: object): Promise<library.Report> {
  const { files, report } = await library.aggregate({ site, sources: [], store: library.memoryStore(), network: 'frozen', ...options })
  for await (const { body } of files) if (!(body instanceof Uint8Array)) Array.from(body)
  return report
}
const yielding = (...items: readonly unknown[]) => ({
  name: 's',
  read: async function* () {
    yield* items
  },
})
const runOver = (item: unknown) => call(run, { sources: [yielding(item)] })
const answerOf = async (served: unknown, request: unknown = new Request('http://localhost/rss.xml')) => {
  const handler = call(library.createHandler, served)
  return typeof handler === 'function' ? await Reflect.apply(handler, undefined, [request]) : expect.unreachable()
}

const calls: Readonly<Record<string, (value: unknown) => unknown>> = {
  aggregate: value => call(library.aggregate, value),
  weekly: value => call(library.weekly, value),
  articles: value => call(library.articles, value),
  feeds: value => call(library.feeds, value),
  opml: value => call(library.opml, value),
  fileStore: value => call(library.fileStore, value),
  writeFiles: value => call(library.writeFiles, value),
  'writeFiles to': value => (typeof value === 'string' ? undefined : call(library.writeFiles, [], value)),
  adoptIds: value => call(library.adoptIds, value, library.memoryStore(), () => {}),
  toNodeListener: value => call(library.toNodeListener, value),
  'createHandler of': value => answerOf(value),
  'createHandler of what a function gives': value => answerOf(() => value),
  'createHandler of files': value => answerOf([value]),
  'createHandler of a body': value => answerOf([{ path: 'rss.xml', mediaType: 'text/xml', body: value }]),
  'createHandler with': value => call(library.createHandler, [], value),
  ...Object.fromEntries(
    ['base', 'cacheControl', 'cors', 'moved'].map(name => [
      `createHandler with ${name}`,
      async (value: unknown) => {
        const handler = call(
          library.createHandler,
          {},
          { [name]: value, ...(name === 'moved' ? {} : { moved: { a: 'https://b.example/周' } }) },
        )
        if (typeof handler === 'function') await Reflect.apply(handler, undefined, [new Request('http://localhost/a')])
      },
    ]),
  ),
  'createHandler moving to': value => call(library.createHandler, {}, { moved: { a: value } }),
  'a handler asked with': value => answerOf([], value),
  ...Object.fromEntries(
    [
      'sources',
      'feeds',
      'store',
      'hosts',
      'fetch',
      'images',
      'fullText',
      'budget',
      'failOn',
      'onEntry',
      'cwd',
      'now',
      'signal',
      'site',
    ].map(name => [`the option ${name}`, (value: unknown) => call(run, { [name]: value })]),
  ),
  'a source that yields': runOver,
  'a source whose read gives': value => call(run, { sources: [{ name: 's', read: () => value }] }),
  ...Object.fromEntries(
    [...Object.keys(entry), 'published', 'updated', 'html', 'meeting', 'attachments'].map(field => [
      `a source whose entry has as ${field}`,
      (value: unknown) => runOver({ entry: { ...entry, [field]: value } }),
    ]),
  ),
  ...Object.fromEntries(
    ['entry', 'wants', 'softKeys', 'refine', 'twin'].map(field => [
      `a source whose item has as ${field}`,
      (value: unknown) => runOver({ entry, [field]: value }),
    ]),
  ),
  'a store that gives': value => call(run, { sources: [yielding({ entry })], store: { ...library.memoryStore(), get: async () => value } }),
}

it.each(Object.entries(calls))('%s anything is misuse in words, or comes to an end', async (_, attempt) => {
  const failures: string[] = []
  for (const [index, value] of odd.entries()) {
    try {
      await attempt(value)
    } catch (error) {
      if (!(error instanceof library.WeekloomError)) failures.push(`${index}: ${String(error)}`)
    }
  }
  expect(failures).toEqual([])
})

it('a handler sends readers on to an absolute address in any letters', async () => {
  const handler = library.createHandler({}, { moved: { 'index.xml': 'https://b.example/周?a=é' } })
  const { status, headers } = await handler(new Request('http://localhost/index.xml'))
  expect([status, headers.get('location')]).toEqual([301, 'https://b.example/%E5%91%A8?a=%C3%A9'])
})

it('a store that gives null for what is not there is as good as one that gives nothing', async () => {
  const store = library.memoryStore()
  const { problems } = await run({
    sources: [yielding({ entry })],
    store: { ...store, get: async (key: string) => (await store.get(key)) ?? null },
  })
  expect(problems).toEqual([])
})

it('a store that gives no text is told as one that cannot be used', async () => {
  const store = { ...library.memoryStore(), get: async () => ({}) }
  await expect(run({ sources: [yielding({ entry })], store })).rejects.toMatchObject({
    problem: { code: 'STORE_UNUSABLE', cause: expect.stringContaining('no text') },
  })
})

describe('a source of the user’s own', () => {
  it.each<[string, unknown, string]>([
    ['no item', null, 'What it yields must be an object with `entry`, not null.'],
    ['an entry in place of an item', entry, '`entry`'],
    ['an entry without keys', { entry: { ...entry, keys: undefined } }, '`keys` must be a list of texts'],
    ['a date that is none', { entry: { ...entry, published: 'yesterday' } }, '`published` must be a date'],
    ['soft keys that are no list', { entry, softKeys: 'x' }, '`softKeys` must be a list of texts, not a string'],
  ])('that yields %s is a problem that names the field, and costs no other and nothing that it gave before', async (_, item, cause) => {
    const sources = [
      { ...yielding({ entry }, item), name: 'bad' },
      yielding({ entry: { ...entry, id: 'b', keys: ['b'], url: 'https://a.example/2' } }),
    ]
    const { problems, sources: read } = await Reflect.apply(run, undefined, [{ sources }])
    expect(problems).toMatchObject([{ code: 'SOURCE_FAILED', where: { source: 'bad' }, cause: expect.stringContaining(cause) }])
    expect(read).toMatchObject([{ entries: 1 }, { entries: 1 }])
  })

  it('may give dates as Date', async () => {
    const sources = [yielding({ entry: { ...entry, published: new Date(0) } })]
    const { feeds } = await Reflect.apply(library.aggregate, undefined, [{ site, sources, store: library.memoryStore() }])
    expect(feeds['feed']?.entries).toMatchObject([{ published: '1970-01-01T00:00:00.000Z' }])
  })
})

it('a handler that is asked by Node itself says what stands between', async () => {
  const message = { url: '/rss.xml', method: 'GET', headers: { host: 'localhost' } }
  await expect(answerOf([], message)).rejects.toThrow('The request must be a `Request` of the web: `toNodeListener` makes one')
})
