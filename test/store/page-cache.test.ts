import { describe, expect, it } from 'vitest'
import { memoryStore } from '../../src/store/memory-store.js'
import { type CachedPage, prunePages, readPage, writePage } from '../../src/store/page-cache.js'
import { collect } from './conformance.js'

const url = 'https://example.org/feed.xml'

describe('the cache of pages', () => {
  it.each([
    ['text', '<p>茶会</p>'.repeat(1000)],
    ['bytes', Uint8Array.from({ length: 1000 }, (_, index) => index % 256)],
    ['nothing', ''],
  ])('gives a page back as it was, with what the server wants to be asked with: a body of %s', async (_, body) => {
    const store = memoryStore()
    const cached = { ...pageOf(url, '2024-01-01', body), etag: 'W/"a\\"b"', lastModified: 'yesterday, or so' }
    await writePage(store, cached)
    const read = await readPage(store, url)
    expect({ ...read, page: { ...read?.page, body: undefined } }).toEqual({
      ...cached,
      page: { ...cached.page, from: 'store', body: undefined },
    })
    expect(Buffer.from(read?.page.body ?? 'absent').equals(Buffer.from(body))).toBe(true)
    expect(typeof read?.page.body).toBe(typeof body)
  })

  it('keeps it compressed', async () => {
    const store = memoryStore()
    await writePage(store, pageOf(url, '2024-01-01', '<p>茶会</p>'.repeat(10_000)))
    const sizes = await Promise.all((await collect(store.keys('cache/pages/'))).map(async key => (await store.get(key))?.length ?? 0))
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(2500)
  })

  it('has nothing for a page it never had, or cannot read', async () => {
    const store = memoryStore()
    expect(await readPage(store, url)).toBeUndefined()
    await writePage(store, pageOf(url, '2024-01-01', 'a'))
    const body = (await collect(store.keys(''))).find(key => key.endsWith('.body')) ?? ''
    const kept = (await store.get(body)) ?? ''
    await store.set(body, `${kept.slice(0, -8)}AAAAAAAA`)
    expect(await readPage(store, url)).toBeUndefined()
    await store.set(body, 'short')
    expect(await readPage(store, url)).toBeUndefined()
    await store.remove(body)
    expect(await readPage(store, url)).toBeUndefined()
  })

  it('loses the pages that are too old, then the oldest until the rest fits', async () => {
    const store = memoryStore()
    const noise = Array.from({ length: 300 }, (_, index) => String.fromCharCode(0x4e00 + ((index * 7919) % 20_000))).join('')
    for (const day of ['01', '03', '04', '05']) await writePage(store, pageOf(`https://example.org/${day}`, `2024-01-${day}`, noise))
    await store.set('cache/pages/web/example.org/orphan.body', 'x')
    const had = async () =>
      (await Promise.all(['01', '03', '04', '05'].map(day => readPage(store, `https://example.org/${day}`)))).map(
        page => page !== undefined,
      )
    const now = '2024-01-06T00:00:00.000Z'
    await prunePages(store, { now, maxAge: 4, maxSize: 1e9 })
    expect(await had()).toEqual([false, true, true, true])
    const size = (await store.get((await collect(store.keys('cache/pages/'))).find(key => key.endsWith('.body')) ?? ''))?.length ?? 0
    await prunePages(store, { now, maxAge: 4, maxSize: size * 2 })
    expect(await had()).toEqual([false, false, true, true])
    expect(await collect(store.keys('cache/pages/'))).toHaveLength(4)
  })
})

function pageOf(address: string, day: string, body: string | Uint8Array): CachedPage {
  return {
    page: {
      url: address,
      finalUrl: `${address}?x`,
      status: 200,
      mediaType: 'text/html',
      body,
      fetchedAt: `${day}T00:00:00.000Z`,
      from: 'network',
    },
  }
}
