import { expect, it } from 'vitest'
import { decodeText } from '../../src/text/decode-text.js'

/** A post in GB18030, as old editors on Windows write it. */
const chinese = [
  '2d2d2d0a7469746c653a20d6afbbfad6dcb1a820b5da203120c6da0a646174653a20323032342d30352d30310a2d2d2d0a0a232320cdc6bcf6d4c4b6',
  'c10a0a2d205bd4f5d1f9d6afd2bbc6a5b2bc5d2868747470733a2f2f6c6f6f6d737461636b2e6578616d706c652f636c6f746829a3bad5e2cac7ced2',
  'c3c7d4dad6afbbfac9cfb5c4d2bbc4ea0a',
]

it('reads a post in UTF-8 as it is, with its mark', () => {
  expect(decodeText(new TextEncoder().encode('\u{feff}# 织机'))).toBe('\u{feff}# 织机')
})

it('reads a post in another encoding by guess, and one in UTF-16 by its mark', () => {
  expect(decodeText(Buffer.from(chinese.join(''), 'hex'))).toMatch(/^---\ntitle: 织机周报 第 1 期\n[\s\S]*\[怎样织一匹布\]\(https:/)
  expect(decodeText(Buffer.from('\u{feff}# 织机', 'utf16le'))).toBe('# 织机')
})
