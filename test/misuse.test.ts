import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toFeed } from '../src/bridge-feed.js'
import * as core from '../src/core.js'
import { createHandler } from '../src/handler.js'
import { assertWellFormed } from './feed/read-xml.js'
import { sampleFeed } from './feed/sample-feed.js'
import { call, publicFunctions } from './public-functions.js'
import { rounds } from './rounds.js'

/** What a call is refused with; `undefined` where it gave something. Anything else that is thrown goes on. */
function refusalOf(work: () => unknown): string | undefined {
  try {
    work()
    return undefined
  } catch (error) {
    if (error instanceof core.WeekloomError) return error.message
    throw error
  }
}

const served = async (feed: unknown) => {
  const handler: unknown = call(createHandler, { feed })
  if (typeof handler !== 'function') return expect.unreachable()
  const response: Response = await Reflect.apply(handler, undefined, [new Request('http://localhost/rss.xml')])
  return response.text()
}

/** Everything that takes a feed, by what it makes of it. */
const feedTakers: Readonly<Record<string, (feed: unknown) => unknown>> = {
  writeRss: feed => call(core.writeRss, feed),
  writeAtom: feed => call(core.writeAtom, feed),
  writeJson: feed => call(core.writeJson, feed),
  writeCalendar: feed => call(core.writeCalendar, feed),
  writePage: feed => call(core.writePage, feed),
  rssChunks: feed => call(core.rssChunks, feed),
  atomChunks: feed => call(core.atomChunks, feed),
  jsonChunks: feed => call(core.jsonChunks, feed),
  calendarChunks: feed => call(core.calendarChunks, feed),
  pageChunks: feed => call(core.pageChunks, feed),
  fitFeed: feed => call(core.fitFeed, feed, 10),
  toFeed: feed => call(toFeed, feed),
}
const entriesOf = (feed: unknown) => (typeof feed === 'object' && feed !== null && 'entries' in feed ? feed.entries : feed)
/** The same of those that take its entries. */
const listTakers: typeof feedTakers = {
  mergeEntries: feed => call(core.mergeEntries, entriesOf(feed)),
  selectEntries: feed => call(core.selectEntries, entriesOf(feed), { maxAge: 3 }),
  newestInstant: feed => call(core.newestInstant, entriesOf(feed)),
  presentEntry: feed => {
    const entries = entriesOf(feed)
    return Array.isArray(entries) ? entries.map(entry => call(core.presentEntry, entry)) : call(core.presentEntry, entries)
  },
}
const takers = { ...feedTakers, ...listTakers }
const names = Object.keys(takers)
const give = (name: string, feed: unknown) => takers[name]?.(feed)

const sound = sampleFeed(3)
const second = sound.entries[1]
/** The feed with fields of its second entry changed. */
const withEntry = (fields: object) => ({ ...sound, entries: [sound.entries[0], { ...second, ...fields }, sound.entries[2]] })

const date = new Date(0)
const holes = new Array(2)
const wrongFields: readonly [string, unknown, string][] = [
  ['id', undefined, 'must be a text, not undefined'],
  ['id', 5, 'must be a text, not a number'],
  ['keys', null, 'must be a list of texts, not null'],
  ['keys', [undefined], 'must be a text, not undefined'],
  ['url', new URL('https://a.example/'), 'must be a text, not an address'],
  ['title', undefined, 'must be a text, not undefined'],
  ['title', { text: 'x' }, 'must be a text, not an object'],
  ['authors', undefined, 'must be a list of persons, not undefined'],
  ['authors', ['Li'], 'must be a person with `name`, not a string'],
  ['authors', holes, 'must be a person with `name`, not undefined'],
  ['tags', 'a, b', 'must be a list of texts, not a string'],
  ['tags', { length: Number.NaN }, 'must be a list of texts, not an object'],
  ['kind', undefined, 'must be one of `issue`'],
  ['kind', 'post', 'must be one of `issue`'],
  ['state', 1, 'must be one of `full`, `partial`, not a number'],
  ['origins', undefined, 'must be a list of at least one origin, not undefined'],
  ['origins', [], 'must be a list of at least one origin, not a list'],
  ['origins', [{ kind: 'post' }], 'must be a text, not undefined'],
  ['published', date, 'must be a text, not a date'],
  ['published', 0, 'must be a text, not a number'],
  ['updated', null, 'must be a text, not null'],
  ['summary', null, 'must be a text, not null'],
  ['html', Promise.resolve(''), 'must be a text, not a promise'],
  ['image', { url: 'https://a.example/' }, 'must be a text, not an object'],
  ['account', 'Li', 'must be an account with `name`, not a string'],
  ['attachments', [{ url: 'https://a.example/a.mp3', length: '5' }], 'must be a number, not a string'],
  ['dated', 'page', 'must be an object with `from` and `precision`, not a string'],
  ['meeting', {}, 'must be a text, not undefined'],
]

describe.each(names)('%s', name => {
  it('takes what is sound', async () => {
    await expect(Promise.resolve(give(name, sound))).resolves.not.toThrow()
  })

  it.each(wrongFields)('refuses an entry whose %s is %o, and says which and why', (field, value, message) => {
    const refusal = refusalOf(() => give(name, withEntry({ [field]: value })))
    expect(refusal).toContain(field)
    expect(refusal).toContain(message)
    if (field !== 'id') expect(refusal).toContain(`(id “${second?.id}”)`)
    if (name !== 'presentEntry') expect(refusal).toContain('[1]')
  })

  it.each([
    [undefined, 'undefined'],
    [null, 'null'],
    [5, 'a number (5)'],
    ['<rss/>', 'a string ('],
    [{ ok: true, value: sound }, 'an outcome'],
    [Promise.resolve(sound), 'a promise'],
  ])('refuses %o in the place of all', (value, called) => {
    expect(refusalOf(() => give(name, value))).toContain(`not ${called}${called.endsWith('(') ? '' : '.'}`)
  })

  it.each([
    [null, 'null'],
    [undefined, 'undefined'],
    [[], 'a list'],
    ['x', 'a string ("x")'],
  ])('refuses %o among the entries', (value, called) => {
    expect(refusalOf(() => give(name, { ...sound, entries: [sound.entries[0], value] }))).toContain(`must be an entry, not ${called}.`)
  })

  it('takes dates that are none, numbers that are none, and addresses that are none for absent', () => {
    const entry = { published: 'yesterday', updated: '', url: 'x', image: '', attachments: [{ url: 'x', length: Number.NaN }] }
    expect(refusalOf(() => give(name, withEntry(entry)))).toBeUndefined()
  })
})

it.each(Object.entries(feedTakers).filter(([name]) => name !== 'pageChunks' && name !== 'writePage'))(
  '%s says which field of a feed is wrong',
  (_, take) => {
    expect(refusalOf(() => take({ ...sound, info: { title: 5 } }))).toContain('`info.title` must be a text, not a number (5).')
    expect(refusalOf(() => take({ info: null, entries: [] }))).toContain('`info` must be an object, not null.')
    expect(refusalOf(() => take({ info: { hubs: 'https://a.example/' }, entries: [] }))).toContain('`info.hubs` must be a list of texts')
    expect(refusalOf(() => take({ info: {} }))).toContain('`entries` must be a list of entries, not undefined.')
    expect(refusalOf(() => take({ info: {}, entries: [], updated: date }))).toContain('`updated` must be a text, not a date.')
  },
)

describe('what was wrong', () => {
  it.each([
    [{ published: date }, 'date.toISOString()'],
    [{ url: new URL('https://a.example/') }, 'url.href'],
    [{ html: Promise.resolve('') }, 'await'],
    [{ summary: null }, 'left out'],
  ])('%o comes with what to do', (fields, hint) => {
    try {
      give('writeRss', withEntry(fields))
      expect.unreachable()
    } catch (error) {
      expect(error).toMatchObject({ hint: expect.stringContaining(hint) })
    }
  })
})

/** Values of every sort that JavaScript has, sound for nothing. */
const odd: readonly unknown[] = [
  ...[undefined, null, 0, Number.NaN, Number.POSITIVE_INFINITY, -1, 1.5, 10n, true, '', 'text', Symbol('s')],
  ...[[], {}, [null], holes, [[]], () => {}, new Map(), date, new Date(Number.NaN), /x/, new URL('https://a.example/')],
  ...[Promise.resolve(), { ok: true, value: 1 }, Object.create(null), { length: Number.NaN }, { info: null }, { info: {}, entries: {} }],
  ...[new Uint8Array(2), { url: 'https://a.example/', body: 5 }, { url: 5, body: '' }, { items: 5 }, { items: [null] }],
]

const optionNames = [
  ...[
    'archive',
    'baseUrl',
    'body',
    'calendarUrl',
    'content',
    'contentType',
    'entries',
    'extractors',
    'formats',
    'images',
    'language',
    'limit',
  ],
  ...[
    'links',
    'maxAge',
    'of',
    'opmlUrl',
    'owner',
    'path',
    'rewriteImage',
    'rhythm',
    'roles',
    'selfUrl',
    'source',
    'timeZone',
    'title',
    'ttl',
  ],
  ...['updated', 'url'],
]

describe.each(Object.entries(publicFunctions))('%s, misused,', (_, [work, ...given]) => {
  it('works with what is sound', () => {
    expect(refusalOf(() => call(work, ...given))).toBeUndefined()
  })

  const failuresFor = (given: (value: unknown) => readonly unknown[]) =>
    odd.flatMap((value, index) => {
      try {
        refusalOf(() => call(work, ...given(value)))
        return []
      } catch (error) {
        return [`odd value ${index}: ${String(error)}`]
      }
    })

  it('gives something or is misused in words, whatever is handed over', () => {
    expect(failuresFor(value => [value])).toEqual([])
  })

  it('and whatever is handed over as its options', () => {
    expect(failuresFor(value => [...given, value])).toEqual([])
  })

  it.each(optionNames)('and whatever is handed over as the option %s', option => {
    expect(failuresFor(value => [...given, { [option]: value }])).toEqual([])
  })
})

/** The feed with one of its values, at whatever depth, replaced. */
const anyBent = fc
  .record({
    at: fc.array(fc.nat({ max: 30 }), { minLength: 1, maxLength: 5 }),
    value: fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constantFrom(...odd)),
  })
  .map(({ at, value }) => bend(structuredClone(sound), at, value))

function bend(from: unknown, [at = 0, ...rest]: readonly number[], value: unknown): unknown {
  if (typeof from !== 'object' || from === null) return value
  const keys = Object.keys(from)
  const key = keys[at % (keys.length + 1)]
  if (key === undefined) return value
  const inner: unknown = Reflect.get(from, key)
  Reflect.set(from, key, rest.length === 0 ? value : bend(inner, rest, value))
  return from
}

const isValid: Readonly<Record<string, (text: string) => void>> = {
  writeRss: assertWellFormed,
  writeAtom: assertWellFormed,
  writeJson: text => void JSON.parse(text),
  writeCalendar: text => expect(text).toMatch(/^BEGIN:VCALENDAR\r\n[\s\S]*END:VCALENDAR\r\n$/),
}

describe('any value in any place of a feed', () => {
  it.each(names)('gives valid output of %s or a refusal in words', name => {
    fc.assert(
      fc.property(fc.oneof({ weight: 4, arbitrary: anyBent }, fc.jsonValue()), feed => {
        refusalOf(() => {
          const made = give(name, feed)
          if (typeof made === 'string') isValid[name]?.(made)
        })
      }),
      { numRuns: rounds(300) },
    )
  })

  it('is refused by the handler in words too', async () => {
    await expect(served(withEntry({ tags: null }))).rejects.toThrow('`entries[1].tags`')
    await expect(served(withEntry({ tags: null }))).rejects.toThrow(core.WeekloomError)
    await expect(served(sound)).resolves.toContain('<rss')
  })
})
