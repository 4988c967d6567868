import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type PageServer, startPageServer } from '../../fixtures/page-server.js'
import { aggregate } from '../../src/aggregate.js'
import type { Options } from '../../src/run/options.js'
import { articles } from '../../src/sources/articles.js'
import type { EntryFilters } from '../../src/sources/filter-items.js'
import { ledgerPlace } from '../../src/store/ledger.js'
import { memoryStore } from '../../src/store/memory-store.js'
import { writeRecordText } from '../../src/store/record-text.js'
import { nowhere } from '../../src/text/url.js'
import type { Store } from '../../src/types.js'
import { bodyPage, cgiPage, longAddress, longKey, noticePage } from '../wechat/small-page.js'

const album = 'https://mp.weixin.qq.com/mp/appmsgalbum?__biz=MzA5OTk5OTk4OQ==&action=getalbum&album_id=1234567890123456789'

const mids = (from: number, count: number) => Array.from({ length: count }, (_, index) => String(2_650_000_001 + from + index))
const address = (mid: string) => longAddress.replace('2650000001', mid)

function albumPage(list: readonly string[], goesOn: boolean): string {
  const article_list = list.map(mid => ({ title: `文 ${mid}`, url: address(mid), create_time: '1700000000', msgid: mid, itemidx: '1' }))
  return JSON.stringify({
    getalbum_resp: {
      article_list: article_list.length === 1 ? article_list[0] : article_list,
      base_info: { title: '织造合集', nickname: '试验织坊' },
      continue_flag: goesOn ? '1' : '0',
    },
  })
}

/** What the played host answers, by the beginning of the path; the first that fits. */
let answers: readonly [string, string][]
let server: PageServer
let folder: string
let store: Store
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'weekloom-articles-'))
  store = memoryStore()
  answers = []
  server = await startPageServer({
    respond: path => {
      const body = answers.find(([start]) => decodeURIComponent(path).startsWith(start))?.[1]
      return body === undefined ? { status: 404 } : { body }
    },
  })
})
afterEach(async () => {
  rmSync(folder, { recursive: true })
  await server.close()
})

async function run(pages: string | string[], more: Partial<Options> & { mostPages?: number; filters?: EntryFilters } = {}) {
  const { mostPages, filters, ...options } = more
  const { feeds, report } = await aggregate({
    site: { title: 'Loom Weekly', url: 'https://loomstack.example/' },
    sources: [articles(pages, { ...filters, ...(mostPages === undefined ? {} : { pages: mostPages }) })],
    feeds: { articles: { of: 'articles', limit: false } },
    store,
    cwd: folder,
    hosts: { 'mp.weixin.qq.com': server.origin },
    fullText: true,
    now: '2024-01-01T00:00:00.000Z',
    ...options,
  })
  return { entries: feeds['articles']?.entries ?? [], problems: report.problems, codes: report.problems.map(({ code }) => code) }
}

describe('an album as a source', () => {
  it('gives an entry for each of its articles, completed by their pages', async () => {
    answers = [
      ['/mp/appmsgalbum', albumPage(mids(0, 2), false)],
      [`/s?__biz=MzA5OTk5OTk4OQ==&mid=2650000001`, cgiPage()],
    ]
    const { entries } = await run(album)
    expect(entries).toHaveLength(2)
    expect(entries.find(({ keys }) => keys.includes(longKey))).toMatchObject({ state: 'full', title: '怎样织一匹布', tags: ['织造合集'] })
    expect(entries.find(({ state }) => state === 'partial')).toMatchObject({
      title: '文 2650000002',
      account: { name: '试验织坊' },
      published: '2023-11-14T22:13:20.000Z',
      origins: [{ title: '织造合集' }],
    })
  })

  it('of a single article is read although it is no list', async () => {
    answers = [['/mp/appmsgalbum', albumPage(mids(0, 1), false)]]
    expect((await run(`${album}&f=json`)).entries).toHaveLength(1)
    expect(server.requests.some(path => path.includes('f=json'))).toBe(true)
  })

  it('is followed page by page, to its limit, as robots.txt allows', async () => {
    answers = [
      [
        '/mp/appmsgalbum?__biz=MzA5OTk5OTk4OQ==&action=getalbum&album_id=1234567890123456789&count=20&begin_msgid=2650000020',
        albumPage(mids(20, 20), true),
      ],
      [
        '/mp/appmsgalbum?__biz=MzA5OTk5OTk4OQ==&action=getalbum&album_id=1234567890123456789&count=20&begin_msgid=2650000040',
        albumPage(mids(40, 20), true),
      ],
      ['/mp/appmsgalbum', albumPage(mids(0, 20), true)],
    ]
    expect((await run(album)).entries).toHaveLength(60)
    expect((await run(album, { mostPages: 2 })).entries).toHaveLength(40)
    answers = [['/robots.txt', 'User-agent: *\nDisallow: /'], ...answers]
    server.requests.length = 0
    const { entries, codes } = await run(album)
    expect(codes).toContain('FETCH_ROBOTS')
    expect(entries.length).toBeGreaterThanOrEqual(20)
    expect(server.requests.filter(path => path.startsWith('/s'))).toEqual([])
  })

  it('stops when a page brings nothing new', async () => {
    answers = [['/mp/appmsgalbum', albumPage(mids(0, 20), true)]]
    expect((await run(album)).entries).toHaveLength(20)
    expect(server.requests.filter(path => path.startsWith('/mp/appmsgalbum'))).toHaveLength(2)
  })

  it('stays as it was when WeChat answers with a captcha', async () => {
    answers = [['/mp/appmsgalbum', albumPage(mids(0, 2), false)]]
    await run(album)
    answers = [
      ['/mp/appmsgalbum', noticePage('', '', "window.cgiData = { poc_token: 'x' }; var PAGE_MID = 'mmbizwap:secitptpage/verify.html'")],
    ]
    expect((await run(album)).entries).toHaveLength(2)
    expect((await run(album, { network: 'frozen' })).entries).toHaveLength(2)
  })

  it('that cannot be had says why', async () => {
    expect((await run(album)).codes).toEqual(['FETCH_GONE'])
    answers = [['/mp/appmsgalbum', albumPage([], false)]]
    expect((await run(album)).codes).toEqual(['WECHAT_LIST_EMPTY'])
  })
})

describe('saved pages as a source', () => {
  const save = (name: string, text: string) => {
    mkdirSync(join(folder, 'saved'), { recursive: true })
    writeFileSync(join(folder, 'saved', name), text)
  }

  it('give whole entries, and nothing is asked for', async () => {
    save('one.html', bodyPage('<p>经线与纬线。</p>'))
    save(
      'two.htm',
      `<!-- saved from url=(0043)https://loomstack.example/blog/warp -->\n<html><head><meta property="og:title" content="Warp"></head></html>`,
    )
    const { entries, codes } = await run(['saved/*.html', 'saved/two.htm'])
    expect(codes).toEqual([])
    expect(entries.map(({ url, title, state }) => ({ url, title, state }))).toEqual(
      expect.arrayContaining([
        { url: longAddress, title: '怎样织一匹布', state: 'full' },
        { url: 'https://loomstack.example/blog/warp', title: 'Warp', state: 'full' },
      ]),
    )
    expect(entries.find(({ url }) => url === longAddress)?.html).toContain('经线与纬线。')
    expect(server.requests).toEqual([])
  })

  it.each([
    ['no address', ''],
    ['the address of the front page as theirs', '<meta property="og:url" content="https://loomstack.example/">'],
    ['that of a list as theirs', '<link rel="canonical" href="https://loomstack.example/blog/">'],
  ])('that state %s are an entry each, called by their paths', async (_title, head) => {
    for (const name of ['warp', 'weft']) save(`same-${name}.html`, `<head>${head}<title>${name}</title></head>`)
    const { entries } = await run('saved/same-*.html')
    expect(entries.map(({ id, url, title }) => [id, url, title]).sort()).toEqual([
      ['saved/same-warp.html', 'saved/same-warp.html', 'warp'],
      ['saved/same-weft.html', 'saved/same-weft.html', 'weft'],
    ])
  })

  it('that an old store has as one come out each, and stay so', async () => {
    const paths = ['saved/kept-warp.html', 'saved/kept-weft.html']
    const rows = [{ id: nowhere, key: nowhere, url: nowhere, aliases: paths }, ...paths.map(key => ({ key, aliasOf: nowhere }))]
    for (const row of rows) await store.set(ledgerPlace(row.key), writeRecordText(row))
    for (const name of ['warp', 'weft']) save(`kept-${name}.html`, `<title>${name}</title>`)
    for (const options of [{}, { network: 'frozen' }, {}] as const) {
      const { entries, codes } = await run('saved/kept-*.html', options)
      expect(entries.map(({ id }) => id).sort()).toEqual(paths)
      expect(codes).toEqual([])
    }
  })

  it('that list articles give these', async () => {
    save('album.json', albumPage(mids(0, 3), true))
    const { entries } = await run('saved/album.json', { network: 'frozen' })
    expect(entries.map(({ title }) => title).sort()).toEqual(['文 2650000001', '文 2650000002', '文 2650000003'])
  })

  it('that are no article are named with their file', async () => {
    save('gone.html', `<link rel="dns-prefetch" href="//res.wx.qq.com/">${noticePage('该内容已被发布者删除')}`)
    const { problems } = await run(['saved/gone.html', 'saved/none.html'])
    expect(problems).toEqual([
      expect.objectContaining({ code: 'WECHAT_DELETED', where: { source: 'articles', file: 'saved/gone.html' } }),
      expect.objectContaining({ code: 'POST_UNREADABLE', where: { source: 'articles', file: 'saved/none.html' } }),
    ])
  })
})

it.each(['https://loomstack.example/a.html', 'loomstack.com/a.html'])('%s is an address, not a path', async page => {
  const { codes } = await run(page, { network: 'frozen' })
  expect(codes).not.toContain('SOURCE_EMPTY')
  expect(codes).not.toContain('POST_UNREADABLE')
})

it('an address without its scheme is told with it', async () => {
  const { problems } = await run('mp.weixin.qq.com/s/aaaaaaaaaaaaaaaaaaaaaa', { network: 'frozen' })
  expect(problems).toMatchObject([
    { code: 'LINK_INVALID', message: expect.stringContaining('did you mean https://mp.weixin.qq.com/s/aaa') },
  ])
})

describe('filters of articles', () => {
  const pages = [longAddress, `${longAddress.replace('2650000001', '2650000002')}`]

  it('decide by what the pages say, their bodies too', async () => {
    answers = [
      ['/s?__biz=MzA5OTk5OTk4OQ==&mid=2650000001', bodyPage('<p>经线与纬线。</p>')],
      ['/s?__biz=MzA5OTk5OTk4OQ==&mid=2650000002', bodyPage('<p>梭子。</p>', { mid: '2650000002' })],
    ]
    expect((await run(pages, { filters: { include: { html: '经线' } } })).entries.map(({ url }) => url)).toEqual([longAddress])
    expect((await run(pages, { filters: { exclude: { html: '经线' } }, network: 'frozen' })).entries).toHaveLength(1)
  })

  it('give the text that map makes, and the page its own where map leaves it', async () => {
    answers = [['/s?__biz=MzA5OTk5OTk4OQ==&mid=2650000001', bodyPage('<p>经线与纬线。</p>')]]
    const changed = await run(longAddress, {
      filters: { map: entry => ({ ...entry, html: `${entry.html ?? ''}<p>完</p>` }), tags: ['社区'] },
    })
    expect(changed.entries[0]?.html).toBe('<p>经线与纬线。</p><p>完</p>')
    expect(changed.entries[0]?.tags).toContain('社区')
    const same = await run(longAddress, { filters: { map: entry => ({ ...entry, title: '改' }) }, network: 'frozen' })
    expect(same.entries[0]).toMatchObject({ title: '改', html: '<p>经线与纬线。</p>' })
  })

  it('ask for no page beyond the limit', async () => {
    await run(pages, { filters: { limit: 1 } })
    expect(server.requests.filter(path => path.startsWith('/s?'))).toHaveLength(1)
  })
})
