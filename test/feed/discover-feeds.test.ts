import { describe, expect, it } from 'vitest'
import { discoverFeeds, resolveFeedUrl } from '../../src/feed/discover-feeds.js'

const page = 'https://loomstack.example/blog/warp/'
const urls = (html: string) => discoverFeeds(html, page).map(({ url }) => url)

describe('discoverFeeds', () => {
  it('names the feeds of a page in its order, with type and title', () => {
    const html = `<html><head><link rel="stylesheet" href="a.css">
      <link rel="alternate" type="application/rss+xml" title="Loom &amp; Weft" href="/feed/">
      <LINK REL='Alternate' TYPE='application/atom+xml; charset=utf-8' HREF=atom.xml>
      <link rel="alternate" type="application/feed+json" href="https://feeds.example/loom.json"></head></html>`
    expect(discoverFeeds(html, page)).toEqual([
      { url: 'https://loomstack.example/feed/', type: 'application/rss+xml', title: 'Loom & Weft' },
      { url: 'https://loomstack.example/blog/warp/atom.xml', type: 'application/atom+xml' },
      { url: 'https://feeds.example/loom.json', type: 'application/feed+json' },
    ])
  })

  it('takes the first fifty, each address once', () => {
    const tags = Array.from({ length: 120 }, (_, index) => `<link rel="feed" href="/${Math.floor(index / 2)}.xml">`)
    expect(urls(tags.join(''))).toEqual(Array.from({ length: 50 }, (_, index) => `https://loomstack.example/${index}.xml`))
  })

  it('takes a type that much else has only where address or title speak of a feed', () => {
    const of = (type: string, href: string, title = '') => urls(`<link rel=alternate type="${type}" href="${href}" title="${title}">`)
    expect(of('application/json', '/feed.json')).toHaveLength(1)
    expect(of('text/xml', '/index.xml', 'RSS')).toHaveLength(1)
    expect(of('application/json', '/wp-json/wp/v2/posts/12')).toEqual([])
    expect(of('application/json+oembed', '/oembed?url=feed')).toEqual([])
    expect(of('text/html', '/feed/')).toEqual([])
  })

  it('passes over other languages, style sheets and links that lead nowhere', () => {
    expect(
      urls(`<link rel="alternate" hreflang="en" href="/en/"><link rel="alternate stylesheet" type="text/xml" href="/rss.xsl">
        <link rel="alternate" type="application/rss+xml" href=""><link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">`),
    ).toEqual([])
  })

  it('resolves addresses against the first base, wherever that stands, and gives each once', () => {
    const link = '<link rel="feed" href="rss.xml">'
    expect(
      urls(`${link}<base href="/zh/"><base href="/en/">${link}<a rel="alternate" type="application/rss+xml" href="/zh/rss.xml">RSS</a>`),
    ).toEqual(['https://loomstack.example/zh/rss.xml'])
  })

  it('reads the addresses that are written for readers', () => {
    expect(resolveFeedUrl('feed://a.example/x')).toBe('https://a.example/x')
    expect(resolveFeedUrl('feed:http://a.example/x')).toBe('http://a.example/x')
    expect(resolveFeedUrl('ftp://a.example/x', page)).toBeUndefined()
  })

  it.each([
    ['elements that nest', '<div>'.repeat(200_000)],
    ['100,000 feeds', Array.from({ length: 100_000 }, (_, at) => `<link rel=feed href=/${at}>`).join('')],
    ['tags that never end', '<link rel="alternate" '.repeat(100_000)],
  ])('does not stop for %s', (_title, html) => {
    expect(urls(html).length).toBeLessThanOrEqual(50)
  })
})
