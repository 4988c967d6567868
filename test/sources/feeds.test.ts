import RssParser from 'rss-parser'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
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
    hosts: { 'news.example': server.origin },
    now: '2024-06-01T00:00:00.000Z',
    ...more,
  })
  const entries = made.feeds['all']?.entries ?? []
  const problems = made.report.problems
  return { entries, titles: entries.map(({ title }) => title), problems, codes: problems.map(({ code }) => code) }
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
      ['one & all', `${HOST}/a.xml#one%20%26%20all`, ['friends'], 'item'],
      ['no address', `${HOST}/a.xml#no%20address`, ['friends'], 'item'],
      ['two', `${HOST}/b.json#j`, ['friends'], 'item'],
    ])
    expect(codes).toEqual([])
  })

  it('loses no other feed for one that cannot be had or read', async () => {
    answers = { '/a.xml': 'busy', '/b.xml': rss(item('one')) }
    const { titles, codes } = await run([`${HOST}/a.xml`, `${HOST}/none.xml`, `${HOST}/b.xml`])
    expect(titles).toEqual(['one'])
    expect(codes).toEqual(['FEED_UNREADABLE', 'FETCH_GONE'])
  })

  it('keeps the last good copy when the feed becomes a page that names it', async () => {
    answers = { '/a.xml': rss(item('one')) }
    await run(`${HOST}/a.xml`)
    answers = { '/a.xml': '<!doctype html><link rel="alternate" type="application/rss+xml" href="/a.xml">' }
    const { titles, codes } = await run(`${HOST}/a.xml`)
    expect(titles).toEqual(['one'])
    expect(codes).toEqual(['FEED_IS_PAGE'])
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

describe('an address that is not, or no more, that of the feed', () => {
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
  expect(() => feeds(HOST, { pages: -1 })).toThrow('feeds.pages')
  expect(() => feeds(HOST, JSON.parse('{"parsr":{}}'))).toThrow('did you mean parser')
})
