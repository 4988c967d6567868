import { afterEach, describe, expect, it } from 'vitest'
import { createFetcher, type FetcherOptions, type FetchRequest } from '../../src/fetch/fetcher.js'
import { createRobots } from '../../src/fetch/robots.js'
import { fakeTime } from './fake-time.js'
import { type FaultServer, faults, startFaultServer } from './fault-server.js'

const discovered = { discovered: true }
const toClose: (() => unknown)[] = []
afterEach(async () => {
  for (const close of toClose.splice(0).reverse()) await close()
})

/** A server whose robots.txt does what a fault of the table does, and a fetcher for it. */
async function start(robots = 'robots.txt', options: Partial<FetcherOptions> = {}) {
  const deed = faults[robots]
  const server: FaultServer = await startFaultServer({ ...faults, ...(deed && { 'robots.txt': deed }) })
  const fetcher = createFetcher({
    allows: host => host === 'site.test',
    allowPrivate: true,
    proxy: {},
    lookup: async () => [{ address: '127.0.0.1', family: 4 }],
    pause: { '*': 0 },
    userAgent: 'weekloom/1.0 (+https://example.org/)',
    ...fakeTime(),
    ...options,
  })
  toClose.push(
    () => server.close(),
    () => fetcher.close(),
  )
  return {
    server,
    failures: () => fetcher.stats().hosts['site.test']?.failures,
    async ask(path: string, request?: FetchRequest) {
      const outcome = await fetcher.fetch(`${server.origin}/${path}`, request)
      return outcome.ok ? outcome.value.kind : [outcome.problem.code, outcome.problem.data?.['again']]
    },
  }
}

describe('robots.txt', () => {
  it('that is missing is no failure of its host', async () => {
    const { ask, failures } = await start('404')
    expect(await ask('private/page', discovered)).toBe('page')
    expect(failures()).toBe(0)
  })

  it('is not asked for a page that the user names', async () => {
    const { ask, server } = await start()
    expect(await ask('private/page')).toBe('page')
    expect(server.hits).toEqual(['private/page'])
  })

  it('stops a discovered page, and is fetched once', async () => {
    const { ask, server } = await start()
    const outcomes = await Promise.all([
      ask('private/page', discovered),
      ask('private/open', discovered),
      ask('good', discovered),
      ask('private/page', discovered),
    ])
    expect(outcomes).toEqual([['FETCH_ROBOTS', 'rarely'], 'page', 'page', ['FETCH_ROBOTS', 'rarely']])
    expect(server.hits.toSorted()).toEqual(['good', 'private/open', 'robots.txt'])
  })

  it('is held to at every redirect of a discovered page', async () => {
    const { ask, server } = await start()
    expect(await ask('redirect-to-private-page', discovered)).toEqual(['FETCH_ROBOTS', 'rarely'])
    expect(server.hits).toEqual(['robots.txt', 'redirect-to-private-page'])
  })

  it('is obeyed or ignored for a host by the table, whoever found the page', async () => {
    const obeying = await start('robots.txt', { robots: { 'site.test': 'obey' } })
    expect(await obeying.ask('private/page')).toEqual(['FETCH_ROBOTS', 'rarely'])
    const ignoring = await start('robots.txt', { robots: { 'site.test': 'ignore' } })
    expect(await ignoring.ask('private/page', discovered)).toBe('page')
    expect(ignoring.server.hits).toEqual(['private/page'])
  })

  it.each(['404', '410', '403', 'empty-200', '204'])('allows all when it is answered by %s', async name => {
    const { ask } = await start(name)
    expect(await ask('good', discovered)).toBe('page')
  })

  it.each(['500', '503-twice', '429-hour', 'slow-headers', 'reset-at-once', 'redirect-to-unlisted', 'endless-body'])(
    'forbids all, for now, when %s keeps it away',
    async name => {
      const { ask, server } = await start(name, { tries: 1, headersTimeout: 100, maxBytes: 100_000 })
      expect(await ask('good', discovered)).toEqual(['FETCH_ROBOTS', 'later'])
      expect(server.hits).not.toContain('good')
    },
  )

  it('does not hide that the budget is spent', async () => {
    const { ask } = await start('robots.txt', { budget: { requests: 0 } })
    expect(await ask('good', discovered)).toEqual(['FETCH_BUDGET', 'soon'])
  })
})

describe('the rules of a robots.txt', () => {
  async function allows(text: string, path: string): Promise<boolean> {
    const robots = createRobots(async () => ({ ok: true, value: text }), 'Weekloom/1.0 (+https://example.org/)')
    return robots.assertAllows(new URL(path, 'https://a.test')).then(
      () => true,
      () => false,
    )
  }

  it.each([
    ['User-agent: *\nDisallow: /', '/x', false],
    ['User-agent: *\nDisallow:', '/x', true],
    ['user-AGENT : weekloom \nDISALLOW : /a # not b', '/a', false],
    ['User-agent: *\nDisallow: /\n\nUser-agent: WeekLoom/2\nAllow: /', '/x', true],
    ['User-agent: other\nUser-agent: weekloom\nDisallow: /a', '/a', false],
    ['User-agent: other\nDisallow: /', '/a', true],
    ['User-agent: weekloomer\nDisallow: /', '/a', true],
    ['User-agent: weekloom\nDisallow: /a\nUser-agent: weekloom\nDisallow: /b', '/b', false],
    ['User-agent: weekloom\nDisallow: /a\nUser-agent: weekloom\nDisallow: /b', '/a', false],
    ['Disallow: /', '/x', true],
    ['User-agent: *\nDisallow: /*.php$', '/a/b.php', false],
    ['User-agent: *\nDisallow: /*.php$', '/a/b.php5', true],
    ['User-agent: *\nDisallow: /a\nAllow: /a/b', '/a/b/c', true],
    ['User-agent: *\r\nDisallow: /周报', '/周报/1', false],
    ['<!doctype html><title>Not found</title>', '/x', true],
    ['User-agent: *\nDisallow: /\nAllow: /$', '/', true],
    ['User-agent: *\nDisallow: /\nAllow: /$', '/a', false],
    ['User-agent: *\nDisallow: /a\nAllow: /a', '/a', true],
    ['User-agent: *\nDisallow: *a*b$', '/bab', false],
    ['User-agent: *\nDisallow: *a*b$', '/babc', true],
    ['User-agent: *\nDisallow: /a*a$', '/a', true],
    ['User-agent: *\nDisallow: /a$b', '/a$b', false],
    ['User-agent: *\nDisallow: /a**b', '/ab', false],
    ['User-agent: *\nDisallow: /a?b=*c', '/a?b=1&c', false],
    ['User-agent: *\nDisallow: /%e5%91%a8', '/周', false],
    ['User-agent: *\nDisallow: /\n\nUser-agent: weekloom\nDisallow:', '/x', true],
  ])('%j on %s: %s', async (text, path, expected) => {
    expect(await allows(text, path)).toBe(expected)
  })

  it('are each compared in linear time, also hundreds of hostile ones with hundreds of addresses', { timeout: 10_000 }, async () => {
    const files = [`/${'*a/'.repeat(660)}b$`, `/*${'a/'.repeat(990)}b`, `/${'*a/a/a/a/a/a/a/a/a/b'.repeat(90)}`]
    for (const file of files) {
      const robots = createRobots(async () => ({ ok: true, value: `User-agent: *\n${`Disallow: ${file}\n`.repeat(250)}` }), 'weekloom')
      for (let n = 100; n < 200; n++) await robots.assertAllows(new URL(`https://a.test/${'a/'.repeat(930)}${n}`))
    }
  })

  it('count by the ten thousand', async () => {
    const many = Array.from({ length: 20_000 }, (_, n) => `Disallow: /p/${n}/*.x\n`).join('')
    expect(await allows(`User-agent: *\n${many}`, '/p/19999/a.x')).toBe(false)
    expect(await allows(`User-agent: *\n${many}`, '/p/19999/a.y')).toBe(true)
  })

  it('are read in bounded memory and time', { timeout: 10_000 }, async () => {
    const agents = 'User-agent: *\n'.repeat(9_000)
    const rules = 'Disallow: /a*b*c*d*e*f\n'.repeat(4_000)
    expect(await allows(agents + rules, `/${'abcde'.repeat(380)}`)).toBe(true)
    expect(await allows(`User-agent: *\nDisallow: /${'*'.repeat(500_000)}`, '/x')).toBe(true)
  })

  it('forbid an address too long to compare', async () => {
    expect(await allows('User-agent: *\nDisallow: /a', `/${'x'.repeat(3000)}`)).toBe(false)
  })
})
