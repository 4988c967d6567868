import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readLiteral } from '../../src/wechat/literal.js'
import { literal } from './small-page.js'

describe('readLiteral', () => {
  it.each([
    ['a string with escapes', String.raw`'a\x22b\x0ac\u4e2d\'d\\'`, 'a"b\nc中\'d\\'],
    ['JsDecode', String.raw`JsDecode('\x3cp\x3e')`, '<p>'],
    ['JsDecode of what was escaped twice', String.raw`JsDecode('\x5cx26lt;')`, '&lt;'],
    ['htmlDecode', `htmlDecode("A&amp;B&nbsp;&lt;")`, 'A&B\u00a0<'],
    ['.html(false)', `'A&amp;B'.html(false)`, 'A&B'],
    ['.html(false) twice', `'A&amp;amp;B'.html(false).html(false)`, 'A&B'],
    ['a number by multiplication', `'123' * 1`, 123],
    ['nothing by multiplication', `"" * 1`, 0],
    ['a number', '-1.5', -1.5],
    ['the first operand that is not empty', `"" || "" || "x" || "y"`, 'x'],
    ['an object in lists', `[{a: true, 'b': [false, null,],}, ]`, [{ a: true, b: [false, null] }]],
    ['a comparison', `'true' === 'true'`, true],
    ['a choice', `{ a: 'x' === 'y' ? 1 : 0, b: '' ? 'yes' : 'no' }`, { a: 0, b: 'no' }],
    ['comments', `{ // one\n a: /* two */ 1 }`, { a: 1 }],
    ['a broken escape without its backslash', String.raw`'\xzz\q'`, 'xzzq'],
  ])('reads %s', (_title, text, value) => {
    expect(readLiteral(text, 0)).toMatchObject({ value, complete: true })
  })

  it.each([
    ['a call of anything else', `{ a: 1, b: alert(1), c: 2 }`, { a: 1 }],
    ['a string that is not closed', `{ a: 1, b: 'x`, { a: 1 }],
    ['a line break in a string', `{ a: 1, b: 'x\n', c: 2 }`, { a: 1 }],
    ['an object that is not closed', `{ a: { b: [1, 2`, { a: { b: [1, 2] } }],
    ['an expression', `{ a: 1, b: x ? 1 : 2 }`, { a: 1 }],
    ['levels beyond the limit', `{ a: 1, b: ${'['.repeat(100)}`, expect.objectContaining({ a: 1 })],
  ])('gives what stood before %s', (_title, text, value) => {
    const read = readLiteral(text, 0)
    expect(read.complete).toBe(false)
    expect(read.value).toEqual(value)
  })

  it('takes no key for a prototype', () => {
    const { value } = readLiteral(`{ __proto__: { polluted: 1 }, constructor: 2 }`, 0)
    expect(Object.keys(value ?? {})).toEqual(['__proto__', 'constructor'])
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })

  it('passes over the strings of the keys named', () => {
    expect(readLiteral(`{ a: JsDecode('x'), b: 'y' }`, 0, { skip: new Set(['a']) })).toMatchObject({ value: { b: 'y' }, complete: true })
  })

  it('reads what the grammar writes', () => {
    const text = fc.string({ unit: 'binary' }).filter(value => !/\\x(?:0a|0d|22|26|27|3c|3e|5c)/.test(value))
    const value = fc.letrec(tie => ({
      any: fc.oneof(
        { maxDepth: 4 },
        text,
        fc.integer(),
        fc.array(tie('any')),
        fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), tie('any')),
      ),
    })).any
    fc.assert(
      fc.property(fc.array(value), values => {
        const read = readLiteral(literal(values as Parameters<typeof literal>[0]), 0)
        expect(read.complete).toBe(true)
        expect(JSON.stringify(read.value)).toBe(JSON.stringify(values))
      }),
    )
  })

  it('never throws on cut or mixed text', () => {
    const pieces = fc.array(
      fc.constantFrom(
        '{',
        '}',
        '[',
        ']',
        'a',
        ':',
        ',',
        "'",
        '"',
        '\\',
        'JsDecode(',
        ')',
        '* 1',
        '||',
        '.html(false)',
        '/*',
        '//',
        '\n',
        '9',
      ),
    )
    fc.assert(fc.property(pieces, parts => void readLiteral(parts.join(''), 0)))
  })
})
