import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cleanText, copyString, cutText, toPlain } from '../../src/text/plain.js'
import { rounds } from '../rounds.js'

/** Production 2 of XML 1.0. */
const xmlText = /^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.integer({ min: 0, max: 0xffff })).map(units => String.fromCharCode(...units)),
)

describe('cleanText', () => {
  it('leaves XML characters only', () => {
    fc.assert(
      fc.property(anyText, text => {
        expect(cleanText(text)).toMatch(xmlText)
        expect(cleanText(cleanText(text))).toBe(cleanText(text))
        if (xmlText.test(text)) expect(cleanText(text)).toBe(text)
      }),
      { numRuns: rounds(1000) },
    )
  })

  it('shows where half a character was, and keeps words apart', () => {
    expect(cleanText('a\ud800b\udc00c😀')).toBe('a\ufffdb\ufffdc😀')
    expect(cleanText('a\u0000b\u000bc\u000cd\ufffee')).toBe('ab c de')
  })
})

describe('toPlain', () => {
  it.each([
    [' a  b\t\n c ', 'a b c'],
    ['a\u00a0b\u3000c\u2028d', 'a b c d'],
    ['\ufeff\u200b标\u200b题\u2060', '标题'],
    ['soft\u00adhyphen', 'softhyphen'],
    ['a\u202egnp.exe', 'agnp.exe'],
    ['👩\u200d💻 می\u200cخواهم', '👩\u200d💻 می\u200cخواهم'],
    ['\u200d \u200c', ''],
    ['a\u0085b\u0090c', 'a bc'],
  ])('makes %j plain', (text, expected) => {
    expect(toPlain(text)).toBe(expected)
  })

  it('leaves as it is only what is tidy', () => {
    for (let code = 0; code < 0x10000; code++) {
      const text = `a${String.fromCharCode(code)}b`
      // a joiner between letters is looked at, and so is all that is not said in the short way out
      const slow = toPlain(`\u200b${text}`)
      expect(toPlain(text)).toBe(slow)
    }
    for (const text of ['a b', 'a  b', ' a', 'a ', ' ', '']) expect(toPlain(text)).toBe(toPlain(`\u200b${text}`))
  })

  it('changes nothing when done again', () => {
    const spaces = fc.string({ unit: fc.constantFrom('a', ' ', '\u200b', '\u200d', '\u00a0', '\ud800', '\udc00', '\n', '\u202e') })
    fc.assert(
      fc.property(fc.oneof(anyText, spaces), text => {
        const plain = toPlain(text)
        expect(toPlain(plain)).toBe(plain)
        expect(plain.trim()).toBe(plain)
        expect(plain).toMatch(xmlText)
      }),
      { numRuns: rounds(1000) },
    )
  })
})

describe('copyString', () => {
  it('gives the same text', () => {
    fc.assert(fc.property(anyText, text => copyString(text) === text))
  })
})

describe('cutText', () => {
  it.each([
    ['短句。', 10, '短句。'],
    ['今天天气很好。我们去公园玩吧，好吗', 12, '今天天气很好。…'],
    ['今天天气很好我们去公园玩吧好吗', 8, '今天天气很好我…'],
    ['今天天气很好，我们去公园', 8, '今天天气很好…'],
    ['The quick brown fox jumps', 12, 'The quick…'],
    ['Version 1.25 is out. Read on', 21, 'Version 1.25 is out.…'],
    ['supercalifragilistic', 8, 'superca…'],
    ['😀😀😀😀', 3, '😀😀…'],
    ['ab👩\u200d💻cd', 4, 'ab…'],
    ['abc', 1, '…'],
    ['abc', 0, ''],
    ['', 5, ''],
  ])('cuts %j to %i', (text, max, expected) => {
    expect(cutText(text, max)).toBe(expected)
  })

  it('keeps to its bound and cuts no character in two', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(60), (text, max) => {
        const cut = cutText(text, max)
        expect([...cut].length).toBeLessThanOrEqual(Math.max(max, 0))
        expect(cut === text || cut === '' || cut.endsWith('…')).toBe(true)
        expect(cleanText(cut)).toBe(cut)
      }),
      { numRuns: rounds(1000) },
    )
  })
})
