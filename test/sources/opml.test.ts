import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type PageServer, startPageServer } from '../../fixtures/page-server.js'
import { aggregate } from '../../src/aggregate.js'
import type { Options } from '../../src/run/options.js'
import { type OpmlOptions, opml } from '../../src/sources/opml.js'
import { memoryStore } from '../../src/store/memory-store.js'
import type { Store } from '../../src/types.js'

const HOST = 'https://news.example'
const rss = (...names: string[]) =>
  `<rss version="2.0"><channel><title>News</title><link>${HOST}/</link>${names
    .map((name, at) => `<item><title>${name}</title><link>${HOST}/${name}</link><pubDate>0${at + 1} May 2024 00:00:00 GMT</pubDate></item>`)
    .join('')}</channel></rss>`
const list = `<opml version="2.0"><body><outline text="社区"><outline text="A" xmlUrl="${HOST}/a.xml"/></outline><outline text="B" xmlUrl="${HOST}/b.xml"/></body></opml>`

let answers: Record<string, string>
let server: PageServer
let folder: string
let store: Store
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'weekloom-opml-'))
  store = memoryStore()
  answers = { '/a.xml': rss('warp', 'weft'), '/b.xml': rss('heddle') }
  server = await startPageServer({ respond: path => (answers[path] === undefined ? { status: 404 } : { body: answers[path] }) })
})
afterEach(async () => {
  rmSync(folder, { recursive: true })
  await server.close()
})

async function run(lists: string | string[], options: OpmlOptions = {}, more: Partial<Options> = {}) {
  const { feeds, report } = await aggregate({
    site: { title: 'Loom Weekly', url: 'https://loomstack.example/' },
    sources: [opml(lists, options)],
    feeds: { all: { limit: false } },
    store,
    cwd: folder,
    hosts: { 'news.example': server.origin },
    now: '2024-06-01T00:00:00.000Z',
    ...more,
  })
  const entries = feeds['all']?.entries ?? []
  return {
    entries,
    titles: entries.map(({ title }) => title).sort(),
    codes: report.problems.map(({ code }) => code),
    problems: report.problems,
  }
}

describe('a list of feeds as a source', () => {
  beforeEach(() => {
    mkdirSync(join(folder, 'lists'))
    writeFileSync(join(folder, 'lists', 'friends.opml'), list)
  })

  it('asks for a feed once, however its address is written, and says when a list names none', async () => {
    const twice = list.replace('</body>', '<outline xmlUrl="http://news.example/a.xml/"/></body>')
    writeFileSync(join(folder, 'lists', 'twice.opml'), twice)
    writeFileSync(join(folder, 'lists', 'none.opml'), '<opml><body><outline text="x" url="https://news.example/a.xml"/></body></opml>')
    const { titles, entries, problems } = await run(['lists/twice.opml', 'lists/none.opml'])
    expect(titles).toEqual(['heddle', 'warp', 'weft'])
    expect(server.requests).toHaveLength(2)
    expect(entries.find(({ title }) => title === 'warp')?.tags).toEqual(['社区'])
    expect(problems).toMatchObject([{ code: 'SOURCE_EMPTY', where: { file: 'lists/none.opml' } }])
  })

  it('gives the entries of all its feeds, tagged by their folders', async () => {
    const { entries, titles, codes } = await run('lists/*.opml')
    expect(codes).toEqual([])
    expect(titles).toEqual(['heddle', 'warp', 'weft'])
    expect(entries.find(({ title }) => title === 'warp')?.tags).toEqual(['社区'])
    expect(entries.find(({ title }) => title === 'heddle')?.tags).toEqual([])
  })

  it('has the filters of every source, with a limit for each feed, and its own tags too', async () => {
    const { entries, titles } = await run('lists/friends.opml', { limit: 1, tags: ['blog'], exclude: { title: 'heddle' } })
    expect(titles).toEqual(['weft'])
    expect(entries[0]?.tags).toEqual(['社区', 'blog'])
  })

  it('takes the folders that are named', async () => {
    expect((await run('lists/friends.opml', { folders: ['社区'] })).titles).toEqual(['warp', 'weft'])
    const { titles, problems } = await run('lists/friends.opml', { folders: ['社团'] })
    expect(titles).toEqual([])
    expect(problems).toMatchObject([{ code: 'SOURCE_EMPTY', message: 'No list has feeds in a folder 社团; there are 社区.' }])
  })

  it('reads each feed once that several lists have', async () => {
    writeFileSync(join(folder, 'lists', 'more.opml'), list)
    expect((await run('lists/*.opml')).titles).toHaveLength(3)
    expect(server.requests.filter(path => path === '/a.xml')).toHaveLength(1)
  })

  it('reads a list at an address, and asks for its feeds as robots.txt allows', async () => {
    answers['/list.opml'] = list
    expect((await run(`${HOST}/list.opml`)).titles).toHaveLength(3)
    store = memoryStore()
    answers['/robots.txt'] = 'User-agent: *\nDisallow: /a.xml'
    const { titles, codes } = await run(`${HOST}/list.opml`)
    expect(titles).toEqual(['heddle'])
    expect(codes).toContain('FETCH_ROBOTS')
  })

  it('that is none is a problem and costs no other', async () => {
    writeFileSync(join(folder, 'lists', 'broken.opml'), '<html></html>')
    const { titles, problems } = await run(['lists/broken.opml', 'lists/none.opml', 'lists/friends.opml'])
    expect(titles).toHaveLength(3)
    expect(problems).toEqual([
      expect.objectContaining({ code: 'OPML_UNREADABLE', where: { source: 'opml', file: 'lists/broken.opml' } }),
      expect.objectContaining({ code: 'POST_UNREADABLE', where: { source: 'opml', file: 'lists/none.opml' } }),
    ])
  })

  it.each([
    ['empty', '<opml version="2.0"><body></body></opml>', 'FEED_EMPTIED'],
    ['cut off', list.slice(0, list.indexOf('<outline text="B"')), 'FEED_CUT'],
  ])('keeps the list that was read before when the one at its address is %s for a moment, and says so', async (_, answer, code) => {
    answers['/list.opml'] = list
    await run(`${HOST}/list.opml`)
    answers['/list.opml'] = answer
    for (const network of ['auto', 'frozen'] as const) {
      const { titles, problems } = await run(`${HOST}/list.opml`, {}, { network })
      expect(titles).toHaveLength(3)
      if (network === 'auto')
        expect(problems).toMatchObject([{ code, level: 'warning', where: { source: 'opml', url: `${HOST}/list.opml` } }])
    }
  })

  describe('on this machine', () => {
    const path = 'lists/friends.opml'
    const half = list.slice(0, list.indexOf('/b.xml') - 3)

    it.each<[string, string | undefined, string]>([
      ['empty', '', 'OPML_UNREADABLE'],
      ['no list', '<html>busy</html>', 'OPML_UNREADABLE'],
      ['without feeds', '<opml version="2.0"><body></body></opml>', 'FEED_EMPTIED'],
      ['cut off in an address', half, 'FEED_CUT'],
      ['gone', undefined, 'POST_UNREADABLE'],
    ])('has its last good copy where it is %s, also in a frozen run, and says so', async (_, text, code) => {
      const file = join(folder, path)
      await run(path)
      if (text === undefined) rmSync(file)
      else writeFileSync(file, text)
      for (const network of ['auto', 'frozen'] as const) {
        const { titles, problems } = await run(path, {}, { network })
        expect(titles).toEqual(['heddle', 'warp', 'weft'])
        expect(problems).toMatchObject([
          { code, message: expect.stringContaining('last good copy stands in'), where: { source: 'opml', file: path } },
        ])
        expect(problems[0]?.hint).toContain('take it out of `opml()`')
      }
      writeFileSync(file, list.replace(/<outline text="B".*?\/>/, ''))
      expect(await run(path)).toMatchObject({ titles: ['warp', 'weft'], codes: [] })
      rmSync(file)
      expect(await run(path)).toMatchObject({ titles: ['warp', 'weft'], codes: ['POST_UNREADABLE'] })
    })

    it('gives what is whole in it where it is cut off and there is no copy, and asks for no half of an address', async () => {
      writeFileSync(join(folder, path), half)
      expect(await run(path)).toMatchObject({ titles: ['warp', 'weft'], codes: ['FEED_CUT'] })
      expect(server.requests).toEqual(['/a.xml'])
      rmSync(join(folder, path))
      expect(await run(path)).toMatchObject({ titles: [], codes: ['POST_UNREADABLE'] })
    })

    it('has its copy in the cache, out of git: it may name what nobody else is to know', async () => {
      await run(path)
      const keys: string[] = []
      for await (const key of store.keys('')) if (/(?:^|\/)lists\//.test(key)) keys.push(key)
      expect(keys).toEqual([`cache/lists/loomstack.example/${path}`])
    })
  })

  it('at an address that was never more than empty is told with a hint that fits an address', async () => {
    answers['/list.opml'] = '<opml version="2.0"><body></body></opml>'
    const { problems } = await run(`${HOST}/list.opml`)
    expect(problems).toMatchObject([{ code: 'SOURCE_EMPTY', hint: expect.not.stringContaining('pattern') }])
  })

  it('keeps the list that was read before when its address answers something else, and says so', async () => {
    answers['/list.opml'] = list
    await run(`${HOST}/list.opml`)
    answers['/list.opml'] = '<html>busy</html>'
    const { titles, problems } = await run(`${HOST}/list.opml`)
    expect(titles).toHaveLength(3)
    expect(problems).toMatchObject([{ code: 'OPML_UNREADABLE', where: { source: 'opml', url: `${HOST}/list.opml` } }])
  })
})

it('is refused for options that mean nothing, when it is made', () => {
  expect(() => opml('x.opml', { include: /(?=a)/ })).toThrow(/looks around/)
})
