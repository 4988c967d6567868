import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type PageServer, startPageServer } from '../../fixtures/page-server.js'
import { aggregate, autodiscoveryTags, checkFeed, type Entry, memoryStore, type Options, type OutputFile, weekly } from '../../src/index.js'
import { planArchives } from '../../src/run/archives.js'
import { groupFeeds } from '../../src/run/group-feeds.js'
import { groupKey, groupSlug } from '../../src/run/group-slug.js'
import { makeFeeds } from '../../src/run/make-feeds.js'
import { openRun } from '../../src/run/run-context.js'
import { settleOptions } from '../../src/run/settings.js'

let server: PageServer
beforeAll(async () => {
  server = await startPageServer()
})
afterAll(() => server.close())

const build = async (more: Partial<Options>) => {
  const run = await aggregate({
    site: { title: 'Loom Weekly', url: 'https://loomstack.example/' },
    sources: [weekly('fixtures/weekly/content/zh/blog/*weekly*/index.md')],
    store: memoryStore(),
    hosts: { 'mp.weixin.qq.com': server.origin },
    now: '2024-01-01T00:00:00.000Z',
    ...more,
  })
  const files: OutputFile[] = []
  for await (const file of run.files) files.push(file)
  return { ...run, files, paths: files.map(file => file.path) }
}

const textOf = (files: readonly OutputFile[], path: string) => {
  const body = files.find(file => file.path === path)?.body ?? []
  return body instanceof Uint8Array ? '' : [...body].join('')
}

describe('feeds for each account, tag and section', () => {
  it('hold what belongs to each, in folders of their names, and stand in the list of all feeds', async () => {
    const { feeds, files, paths, report } = await build({
      feeds: { accounts: { per: 'account' }, feed: {}, sections: { per: 'section', of: 'articles', limit: 1, title: '{name}：织机' } },
    })
    const articles = feeds['feed']?.entries.filter(entry => entry.kind === 'article') ?? []
    const accounts = new Set(articles.flatMap(entry => entry.account?.name ?? []))
    const grouped = Object.entries(feeds).filter(([name]) => name.startsWith('accounts/'))
    expect(accounts.size).toBeGreaterThan(1)
    expect(grouped.map(([, feed]) => feed.info.title).sort()).toEqual([...accounts].map(name => `Loom Weekly · ${name}`).sort())
    for (const [name, feed] of grouped) {
      const { account } = feed.entries[0] ?? {}
      expect(feed.entries.every(entry => entry.account?.name === account?.name)).toBe(true)
      expect(name).toBe(`accounts/${groupSlug(groupKey(account?.name ?? ''))}`)
      expect(paths).toContain(`${name}/atom.xml`)
      expect(feed.info.feedUrl).toBe(new URL(`${name}/`, 'https://loomstack.example/feeds/').href)
      expect(report.feeds[name]).toBe(feed.entries.length)
      expect(feed.group).toBe('公众号')
    }
    // The combined feed stands at the top although it is not the first.
    expect(paths).toContain('rss.xml')
    const sections = Object.entries(feeds).filter(([name]) => name.startsWith('sections/'))
    expect(sections.length).toBeGreaterThan(0)
    for (const [, feed] of sections) {
      expect(feed.entries).toHaveLength(1)
      expect(feed.info.title).toMatch(/：织机$/)
    }
    // A page names the feeds that most people want, not one for each account.
    expect(autodiscoveryTags(Object.values(feeds)).match(/<link/g)).toHaveLength(3)
    const list = textOf(files, 'feeds.opml')
    expect(checkFeed(list)).toEqual([])
    expect(list).toContain('<outline text="公众号">')
    for (const [, feed] of [...grouped, ...sections]) expect(list).toContain(encodeURI(decodeURI(feed.info.feedUrl ?? '')))
  })

  it('are watched by the guard against churn, and an account that is gone takes its files along', async () => {
    const store = memoryStore()
    const { keepPublished } = await import('../../src/run/find-churn.js')
    const options = { store, feeds: { feed: {}, 'by-account': { per: 'account' } } } as const
    const before = await build(options)
    await keepPublished(before.feeds, store)
    expect((await build(options)).report.churn).toEqual({})
    const after = await build({ ...options, onEntry: entry => (entry.account ? null : entry) })
    expect(Object.keys(after.feeds)).toEqual(['feed'])
    expect(Object.keys(after.report.churn)).toContain('feed')
  })

  it('are one for names that differ in case and spacing, named as the oldest entry has it', () => {
    const entry = (id: string, tags: string[]): Entry => ({
      id,
      keys: [id],
      url: id,
      title: id,
      authors: [],
      tags,
      kind: 'article',
      state: 'full',
      origins: [{ source: 'weekly', kind: 'post' }],
    })
    const settings = settleOptions({
      site: { title: 'Loom', url: 'https://loomstack.example/', language: 'en' },
      sources: [weekly('none')],
      feeds: { feed: {}, tags: { per: 'tag' } },
    })
    const feeds = groupFeeds([entry('c', ['cloud-native', 'C++']), entry('b', ['C#']), entry('a', ['Cloud Native'])], settings)
    expect(feeds.map(({ folder, title, group }) => [folder, title, group?.entries.map(({ id }) => id)])).toEqual(
      [
        ['', 'Loom', undefined],
        [`tags/${groupSlug('c#')}/`, 'Loom · C#', ['b']],
        [`tags/${groupSlug('c++')}/`, 'Loom · C++', ['c']],
        ['tags/cloud-native/', 'Loom · Cloud Native', ['c', 'a']],
      ].sort((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1)),
    )
  })
})

it('a feed of a group looks at the entries of its group alone, so that many groups of many entries take no longer than they must', async () => {
  let looks = 0
  const entries = Array.from({ length: 300 }, (_, index): Entry => {
    const id = `https://loomstack.example/${index}`
    return {
      get id() {
        looks++
        return id
      },
      keys: [id],
      url: id,
      title: id,
      authors: [],
      tags: [`tag ${index}`, 'every'],
      kind: 'article',
      state: 'full',
      origins: [{ source: 'weekly', kind: 'post' }],
    }
  })
  const opened = openRun({
    site: { title: 'Loom', url: 'https://loomstack.example/' },
    sources: [weekly('none')],
    store: memoryStore(),
    feeds: { feed: {}, tags: { per: 'tag' } },
  })
  const run = { ...opened, settings: { ...opened.settings, feeds: groupFeeds(entries, opened.settings) } }
  const feeds = await makeFeeds(entries, run)
  await planArchives(entries, feeds, run)
  expect(Object.keys(feeds)).toHaveLength(302)
  expect(looks / entries.length).toBeLessThan(60)
})

describe('the name of a folder', () => {
  it.each([
    ['蚂蚁技术AntTech', '蚂蚁技术anttech'],
    ['Cloud  Native', 'cloud-native'],
    ['金融级分布式架构', '金融级分布式架构'],
    ['ＳＯＦＡ', 'sofa'],
    ['a_b', 'a-b'],
  ])('of %s is readable: %s', (name, slug) => expect(groupSlug(groupKey(name))).toBe(slug))

  it.each(['c++', '..', '../../etc', 'con', '😀', 'a/b', 'a\\b', `${'长'.repeat(300)}`, '-', '.'])('of %s is safe', name => {
    const slug = groupSlug(groupKey(name) || name)
    expect(slug).toMatch(/^[\p{L}\p{M}\p{N}-]{1,70}$/u)
    expect(slug).toMatch(/[0-9a-f]{8}$/)
  })

  it('is safe for any name, and one only for names that are one', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), fc.string({ unit: 'binary', minLength: 1 }), (a, b) => {
        const [one, other] = [groupKey(a), groupKey(b)]
        fc.pre(one !== '' && other !== '')
        expect(groupSlug(one)).toMatch(/^[\p{L}\p{M}\p{N}-]+$/u)
        expect(groupSlug(one) === groupSlug(other)).toBe(one === other)
      }),
    )
  })
})

describe('the list of feeds', () => {
  it('is written beside the feeds, dated by the newest, and not when none is wanted', async () => {
    const { files, feeds } = await build({})
    const list = files.find(file => file.path === 'feeds.opml')
    expect(list).toMatchObject({ mediaType: 'text/x-opml', updated: feeds['feed']?.updated })
    expect(textOf(files, 'feeds.opml').match(/xmlUrl=/g)).toHaveLength(3)
    expect((await build({ opml: false })).paths).not.toContain('feeds.opml')
    expect((await build({ opml: 'all.opml' })).paths).toContain('all.opml')
    await expect(build({ opml: '../x.opml' })).rejects.toThrow(/opml/)
  })
})

describe('the calendar', () => {
  it('is written when it is asked for, and has the meetings of all issues without another option', async () => {
    const { files, feeds } = await build({ calendar: 'events.ics', feeds: { feed: {}, events: { of: 'events' } } })
    const calendar = files.find(file => file.path === 'events.ics')
    const text = textOf(files, 'events.ics')
    expect(calendar?.mediaType).toBe('text/calendar')
    expect(feeds['events']?.entries.length).toBeGreaterThan(0)
    for (const { meeting, id } of feeds['events']?.entries ?? [])
      if (meeting?.start !== undefined) expect(text.replaceAll('\r\n ', '')).toContain(`UID:${id}`)
    expect(feeds['feed']?.entries.some(entry => entry.kind === 'event')).toBe(false)
    const plain = await build({})
    expect(plain.paths).not.toContain('events.ics')
  })
})
