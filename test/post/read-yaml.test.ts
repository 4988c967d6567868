import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseDocument } from 'yaml'
import type { FrontValue } from '../../src/post/front-values.js'
import { frontKey } from '../../src/post/front-values.js'
import { readYaml, YamlFault } from '../../src/post/read-yaml.js'
import { rounds } from '../rounds.js'

/** What another parser makes of the same text, in the same form; nothing when it refuses it. */
function byAnother(text: string): unknown {
  const document = parseDocument(text, { schema: 'failsafe', uniqueKeys: false, logLevel: 'silent' })
  try {
    return document.errors.length > 0 ? undefined : shown(document.toJS({ mapAsMap: true }))
  } catch {
    return undefined
  }
}

/** Tables as lists of keys and values; another parser has nothing where we have an empty text. White space at the end of a block is counted differently. */
function shown(value: unknown): unknown {
  if (value instanceof Map) {
    const table = new Map([...value].flatMap(([key, item]) => (typeof key === 'string' ? [[frontKey(key), shown(item)] as const] : [])))
    return { table: [...table] }
  }
  return Array.isArray(value) ? value.map(shown) : String(value ?? '').trim()
}

function faultOf(text: string): { line: number; message: string } | undefined {
  try {
    readYaml(text)
    return undefined
  } catch (error) {
    if (!(error instanceof YamlFault)) throw error
    return { line: error.line, message: error.message }
  }
}

const plain = (text: string): unknown => {
  const open = (value: FrontValue): unknown =>
    value instanceof Map
      ? Object.fromEntries([...value].map(([key, item]) => [key, open(item)]))
      : Array.isArray(value)
        ? value.map(open)
        : value
  return open(readYaml(text))
}

describe('readYaml', () => {
  it.each([
    ['a: |\n  b\n   c\n\n  d\n', { a: 'b\n c\n\nd\n' }],
    ['a: >-\n  b\n  c\n', { a: 'b c' }],
    ["a: \"b\\u4e2d\\n\"\nc: 'it''s'", { a: 'b中\n', c: "it's" }],
    ['a: 1.10\nb: no\nc: ~\nd: 2024-01-05', { a: '1.10', b: 'no', c: '~', d: '2024-01-05' }],
    ['a:\nb: []', { a: '', b: [] }],
    ['a:\n  - b: c\n    d: e\n  - f', { a: [{ b: 'c', d: 'e' }, 'f'] }],
    ['pub-date: a\nPub_Date: b', { pubdate: 'b' }],
    ['a: &x [b]\nc: *x', { a: ['b'], c: ['b'] }],
    ['a: !date b', { a: 'b' }],
    ['? [a]\n: b\nc: d', { c: 'd' }],
    ['a: b\u0008c\u007f', { a: 'bc' }],
    ['a: [[[[[[[[[b]]]]]]]]]', { a: [[[[[[[['']]]]]]]] }],
    ['a: b\n---\nc: d', { a: 'b' }],
    ['- a', {}],
    ['', {}],
  ])('reads %j', (text, expected) => {
    expect(plain(text)).toEqual(expected)
  })

  it.each([
    ['a: b\nc: "d\ne: f\ng: h', 2, 'a quote is not closed'],
    ["a: b\nc:\n  - 'd\n  - e\nf: g", 3, 'a quote is not closed'],
    ['a: b\nc d\ne: f', 2, 'a line has no colon behind its key'],
    ['a: b: c', 1, 'bad indentation of a mapping entry'],
    ['a: b\nc: *d', 2, 'nothing before it is named "d"'],
    ['a: &a [*a]', 1, 'nothing before it is named "a"'],
    [`a: &a b\nc: [${'*a, '.repeat(21)}]`, 2, 'names are used more than 20 times'],
  ])('says of %j which line is at fault, and why', (text, line, message) => {
    expect(faultOf(text)).toEqual({ line, message })
  })

  it('refuses what nests without end', () => {
    for (const unit of ['[', '{a: ', '- ', '? ', 'a:\n ']) expect(['object', 'undefined']).toContain(typeof faultOf(unit.repeat(20_000)))
  })

  const scrap = fc.constantFrom(
    ...'ab周"\'[],{}#&*!|>%@`?\\1.\t~-:'.split(''),
    ': ',
    '- ',
    ' #',
    '  ',
    '\n',
    '\n  ',
    '&a ',
    '*a',
    '!!str ',
    '>-\n  ',
  )
  const line = fc
    .tuple(fc.constantFrom('a: ', 'b: ', 'cc:', 'tags: [', '- ', '  - ', '    d: ', ''), fc.array(scrap, { maxLength: 6 }))
    .map(([start, rest]) => start + rest.join(''))

  it('agrees with another parser wherever both read', () => {
    let both = 0
    fc.assert(
      fc.property(fc.array(line, { maxLength: 5 }), lines => {
        const text = lines.join('\n')
        const other = byAnother(text)
        if (other === undefined || faultOf(text) !== undefined) return
        both++
        const read = shown(readYaml(text))
        // What is no table at all is none of front matter.
        expect(read).toEqual(typeof other === 'object' && !Array.isArray(other) ? other : { table: [] })
      }),
      { numRuns: rounds(20_000) },
    )
    expect(both).toBeGreaterThan(1000)
  })
})
