import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { columnsOf, wrapColumns } from '../../src/cli/columns.js'

it('breaks lines at spaces, with what goes on indented, and leaves a long word whole', () => {
  const text = 'warning  The date is wrong.\n  → Correct 周刊 in https://example.org/a/long/address/of/it'
  expect(wrapColumns(text, 20)).toBe('warning  The date is\n  wrong.\n  → Correct 周刊 in\n    https://example.org/a/long/address/of/it')
  expect(wrapColumns('\u001b[31mred\u001b[39m and so on', 14)).toBe('\u001b[31mred\u001b[39m and so on')
})

it('loses no word, and makes no line wider than it must be', () => {
  const words = fc.array(fc.stringMatching(/^[a-z周刊]{1,30}$/), { minLength: 1, maxLength: 20 })
  fc.assert(
    fc.property(words, fc.integer({ min: 10, max: 60 }), (list, width) => {
      const wrapped = wrapColumns(list.join(' '), width)
      expect(wrapped.split(/\s+/)).toEqual(list)
      for (const line of wrapped.split('\n')) expect(columnsOf(line) <= width || !line.trim().includes(' ')).toBe(true)
    }),
  )
})
