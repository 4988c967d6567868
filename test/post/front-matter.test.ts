import { describe, expect, it } from 'vitest'
import { frontAuthors, frontTags, frontText, isDraft } from '../../src/post/front-fields.js'
import { splitFrontMatter } from '../../src/post/front-matter.js'

/** A text that is body from its first line. */
const untouched = (text: string): [text: string, body: string, offset: number] => [text, text, 0]

const dataOf = (yaml: string) => splitFrontMatter(`---\n${yaml}\n---\nbody`, {}).data

describe('splitFrontMatter', () => {
  it.each([
    ['nothing', 'body', 'body', 0],
    ['YAML', '---\na: b\n---\nbody', 'body', 3],
    ['a word behind a line across the page', ...untouched('--- Weekly\n\na\n\n---\n\nb')],
    ['YAML with spaces behind its marks', '---  \na: b\n--- \nbody', 'body', 3],
    ['an empty block', '---\n---\nbody', 'body', 2],
    ['TOML', '+++\na = "b"\n+++\nbody', 'body', 3],
    ['YAML that names its language', '---yaml\na: b\n---\nbody', 'body', 3],
    ['TOML that names its language', '---toml\na = "b"\n---\nbody', 'body', 3],
    ['JSON that names its language', '---json\n{"a": "b"}\n---\nbody', 'body', 3],
    ['a program', '---js\n{ title: "A" }\n---\nbody', 'body', 3],
    ['JSON of Hugo', '{\n\t"a": "b"\n}\nbody', 'body', 3],
    ['JSON of Hugo on one line', '{"a": "}\\"{", "b": {}}\n\nbody', '\nbody', 1],
    ['JSON of Hugo whose brackets do not pair', '{\n"a": {"b": 1,\n}\nbody', 'body', 3],
    ['JSON of Hexo', '"a": "b",\n"c": 1\n;;;\nbody', 'body', 3],
    ['JSON of Hexo with a line above', ';;;\n"a": "b"\n;;;\nbody', 'body', 3],
    ['JSON in brackets between the marks of Hexo', ';;;\n{"a": "b"}\n;;;\nbody', 'body', 3],
    ['YAML of older Hexo', 'title: a\ntags:\n- b\n---\nbody', 'body', 4],
    ['lines of Pelican, and a line across the page', 'Title: a\n\ntext\n\n---\nbody', '\ntext\n\n---\nbody', 1],
    ['YAML behind blank lines', '\n \n---\ntitle: b\n---\nbody', 'body', 5],
    ['TOML behind a blank line', '\n+++\ntitle = "b"\n+++\nbody', 'body', 4],
    ['JSON behind a blank line', '\n{\n"title": "b"\n}\nbody', 'body', 4],
    ['JSON that names its language behind a blank line', '\n---json\n{"title": "b"}\n---\nbody', 'body', 4],
    ['YAML behind a blank line that begins with a comment', '\n---\n# a\ntitle: b\n---\nbody', 'body', 5],
    ['YAML behind a blank line that begins with a quoted key', '\n---\n"a": b\ntitle: b\n---\nbody', 'body', 5],
    ['YAML behind a blank line that begins with a Chinese key', '\n---\n期数: 7\ntitle: b\n---\nbody', 'body', 5],
    ['broken YAML behind a blank line', '\n---\ntitle: b: c\ntags: [\n  d\n---\nbody', 'body', 6],
    ['lines of Pelican', 'Title: a\nDate: 2016-01-01\n\nbody', '\nbody', 2],
    ['a rule that is not closed', '---\nbody', '---\nbody', 0],
    ['JSON that is not closed', '{"a": "b"\n\nbody', '{"a": "b"\n\nbody', 0],
    ['a shortcode', '{{< a "b": >}}\nbody', '{{< a "b": >}}\nbody', 0],
    ['a tag of Liquid', '{% raw %}\nbody', '{% raw %}\nbody', 0],
    ['a text in brackets', '{"a"}\nbody', '{"a"}\nbody', 0],
    ['a quotation', '"a": b\n\nbody', '"a": b\n\nbody', 0],
    ['a line across the page behind a blank line', '\n---\ntext\n\n---\nbody', '\n---\ntext\n\n---\nbody', 0],
    ['addresses between lines across the page', ...untouched('\n---\nhttps://a.example/b\n\n- [c](https://a.example/c)\n\n---\nbody')],
    ['an address without words between them', ...untouched('\n---\nhttps://a.example/b\n---\nbody')],
    ['a note between them', ...untouched('\n---\nNote: [c](https://a.example/c)\n---\nbody')],
    ['a list below a known key between them', ...untouched('\n---\nTitle: b\n- [c](https://a.example/c)\n---\nbody')],
    ['prose below a known key between them', ...untouched('\n---\nAuthor: b\n\nsee https://a.example/c\n\n---\nbody')],
    ['prose that begins like a key, above such a line', ...untouched('Title: a\nsee https://a.example/c, b: c\n---\nbody')],
    ['a line on the layout above such a line', ...untouched('Layout: a\n---\nbody')],
    ['a line that only looks like a key', 'Note: a\n\nbody', 'Note: a\n\nbody', 0],
  ])('takes %s off', (_, text, body, offset) => {
    const split = splitFrontMatter(text, {})
    expect(split).toMatchObject({ body, offset })
    if (offset === 0) expect(split).toMatchObject({ data: new Map(), problems: [] })
  })

  it('keeps values as their author wrote them', () => {
    const data = dataOf('date: 2023-08-18T15:00:00+08:00\nversion: 1.10\nnumber: 007\nyes: no')
    expect(['date', 'version', 'number', 'yes'].map(key => data.get(key))).toEqual(['2023-08-18T15:00:00+08:00', '1.10', '007', 'no'])
  })

  it('names the line that a parser stops at', () => {
    const { problems } = splitFrontMatter('---\ntitle: a\nauthor: [b\n---\n', { file: 'a.md' })
    expect(problems).toMatchObject([{ code: 'POST_FRONT_MATTER_BROKEN', where: { file: 'a.md' } }])
    expect(problems[0]?.where.line).toBeGreaterThanOrEqual(3)
  })

  it.each([
    ['{\n"title": "A",\n"draft": true,\n"tags": ["x", "y"],\n"no": {"b": 2}\n}\n', 0],
    ['{"title":"A","draft":true,"tags":["x","y"]}', 0],
    ['---json\n{"title":"A","draft":true,"tags":["x","y"]}\n---\n', 0],
    [';;;\n"title":"A",\n"draft":true,\n"tags":["x","y"]\n;;;\n', 0],
    ['{\n"title": "A"\n"draft": true,\n"tags": ["x", "y"]\n}\n', 3],
    ['{"title":"A" "draft":true, "tags":["x","y"]}\n', 1],
    ['---json\n{"title":"A",\n"tags":["x","y"],\n"draft":true, "a": [}\n---\n', 4],
    [';;;\n"title":"A",\n"tags":["x","y"],\n"a": [,\n"draft":true\n;;;\n', 4],
  ])('reads JSON, also where it is broken, then with the line: %j', (text, line) => {
    const { data, problems } = splitFrontMatter(text, {})
    expect([frontText(data, 'title'), isDraft(data), frontTags(data)]).toEqual(['A', true, ['x', 'y']])
    expect(problems.map(({ code, where }) => [code, where.line])).toEqual(line === 0 ? [] : [['POST_FRONT_MATTER_BROKEN', line]])
  })

  it.each([
    '\n{"title": "A", "draft": true}\n',
    '\n---json\n{"title": "A", "draft": true}\n---\n',
    '\n---\n# a comment\ntitle: A\ndraft: true\n---\n',
    '\n---\n期数: 7\ntitle: A\ndraft: true\n---\n',
    '\n---\ntitle: A\nsummary: b: c\ndraft: true\n---\n',
  ])('keeps drafts back behind blank lines: %j', text => {
    const { data } = splitFrontMatter(text, {})
    expect([frontText(data, 'title'), isDraft(data)]).toEqual(['A', true])
  })

  it('reads key by key what cannot be parsed', () => {
    const data = dataOf('title: SOFA: a week: @all\ntags:\n - x\n - "y"\nlist: [a, "b"]\nbroken: "')
    expect(frontText(data, 'title')).toBe('SOFA: a week: @all')
    expect(frontTags(data)).toEqual(['x', 'y'])
    expect(data.get('list')).toEqual(['a', 'b'])
  })

  it('is not poisoned by keys with a meaning in JavaScript', () => {
    const data = dataOf('__proto__:\n  draft: true\nconstructor: a')
    expect(isDraft(data)).toBe(false)
    expect(Object.hasOwn(Object.prototype, 'draft')).toBe(false)
  })
})

describe('fields of front matter', () => {
  it.each([
    ['author: Ada', [{ name: 'Ada' }]],
    ['author: 阿木、小河', [{ name: '阿木' }, { name: '小河' }]],
    ['author: Ada, Countess of Lovelace', [{ name: 'Ada, Countess of Lovelace' }]],
    ['authors: Ada, Grace', [{ name: 'Ada' }, { name: 'Grace' }]],
    ['authors: [Ada, Grace]', [{ name: 'Ada' }, { name: 'Grace' }]],
    ['author: Ada <ada@example.org>', [{ name: 'Ada', email: 'ada@example.org' }]],
    ['author: Ada\nauthorURL: https://ada.example.org', [{ name: 'Ada', url: 'https://ada.example.org' }]],
    ['author:\n  name: Ada\n  url: https://ada.example.org', [{ name: 'Ada', url: 'https://ada.example.org' }]],
    ['author: ~', []],
    ['authorlink: https://ada.example.org', []],
  ])('reads the authors of "%s"', (yaml, people) => {
    expect(frontAuthors(dataOf(yaml))).toEqual(people)
  })

  it.each([
    ['tags: a', ['a']],
    ['tags: a, b', ['a', 'b']],
    ['tags: [a, a]\ncategories: C D', ['a', 'C D']],
    ['tags:\ncategories: null', []],
  ])('reads the tags of "%s"', (yaml, tags) => {
    expect(frontTags(dataOf(yaml))).toEqual(tags)
  })

  it.each([
    ['draft: true', true],
    ['draft: false', false],
    ['publish: false', true],
    ['published: false', true],
    ['published: 2023-01-01', false],
    ['status: draft', true],
  ])('takes "%s" for a draft: %s', (yaml, draft) => {
    expect(isDraft(dataOf(yaml))).toBe(draft)
  })
})
