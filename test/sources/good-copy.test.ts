import { describe, expect, it } from 'vitest'
import { copyStandsIn, type Ending, endingOf } from '../../src/sources/good-copy.js'

const long = `<description>${'织'.repeat(9000)}</description>`

describe('how a document ends', () => {
  it.each<[string, string, Ending]>([
    ['RSS that is whole', '<rss><channel><item></item></channel></rss>', 'whole'],
    [
      'the same with a note of the server behind it',
      '<rss><channel><item></item></channel></rss>\n<!-- Cached in 0.1 s <b>x</b> -->',
      'whole',
    ],
    ['the same with a note that speaks of items', '<rss><channel><item></item></channel></rss>\n<!-- cached <item> by x -->', 'whole'],
    ['RSS without the end of its root alone', '<rss><channel><item></item></channel>', 'whole'],
    ['RSS that ends behind an item', '<rss><channel><item></item>\n', 'open'],
    ['RSS that ends within a tag', '<rss><channel><item></item><item rdf:about="a', 'open'],
    ['RSS that ends within an item', `<rss><channel><item></item><item><title>a</title>${long}`, 'half'],
    ['RSS that ends before its first item', '<rss><channel><title>a</title>', 'open'],
    ['RDF that ends behind an item', '<rdf:RDF><channel></channel><item></item>', 'open'],
    ['RDF that is whole', '<rdf:RDF><channel></channel><item></item></rdf:RDF>', 'whole'],
    ['Atom that is whole, with a prefix', '<atom:feed><atom:entry></atom:entry></atom:feed>', 'whole'],
    ['Atom that ends within an entry', `<a:feed><a:entry><a:content>${long}`, 'half'],
    ['OPML that is whole', '<opml><body><outline/></body></opml>', 'whole'],
    ['OPML that ends in its list', '<opml><body><outline xmlUrl="a"/>', 'open'],
    ['a text without any of this', 'x', 'whole'],
    ['nothing', '', 'whole'],
  ])('%s', (_, body, ending) => {
    expect(endingOf({ body })).toBe(ending)
    expect(endingOf({ body: new TextEncoder().encode(body) })).toBe(ending)
    expect(endingOf({ body: new Uint8Array(Buffer.from(body, 'utf16le')) })).toBe(ending)
  })

  // Anything above linear would last for longer than a test may.
  it.each(['<item ', '<a:', '<!--'])('is found in linear time, whatever many %s stand there', part => {
    expect(endingOf({ body: part.repeat(400_000) })).toBe('whole')
  })
})

describe('the last good copy', () => {
  const whole = { ending: 'whole', count: 3 } as const
  it.each([
    ['stands in for an answer that ends within an item', { ending: 'half', count: 5 }, whole, 'FEED_CUT'],
    ['stands in for one that ends early', { ending: 'open', count: 2 }, whole, 'FEED_CUT'],
    ['stands in for one that has nothing', { ending: 'whole', count: 0 }, whole, 'FEED_EMPTIED'],
    ['stands in for one that ends before its first item', { ending: 'open', count: 0 }, whole, 'FEED_CUT'],
    ['gives way to one that has as much and only does not close its root', { ending: 'open', count: 3 }, whole, undefined],
    ['gives way to one that ends as it does itself', { ending: 'half', count: 1 }, { ending: 'half', count: 3 }, undefined],
    ['that never closed its root gives way to a shorter one', { ending: 'open', count: 1 }, { ending: 'open', count: 3 }, undefined],
    ['gives way to a whole one, however short', { ending: 'whole', count: 1 }, whole, undefined],
    ['of nothing gives way to nothing', { ending: 'whole', count: 0 }, { ending: 'whole', count: 0 }, undefined],
  ] as const)('%s', (_, answer, copy, code) => {
    expect(copyStandsIn(answer, copy)?.code).toBe(code)
  })
})
