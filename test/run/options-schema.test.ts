import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { assertOptions, findOptionMistakes } from '../../src/run/options-schema.js'
import { articles } from '../../src/sources/articles.js'
import { explainMistake } from '../../src/sources/option-mistakes.js'
import { weekly } from '../../src/sources/weekly.js'

const good = { site: { title: 'Loom Weekly', url: 'https://loomstack.example/' }, sources: [{ name: 'own', async *read() {} }] }
const mistakes = (more: object) => findOptionMistakes({ ...good, ...more }).map(explainMistake)

describe('the options', () => {
  it('are accepted with nothing but a site and a source', () => expect(mistakes({})).toEqual([]))
  it.each([
    [{ feedz: {} }, 'Option feedz: is not an option; did you mean feeds?'],
    [{ site: { ...good.site, timezone: 'Asia/Shanghai' } }, 'Option site.timezone: is not an option; did you mean timeZone?'],
    [{ feeds: { feed: { off: 'issues' } } }, 'Option feeds.feed.off: is not an option; did you mean of?'],
    [{ fetch: { useragent: 'x' } }, 'Option fetch.useragent: is not an option; did you mean userAgent?'],
    [{ xyzzy: 1 }, 'Option xyzzy: is not an option'],
    [{ network: 'off' }, 'Option network: must be one of "auto", "frozen", "refresh"'],
    [{ feeds: { feed: { per: 'tags' } } }, 'Option feeds.feed.per: must be one of "account", "tag", "section"; did you mean "tag"?'],
    [{ failOn: ['invald'] }, 'Option failOn.0: must be one of "invalid", "churn", "new-failures", or an object; did you mean "invalid"?'],
    [{ output: '' }, 'Option output: must not be empty'],
    [{ store: '' }, 'Option store: must not be empty'],
    [{ store: 3 }, 'Option store: must be a text, or a folder or a store'],
    [{ store: 'public/feeds/.store' }, 'Option store: must not lie in the output folder (public/feeds), which is published'],
    [{ store: 'kept', output: 'kept/feeds' }, 'Option output: must not lie in the store (kept)'],
    [{ store: 'kept', output: './kept/' }, 'Option output: must not lie in the store (kept)'],
    [{ page: '../feeds.html' }, 'Option page: must be the name of a file in the output folder'],
    [{ page: 'rss.xml' }, 'Option page: must not be called rss.xml: that is the RSS feed'],
    [{ opml: 'Feeds.html' }, 'Option page: must not be called feeds.html: that is the file of opml'],
    [{ calendar: 'issues' }, 'Option calendar: must not be called issues: that is the folder of the feed issues'],
    [
      { feeds: { all: {}, tags: { per: 'tag' } }, page: 'tags' },
      'Option page: must not be called tags: that is the folder of the feed tags',
    ],
    [{ sources: [] }, 'Option sources: must name at least one source'],
    [
      { sources: ['content/*.md'] },
      'Option sources.0: must be a source: weekly(), articles(), feeds(), opml(), or an object with name and read',
    ],
    [
      { site: { ...good.site, timeZone: 'Asia/Shanghia' } },
      'Option site.timeZone: must be the IANA name of a time zone, e.g. Asia/Shanghai; did you mean Asia/Shanghai?',
    ],
    [
      { site: { ...good.site, timeZone: 'Mars/Olympus' } },
      'Option site.timeZone: must be the IANA name of a time zone, e.g. Asia/Shanghai',
    ],
    [
      { site: { ...good.site, language: 'zh_CN' } },
      'Option site.language: must be a BCP 47 tag of a language, such as en or zh-TW; did you mean zh-CN?',
    ],
    [
      { site: { ...good.site, language: '中文' } },
      'Option site.language: must be a BCP 47 tag of a language, such as en or zh-TW; did you mean zh-CN?',
    ],
    [{ site: { ...good.site, language: 'a b' } }, 'Option site.language: must be a BCP 47 tag of a language, such as en or zh-TW'],
    [{ feeds: { News: {}, news: {} } }, 'Option feeds: must have names that differ in more than case, since each is a folder'],
    [{ baseUrl: 'urn:loom' }, 'Option baseUrl: must be an absolute address that begins with https:// or http://'],
    [{ fetch: { perHost: 1.5 } }, 'Option fetch.perHost: must be a whole number'],
    [{ fetch: { timeout: '20s' } }, 'Option fetch.timeout: must be a number'],
    [{ site: { title: 3, url: good.site.url } }, 'Option site.title: must be a text'],
    [{ site: undefined }, 'Option site: is missing'],
    [{ site: { url: good.site.url } }, 'Option site.title: is missing'],
    [{ fullText: 'Loom Lab' }, 'Option fullText: must be true or false, or a list'],
    [{ feeds: { feed: { limit: true } } }, 'Option feeds.feed.limit: must be a number, or false'],
    [
      { site: { title: 'x', url: 'loomstack.example' } },
      'Option site.url: must be an absolute address that begins with https:// or http://',
    ],
    [{ extractors: {} }, 'Option extractors: must be a list'],
    [{ extractors: ['wiki'] }, 'Option extractors.0: must be an object with name, matches(url) and extract(page)'],
    [
      { extractors: [{ name: 'wiki', matches: /wiki/, extract: () => ({}) }] },
      'Option extractors.0: must be an object with name, matches(url) and extract(page)',
    ],
    [{ extractor: [] }, 'Option extractor: is not an option; did you mean extractors?'],
    [{ network: 'freezed' }, 'Option network: must be one of "auto", "frozen", "refresh"; did you mean "frozen"?'],
    [
      { images: 'no-referer' },
      "Option images: must be 'no-referrer', 'keep', 'copy', or an address that begins with https:// and has {url} in it; did you mean 'no-referrer'?",
    ],
    [{ hosts: { h: 'localhost' } }, 'Option hosts.h: must be the address that is asked instead, such as http://127.0.0.1:8080'],
    [{ now: 'yesterday' }, 'Option now: must be a moment with its zone, such as 2024-05-31T08:00:00Z'],
    [{ feeds: { 'a/b': {} } }, 'Option feeds.a/b: must have a name of letters, digits and -, since it is a folder'],
    [{ feeds: { '': {} } }, 'Option feeds: must have a name of letters, digits and -, since it is a folder'],
    [{ failOn: [{ entriesBelw: 10 }] }, 'Option failOn.0.entriesBelw: is not an option; did you mean entriesBelow?'],
    [{ failOn: [{ entriesBelow: 'x' }] }, 'Option failOn.0.entriesBelow: must be a number'],
    [{ onEntry: null }, 'Option onEntry: must be a function: entry => entry, where null for an entry leaves it out'],
    [
      { hosts: { 'https://mp.weixin.qq.com': 'http://127.0.0.1:8080' } },
      'Option hosts.https://mp.weixin.qq.com: must be under the name of a host; did you mean mp.weixin.qq.com?',
    ],
    [
      { fetch: { pause: { 'blog.example/': 1 } } },
      'Option fetch.pause.blog.example/: must be under the name of a host; did you mean blog.example?',
    ],
    [{ fetch: { robots: { 'a b': 'obey' } } }, 'Option fetch.robots.a b: must be under the name of a host, such as blog.example'],
    [{ fetch: { timeout: 1e12 } }, 'Option fetch.timeout: must be at most 2147483647'],
    [{ fetch: { pause: { '*': 1e12 } } }, 'Option fetch.pause.*: must be at most 1651910497'],
    [
      { images: 'proxy' },
      "Option images: must be 'no-referrer', 'keep', 'copy', or an address that begins with https:// and has {url} in it",
    ],
  ])('answer %j with the name that was meant or what is wrong', (more, message) => expect(mistakes(more)).toEqual([message]))
  it('let the store lie in an output folder that holds the whole site', () => expect(mistakes({ output: '.' })).toEqual([]))
  it('tell of a mistyped name that was demanded once', () => {
    const { sources, ...rest } = good
    expect(findOptionMistakes({ ...rest, sorces: sources }).map(explainMistake)).toEqual([
      'Option sorces: is not an option; did you mean sources?',
    ])
  })
  it.each([
    [() => Reflect.apply(weekly, undefined, []), 'Option weekly: must be made of texts, not of undefined'],
    [() => weekly('*.md', { timeZone: 'Mars' }), 'Option weekly.timeZone: must be the IANA name of a time zone, e.g. Asia/Shanghai'],
    [() => articles([], { page: 1 } as object), 'Option articles.page: is not an option; did you mean pages?'],
  ])('of a source are refused when it is made', (make, message) => expect(make).toThrow(message))
  it('throw all mistakes at once, in words', () => {
    expect(() => assertOptions({ ...good, feedz: {}, storee: 'x' })).toThrow(/feedz.*\n.*storee/)
  })
  describe('in a program whose zod has words of its own', () => {
    const before = z.config().localeError
    beforeAll(() => void z.config({ localeError: () => 'non!' }))
    afterAll(() => void z.config({ localeError: before }))
    it('answer in the same words', () =>
      expect(mistakes({ output: '', fetch: { perHost: 0 } })).toEqual([
        'Option output: must not be empty',
        'Option fetch.perHost: must be more than 0',
      ]))
  })
  it.each([undefined, null, 3, 'text', []])('refuse %j without a crash', options =>
    expect(() => assertOptions(options)).toThrow('must be an object'),
  )
})
