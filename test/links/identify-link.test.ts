import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import cases from '../../fixtures/links/identified.json' with { type: 'json' }
import { identifyLink, identityOf } from '../../src/links/identify-link.js'
import { rounds } from '../rounds.js'

const anyAddress = fc.oneof(
  fc.webUrl({ withFragments: true, withQueryParameters: true }),
  fc.string({ unit: 'binary' }),
  fc
    .array(
      fc.constantFrom(
        'https://',
        'http:',
        '/',
        'mp.weixin.qq.com',
        '/s',
        '/s/',
        '?',
        '&',
        '&amp;',
        '__biz=',
        'MzI5OTk5OTk5OQ==',
        'mid=1',
        'idx=1',
        'sn=',
        'key=k',
        '#',
        '%',
        '%2f',
        '@',
        '.',
        ':',
        '文',
        ' ',
        '\u0000',
      ),
    )
    .map(pieces => pieces.join('')),
  fc.tuple(fc.constantFrom(...cases.map(({ url }) => url)), fc.string()).map(([url, tail]) => url + tail),
)

describe('identifyLink', () => {
  it.each(cases)('knows: $name', ({ url, kind, key, canonical }) => {
    expect(identifyLink(url)).toEqual({ kind, key, url: canonical })
  })

  it('gives back nothing of a session', () => {
    for (const { url } of cases) expect(JSON.stringify(identifyLink(url))).not.toContain('SECRET')
  })

  it('never throws, and says the same of the address that it gave', () => {
    fc.assert(
      fc.property(anyAddress, address => {
        const first = identifyLink(address)
        expect(identifyLink(first.url)).toEqual(first)
      }),
      { numRuns: rounds(3000) },
    )
  })

  it('says the same of every spelling that means the same', () => {
    const web = fc.oneof(
      fc.webUrl({ withFragments: true, withQueryParameters: true }),
      fc
        .array(fc.constantFrom('/', 'a', '%e4', '?', '&', 'b=c', 'utm_source=x', '#', '#rd', '.'), { maxLength: 10 })
        .map(parts => `http://a.example/${parts.join('')}`),
      anyAddress,
    )
    fc.assert(
      fc.property(web, address => {
        if (identifyLink(address).kind === 'invalid') return
        // the scheme in capitals is no tidy address, so it goes the long way
        expect(identifyLink(address.replace(/^https?:/, scheme => scheme.toUpperCase()))).toEqual(identifyLink(address))
      }),
      { numRuns: rounds(3000) },
    )
  })

  it.each([
    ['http://a.example:443/x/', 'https://a.example/x'],
    ['http://a.example:8080/x/?', 'https://a.example:8080/x'],
    ['http://a.example//', 'https://a.example/'],
    ['https://a.example/x/?y=%e4/#z/', 'https://a.example/x?y=%E4/#z/'],
  ])('gives %s the key %s', (address, key) => {
    expect(identifyLink(address).key).toBe(key)
  })

  it('finds the article whatever stands around its parameters', () => {
    const noise = fc.array(fc.constantFrom('scene=1', 'key=SECRET', 'uin=SECRET', 'chksm=a', 'from=b', 'lang=zh_CN%23rd', 'x'), {
      maxLength: 5,
    })
    fc.assert(
      fc.property(
        noise,
        fc.constantFrom('&', '&amp;', '&amp;amp;'),
        fc.constantFrom('', '#rd', '#wechat_redirect'),
        fc.infiniteStream(fc.nat()),
        (extra, joint, hash, order) => {
          const parameters = ['__biz=MzI5OTk5OTk5OQ==', 'mid=2650000001', 'idx=1', 'sn=0a1b', ...extra].map(text => ({
            text,
            at: order.next().value,
          }))
          const query = parameters.sort((a, b) => a.at - b.at).map(({ text }) => text)
          expect(identifyLink(`http://mp.weixin.qq.com/s?${query.join(joint)}${hash}`).key).toBe(
            'wechat:MzI5OTk5OTk5OQ==/2650000001/1/0a1b',
          )
        },
      ),
    )
  })
})

describe('identityOf', () => {
  it('leaves out the check value, and nothing else', () => {
    expect(identityOf('wechat:MzI5OTk5OTk5OQ==/2650000001/1/0a1b')).toBe('wechat:MzI5OTk5OTk5OQ==/2650000001/1')
    for (const key of [
      'wechat:MzI5OTk5OTk5OQ==/2650000001/1',
      'wechat:s/Ab3-_xYz9QwErTyUiOpLkJ',
      'https://example.org/a/b/c/d',
      '',
      '/a/b/c/d',
    ]) {
      expect(identityOf(key)).toBe(key)
    }
  })
})

it('remembers addresses, and not the pages that they were cut from', () => {
  setFlagsFromString('--expose-gc')
  const collect: () => void = runInNewContext('gc')
  collect()
  const before = process.memoryUsage().heapUsed
  for (let page = 0; page < 100; page++) {
    // Joined and parted, so that it is one text in memory.
    const text = `${'x'.repeat(1_000_000)} https://blog.example/${page}/a-name-that-is-long-enough`.split('').join('')
    identifyLink(text.slice(text.indexOf('https')))
  }
  collect()
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(20_000_000)
})
