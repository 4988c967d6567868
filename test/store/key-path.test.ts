import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { folderOf, keyAt, longKeyFolder, placeOf } from '../../src/store/key-path.js'
import { oddKeys } from './conformance.js'

const anyKey = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string({
    unit: fc.constantFrom('a', 'A', 'b', 'B', '/', '.', '%', '@', '~', 'u', '0', '=', 'json', '.json', '.txt', 'con', '\ud83d'),
    maxLength: 10,
  }),
)

describe('the path of a key', () => {
  it.each([
    ['articles/wechat/MzA5MDA1MDAxMA==/2650000001-1.json', 'articles/wechat/MzA5MDA1MDAxMA==@bfb/2650000001-1.json'],
    ['articles/wechat/s/AbC.json', 'articles/wechat/s/AbC@a.json'],
    ['articles/web/example.org/0123456789abcdef0123.json', 'articles/web/example.org/0123456789abcdef0123.json'],
    ['published/周报.json', 'published/周报.json'],
    ['notes', 'notes.txt'],
    ['../x', '%2e%2e/x.txt'],
    ['con/nul.json', '%63on/%6eul.json'],
    ['', '%.txt'],
  ])('of %j is %j', (key, path) => {
    expect(placeOf(key)).toEqual({ path, header: '' })
  })

  it('leads back to the key', () => {
    fc.assert(
      fc.property(anyKey, key => {
        const { path } = placeOf(key)
        expect(path.startsWith(`${longKeyFolder}/`) ? key : keyAt(path)).toBe(key)
      }),
    )
  })

  it('differs from that of every other key, also where case is folded', () => {
    fc.assert(
      fc.property(anyKey, anyKey, (a, b) => {
        expect(placeOf(a).path.toLowerCase() === placeOf(b).path.toLowerCase()).toBe(a === b)
      }),
    )
  })

  it('never leaves the folder, and is a good name on every system', () => {
    const forbidden = /^\.|[. ]$|[<>:"\\|?*~\0-\x1f]|^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i
    const check = (key: string) => {
      const { path } = placeOf(key)
      expect(path.length).toBeLessThanOrEqual(200)
      for (const name of path.split('/')) expect(name === '' || forbidden.test(name), `${JSON.stringify(key)} → ${name}`).toBe(false)
    }
    oddKeys.forEach(check)
    fc.assert(fc.property(anyKey, check))
  })

  it('is never both a file and a folder', () => {
    fc.assert(
      fc.property(anyKey, anyKey, (a, b) => {
        expect(`${placeOf(b).path.toLowerCase()}/`.startsWith(`${placeOf(a).path.toLowerCase()}/`)).toBe(a === b)
      }),
    )
  })

  it('begins with the folder of every prefix', () => {
    fc.assert(
      fc.property(anyKey, fc.nat(30), (key, length) => {
        const { path } = placeOf(key)
        const folder = folderOf(key.slice(0, length))
        expect(path.startsWith(`${longKeyFolder}/`) || folder === '' || path.startsWith(`${folder}/`)).toBe(true)
      }),
    )
  })

  it('is not read out of a file that somebody else put there', () => {
    for (const path of ['README.md', '.gitignore', 'a.json.tmp', 'AbC.json', 'abc@f.json', 'a%2Eb.txt', 'con.json', '%long/x.txt'])
      expect(keyAt(path), path).toBeUndefined()
  })
})
