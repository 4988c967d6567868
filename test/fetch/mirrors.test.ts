import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createFetcher, type Fetcher } from '../../src/fetch/fetcher.js'
import { fakeTime } from './fake-time.js'

const wechat = 'https://mp.weixin.qq.com'

describe('the hosts map', () => {
  const redirects = new Map<string, string>()
  const time = fakeTime()
  let asked: string[]
  let mirror: string
  let fetcher: Fetcher
  let close: () => void

  beforeEach(async () => {
    asked = []
    const server = createServer((request, response) => {
      asked.push(`${request.headers.host}${request.url}`)
      const location = redirects.get(request.url ?? '')
      if (location !== undefined) response.writeHead(302, { location })
      response.end(location === undefined ? '<p>' : '')
    })
    await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
    mirror = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    fetcher = createFetcher({
      allows: host => host === 'mp.weixin.qq.com' || host === 'other.test',
      hosts: { 'mp.weixin.qq.com': mirror, 'Other.test': mirror },
      proxy: {},
      ...time,
    })
    close = () => server.close()
  })
  afterEach(async () => {
    redirects.clear()
    await fetcher.close()
    close()
  })

  async function finalUrl(url: string): Promise<string> {
    const outcome = await fetcher.fetch(url)
    return outcome.ok && outcome.value.kind === 'page' ? outcome.value.page.finalUrl : JSON.stringify(outcome)
  }

  it('asks the mirror for path and query and keeps the original address, without a pause', async () => {
    expect([await finalUrl(`${wechat}/s?__biz=A&mid=1#rd`), await finalUrl(`${wechat}/s/x`), await finalUrl(`${wechat}/s/y`)]).toEqual([
      `${wechat}/s?__biz=A&mid=1`,
      `${wechat}/s/x`,
      `${wechat}/s/y`,
    ])
    const host = new URL(mirror).host
    expect(asked).toEqual([`${host}/s?__biz=A&mid=1`, `${host}/s/x`, `${host}/s/y`])
    expect(time.waits).toEqual([])
  })

  it.each([
    ['a path', () => '/s/b', `${wechat}/s/b`],
    ['the original host', () => `${wechat}/s/b`, `${wechat}/s/b`],
    ['the mirror itself', () => `${mirror}/s/b?c`, `${wechat}/s/b?c`],
    ['another mirrored host', () => 'https://other.test/b', 'https://other.test/b'],
    ['a path that looks like a host', () => `${mirror}//evil.test/b`, `${wechat}//evil.test/b`],
  ])('follows a redirect to %s', async (_, location, expected) => {
    redirects.set('/s/a', location())
    expect(await finalUrl(`${wechat}/s/a`)).toBe(expected)
    expect(asked).toHaveLength(2)
  })

  it.each([
    ['http://127.0.0.1:1/', 'FETCH_REFUSED'],
    ['http://elsewhere.test/', 'FETCH_HOST_UNKNOWN'],
  ])('holds redirects of a mirror to the guard: %s', async (location, code) => {
    redirects.set('/s/a', location)
    expect(await fetcher.fetch(`${wechat}/s/a`)).toMatchObject({ problem: { code } })
    expect(asked).toHaveLength(1)
  })

  it('does not open the mirror to addresses that name it', async () => {
    expect(await fetcher.fetch(`${mirror}/s/a`)).toMatchObject({ problem: { code: 'FETCH_REFUSED' } })
    expect(asked).toEqual([])
  })
})
