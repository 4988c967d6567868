import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseDocument } from 'yaml'
import { readPlainYaml } from '../../src/post/plain-yaml.js'
import { rounds } from '../rounds.js'

/** What a parser of YAML makes of the same text; nothing when it refuses it. */
function byParser(block: string): unknown {
  const document = parseDocument(block, { schema: 'failsafe', uniqueKeys: false, logLevel: 'silent' })
  try {
    return document.errors.length > 0 ? undefined : document.toJS()
  } catch {
    return undefined
  }
}

describe('readPlainYaml', () => {
  it.each([
    'title: a: b',
    'title: a #b',
    'title: "a\\n"',
    'title: |',
    'a: &x',
    'a: *x',
    'a: !b c',
    'a: [b, [c]]',
    'a: {b: c}',
    'a:\n  b: c',
    'a: b\n  c',
    'a: b\na: c',
    'a: - b',
    '- a',
    '? a',
    'a: "b, c',
  ])('leaves %j to a parser', block => {
    expect(readPlainYaml(block)).toBeUndefined()
  })

  it('reads what most posts have', () => {
    const block =
      'title: "SOFA | 周报"\nauthor: 阿木\ndate: 2023-08-18T15:00:00+08:00\n\ntags: ["a b", c]\nlist:\n  - x\n- "y"\nempty:\nurl: https://a.b/c#d'
    expect(Object.fromEntries(readPlainYaml(block) ?? [])).toEqual({
      title: 'SOFA | 周报',
      author: '阿木',
      date: '2023-08-18T15:00:00+08:00',
      tags: ['a b', 'c'],
      list: ['x', 'y'],
      empty: '',
      url: 'https://a.b/c#d',
    })
  })

  const scrap = fc.constantFrom(
    'a',
    'b',
    'key',
    '周',
    ': ',
    ':',
    ' ',
    '  ',
    '\n',
    '- ',
    '-',
    '"',
    "'",
    '[',
    ']',
    ', ',
    ',',
    '#',
    ' #',
    '{',
    '}',
    '&',
    '*',
    '!',
    '|',
    '>',
    '%',
    '@',
    '`',
    '?',
    '\\',
    '1',
    '.',
    '\t',
    '~',
  )
  const line = fc
    .tuple(fc.constantFrom('a: ', 'b: ', 'cc:', 'tags: [', '- ', '  - ', ''), fc.array(scrap, { maxLength: 6 }))
    .map(([key, rest]) => key + rest.join(''))

  it('agrees with a parser wherever both read', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 5 }), lines => {
        const block = lines.join('\n')
        const plain = readPlainYaml(block)
        const parsed = byParser(block)
        if (plain && plain.size > 0 && parsed !== undefined) expect(Object.fromEntries(plain)).toEqual(parsed)
      }),
      { numRuns: rounds(20_000) },
    )
  })
})
