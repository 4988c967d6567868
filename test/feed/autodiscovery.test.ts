import { describe, expect, it } from 'vitest'
import { autodiscoveryTags } from '../../src/feed/autodiscovery.js'
import { parseHtml } from '../../src/text/html.js'

const info = (title: string, feedUrl: string) => ({ info: { title, feedUrl } })
const links = (tags: string) => parseHtml(tags).children.flatMap(node => ('attribs' in node ? [node.attribs] : []))

describe('autodiscoveryTags', () => {
  it('names the first feed in each format, then each other feed once', () => {
    const tags = autodiscoveryTags([info('河畔', 'https://example.org/feeds/'), info('河畔 · issues', 'https://example.org/feeds/issues/')])
    expect(links(tags)).toEqual([
      { rel: 'alternate', type: 'application/atom+xml', title: '河畔', href: 'https://example.org/feeds/atom.xml' },
      { rel: 'alternate', type: 'application/rss+xml', title: '河畔 (RSS)', href: 'https://example.org/feeds/rss.xml' },
      { rel: 'alternate', type: 'application/feed+json', title: '河畔 (JSON Feed)', href: 'https://example.org/feeds/feed.json' },
      { rel: 'alternate', type: 'application/atom+xml', title: '河畔 · issues', href: 'https://example.org/feeds/issues/atom.xml' },
    ])
  })

  it('names twenty feeds at most', () => {
    const many = Array.from({ length: 30 }, (_, index) => info('A', `https://example.org/${index}.xml`))
    expect(links(autodiscoveryTags(many))).toHaveLength(20)
  })

  it('puts the wanted format first, and takes the format of a single document from its name', () => {
    const rssFirst = autodiscoveryTags(info('A', 'https://example.org/feeds/'), { formats: ['rss', 'atom'] })
    expect(links(rssFirst).map(({ href }) => href)).toEqual(['https://example.org/feeds/rss.xml', 'https://example.org/feeds/atom.xml'])
    const single = ['feed.json', 'atom.xml', 'index.xml', 'feed?type=/'].map(name => info(name, `https://example.org/${name}`))
    expect(links(autodiscoveryTags(single)).map(({ type }) => type)).toEqual([
      'application/feed+json',
      'application/atom+xml',
      'application/rss+xml',
      'application/rss+xml',
    ])
  })

  it('leaves out feeds of a group and feeds without an absolute address, and never escapes its attributes', () => {
    expect(
      autodiscoveryTags([{ ...info('One of many', 'https://example.org/a/'), group: 'Accounts' }, info('No address', '/feed.xml')]),
    ).toBe('')
    const [link] = links(autodiscoveryTags(info('"><script>alert(1)</script>', 'https://example.org/?a=1&b="')))
    expect(link).toMatchObject({ title: '"><script>alert(1)</script>', href: 'https://example.org/?a=1&b=%22' })
  })
})
