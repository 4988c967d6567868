import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseOpml } from '../../src/feed/parse-opml.js'
import { writeOpml } from '../../src/feed/write-opml.js'

function read(text: string | Uint8Array, url?: string) {
  const outcome = parseOpml(text, url === undefined ? {} : { url })
  return outcome.ok ? outcome.value : expect.unreachable(outcome.problem.message)
}
const opml = (body: string, version = '2.0') =>
  `<?xml version="1.0"?><opml version="${version}"><head><title>Friends &amp; co</title></head><body>${body}</body></opml>`
const feed = (name: string, more = '') => `<outline type="rss" text="${name}" xmlUrl="https://${name}.example/feed" ${more}/>`

describe('parseOpml', () => {
  it('reads feeds in folders in folders, whose names become tags', () => {
    const body = `${feed('a', 'htmlUrl="https://a.example/"')}<outline text="社区">${feed('b')}<outline title="Inner">${feed('c')}</outline></outline>${feed('d')}`
    expect(read(opml(body))).toEqual({
      title: 'Friends & co',
      feeds: [
        { url: 'https://a.example/feed', title: 'a', homeUrl: 'https://a.example/', tags: [] },
        { url: 'https://b.example/feed', title: 'b', tags: ['社区'] },
        { url: 'https://c.example/feed', title: 'c', tags: ['社区', 'Inner'] },
        { url: 'https://d.example/feed', title: 'd', tags: [] },
      ],
    })
  })

  it('reads version 1.0 and attributes in any case', () => {
    expect(read(opml('<OUTLINE Title="A" xmlurl="https://a.example/feed" HTMLURL="https://a.example/">', '1.0')).feeds).toEqual([
      { url: 'https://a.example/feed', title: 'A', homeUrl: 'https://a.example/', tags: [] },
    ])
  })

  it('gives a feed that lies in several folders once, with the tags of all and its categories', () => {
    const body = `<outline text="x">${feed('a')}</outline><outline text="y">${feed('a', 'category="/Boston/Weather,Harvard"')}</outline>`
    expect(read(opml(body)).feeds).toEqual([
      { url: 'https://a.example/feed', title: 'a', tags: ['x', 'y', 'Boston', 'Weather', 'Harvard'] },
    ])
  })

  it('takes so many tags at most that the entries of a feed stay small', () => {
    const body = Array.from({ length: 1000 }, (_, at) => `<outline text="folder ${at}">${feed('a')}</outline>`).join('')
    expect(read(opml(body)).feeds[0]?.tags).toHaveLength(50)
  })

  it('leaves out what is commented out, what is no feed, and addresses that are not of the web', () => {
    const body = `<outline text="old" isComment="true">${feed('a')}</outline><outline type="link" text="l" url="https://l.example/"/>
      <outline type="include" url="https://other.example/list.opml" text="more"/><outline text="j" xmlUrl="javascript:alert(1)"/><outline text="f" xmlUrl="file:///etc/passwd"/>`
    expect(read(opml(body)).feeds).toEqual([])
  })

  it('resolves addresses against that of the list, and reads those written for readers', () => {
    expect(
      read(opml('<outline xmlUrl="feed.xml"/><outline xmlUrl="feed://b.example/x"/>'), 'https://a.example/lists/l.opml').feeds.map(
        ({ url }) => url,
      ),
    ).toEqual(['https://a.example/lists/feed.xml', 'https://b.example/x'])
  })

  it('forgives bare ampersands, names that hold markup, and outlines that are never closed', () => {
    expect(read(opml('<outline text="Q & A &lt;b&gt;x&lt;/b&gt;"><outline text="a" xmlUrl="https://a.example/?a=1&b=2">')).feeds).toEqual([
      { url: 'https://a.example/?a=1&b=2', title: 'a', tags: ['Q & A x'] },
    ])
  })

  it('takes no half of an address for one, where the list ends in it', () => {
    for (const end of ['xmlUrl="https://b.examp', "xmlUrl='https://b.examp\n", 'xmlUrl=https://b.examp'])
      expect(read(`<opml><body>${feed('a')}<outline text="b" ${end}`).feeds).toHaveLength(1)
    expect(read(`<opml><body>${feed('a')}`.slice(0, -3)).feeds).toHaveLength(1)
  })

  it('reads bytes by their charset', () => {
    const bytes = new Uint8Array([
      ...new TextEncoder().encode('<?xml version="1.0" encoding="gbk"?><opml><body><outline text="'),
      0xd6,
      0xaf,
      0xbb,
      0xfa,
      ...new TextEncoder().encode('" xmlUrl="https://a.example/"/></body></opml>'),
    ])
    expect(read(bytes).feeds[0]?.title).toBe('织机')
  })

  it('never expands what a document type declares', () => {
    const text = `<!DOCTYPE opml [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>${opml('<outline text="&b;&x;" xmlUrl="https://a.example/"/>').slice(21)}`
    expect(JSON.stringify(read(text))).not.toMatch(/aaaa|root:/)
  })

  it('refuses what is no list', () => {
    for (const text of ['', '<html><title>x</title></html>', '<rss version="2.0"/>', '{}'])
      expect(parseOpml(text)).toMatchObject({ ok: false, problem: { code: 'OPML_UNREADABLE' } })
  })

  it('reads back what writeOpml writes', () => {
    const feeds = ['a', 'b', 'c'].map(name => ({
      info: { title: `Feed ${name}`, feedUrl: `https://${name}.example/feed`, homeUrl: `https://${name}.example/` },
      group: name === 'a' ? '' : '社区',
    }))
    expect(read(writeOpml(feeds, { title: 'All' }))).toEqual({
      title: 'All',
      feeds: feeds.map(({ info, group }) => ({
        url: info.feedUrl,
        title: info.title,
        homeUrl: info.homeUrl,
        tags: group === '' ? [] : [group],
      })),
    })
  })

  it.each([
    ['folders in one another', '<outline text="x">'.repeat(200_000)],
    ['attributes that are never closed', '<outline text="'.repeat(200_000)],
    ['feeds', '<outline text="x"><outline xmlUrl="https://a.example/"/></outline>'.repeat(50_000)],
  ])('does not stop for %s', (_title, body) => {
    expect(read(opml(body)).feeds.length).toBeLessThanOrEqual(20_000)
  })

  it('never throws, whatever the bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), bytes => void parseOpml(bytes)))
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom(
            '<outline ',
            'xmlUrl="',
            'https://a.example',
            '"',
            '/>',
            '>',
            '</outline>',
            '<opml>',
            '<!--',
            '-->',
            '<![CDATA[',
            '&',
            '<',
          ),
          { maxLength: 40 },
        ),
        parts => void parseOpml(parts.join('')),
      ),
    )
  })
})
