import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkFeed } from '../../src/feed/check-feed.js'
import { writeAtom } from '../../src/feed/write-atom.js'
import { writeJson } from '../../src/feed/write-json.js'
import { writeRss } from '../../src/feed/write-rss.js'
import { sampleFeed } from './sample-feed.js'

const item = (parts: string) => `<item>${parts}</item>`
const rss = (
  items: string,
  channel = '<title>T</title><link>https://a.example/</link><description>d</description><atom:link rel="self" type="application/rss+xml" href="https://a.example/rss.xml"/>',
) =>
  `<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom">\n<channel>\n${channel}\n${items}\n</channel>\n</rss>`
const goodItem =
  '<title>One</title><link>https://a.example/1</link><guid isPermaLink="false">1</guid><pubDate>Fri, 07 Jan 2022 07:00:00 GMT</pubDate>'
const atom = (
  entry: string,
  feed = '<id>https://a.example/</id><title>T</title><updated>2022-01-07T07:00:00Z</updated><author><name>A</name></author><link rel="self" href="https://a.example/atom.xml"/>',
) => `<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n${feed}\n${entry}\n</feed>`
const goodEntry =
  '<entry><id>https://a.example/1</id><title>One</title><updated>2022-01-07T07:00:00Z</updated><link href="https://a.example/1"/></entry>'
const json = (more: object) =>
  JSON.stringify(
    {
      version: 'https://jsonfeed.org/version/1.1',
      title: 'T',
      feed_url: 'https://a.example/feed.json',
      items: [{ id: '1', content_html: 'x', date_published: '2022-01-07T07:00:00Z' }],
      ...more,
    },
    null,
    1,
  )

const codes = (text: string) => checkFeed(text).map(problem => problem.code)

describe('checkFeed finds nothing in', () => {
  it.each([
    ['a good RSS feed', rss(item(goodItem))],
    ['a good Atom feed', atom(goodEntry)],
    ['a good JSON Feed', json({})],
    ['dates of RFC 822 with two spaces or two digits of year', rss(item(goodItem.replace('Fri, 07 Jan 2022', 'Fri,  7 Jan 22')))],
    [
      'an entity that a document type elsewhere may declare',
      `<!DOCTYPE rss SYSTEM "rss.dtd">${rss(item(goodItem.replace('One', 'A&uuml;'))).slice(39)}`,
    ],
    ['an Atom source that says little', atom(goodEntry.replace('</entry>', '<source><title>S</title></source></entry>'))],
    ['our RSS', writeRss(sampleFeed(20), { selfUrl: 'https://a.example/rss.xml' })],
    ['our Atom', writeAtom(sampleFeed(20), { selfUrl: 'https://a.example/atom.xml' })],
    ['our JSON Feed', writeJson(sampleFeed(20), { selfUrl: 'https://a.example/feed.json' })],
  ])('%s', (_, text) => expect(checkFeed(text)).toEqual([]))
})

describe('checkFeed names', () => {
  it.each([
    ['a bare ampersand', rss(item(goodItem.replace('One', 'A & B'))), 'FEED_NOT_WELL_FORMED'],
    ['a control character', rss(item(goodItem.replace('One', 'A\u0008B'))), 'FEED_NOT_WELL_FORMED'],
    ['a tag that does not fit', rss(item(goodItem.replace('</title>', '</titel>'))), 'FEED_NOT_WELL_FORMED'],
    ['a prefix that is not declared', rss(item(`${goodItem}<dc:creator>A</dc:creator>`)), 'FEED_NOT_WELL_FORMED'],
    ['an attribute given twice', rss(item(goodItem.replace('<guid ', '<guid isPermaLink="true" '))), 'FEED_NOT_WELL_FORMED'],
    ['an entity of HTML', rss(item(goodItem.replace('One', 'A&nbsp;B'))), 'FEED_NOT_WELL_FORMED'],
    ['a feed that ends in the middle', rss(item(goodItem)).slice(0, -20), 'FEED_NOT_WELL_FORMED'],
    ['a page', '<!DOCTYPE html><html><head></head><body></body></html>', 'FEED_UNKNOWN'],
    ['a channel without a title', rss(item(goodItem), '<link>https://a.example/</link><description>d</description>'), 'FEED_PART_MISSING'],
    [
      'an item without title and description',
      rss(item('<link>https://a.example/1</link><guid>https://a.example/1</guid>')),
      'FEED_PART_MISSING',
    ],
    ['a date in no known form', rss(item(goodItem.replace('Fri, 07 Jan 2022 07:00:00 GMT', '2022-01-07'))), 'FEED_DATE_INVALID'],
    ['a day that does not exist', rss(item(goodItem.replace('07 Jan', '30 Feb'))), 'FEED_DATE_INVALID'],
    ['an id given twice', rss(item(goodItem) + item(goodItem)), 'FEED_ID_REPEATED'],
    ['a relative link', rss(item(goodItem.replace('https://a.example/1', '/1'))), 'FEED_LINK_INVALID'],
    [
      'an enclosure without a length',
      rss(item(`${goodItem}<enclosure url="https://a.example/a.mp3" type="audio/mpeg"/>`)),
      'FEED_PART_MISSING',
    ],
    ['an author without a mail address', rss(item(`${goodItem}<author>Somebody</author>`)), 'FEED_AUTHOR_INVALID'],
    ['an Atom entry without an id', atom(goodEntry.replace('<id>https://a.example/1</id>', '')), 'FEED_PART_MISSING'],
    ['an Atom entry without updated', atom(goodEntry.replace('<updated>2022-01-07T07:00:00Z</updated>', '')), 'FEED_PART_MISSING'],
    ['an Atom category without term', atom(goodEntry.replace('</entry>', '<category label="x"/></entry>')), 'FEED_PART_MISSING'],
    ['an Atom date without a zone', atom(goodEntry.replace('07:00:00Z', '07:00:00')), 'FEED_DATE_INVALID'],
    ['an Atom feed without any author', atom(goodEntry).replace('<author><name>A</name></author>', ''), 'FEED_AUTHOR_MISSING'],
    ['a relative link of Atom', atom(goodEntry.replace('href="https://a.example/1"', 'href="/1"')), 'FEED_LINK_RELATIVE'],
    ['an XHTML title without its div', atom(goodEntry.replace('<title>', '<title type="xhtml">')), 'FEED_VALUE_INVALID'],
    [
      'a date of the source that is none',
      atom(goodEntry.replace('</entry>', '<source><updated>now</updated></source></entry>')),
      'FEED_DATE_INVALID',
    ],
    ['JSON that is cut', json({}).slice(0, -3), 'FEED_NOT_WELL_FORMED'],
    ['a JSON Feed without items', JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', title: 'T' }), 'FEED_PART_MISSING'],
    ['a JSON item without content', json({ items: [{ id: '1' }] }), 'FEED_PART_MISSING'],
    ['a JSON item without an id', json({ items: [{ content_text: 'x' }] }), 'FEED_PART_MISSING'],
    ['a JSON title that is a number', json({ title: 3 }), 'FEED_VALUE_INVALID'],
    [
      'a JSON date that is none',
      json({ items: [{ id: '1', content_text: 'x', date_published: '2022-02-30T00:00:00Z' }] }),
      'FEED_DATE_INVALID',
    ],
    [
      'a script in the content',
      rss(item(`${goodItem}<description>&lt;script&gt;alert(1)&lt;/script&gt;</description>`)),
      'FEED_CONTENT_UNSAFE',
    ],
  ])('%s', (_, text, code) => expect(codes(text)).toContain(code))

  it('a relative address in a tag, and none in a text that shows HTML', () => {
    const content = (html: string) => codes(json({ items: [{ id: '1', content_html: html }] }))
    expect(content('<p><img alt="x" src="/a.png"></p>')).toContain('FEED_CONTENT_RELATIVE')
    expect(content('<a href=/x>x</a>')).toContain('FEED_CONTENT_RELATIVE')
    expect(content(`<a title='src="/x"' href=https://example.org/x>x</a>`)).not.toContain('FEED_CONTENT_RELATIVE')
    expect(content('<pre><code>&lt;img src="/a.png"&gt;</code></pre><p>&lt;a href="b.html"&gt;</p>')).not.toContain('FEED_CONTENT_RELATIVE')
  })

  it('the line and column of what it finds, why, and how to mend it', () => {
    const [problem] = checkFeed(rss(item(goodItem.replace('One', 'A & B'))))
    expect(problem).toMatchObject({
      code: 'FEED_NOT_WELL_FORMED',
      where: { line: 5, column: 16 },
      message: expect.any(String),
      hint: expect.any(String),
    })
  })
})

describe('any text', () => {
  it('is checked without an exception', () => {
    const scrap = fc.constantFrom(
      '<rss version="2.0">',
      '<channel>',
      '<item>',
      '</item>',
      '<![CDATA[',
      ']]>',
      '&',
      '&lt;',
      '<!--',
      '-->',
      '<?xml',
      '?>',
      '{',
      '}',
      '"',
      ':',
      '[',
      ']',
      ',',
      'x',
      '\u0000',
      '<feed xmlns="http://www.w3.org/2005/Atom">',
      '<entry>',
      ' a="',
      '>',
    )
    fc.assert(fc.property(fc.array(scrap, { maxLength: 30 }), scraps => void checkFeed(scraps.join(''))))
  })
  it.each([
    ['<', 300_000],
    ['<!--', 100_000],
    ['<a>', 200_000],
    ['[', 300_000],
    ['{"a":', 100_000],
    ['&', 300_000],
    [' ', 500_000],
  ])('of %j × %i is checked in time', { timeout: 10_000 }, (text, times) => {
    expect(checkFeed(text.repeat(times)).length).toBeGreaterThan(0)
  })
  it('that the writers make of honest entries has no error', () => {
    const folder = new URL('../../fixtures/feed/', import.meta.url)
    for (const name of readdirSync(folder).filter(
      file => /expected\.(rss\.xml|atom\.xml|json)$/.test(file) && /everything|archive/.test(file),
    )) {
      const errors = checkFeed(readFileSync(new URL(name, folder), 'utf8')).filter(problem => problem.level === 'error')
      expect(errors, name).toEqual([])
    }
  })
})
