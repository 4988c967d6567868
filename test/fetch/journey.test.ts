import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { settleOptions } from '../../src/fetch/fetch-options.js'
import { Fault } from '../../src/fetch/fetch-problem.js'
import { followRedirect, startJourney } from '../../src/fetch/journey.js'
import { createMirrors } from '../../src/fetch/mirrors.js'

const settings = settleOptions({ allows: () => true })
const mirrors = createMirrors({ 'mp.weixin.qq.com': 'http://127.0.0.1:8080' })

/** Where a redirect from an address leads, or the code of its fault. */
function redirect(from: string, location: string, status = 302): string {
  try {
    const journey = startJourney(from, settings)
    followRedirect(journey, { status, headers: new Map([['location', location]]), body: new Uint8Array() }, settings, mirrors)
    return journey.url.href
  } catch (error) {
    if (error instanceof Fault) return error.code
    throw error
  }
}

describe('a redirect', () => {
  it.each([
    ['https://a.test/b/c?d', 'e', 'https://a.test/b/e'],
    ['https://a.test/b/c?d', '?e', 'https://a.test/b/c?e'],
    ['https://a.test/b', '//c.test', 'https://c.test/'],
    ['https://a.test/b', ' /c ', 'https://a.test/c'],
    ['https://a.test/b', 'http:\\\\c.test\\d', 'http://c.test/d'],
    ['https://a.test/b', 'HTTPS://C.TEST:443/d#e', 'https://c.test/d'],
    ['https://a.test/b', 'https://user:secret@c.test./d', 'https://c.test/d'],
    ['https://a.test/b', '#c', 'FETCH_REDIRECT'],
    ['https://a.test/b', '', 'FETCH_REDIRECT'],
    ['https://a.test/b', 'javascript:alert(1)', 'FETCH_SCHEME'],
    ['https://a.test/b', 'blob:https://a.test/1', 'FETCH_SCHEME'],
    ['https://a.test/b', 'http://', 'FETCH_SCHEME'],
    ['https://mp.weixin.qq.com/s/a', 'http://127.0.0.1:8080/s/b', 'https://mp.weixin.qq.com/s/b'],
    ['https://mp.weixin.qq.com/s/a', 'http://127.0.0.1:8081/s/b', 'http://127.0.0.1:8081/s/b'],
  ])('from %s to %j leads to %s', (from, location, expected) => {
    expect(redirect(from, location)).toBe(expected)
  })

  it('leads to a web address without secrets or fails, whatever it names', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.webUrl({ withFragments: true, withQueryParameters: true }),
          fc.string().map(text => `http://${text}`),
        ),
        location => {
          const target = redirect('https://a.test/b', location)
          expect(target).toMatch(/^(?:https?:\/\/[^/@#]+\/[^#]*|FETCH_(?:SCHEME|REDIRECT))$/)
        },
      ),
    )
  })
})
