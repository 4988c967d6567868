import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeProblem, WeekloomError } from '../../src/problems.js'
import { type ArticleRecord, mergeArticleRecords, noteArticle, noteFailure } from '../../src/store/article-record.js'
import { articlePlace, readArticle, writeArticle } from '../../src/store/article-records.js'
import { memoryStore } from '../../src/store/memory-store.js'
import type { Store } from '../../src/types.js'
import { collect } from './conformance.js'
import { collectReports, makeArticle } from './made-up.js'

const key = 'wechat:MzA5MDA1MDAxMA==/2650000001/1'
const place = 'articles/wechat/MzA5MDA1MDAxMA==/2650000001-1.json'
const deleted = makeProblem('WECHAT_DELETED', {}, 'Gone.')
const early = '2024-01-01T00:00:00.000Z'
const late = '2024-02-01T00:00:00.000Z'

describe('the place of an article', () => {
  it.each([
    [key, /^articles\/wechat\/MzA5MDA1MDAxMA==\/2650000001-1\.json$/],
    [`${key}/0123456789abcdef`, /^articles\/wechat\/MzA5MDA1MDAxMA==\/2650000001-1\.json$/],
    ['wechat:s/AbCdEfGhIjKlMnOpQrStUv', /^articles\/wechat\/s\/AbCdEfGhIjKlMnOpQrStUv\.json$/],
    ['https://example.org/a/b?c=d', /^articles\/web\/example\.org\/[0-9a-f]{20}\.json$/],
    ['https://example.org:8080/', /^articles\/web\/example\.org:8080\/[0-9a-f]{20}\.json$/],
    ['mailto:somebody@example.org', /^articles\/other\/[0-9a-f]{20}\.json$/],
    ['../../etc/passwd', /^articles\/other\/[0-9a-f]{20}\.json$/],
    ['wechat:../../x', /^articles\/other\/[0-9a-f]{20}\.json$/],
  ])('of %s can be read by people', (named, form) => {
    expect(articlePlace(named)).toMatch(form)
  })
})

describe('the record of an article', () => {
  it('comes back as it was kept', async () => {
    const store = memoryStore()
    const article = makeArticle(key, {
      published: early,
      account: { name: '茶社', alias: 'tea' },
      images: { square: 'https://example.org/1.png' },
      attachments: [{ url: 'https://example.org/a.mp3', duration: 12.5 }],
      reprint: { account: '茶馆' },
      topics: ['#茶'],
      original: true,
    })
    await writeArticle(store, noteArticle({ key }, article, late))
    expect(await readArticle(store, key, fail)).toEqual({ key, article, fetchedAt: late })
    expect(await readArticle(store, `${key}/abc`, fail)).toEqual({ key, article, fetchedAt: late })
  })

  it('is absent for a page that was never asked for', async () => {
    expect(await readArticle(memoryStore(), key, fail)).toBeUndefined()
  })

  it('keeps the article when a later try fails, and forgets the failure when a still later one does not', async () => {
    const store = memoryStore()
    const article = makeArticle(key)
    const had = await writeArticle(store, noteArticle({ key }, article, early))
    const failed = await writeArticle(store, noteFailure(had, deleted, late))
    expect(failed.article).toEqual(article)
    expect(failed.outcome).toEqual({ code: 'WECHAT_DELETED', at: late, retryAt: '2024-03-02T00:00:00.000Z', times: 1 })
    const again = await writeArticle(store, noteArticle(failed, makeArticle(key, { title: '新' }), '2024-04-01T00:00:00.000Z'))
    expect(again.article?.title).toBe('新')
    expect(again.outcome).toBeUndefined()
    expect(await readArticle(store, key, fail)).toEqual(again)
  })

  it('merges with what another run kept meanwhile', async () => {
    const store = memoryStore()
    await writeArticle(store, noteArticle({ key }, makeArticle(key), late))
    await writeArticle(store, noteFailure({ key }, deleted, early))
    expect(await readArticle(store, key, fail)).toEqual({ key, article: makeArticle(key), fetchedAt: late })
  })

  it('takes the place of what a clock dated ahead of its time', async () => {
    const ahead = '2025-02-01T00:00:00.000Z'
    const store = memoryStore()
    await writeArticle(store, noteFailure({ key }, deleted, ahead))
    expect((await writeArticle(store, noteFailure({ key }, deleted, late))).outcome?.at).toBe(late)
    await writeArticle(store, noteArticle({ key }, makeArticle(key), ahead))
    const again = makeArticle(key, { title: '新' })
    expect(await writeArticle(store, noteArticle({ key }, again, late))).toEqual({ key, article: again, fetchedAt: late })
    expect((await writeArticle(store, noteFailure({ key }, deleted, early))).article).toEqual(again)
  })

  it('keeps the address that answered where it is not the article’s, and who was asked about a page in vain', async () => {
    const store = memoryStore()
    const article = makeArticle(key)
    expect(noteArticle({ key }, article, early, article.url)).toEqual({ key, article, fetchedAt: early })
    const had = await writeArticle(store, noteArticle({ key }, article, early, 'https://short.example/1'))
    const failed = await writeArticle(store, noteFailure(had, makeProblem('ARTICLE_TITLE_MISSING', {}, 'None.'), late, 'wiki'))
    expect(failed).toMatchObject({ answeredBy: 'https://short.example/1', outcome: { reader: 'wiki' } })
    expect(await readArticle(store, key, fail)).toEqual(failed)
  })

  it('counts failures of one kind in a row', () => {
    const timeout = makeProblem('FETCH_TIMEOUT', {}, 'Slow.', { data: { again: 'soon' } })
    const twice = noteFailure(noteFailure({ key }, timeout, early), timeout, late)
    expect(twice.outcome).toMatchObject({ times: 2, at: late, retryAt: '2024-02-01T01:00:00.000Z' })
    expect(noteFailure(twice, deleted, late).outcome?.times).toBe(1)
  })

  it('remembers where an account has moved to', () => {
    const moved = makeProblem('WECHAT_MIGRATED', {}, 'Moved.', { data: { target: 'https://mp.weixin.qq.com/s/x' } })
    expect(noteFailure({ key }, moved, early).outcome?.target).toBe('https://mp.weixin.qq.com/s/x')
  })

  it('keeps nothing of a session that redirects have put into the address where they led', () => {
    const led = makeProblem('FETCH_STATUS', {}, 'Gone.', { data: { target: 'https://mp.weixin.qq.com/mp/captcha?a=1&poc_token=s3cret' } })
    expect(noteFailure({ key }, led, early).outcome?.target).not.toContain('s3cret')
  })

  it('notes nothing of failures that say nothing of the page', () => {
    const record: ArticleRecord = { key }
    expect(noteFailure(record, makeProblem('FETCH_BUDGET', {}, 'Enough.'), early)).toBe(record)
  })

  it('that is damaged is named, counts as absent, and is put aside when a new one takes its place', async () => {
    const { store, problems, read } = await withText('{"format": 1, "key": "wech')
    expect(await read()).toBeUndefined()
    expect(problems.map(({ code, where }) => [code, where.file])).toEqual([['STORE_RECORD_DAMAGED', place]])
    await writeArticle(store, noteArticle({ key }, makeArticle(key), late))
    expect((await read())?.article).toEqual(makeArticle(key))
    expect(await collect(store.keys(''))).toEqual([place, `damaged/${place}`])
    expect(await store.get(`damaged/${place}`)).toBe('{"format": 1, "key": "wech')
    expect(problems).toHaveLength(1)
  })

  it.each([
    ['of another page', { key: 'wechat:MzA5MDA1MDAxMA==/2650000002/1' }],
    ['without a key', {}],
    ['with an article that lacks its title', { key, article: { ...makeArticle(key), title: undefined } }],
    ['with authors that are no list', { key, article: { ...makeArticle(key), authors: 'Lin' } }],
    ['with a date that is none', { key, article: makeArticle(key, { published: '2024-02-30' }) }],
    ['of a kind that is not known', { key, article: { ...makeArticle(key), kind: 'poem' } }],
    ['had at no date', { key, article: makeArticle(key), fetchedAt: 'yesterday' }],
  ])('%s is damaged', async (_, fields) => {
    const { problems, read } = await withText(JSON.stringify({ format: 1, ...fields }))
    expect(await read()).toBeUndefined()
    expect(problems).toHaveLength(1)
  })

  it('may have fields and failures that this version does not know', async () => {
    const fields = {
      format: 1,
      key,
      mood: 'good',
      article: { ...makeArticle(key), flavour: 'green' },
      outcome: { code: 'NEW_CODE', at: late, times: 1 },
    }
    const { read, problems } = await withText(JSON.stringify(fields))
    expect(await read()).toEqual({ key, article: { ...makeArticle(key), flavour: 'green' } })
    expect(problems).toEqual([])
  })

  it('of a newer version ends the run, and is not written over', async () => {
    const text = JSON.stringify({ format: 2, key })
    const { store, read } = await withText(text)
    const error = await read().catch((caught: unknown) => caught)
    if (!(error instanceof WeekloomError)) throw error
    expect(error.problem?.code).toBe('STORE_FORMAT_NEWER')
    expect(error.hint).toContain('Update weekloom')
    await expect(writeArticle(store, { key })).rejects.toThrow(WeekloomError)
    expect(await store.get(place)).toBe(text)
  })
})

describe('merging what was had of a page', () => {
  const instant = fc.integer({ min: 0, max: 5 }).map(day => new Date(Date.UTC(2024, 0, 1 + day)).toISOString())
  const record: fc.Arbitrary<ArticleRecord> = fc
    .record(
      {
        key: fc.constantFrom(key, `${key}/a`, `${key}/b`),
        article: fc.constantFrom('甲', '乙', '丙').map(title => makeArticle(key, { title })),
        fetchedAt: instant,
        outcome: fc.record({
          code: fc.constantFrom('WECHAT_DELETED', 'FETCH_TIMEOUT'),
          at: instant,
          times: fc.integer({ min: 1, max: 3 }),
        }),
      },
      { requiredKeys: ['key'] },
    )
    // Records as runs make them: merged with nothing.
    .map(made => mergeArticleRecords(made, { key }))

  it('gives the same in any order', () => {
    fc.assert(
      fc.property(record, record, record, (a, b, c) => {
        expect(mergeArticleRecords(a, b)).toEqual(mergeArticleRecords(b, a))
        expect(mergeArticleRecords(mergeArticleRecords(a, b), c)).toEqual(mergeArticleRecords(a, mergeArticleRecords(b, c)))
      }),
    )
  })

  it('gives the same however often', () => {
    fc.assert(
      fc.property(record, record, (a, b) => {
        expect(mergeArticleRecords(a, a)).toEqual(a)
        expect(mergeArticleRecords(mergeArticleRecords(a, b), b)).toEqual(mergeArticleRecords(a, b))
      }),
    )
  })

  it('never loses an article', () => {
    fc.assert(
      fc.property(record, record, (a, b) => {
        expect(mergeArticleRecords(a, b).article !== undefined).toBe(a.article !== undefined || b.article !== undefined)
      }),
    )
  })
})

async function withText(
  text: string,
): Promise<{ store: Store; problems: ReturnType<typeof collectReports>['problems']; read: () => Promise<ArticleRecord | undefined> }> {
  const store = memoryStore()
  await store.set(place, text)
  const { problems, report } = collectReports()
  return { store, problems, read: () => readArticle(store, key, report) }
}

function fail(problem: { message: string }): never {
  throw new Error(problem.message)
}
