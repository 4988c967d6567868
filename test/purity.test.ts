import { describe, expect, it } from 'vitest'
import * as core from '../src/core.js'
import { call, publicFunctions } from './public-functions.js'

/** Freezes a value and all that is in it: who changes it throws. */
function freeze<T>(value: T): T {
  walk(value, found => Object.freeze(found))
  return value
}

/** Changes all that can be changed in a value, as a careless program does with what it was given. */
function spoil(value: unknown): void {
  walk(value, found => {
    if (Object.isFrozen(found)) return
    for (const key of Object.keys(found)) Reflect.set(found, key, 'spoilt')
    if (Array.isArray(found)) found.length = 0
  })
}

function walk(value: unknown, visit: (found: object) => void, seen = new Set<unknown>()): void {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || seen.has(value)) return
  seen.add(value)
  for (const inner of Object.values(value)) walk(inner, visit, seen)
  visit(value)
}

const written = (value: unknown) => JSON.stringify(value)

it('every public function of the pure part is tried', () => {
  const functions = Object.entries(core).filter(([, value]) => typeof value === 'function' && value !== core.WeekloomError)
  expect(functions.map(([name]) => name).filter(name => !(name in publicFunctions))).toEqual([])
})

describe.each(Object.entries(publicFunctions))('%s', (_, [work, ...given]) => {
  it('leaves what it is given as it is', () => {
    const frozen = freeze(structuredClone(given))
    expect(written(call(work, ...frozen))).toBe(written(call(work, ...structuredClone(given))))
    expect(frozen).toEqual(given)
  })

  it('gives the same again, whatever was done to what it gave', () => {
    const first = call(work, ...structuredClone(given))
    const expected = written(first)
    spoil(first)
    expect(written(call(work, ...structuredClone(given)))).toBe(expected)
  })
})
