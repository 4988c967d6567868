import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { createFetcher, type Fetcher, type FetcherOptions } from '../../src/fetch/fetcher.js'
import { fakeTime } from './fake-time.js'

/** A server that keeps answers back until they are let go, and notes who asked when. */
interface PatientServer {
  port: number
  seen: { host: string; at: number }[]
  open: number
  mostOpen: number
  /** Answers what waits, and from now on at once. */
  release(host?: string): void
}

const toClose: (() => unknown)[] = []
afterEach(async () => {
  for (const close of toClose.splice(0).reverse()) await close()
})

async function startPatientServer(now: () => number, held: (host: string) => boolean = () => false): Promise<PatientServer> {
  const waiting: (() => void)[] = []
  let isHolding = true
  const patient: PatientServer = {
    port: 0,
    seen: [],
    open: 0,
    mostOpen: 0,
    release() {
      isHolding = false
      for (const answer of waiting.splice(0)) answer()
    },
  }
  const server: Server = createServer((request, response) => {
    const host = request.headers.host?.split(':')[0] ?? ''
    patient.seen.push({ host, at: now() })
    patient.mostOpen = Math.max(patient.mostOpen, ++patient.open)
    const answer = () => {
      patient.open--
      response.end('<p>')
    }
    if (isHolding && held(host)) waiting.push(answer)
    else setTimeout(answer, 2)
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  patient.port = (server.address() as AddressInfo).port
  toClose.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return patient
}

function startFetcher(options: Partial<FetcherOptions>): Fetcher {
  const fetcher = createFetcher({
    allows: () => true,
    allowPrivate: true,
    proxy: {},
    lookup: async () => [{ address: '127.0.0.1', family: 4 }],
    ...options,
  })
  toClose.push(() => fetcher.close())
  return fetcher
}

function ask(fetcher: Fetcher, host: string, port: number, count: number) {
  return Array.from({ length: count }, (_, n) => fetcher.fetch(`http://${host}:${port}/${n}`))
}

describe('politeness', () => {
  it('asks a host one at a time and keeps the pause, from the end of an answer to the next request', async () => {
    const time = fakeTime()
    const server = await startPatientServer(time.now)
    const chances = [0, 0.999, 0.5, 0, 0]
    const fetcher = startFetcher({ ...time, random: () => chances.shift() ?? 0, pause: { 'a.test': 3000 } })
    await Promise.all(ask(fetcher, 'a.test', server.port, 4))
    expect(server.mostOpen).toBe(1)
    expect(time.waits).toEqual([3000, expect.closeTo(3899.1), 3450])
    const gaps = server.seen.slice(1).map(({ at }, n) => at - (server.seen[n]?.at ?? 0))
    expect(gaps).toEqual([3000, expect.closeTo(3899.1), 3450])
  })

  it('pauses 3 s for WeChat and 1 s for others unless told otherwise', async () => {
    const time = fakeTime()
    const server = await startPatientServer(time.now)
    const fetcher = startFetcher({ ...time, random: () => 0 })
    await Promise.all(ask(fetcher, 'mp.weixin.qq.com', server.port, 2))
    await Promise.all(ask(fetcher, 'b.test', server.port, 2))
    expect(time.waits).toEqual([3000, 1000])
  })

  it('keeps the defaults of hosts that the table does not name', async () => {
    const time = fakeTime()
    const server = await startPatientServer(time.now)
    const fetcher = startFetcher({ ...time, random: () => 0, pause: { 'b.test': 5 } })
    await Promise.all(ask(fetcher, 'mp.weixin.qq.com', server.port, 2))
    await Promise.all(ask(fetcher, 'constructor', server.port, 2))
    expect(time.waits).toEqual([3000, 1000])
  })

  it('takes ports and spellings of a host for one host', async () => {
    const time = fakeTime()
    const server = await startPatientServer(time.now)
    const other = await startPatientServer(time.now)
    const fetcher = startFetcher({ ...time, random: () => 0 })
    await Promise.all([...ask(fetcher, 'a.test', server.port, 1), ...ask(fetcher, 'A.TEST.', other.port, 1)])
    expect(time.waits).toEqual([1000])
  })

  it('asks a host more at once when told, with the pause between starts', async () => {
    const time = fakeTime()
    const server = await startPatientServer(time.now, () => true)
    const fetcher = startFetcher({ ...time, random: () => 0, perHost: 2, pause: { '*': 100 } })
    const all = ask(fetcher, 'a.test', server.port, 3)
    await expect.poll(() => server.open).toBe(2)
    server.release()
    await Promise.all(all)
    expect(server.mostOpen).toBe(2)
    expect(time.waits).toEqual([100, 100])
  })

  it('does not let a slow host hold the slots of all', async () => {
    const time = fakeTime()
    const server = await startPatientServer(time.now, host => host === 'slow.test')
    const fetcher = startFetcher({ ...time, total: 2, pause: { '*': 0 } })
    const slow = ask(fetcher, 'slow.test', server.port, 5)
    const quick = await Promise.all(ask(fetcher, 'quick.test', server.port, 5))
    expect(quick.every(outcome => outcome.ok)).toBe(true)
    expect(server.seen.filter(({ host }) => host === 'slow.test')).toHaveLength(1)
    server.release()
    expect((await Promise.all(slow)).every(outcome => outcome.ok)).toBe(true)
  })

  it('never asks more hosts at once than there are slots', async () => {
    const time = fakeTime()
    const server = await startPatientServer(time.now, () => true)
    const fetcher = startFetcher({ ...time, total: 3 })
    const all = Array.from({ length: 9 }, (_, n) => fetcher.fetch(`http://h${n}.test:${server.port}/`))
    await expect.poll(() => server.open).toBe(3)
    server.release()
    await Promise.all(all)
    expect(server.mostOpen).toBe(3)
  })

  it('names itself, and sends no cookie and no referrer', async () => {
    const headers: Record<string, unknown>[] = []
    const server = createServer((request, response) => {
      headers.push(request.headers)
      response.setHeader('set-cookie', 'id=1')
      response.end('<p>')
    })
    await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
    toClose.push(() => server.close())
    const fetcher = startFetcher({ ...fakeTime(), userAgent: 'weekloom/1.2.3 (+https://example.org/)' })
    await Promise.all(ask(fetcher, 'a.test', (server.address() as AddressInfo).port, 2))
    await fetcher.close()
    for (const sent of headers) {
      expect(Object.keys(sent).sort()).toEqual(['accept', 'accept-encoding', 'accept-language', 'connection', 'host', 'user-agent'])
      expect(sent['user-agent']).toBe('weekloom/1.2.3 (+https://example.org/)')
    }
  })
})
