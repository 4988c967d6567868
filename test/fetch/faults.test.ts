import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Again } from '../../src/fetch/fetch-problem.js'
import { createFetcher, type FetcherOptions, type FetchRequest } from '../../src/fetch/fetcher.js'
import type { ProblemCode } from '../../src/problem-catalogue.js'
import { fakeTime } from './fake-time.js'
import { type FaultServer, faults, goodPage, startFaultServer } from './fault-server.js'

/** What a fault must come to: a page (its text, or a part of the outcome) or a code, and the exact number of requests that the server saw. */
interface Expected {
  /** Path, where it is not the name of the fault. */
  path?: string
  request?: FetchRequest
  options?: Partial<FetcherOptions>
  outcome: ProblemCode | { body: string } | Record<string, unknown>
  requests: number
  /** Requests that the fetcher counted, where some did not reach the server. */
  attempts?: number
  again?: Again
  data?: Record<string, string>
  /** Milliseconds waited, one for each wait. */
  waits?: number[]
}

const page = { body: goodPage }
const mib = 1024 * 1024
/** Short limits, for faults that run into them. */
const brief = { timeout: 250, headersTimeout: 120, bodyTimeout: 120 }

const expected: Readonly<Record<string, Expected>> = {
  good: { outcome: page, requests: 1 },

  'reset-at-once': { outcome: 'FETCH_RESET', requests: 2, again: 'soon', waits: [1150] },
  'close-at-once': { outcome: 'FETCH_RESET', requests: 2 },
  'reset-then-good': { outcome: page, requests: 2, waits: [1150] },
  'reset-mid-body': { outcome: 'FETCH_RESET', requests: 2 },
  'close-mid-body': { outcome: 'FETCH_RESET', requests: 2 },
  'close-mid-chunk': { outcome: 'FETCH_RESET', requests: 2 },
  'slow-headers': { options: brief, outcome: 'FETCH_TIMEOUT', requests: 2, again: 'soon' },
  'slow-body': { options: brief, outcome: 'FETCH_TIMEOUT', requests: 2 },
  'trickling-headers': { options: brief, outcome: 'FETCH_TIMEOUT', requests: 2 },
  'trickling-body': { options: brief, outcome: 'FETCH_TIMEOUT', requests: 2 },
  'trickling-redirect': { options: brief, outcome: 'FETCH_TIMEOUT', requests: 2 },
  'slow-then-good': { options: { headersTimeout: 500 }, outcome: page, requests: 2 },
  'length-too-long': { outcome: 'FETCH_BODY', requests: 2, again: 'soon' },
  'length-too-short': { outcome: { body: '<p>short' }, requests: 1 },
  'length-twice': { outcome: 'FETCH_BODY', requests: 2 },
  'length-and-chunks': { outcome: 'FETCH_BODY', requests: 2 },
  'endless-body': { outcome: 'FETCH_TOO_LARGE', requests: 1, again: 'rarely' },
  'announced-too-large': { outcome: 'FETCH_TOO_LARGE', requests: 1 },
  'no-length': { outcome: { body: '<p>until the end' }, requests: 1 },
  'switching-unasked': { outcome: 'FETCH_PROTOCOL', requests: 1 },
  'not-http': { outcome: 'FETCH_PROTOCOL', requests: 1 },
  'header-flood': { outcome: 'FETCH_PROTOCOL', requests: 1 },
  'header-giant': { outcome: 'FETCH_PROTOCOL', requests: 1 },
  'hints-flood': { options: brief, outcome: 'FETCH_TIMEOUT', requests: 2 },

  'gzip-bomb': { outcome: 'FETCH_TOO_LARGE', requests: 1 },
  'br-bomb': { outcome: 'FETCH_TOO_LARGE', requests: 1 },
  'deflate-bomb': { outcome: 'FETCH_TOO_LARGE', requests: 1 },
  'gzip-twice-bomb': { outcome: 'FETCH_TOO_LARGE', requests: 1 },
  'gzip-many-times': { outcome: 'FETCH_BODY', requests: 1 },
  'gzip-cut': { outcome: 'FETCH_BODY', requests: 1 },
  'gzip-damaged': { outcome: 'FETCH_BODY', requests: 1 },
  'gzip-by-name-only': { outcome: 'FETCH_BODY', requests: 1 },
  'gzip-untold': { outcome: page, requests: 1 },
  'gzip-untold-twice': { outcome: page, requests: 1 },
  'gzip-untold-bomb': { outcome: 'FETCH_TOO_LARGE', requests: 1 },
  'gzip-good': { outcome: page, requests: 1 },
  'br-good': { outcome: page, requests: 1 },
  'deflate-good': { outcome: page, requests: 1 },
  'deflate-bare': { outcome: page, requests: 1 },
  'coding-unknown': { outcome: 'FETCH_BODY', requests: 1 },
  'empty-200': { outcome: 'FETCH_EMPTY', requests: 1, again: 'soon' },
  'empty-gzip': { outcome: 'FETCH_EMPTY', requests: 1 },
  'html-for-a-feed': { outcome: { mediaType: 'text/html', status: 200 }, request: { accept: 'application/rss+xml' }, requests: 1 },
  'binary-body': { outcome: { body: Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0, 1), mediaType: 'image/png' }, requests: 1 },
  'no-type': { outcome: { body: '<p>untyped', mediaType: 'application/octet-stream' }, requests: 1 },
  'verification-page': { outcome: { status: 200, body: expect.stringContaining('环境异常') }, requests: 1 },

  'charset-header-wrong': { outcome: page, requests: 1 },
  'charset-header-unknown': { outcome: page, requests: 1 },
  'gbk-by-meta': { outcome: { body: '<meta charset="gb2312"><p>这是一个测试页面，我们的中文' }, requests: 1 },
  'gbk-by-header': { outcome: { body: '这是一个测试页面，我们的中文' }, requests: 1 },
  'gbk-against-header': { outcome: { body: '<meta charset=gbk><p>这是一个测试页面，我们的中文' }, requests: 1 },
  'gbk-undeclared': { outcome: { body: '这是一个测试页面，我们的中文' }, requests: 1 },
  'big5-undeclared': { outcome: { body: '這是一個測試頁面，我們的中文' }, requests: 1 },
  'utf16le-marked': { outcome: page, requests: 1 },
  'utf16be-marked': { outcome: page, requests: 1 },
  'utf16-bare': { outcome: { body: expect.stringContaining('<rss version="2.0">') }, requests: 1 },
  'utf8-broken': { outcome: { body: `<meta charset="utf-8">${goodPage}的的\ufffd` }, requests: 1 },

  'loop-a': { outcome: 'FETCH_REDIRECT', requests: 2, again: 'later' },
  'loop-self': { outcome: 'FETCH_REDIRECT', requests: 1 },
  'redirect-chain': { outcome: 'FETCH_REDIRECT', requests: 6 },
  'redirect-to-loopback': {
    options: { allowPrivate: false, hosts: { 'site.test': 'SERVER' } },
    outcome: 'FETCH_REFUSED',
    requests: 1,
    again: 'never',
    data: { range: 'loopback', target: 'http://127.0.0.1:1/secret' },
  },
  'redirect-to-metadata': { outcome: 'FETCH_REFUSED', requests: 1, data: { range: 'linkLocal' } },
  'redirect-to-decimal': { outcome: 'FETCH_REFUSED', requests: 1, data: { range: 'linkLocal' } },
  'redirect-to-private-name': {
    options: { allowPrivate: false, hosts: { 'site.test': 'SERVER' } },
    outcome: 'FETCH_REFUSED',
    requests: 1,
    attempts: 2,
    data: { range: 'private' },
  },
  'redirect-to-file': { outcome: 'FETCH_SCHEME', requests: 1, again: 'never' },
  'redirect-to-data': { outcome: 'FETCH_SCHEME', requests: 1 },
  'redirect-to-unlisted': { outcome: 'FETCH_HOST_UNKNOWN', requests: 1, again: 'never', data: { target: 'https://elsewhere.test/' } },
  'redirect-to-unlisted-relative': { outcome: 'FETCH_HOST_UNKNOWN', requests: 1 },
  'redirect-nowhere': { outcome: 'FETCH_REDIRECT', requests: 1 },
  'redirect-garbage': { outcome: 'FETCH_SCHEME', requests: 1 },
  'redirect-good': { outcome: { ...page, finalUrl: 'ORIGIN/good' }, requests: 2 },
  'redirect-permanent': { outcome: { ...page, permanentUrl: 'ORIGIN/good' }, requests: 3 },
  'redirect-mixed': { outcome: { finalUrl: 'ORIGIN/good', permanentUrl: 'ORIGIN/redirect-good' }, requests: 3 },
  'redirect-with-password': { outcome: { finalUrl: 'ORIGIN/good' }, requests: 2 },
  'redirect-chinese': { outcome: { finalUrl: 'ORIGIN/good?%E5%91%A8%E6%8A%A5' }, requests: 2 },
  'redirect-to-captcha': { outcome: { finalUrl: 'ORIGIN/mp/wappoc_appmsgcaptcha?poc_token=x&target_url=y', status: 200 }, requests: 2 },

  'not-modified': { request: { etag: '"old"' }, outcome: { kind: 'not-modified', etag: '"new"' }, requests: 1 },
  'not-modified-always': { outcome: 'FETCH_NOT_MODIFIED_UNASKED', requests: 1, again: 'soon' },
  'etag-bytes': { outcome: { ...page, etag: 'W/"\xe9t\xe9, \\"', lastModified: 'yesterday, about noon' }, requests: 1 },
  '429-seconds-then-good': { outcome: page, requests: 2, waits: [7000] },
  '429-date-then-good': { outcome: page, requests: 2, waits: [9000] },
  '429-rfc850-then-good': { outcome: page, requests: 2, waits: [9000] },
  '429-asctime-then-good': { outcome: page, requests: 2, waits: [9000] },
  '429-past-date-then-good': { outcome: page, requests: 2, waits: [] },
  '429-garbage-then-good': { outcome: page, requests: 2, waits: [1150] },
  '429-hour': {
    outcome: 'FETCH_LATER',
    requests: 1,
    again: 'later',
    data: { status: '429', retryAt: '2026-11-25T09:00:00.000Z' },
    waits: [],
  },
  '429-forever': { outcome: 'FETCH_LATER', requests: 1, data: { retryAt: '2026-12-02T08:00:00.000Z' } },
  '429-twice': { outcome: 'FETCH_LATER', requests: 2, data: { retryAt: '2026-11-25T08:00:04.000Z' }, waits: [2000] },
  '429-bare': { outcome: 'FETCH_LATER', requests: 2 },
  '503-then-good': { outcome: page, requests: 2, waits: [1150] },
  '503-twice': { outcome: 'FETCH_STATUS', requests: 2, again: 'soon', data: { status: '503' } },
  '503-hour': { outcome: 'FETCH_LATER', requests: 1, data: { status: '503', retryAt: '2026-11-25T09:00:00.000Z' } },
  '502-then-good': { outcome: page, requests: 2 },
  '504-twice': { outcome: 'FETCH_STATUS', requests: 2, options: { tries: 2 } },
  '500': { outcome: 'FETCH_STATUS', requests: 1, again: 'soon' },
  '400': { outcome: 'FETCH_STATUS', requests: 1, again: 'later' },
  '403': { outcome: 'FETCH_STATUS', requests: 1, again: 'later', data: { status: '403' } },
  '404': { outcome: 'FETCH_GONE', requests: 1, again: 'rarely', data: { status: '404' } },
  '410': { outcome: 'FETCH_GONE', requests: 1 },
  '451': { outcome: 'FETCH_STATUS', requests: 1 },
  '202': { outcome: 'FETCH_STATUS', requests: 1 },
  '204': { outcome: 'FETCH_EMPTY', requests: 1 },
  '206': { outcome: 'FETCH_STATUS', requests: 1 },
}

/** Deeds of the server that other tests are about, or that are steps of a fault. */
const elsewhere = new Set([
  'loop-b',
  'redirect-permanent-2',
  'mp/wappoc_appmsgcaptcha',
  'keep-alive-closed',
  'robots.txt',
  'redirect-to-private-page',
  'private/page',
  'private/open',
])

describe('each fault has its outcome and its number of requests', () => {
  let server: FaultServer
  beforeAll(async () => {
    server = await startFaultServer()
  })
  afterAll(() => server.close())

  it('has an expectation for every fault', () => {
    expect(Object.keys(faults).filter(name => !elsewhere.has(name) && expected[name] === undefined)).toEqual([])
  })

  it.each(Object.entries(expected))(
    '%s',
    async (name, { outcome, requests, attempts = requests, again, data, waits, request, options }) => {
      server.hits.length = 0
      const time = fakeTime()
      const hosts = Object.fromEntries(Object.keys(options?.hosts ?? {}).map(host => [host, `http://127.0.0.1:${server.port}`]))
      const fetcher = createFetcher({
        allows: host => host !== 'elsewhere.test',
        lookup: async host => [{ address: host === 'private.test' ? '10.0.0.1' : '127.0.0.1', family: 4 }],
        allowPrivate: true,
        proxy: {},
        pause: { '*': 0 },
        timeout: 400,
        headersTimeout: 250,
        bodyTimeout: 250,
        maxBytes: mib,
        ...time,
        ...options,
        hosts,
      })
      const got = await fetcher.fetch(`${server.origin}/${name}`, request)
      const { requests: counted } = fetcher.stats()
      await fetcher.close()

      if (typeof outcome === 'string') {
        expect(got).toMatchObject({ ok: false, problem: { code: outcome, where: { url: `${server.origin}/${name}` } } })
        if (got.ok) throw new Error('unreachable')
        expect(got.problem.data).toMatchObject({ ...data, again: again ?? expect.any(String) })
      } else {
        const had = got.ok && got.value.kind === 'page' ? got.value.page : {}
        const wanted = Object.entries(outcome).map(([key, value]) => [
          key,
          typeof value === 'string' ? value.replace('ORIGIN', server.origin) : value,
        ])
        expect({ ...(got.ok ? got.value : got), ...had }).toMatchObject(Object.fromEntries(wanted))
      }
      expect(server.hits.length).toBe(requests)
      expect(counted).toBe(attempts)
      if (waits !== undefined) expect(time.waits).toEqual(waits)
    },
  )
})
