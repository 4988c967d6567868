import net from 'node:net'
import RssParser from 'rss-parser'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type PageServer, startPageServer } from '../../fixtures/page-server.js'
import { aggregate } from '../../src/aggregate.js'
import type { Options } from '../../src/run/options.js'
import { type FeedsOptions, feeds } from '../../src/sources/feeds.js'
import { memoryStore } from '../../src/store/memory-store.js'
import type { Store } from '../../src/types.js'

const HOST = 'https://news.example'

interface Answer {
  status?: number
  body?: string | Uint8Array
  headers?: Record<string, string>
}

let answers: Record<string, Answer | string>
let asked: string[]
let server: PageServer
let store: Store
beforeEach(async () => {
  store = memoryStore()
  answers = {}
  asked = []
  server = await startPageServer({
    respond: path => {
      asked.push(path)
      const answer = answers[path]
      return answer === undefined ? { status: 404 } : typeof answer === 'string' ? { body: answer } : answer
    },
  })
})
afterEach(() => server.close())

async function run(urls: string | string[], options: FeedsOptions = {}, more: Partial<Options> = {}) {
  asked = []
  const made = await aggregate({
    site: { title: 'Loom Weekly', url: 'https://loomstack.example/' },
    sources: [feeds(urls, options)],
    feeds: { all: { limit: false } },
    store,
    hosts: { 'news.example': server.origin, 'moved.example': server.origin },
    now: '2024-06-01T00:00:00.000Z',
    ...more,
  })
  const entries = made.feeds['all']?.entries ?? []
  const problems = made.report.problems
  return { entries, titles: entries.map(({ title }) => title), problems, codes: problems.map(({ code }) => code) }
}

/** A port of this machine that nobody listens to. */
async function closedOrigin(): Promise<string> {
  const { origin, close } = await startPageServer()
  await close()
  return origin
}

const item = (name: string, day = 1, more = '') =>
  `<item><title>${name}</title><link>${HOST}/${name}</link><guid isPermaLink="false">${name}</guid><pubDate>${String(day).padStart(2, '0')} May 2024 00:00:00 GMT</pubDate>${more}</item>`
const rss = (items: string, more = '') =>
  `<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>News</title><link>${HOST}/</link>${more}${items}</channel></rss>`
const next = (address: string) => `<atom:link rel="next" href="${address}"/>`

describe('a source of feeds', () => {
  it('gives an entry for each item, careless feeds and JSON included', async () => {
    answers = {
      '/a.xml': rss(`${item('one & all')}<item><title>no address</title></item>`),
      '/b.json': JSON.stringify({
        version: 'https://jsonfeed.org/version/1.1',
        title: 'J',
        items: [{ id: 'j', url: `${HOST}/j`, title: 'two', content_text: 'x' }],
      }),
    }
    const { entries, codes } = await run([`${HOST}/a.xml`, `${HOST}/b.json`], { tags: ['friends'] })
    expect(entries.map(({ title, id, tags, kind }) => [title, id, tags, kind])).toEqual([
      ['no address', `${HOST}/a.xml#no%20address`, ['friends'], 'item'],
      ['two', `${HOST}/b.json#j`, ['friends'], 'item'],
      ['one & all', `${HOST}/a.xml#one%20%26%20all`, ['friends'], 'item'],
    ])
    expect(codes).toEqual([])
  })

  it('loses no other feed for one that cannot be had or read', async () => {
    answers = { '/a.xml': 'busy', '/b.xml': rss(item('one')) }
    const { titles, codes, problems } = await run([`${HOST}/a.xml`, `${HOST}/none.xml`, `${HOST}/b.xml`])
    expect(titles).toEqual(['one'])
    expect(codes).toEqual(['FEED_UNREADABLE', 'FETCH_GONE'])
    expect(problems[1]?.hint).not.toContain('weekly')
  })

  it('keeps the last good copy when the feed becomes a page that names it', async () => {
    answers = { '/a.xml': rss(item('one')) }
    await run(`${HOST}/a.xml`)
    answers = { '/a.xml': '<!doctype html><link rel="alternate" type="application/rss+xml" href="/a.xml">' }
    const { titles, codes } = await run(`${HOST}/a.xml`)
    expect(titles).toEqual(['one'])
    expect(codes).toEqual(['FEED_IS_PAGE'])
  })

  it.each([
    ['a page that shows an item', '<!doctype html><html><body><template><item></item></template></body></html>'],
    ['an answer that has items', '{ "error": "rate limited", "items": [] }'],
  ])('keeps the last good copy when the feed becomes %s', async (_, answer) => {
    answers = { '/a.xml': rss(item('one')) }
    await run(`${HOST}/a.xml`)
    answers = { '/a.xml': answer }
    const { titles, codes } = await run(`${HOST}/a.xml`)
    expect(titles).toEqual(['one'])
    expect(codes).toEqual(['FEED_UNREADABLE'])
  })

  describe('that is cut off by its server', () => {
    const whole = rss(item('three', 3) + item('two', 2) + item('one'))
    const cut = whole.slice(0, whole.indexOf('</link>', whole.indexOf('>two<')))

    it('is told, its last good copy stands in, and is kept', async () => {
      answers = { '/a.xml': whole }
      await run(`${HOST}/a.xml`)
      answers = { '/a.xml': cut }
      for (let count = 0; count < 2; count++) {
        const { titles, problems } = await run(`${HOST}/a.xml`)
        expect(titles).toEqual(['three', 'two', 'one'])
        expect(problems).toMatchObject([{ code: 'FEED_CUT', level: 'warning', where: { source: 'feeds', url: `${HOST}/a.xml` } }])
      }
      expect((await run(`${HOST}/a.xml`, {}, { network: 'frozen' })).titles).toEqual(['three', 'two', 'one'])
      const taken = await run(`${HOST}/a.xml`, {}, { network: 'refresh' })
      expect([taken.titles, taken.codes]).toEqual([['three'], ['FEED_CUT']])
    })

    it('gives what stands whole in it where there is no copy, until it is whole again', async () => {
      answers = { '/a.xml': cut }
      const first = await run(`${HOST}/a.xml`)
      expect([first.titles, first.codes]).toEqual([['three'], ['FEED_CUT']])
      answers = { '/a.xml': whole }
      const second = await run(`${HOST}/a.xml`)
      expect([second.titles, second.codes]).toEqual([['three', 'two', 'one'], []])
    })

    it('goes on where its server never closes the root', async () => {
      const open = (items: string) => rss(items).replace('</channel></rss>', '')
      for (const [index, items] of [item('one'), item('one') + item('two', 2), item('two', 2)].entries()) {
        answers = { '/a.xml': open(items) }
        const { titles, codes } = await run(`${HOST}/a.xml`)
        expect([titles.sort(), codes]).toEqual([[['one'], ['one', 'two'], ['two']][index], ['FEED_CUT']])
      }
    })
  })

  it('keeps the last good copy when it has no items any more, until it is asked for again on purpose', async () => {
    answers = { '/a.xml': rss(item('one')) }
    await run(`${HOST}/a.xml`)
    answers = { '/a.xml': rss('') }
    for (let count = 0; count < 2; count++) {
      const { titles, problems } = await run(`${HOST}/a.xml`)
      expect(titles).toEqual(['one'])
      expect(problems).toMatchObject([{ code: 'FEED_EMPTIED', level: 'warning', where: { source: 'feeds', url: `${HOST}/a.xml` } }])
    }
    const taken = await run(`${HOST}/a.xml`, {}, { network: 'refresh' })
    expect([taken.titles, taken.codes]).toEqual([[], []])
    expect((await run(`${HOST}/a.xml`)).codes).toEqual([])
  })

  it('takes of several revisions of an entry the one that was updated last', async () => {
    const entry = (day: number) =>
      `<entry><id>tag:news.example,2024:a</id><title>of day ${day}</title><link href="${HOST}/a"/><updated>2024-05-0${day}T00:00:00Z</updated></entry>`
    answers = { '/a.xml': `<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title>${[1, 9, 5].map(entry).join('')}</feed>` }
    expect((await run(`${HOST}/a.xml`)).titles).toEqual(['of day 9'])
  })

  it('takes the newest of each feed, and what the filters leave', async () => {
    answers = {
      '/a.xml': rss([3, 1, 2].map(day => item(`a${day}`, day)).join('')),
      '/b.xml': rss([5, 4].map(day => item(`b${day}`, day)).join('')),
    }
    const { titles } = await run([`${HOST}/a.xml`, `${HOST}/b.xml`], {
      limit: 2,
      exclude: { title: /5$/ },
      map: entry => ({ ...entry, title: `+${entry.title}` }),
    })
    expect(titles.sort()).toEqual(['+a2', '+a3', '+b4'])
  })
})

describe('dates without a zone', () => {
  const withoutZone = rss('<item><title>one</title><guid>1</guid><pubDate>Mon, 20 May 2024 08:00:00 </pubDate></item>')
  it.each([
    ['UTC, whatever the site', {}, '2024-05-20T08:00:00.000Z'],
    ['that of the source', { timeZone: 'Asia/Shanghai' }, '2024-05-20T00:00:00.000Z'],
    ['that of the source for an own parser, too', { timeZone: 'Asia/Shanghai', parser: new RssParser() }, '2024-05-20T00:00:00.000Z'],
  ])('are of the zone that is meant: %s', async (_, options, expected) => {
    answers = { '/a.xml': withoutZone }
    const { entries } = await run(`${HOST}/a.xml`, options)
    expect(entries[0]?.published).toBe(expected)
  })
})

describe('many feeds', () => {
  it('are read side by side, and give what they would give one by one', async () => {
    const names = Array.from({ length: 40 }, (_, index) => `f${index}`)
    answers = Object.fromEntries(names.flatMap((name, index) => (index % 10 === 7 ? [] : [[`/${name}.xml`, rss(item(name))]])))
    const { entries, problems } = await run(
      names.map(name => `${HOST}/${name}.xml`),
      {},
      { fetch: { perHost: 40 } },
    )
    expect(entries).toHaveLength(36)
    expect(problems.map(({ code, where }) => [code, where.url])).toEqual(
      [7, 17, 27, 37].map(index => ['FETCH_GONE', `${HOST}/f${index}.xml`]),
    )
    expect(problems.every(({ where }) => where.source === 'feeds')).toBe(true)
  })

  it('are each asked for once, however their addresses are written', async () => {
    answers = { '/a.xml': rss(item('one')) }
    const { titles } = await run([`${HOST}/a.xml`, ` ${HOST}/a.xml`, 'feed://news.example/a.xml', 'http://news.example/a.xml'])
    expect([titles, asked]).toEqual([['one'], ['/a.xml']])
  })

  it('do not stand above all others by items of the far future', async () => {
    const ahead = `<item><title>ahead</title><guid>1</guid><pubDate>01 May 2099 00:00:00 GMT</pubDate></item>`
    const tomorrow = `<item><title>tomorrow</title><guid>2</guid><pubDate>01 Jun 2024 20:00:00 GMT</pubDate></item>`
    answers = { '/a.xml': rss(ahead + tomorrow + item('one')) }
    const { titles, codes } = await run(`${HOST}/a.xml`)
    expect([titles, codes]).toEqual([['tomorrow', 'one'], ['ENTRY_FUTURE']])
    expect((await run(`${HOST}/a.xml`, {}, { future: true })).titles).toEqual(['ahead', 'tomorrow', 'one'])
  })
})

describe('pages of a feed', () => {
  it('are followed up to the limit, each entry once', async () => {
    answers = {
      '/a.xml': rss(item('one') + item('two'), next('/a.xml?page=2')),
      '/a.xml?page=2': rss(item('two') + item('three'), next('/a.xml?page=3')),
      '/a.xml?page=3': rss(item('four'), next('/a.xml?page=4')),
    }
    expect((await run(`${HOST}/a.xml`, { pages: 3 })).titles.sort()).toEqual(['four', 'one', 'three', 'two'])
    expect((await run(`${HOST}/a.xml`, { pages: 1 })).titles.sort()).toEqual(['one', 'two'])
  })

  it('end where they lead in a circle, to another host, or to nothing', async () => {
    answers = {
      '/a.xml': rss(item('one'), next('/b.xml')),
      '/b.xml': rss(item('two'), next('/a.xml')),
      '/c.xml': rss(item('three'), next('https://elsewhere.example/c.xml')),
      '/d.xml': rss(item('four'), next('/none.xml')),
    }
    const { titles, codes } = await run(['/a.xml', '/c.xml', '/d.xml'].map(path => HOST + path))
    expect(titles.sort()).toEqual(['four', 'one', 'three', 'two'])
    expect(codes).toEqual(['FETCH_GONE'])
    expect(asked.filter(path => path === '/a.xml')).toHaveLength(1)
  })
})

describe('more pages of a feed', () => {
  it('are not asked for when one brought nothing new, or there are as many entries as the limit wants', async () => {
    const pages = ['/a.xml', '/a.xml?p=2', '/a.xml?p=3', '/a.xml?p=4']
    answers = Object.fromEntries(pages.map((path, index) => [path, rss(item('same'), next(pages[index + 1] ?? ''))]))
    await run(`${HOST}/a.xml`)
    expect(asked.filter(path => path.startsWith('/a.xml'))).toEqual(['/a.xml', '/a.xml?p=2'])
    answers = Object.fromEntries(pages.map((path, index) => [path, rss(item(`p${index}`, 9 - index), next(pages[index + 1] ?? ''))]))
    expect((await run(`${HOST}/a.xml`, { limit: 2 }, { store: memoryStore() })).titles).toEqual(['p0', 'p1'])
    expect(asked.filter(path => path.startsWith('/a.xml'))).toEqual(['/a.xml', '/a.xml?p=2'])
  })

  it('that are the first one again, written otherwise, are not asked for', async () => {
    answers = { '/a.xml': rss(item('one'), next('HTTPS://NEWS.EXAMPLE:443/a.xml#next')) }
    await run(`${HOST}/a.xml`)
    expect(asked).toEqual(['/a.xml'])
  })
})

describe('an address that is not, or no more, that of the feed', () => {
  const head = (...links: string[]) =>
    `<!doctype html><html><head>${links.map(link => `<link rel="alternate" type="application/rss+xml" ${link}>`).join('')}</head></html>`
  const page = '<!doctype html><html><head><link rel="alternate" type="application/rss+xml" href="/feed.xml"></head></html>'

  it('of a site leads to the feed that its page names, the next time at once', async () => {
    answers = { '/': page, '/feed.xml': rss(item('one')) }
    const first = await run(`${HOST}/`)
    expect([first.titles, first.codes]).toEqual([['one'], ['FEED_DISCOVERED']])
    const second = await run(`${HOST}/`)
    expect([second.titles, second.codes]).toEqual([['one'], []])
    expect(asked).not.toContain('/')
    expect((await run(`${HOST}/`, {}, { network: 'frozen' })).titles).toEqual(['one'])
  })

  it('that was redirected for good is told, and remembered', async () => {
    answers = { '/old.xml': { status: 301, headers: { location: `${HOST}/new.xml` } }, '/new.xml': rss(item('one')) }
    expect((await run(`${HOST}/old.xml`)).codes).toEqual(['FEED_MOVED'])
    const again = await run(`${HOST}/old.xml`)
    expect([again.titles, again.codes]).toEqual([['one'], ['FEED_MOVED']])
    expect(again.problems[0]?.data).toEqual({ target: `${HOST}/new.xml` })
    expect(asked).not.toContain('/old.xml')
  })

  it('is asked again when the remembered place has nothing any more', async () => {
    answers = { '/': page, '/feed.xml': rss(item('one')) }
    await run(`${HOST}/`, {}, { store })
    for await (const key of store.keys('cache/')) await store.remove(key)
    answers = { '/': page.replace('/feed.xml', '/other.xml'), '/other.xml': rss(item('two')) }
    expect((await run(`${HOST}/`)).titles).toContain('two')
  })

  it('of a site leads to the feed that the page names now, when the one it named before is gone', async () => {
    answers = { '/': page, '/feed.xml': rss(item('one')) }
    await run(`${HOST}/`)
    answers = { '/': page.replace('/feed.xml', '/other.xml'), '/other.xml': rss(item('two')) }
    const moved = await run(`${HOST}/`)
    expect([moved.titles, moved.codes]).toEqual([['two'], ['FEED_DISCOVERED']])
    answers = { '/': 'nothing' }
    const gone = await run(`${HOST}/`)
    expect([gone.titles, gone.codes]).toEqual([['two'], ['FETCH_GONE']])
  })

  it.each([
    ['the feed of comments', head('href="/comments/feed" title="Blog » Comments"', 'href="/feed.xml"')],
    ['one that is dead', head('href="/dead.xml"', 'href="/feed.xml"')],
    ['the page itself', head('href="/"', 'href="/feed.xml"')],
  ])('of a site does not lead to %s', async (_, site) => {
    answers = { '/': site, '/comments/feed': rss(item('comment')), '/feed.xml': rss(item('one')) }
    expect((await run(`${HOST}/`)).titles).toEqual(['one'])
  })

  it('of a site leads to its feed for a parser of the user’s own as well', async () => {
    answers = { '/': page, '/feed.xml': rss(item('one')) }
    expect((await run(`${HOST}/`, { parser: new RssParser() })).titles).toEqual(['one'])
  })

  it('leads to a host that no source names, where the server redirects to it', async () => {
    answers = {
      '/old.xml': { status: 301, headers: { location: 'https://moved.example/new.xml' } },
      '/for-a-while.xml': { status: 302, headers: { location: 'https://moved.example/new.xml' } },
      '/new.xml': rss(item('one')),
    }
    const first = await run(`${HOST}/old.xml`)
    expect([first.titles, first.codes]).toEqual([['one'], ['FEED_MOVED']])
    expect(first.problems[0]?.data).toEqual({ target: 'https://moved.example/new.xml' })
    await run(`${HOST}/old.xml`)
    expect(asked).toEqual(['/new.xml'])
    expect((await run(`${HOST}/for-a-while.xml`)).codes).toEqual([])
    await run(`${HOST}/for-a-while.xml`)
    expect(asked).toEqual(['/for-a-while.xml', '/new.xml'])
  })

  it('is not followed to an address that nobody may be sent to', async () => {
    answers = { '/a.xml': { status: 301, headers: { location: 'http://10.0.0.1/feed.xml' } } }
    expect((await run(`${HOST}/a.xml`)).codes).toEqual(['FETCH_REFUSED'])
  })

  it('that moves on, and back, is told of once, and asked itself in the end', async () => {
    const moved = (to: string) => ({ status: 301, headers: { location: to } })
    answers = { '/a.xml': moved('/b.xml'), '/b.xml': rss(item('one')) }
    await run(`${HOST}/a.xml`)
    answers = { '/a.xml': moved('/b.xml'), '/b.xml': moved('/c.xml'), '/c.xml': rss(item('two')) }
    const on = await run(`${HOST}/a.xml`)
    expect(on.problems.map(({ data }) => data)).toEqual([{ target: `${HOST}/c.xml` }])
    answers = { '/a.xml': rss(item('three')), '/c.xml': moved('/a.xml') }
    expect((await run(`${HOST}/a.xml`)).codes).toEqual([])
    await run(`${HOST}/a.xml`)
    expect(asked).toEqual(['/a.xml'])
  })

  it('is asked itself when there is nothing any more where it had moved to', async () => {
    answers = { '/a.xml': { status: 308, headers: { location: '/b.xml' } }, '/b.xml': rss(item('one')) }
    await run(`${HOST}/a.xml`)
    answers = { '/a.xml': rss(item('two')) }
    const back = await run(`${HOST}/a.xml`)
    expect([back.titles, back.codes]).toEqual([['two'], []])
    answers = { '/a.xml': { status: 503 } }
    expect((await run(`${HOST}/a.xml`)).titles).toEqual(['two'])
  })

  it('that was redirected for good is remembered also where nothing has changed behind it', async () => {
    answers = { '/a.xml': { body: rss(item('one')), headers: { etag: '"1"' } } }
    await run(`${HOST}/a.xml`)
    answers = { '/a.xml': { status: 301, headers: { location: '/b.xml' } }, '/b.xml': { status: 304, headers: { etag: '"1"' } } }
    const { titles, codes } = await run(`${HOST}/a.xml`)
    expect([titles, codes]).toEqual([['one'], ['FEED_MOVED']])
  })

  it('is left alone when redirected for a while only', async () => {
    answers = { '/a.xml': { status: 302, headers: { location: `${HOST}/b.xml` } }, '/b.xml': rss(item('one')) }
    expect((await run(`${HOST}/a.xml`)).codes).toEqual([])
    await run(`${HOST}/a.xml`)
    expect(asked).toContain('/a.xml')
  })

  it('of a feed that has ended is told', async () => {
    answers = { '/a.xml': { status: 410 } }
    expect((await run(`${HOST}/a.xml`)).codes).toEqual(['FEED_GONE'])
  })

  it('of a feed that was read before and has ended is told, and what was had of it stays', async () => {
    answers = { '/a.xml': rss(item('one')) }
    await run(`${HOST}/a.xml`)
    answers = { '/a.xml': { status: 410 } }
    const { titles, codes, problems } = await run(`${HOST}/a.xml`)
    expect([titles, codes, problems[0]?.where]).toEqual([['one'], ['FEED_GONE'], { source: 'feeds', url: `${HOST}/a.xml` }])
  })
})

describe('a parser of the package rss-parser', () => {
  it('reads the feeds with its custom fields, which fill the fields of their names', async () => {
    answers = { '/a.xml': rss(item('one', 1, '<modified>2024-05-02T00:00:00Z</modified><cover>https://news.example/c.png</cover>')) }
    const parser = new RssParser({
      customFields: {
        item: [
          ['modified', 'updated'],
          ['cover', 'image'],
        ],
      },
    })
    const [entry] = (await run(`${HOST}/a.xml`, { parser })).entries
    expect(entry).toMatchObject({ title: 'one', updated: '2024-05-02T00:00:00.000Z', image: 'https://news.example/c.png' })
  })

  it('is given the text of feeds of an unusual media type in an encoding of their own', async () => {
    const [head = '', tail = ''] = rss('<item><title>|</title><guid>1</guid></item>').split('|')
    const bytes = (text: string) => [...new TextEncoder().encode(text)]
    const body = new Uint8Array([...bytes(`<?xml version="1.0" encoding="gb2312"?>${head}`), 0xd6, 0xaf, 0xb2, 0xbc, ...bytes(tail)])
    answers = { '/a.xml': { body, headers: { 'content-type': 'application/x-rss' } } }
    expect((await run(`${HOST}/a.xml`, { parser: new RssParser() })).titles).toEqual(['织布'])
  })

  it('fails with a problem where it throws, and is left as it was', async () => {
    answers = { '/a.xml': rss(item('one & all')) }
    const parser = new RssParser()
    const before = Reflect.get(parser, 'xmlParser')
    expect((await run(`${HOST}/a.xml`, { parser })).codes).toEqual(['FEED_UNREADABLE'])
    expect(Reflect.get(parser, 'xmlParser')).toBe(before)
  })

  it('is called itself, so that it may have private fields and count, also while it is at work for other feeds', async () => {
    class Mine extends RssParser {
      #last = ''
      count = 0
      override async parseString(text: string) {
        this.count++
        await new Promise(resolve => setTimeout(resolve, 10))
        this.#last = text
        return await super.parseString(this.#last)
      }
    }
    answers = { '/a.xml': rss(item('one')), '/b.xml': rss(item('two')) }
    const parser = new Mine()
    const before = Reflect.get(parser, 'xmlParser')
    const { titles, codes } = await run([`${HOST}/a.xml`, `${HOST}/b.xml`], { parser })
    expect([titles.sort(), codes, parser.count]).toEqual([['one', 'two'], [], 2])
    expect(Reflect.get(parser, 'xmlParser')).toBe(before)
  })

  it('is kept from texts that it would take quadratic time for', async () => {
    const texts: unknown[] = []
    class Parser {
      readonly xmlParser = { parseString: (text: string, done: (error: null, tree: { text: string }) => void) => done(null, { text }) }

      async parseString(text: string): Promise<object> {
        this.xmlParser.parseString(text, (_, tree) => texts.push(tree.text))
        return { items: [] }
      }
    }
    const parser = new Parser()
    answers = { '/a.xml': 'a<p'.repeat(30_000) }
    await run(`${HOST}/a.xml`, { parser })
    expect(texts[0]).toBe('a p'.repeat(30_000))
  })
})

it('an option that is none is misuse', () => {
  expect(() => feeds(HOST, { pages: -1 })).toThrow('feeds.pages: must be at least 0')
  expect(() => feeds(HOST, { timeZone: 'Asia/Shanghia' })).toThrow('did you mean Asia/Shanghai')
  expect(() => feeds(HOST, JSON.parse('null'))).toThrow('Option feeds: must be an object')
  expect(() => feeds(JSON.parse('[null]'))).toThrow('feeds: must be made of texts, not of null')
  expect(() => feeds(HOST, JSON.parse('{"parsr":{}}'))).toThrow('did you mean parser')
})

describe('an address with a token', () => {
  const url = `${HOST}/a.xml?token=s3cret&n=1`
  const secretFree = async (made: Awaited<ReturnType<typeof aggregate>>) => {
    const texts: string[] = [JSON.stringify([made.feeds, made.report])]
    for await (const { body } of made.files) if (!(body instanceof Uint8Array)) texts.push([...body].join(''))
    expect(texts.join('\n')).not.toContain('s3cret')
  }
  const aggregated = (more: Partial<Options> = {}) =>
    aggregate({
      site: { title: 'Loom Weekly', url: 'https://loomstack.example/' },
      sources: [feeds(url)],
      store,
      hosts: { 'news.example': server.origin },
      now: '2024-06-01T00:00:00.000Z',
      ...more,
    })

  it('is asked for whole, and shown in no output and no report', async () => {
    await secretFree(await aggregated({ network: 'frozen' }))
    answers = { '/a.xml?token=s3cret&n=1': `<rss version="2.0"><channel><title>News</title>${item('one')}</channel></rss>` }
    asked = []
    const had = await aggregated()
    expect(had.feeds['feed']?.entries.map(({ id }) => id)).toEqual([`${HOST}/a.xml?n=1#one`])
    expect(asked).toEqual(['/a.xml?token=s3cret&n=1'])
    await secretFree(had)
    answers = { '/a.xml?token=s3cret&n=1': { status: 301, headers: { location: '/b.xml?token=s3cret' } } }
    const failed = await aggregated()
    expect(failed.report.problems[0]?.where.url).toBe(`${HOST}/a.xml?token=…&n=1`)
    await secretFree(failed)
  })
})

describe('a host that does not answer', () => {
  const urls = [`${HOST}/a.xml`, `${HOST}/b.xml`, `${HOST}/c.xml`]
  beforeEach(async () => {
    answers = { '/a.xml': rss(item('a')), '/b.xml': rss(item('b')), '/c.xml': rss(item('c')) }
    expect((await run(urls)).titles.sort()).toEqual(['a', 'b', 'c'])
  })

  it('is waited for once, whatever the number of its feeds: their last good copies stand in, and each is told', async () => {
    const connects = vi.spyOn(net.Socket.prototype, 'connect')
    const { titles, codes, problems } = await run(urls, {}, { hosts: { 'news.example': await closedOrigin() } })
    expect(titles.sort()).toEqual(['a', 'b', 'c'])
    // They are read side by side: whichever comes to the host first is tried, twice.
    expect(codes.sort()).toEqual(['FETCH_CONNECT', 'FETCH_LATER', 'FETCH_LATER'])
    expect(problems.map(({ where }) => where.url)).toEqual(urls)
    expect(connects).toHaveBeenCalledTimes(2)
    connects.mockRestore()
    expect((await run(urls)).codes).toEqual([])
  })

  it('but asks to come back later is asked by no run before, and its last good copies stand in', async () => {
    const busy = { status: 429, headers: { 'retry-after': '7200' } }
    const later = ['FETCH_LATER', 'FETCH_LATER', 'FETCH_LATER']
    const idle = answers
    // They are read side by side: whichever comes to the host first is the one that is asked.
    answers = { '/a.xml': busy, '/b.xml': busy, '/c.xml': busy }
    const first = await run(urls)
    expect([first.titles.sort(), first.codes, asked.length]).toEqual([['a', 'b', 'c'], later, 1])
    answers = { ...idle, '/a.xml': busy }
    const second = await run([...urls, 'https://moved.example/a.xml'])
    expect([second.titles.sort(), second.codes, asked]).toEqual([['a', 'b', 'c'], [...later, 'FETCH_LATER'], ['/a.xml']])
    expect(second.problems[0]?.data?.['retryAt']).toBe(first.problems[0]?.data?.['retryAt'])
    expect(second.problems[0]?.message).toContain('earlier run')
    answers['/a.xml'] = rss(item('a2'))
    expect((await run(urls, {}, { network: 'refresh' })).titles).toContain('a2')
    answers['/a.xml'] = rss(item('a3'))
    const due = await run(urls, {}, { now: '2999-01-01T00:00:00.000Z' })
    expect([due.titles.includes('a3'), due.codes]).toEqual([true, []])
    expect((await run(urls)).codes).toEqual([])
  })
})
