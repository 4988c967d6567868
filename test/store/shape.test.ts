import { expect, it } from 'vitest'
import { isInstant } from '../../src/store/shape.js'

it.each([
  ['2024-02-29T00:00:00.000Z', true],
  ['2024-02-31T00:00:00.000Z', false],
  ['2023-02-29T00:00:00.000Z', false],
  ['2024-02-29', false],
  [1_709_164_800_000, false],
])('a record takes %s for an instant: %s', (value, isTaken) => {
  expect(isInstant(value)).toBe(isTaken)
})
