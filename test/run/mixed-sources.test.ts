import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type PageServer, startPageServer } from '../../fixtures/page-server.js'
import { aggregate } from '../../src/aggregate.js'
import { keepPublished } from '../../src/run/find-churn.js'
import { articles } from '../../src/sources/articles.js'
import { feeds } from '../../src/sources/feeds.js'
import { weekly } from '../../src/sources/weekly.js'
import { memoryStore } from '../../src/store/memory-store.js'
import type { Source, Store } from '../../src/types.js'

const HOST = 'https://blog.example'
const wechat = 'https://mp.weixin.qq.com/s/AbCdEfGhIjKlMnOpQrStUv'

let answers: Record<string, string>
let server: PageServer
let folder: string
let store: Store
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'weekloom-mixed-'))
  store = memoryStore()
  answers = {}
  server = await startPageServer({ respond: path => (answers[path] === undefined ? { status: 404 } : { body: answers[path] }) })
})
afterEach(async () => {
  rmSync(folder, { recursive: true })
  await server.close()
})

async function run(...sources: Source[]) {
  const made = await aggregate({
    site: { title: 'Loom Weekly', url: 'https://loomstack.example/' },
    sources,
    feeds: { all: { limit: false } },
    store,
    cwd: folder,
    hosts: { 'blog.example': server.origin, 'mp.weixin.qq.com': server.origin, 'loomstack.example': server.origin },
    fullText: true,
    now: '2024-06-01T00:00:00.000Z',
  })
  await keepPublished(made.feeds, store)
  return (made.feeds['all']?.entries ?? []).filter(({ kind }) => kind !== 'issue')
}

interface Item {
  name: string
  id?: string
  link?: string
  title?: string
  more?: string
}
const rss = (items: readonly Item[], home = `${HOST}/`) =>
  `<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Blog</title><link>${home}</link>${items
    .map(
      ({ name, id = `tag:blog.example,2024:${name}`, link = `${HOST}/${name}`, title = name, more = '' }) =>
        `<item><title>${title}</title><link>${link}</link><guid isPermaLink="false">${id}</guid><pubDate>02 May 2024 00:00:00 GMT</pubDate>${more}</item>`,
    )
    .join('')}</channel></rss>`
const content = (html: string) => `<content:encoded><![CDATA[${html}]]></content:encoded>`

function writePost(name: string, text: string) {
  mkdirSync(join(folder, 'posts'), { recursive: true })
  writeFileSync(join(folder, 'posts', name), text)
}
const writeWeekly = (...links: string[]) =>
  writePost('weekly-1.md', `---\ntitle: Weekly 1\ndate: 2024-05-10\n---\n\n## 推荐阅读\n\n${links.map(link => `- ${link}\n`).join('')}`)
const reading = () => weekly('posts/weekly-*.md', { links: () => true })

it('an item of a feed and what a weekly links are one entry with both origins: the item’s words, the weekly’s id', async () => {
  answers['/feed.xml'] = rss([{ name: 'warp', title: 'How to warp', more: `${content('<p>By the feed.</p>')}<category>looms</category>` }])
  writeWeekly(`[see this](${HOST}/warp?utm_source=weekly)`)
  const entries = await run(reading(), feeds(`${HOST}/feed.xml`))
  expect(entries).toHaveLength(1)
  expect(entries[0]).toMatchObject({
    id: `${HOST}/warp`,
    kind: 'article',
    title: 'How to warp',
    published: '2024-05-02T00:00:00.000Z',
    tags: ['looms'],
  })
  expect(entries[0]?.html).toBe('<p>By the feed.</p>')
  expect(entries[0]?.origins.map(({ kind }) => kind)).toEqual(['post', 'feed'])
})

it('the page of an article goes before an item of a feed, field by field', async () => {
  const text = 'The page itself says at length what the feed only hints at, and says it in the words of its author. '.repeat(4)
  answers['/feed.xml'] = rss([
    { name: 'warp', title: 'Feed’s title', more: `<description>Feed’s summary</description>${content('<p>Teaser</p>')}` },
  ])
  answers['/warp'] = `<html><head><title>Page’s title</title></head><body><article><p>${text}</p></article></body></html>`
  const [entry] = await run(articles(`${HOST}/warp`), feeds(`${HOST}/feed.xml`))
  expect(entry).toMatchObject({ title: 'Page’s title', summary: 'Feed’s summary', html: `<p>${text}</p>` })
  expect(entry?.published).toBe('2024-05-02T00:00:00.000Z')
})

it('an address that a page proves to be the same brings them together', async () => {
  answers['/feed.xml'] = rss([{ name: 'warp' }])
  answers['/p/12'] = `<html><head><title>Warp</title><link rel="canonical" href="/warp"></head><body></body></html>`
  expect(await run(articles(`${HOST}/p/12`), feeds(`${HOST}/feed.xml`))).toHaveLength(1)
})

it('a twin brings an article of WeChat and the item of the site’s own feed together, whose address stays WeChat’s', async () => {
  answers['/feed.xml'] = rss([{ name: 'x', link: 'https://loomstack.example/hot-swap', title: '怎样不停机换梭子' }])
  writeWeekly(`[怎样不停机换梭子](${wechat})`)
  writePost('hot-swap.md', '---\ntitle: 怎样不停机换梭子\ndate: 2024-05-01\n---\n\n正文。\n')
  const entries = await run(weekly('posts/weekly-*.md', { site: 'posts/*.md' }), feeds(`${HOST}/feed.xml`))
  expect(entries).toHaveLength(1)
  expect(entries[0]).toMatchObject({ url: wechat, id: wechat, kind: 'article' })
  expect(entries[0]?.origins.map(({ kind }) => kind)).toEqual(['post', 'feed'])
})

it.each([
  ['of the article', 'https://mp.weixin.qq.com/s/AAAAAAAAAAAAAAAAAAAAAA', 'https://mp.weixin.qq.com/s/AAAAAAAAAAAAAAAAAAAAAA'],
  ['of the post', 'https://mp.weixin.qq.com/s/BBBBBBBBBBBBBBBBBBBBBB', 'https://loomstack.example/hot-swap'],
])('a twin speaks before an item of a feed that links to the address %s', async (_, article, link) => {
  answers['/feed.xml'] = rss([{ name: 'x', link, title: '怎样不停机换梭子' }])
  writeWeekly(`[怎样不停机换梭子](${article})`)
  writePost('hot-swap.md', '---\ntitle: 怎样不停机换梭子\ndate: 2024-04-01\ndescription: 一句话\n---\n\n正文。\n')
  const sources = [weekly('posts/weekly-*.md', { site: 'posts/*.md' }), feeds(`${HOST}/feed.xml`)]
  for (const order of [sources, [...sources].reverse()]) {
    const [entry] = await run(...order)
    expect(entry).toMatchObject({ published: '2024-03-31T16:00:00.000Z', dated: { from: 'twin' }, summary: '一句话' })
    expect(entry?.html).toContain('正文')
  }
})

it('nothing is one by its title, by a number that is an id in its feed only, or by a link that several items share', async () => {
  answers['/feed.xml'] = rss([{ name: 'a', id: '1', title: 'Release' }])
  answers['/other.xml'] = rss([
    { name: 'b', id: '1', title: 'Release' },
    { name: 'c', id: '2', link: `${HOST}/changes`, title: 'Release' },
    { name: 'd', id: '3', link: `${HOST}/changes`, title: 'Release' },
    { name: 'e', id: '4', link: `${HOST}/`, title: 'Release' },
  ])
  writeWeekly(`[Release](${HOST}/changes)`, `[Release](${HOST}/)`)
  const entries = await run(reading(), feeds([`${HOST}/feed.xml`, `${HOST}/other.xml`]))
  expect(entries).toHaveLength(7)
  expect(new Set(entries.map(({ id }) => id)).size).toBe(7)
})

it('an item keeps its id when a weekly recommends it later, and an article when a feed comes to have it', async () => {
  answers['/feed.xml'] = rss([{ name: 'warp' }])
  const [before] = await run(feeds(`${HOST}/feed.xml`))
  expect(before?.id).toBe('tag:blog.example,2024:warp')
  writeWeekly(`[Warp](${HOST}/warp)`, `[Weft](${HOST}/weft)`)
  const later = await run(reading(), feeds(`${HOST}/feed.xml`))
  expect(later.map(({ id }) => id).sort()).toEqual([`${HOST}/weft`, 'tag:blog.example,2024:warp'])
  answers['/feed.xml'] = rss([{ name: 'warp' }, { name: 'weft' }])
  const last = await run(reading(), feeds(`${HOST}/feed.xml`))
  expect(last.map(({ id }) => id).sort()).toEqual([`${HOST}/weft`, 'tag:blog.example,2024:warp'])
  expect(await run(feeds(`${HOST}/feed.xml`)).then(list => list.map(({ id }) => id).sort())).toEqual([
    `${HOST}/weft`,
    'tag:blog.example,2024:warp',
  ])
})

it('what was known to be one thing stays one entry when the item that said so is gone from its feed', async () => {
  answers['/feed.xml'] = rss([{ name: 'warp', id: 'urn:warp' }])
  writeWeekly(`[Warp](${HOST}/warp)`)
  expect(await run(reading(), feeds(`${HOST}/feed.xml`))).toHaveLength(1)
  answers['/feed.xml'] = rss([
    { name: 'warp-again', id: 'urn:warp' },
    { name: 'warp', id: 'urn:other' },
  ])
  expect((await run(feeds(`${HOST}/feed.xml`))).map(({ id }) => id)).toEqual([`${HOST}/warp`])
})

describe('an item keeps the id under which it was published', () => {
  const guid = (id: string) => [{ name: 'warp', id }]
  it.each([
    ['when its feed calls it by https', guid('http://blog.example/warp'), guid(`${HOST}/warp/`)],
    ['when its feed calls it otherwise altogether', guid('12'), guid(`${HOST}/?p=12`)],
    ['when it has an id for the first time', [{ name: 'warp', id: '' }], guid('12')],
  ])('%s', async (_, before, after) => {
    answers['/feed.xml'] = rss(before)
    const [first] = await run(feeds(`${HOST}/feed.xml`))
    answers['/feed.xml'] = rss(after)
    expect((await run(feeds(`${HOST}/feed.xml`))).map(({ id }) => id)).toEqual([first?.id])
    expect((await run(feeds(`${HOST}/feed.xml`))).map(({ id }) => id)).toEqual([first?.id])
  })

  it('when its feed is named by the address that it has moved to', async () => {
    answers['/feed.xml'] = rss(guid('12'))
    answers['/new.xml'] = rss(guid('12'))
    await run(feeds(`${HOST}/feed.xml`))
    expect((await run(feeds(`${HOST}/new.xml`))).map(({ id }) => id)).toEqual([`${HOST}/feed.xml#12`])
  })

  it('but not another item that has its address on another day', async () => {
    answers['/feed.xml'] = rss(guid('12'))
    await run(feeds(`${HOST}/feed.xml`))
    answers['/feed.xml'] = rss(guid('13')).replace('02 May', '03 May')
    expect((await run(feeds(`${HOST}/feed.xml`))).map(({ id }) => id)).toEqual([`${HOST}/feed.xml#13`])
    answers['/feed.xml'] = rss([
      { name: 'warp', id: '13' },
      { name: 'weft', id: '12' },
    ])
    expect((await run(feeds(`${HOST}/feed.xml`))).map(({ id }) => id).sort()).toEqual([`${HOST}/feed.xml#12`, `${HOST}/feed.xml#13`])
  })
})

it('the account of a run counts the items of feeds, the feeds that were had, and those that were not', async () => {
  answers['/feed.xml'] = rss([{ name: 'warp' }, { name: 'weft' }])
  answers['/empty.xml'] = rss([])
  answers['/page'] = '<p>No feed here.</p>'
  const { report } = await aggregate({
    site: { title: 'Loom Weekly', url: 'https://loomstack.example/' },
    sources: [feeds(['/feed.xml', '/empty.xml', '/page', '/gone.xml'].map(path => HOST + path))],
    store,
    hosts: { 'blog.example': server.origin },
  })
  expect(report.sources).toEqual([{ name: 'feeds', posts: 0, links: 0, items: 2, feeds: 2, failedFeeds: 2, entries: 2 }])
})

it('the order of the sources makes no difference', async () => {
  answers['/feed.xml'] = rss([{ name: 'warp', more: content('<p>x</p>') }])
  writeWeekly(`[Warp](${HOST}/warp)`)
  const sources = () => [reading(), feeds(`${HOST}/feed.xml`), articles(`${HOST}/warp`)]
  const one = await run(...sources())
  store = memoryStore()
  expect(await run(...sources().reverse())).toEqual(one)
})
