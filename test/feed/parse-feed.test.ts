import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { parseFeed } from '../../src/feed/parse-feed.js'
import { isInstant } from '../../src/text/instant.js'
import { rounds } from '../rounds.js'

const folder = join(import.meta.dirname, '../../fixtures/feed')
const fixtures = readdirSync(folder).filter(file => file.startsWith('parsed-') && !file.endsWith('.expected.json'))

interface Expected {
  options: { url?: string; contentType?: string; timeZone?: string }
  outcome: unknown
}

function expectedOf(file: string): Expected {
  return JSON.parse(readFileSync(join(folder, `${file.replace(/\.\w+$/, '')}.expected.json`), 'utf8'))
}

/** The feed, or the code and data of the problem. */
function read(input: string | Uint8Array, options = {}): unknown {
  const outcome = parseFeed(input, options)
  if (outcome.ok) return outcome.value
  const { code, data } = outcome.problem
  return { code, ...(data === undefined ? {} : { data }) }
}

describe('parseFeed', () => {
  it.each([
    [
      'no half of a character',
      '<description>a&amp;#56832;b &#56832;&#56832; &#55357;&#56832;</description>',
      { summary: expect.not.stringMatching(/\p{Surrogate}/u) },
    ],
    ['a later day for a day', '<pubDate>2024-01-01</pubDate><pubDate>2024-02-01</pubDate>', { published: '2024-02-01T00:00:00.000Z' }],
    ['no moment whose zone is a name behind none', '<pubDate>2024-01-01T10:00:00[Europe/Paris]</pubDate>', { published: undefined }],
    [
      'how long a file plays whose type is a loose one',
      '<duration xmlns="http://www.itunes.com/dtds/podcast-1.0.dtd">60</duration><enclosure url="http://a.example/a.mp3" length="5" type="mp3"/>',
      { attachments: [expect.objectContaining({ duration: 60 })] },
    ],
    [
      'two escaped sections as they are',
      '<title>&lt;![CDATA[a]]&gt; and &lt;![CDATA[b]]&gt;</title>',
      { title: '<![CDATA[a]]> and <![CDATA[b]]>' },
    ],
  ])('gives %s', (_, item, expected) => {
    const outcome = parseFeed(`<rss version="2.0"><channel><title>F</title><item><guid>1</guid>${item}</item></channel></rss>`)
    expect(outcome.ok ? { published: undefined, ...outcome.value.entries[0] } : undefined).toMatchObject(expected)
  })

  it.each([
    ['links in a text', (links: number) => `<entry><content type="html"><![CDATA[${'<a href=b>'.repeat(links)}]]></content></entry>`],
    ['links of entries', (links: number) => '<entry><link href="b"/></entry>'.repeat(links)],
  ])('makes no more than ten times as much of a feed with a long base and many %s', (_, fill) => {
    const feed = `<feed xmlns="http://www.w3.org/2005/Atom" xml:base="http://example.org/${'a/'.repeat(950)}">${fill(100_000)}</feed>`
    expect(JSON.stringify(read(feed)).length).toBeLessThan(feed.length * 10)
    expect(read(feed)).toHaveProperty('entries.0')
  })

  it('keeps of a name what stands in CDATA beside markup', () => {
    const author = '<author><b>Dr.</b> <![CDATA[Joe & Co]]></author>'
    const feed = read(`<rss><channel><item>${author}</item></channel></rss>`)
    expect(feed).toHaveProperty('entries.0.authors', [{ name: 'Dr. Joe & Co' }])
  })

  it.each(fixtures)('reads %s as expected', file => {
    const { options, outcome } = expectedOf(file)
    expect(read(new Uint8Array(readFileSync(join(folder, file))), options)).toEqual(outcome)
  })

  it.each(fixtures.filter(file => !file.includes('charset')))(
    'reads %s alike from text and from bytes, with Windows line ends, and as JSON that comes back',
    file => {
      const { options } = expectedOf(file)
      const text = readFileSync(join(folder, file), 'utf8')
      const value = read(text, options)
      expect(read(new TextEncoder().encode(text), options)).toEqual(value)
      expect(JSON.parse(JSON.stringify(value))).toEqual(value)
      expect(JSON.stringify(read(text.replaceAll('\n', '\r\n'), options)).replaceAll('\\r\\n', '\\n')).toBe(JSON.stringify(value))
    },
  )

  it.each(fixtures.filter(file => file.endsWith('.xml') && !file.includes('charset')))(
    'reads something of %s wherever it is cut off',
    file => {
      const { options } = expectedOf(file)
      const text = readFileSync(join(folder, file), 'utf8')
      for (let end = 0; end < text.length; end += 37) expect(() => parseFeed(text.slice(0, end), options)).not.toThrow()
      const whole = parseFeed(text, options)
      const most = parseFeed(text.slice(0, -10), options)
      expect(most.ok).toBe(whole.ok)
    },
  )
})

/** Pieces that take parsers by surprise, in any order. */
const piece = fc.oneof(
  fc.constantFrom(
    '<rss>',
    '<feed xmlns="http://www.w3.org/2005/Atom">',
    '<channel>',
    '<item>',
    '<entry>',
    '</item>',
    '</entry>',
    '<title>',
    '</title>',
    '<title type="html">',
    '<content type="xhtml">',
    '</content>',
    '<div>',
    '</div>',
    '<![CDATA[',
    ']]>',
    '<!--',
    '-->',
    '<?',
    '?>',
    '<!DOCTYPE x [',
    ']>',
    '<',
    '>',
    '&',
    '&lt;',
    '&#0;',
    '&#x110000;',
    '&#xd800;',
    '&amp;lt;',
    '"',
    "'",
    '<link href="',
    "<a b='",
    ' c="d"',
    '/>',
    '<media:group>',
    '<image>',
    '<author>',
    '<name>',
    'a@b.example (',
    ')',
    '<pubDate>',
    '2024-02-31',
    '{',
    '{"items":[',
    '{"id":1}',
    ']',
    '}',
    '\u0000',
    '\ud800',
    '\ufeff',
    'xml:base="',
    'xmlns:x="',
    'http://',
    'data:',
    '<x:y>',
    '<source>',
    '<link href="http://e.example/x>',
    '<link href="http://e.example/x>y"/>',
    "<category term='about xmlns'/>",
    '<entry xmlns="urn:x">',
    '<channel xmlns="urn:dd">',
    '<item xmlns:a="http://purl.org/rss/1.0/">',
    '<a:item>',
    '<title xmlns="urn:x">',
    '<title>a</title>',
  ),
  fc.string({ unit: 'binary', maxLength: 5 }),
)
const anyText = fc.array(piece, { maxLength: 60 }).map(pieces => pieces.join(''))

const unclosedValue = '<rss><channel><item><link href="http://e.example/x><title>T</title></item></channel></rss>'
const unknownRoot = '<entry xmlns="urn:x"><title>a</title></entry><entry xmlns="urn:x"><title>b</title></entry>'
const letters = (count: number) => 'a'.repeat(count)

describe('whatever it is given, parseFeed', () => {
  it('does not throw, and gives true dates and addresses that run nothing', () => {
    fc.assert(
      fc.property(anyText, fc.option(fc.constantFrom('https://example.org/a/b', 'no address'), { nil: undefined }), (text, url) => {
        const outcome = parseFeed(text, url === undefined ? {} : { url })
        if (!outcome.ok) return
        const { info, entries } = outcome.value
        for (const { url: link, published, updated, image, attachments = [] } of entries) {
          for (const address of [link, image, ...attachments.map(file => file.url)])
            expect(address ?? '').not.toMatch(/^(?:javascript|data|vbscript|file):/i)
          for (const date of [published, updated]) if (date !== undefined) expect(isInstant(date)).toBe(true)
        }
        expect(JSON.parse(JSON.stringify({ info, entries }))).toEqual({ info, entries })
      }),
      { numRuns: rounds(3000) },
    )
  })

  it('reads it as if it had read nothing before', async () => {
    const fresh = async () => {
      vi.resetModules()
      return (await import('../../src/feed/parse-feed.js')).parseFeed
    }
    const files = fixtures.map(file => readFileSync(join(folder, file), 'utf8'))
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(anyText, fc.constantFrom(...files)), { minLength: 2, maxLength: 30 }), async texts => {
        const forwards = await fresh()
        const backwards = await fresh()
        const read = (parse: typeof parseFeed, list: readonly string[]) => list.map(text => JSON.stringify(parse(text)))
        expect(read(forwards, texts)).toEqual(read(backwards, texts.toReversed()).toReversed())
      }),
      {
        numRuns: rounds(120),
        examples: [
          [[unclosedValue, '<rss><channel><item><link href="http://e.example/x>y"/><title>T</title></item></channel></rss>']],
          [[unknownRoot, unknownRoot]],
        ],
      },
    )
  })

  it('keeps nothing of it once it is read', () => {
    setFlagsFromString('--expose-gc')
    const collect: () => void = runInNewContext('gc')
    const mebibytes = () => {
      collect()
      return process.memoryUsage().heapUsed / 2 ** 20
    }
    const readMany = (from: number) => {
      for (let feed = from; feed < from + 30; feed++) {
        const name = `an-element-of-feed-${feed}`
        const item = `<item><title>x</title><${name} kind="of-its-own-${feed}">y</${name}><z:a xmlns:z="urn:${name}">1</z:a></item>`
        const [long, longer] = [`${letters(110)}${feed}`, `${letters(8000)}${feed}`]
        const more = `<${longer}>x</${longer}><${long}:item><title>z</title></${long}:item>`
        parseFeed(`<rss xmlns:${long}="http://purl.org/rss/1.0/"><channel>${item}${more}<!--${'.'.repeat(2 ** 20)}--></channel></rss>`)
      }
    }
    readMany(0)
    const before = mebibytes()
    readMany(30)
    expect(mebibytes() - before).toBeLessThan(10)
  })

  it('does not throw for any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), bytes => void parseFeed(bytes)),
      { numRuns: rounds(1000) },
    )
  })

  it.each([
    ['tags that open and never end', '<'],
    ['elements in elements', '<a>'],
    ['the same element in itself', '<rss><item><description><description '],
    ['entries never closed', '<item>'],
    ['titles never closed', '<title>'],
    ['elements around entries never closed', '<a><item>'],
    ['entries within what is never closed', '<a><item></item>'],
    ['sections never closed', '<![CDATA['],
    ['comments never closed', '<!--'],
    ['instructions never closed', '<?a'],
    ['document types', '<!x[>'],
    ['values never closed', '<a b="'],
    ['values of two kinds', '<a b=\'<a b="'],
    ['ampersands', '&'],
    ['names of references', '&a'],
    ['closing tags', '</a '],
    ['categories', '<category>a</category>'],
    ['namespaces', '<a xmlns:b="c"><b:d/>'],
    ['bases', '<channel xml:base="a/">'],
    ['empty elements in XHTML', 'a />'],
    ['attributes outside of tags', 'href=x '],
    ['arrays', '['],
    ['objects', '{"items":['],
    ['addresses of people', 'a@a.'],
  ])('reads a megabyte of %s in the end', (_, repeated) => {
    const many = repeated.repeat(1e6 / repeated.length)
    for (const text of [
      many,
      `<rss><channel><item><title>${many}`,
      `<rss><channel><item><author>${many}</author><description><![CDATA[${many}]]></description>`,
      `<feed><entry><content type="xhtml"><div>${many}</div></content>${many}`,
      `{"items":[${many}`,
    ]) {
      expect(() => parseFeed(text, { url: 'https://example.org/' })).not.toThrow()
    }
  })

  it.each([
    ['a megabyte of words like declarations in a value', `<feed><entry><title type='${'xmlns '.repeat(170_000)}'>x</title></entry></feed>`],
    [
      'a name of 60,000 letters, and others that begin like it',
      `<rss><channel><${letters(60_000)}>${`<${letters(59_999)}b `.repeat(8)}${letters(500_000)}<b/></${letters(60_000)}></channel></rss>`,
    ],
    ['a prefix of 32,767 letters', `<feed><${letters(32_767)}:feed><x><b/></x>`],
    [
      '30,000 persons in persons',
      `<rss><channel><item><author>${'<foaf:person>'.repeat(30_000)}${'</foaf:person>'.repeat(30_000)}</author></item></channel></rss>`,
    ],
    [
      '80,000 names, each once',
      `<rss><channel><item>${Array.from({ length: 80_000 }, (_, index) => `<n${index}><b/></n${index}>`).join('')}</item></channel></rss>`,
    ],
  ])('reads %s in the end', (_, text) => {
    expect(parseFeed(text).ok).toBe(true)
  })
})
