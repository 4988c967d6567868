import { describe, expect, it } from 'vitest'
import { frontAuthors, frontTags, frontText, isDraft } from '../../src/post/front-fields.js'
import { splitFrontMatter } from '../../src/post/front-matter.js'

const dataOf = (yaml: string) => splitFrontMatter(`---\n${yaml}\n---\nbody`, {}).data

describe('splitFrontMatter', () => {
  it.each([
    ['nothing', 'body', 'body', 0],
    ['YAML', '---\na: b\n---\nbody', 'body', 3],
    ['YAML with spaces behind its marks', '---  \na: b\n--- \nbody', 'body', 3],
    ['an empty block', '---\n---\nbody', 'body', 2],
    ['TOML', '+++\na = "b"\n+++\nbody', 'body', 3],
    ['lines of Pelican', 'Title: a\nDate: 2016-01-01\n\nbody', '\nbody', 2],
    ['a rule that is not closed', '---\nbody', '---\nbody', 0],
    ['a line that only looks like a key', 'Note: a\n\nbody', 'Note: a\n\nbody', 0],
  ])('takes %s off', (_, text, body, offset) => {
    expect(splitFrontMatter(text, {})).toMatchObject({ body, offset })
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
