import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compilePattern, PatternFault } from '../../src/text/linear-pattern.js'

const finds = (pattern: string | RegExp, text: string) => compilePattern(pattern)(text)

describe('a text as a pattern', () => {
  it('is found anywhere, whatever its case and width', () => {
    expect(finds('rss', 'Ein ＲＳＳ-Feed')).toBe(true)
    expect(finds('周报', '织机周报 12')).toBe(true)
    expect(finds('周报', '织机月报')).toBe(false)
  })

  it('has * for anything between its parts, which follow each other', () => {
    expect(finds('https://*.example/a*c', 'https://loom.example/abc')).toBe(true)
    expect(finds('b*a', 'ab')).toBe(false)
    expect(finds('', 'anything')).toBe(true)
  })

  it('means nothing else by signs that expressions have', () => {
    expect(finds('a.c', 'abc')).toBe(false)
    expect(finds('C++ (2)', 'c++ (2) was')).toBe(true)
  })
})

/** Expressions of all the forms, and what they are tried on. */
const expressions = [
  /^织机周报\s*第\s*\d+\s*期/u,
  /招聘|广告/,
  /a(?:b|c)*d$/,
  /\bC\+\+/,
  /[^a-z]{2,3}x/i,
  /(?<year>\d{4})-\d\d/,
  /^$/,
  /a{0}b/,
  /(a|ab)(c|bcd)?$/,
  /x*y+?z??/,
  /[\]\-a]+b/,
  /^b/m,
  /a.b/s,
  /a.b/,
  /\p{Script=Han}{2,}/u,
  /\u{1F600}/u,
  /\x41|\u0042|\cA/,
  /{|a{b/,
  /(?:)/,
  /\Bb\B/,
  new RegExp(`${'[]'}|b`),
  /a{2,}/,
  /(?:a?){5}a{5}/,
  /./u,
  new RegExp(`${'[^]'}`),
  /\//,
  /(a*)*b/,
]
const texts = [
  '',
  'a',
  'ab',
  'abcd',
  'abbcd',
  'aaaaa',
  'aaaaaaaaac',
  '织机周报 第 12 期',
  '招聘',
  'C++ and c',
  '12x',
  '2023-11',
  'b',
  'a\nb',
  'a\r\nb',
  '😀',
  '\u0001',
  'x',
  'yz',
  '-]b',
  'a{b',
  'abb',
  'A',
  'ſ',
  '/',
]

/** A flag that the target of the compiler does not know. */
const sets: string = 'v'

describe('an expression as a pattern', () => {
  it.each(expressions)('%s matches what the engine says it matches', expression => {
    for (const text of texts) expect([text, finds(expression, text)]).toEqual([text, expression.test(text)])
  })

  it('agrees with the engine on expressions made at random', () => {
    const part = fc.constantFrom('a', 'b', '.', '[ab]', '[^a]', '\\w', '^', '$', '\\b', '(?:a|b)')
    const sequence = fc.array(fc.tuple(part, fc.constantFrom('', '', '*', '+', '?', '{2}', '{1,2}')), { maxLength: 5 })
    const source = fc.array(
      sequence.map(parts => parts.map(([text, count]) => (/^(?:\^|\$|\\b)$/.test(text) ? text : text + count)).join('')),
      { minLength: 1, maxLength: 3 },
    )
    fc.assert(
      fc.property(
        source,
        fc.constantFrom('', 'i', 'u', 'm', 's'),
        fc.string({ unit: fc.constantFrom('a', 'b', 'A', ' ', '\n'), maxLength: 8 }),
        (alternatives, flags, text) => {
          const expression = new RegExp(alternatives.join('|'), flags)
          expect(finds(expression, text)).toBe(expression.test(text))
        },
      ),
    )
  })

  it.each([/(?=a)/, /(?!a)/, /(?<=a)b/, /(?<!a)b/, /(a)\1/, /(?<x>a)\k<x>/, /(?:a{900}){900}/, new RegExp('[a--b]', sets)])(
    '%s is refused, since no automaton can do it',
    expression => {
      expect(() => compilePattern(expression)).toThrow(PatternFault)
    },
  )

  it.each([/^(a+)+$/, /(a|a)*b/, /(.*)*x/, /(?:a?){30}a{30}/, /a.*b.*c.*d.*e/])(
    '%s does not stop for a text that makes the engine stop',
    expression => {
      expect(finds(expression, `${'a'.repeat(20_000)}!`)).toBe(/\{30\}/.test(expression.source))
    },
  )
})
