import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { maxPostLength, parsePost, parsePosts } from '../../src/post/parse-post.js'
import { problemCatalogue } from '../../src/problem-catalogue.js'

const folder = new URL('../../fixtures/post/', import.meta.url)
const fixtures = readdirSync(folder).filter(name => /\.mdx?$/.test(name))

/** What a fixture's expected file holds: everything but the hints, which the catalogue gives. */
function read(name: string): unknown {
  const text = readFileSync(new URL(name, folder), 'utf8')
  const outcome = parsePosts(text, { path: name, url: 'https://site.example/blog/issue/', timeZone: 'Asia/Shanghai' })
  if (!outcome.ok) return { problem: outcome.problem.code }
  return {
    posts: outcome.value,
    problems: (outcome.problems ?? []).map(({ code, where, message }) => ({ code, line: where.line ?? null, message })),
  }
}

describe('a weekly post', () => {
  it.each(fixtures)('%s is read as its expected file says', name => {
    const expected: unknown = JSON.parse(readFileSync(new URL(name.replace(/\.mdx?$/, '.expected.json'), folder), 'utf8'))
    expect(JSON.parse(JSON.stringify(read(name)))).toEqual(expected)
  })

  it.each([
    ['zh_CN', 'zh-CN'],
    [' zh-Hans ', 'zh-Hans'],
    ['中文', 'en'],
    ['zh-CN, en', 'en'],
  ])('has a language that is a tag: stated as %j it is %j, where its path says en', (stated, language) => {
    const outcome = parsePost(`---\ntitle: A\nlang: ${JSON.stringify(stated)}\n---\n`, { path: 'content/en/blog/a.md' })
    expect(outcome).toMatchObject({ ok: true, value: { language } })
  })

  it('keeps its path and its permalink as they were given', () => {
    const outcome = parsePost('# A', { path: 'a/b/index.md', url: 'https://example.org/b/' })
    expect(outcome).toMatchObject({ ok: true, value: { path: 'a/b/index.md', url: 'https://example.org/b/', slug: 'b', title: 'A' } })
  })

  it('takes its file name for a title when it has none, and says so', () => {
    const outcome = parsePost('text', { path: 'posts/2023-01-02-hello.md' })
    expect(outcome).toMatchObject({
      value: { title: '2023-01-02-hello', dated: { from: 'file-name' } },
      problems: [{ code: 'POST_TITLE_MISSING' }],
    })
  })

  it('asks for other addresses only where one is written, and has them in answers as in the post', () => {
    const asked: string[] = []
    const resolve = (written: string) => {
      asked.push(written)
      return `https://r.example/${written}`
    }
    const outcome = parsePost('# 周报\n\n## 读者问答\n\n**@张三 提问：** 怎么做？\n\n答：看 [文档](x.md)。\n', {
      url: 'https://s.example/p/',
      resolve,
    })
    const post = outcome.ok ? outcome.value : undefined
    expect(post?.image).toBeUndefined()
    expect(new Set(asked)).toEqual(new Set(['x.md']))
    expect(post?.html).toContain('"https://r.example/x.md"')
    expect(post?.questions?.[0]?.html).toContain('"https://r.example/x.md"')
  })

  it.each([
    ['{{< youtube title="Programming in Go" id="w7Ft2ymGmfc" >}}', 'https://www.youtube.com/watch?v=w7Ft2ymGmfc'],
    ['{{< youtube class="video-embed" id="w7Ft2ymGmfc" >}}', 'https://www.youtube.com/watch?v=w7Ft2ymGmfc'],
    ['{{< youtube "https://youtu.be/w7Ft2ymGmfc?t=3" >}}', 'https://www.youtube.com/watch?v=w7Ft2ymGmfc'],
    ['{% youtube https://www.youtube.com/watch?v=w7Ft2ymGmfc&t=10 %}', 'https://www.youtube.com/watch?v=w7Ft2ymGmfc'],
    ['{{< bilibili BV1xx411c7mD >}}', 'https://www.bilibili.com/video/BV1xx411c7mD'],
    ['{{< vimeo 146022717 >}}', 'https://vimeo.com/146022717'],
    ['{{< youtube description="x" >}}', undefined],
    ['{{< youtube 1234567 >}}', undefined],
    ['{{< bilibili 12345678 >}}', undefined],
  ])('%s shows the video %s', (tag, page) => {
    const outcome = parsePost(`前文\n\n${tag}\n`)
    const html = outcome.ok ? (outcome.value.html ?? '') : ''
    expect(/href="([^"]*)"/.exec(html)?.[1]).toBe(page)
  })

  it('is refused when it is longer than the limit', () => {
    expect(parsePost('x'.repeat(maxPostLength + 1))).toMatchObject({ ok: false, problem: { code: 'POST_TOO_LARGE' } })
    expect(problemCatalogue.POST_TOO_LARGE.why).toContain(`${maxPostLength} characters`)
  })

  it('gives sections the roles that a config adds', () => {
    const outcome = parsePost('## Watering hole\n\n[a](https://example.org/a)', { roles: { reading: ['watering'] } })
    expect(outcome).toMatchObject({ value: { sections: [{ heading: 'Watering hole', role: 'reading' }] } })
  })

  it('has each point of an agenda once, on however many lines it stands', () => {
    const text =
      '---\ntitle: A\ndate: 2023-01-02\n---\n\n## 活动预告\n\n本期主题：看钟\n\n时间：1 月 3 日 14:00\n\n议题：\n\n- 手册\n  https://example.org/a\n- 钟'
    expect(parsePost(text)).toMatchObject({
      value: { meetings: [{ topic: '看钟', agenda: ['手册 https://example.org/a', '钟'] }] },
    })
  })

  it('shows nothing of the session that an address was copied with', () => {
    const address =
      'https://mp.weixin.qq.com/s?__biz=MzAwMDAwMDAwMA==&mid=1&idx=1&sn=0123456789abcdef0123456789abcdef&key=SECRET&pass_ticket=SECRET&uin=SECRET'
    const outcome = parsePost(`[${address}](${address}) <${address}> ${address}\n\n    ${address}\n\n<a href="${address}">x</a>`)
    expect(JSON.stringify(outcome)).not.toContain('SECRET')
  })

  it('gives no link to an address that is well written and no address', () => {
    const outcome = parsePost('- [A loom](https://blog.51)\n- [A shuttle](http://1.2.3.400/a)\n- [A reed](https://example.org/reed)')
    expect(outcome).toMatchObject({ value: { sections: [{ links: [{ text: 'A reed' }] }] } })
    expect(outcome.ok && outcome.problems?.map(({ code }) => code).sort()).toEqual([
      'LINK_INVALID',
      'LINK_INVALID',
      'POST_DATE_MISSING',
      'POST_TITLE_MISSING',
    ])
  })

  it('with several dated headings is one post for parsePost', () => {
    expect(parsePost('## 2022-01-01\n\n## 2022-01-08')).toMatchObject({ ok: true, value: { sections: [{ level: 2 }, { level: 2 }] } })
  })
})
