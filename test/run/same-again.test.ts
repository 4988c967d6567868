import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FaultyAnswer, type PageServer, startPageServer } from '../../fixtures/page-server.js'
import { aggregate } from '../../src/aggregate.js'
import { keepPublished } from '../../src/run/find-churn.js'
import { articles } from '../../src/sources/articles.js'
import { feeds } from '../../src/sources/feeds.js'
import { weekly } from '../../src/sources/weekly.js'
import { memoryStore } from '../../src/store/memory-store.js'
import { rounds } from '../rounds.js'
import { cgiPage } from '../wechat/small-page.js'

const BLOG = 'https://blog.example'
const short = (n: number) => `https://mp.weixin.qq.com/s/AbCdEfGhIjKlMnOpQrStU${n}`
const long = (n: number) => `https://mp.weixin.qq.com/s?__biz=MzA5OTk5OTk4OQ==&mid=265000000${n}&idx=1&sn=0123456789abcdef0123456789abcdef`
const [short1, short2, long1, long2, a, b, c] = [short(1), short(2), long(1), long(2), `${BLOG}/a`, `${BLOG}/b`, `${BLOG}/c`]
const addresses = [short1, short2, long1, long2, a, b, c]

/** What stands at an address: an article, of WeChat the one of this number, of the blog perhaps with the address that it calls its own; or a redirect. */
type Answer = { article: 1 | 2; title: string; canonical?: string; day?: number } | { movedTo: string }

/** A site, what it links to, and what others link to. */
interface World {
  /** By address; the others are not there. */
  pages: { [address: string]: Answer }
  posts: { day?: number; links: { to: string; title: string; shows?: string }[] }[]
  /** Posts of the site itself. */
  twins: { title: string; day: number }[]
  list: string[]
  feeds: { id?: string; link?: string; title: string; day?: number }[][]
  network: 'auto' | 'frozen'
}

const address = fc.constantFrom(...addresses)
const blogAddress = fc.constantFrom(a, b, c)
const title = fc.constantFrom('First thing that is', 'Second thing that is', 'Third thing that is')
const day = fc.integer({ min: 1, max: 4 })
const article = fc.record(
  { article: fc.constantFrom(1 as const, 2 as const), title, canonical: blogAddress, day },
  { requiredKeys: ['article', 'title'] },
)
const moved = fc.record({ movedTo: blogAddress })
const link = fc.record({ to: address, title, shows: address }, { requiredKeys: ['to', 'title'] })
const item = fc.record(
  { id: fc.constantFrom('urn:loom:1', 'urn:loom:2', '1', a, b, short1), link: address, title, day },
  { requiredKeys: ['title'] },
)
const world: fc.Arbitrary<World> = fc.record({
  pages: fc.dictionary(address, fc.oneof({ weight: 3, arbitrary: article }, { weight: 1, arbitrary: moved })),
  posts: fc.array(fc.record({ day, links: fc.array(link, { maxLength: 4 }) }, { requiredKeys: ['links'] }), { maxLength: 3 }),
  twins: fc.array(fc.record({ title, day }), { maxLength: 2 }),
  list: fc.array(address, { maxLength: 3 }),
  feeds: fc.array(fc.array(item, { maxLength: 4 }), { maxLength: 2 }),
  network: fc.constantFrom('auto' as const, 'frozen' as const),
})

const some = { title: 'First thing that is' }
const one = { article: 1 as const, ...some }
const two = { article: 2 as const, ...some }
const nothing: World = { pages: {}, posts: [], twins: [], list: [], feeds: [], network: 'auto' }

/** Worlds in which a later run once gave other bytes than the first. */
const found: [string, World][] = [
  [
    'only a feed brings an article and another together, whose page the store has',
    {
      ...nothing,
      pages: { [short1]: two, [short2]: one, [long2]: one, [b]: one, [c]: one },
      posts: [
        {
          links: [
            { to: long2, ...some },
            { to: b, ...some },
          ],
        },
      ],
      list: [short1],
      feeds: [[{ id: b, link: short1, ...some }]],
    },
  ],
  [
    'two addresses lead to one article, whose third is linked too',
    {
      ...nothing,
      pages: { [short1]: two, [short2]: two },
      posts: [{ links: [long2, short1, short2].map(to => ({ to, ...some })) }],
    },
  ],
  [
    'a post shows an address that a page proves to be a third one',
    {
      ...nothing,
      pages: { [short2]: one, [long1]: one },
      posts: [
        {
          links: [
            { to: short1, shows: short2, ...some },
            { to: long1, ...some },
          ],
        },
      ],
      list: [short2],
    },
  ],
  [
    'a page that cannot be had is known to be one with others by way of a feed',
    {
      ...nothing,
      pages: { [a]: { ...one, canonical: b }, [b]: { ...one, canonical: c } },
      posts: [
        {
          day: 1,
          links: [
            { to: short1, ...some },
            { to: b, ...some },
          ],
        },
      ],
      list: [a],
      feeds: [[{ id: b, link: short1, ...some }]],
    },
  ],
]

let present: World
let server: PageServer
let folder: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'weekloom-again-'))
  server = await startPageServer({ respond: path => answerOf(path) })
})
afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true })
})

function answerOf(path: string): FaultyAnswer {
  const [, number] = /^\/feed(\d)\.xml$/.exec(path) ?? []
  if (number !== undefined) return { body: rss(present.feeds[Number(number)] ?? []) }
  const asked = addresses.find(known => known.endsWith(path)) ?? ''
  const page = present.pages[asked]
  const isWechat = !asked.startsWith(BLOG)
  if (page === undefined || ('movedTo' in page && isWechat)) return { status: 404 }
  if ('movedTo' in page) return { status: 301, headers: { location: page.movedTo } }
  // A long address says itself which article it is.
  if (isWechat) return { body: cgiPage({ mid: asked === long1 ? 2650000001 : asked === long2 ? 2650000002 : 2650000000 + page.article }) }
  const canonical = page.canonical === undefined ? '' : `<link rel="canonical" href="${page.canonical}">`
  const date = page.day === undefined ? '' : `<meta property="article:published_time" content="2024-05-0${page.day}T00:00:00Z">`
  return { body: `<html><head><title>${page.title}</title>${canonical}${date}</head><body></body></html>` }
}

function rss(items: World['feeds'][number]): string {
  const texts = items.map(({ id, link: to, title: name, day: date }) => {
    const named = id === undefined ? '' : `<guid isPermaLink="false">${id}</guid>`
    const linked = to === undefined ? '' : `<link>${to.replaceAll('&', '&amp;')}</link>`
    const dated = date === undefined ? '' : `<pubDate>0${date} May 2024 00:00:00 GMT</pubDate>`
    return `<item><title>${name}</title>${named}${linked}${dated}<description>Words on ${name}, ${id}</description></item>`
  })
  return `<rss version="2.0"><channel><title>Blog</title><link>${BLOG}/</link>${texts.join('')}</channel></rss>`
}

function writePosts({ posts, twins }: World): void {
  rmSync(join(folder, 'posts'), { recursive: true, force: true })
  mkdirSync(join(folder, 'posts'))
  for (const [index, { day: date, links }] of posts.entries()) {
    const lines = links.map(({ to, title: name, shows = name }) => `- [${shows}](${to})`)
    const dated = date === undefined ? '' : `date: 2024-05-1${date}\n`
    writeFileSync(
      join(folder, `posts/weekly-${index}.md`),
      `---\ntitle: Weekly ${index}\n${dated}---\n\n## Reading\n\n${lines.join('\n')}\n`,
    )
  }
  for (const [index, { title: name, day: date }] of twins.entries())
    writeFileSync(join(folder, `posts/own-${index}.md`), `---\ntitle: ${name}\ndate: 2024-05-0${date}\n---\n\nText.\n`)
}

async function expectSameAgain(given: World): Promise<void> {
  present = given
  writePosts(given)
  const store = memoryStore()
  const run = async (network: World['network']) => {
    const made = await aggregate({
      site: { title: 'Loom Weekly', url: 'https://loomstack.example/' },
      sources: [
        weekly('posts/weekly-*.md', { links: ({ kind, url }) => kind === 'wechat' || url.startsWith(BLOG), site: 'posts/own-*.md' }),
        ...(given.list.length > 0 ? [articles(given.list)] : []),
        ...(given.feeds.length > 0 ? [feeds(given.feeds.map((_, index) => `${BLOG}/feed${index}.xml`))] : []),
      ],
      feeds: { all: { limit: false } },
      store,
      cwd: folder,
      hosts: { 'blog.example': server.origin, 'mp.weixin.qq.com': server.origin, 'loomstack.example': server.origin },
      now: '2024-06-01T00:00:00.000Z',
      network,
    })
    const texts: Record<string, string> = {}
    for await (const { path, body } of made.files) texts[path] = body instanceof Uint8Array ? '' : [...body].join('')
    await keepPublished(made.feeds, store)
    return { entries: made.feeds['all']?.entries, texts }
  }
  const first = await run('auto')
  for (let time = 0; time < 2; time++) expect(await run(given.network)).toEqual(first)
}

describe('what several sources bring together comes out the same in every later run', () => {
  it.each(found)('%s', async (_, given) => expectSameAgain(given))

  it('whatever they share', { timeout: rounds(100) * 1000 }, async () => {
    await fc.assert(fc.asyncProperty(world, expectSameAgain), { numRuns: rounds(100) })
  })
})
