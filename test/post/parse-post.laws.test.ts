import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parsePosts } from '../../src/post/parse-post.js'
import { rounds } from '../rounds.js'

const scraps = [
  '---\n',
  '+++\n',
  'title: a\n',
  'date: 2023-01-02\n',
  'Title: b\n',
  '# ',
  '## ',
  '\n',
  '\n\n',
  '- ',
  '1. ',
  '> ',
  '**',
  '*',
  '_',
  '`',
  '```\n',
  '[',
  '](',
  ')',
  '![',
  '] [',
  '[a]: ',
  '<',
  '>',
  '<!--',
  '-->',
  '<a href="',
  '">',
  '</a>',
  '<script>',
  '{{<',
  '>}}',
  '{%',
  '%}',
  ':::\n',
  '|',
  '|-|\n',
  '&amp;',
  '&',
  '\\',
  '    ',
  '\t',
  '：',
  '，',
  '。',
  '《',
  '》',
  '点击进入',
  '链接',
  'https://mp.weixin.qq.com/s/AAAAAAAAAAAAAAAAAAAAAA',
  'https://example.org/a',
  'hhttps://x',
  '://',
  '2022-01-08',
  '[^1]',
  '[^1]: ',
  '\u0000',
  '\ud800',
  '\u200b',
  '标题',
  'word ',
]

/** Texts made of what means something to the parser, in any order. */
const scrapText = fc.array(fc.constantFrom(...scraps), { maxLength: 60 }).map(parts => parts.join(''))
const anyText = fc.oneof(scrapText, fc.string({ unit: 'binary', maxLength: 200 }))
const options = { path: 'a/index.md', url: 'https://example.org/a/' }

describe('parsePosts', () => {
  it('reads any text, and reads it the same way twice', () => {
    fc.assert(
      fc.property(anyText, text => {
        const outcome = parsePosts(text, options)
        expect(outcome.ok).toBe(true)
        expect(parsePosts(text, options)).toEqual(outcome)
        expect(JSON.parse(JSON.stringify(outcome))).toEqual(outcome)
      }),
      { numRuns: rounds(1000) },
    )
  })

  it('pays no attention to the kind of line ends', () => {
    fc.assert(
      fc.property(anyText, text => {
        const lines = text.replaceAll('\r', '')
        expect(parsePosts(lines.replaceAll('\n', '\r\n'), options)).toEqual(parsePosts(lines, options))
      }),
      { numRuns: rounds(500) },
    )
  })

  const word = fc.constantFrom('风筝', '芦苇', 'kite', 'reed', '点击进入', '上篇')
  const address = fc.nat(999).map(number => `https://example.org/${number}`)
  const block = fc.oneof(
    fc.tuple(word, address).map(([text, url]) => `[${text}](${url})`),
    fc.tuple(word, address).map(([text, url]) => `- ${text} ${url}`),
    fc.tuple(word, address).map(([text, url]) => `**${text}**\n${url}`),
    fc.tuple(word, address).map(([text, url]) => `> ${text}\n> <${url}>`),
    fc.tuple(word, address).map(([text, url]) => `<div>\n<a href="${url}">${text}</a>\n</div>`),
    fc.tuple(word, address).map(([text, url]) => `|a|b|\n|-|-|\n|${text}|${url}|`),
    word.map(text => `### ${text}`),
    word.map(text => `\`${text}\n${text}\` and ${text}`),
    word,
  )

  it('gives each link the line that has its text or its address', () => {
    fc.assert(
      fc.property(fc.array(block, { maxLength: 12 }), fc.boolean(), (blocks, front) => {
        const text = `${front ? '---\ntitle: a\n\ndate: 2023-01-01\n---\n' : ''}${blocks.join('\n\n')}`
        const outcome = parsePosts(text, options)
        const lines = text.split('\n')
        for (const post of outcome.ok ? outcome.value : []) {
          for (const section of post.sections) {
            if (section.heading !== '') expect(lines[section.line - 1]).toContain(section.heading)
            for (const link of section.links) expect(lines[link.line - 1]).toContain(link.url)
          }
        }
      }),
      { numRuns: rounds(500) },
    )
  })

  const floods: Record<string, string> = {
    'opening brackets': '[',
    pictures: '![',
    quotations: '>',
    backticks: '`',
    ampersands: '&',
    tags: '<a b="',
    comments: '<!--',
    scripts: '<script>\n',
    shortcodes: '{{<',
    asterisks: '**a ',
    addresses: 'https://a ',
    links: '[链接](http://a.b) ',
    'lines of addresses': 'https://a.b/c\n',
    headings: '# 2020-01-01\n',
    'references with a space': '[b]: x\n\n[a] [b] ',
    'nested lists': '  - a\n    1) b\n',
    footnotes: '[^a]: b\n\n',
  }
  it.each(Object.entries(floods))(
    'comes through a flood of %s',
    (_, part) => {
      expect(parsePosts(part.repeat(200_000 / part.length), options).ok).toBe(true)
    },
    30_000,
  )

  const long = 'x'.repeat(2000)
  it.each([
    ['references to a long address', `[a]: http://b/${long}\n\n`, '[a] '],
    ['references to an address that grows in HTML', `[a]: http://b/?${'&'.repeat(2000)}\n\n`, '[a] '],
    ['references with a long title', `[a]: http://b/ "${'<'.repeat(2000)}"\n\n`, '[a] '],
    ['references with a space', `[b]: http://b/${long}\n\n`, '[a] [b] '],
    ['pictures by reference', `[a]: http://b/${long}\n\n`, '![a] '],
    ['references in raw HTML', `[a]: http://b/${long}\n\n<div>\n`, '[a] '],
    ['links under a long heading', `# ${'y'.repeat(20_000)}\n\n`, '[a](http://b) '],
    ['relative links', '', '[a](b) '],
    ['relative links beside raw HTML', '<b>a</b> ', '[a](b) '],
    ['questions in one paragraph', '## Q&A\n\n', '@a asks:\nb\nA: [c](d)\n'],
    ['questions in one list', '## Q&A\n\n', '- Q: b\n- A: [c](d)\n'],
    ['frames', '', '<iframe src="//player.bilibili.com/?bvid=BV1xx411c7mD">'],
  ])('makes no more than a few times as much of a flood of %s', (_, start, part) => {
    const text = start + part.repeat(60_000 / part.length)
    const outcome = parsePosts(text, { path: 'a.md', url: `https://example.org/${long.slice(0, 1000)}/` })
    const [post] = outcome.ok ? outcome.value : []
    expect(post?.html.length).toBeLessThan(20 * text.length)
    expect(JSON.stringify(outcome).length).toBeLessThan(30 * text.length)
  })

  it('keeps the addresses of a post that refers to its own often', () => {
    const text = `[a]: https://example.org/${'x'.repeat(80)}\n\n${'- [a] and more\n'.repeat(500)}`
    const outcome = parsePosts(text, options)
    expect(outcome.ok && outcome.value[0]?.sections.flatMap(({ links }) => links)).toHaveLength(500)
  })

  it.each([
    ['lists in lists', `---\na: ${'['.repeat(30_000)}\n---\n`],
    ['tables in tables', `---\n${'{a: '.repeat(10_000)}\n---\n`],
    ['lists of lists on a line', `---\n${'- '.repeat(20_000)}\n---\n`],
    ['aliases of aliases', `---\na: &a [x,x]\nb: &b [${'*a,'.repeat(50)}]\nc: &c [${'*b,'.repeat(50)}]\nd: [${'*c,'.repeat(50)}]\n---\n`],
    ['lists in lists of TOML', `+++\na = ${'['.repeat(30_000)}\n+++\n`],
    ['tables in tables of JSON', `{"a": 1,\n${'"a": {'.repeat(20_000)}\n}\n`],
    ['quotes in a text of JSON', `{"a": "${'\\"'.repeat(200_000)}\n}\n`],
    ['commas and space in JSON', `{"a": "b" "c"${`,${' '.repeat(30)}`.repeat(2000)}\n}\n`],
    ['dotted keys of TOML', `+++\n${'a.'.repeat(20_000)}a = 1\n+++\n`],
  ])(
    'comes through front matter of %s',
    (_, text) => {
      expect(parsePosts(`${text}\n[reed](https://example.org/a)`, options)).toMatchObject({
        ok: true,
        value: [{ sections: [{ links: [{ title: 'reed' }] }] }],
      })
    },
    30_000,
  )
})
