import { describe, expect, it } from 'vitest'
import { extractArticle } from '../../src/article/extract-article.js'
import { WeekloomError } from '../../src/problems.js'
import type { Extractor, Page } from '../../src/types.js'

const url = 'https://wiki.example/raft'
const body = '<html lang="en"><head><title>By its title tag</title></head></html>'
const article = { key: url, url, title: 'Raft', authors: [], kind: 'article', extractor: 'wiki', from: { title: 'h1' } }
const read = { ok: true, value: article }
const { ok: _, ...readNothing } = read

/** An extractor of a program without types. */
const giving = (extract: (page: Page, options: { body: boolean }) => unknown, matches: (url: URL) => unknown = () => true): Extractor =>
  Object.assign(Object.create(null), { name: 'wiki', matches, extract })
const ask = (extractor: Extractor, more: { body?: boolean } = {}, input: string | Uint8Array = body) =>
  extractArticle({ url, body: input }, { ...more, extractors: [extractor] })
const withFields = (fields: object) => giving(() => ({ ok: true, value: { ...article, ...fields } }))
const readBy = (extractor: Extractor) => {
  const outcome = ask(extractor)
  return outcome.ok ? outcome.value : expect.unreachable(outcome.problem.message)
}

const throwing = () => {
  throw new Error('no such luck')
}
const cycle: { self?: object } = {}
cycle.self = cycle

describe("the caller's extractor", () => {
  it.each<[string, Extractor, RegExp]>([
    ['throws', giving(throwing), /no such luck/],
    ['throws an object without a text', giving(() => throwObject()), /no error/],
    ['throws when asked whether it matches', giving(() => read, throwing), /no such luck/],
    [
      'says of a match neither yes nor no',
      giving(
        () => read,
        () => 'yes',
      ),
      /`matches` gave neither true nor false/,
    ],
    [
      'promises to say whether it matches',
      giving(
        () => read,
        () => Promise.reject(new Error('later')),
      ),
      /`matches` gave neither/,
    ],
    ['promises an article', giving(async () => read), /a promise/],
    ['promises a title and breaks it', giving(() => ({ ok: true, value: { title: Promise.reject(new Error('later')) } })), /a promise/],
    ['promises one and breaks it', giving(() => Promise.reject(new Error('later'))), /a promise/],
    ['gives nothing', giving(() => undefined), /no outcome/],
    ['gives a text', giving(() => 'Raft'), /no outcome/],
    ['gives an article as it is', giving(() => article), /no outcome/],
    ['gives no `ok`', giving(() => readNothing), /no outcome/],
    ['gives a success without a value', giving(() => ({ ok: true })), /no article as `value`/],
    ['gives a failure without a problem', giving(() => ({ ok: false })), /`problem` is none of the catalogue/],
    [
      'gives a problem of its own',
      giving(() => ({ ok: false, problem: { code: 'MINE', level: 'note', message: 'm', where: {} } })),
      /catalogue/,
    ],
    ['gives problems that are none', giving(() => ({ ...read, problems: ['bad'] })), /`problems` are no problems/],
    ['gives a title that is no text', withFields({ title: 5 }), /`title` is not what it has to be/],
    ['gives an empty title', withFields({ title: ' \n' }), /`title` is empty/],
    ['gives no key', withFields({ key: undefined }), /`key` is not/],
    ['gives a date that is none', withFields({ published: 'yesterday' }), /`published` is not/],
    ['gives a Date that is none', withFields({ published: new Date('x') }), /`published` is not/],
    ['gives an author without a name', withFields({ authors: [{ url }] }), /`authors` is not/],
    ['gives a kind that is not known', withFields({ kind: 'poem' }), /`kind` is not/],
    ['gives a place that is no text', withFields({ from: { title: 1 } }), /`from` is not/],
    ['gives an address that runs', withFields({ url: 'javascript:alert(1)' }), /`url` is no absolute address/],
    ['gives a field that articles do not have', withFields({ publishd: '2024-05-01' }), /no field `publishd`; did you mean `published`/],
    ['gives what is no data', withFields({ account: { name: 'Wiki', owner: cycle } }), /circular/i],
    ['gives a number that no JSON has', withFields({ authors: [{ name: 'Lin', url: 1n }] }), /BigInt/],
  ])('that %s costs nothing: the next that matches reads the page, and a problem says why', (_title, extractor, cause) => {
    const outcome = ask(extractor)
    expect(outcome).toMatchObject({
      ok: true,
      value: { title: 'By its title tag', extractor: 'generic' },
      problems: [{ code: 'EXTRACTOR_FAILED', level: 'error', where: { url }, message: expect.stringContaining('wiki') }],
    })
    expect(outcome.problems?.[0]?.cause).toMatch(cause)
  })

  it('that fails is told of beside the problem of a page that nobody can read', () => {
    expect(ask(giving(throwing), {}, '<p>no title</p>')).toMatchObject({
      ok: false,
      problem: { code: 'ARTICLE_TITLE_MISSING' },
      problems: [{ code: 'EXTRACTOR_FAILED' }],
    })
  })

  it('that fails makes way for the next of the caller', () => {
    const second: Extractor = { ...withFields({ title: 'The second' }), name: 'second' }
    expect(extractArticle({ url, body }, { extractors: [giving(throwing), second] })).toMatchObject({
      value: { title: 'The second', extractor: 'second' },
      problems: [{ code: 'EXTRACTOR_FAILED' }],
    })
  })

  it('may say that a page is no article, and what it noticed', () => {
    const problem = { code: 'ARTICLE_TITLE_MISSING', level: 'warning', message: 'No heading.', where: { url } }
    expect(ask(giving(() => ({ ok: false, problem })))).toEqual({ ok: false, problem })
    expect(ask(giving(() => ({ ...read, problems: [problem] })))).toEqual({ ok: true, value: article, problems: [problem] })
  })

  it('gives HTML that is made clean, and addresses in it that start from the page', () => {
    const html =
      '<p onclick="steal()">Text<script>steal()</script><style>p{}</style><img src="/a.png" onerror="steal()"><a href="javascript:steal()">x</a><iframe src="https://a.example/"></iframe></p>'
    expect(readBy(withFields({ html })).html).toBe('<p>Text<img src="https://wiki.example/a.png">x</p>')
    expect(readBy(withFields({ html: '<script>1</script>' }))).not.toHaveProperty('html')
  })

  it('gives plain names, and a cover by an address that can be opened', () => {
    const given = { title: ' Raft\u0000\n log ', summary: 'a\tb', authors: [{ name: ' Lin ' }], account: { name: '\u202eWiki' } }
    expect(readBy(withFields({ ...given, image: '/cover.png' }))).toMatchObject({
      title: 'Raft log',
      summary: 'a b',
      authors: [{ name: 'Lin' }],
      account: { name: 'Wiki' },
      image: 'https://wiki.example/cover.png',
    })
    expect(readBy(withFields({ image: 'javascript:alert(1)' }))).not.toHaveProperty('image')
  })

  it('may give dates as a Date, or as any text that is one; what is undefined is absent', () => {
    const value = readBy(withFields({ published: new Date('2024-05-01T02:00:00Z'), updated: '2024-05-02', summary: undefined }))
    expect(value).toMatchObject({ published: '2024-05-01T02:00:00.000Z', updated: '2024-05-02T00:00:00.000Z' })
    expect(value).not.toHaveProperty('summary')
  })

  it('is named as the one that read the page, whatever it says', () => {
    expect(readBy(withFields({ extractor: 'wechat' })).extractor).toBe('wiki')
  })

  it('gives no body when none is wanted', () => {
    expect(ask(withFields({ html: '<p>text</p>' }), { body: false })).toEqual({ ok: true, value: article })
  })

  it('may change the page and the address that it is given, and what it gave, for itself alone', () => {
    const bytes = new TextEncoder().encode(body)
    const given = { ...article, authors: [{ name: 'Lin' }] }
    const vandal = giving(
      (page, options) => {
        if (page.body instanceof Uint8Array) page.body.fill(0)
        Object.assign(page, { body: '', finalUrl: 'https://other.example/' })
        Object.assign(options, { body: false })
        return { ok: true, value: given }
      },
      matched => {
        matched.href = 'https://other.example/'
        return true
      },
    )
    const failing: Extractor = {
      ...vandal,
      name: 'failing',
      extract(page, options) {
        vandal.extract(page, options)
        throw new Error('after all')
      },
    }
    const input = { url, body: bytes }
    expect(extractArticle(input, { extractors: [failing] })).toMatchObject({ value: { title: 'By its title tag', url } })
    const outcome = extractArticle(input, { extractors: [vandal] })
    given.authors.pop()
    expect(outcome).toMatchObject({ value: { authors: [{ name: 'Lin' }] } })
    expect(new TextDecoder().decode(bytes)).toBe(body)
    expect(input).toEqual({ url, body: bytes })
  })

  it.each([[5], ['wiki'], [{}], [[null]], [[{ name: 'wiki' }]], [[{ name: 'wiki', matches: () => true, extract: 'h1' }]]])(
    'is refused at the door where it is none: %j',
    extractors => {
      const call = () => Reflect.apply(extractArticle, undefined, [{ url, body }, { extractors }])
      expect(call).toThrow(WeekloomError)
      expect(call).toThrow(/`extractors(\[\d\])?` must be (?:a list of extractors|an object with `name`, `matches` and `extract`), not /)
    },
  )
})

function throwObject(): never {
  throw Object.create(null)
}
