import { createHash } from 'node:crypto'
import type { Element } from 'domhandler'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { discoverFeeds } from '../../src/feed/discover-feeds.js'
import { pageScript, pageScriptHash } from '../../src/page/page-script.js'
import { pageStyle, pageStyleHash } from '../../src/page/page-style.js'
import { pageChunks, writePage } from '../../src/page/write-page.js'
import { WeekloomError } from '../../src/problems.js'
import { htmlToText, parseHtml } from '../../src/text/html.js'
import { walkElements } from '../../src/text/walk-elements.js'
import type { Entry, Feed, Origin } from '../../src/types.js'
import { anyFeed } from '../feed/any-feed.js'
import { sampleArticle, sampleFeed } from '../feed/sample-feed.js'

const elements = (html: string) => [...walkElements(parseHtml(html))]
const named = (html: string, name: string) => elements(html).filter(element => element.name === name)
const byId = (html: string, id: string) => elements(html).find(element => element.attribs['id'] === id)
const textOf = (element: Element | undefined) => (element === undefined ? '' : htmlToText(element.children).replace(/\s+/g, ' '))
const info: Feed['info'] = {
  title: '河畔周报',
  homeUrl: 'https://weekly.example/',
  feedUrl: 'https://weekly.example/feeds/',
  language: 'zh-CN',
}

const issueOrigin = (number: number, more: Partial<Origin> = {}): Origin => ({
  source: 'weekly',
  kind: 'post',
  id: `https://weekly.example/blog/${number}/`,
  url: `https://weekly.example/blog/${number}/`,
  title: `河畔周报｜第 ${number} 期`,
  published: `2024-05-${String(number).padStart(2, '0')}T04:00:00.000Z`,
  ...more,
})
function issue(number: number): Entry {
  const { id = '', title = '', published = '' } = issueOrigin(number)
  const origins = [issueOrigin(number)] as const
  return { id, keys: [id], url: id, title, published, authors: [], tags: [], kind: 'issue', state: 'full', origins }
}
function article(name: string, ...origins: [Origin, ...Origin[]]): Entry {
  return { ...sampleArticle(1), id: `https://example.org/${name}`, url: `https://example.org/${name}`, title: name, origins }
}

describe('any feed whatever', () => {
  it('gives a page whose only script and style are its own, and that asks for nothing but pictures', () => {
    fc.assert(
      fc.property(anyFeed, feed => {
        const html = writePage(feed)
        const all = elements(html)
        expect(
          all.filter(({ name }) => name === 'script').map(element => element.children.map(child => 'data' in child && child.data)),
        ).toEqual([[pageScript]])
        expect(all.filter(({ name }) => name === 'style')).toHaveLength(1)
        for (const { name, attribs } of all) {
          for (const attribute of Object.keys(attribs)) expect(attribute).not.toMatch(/^on|^style$|^srcset$/)
          if (name === 'a') expect(attribs['href']).toMatch(/^(?:https?:\/\/|#)/)
          if (name === 'img') expect(attribs['src']).toMatch(/^https?:\/\//)
          else expect(attribs['src']).toBeUndefined()
          if (name === 'link') expect(['alternate', 'canonical', 'icon']).toContain(attribs['rel'])
          expect(['iframe', 'object', 'embed', 'base', 'video', 'audio']).not.toContain(name)
        }
      }),
    )
  })

  it('gives the same bytes again, whole and in pieces', () => {
    fc.assert(
      fc.property(anyFeed, feed => {
        expect([...pageChunks(feed)].join('')).toBe(writePage(feed))
      }),
    )
  })

  it('has headings that never leave out a level', () => {
    fc.assert(
      fc.property(anyFeed, feed => {
        let level = 0
        for (const { name } of elements(writePage(feed))) {
          if (!/^h[1-6]$/.test(name)) continue
          expect(Number(name[1])).toBeLessThanOrEqual(level + 1)
          level = Number(name[1])
        }
        expect(level).toBeGreaterThan(0)
      }),
    )
  })
})

describe('the policy of the page', () => {
  it('admits its script and its style by their hashes, and nothing else but pictures', () => {
    const hash = (text: string) => `sha256-${createHash('sha256').update(text).digest('base64')}`
    expect(pageScriptHash).toBe(hash(pageScript))
    expect(pageStyleHash).toBe(hash(pageStyle))
    const policy = named(writePage({ info }), 'meta').find(({ attribs }) => attribs['http-equiv'] === 'Content-Security-Policy')
    expect(policy?.attribs['content']).toBe(
      `default-src 'none'; script-src '${hash(pageScript)}'; style-src '${hash(pageStyle)}'; img-src https: http: data:; base-uri 'none'; form-action 'none'`,
    )
  })
})

describe('the weeks', () => {
  const feed = {
    info,
    entries: [
      issue(10),
      issue(17),
      article('second', issueOrigin(17, { line: 20, note: '第二个' })),
      article('first', issueOrigin(17, { line: 10 })),
      article('old', issueOrigin(10, { line: 5 }), issueOrigin(17, { line: 30 })),
    ],
  }

  it('show the newest issue first, with its articles in the order of the issue and what it says of them', () => {
    const latest = textOf(byId(writePage(feed), 'latest'))
    expect(latest).toMatch(/最新一期 2024 年 5 月 17 日 第 17 期 .*first.*second.*第二个.*old.*再次推荐/)
  })

  it('show an article in each issue that recommends it, and as new in the first alone', () => {
    const html = writePage(feed)
    expect(textOf(byId(html, 'weeks'))).toMatch(/2024 年 5 月 10 日 第 10 期 old/)
    expect(textOf(byId(html, 'weeks'))).not.toContain('再次推荐')
  })

  it('show the issue of the highest number first where few issues have a date, and no date of an older one as that of the page', () => {
    const entries = [16, 17, 18, 19].map(issue).map(({ published = '', ...undated }, index) => {
      const origins = [{ source: 'weekly', kind: 'post', id: undated.id, url: undated.url }] as const
      return index === 1 ? { ...undated, published } : { ...undated, origins }
    })
    const html = writePage({ info, entries })
    expect(textOf(byId(html, 'latest'))).toMatch(/最新一期 第 19 期/)
    expect(textOf(byId(html, 'weeks'))).toMatch(/第 18 期.*5 月 17 日 第 17 期.*第 16 期/)
    expect(html).not.toContain('更新于')
  })

  it('put articles of no issue under the week of their day in the zone of the page', () => {
    const sunday = { ...article('late', { source: 'list', kind: 'article' }), published: '2024-05-12T16:30:00.000Z' }
    expect(textOf(byId(writePage({ info, entries: [sunday] }, { timeZone: 'Asia/Shanghai' }), 'weeks'))).toContain(
      '5 月 13 日至 5 月 19 日',
    )
    expect(textOf(byId(writePage({ info, entries: [sunday] }), 'weeks'))).toContain('5 月 6 日至 5 月 12 日')
  })

  it('are folded by year once they are many, all of them in the text', () => {
    const many = sampleFeed(300)
    const html = writePage(many)
    const years = named(html, 'summary').map(element => textOf(element))
    expect(years.filter(text => /20\d\d 年/.test(text))).toEqual([expect.stringContaining('2024 年'), expect.stringContaining('2023 年')])
    const links = new Set(named(html, 'a').map(({ attribs }) => attribs['href']))
    for (const { url } of many.entries) expect(links).toContain(url)
  })
})

describe('the page', () => {
  it('groups articles by account, those with the most first, and not those of no account', () => {
    const other = { ...sampleArticle(9), account: { name: '夜航船' } }
    const { account: _, ...none } = sampleArticle(8)
    const html = writePage({ info, entries: [other, sampleArticle(1), sampleArticle(2), none] })
    expect(textOf(byId(html, 'accounts'))).toMatch(/按公众号 河畔观察 ?2 篇 .* 夜航船 ?1 篇/)
  })

  it('names the feeds in its head, and each with its addresses where it tells how to subscribe', () => {
    const issues = { info: { ...info, title: '河畔周报 · issues', feedUrl: 'https://weekly.example/feeds/issues/' } }
    const grouped = { info: { ...info, title: '夜航船', feedUrl: 'https://weekly.example/feeds/accounts/a/' }, group: '按公众号' }
    const options = { selfUrl: 'https://weekly.example/feeds/feeds.html', opmlUrl: 'https://weekly.example/feeds/feeds.opml' }
    const html = writePage([{ info }, issues, grouped], options)
    const feeds = ['atom.xml', 'rss.xml', 'feed.json', 'issues/atom.xml'].map(file => `https://weekly.example/feeds/${file}`)
    expect(discoverFeeds(html, options.selfUrl).map(({ url }) => url)).toEqual(feeds)
    const links = named(html, 'a').map(({ attribs }) => attribs['href'])
    expect(links).toEqual(expect.arrayContaining([...feeds, 'https://weekly.example/feeds/accounts/a/atom.xml', options.opmlUrl]))
  })

  it('asks for covers without a referrer, when they come into view', () => {
    const pictures = named(writePage(sampleFeed(3)), 'img')
    expect(pictures.length).toBeGreaterThanOrEqual(3)
    for (const { attribs } of pictures) expect(attribs).toMatchObject({ alt: '', loading: 'lazy', referrerpolicy: 'no-referrer' })
    const images = 'https://proxy.example/?url={url}'
    expect(named(writePage(sampleFeed(1), { images }), 'img')[0]?.attribs['src']).toMatch(/^https:\/\/proxy\.example\/\?url=https%3A/)
  })

  it('hides what needs its script until that runs', () => {
    const hidden = elements(writePage(sampleFeed(3))).filter(({ attribs }) => 'data-script' in attribs)
    expect(hidden.map(({ name }) => name)).toEqual(['button', 'form', 'button'])
    for (const { attribs } of hidden) expect(attribs).toHaveProperty('hidden')
  })

  it('speaks Chinese or English throughout, and marks titles of another language', () => {
    const chinese = /\p{Script=Han}/u
    const english = writePage({ info: { ...info, title: 'Riverside' } }, { language: 'en-GB' })
    expect(english).not.toMatch(chinese)
    expect(textOf(named(writePage({ info }), 'body')[0])).not.toMatch(/Subscribe|Search|Latest|Copy/)
    const french = writePage({ info, entries: [article('Un titre', { source: 'list', kind: 'article' })] }, { language: 'fr' })
    expect(named(french, 'html')[0]?.attribs['lang']).toBe('en')
    expect(named(french, 'h1')[0]?.attribs['lang']).toBe('fr')
    expect(elements(french).find(({ attribs }) => attribs['class'] === 'title')?.attribs['lang']).toBe('fr')
  })

  it('says that it is empty', () => {
    expect(htmlToText(writePage({ info }))).toContain('这里还没有内容')
  })

  it('stays small: the newest 1000 of 10,000 entries, and bounded even when every address is as long as can be', () => {
    const html = writePage(sampleFeed(10_000))
    expect(html.length).toBeLessThan(1_000_000)
    expect(htmlToText(html)).toContain('这里列出最近的 1000 条，共 10000 条')
    const long = sampleFeed(1000)
    const entries = long.entries.map(entry => ({ ...entry, url: entry.url + 'x'.repeat(7000), title: '长'.repeat(9000) }))
    expect(writePage({ ...long, entries }).length).toBeLessThan(3_000_000)
  })

  it('does not ask to subscribe where no feed has an address', () => {
    const html = writePage({ info: { title: '河畔周报', language: 'zh-CN' }, entries: [sampleArticle(1)] })
    expect([byId(html, 'subscribe'), html.includes('href="#subscribe"')]).toEqual([undefined, false])
  })

  it('counts all feeds of a group, and says how many of them it lists', () => {
    const feeds = Array.from({ length: 250 }, (_, index) => ({
      info: { title: `号 ${index}`, feedUrl: `https://weekly.example/feeds/accounts/${index}/` },
      group: '公众号',
    }))
    const box = textOf(byId(writePage([{ info }, ...feeds]), 'subscribe'))
    expect(box).toMatch(/公众号 ?250/)
    expect(box).toContain('这里列出最近的 200 条，共 250 条')
  })

  it('cuts titles of issues as it cuts those of articles', () => {
    const html = writePage({ info, entries: [{ ...issue(17), title: '长'.repeat(500) }] })
    expect(textOf(byId(html, 'latest-title')).length).toBeLessThanOrEqual(200)
  })

  it('refuses a zone that is none', () => {
    expect(() => writePage({ info }, { timeZone: 'Mars/Phobos' })).toThrow(WeekloomError)
  })
})
