import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Store } from '../../src/types.js'
import { rounds } from '../rounds.js'

/** Keys that have broken stores before: of paths, of file systems that fold case, of unstorage. */
export const oddKeys: readonly string[] = [
  'articles/wechat/s/AbCdEfGhIjKlMnOpQrStUv.json',
  'articles/wechat/s/aBcDeFgHiJkLmNoPqRsTuV.json',
  'articles/wechat/MzA5MDA1MDAxMA==/2650000001-1.json',
  '../outside',
  '../../outside.json',
  '/etc/absolute',
  'a/../../b',
  'a/./b',
  '.',
  '..',
  '',
  '/',
  'a//b',
  'a/',
  '.gitignore',
  '.tmp-x',
  'NUL',
  'aux.json',
  'com1',
  'name.',
  'name ',
  'a:b',
  'a\\b',
  'a?b',
  'a$',
  'a%2eb',
  '100%',
  'x@y',
  'x~1',
  'nul\0nul',
  'line\nline',
  '周报/第 12 期.json',
  'e\u0301',
  '\u00e9',
  '\ud83d\ude00',
  'half\ud83d',
  'a.json',
  'a.json.txt',
  'a.txt',
  'a',
  'a.json/b',
  'a.txt/b',
  'a/b',
  `long/${'k'.repeat(5000)}`,
  `long/${'k'.repeat(4999)}l`,
  `${'deep/'.repeat(300)}end`,
  '__proto__',
  'constructor/prototype',
]

/** Texts that another layer would turn into something else. */
const oddTexts: readonly string[] = [
  '',
  '12',
  'true',
  'null',
  'undefined',
  '"quoted"',
  '{"a":1}',
  '[1]',
  'base64:aGk=',
  '\ufeffmark',
  'a\r\nb\n',
  '\0',
  '中文 \ud83d\ude00',
  'x'.repeat(200_000),
]

/** What every store must do. `make` gives an empty one. */
export function testStore(name: string, make: () => Store | Promise<Store>): void {
  describe(`${name} as a store`, () => {
    let store: Store
    beforeEach(async () => {
      store = await make()
    })

    it('knows nothing at first', async () => {
      expect(await store.get('a/b.json')).toBeUndefined()
      expect(await collect(store.keys(''))).toEqual([])
    })

    it('gives back every text as it was', async () => {
      for (const [index, text] of oddTexts.entries()) await store.set(`texts/${index}`, text)
      for (const [index, text] of oddTexts.entries()) expect(await store.get(`texts/${index}`)).toBe(text)
    })

    it('keeps the last text set', async () => {
      await store.set('a', 'a longer text')
      await store.set('a', 'short')
      await store.set('a', 'short')
      expect(await store.get('a')).toBe('short')
    })

    it('takes any key, each for itself', async () => {
      for (const key of oddKeys) await store.set(key, `of ${JSON.stringify(key)}`)
      for (const key of oddKeys) expect(await store.get(key)).toBe(`of ${JSON.stringify(key)}`)
      expect(await collect(store.keys(''))).toEqual([...oddKeys].sort())
    })

    it('lists the keys that begin with a prefix, sorted, wherever it is cut', async () => {
      const keys = ['a', 'a-b', 'a/b', 'a/b/c', 'a/bc', 'a/B', 'ab/c', 'b', `a/b${'x'.repeat(300)}`]
      for (const key of keys) await store.set(key, key)
      for (const prefix of ['', 'a', 'a/', 'a/b', 'a/b/', 'a/b/c', 'a/bx', 'A', 'z', 'a/b/c/d'])
        expect(await collect(store.keys(prefix)), prefix).toEqual(keys.filter(key => key.startsWith(prefix)).sort())
    })

    it('lists keys while they are removed', async () => {
      for (let index = 0; index < 20; index++) await store.set(`many/${index}`, 'x')
      for await (const key of store.keys('many/')) await store.remove(key)
      expect(await collect(store.keys(''))).toEqual([])
    })

    it('forgets what is removed, and minds nothing that is not there', async () => {
      await store.set('a', 'x')
      await store.set('A', 'y')
      await store.remove('a')
      await store.remove('a')
      await store.remove('never/there')
      expect(await store.get('a')).toBeUndefined()
      expect(await store.get('A')).toBe('y')
      await store.set('a', 'again')
      expect(await store.get('a')).toBe('again')
    })

    it('answers many at once', async () => {
      await Promise.all(Array.from({ length: 200 }, (_, index) => store.set(`folder${index % 7}/${index}`, String(index))))
      const texts = await Promise.all(Array.from({ length: 200 }, (_, index) => store.get(`folder${index % 7}/${index}`)))
      expect(texts).toEqual(Array.from({ length: 200 }, (_, index) => String(index)))
    })

    it('is a map of texts, whatever the keys', async () => {
      const key = fc.oneof(
        fc.string({ unit: 'binary', maxLength: 12 }),
        fc.string({ unit: fc.constantFrom('a', 'A', '/', '.', '%', '@', '~', ':', ' '), maxLength: 8 }),
      )
      await fc.assert(
        fc.asyncProperty(fc.dictionary(key, fc.string({ unit: 'grapheme' })), async texts => {
          const fresh = await make()
          for (const [name, text] of Object.entries(texts)) await fresh.set(name, text)
          for (const [name, text] of Object.entries(texts)) expect(await fresh.get(name)).toBe(text)
          expect(await collect(fresh.keys(''))).toEqual(Object.keys(texts).sort())
        }),
        { numRuns: rounds(40) },
      )
    })
  })
}

/** All items of a list that comes bit by bit. */
export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}
