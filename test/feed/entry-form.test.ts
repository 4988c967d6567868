import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anEntry, entryForm } from '../../src/feed/entry-form.js'
import { findFlaw } from '../../src/text/form.js'
import type { Entry } from '../../src/types.js'
import { rounds } from '../rounds.js'

const entry: Required<Omit<Entry, 'attachments' | 'meeting'>> = {
  id: 'https://a.example/1',
  keys: ['https://a.example/1'],
  url: 'https://a.example/1',
  title: 'One',
  published: '2024-01-05T00:00:00.000Z',
  updated: '2024-01-06T00:00:00.000Z',
  firstSeen: '2024-01-04T00:00:00.000Z',
  dated: { from: 'page', precision: 'day', estimated: true },
  authors: [{ name: 'Ada', url: 'https://a.example/ada', email: 'ada@a.example' }],
  account: { name: 'Loom', id: 'gh_1', userName: 'loom', alias: 'l', image: 'https://a.example/i.png' },
  tags: ['build'],
  summary: 'short',
  html: '<p>x</p>',
  image: 'https://a.example/i.png',
  language: 'en',
  kind: 'article',
  state: 'full',
  origins: [{ source: 's', kind: 'post', id: 'i', url: 'u', feed: 'f', title: 't', published: 'p', section: 'x', line: 3, note: 'n' }],
}
const attachments = [{ url: 'https://a.example/a.mp3', type: 'audio/mpeg', length: 3, title: 't', duration: 4 }]

/** Ways to every value in it. */
function placesIn(value: unknown, way: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [way]
  return [way, ...Object.entries(value).flatMap(([key, inner]) => placesIn(inner, [...way, key]))]
}

/** The same with another value, or none, at a place. */
function changed(value: unknown, [key, ...rest]: readonly string[], put: unknown): unknown {
  if (key === undefined) return put
  const copy: object = Array.isArray(value) ? [...value] : { ...Object(value) }
  Reflect.set(copy, key, changed(Reflect.get(copy, key), rest, put))
  return copy
}

describe('the form of an entry', () => {
  it('lets the usual entry pass, and one with files', () =>
    expect([anEntry(entry), anEntry({ ...entry, attachments })]).toEqual([undefined, undefined]))

  it('is the same for entries that are looked at in the quick way', () => {
    const odd = fc.oneof(
      fc.constantFrom(undefined, null, 3, Number.NaN, true, '', 'x', [], [null], [undefined], {}, 'issue', 'feed', 'minute'),
      fc.jsonValue(),
    )
    fc.assert(
      fc.property(fc.constantFrom(...placesIn(entry)), odd, (place, put) => {
        const value = changed(entry, place, put)
        expect(anEntry(value)).toEqual(findFlaw(value, entryForm))
      }),
      { numRuns: rounds(3000) },
    )
  })
})
